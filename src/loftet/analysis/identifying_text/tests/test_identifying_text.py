"""The guard for identifying text, tried both ways. All numbers are made up or published as examples."""

from __future__ import annotations

from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loftet.analysis.identifying_text import find_identifying

FOUND = [
    ("national_id", "Han heter så, 121212-1212, och bor här", "121212-1212"),
    ("national_id", "191212121212 står på lappen", "191212121212"),
    ("national_id", "19121212-1212", "19121212-1212"),
    ("national_id", "19121212+1212", "19121212+1212"),
    ("national_id", "19121212 1212", "19121212 1212"),
    ("national_id", "121212 - 1212", "121212 - 1212"),
    ("national_id", "121212–1212", "121212–1212"),
    ("national_id", "samordningsnummer 701063-2391.", "701063-2391"),
    ("national_id", "19701063-2391", "19701063-2391"),
    ("national_id", "121212-1213", "121212-1213"),  # the check digit is wrong, but the sign is there
    ("national_id", "pnr 1212121213 står det", "1212121213"),
    ("phone", "ring 070-123 45 67", "070-123 45 67"),
    ("phone", "0701234567", "0701234567"),
    ("phone", "070 123 45 67!", "070 123 45 67"),
    ("phone", "070\u00a0123\u00a045\u00a067", "070\u00a0123\u00a045\u00a067"),
    ("phone", "070\u2011123 45 67", "070\u2011123 45 67"),
    ("phone", "073-12-34-567", "073-12-34-567"),
    ("phone", "076.123.45.67", "076.123.45.67"),
    ("phone", "+46 70 123 45 67", "+46 70 123 45 67"),
    ("phone", "+46(0)70-1234567", "+46(0)70-1234567"),
    ("phone", "0046701234567", "0046701234567"),
    ("phone", "08-123 456 78", "08-123 456 78"),
    ("phone", "0250-260 00", "0250-260 00"),
    ("phone", "031/12 34 56", "031/12 34 56"),
    ("phone", "+47 22 12 34 56", "+47 22 12 34 56"),
    ("email", "skriv till anna.b@example.se, tack", "anna.b@example.se"),
    ("email", "kalle(at)example.com", "kalle(at)example.com"),
    ("email", "E-post: X_Y+z@mail.example.co.uk.", "X_Y+z@mail.example.co.uk"),
    ("plate", "en röd bil, ABC 123, kör för fort", "ABC 123"),
    ("plate", "ABC123", "ABC123"),
    ("plate", "ABC12D", "ABC12D"),
    ("plate", "MLB 84A", "MLB 84A"),
    ("plate", "regnr abc123 kör här", "abc123"),
    ("plate", "reg nr: abc 12d", "abc 12d"),
    ("address", "De bor på Storgatan 12", "Storgatan 12"),
    ("address", "storgatan 12b är värst", "storgatan 12b"),
    ("address", "Storgatan 12 B", "Storgatan 12 B"),
    ("address", "Kyrkvägen 3, andra våningen", "Kyrkvägen 3"),
    ("address", "Skogsvägen 8", "Skogsvägen 8"),
    ("address", "bakom Solgränd 14", "Solgränd 14"),
    ("address", "vid Ekstigen 5", "Ekstigen 5"),
    ("address", "på Sankt Eriks väg 7 luktar det", "Eriks väg 7"),
    ("address", "Karl Johans gata 115", "Johans gata 115"),
    ("address", "Slottsbacken 4", "Slottsbacken 4"),
    ("address", "Stora torget 2", "Stora torget 2"),
    ("link", "se https://example.org/profil?id=3 för bild", "https://example.org/profil?id=3"),
    ("link", "www.example.se", "www.example.se"),
    ("link", "facebook.com/nagon.person", "facebook.com/nagon.person"),
    ("handle", "det var @kalle_92 som gjorde det", "@kalle_92"),
    ("handle", "snap: kalle.92", "snap: kalle.92"),
]

