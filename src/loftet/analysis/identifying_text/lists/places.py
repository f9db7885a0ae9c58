"""Places that look like names of people, in small letters: municipalities, and localities with a surname's ending."""

from __future__ import annotations

from loftet.analysis.identifying_text.lists import words_in

PLACES = words_in(
    """
    alafors ale alingsås alvesta aneby anneberg annelund arboga arjeplog arvidsjaur arvika askersund avesta axvall
    barsebäck bengtsfors berg billesholm billingsfors bjurholm bjuv björboholm björneborg blidsberg bodafors boden
    bollebygd bollnäs borensberg borgholm borlänge borås botkyrka boxholm bromölla bräcke bunkeflostrand burlöv
    bäckefors båstad charlottenberg dalsjöfors danderyd degerfors djursholm dorotea eda ekerö eksjö emmaboda enebyberg
    enköping eriksberg eskilstuna eslöv essunga fagersta falkenberg falköping falun figeholm filipstad filsbäck finspång
    flen fors forshaga fredriksberg frändefors furulund färgelanda gagnef garpenberg gislaved gnesta gnosjö gotland
    grums grängesberg grästorp gullspång gustavsberg gällivare gävle göteborg götene habo hagfors hallsberg
    hallstahammar halmstad hammar hammarslund hammarstrand hammarö haninge haparanda heby hedemora helsingborg
    herrljunga hjo hofors holm hoverberg huddinge hudiksvall hultsfred hunnebostrand hylte hällefors hällevadsholm
    härjedalen härnösand härryda hässleholm håbo höganäs högsby hörby hörnefors höör jakobsberg jokkmokk järfälla
    jönköping jössefors kalix kalmar karlsborg karlshamn karlskoga karlskrona karlstad katrineholm kil kilafors
    killeberg kinda kiruna klippan knivsta kolbäck kopparberg kramfors kristianstad kristinehamn krokom kumla kungsbacka
    kungsör kungälv kyrkhult kävlinge köping laholm lammhult landskrona laxå lekeberg leksand lerum lesjöfors lessebo
    lidhult lidingö lidköping lindesberg linköping ljung ljungby ljungbyholm ljusdal ljusnarsberg lomma ludvigsborg
    ludvika luleå lund lycksele lysekil malmbäck malmö malungsfors malå mariannelund marieberg marieholm marielund
    mariestad mark markaryd matfors mellbystrand mellerud mjölby moholm mora motala mullsjö munkedal munkfors mölndal
    mönsterås mörbylånga nacka nora norberg nordanstig nordmaling norrköping norrtälje norsholm norsjö nyborg nybro
    nykvarn nyköping nynäshamn nässjö ockelbo olofström olsfors orrefors orsa orust osby oskarshamn oskarström ovanåker
    oxelösund pajala partille perstorp piteå ragunda rinkabyholm robertsfors ronneby rosersberg rydaholm rydboholm
    rydebäck rättvik röbäck sala salem sandhult sandviken sibbhult sigtuna simrishamn sjöbo skara skellefteå
    skinnskatteberg skurup skövde smedjebacken sollefteå sollentuna solna sorsele sotenäs sparreholm staffanstorp
    stenungsund stockholm storfors storuman strängnäs strömsfors strömsholm strömstad strömsund sturefors sundbyberg
    sundsvall sunne surahammar svalöv svaneholm svedala svenljunga säffle säter sävsjö söderfors söderhamn söderköping
    södertälje sölvesborg taberg tanum tenhult tibro tidaholm tierp timrå timsfors tingsryd tjörn tomelilla torsby
    torsås tranemo tranås trelleborg trollhättan trosa tureholm tyresö täby tällberg tångaberg töcksfors töreboda
    uddeholm uddevalla ulricehamn umeå uppsala uppvidinge urshult vadstena vaggeryd valdemarsvik vallentuna vansbro vara
    varberg vaxholm vejbystrand vellinge vetlanda vilhelmina vimmerby vinberg vindeln vingåker viskafors vänersborg
    vännäs värmdö värnamo västervik västerås växjö vålberg vårgårda ydre ystad älmhult älvdalen älvkarleby älvsbyn
    ängelholm åmotfors åmål ånge åre årjäng åsa åsele åstorp åtvidaberg öckerö ödeborg ödeshög örebro örkelljunga
    örnsköldsvik östersund österåker östhammar överkalix övertorneå
    """
)
