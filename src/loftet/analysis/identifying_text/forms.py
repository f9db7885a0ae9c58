"""Forms, not meanings: numbers, addresses and links with a shape of their own."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from loftet.analysis.identifying_text.hits import Kind, Spans
from loftet.analysis.identifying_text.lists import words_in

# Spaces and hyphens that keyboards and pasted text put in numbers; one character for one, so that places stay right.
LOOKALIKES = str.maketrans("\u00a0\u202f\u2009\u2010\u2011\u2012\u2013\u2212", "   -----")

# Every repetition is bounded: what a sender types must never make a pattern search itself to a standstill.
_EMAIL = re.compile(
    r"[a-z0-9åäö._%+-]{1,64}(?:@\s?|\s@\s|\s?[(\[]at[)\]]\s?)[a-z0-9åäö-]{1,63}(?:\.[a-z0-9åäö-]{1,63}){0,5}\.[a-z]{2,20}",
    re.I,
)
_LINK = re.compile(
    r"(?:https?://|\bwww\.)[^\s<>\"”]+"
    r"|\b(?:[a-z]{1,3}\.)?(?:facebook|fb|instagram|tiktok|snapchat|linkedin|twitter|x|youtube|t|discord)"
    r"\.(?:com|me|gg|se)/[^\s<>\"”]+",
    re.I,
)
_HANDLE = re.compile(
    r"(?<![\w@./])@(?=[\w.]{0,29}[a-zåäö])[\w.]{2,29}\w"
    r"|\b(?:snapchat|snap|instagram|insta|tiktok|kik|discord|telegram)\s?:\s?@?[\w.]{2,29}\w",
    re.I,
)
_NATIONAL_ID = re.compile(
    r"(?<![0-9])(?P<century>18|19|20)?(?P<year>[0-9]{2})(?P<month>[0-9]{2})(?P<day>[0-9]{2})"
    r"(?P<sign> ?[-+]? ?)(?P<serial>[0-9]{4})(?![0-9])"
)
# Before these a number of this form is a case or a firm, unless its check digit says otherwise.
_NO_PERSON = re.compile(
    r"(?:dnr|diarie\w*|ärende\w*|org\w*\.?\s?n\w*|faktura\w*|kundn\w*|avtal\w*|ref\w*|mål\w*|beslut\w*)[\s.:]{0,3}\Z",
    re.I,
)
_PERSON = re.compile(
    r"(?:pnr|pers\.?\s?n\w*|personn\w*|pnummer|samordning\w*|id-?n\w*|född)\.?(?:[\s:]{1,3}(?:är|den))?[\s:]{0,3}\Z",
    re.I,
)
# Mobile numbers may be grouped anyhow; for fixed lines the only hyphen stands after the area code, or times of day
# ("0830-1730") would look like them. 020 and 077 are service numbers of authorities and firms.
_PHONES = (
    re.compile(r"(?<![0-9])07[02369](?:[ \-./]?[0-9]){7}(?![0-9])"),
    re.compile(
        r"(?<![0-9-])(?!020|077)(?:08|0[1-9][0-9]{1,2})(?: ?[-/] ?| )?"
        r"(?:[0-9]{2,3}(?: [0-9]{2,3}){1,3}|[0-9]{5,8})(?![0-9])"
    ),
    re.compile(r"(?<![0-9])(?:\+|00)[1-9](?:[ \-.()]{0,2}[0-9]){7,13}(?![0-9])"),
)
# Swedish plates never use I, Q or V, nor O as their last letter.
_PLATE = re.compile(r"\b(?P<letters>[A-HJ-PR-UW-Z]{3})[ -]?[0-9]{2}(?:[0-9]|[A-HJ-NPR-UW-Z])(?![\w:]|[.,][0-9])")
# In small letters the form alone is too little: a word for the plate or the vehicle stands near.
_PLATE_SAID = re.compile(
    r"(?<![\w-])(?P<plate>[a-hj-pr-uw-z]{3}[ -]?[0-9]{2}[0-9a-hj-npr-uw-z])(?![\w:]|[.,][0-9])", re.I
)
_PLATE_WORD = re.compile(
    r"reg(?:istrering\w*)?\.? ?(?:nr|num\w*|skylt\w*)?\b|\w*plåt(?:en|ar|arna)?\b|\w*skylt(?:en|ar)?\b"
    r"|\b(?:bil|bilen|skåpbilen|lastbilen|volvon?|epan?|mopp?en|mopeden|a-traktorn|släpet|husbilen|taxin|bussen)\b",
    re.I,
)
_NO_PLATE = re.compile(
    "BUS|DIN|DKK|DNR|EUR|GBP|HUS|ISO|KPH|LSS|MAX|MIN|NOK|NOR|PBL|PRO|RUM|SAL|SAS|SEK|SFS|SOL|SWE|TEL|TOP|USA|USD"
)
# Small words that stand before numbers.
_SMALL_WORDS = words_in("DEN DEM DOM FEM FAR GÅR HAN HAR HON KAN KAR MED MEN NÄR OCH PER SEN TAR TRE")
_UNITS = (
    "km|m|mil|meter|minuter|min|sekunder|timmar|tim|dagar|veckor|månader|år|gånger|ggr|procent|kr|kronor|st|stycken"
    "|personer|ungdomar|barn|bilar|mopeder|lampor|lyktor|bänkar|hus|grader|klockan|kl"
)
_HOUSE = (
    r"\s[0-9]{1,3}(?:\s?[A-Ha-h](?![\wåäö]))?"
    rf"(?![0-9:%]|[.,][0-9]|\s?(?:{_UNITS})\b|\s?%|-?årig|\s?-\s?[0-9]{{4}})"
)
_WORD = "[a-zåäöéü]{2,40}"
_STREET = re.compile(rf"\b(?P<stem>{_WORD})(?:gatan|gata|vägen|väg|gränden|gränd|stigen|stig){_HOUSE}", re.I)
_NO_STEM = re.compile(
    "av|bil|cykel|europa|flykt|färd|genomfarts|grus|gång|gångs|hem|huvud|infarts|kör|lands|läns|matar|medel|motor|om"
    "|riks|sido|spår|stick|tvär|ut|utfarts",
    re.I,
)
_CAPITAL_STREET = re.compile(
    rf"\b[A-ZÅÄÖ]{_WORD}(?:torget|torg|allén|allé|backen|backe|kajen|esplanaden|liden|slingan|stranden|strand){_HOUSE}"
)
_NAMED_STREET = re.compile(
    rf"\b(?P<owner>[A-ZÅÄÖ]{_WORD})\s(?P<type>gata|väg|gränd|torg|torget|allé|backe|stig|kaj){_HOUSE}"
)
_NO_OWNER = re.compile("Kommunens|Kommuns|Landets|Länets|Stadens|Statens|Sveriges|Trafikverkets")


def _plain(pattern: re.Pattern[str]) -> Callable[[str], Spans]:
    return lambda text: (match.span() for match in pattern.finditer(text))


def _national_ids(text: str) -> Spans:
    for match in _NATIONAL_ID.finditer(text):
        digits = "".join(match.group("year", "month", "day", "serial"))
        if not _is_date(*match.group("century", "year", "month", "day")):
            continue
        if _check_digit_holds(digits) or _is_meant(text, match):
            yield match.span()


def _is_meant(text: str, match: re.Match[str]) -> bool:
    """Whether a wrong check digit is likely a slip: it is said to be a person's number, or the sign is there.

    Not when it is said to be the number of a case or a firm.
    """
    said = text[max(0, match.start() - 24) : match.start()]
    return bool(_PERSON.search(said)) or (match["sign"] in {"-", "+"} and not _NO_PERSON.search(said))


def _check_digit_holds(digits: str) -> bool:
    """The Luhn check over all ten digits (ISO/IEC 7812-1)."""
    doubled = [int(d) * (2 if i % 2 == 0 else 1) for i, d in enumerate(digits)]
    return sum(d // 10 + d % 10 for d in doubled) % 10 == 0


def _is_date(century: str | None, year: str, month: str, day: str) -> bool:
    """A day in one of the possible centuries; in a samordningsnummer the day has 60 added to it."""
    plain_day = int(day) - 60 if int(day) > 60 else int(day)
    for hundred in (century,) if century else ("18", "19", "20"):
        try:
            date(int(hundred + year), int(month), plain_day)
        except ValueError:
            continue
        return True
    return False


def _phones(text: str) -> Spans:
    for pattern in _PHONES:
        for match in pattern.finditer(text):
            if 8 <= sum(c.isdigit() for c in match.group()) <= 15:
                yield match.span()


def _plates(text: str) -> Spans:
    for match in _PLATE.finditer(text):
        if not _NO_PLATE.fullmatch(match["letters"]):
            yield match.span()
    for match in _PLATE_SAID.finditer(text):
        letters = match["plate"][:3].upper()
        near = text[max(0, match.start() - 40) : match.start()] + " " + text[match.end() : match.end() + 20]
        if letters not in _SMALL_WORDS and not _NO_PLATE.fullmatch(letters) and _PLATE_WORD.search(near):
            yield match.span("plate")


def _addresses(text: str) -> Spans:
    for match in _STREET.finditer(text):
        if not _NO_STEM.fullmatch(match["stem"]):
            yield match.span()
    for match in _CAPITAL_STREET.finditer(text):
        yield match.span()
    for match in _NAMED_STREET.finditer(text):
        named = match["owner"].endswith("s") or match["type"] == "torget"
        if named and not _NO_OWNER.fullmatch(match["owner"]):
            yield match.span()


def finders() -> tuple[tuple[Kind, Callable[[str], Spans]], ...]:
    """What finds each kind, in the order in which a stretch that could be two things is given to one.

    >>> [kind for kind, find in finders() if list(find("Ring 070-174 06 05"))]
    ['phone']
    """
    return (
        ("link", _plain(_LINK)),
        ("email", _plain(_EMAIL)),
        ("handle", _plain(_HANDLE)),
        ("national_id", _national_ids),
        ("phone", _phones),
        ("plate", _plates),
        ("address", _addresses),
    )
