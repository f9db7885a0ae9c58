"""First names that are common in Sweden, in small letters: facts, put together from general knowledge."""

from __future__ import annotations

from loftet.analysis.identifying_text.lists import words_in

FIRST_NAMES = words_in(
    """
    aarne aaro abbas abbe abdallah abdelkader abdi abdifatah abdihakim abdikarim abdiqani abdirahman abdirashid
    abdirizak abdul abdulaziz abdulkadir abdullah abdullahi abdulrahman abir abshir abukar adam adan adel adela adele
    adelina aden adil adina adis adnan afnan afrah agda agim agnes agneta agnetha agnieszka ahlaam ahlam ahmad ahmed
    ahti aida aila aina aino airi aisha ajla aki akram aksel ala alaa albert albin aleksandar aleksander aleksandra alen
    alexander alexandra alexis alf alfred ali alice alicia alida alina alireza allan alma almir alpo alva alvar alvin
    alwin amal amalia aman amanda amar amela amelia amelie amer amin amina amir amira amjad ammar amna amra ana anas
    anders andrea andreas andrej andrija andrzej andré anetta anette angela angelica angelika anila anisa anita anja
    anja-riitta anki ann ann-britt ann-charlotte ann-christin ann-christine ann-kristin ann-louise ann-mari ann-marie
    ann-sofi ann-sofie anna anna-karin anna-lena anna-liisa anna-maria anne anneli anneli-maija annelie annette anni
    annica annie annika anniken annlouise anton antonia antonio antti anwar arash arben arber ardian ardita areej ari
    arman armi armin arne aron arta artan arthur artin arto artur arvid arvin arvo arya asad asha ashraf ashti asiya
    asko aslan asli asma asmaa asta astrid atiya august augusta aune aurora avin awat axel aya ayaan ayad ayan ayham
    ayhan ayla aylin ayman aynur ayse ayub ayşe azad azadeh aziz aziza aïsha bahar bahram baran barbro baris basel
    bashar bashir batoul beata beatrice behrouz behzad bejan bella benedikt bengt bengt-göran bengt-åke benjamin benny
    berat berit berndt bernt bert berta bertil besa besart besim bianca bibbi bilal bilan binyam birger birgit birgitta
    bitte bjarne björn blerim blerta bo bob boban bobby bodil boel boguslaw bojan boris bosse branko britt britt-inger
    britt-marie britta bror burak burhan burim bushra börje cabdi cajsa cali calle camilla carin carina carl carl-erik
    carl-gustav carl-johan carl-magnus carola carolin carolina caroline casper caspian catarina catharina cathrine
    catrin catrine cecilia cecilie celine cem cemal cengiz charlie charlotta charlotte chen chris christel christer
    christian christin christina christine christoffer christopher cihan cindy claes claes-göran clara clas claudia
    colin conny conrad cornelia crister cristina curt dag dagmar dagny dalal dalia damian damir dan danica daniel
    daniela daniella danijel danne danny dante daria dariusz darko david davor dawit deeqa dejan denise deniz dennis
    derya desirée diana diar dick dijana dilan dilek dilnaz dilovan dimitri dimitrios dina dino disa diyar djamila
    dominik donald donika doris dorota douglas dragan dragana dragica dritan duaa dunja ebba ebbe ebru eddie edgar edin
    edina edis edit edith edla edona edvard edvin edward edwin eero eeva eglantina egon ehsan eija eila eileen einar
    eino ekrem elena eleonor eleonora elham elias elif elin elina eline elinor elis elisa elisabet elisabeth elise elize
    ella ellen elli ellie ellinor elliot elliott elma elmedin elmer elmi elmir elna elnaz elof elon elsa else elsie elsy
    elton elvin elvira elvis elvy emad eman emanuel emelie emil emilia emilie emily emin emine emir emira emma emmelie
    emmy emre emrik enes enis ensar enya erdal eren erica erik erika erkan erkki erland erling ermin ermina ernst ersin
    esa esad esbjörn esko esma esra essa ester esther eugen eva eva-britt eva-karin eva-lena eva-lotta eva-marie evald
    evelina evelyn evert ewa ewelina ewert eyad eyüp fabian fadi fadil fadime faduma fadumo fahad faisal fanny farah
    fardin farhad farhan farhia farhiya fariba farid farida faris fartun farzad farzaneh fatema fatemeh fatih fatima
    fatma fatme fatmir fatou fatuma fawzi faysal felicia felix ferhat feride filip filippa filsan finn fiona firas
    flamur florim florin folke fouad fowzia frank frans frants fred freddy fredric fredrik fredrika frej freja frida
    frideborg fritiof fritz fuad gabriel gabriela gabriella georg george gerd gerda gerhard gerry gert gertrud ghada
    ghassan ghazal gholam gillis gina giorgos gisela gittan gitte glen glenn goran gordana greger gregor greta greti
    grzegorz gudrun guled gulistan gulsen gun gun-britt gun-marie gunborg gunhild gunilla gunn gunnar gunnel gunvor
    gurli gustaf gustav gustavo göran gösta göte gülsüm habib habiba hadi hadil hafsa haider haifa hakan hala halil
    halima halimo hamad hamada hamdi hamid hamida hampus hamse hamza hana hanan hani hanin hanna hannah hanne hannele
    hannes hannu hans hans-erik hans-olof hans-åke hao harald haris harri harriet harry hasan hassan hasse hatice hawa
    haya hayat haydar hayder hazem heba hedda hedvig heidi heikki hejar helen helena helene helga helge helin helka
    hella helmer helmi helmut helén heléne hemin hendrik henning henric henrietta henrik henry herbert herman heval
    hevin hiba hibaq hicham hilda hildegard hilding hilkka hillevi hilma hind hinda hirsi hiwa hjalmar hoda hodan holger
    hoodo hossein houda hubert huda hugo hung huong husam husein husna hussam hussein håkan hüseyin ian ibrahim ibtisam
    ida ida-maria idil idman idris ifrah igor ihab ikram ikran ilham ilhan ilir ilkka ilmari ilona ilse ilyas imad iman
    imane impi imran ina indira ines inez inga inga-britt inga-lill ingalill inge ingeborg ingegerd ingegärd ingela
    ingemar inger ingmar ingrid ingvar ingvor inkeri intisar ioana ion irena irene irfan irina iris irja irma irmeli
    irmgard isa isabel isabell isabella isabelle isac isak isam isidor islam ismaciil ismael ismail ismet istahil iva
    ivan ivana ivar ivica iwan iwona izabela izabella jaafar jaakko jaana jabir jacek jack jackie jacob jaffar jakob
    jakub jalal jama jamal james jamila jamilah jan jan-erik jan-olof jan-åke jana jane janet janina janne jannike
    janusz jari jarl jarmo jaroslaw jasim jasmin jasmina jasmine jasper javad javier jawad jawahir jean jeanette jelena
    jennie jennifer jenny jens jerk jerker jerry jesper jessica jihad jihan jill jim jimmie jimmy joachim joacim joakim
    joanna joao joar jocke joel johan johanna johannes john johnny jon jona jonas jonatan jonathan jonna jonny jonte
    jorge jorma jose josef josefin josefina josefine joseph josephine joshua josip jossan josé jouko jouni jovan jovana
    jozef juan judit judith juha juhani jukka julia julian julie julius juma jumana juni jussi justin jytte jöran jörgen
    kaan kaarina kadir kadra kaija kaj kajsa kaled kalervo kalevi kalid kalle kaltrina kaltun kamal kamil kamila kamran
    karam kari karim karima karin karina karita karl karl-axel karl-erik karl-gustav karl-johan karla karol karolina
    karrar karsten karzan kasim kasper kaspian katarina katarzyna kate katharina kathrin katja katri katrin katty kauko
    kawa keijo kemal kenan kennet kenneth kenny kent kent-åke kerem kerim kerstin kerttu kettil kevin khadan khadar
    khadija khadra khaled khalid khalifa khalil khawla kian kiana kickan kicki kim kimia kimmo kina kirsi kirsti kjell
    kjell-erik kjell-åke kjerstin klara klas klaus knut konrad krille kristel krister kristian kristin kristina kristine
    kristjan kristofer kristoffer krzysztof kurt kyllikki kyösti kåre ladan lage laila laith laleh lamia lamija lamis
    lana lara lars lars-erik lars-gunnar lars-göran lars-olof lars-olov lars-åke lasse lasse-pekka latifa laura lauri
    laurin layan layla lea leah leen leena leevi leia leif leila lejla lena lena-karin lennart leo leon leonard leonora
    leopold levi leyla lia liam lias liban liisa liisi lilian lillemor lillian lilly lily lina linda linh linn linnea
    linnéa linus lionel liridona lirie lisa lisbet lisbeth lise liselott liselotte lisette lissie liv liza ljiljana loke
    lola lorin lotta lotten lottie loubna louis louise loujain lova love lovis lovisa luay lubna luca lucas lucia lucija
    ludde ludvig ludwig luigi luis luka lukas lukasz lul lulu luna luul lydia lykke maciej madeleine madelene madina
    magda magdalena maggan magne magnhild magnus maha mahad mahamed mahamud mahbub mahbubeh mahdi maher mahmood mahmoud
    mahmud mahnaz mahsa mai maida maija maire maj maj-britt maj-lis maja majd majda majed majid majken majlinda majvor
    malak malee malek malena malgorzata malika malin malou malte malva manal manar mandus manfred manne mansour mansur
    manuel maram marcel marcin marco marcus mardin marek maren marga margaret margareta margaretha margarita margit
    margot margret mari maria mariam marianne marie marie-louise marielle marija marijana marika marina marine mario
    marit marita maritha maritza marja marja-leena marjan marjatta marjut mark marketta markku marko markus marlene mart
    marta martha martin martina martti marwa marwan mary maryam maryan marzena masoud massoud masud mateo mateusz
    mathias mathilda mathilde matilda mats mats-erik matteo matti mattias mattis matts maud mauri max maxamed maximilian
    maya maysa mazen megan mehdi mehmet mehran meja melanie melek melina melisa melissa melker melvin mensur merim
    merima mersiha merve mervi mesut meysam mia michael michaela michal michał michel michelle micke midhat miguel
    mihaela mihai mika mikael mikaela mikko mila milad milan mile milena milica milla mille milo milos miloš milton
    mimmi mina minh minna mira miranda mirela miriam mirja mirjam mirko miroslav mirsad mirza mitra mladen moa moayad
    mohamad mohamed mohammad mohammad-reza mohammed mohamud mohsen mojtaba molly mona monica monika monir morgan morris
    morteza mostafa mounir mousa muhamed muhamet muhammad muhammed muhanad muhidin muhsin mukhtaar mukhtar muna munira
    murad murat musa musab muse mustafa mustapha muzaffar my märit märta märtha måns mårten naciye nader nadia nadifa
    nadim nadir nadja naim naima najat najib najma nanako nancy nanna naomi narges nargiz nasir nasra nasrin nasser
    natalia natalie natalija natalya natasha nathalie navid nawal nawid nazanin nazli nebojsa neda nedim nedzad negin
    nellie nelly nelson nemanja nermin nermina nesrin ngoc nguyen nicholas nichole nicklas niclas nicolae nicolas nicole
    nicolina niilo niki nikita niklas niko nikola nikolai nikolaj nikolas nils nils-erik nils-olof nima nimo nina ninni
    nisse nizar noa noah noel noelle nomi noor noora nora nore nour noura nova novalie nur nura nuran nuri nurten odd
    oden ofelia oksana ola olaf olavi oleksandr olena olga oliver olivia olle olof olov omar omer omid onni onur orhan
    orvokki osama oscar oskar osman osmo osvald otilia ottilia otto ousman outi ove ozan paavo parisa parvin parwin pasi
    patrice patricia patricio patrick patrik patryk paul paula pauli paulina pauline pavel pawel payam pedram pedro pehr
    pekka pelle pentti per per-anders per-arne per-erik per-olof per-olov per-åke pernilla pertti petar peter petra
    petri petronella petros petrus petter petteri philip pia pierre pilar pinar piotr pirjo pirkko polina pontus predrag
    priya przemyslaw putte päivi pär pål qamar qasim quang quentin rabia rachid rada radmila radoslaw raed rafael rafal
    rafi ragda raghad ragna ragnar ragnhild rahaf rahel rahim rahma raid raija raili raimo rajko ralf ralph ramadan
    ramazan rami ramin ramiz ramla ramo ramona rana rand randi rania rasha rashid rasmus raul rauni rawan raweh razan
    rebecca rebecka reem refik regina reijo reine reino remzi renata renate resul reza rezan rezvan ricardo rickard
    ricky riikka riitta rikard rikke rille rima risto rita ritva riyad robel robert roberta roberto robin roda rodrigo
    roger roine roj rojda rojin roksana roland rolf roman romeo ronald roni ronja ronnie ronny rosa rosa-lie rosario
    rose rose-marie rosita roy roya ruba ruben rudolf rukia runa rune ruqia ruslan rut ruta rutger ruth ruweyda ryszard
    saad saado saba sabah sabina sabine sabri sabrina sadia sadiq safa safaa safet safia safiya saga sagal sahar sahra
    sahro said saida saif sajad sajjad sakari sakineh salah salam saleh salem salim sally salma salman salomon salwa sam
    saman samantha samar samer sami samir samira samiya samuel sana sandeep sandra sanela sanja sanna sanna-mari sanne
    sanny santiago sara sarah saranda sardar sari sasa sasha satu saša sead seada sebastiaan sebastian sedat seid seija
    selam selim selin selma sem semir senad senay seppo serafia serdar sergej sergio serhat serkan sevda severin sevim
    shabnam shadi shahad shahin shahram shaima shaimaa sham shamsa sharif sharifa sharon shayan shilan shirin shirwan
    shler shno shpresa shukri sigbritt sigfrid sigge signe signhild sigrid sigurd sigvard siham sihem silas silje silva
    silvana simon simone sinan sindre sinem sinikka siqin siri sirkka sirpa sirwan sisko siv sivert sixten slavica
    slavko slobodan snezana sofia sofiane sofie sohrab soili sokol solin solveig solvig solweig soma somaya somchai
    sonia sonja sonny sophia sophie soran soraya staffan stanislaw stefan stefania stefanie steffi stella stellan sten
    sten-åke stephanie stevan stig stig-åke stina stojan sture styrbjörn suad suada suado sucaad suhail suhaila sukran
    sulayman suldan suleiman suleman suleyman sultan sumaya sumeya sune susan susann susanna susanne sussi suzanne
    svante svea sven sven-erik sven-olof sven-åke svenne sverker svetlana swietlana syed sylvi sylvia sylwester sylwia
    sören tage taha taher tahir taina taisir taisto talal talha tamara tania tanja tanya tapani tapio tara tarek tareq
    tarik tariq tarja taru tatiana tatjana tayeb tea ted teddy teija tellervo temesgen teodor teodora teppo teresa
    terese terhi tero terttu tess tessan thanh thao thea theo theodor theresa therese thi thomas thor thorbjörn thore
    thorsten thure thyra tiffany tiina tilda tilde tim timea timmy timo timothy tina tindra tobbe tobias toivo tom tomas
    tomasz tommie tommy toni tony tor torbjörn tord tore torgny torkel torsten torvald tova tove tri tristan trygve tuan
    tuba tugba tuija tuomas tuomo ture tuula tuulikki tuva tuve tyko tyr tyra tyyne ubah ugur ulf ulla ulla-britt
    ulla-carin ulla-karin ulpu ulrica ulrik ulrika ulrike umar umit umut uno unto urban urho urim urpo ursula usama uğur
    vahid valbona valdete valentin valentina valeria valerija valmir valon valter vanja vappu vasile vedad vega vehbi
    veijo veikko vendela vera verner veronica veronika vesa vesna veton vicktor victor victoria vidar vide vieno viggo
    viking viktor viktoria vilda vile vilgot vilhelm vilja viljo ville villy vilma vilmer vilmos vincent viola violeta
    vira virginia virpi viveca viveka vivi vivian vivianne vjollca vladan vladimir vlado volkan väinö wael wafa wafaa
    wahid waldemar waleed walid walter wanda warda wasim wassim weam wendela werner wiktor wiktoria wilhelm wille
    william willy wilma wilmer wioletta wissam wojciech xawa xhevat xhevdet xiao xin yacine yacoub yahya yahye yakub
    yasemin yaser yasin yasir yasmiin yasmin yasmina yasmine yassin yassir ylva ymer yngve younes yousef yousif youssef
    yrjö yuliya yunus yurdagül yuri yusef yusra yusuf yvette yvonna yvonne zacharias zack zackarias zahid zahir zahra
    zaid zain zainab zakaria zaki zakia zana zanyar zara zaynab zaynep zdravko zehra zeinab zejnep zekarias zelda zeljka
    zeljko zeyneb zeynep zhang zhao ziad zina zlata zlatan zlatko zoe zoey zofia zoran zorica zubair zuhair zuhal
    zuzanna zvonko ása åke åsa åse åslög åsmund örjan östen
    """
)

