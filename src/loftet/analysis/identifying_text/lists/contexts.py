"""Words that stand around names of people, and words that tell that a name belongs to something else."""

from __future__ import annotations

from loftet.analysis.identifying_text.lists import words_in

# Titles and relations: a capital after one of these is a person.
TITLES = words_in(
    """
    herr fru fröken doktor doktorn dr familjen kommunpolis kommunpolisen områdespolisen polisen polisassistent
    polisinspektör rektor rektorn biträdande läraren lärarinnan fröken magistern tränaren prästen pastor imam imamen
    kurator kuratorn handläggaren handläggare sekreteraren vaktmästaren vaktmästare fastighetsskötaren
    ordningsvakten ordningsvakt väktaren väktare vakten chefen förmannen ordförande ordföranden kassören sekreterare
    ledamoten kommunalrådet kommunalråd borgmästaren politikern ministern chauffören föraren snickaren kocken
    kioskägaren handlaren frisören läkaren sjuksköterskan grannen granne kompisen kompis kamraten vännen vän gubben
    gumman tanten tant farbror farbrorn morbror moster faster mamma mamman pappa pappan mormor morfar farmor farfar
    son sonen dotter dottern bror brodern syster systern kusin kusinen svåger svågern svägerska sambo sambon man
    frun maken maka pojkvän pojkvännen flickvän flickvännen exman exmannen barnbarn killen kille grabben tjejen tjej
    pojken flickan mannen kvinnan personen tonåringen eleven hyresgästen ägaren hyresvärden vicevärden värdinnan
    lokalpolischefen
    """
)
# Who can be said to be called something.
PERSONS = TITLES | words_in(
    """
    jag han hon hen honom henne en någon sin gäller den snubben snubbe typen han/hon
    """
)
CALLED_BY_NAME = frozenset({"heter", "hette"})
CALLED = CALLED_BY_NAME | words_in("hette kallas kallad kallade kallar namn namnet döpt")
NOT_CALLED = words_in(
    """
    som så det inte något vad samma ju väl nog också egentligen någonting annat likadant den denna dom de okänt för
    på till är och att om nu idag båda
    """
)
SIGNED = words_in("mvh hälsar hälsningar hälsning hälsn undertecknad undertecknat vänligen kram //")
SAY = words_in(
    """
    bor bodde sa sade säger berättar berättade jobbar jobbade ringde ringer hjälper hjälpte heter såg hörde kör
    körde tycker tyckte skrev skriver svarar svarade lovade lovar anmälde påstår flyttade
    """
)
# Venues, groups and storms that bear the names of people, and saints and kings.
BEARERS = words_in(
    """
    kafé café kafe cafe restaurang restaurangen pizzeria pizzerian krogen bar baren grill grillen salong salongen
    butik butiken kiosken förskola förskolan skolan dagiset avdelningen villa kvarteret kv projekt projektet
    kampanjen stormen orkanen ovädret hotell hotellet båten färjan fartyget tåget boendet äldreboendet gruppboendet
    hvb brf föreningen stiftelsen appen tjänsten firman företaget bolaget kyrkan stallet hunden katten hästen sankt
    sankta s:t s:ta st drottning kung kungen prins prinsessan stadion arena hallen huset teatern filmen boken serien
    bandet hotellbaren parken torget lekplatsen bryggan udden viken ön byn orten staden stan bussen linje märket
    modellen
    """
)
# Before these a surname or a capital is a place or a time.
AT = words_in(
    """
    i på från till vid mot under genom kring runt nära utanför inne norr söder öster väster mellan innan före efter
    bakom framför bortom via förbi ovanför nedanför längs
    """
)
# What a street, a place or a business has after a name.
PLACE_NOUNS = words_in(
    """
    gata gatan gränd gränden väg vägen torg torget plats platsen park parken backe backen stig stigen allé allén kaj
    kajen bro bron kyrka kyrkan kapell skola skolan gymnasium gymnasiet plan kulle udde hage lund minne gård gården
    terminal station stationen hamn esplanad strand stranden äng trappor passage tunnel led kulvert stadion arena
    hall församling universitet sjukhus krog kulla slott museum värld
    """
)
BUSINESSES = words_in(
    """
    ab hb bageri bageriet konditori konditoriet livs pizzeria café kafé grill grillen kiosk kiosken bussar åkeri
    salong frisör frisering tobak restaurang verkstad verkstaden måleri bygg järn möbler kemtvätt fastigheter
    begravningsbyrå falafel kebab närlivs & gym stiftelse plåt
    """
)
# How names of places, schools and bodies end.
PLACE_ENDS = (
    "gatan", "gata", "vägen", "väg", "torget", "torg", "plan", "plats", "platsen", "parken", "park", "skolan", "skola",
    "gymnasiet", "kyrkan", "kyrka", "gården", "gård", "terminalen", "stationen", "station", "hallen", "arenan", "arena",
    "backen", "stigen", "gränden", "gränd", "allén", "kajen", "bron", "bro", "stranden", "huset", "hemmet", "hamn",
    "hamnen", "centrum", "staden", "stad", "kommun", "område", "området", "kullen", "berget", "dalen", "viken", "ängen",
    "hagen", "lunden", "höjden", "udden", "tunneln", "kvarteret", "badet", "fältet", "gärdet", "slottet", "fonden",
    "priset", "stiftelsen", "föreningen", "rörelsen", "känsla", "känslan", "partiet", "terrassen", "ringen", "leden",
    "styrelsen", "nämnden", "gruppen", "rådet", "laget", "klubben", "enheten", "kontoret", "tjänsten", "verket",
    "bolaget", "myndigheten", "förvaltningen", "avdelningen", "teatern",
)  # fmt: skip
# Names of people in names of firms and figures: the first name and what follows.
FIRMS = frozenset(
    {
        ("clas", "ohlson"), ("kalle", "anka"), ("musse", "pigg"), ("ali", "baba"), ("trygg", "hansa"),
        ("gina", "tricot"), ("erik", "olsson"), ("lars", "larsson"), ("tommy", "hilfiger"), ("emil", "lönneberga"),
        ("bosse", "bildoktorn"), ("karl", "bertil"), ("alfred", "nobel"), ("birger", "jarl"), ("circle", "k"),
        ("max", "hamburgare"), ("espresso", "house"), ("maja", "gräddnos"), ("sven", "harrys"), ("ellos", "group"),
    }
)  # fmt: skip
# Words with a capital that are no second name: organisations, makes, days, months, and words that follow a full stop
# that was left out.
NOT_NAMES = words_in(
    """
    ab hb ica coop lidl willys hemköp maxi lindex jula rusta biltema mcdonalds max sibylla systembolaget apoteket
    polisen kommunen kommun region regionen sverige svenska stockholm göteborg malmö uppsala norrland skåne dalarna
    småland volvo saab audi bmw mercedes toyota ford opel skoda tesla kia scania vespa yamaha honda seat fiat
    renault peugeot måndag tisdag onsdag torsdag fredag lördag söndag januari februari mars april maj juni juli
    augusti september oktober november december jul påsk midsommar valborg nyår norr söder öster väster södra norra
    östra västra stora lilla gamla nya centrum centrala facebook instagram snapchat tiktok google youtube whatsapp
    bris brå skr kyrkan jag du han hon den det vi ni de dom man en ett och men så om när då där här hur vad vem
    varför alla ingen många är har var blir kan ska vill måste borde kom gå se ta bo på i till från för med av utan
    att som eller inte moderaterna socialdemokraterna centerpartiet vänsterpartiet liberalerna miljöpartiet
    kristdemokraterna sj sl hsb riksbyggen försäkringskassan skatteverket socialtjänsten hyresgästföreningen röda
    korset barnen rädda stadsmissionen herr fru fröken dr familjen mvh hälsningar boende orolig tack hej fråga ring
    prata skicka bilen ordförande ordföranden rektor tant gubben tränaren chefen vaktmästaren prästen kuratorn
    läraren lärarinnan snickaren handläggaren enligt
    """
)
# First names that are holidays, districts, firms or services too: alone they say nothing.
NEVER_ALONE = words_in(
    """
    lucia noa freja max felix nora salem åsa vega maria august klara siri hans kina saga mina dina inga inger finn
    finns
    """
)
PARTICLES = words_in("von af de van der al el bin ben abu ibn da dos del della la le ter")
EVERYMAN = words_in("vanlig vanliga medel genomsnittlige genomsnittliga familjen medelklassiga")
