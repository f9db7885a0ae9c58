"""Accusations: one person or household is singled out, and said to commit a crime or something as grave.

"Ungdomar säljer droger i parken" singles out nobody and passes, as does "grannen ringde polisen" and what somebody was
the victim of. Noise, rubbish and bad manners pass too: they are what a dialogue about safety is for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from loftet.analysis.identifying_text.hits import Spans

_ROLES = (
    "grann(?:en|frun)|kill(?:en)|grabben|snubben|tjejen|kvinnan|mannen|gubben|tanten|kärringen|pojken|flickan|personen"
    "|ägaren|innehavaren|chefen|vaktmästaren|rektorn|lärar(?:en|innan)|tränaren|ordföranden|kassören|sekreteraren"
    "|hyresvärden|vicevärden|hyresgästen|frisören|kocken|snickaren|chauffören|(?:taxi|buss|last)?föraren|handlaren"
    "|föreståndaren|vakten|väktaren|ordningsvakten|prästen|imamen|doktorn|läkaren|sjuksköterskan|handläggaren"
    "|socialsekreteraren|kommunpolisen|områdespolisen|polischefen|kommunalrådet|familjen|hushållet|sonen|dottern"
    "|brodern|brorsan|pappan|mamman|exmannen|sambon|svågern|bartendern|krögaren|kioskägaren|städaren|eleven"
)
_KIN = (
    "granne|grannfru|son|dotter|bror|syster|pappa|mamma|far|mor|man|fru|sambo|ex|exman|exfru|exsambo|svåger|svärson|kusin"
    "|chef|lärare|tränare|hyresvärd|vicevärd|rektor|kommunpolis|kollega|kompis|hyresgäst|pojkvän|flickvän|styvfar"
)
# A role in the definite form, somebody's somebody, or a pronoun that is then told where or with what.
_SINGLED_OUT = re.compile(
    rf"\b(?:(?:den|det)\s(?:\w{{3,12}}\s)?)?(?:{_ROLES})\b"
    rf"|\b(?:min|mitt|vår|hans|hennes|deras|\w{{2,20}}s)\s(?:{_KIN})\b"
    r"|\b(?:han|hon|hen|hån|snubben|den)\s(?:som|i|på|med|under|över|ovanför|nedanför|bredvid|mitt\semot|från|bakom)\b",
    re.I,
)
_GOODS = (
    "knark\\w*|drog\\w*|narkotika|hasch|gräs|cannabis|kokain|amfetamin|heroin|tramadol|tabletter|piller|vapen|sprit"
    "|svartsprit|hembränt|smuggel\\w*|insmuggla\\w*|stöldgods|tjuvgods|sex|vejps|vapes?|snus|cigg\\w*|öl|lustgas"
)
_VICTIMS = (
    "sin|sitt|sina|barn\\w*|fru\\w*|man|mannen|elev\\w*|en|ett|två|oss|mig|honom|henne|hen|dem|dom|folk|gamla|äldre|de"
    "|den|min|mina|mitt|flick\\w*|pojk\\w*|ungdom\\w*|lärar\\w*|kund\\w*|hund\\w*|katt\\w*|djur\\w*|andra"
)
_OFFENCES = (
    rf"(?:säljer|sålde|sålt|köper|köpte|odlar|odlade|smugglar|smugglade|gömmer|bär|har|handlar\smed)\s(?:\w+\s){{0,2}}"
    rf"(?:{_GOODS})",
    r"lang(?:ar|ade|at)(?:\s(?:till|åt)\s\w+)?|deal(?:ar|ade)|knarkar(?:\w*)?",
    r"(?:stjäl|stjäler|stal|stulit|snattar|snattade|rånar|rånade|rånat)\b",
    rf"(?:slår|slog|slagit|sparkar|sparkade|hotar|hotade|hotat|lurar|lurade|lurat|mobbar|mobbade|mobbat|utnyttjar"
    rf"|utnyttjade|förföljer|förföljde|trakasserar|trakasserade|skadar|skadade|knivhögg)\s(?:{_VICTIMS})",
    r"(?:misshandla(?:r|de|t)|våldtar|våldtog|våldtagit|tafsa(?:r|de|t)|blotta(?:r|de|t)|ofreda(?:r|de|t)|förgifta(?:r|de|t)"
    r"|antasta(?:r|de|t)|vandalisera(?:r|de|t)|klottra(?:r|de|t)|förskingra(?:r|de|t)|bedra(?:r|git)|bedrog)",
    r"(?:tvättar|tvättade)\spengar|(?:tar|tog|tagit)\smutor|(?:fuskar|fuskade|fuskat)\smed|(?:jobbar|jobbade|arbetar)\ssvart",
    r"hyr\sut\s(?:\w+\s){0,4}svart|säljer\ssig",
    r"(?:kör|körde|kört)\s(?:\w+\s){0,2}(?:rattfull|full|onykter|berusad|påtänd|drograttfull|drogad|utan\skörkort)",
    r"(?:elda(?:r|de|t)\supp|tänder\s(?:eld\s)?på|tände\s(?:eld\s)?på|brände|bränner|anlade|krossa(?:r|de|t)\s(?:ruta\w*|en))",
    r"(?:gör|gjorde|gjort|begår|begick)\s(?:\w+\s){0,2}(?:inbrott\w*|stöld\w*|brott\w*)|bröt\ssig\sin|bryter\ssig\sin",
    r"(?:är|var)\s(?:en\s|ett\s|känd\s|gammal\s|riktig\s){0,3}(?:tjuv\w*|pedofil\w*|narkoman|knarkare|\w{0,12}langare"
    r"|kriminell|korrupt|mördare|våldtäktsman|våldsam|hälare|häleri\w*(?:\s\w+)?|bedragare|gängmedlem|pundare|missbrukare"
    r"|mutad|rattfyllerist|inbrottstjuv|pyroman|psykopat)",
)
_BREAKS = (
    "att|när|om|någon|några|folk|ungdomar\\w*|gäng\\w*|andra|såg|ser|hörde|hör|ringde|ringer|larmade|blev|blir|vill|hjälper"
    "|varnar|anmälde|stoppade|inte|aldrig|för|mot|därför|eftersom|medan|men|de|dom|polisen"
)
# The person and the offence stand in one sentence: no full stop with a capital after it lies between.
_OFFENCE = re.compile(
    rf"(?:[\s,]{{1,2}}(?!(?:{_BREAKS})\b)[\w:.-]{{1,30}}(?!(?<=\.)\s{{1,2}}(?-i:[A-ZÅÄÖ]))){{0,7}}?"
    rf"[\s,]{{1,2}}(?P<offence>(?:{'|'.join(_OFFENCES)})"
    r"(?:\s(?:sig|narkotika|knark|barn|fru|man|eld))?)(?![\w])",
    re.I,
)


def find_accusations(text: str, pointed_out: Sequence[tuple[int, int]]) -> Spans:
    """Where somebody singled out, or standing in `pointed_out` already, is said to commit an offence.

    The stretch goes from the person to the end of the offence.

    >>> text = "Grannen i 3:an säljer knark. Ungdomar säljer droger."
    >>> [text[start:end] for start, end in find_accusations(text, [])]
    ['Grannen i 3:an säljer knark']
    """
    for _start, end in pointed_out:
        if match := _OFFENCE.match(text, end):
            yield end, match.end("offence")
    for subject in _SINGLED_OUT.finditer(text):
        if match := _OFFENCE.match(text, subject.end()):
            yield subject.start(), match.end("offence")
