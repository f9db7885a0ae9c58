"""Swedish names as addresses, as sort keys and as something to search for. Pure text, no database."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable

# First words of addresses that belong to the site itself and can never be a place.
RESERVED = frozenset(
    """
    admin anslut api atom bekrafta-vem-du-ar bilder dcat dialog dialoger en export favicon feed fi files fit fjarrsyn
    flode flera halsa hjalp id inbjudan integritet kalender karta kommun kommuner konto kontakt kunskap lan logga-in
    logga-ut losenord lofte loften loftesboken media medborgarlofte medborgarloften media metrics ny nyheter nytt om
    openapi plats platser polis polisomraden polisregion polisregioner problembild problembilder register robots rom sa
    schema se sitemap skrivbord skrivbordet sma smj sok start static statistik status sv tack tillganglighet
    underskrift uppfoljning well-known yi
    """.split()  # noqa: SIM905 - a list to read, not to count quotes in
)
# Below a place only the pages for making something new share a level with what people have named.
RESERVED_BELOW = frozenset({"export", "flode", "ny", "nytt", "sok"})
MAX_SLUG = 60

# The scope of municipalities' addresses.
MUNICIPALITIES = "kommun"
# A bare address that several municipalities wanted: held so that nobody gets it, pointing at none of them.
SHARED = "shared"

_LETTERS = str.maketrans(
    {"æ": "ae", "ø": "o", "œ": "oe", "ß": "ss", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ŋ": "n", "ŧ": "t", "ı": "i"}
)
_LAST_LETTERS = str.maketrans({"å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}", "-": " "})


def fold(text: str) -> str:
    """Lower case without accents, words parted by single spaces: the form in which names are compared.

    >>> fold(" Malung-SÄLEN ")
    'malung salen'
    """
    lowered = unicodedata.normalize("NFC", text).casefold().translate(_LETTERS)
    bare = "".join(c for c in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(c))
    return " ".join(re.findall(r"[a-z0-9]+", bare.replace("'", "").replace("’", "").replace("&", " och ")))


def slugify_swedish(text: str) -> str:
    """The name as it stands in an address: å and ä become a, ö becomes o, é becomes e. Long names end at a whole word.

    >>> slugify_swedish("Östra Göinge"), slugify_swedish("Lugnare kvällar på torget, 2026!")
    ('ostra-goinge', 'lugnare-kvallar-pa-torget-2026')
    """
    slug = fold(text).replace(" ", "-")
    if len(slug) <= MAX_SLUG:
        return slug
    cut = slug[: MAX_SLUG + 1]
    return cut.rsplit("-", 1)[0] if "-" in cut else slug[:MAX_SLUG]


def sort_key(text: str) -> str:
    """Swedish order: å, ä and ö last, other accents and hyphens without weight.

    >>> sorted(["Örebro", "Ängelholm", "Åre", "Upplands Väsby", "Upplands-Bro", "Orsa"], key=sort_key)
    ['Orsa', 'Upplands-Bro', 'Upplands Väsby', 'Åre', 'Ängelholm', 'Örebro']
    """
    marked = unicodedata.normalize("NFC", text).casefold().translate(_LAST_LETTERS)
    return "".join(c for c in unicodedata.normalize("NFKD", marked) if not unicodedata.combining(c))


def is_reserved(slug: str, *, top_level: bool) -> bool:
    """Whether an address belongs to the site itself: at the top level, or on the level below a place."""
    return slug in (RESERVED if top_level else RESERVED_BELOW)


def county_word(county_name: str) -> str:
    """The county as a word in an address.

    >>> county_word("Jönköpings län"), county_word("Uppsala län"), county_word("Västra Götalands län")
    ('jonkoping', 'uppsala', 'vastra-gotaland')
    """
    return slugify_swedish(county_name.removesuffix(" län").removesuffix("s"))


def addresses(places: Iterable[tuple[str, str, str]]) -> tuple[dict[str, str], set[str]]:
    """Give each (code, name, county name) an address of its own; also return the bare addresses that several wanted.

    The rule: a name alone in its address gets it as it is. When several names become the same address, none of them
    gets it: each takes its county along, and the bare address leads to a page that asks which one you meant. Nobody
    is then sent to the wrong municipality by a missing ring over an å.

    >>> addresses([("0305", "Håbo", "Uppsala län"), ("0643", "Habo", "Jönköpings län"), ("0665", "Vaggeryd", "")])
    ({'0305': 'habo-uppsala', '0643': 'habo-jonkoping', '0665': 'vaggeryd'}, {'habo'})
    """
    wanted: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for code, name, county in places:
        wanted[slugify_swedish(name)].append((code, county))
    found: dict[str, str] = {}
    shared: set[str] = set()
    for slug, claimants in wanted.items():
        if len(claimants) == 1 and not is_reserved(slug, top_level=True):
            found[claimants[0][0]] = slug
            continue
        if len(claimants) > 1:
            shared.add(slug)
        for code, county in claimants:
            with_county = f"{slug}-{county_word(county)}"
            found[code] = with_county if with_county not in found.values() else f"{with_county}-{code}"
    return found, shared