PASSED = [
    "",
    "Storgatan",
    "Det är mörkt på Storgatan mellan torget och skolan.",
    "Storgatan 2024 var bättre än Storgatan 2023.",
    "kl 18.30",
    "kl 08-16 på vardagar, 08.00-16.00 annars",
    "mellan 0830-1730",
    "öppet 06 00 - 22 00",
    "3 000",
    "3 000 000 kr",
    "12 500 personer bor här",
    "E4",
    "E 18 och riksväg 70",
    "Riksväg 70 är farlig",
    "Väg 26, länsväg 293",
    "Huvudgatan 40 km/h",
    "Storgatan 30 km/h räcker",
    "Storgatan 50 meter från skolan",
    "Kyrkvägen 3 gånger i veckan",
    "på Storgatan 10 mopeder varje kväll",
    "Storgatan 14-åriga killar",
    "cykelvägen 2 m bred",
    "SJ 123",
    "buss 123",
    "Buss 12A",
    "SEK 500",
    "MAX 100",
    "SFS 2023:196",
    "lag 2023:196",
    "HVB 2024",
    "TV4",
    "COVID19",
    "112",
    "ring 114 14",
    "1177",
    "113 13",
    "020-12 34 56",
    "0771-123 456",
    "2024-05-06",
    "2024-05-06 18:30",
    "20240506",
    "1212121213",  # the check digit is wrong, and nothing says that it is a person's
    "dnr 121212-1213",  # and here it is said to be a case
    "ärende 201212-1213",
    "121312-1218",  # there is no thirteenth month
    "991232-1233",  # nor a 32nd day
    "org.nr 556016-0680",  # a company: its third digit is at least 2, so no month
    "5 av 10",
    "1-2 gånger",
    "nr 7",
    "0,5 procent",
    "postnummer 792 32 Mora",
    "#trygghet @ torget",
    "mora.se",
    "Vi ses vid skolan @ 18",
    "år 1999-2004",
    "100 % säkert",
    "RUM 101",
    "59.3293, 18.0686",
]


@pytest.mark.parametrize(("kind", "text", "expected"), FOUND, ids=[text for _, text, _ in FOUND])
def test_found(kind: str, text: str, expected: str) -> None:
    assert [(hit.kind, text[hit.start : hit.end]) for hit in find_identifying(text)] == [(kind, expected)]


@pytest.mark.parametrize("text", PASSED)
def test_passed(text: str) -> None:
    assert [(hit.kind, text[hit.start : hit.end]) for hit in find_identifying(text)] == []


def test_several_in_order() -> None:
    text = "ABC 123 på Storgatan 12, ring 070-123 45 67 eller skriv a@example.se"
    assert [hit.kind for hit in find_identifying(text)] == ["plate", "address", "phone", "email"]


def test_a_number_is_reported_once() -> None:
    """A personnummer could also be read as digits of a phone number, and an e-mail address holds a handle's form."""
    assert [h.kind for h in find_identifying("0712121212 och 121212-1212 och a.b@example.se")] == [
        "phone",
        "national_id",
        "email",
    ]


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from("0123456789 -–+()@./:abcåäöABCÅÄÖgatnvägeSt\n"), max_size=80))
def test_hits_lie_in_the_text_in_order_without_overlap(text: str) -> None:
    hits = find_identifying(text)
    assert all(0 <= hit.start < hit.end <= len(text) for hit in hits)
    assert all(a.end <= b.start for a, b in pairwise(hits))


@settings(deadline=None)
@given(st.integers(0, 10**9 - 1))
def test_only_one_check_digit_in_ten_is_right(serial: int) -> None:
    body = f"{serial:09d}"
    found = [d for d in range(10) if any(h.kind == "national_id" for h in find_identifying(f"x {body}{d} x"))]
    assert len(found) <= 1


def test_long_texts_take_little_time() -> None:
    """Searching must grow with the length of the text (here two seconds at most) and not with its square (minutes)."""
    pieces = ("0", "07 ", "a.", "@a", "Ab", "Storgatan ", "+1 ", "1-", "a@a.", "x" * 40, "abc-", "070-123 45 67 ")
    pieces += ("Anna ", "anna berg ", "Annas ", "A. ", "A", "Anna-", "von ", "han på ", "grannen säljer en ", "som ")
    pieces += ("heter ", "Kalle slår ", "han med, ", "min granne är en ", "abc12d ", "bil ")
    start = process_time()
    for piece in pieces:
        find_identifying(piece * (10_000 // len(piece)))
    assert process_time() - start < 12
