"""Surnames that are common in Sweden, in small letters: facts, put together from general knowledge."""

from __future__ import annotations

from loftet.analysis.identifying_text.lists import words_in

SURNAMES = words_in(
    """
    abbas abdallah abdi abdullahi abdulle abdulrahman abrahamsson acar adan adolfsson ahlberg ahlgren ahlström ahmad
    ahmadi ahmed ahmeti ahonen akbari aktas al-jaber al-masri alfredsson algotsson ali alic alizadeh alm almqvist amini
    amiri andersson andreasson appelgren appelqvist aronsson arslan arvidsson aslan asp aspelin avdic axelson axelsson
    aydin aziz backlund backman backström bagheri bajrami basic beckman begic begovic begum bekele bengtson bengtsson
    beqiri berg bergdahl bergendahl bergenstråhle bergfors berggren bergh bergkvist berglind berglund bergman bergqvist
    bergström berhane berisha bianchi billström bjork björk björklund björkman björkqvist björling björnsson blad bladh
    blom blomkvist blomqvist bodin bohlin bolin boman bondarenko borg borgström boström brandt broberg brodin brolin
    broman brorsson brundin bui butt bylund byström bytyqi bäck bäcklund bäckman bäckström börjesson carlsson castro
    cederberg cedergren cederholm cederlund celik cetin chen chowdhury christensen christensson christiansson claesson
    dabrowski dahl dahlberg dahlgren dahlin dahlman dahlqvist dahlström dalin dang danielsson davidsson dedic degerman
    delic delin demir diaz dizdarevic dogan domeij ebrahimi edberg edlund edström edvardsson ehn ek ekberg ekblad ekblom
    ekdahl ekholm eklund eklöf ekman ekstrand ekström elfström elfving elg eliasson ellström elmgren elmi emanuelsson
    enberg engberg engdahl englund engman engqvist engström engvall enström erdogan ericson ericsson eriksson erixon
    erlandsson erlingsson essen evertsson fagerberg fagerström fahlgren fahlström falk falkman farah ferm fernandez
    fernström ferrari ferreira flink flodin fogelberg folkesson fors forsberg forsell forsgren forslin forslund forsman
    forssell forsström frank fransson franzén fredin fredlund fredriksson friberg fridlund fridén friman frisk fröberg
    fröjd gabrielsson gadd garcia gashi gebre gebremedhin gellerstedt georgiou ghasemi ghebremariam glad glans glas
    gomez gonzales gonzalez grabowski gradin grahn granath granberg grankvist granlund granqvist granström green gren
    grip grönberg grönlund grönqvist grönvall gullberg gunnar gunnarsson gustafsson gustavson gustavsson gyllander
    gyllenhammar göransson haag habibi habte haddad hadzic hadžić hag hagberg haglund hagman hagström haidari haile
    halilovic hallberg hallgren hallin hallström hamad hamdan hamid hamilton hammar hammarberg hammarström hansen
    hansson hasan hasani hashemi hassan hasselgren hedberg hedenström hedin hedlund hedman hedqvist hedström heidari
    heikkilä heikkinen heinonen helgesson helin hellberg hellgren hellman hellqvist hellström henningsson henriksson
    hermansson hersi hesselgren hillström hiltunen hirvonen hjalmarsson hjelm hjertberg hjort hjorth hoang hodzic
    hoffman holgersson holm holmberg holmgren holmkvist holmlund holmqvist holmström holst horvat hossein hosseini hoxha
    hult hultberg hultgren hultman hultqvist hultén humla husic hussain hussein husseini huttunen huynh häger hägg
    häggblom häggkvist hägglund häggström hällgren hämäläinen härnström håkansson högberg höglund högström hörnfeldt
    hörnqvist ibrahim ibrahimi imamovic ingelsson ingemarsson ingesson ingvarsson ionescu iqbal isaksson islam ismail
    ismaili israelsson issa isse ivanov ivanova ivanovic ivarsson jaber jacobsson jafari jakobson jakobsson jama
    jankowski jansson jarl jarlsson jensen johansson johnson johnsson jokinen jonasson jonsson jonsäter josefson
    josefsson jovanovic jovanović järvinen jönsson jörgensen jörgensson kadric kallin kallio kaminski kara kareem karim
    karimi karjalainen karlberg karlsson karlström kastrati kaya kazemi kelmendi khalaf khalil khan khoury kidane kilic
    kindberg kinnunen kjellberg kjellgren kjellin kjellström klang klasson kling knutsson koc koch korhonen korkmaz
    koskinen kovac kovacevic kovalenko kowalczyk kowalska kowalski kozlowski krantz krasniqi kravchenko krawczyk
    kristensson kristiansson kristoffersson kron krona krook kruse kullberg kumar kurt kuznetsov kvarnström kvist
    kwiatkowski käll källberg källgren källström lager lagerberg lagergren lagerkvist lagerlöf lagerqvist lagerström
    lahtinen laine laitinen lampinen landberg landgren landin landström lantto lantz larson larsson lax leander lehtinen
    lehtonen leijon lennartsson leppänen levin lewandowska lewandowski lidberg lidman lidström lidén lilja liljeberg
    liljedahl liljegren lind lindahl lindberg lindblom lindbäck lindell linden linder linderoth lindfors lindgren lindh
    lindhe lindholm lindkvist lindmark lindqvist lindroth lindskog lindstedt lindström lindvall lindén ling linnér ljung
    ljungberg ljunggren ljungkvist ljungman ljungqvist ljungström lodin lopez lorentzon lund lundberg lundblad lundborg
    lundell lundgren lundh lundholm lundin lundkvist lundmark lundqvist lundström lundvall löf löfberg löfgren löfqvist
    löfstedt löfström löfven lönn lönnberg lönnqvist lövgren löwenhielm magnusson mahamud mahmoud malik malm malmberg
    malmgren malmqvist malmström manner mannerheim mansour marklund markovic martin martinez martinsson masri matsson
    mattila mattisson mattsson mazur mehari mehmedovic melander melin mellberg mellgren mellqvist messing michalski
    miettinen moberg modig modin mohamed mohammad mohammadi mohammed mohamud moilanen molander molin moradi morales
    morina mossberg mousavi muhammad muhammed mujic munoz munther muratovic muse mustafa myhr myrberg myrén mäkelä
    mäkinen månsson mårtensson möller mörk najjar nasiri nasser nazari nguyen niemi nieminen nikolic nikolić nilsson
    noori norberg nord nordahl nordberg nordell nordenskjöld nordfors nordgren nordh nordin nordlander nordlund nordmark
    nordqvist nordström nordvall norell norgren norlin norling norman norrman norström norén nouri nowak nowakowski nur
    nyberg nygren nyholm nylander nylund nylén nyman nyqvist nyström nyvall näslund nässén oden odén ohlin ohlsson ojala
    olander olausson oldenburg olofsson olsson omar omerovic oskarsson osman osmanovic ossiansson ottoson ottosson
    ozturk palm palmberg palmgren palmqvist palmér papadopoulos paulsson pawlowski pedersen peltonen pereira perez
    persson pesonen petersen petersson petrov petrova petrovic petrović petrén pettersson pham phan pihl pilgren
    piotrowski pitkänen polat popa popescu popovic pousette prytz pålsson qasim quist ragnarsson rahimi rahm rahman
    rahmani ramadani ramberg ramic ramirez ramström ranta rantanen rapp rashid rask rasuli rehn renberg renström rexhepi
    rezaei rezai rezayi ring risberg robertsson rodriguez rojas roos ros rosander rosenberg rosenblad rosendahl
    rosengren rosenqvist rossi rostami rosén roth rubin rudberg rundqvist rundström russo ryberg rydberg rydell rydholm
    rydén rylander räsänen rönn rönnberg rönnbäck rönnqvist saad saarinen sadeghi sadiku saeed saengchan sahin sahlberg
    sahlin saleh salehi salihovic salim salminen salo salomonsson salonen samuelson samuelsson sanchez sand sandahl
    sandberg sandell sandgren sandin sandqvist sandström sandvik santos savolainen schmidt schröder schultz seger
    segerström selander selimi selimovic selin sellberg shabani shaker shala sharifi sharma shevchenko shirazi
    sigurdsson silfver silva simonsson simsek singh sivertsson sjöberg sjöblom sjödahl sjödin sjögren sjöholm sjölander
    sjölin sjölund sjöqvist sjöstedt sjöstrand sjöstrom sjöström skarin skog skoglund skogsberg skoog skott skånberg
    sköld smajlovic smedberg smith snell softic sokolov solberg sollerman soltani sonesson sparre spång spångberg stark
    sten stenberg stenbock stenbäck stenlund stenman stenmark stenqvist stenström stigsson stjernström strand strandberg
    strandh strid stridh ström strömberg strömbäck strömgren strömqvist sturesson styf ståhl suljic sultani sund
    sundberg sundblad sundell sundgren sundh sundholm sundin sundkvist sundlöf sundman sundqvist sundström sundvall
    sundén svahn svan svanberg svanström svantesson svedberg svedin svensson sverin svärd swahn swärd sylvan szymanski
    säfström säll sällström söderberg söderblom södergren söderholm söderling söderlund söderman söderqvist söderström
    sörensen sörman tegnér tehrani tekle tell tengblad tesfay tesfaye thaci thaqi thelin thorell thorén thörn tidblom
    tjernberg tkachenko toivonen toll torell torres torstenson torstensson tran tranberg trulsson trygg tufvesson tunell
    tuominen turesson turunen uggla ulfsson ullberg valentin vallgren vargas vesterberg vestin vestman viberg victorsson
    videgård viklund viksten vikström vinberg virtanen väisänen waern wahl wahlberg wahlgren wahlqvist wahlström
    waldenström walfridsson wall wallander wallberg wallenberg wallgren wallin wallström wallén wang warsame wassberg
    wedin wendel wennberg wennerström werner wessman westberg wester westerberg westergren westerlind westerlund westin
    westman weström wetterberg wetterlund wiberg wickman widell widmark widén wieslander wigren wiklund wikström
    wiktorsson wilhelmsson winberg winblad wingren winroth wirén wisniewska wisniewski wistrand witt wojcik wozniak
    yavuz yildirim yildiz yilmaz yngvesson yousef yousefi youssef yusuf yılmaz zackrisson zeqiri zetterberg zetterlund
    zetterqvist zetterström zhang zielinski zukic älg ängquist åberg ågren åhlander åhlin åhlund åhlén åhman åkerberg
    åkerblom åkerlund åkerman åkerström åkesson åman årnström åsberg åstrand åström çelik öberg ödegaard ödman ögren
    öhlund öhman öhrn öman örn östberg östensson österberg östergren österlund österman östling östlund östman özdemir
    özkan öztürk şahin
    """
)

