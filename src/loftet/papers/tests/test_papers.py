"""Papers: what is handed over is what stands there, tagged, the same every time."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from loftet.papers import press
from loftet.papers.agreements import AgreementPaper, Section, SignedBy, agreement
from loftet.papers.record_copies import RecordCopy, record_copy
from loftet.papers.signing_copies import SigningCopy, WordLine, signing_copy
from loftet.papers.tests.pdf_reading import Pdf

DIGEST = hashlib.sha256(b"orden").hexdigest()
ADDRESS = "https://loftet.example.org/id/abcdef123456"
COPY = SigningCopy(
    kind="Medborgarlöfte",
    title="Lugnare kvällar i centrum",
    version=3,
    proposed="Framlagd av Provby kommun 3 mars 2026.",
    lines=(WordLine("Rubrik", "Lugnare kvällar i centrum"), WordLine("Vem", "Polisen", under="Fotpatrull")),
    parties=("Provby kommun", "Lokalpolisområde Provby", "Provbostäder"),
    digest=DIGEST,
    address=ADDRESS,
)
AGREEMENT = AgreementPaper(
    title="Samverkan i Provby",
    parties=("Provby kommun", "Lokalpolisområde Provby"),
    places=("Provby",),
    period="1 januari 2026 – 31 december 2028",
    standing="Överenskommelsen gäller.",
    sections=(
        Section("Syfte", ("Färre brott.",)),
        Section("Möten", (), ("Grupp", "Hur ofta"), (("Styrgrupp", "Ofta"),)),
    ),
    signatures=(SignedBy("Provby kommun", "N. N.", "ordförande", "3 mars 2026"),),
    version=2,
    digest=DIGEST,
    address=ADDRESS,
    register="Införd i Löftesboken som nummer 14.",
)

RECORD = RecordCopy(
    kind="Medborgarlöfte",
    title="Lugnare kvällar i centrum",
    dated=date(2026, 3, 3),
    standing="Undertecknat av alla 3 mars 2026.",
    parties=("Provby kommun", "Lokalpolisområde Provby"),
    lines=(WordLine("Rubrik", "Lugnare kvällar i centrum"), WordLine("Vem", "Polisen", under="Fotpatrull")),
    signatures=(SignedBy("Provby kommun", "N. N.", "ordförande", "3 mars 2026"),),
    version=3,
    digest=DIGEST,
    address=ADDRESS,
)


def without_space(text: str) -> str:
    return "".join(text.split())


def copy_of(words: str) -> str:
    return Pdf(signing_copy(replace(COPY, lines=(WordLine("Text", words),)))).text()


@pytest.mark.parametrize(("make", "paper"), [(signing_copy, COPY), (agreement, AGREEMENT), (record_copy, RECORD)])
def test_a_paper_is_tagged_and_says_its_title_and_language(make, paper):
    made = Pdf(make(paper))
    catalog = made.catalog()
    assert b"/Lang(sv)" in catalog
    assert b"/Marked true" in catalog
    assert b"/DisplayDocTitle true" in catalog
    tags = Counter(made.tags())
    assert tags["H1"] == 1
    assert tags["H2"] >= 3
    assert tags["TH"] >= 2
    assert tags["TD"] >= 2
    assert tags["Figure"] == 1


def test_the_code_for_a_phone_is_named_for_those_who_do_not_see_it():
    alternatives = [body for body in Pdf(signing_copy(COPY)).objects.values() if b"/S/Figure" in body]
    assert [b"/Alt" in body for body in alternatives] == [True]


def test_the_same_data_give_the_same_bytes():
    assert signing_copy(COPY) == signing_copy(COPY)
    assert agreement(AGREEMENT) == agreement(AGREEMENT)
    assert signing_copy(replace(COPY, version=4)) != signing_copy(COPY)


def test_what_goes_to_the_archive_says_both_standards_and_the_day_of_the_words():
    made = record_copy(RECORD)
    about = next(Pdf(made).stream(n) for n, body in Pdf(made).objects.items() if b"/Subtype/XML" in body)
    assert b"<pdfaid:part>2" in about
    assert b"<pdfaid:conformance>A" in about
    assert b"<pdfuaid:part>1" in about
    assert b"2026-03-03" in about
    assert made == record_copy(RECORD)
    unsigned = Pdf(record_copy(replace(RECORD, digest="", signatures=()))).text()
    assert "Kontrollsumma" not in unsigned
    assert "Undertecknadav" not in unsigned


def test_everything_handed_over_stands_there():
    text = Pdf(agreement(AGREEMENT)).text()
    words = ["Samverkan i Provby", "Provby kommun och Lokalpolisområde Provby", "Färre brott.", "Styrgrupp", "N. N."]
    for told in [*words, AGREEMENT.period, AGREEMENT.standing, AGREEMENT.register, DIGEST, ADDRESS]:
        assert without_space(told) in text


def test_every_party_has_the_same_lines_to_sign_on():
    text = Pdf(signing_copy(COPY)).text()
    parts = text.split("Underskrifter")[1]
    for party in COPY.parties:
        assert without_space(party) in parts
    for blank in ("Underskrift", "Namnförtydligande", "Funktion", "Ortochdatum"):
        assert parts.count(blank) == len(COPY.parties)
    assert DIGEST in text
    assert ADDRESS in text


@pytest.mark.parametrize(
    "words",
    [
        "#panic() $x^2$ *fet* _kursiv_ `kod` \\ <etikett> @referens = rubrik",
        "// inte en kommentar /* inte heller */ ~ -- --- ... \"raka\" 'tecken' [x] {y} 1. + - /",
        '"} #import "/etc/passwd"',
        "Åäö ÉŸ ñ ß ŋ Ж Ω €",
        "x" * 3000,
        "https://example.org/" + "mycket-lang-adress/" * 30,
    ],
)
def test_text_comes_out_as_it_went_in(words):
    assert without_space(words) in copy_of(words)


def test_right_to_left_keeps_every_letter():
    words = "שלום עולם مرحبا"
    plain, shown = copy_of(""), copy_of(words)
    assert not Counter(without_space(words)) - (Counter(shown) - Counter(plain))


def test_a_character_without_a_letter_is_written_as_its_code_and_the_paper_says_so():
    shown = copy_of("Trygg 🙂 och 漢 här")
    assert "Trygg[U+1F642]och[U+6F22]här" in shown
    assert "TeckensomtypsnittetsaknarstårsomsinUnicode-kod" in shown
    assert "Unicode" not in copy_of("Trygg här")


def test_line_breaks_stay():
    one, two = copy_of("ett två"), signing_copy(replace(COPY, lines=(WordLine("Text", "ett\ntvå"),)))
    assert Pdf(two).text() == one
    assert two != signing_copy(replace(COPY, lines=(WordLine("Text", "ett två"),)))


def test_a_template_at_fault_says_so():
    with pytest.raises(press.PaperError):
        press.print_paper("signing_copy.typ", {"title": "Utan resten"})
