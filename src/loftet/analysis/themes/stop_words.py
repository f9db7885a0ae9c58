"""Swedish words that say how something is said and not what it is about.

Written for this project: the closed classes of the language (pronouns, prepositions, conjunctions, auxiliaries, common
adverbs, small numerals) in the forms people write, colloquial ones too, and the filler of opinions ("jag tycker att man
borde"). Words for feelings, places, times of day and groups of people (barn, äldre) are subjects of dialogues and never
stand here, nor does "skola", which is also a school; those who are anybody (man, folk, människor) do. Negations are
here because no theme is about "inte"; near-duplicates, where they turn a statement over, read them by themselves.
"""

from __future__ import annotations

_PRONOUNS = """
jag mig mej min mitt mina du dig dej din ditt dina han honom hans hon henne hennes hen hens den det dess dem dom de
deras vi oss vår vårt våra er ert era ni sig sej sin sitt sina man en ens ett ene ena denna denne detta dessa densamma
detsamma desamma sådan sådant sådana vem vems vad vilken vilket vilka vars varandra varann själv självt själva någon
nån något nåt någonting nånting några ingen inget inga ingenting annan annat andra all allt alla allting varje var vart
varenda varsin varsitt både båda bägge samma somliga somligt flera fler flesta flest många mången mycket mer mera mest
mesta lite litet få färre minst mindre
"""
_PREPOSITIONS = """
i på av till för med om från vid hos åt ur mot under över efter före innan genom utan utom inom bland mellan kring runt
omkring längs utmed enligt trots per sedan sen via angående beträffande gällande rörande inklusive exklusive förutom
bortsett inför invid intill bakom framför ovanför nedanför utanför innanför bredvid jämte
"""
_CONJUNCTIONS = """
och o samt men fast fastän eller antingen varken vare utan för ty så att som när då där medan om ifall huruvida eftersom
därför emedan tills än liksom såsom ju desto dels såväl ehuru dock
"""
_ADVERBS = """
inte ej icke aldrig bara endast enbart också även ändå ändock här hit hitåt där dit ditåt nu då ännu redan alltid ofta
oftast oftare sällan ibland ständigt alltså alltför alltmer alldeles helt hela hel ganska rätt tämligen väldigt
jätte jättemycket mycket nog kanske kanhända troligen förmodligen möjligen möjligtvis eventuellt nästan ungefär
cirka ca ungefärligen faktiskt egentligen verkligen tydligen naturligtvis självklart givetvis förstås visst visserligen
absolut speciellt särskilt framförallt framför främst huvudsakligen dessutom däremot emellertid däri därav därmed
därtill därifrån därefter dess varför varav varmed hur huru varifrån upp
ner ned in ut fram tillbaka bort borta hem iväg vidare
igen åter snart strax genast direkt längre längst länge tidigare senare senast numera nuförtiden idag just precis exakt
typ liksom åtminstone ytterligare extra istället i stället annars överallt någonstans nånstans ingenstans någonsin
nånsin hittills fortfarande generellt allmänt vanligtvis vanligen normalt bl a bla t ex tex dvs osv mm etc m fl mfl
resp respektive samtidigt därigenom varandra vidare således sålunda nämligen ens jo ja nej nä nja tack hej snälla
"""
_VERBS = """
är vara var varit vore ha har hade haft bli blir blev blivit kan kunna kunde kunnat ska skall skulle vill
vilja ville velat måste får få fick fått bör borde må månde behöva behöver behövde behövt behövs brukar bruka brukade
lär låta låter lät låtit göra gör gjorde gjort görs komma kommer kom kommit gå går gick gått ta tar tog tagit ge ger gav
gett givit finns finnas fanns funnits finna finner se ser såg sett ses säga säger sa sade sagt sägs veta vet visste
vetat hålla håller höll hållit sätta sätter satte satt ställa ställer verka verkar verkade innebära innebär gälla gäller
gällde handlar hända händer hände heter kallas bero beror
"""
_OPINIONS = """
tycka tycker tyckte tyckt tycks tro tror trodde trott anse anser ansåg ansett känna känner kände känt känns kändes mena
menar menade önska önskar önskade hoppas hoppades föreslå föreslår förslag förslå synpunkt synpunkter åsikt åsikter
fråga frågor frågan undra undrar fundera funderar borde gärna hellre helst bra bättre bäst dålig dåligt dåliga sämre
sämst god gott goda stor stort stora större störst små liten lilla viktig viktigt viktiga viktigare viktigast möjlig
möjligt möjliga olik olika lika likadan sak saker saken grej grejer sätt vis del delar exempel gång gånger problem
problemet anledning grund via folk människa människor person personer
"""
_NUMERALS = """
noll två tre fyra fem sex sju åtta nio tio första tredje halv hundra tusen antal antalet ett par
"""

STOP_WORDS: frozenset[str] = frozenset(
    " ".join((_PRONOUNS, _PREPOSITIONS, _CONJUNCTIONS, _ADVERBS, _VERBS, _OPINIONS, _NUMERALS)).split()
)

# What turns a statement over. Used for near-duplicates only.
NEGATIONS: frozenset[str] = frozenset(
    ("inte", "ej", "icke", "aldrig", "ingen", "inget", "inga", "ingenting", "varken", "utan", "sällan", "knappast")
)