# Those that are also words or first names, and mean a person only beside a first name or a title.
ALSO_WORDS = words_in(
    """
    acar adan alic alm amini asp aziz basic begic begovic begum berg bergh björk blad bladh blom bodin boman borg brandt
    bui butt bäck castro chen dahl dang dedic delin demir ehn ek elg essen falk farah ferm flink fors forsell forslund
    forssell frank fridén friman frisk fröjd gadd glad glans glas grahn green gren grip grönberg gunnar hag hamilton
    hammar helin hjelm hjort hjorth holm holst hoxha hult humla häger hägg islam issa kara kaya klang kling koc koch
    kron krona krook kumar kvist käll lager laine lantz lax leijon lidén lilja lind lindberg linden lindholm ling ljung
    lund löf lönn malik malm manner martin mazur messing modig molin muse mörk nasser niemi noori nord norrman nur oden
    ojala palm pham polat popa rahm ranta rapp rask ring rojas roos ros rosendahl roth rönn saad sadiku saleh salo sand
    sandvik santos seger shaker shala sharma silfver silva singh skarin skog skoog skott sköld smith snell sparre spång
    stark sten strand strid stridh ström styf ståhl sund svahn svan svärd tell toll torres tran trygg uggla vinberg wahl
    wall wang wester winberg witt zhang älg öman örn östling östlund
    """
)