# Those that are also words, months, places or brands, and mean a person only when more than the word says so.
ALSO_WORDS = words_in(
    """
    adan adel ala amal ammar ana anas ari arman arta arya august augusta aurora avin axel aya baran basel bella berat
    besa bilan björn bo bob bojan bror börje cem chen clas dag dan danne diana dick dina dino edit elis ella else elvis
    emir enes ensar eren esa fanny felix finn florin frank frans fred frej freja fritz gina hakan hala hana hans hao
    haya heba hejar helga hella hemin hilding hoda hung ian iman ina inga inger ion iris isa islam jama jan jana jarl
    jihad jim jon juni kadir kaj kari karl karla kate kawa kian kickan kim kina klara klas knut ladan lage lamis lana
    lara lea leen leo lia lina linda linn linnea linnéa lirie liv lola lotta lotten lottie lova love lovis luca lucia
    luka lul lulu luna lykke maha mai maj maja malva manar mandus mari maria marina marine mark mart mats max maya meja
    merima mila milan mile mille milo mina mira mirja mitra murad musa muse my nadir naim najat narges niki nimo noa
    noel noor nora nour nova nur odd oden ola oliver onni ove pasi per petar petri pilar pinar putte pål rada rafi raid
    rami ramla rana rand raul reem regina reine rita roda roj roman romeo rosa rosario rose ruba runa rune rut ruta ruth
    saba sabah safa saga said salam salem salma sam saman samer sana sanja sanna santiago sari sasa satu sem sham siham
    silas silva siri solin soma sonny stella sten stig sture sultan svea svenne tage tara taru tea ted tess thi tiina
    tilde tim timo tina tindra tom toni tor tord tore tri tuan tuba ture tuva tyr uno unto urban vega vera vesa victoria
    vide viking vilda vile vilja ville viola vira virginia weam wille xin ymer zack zana åke åsa åse
    """
)
