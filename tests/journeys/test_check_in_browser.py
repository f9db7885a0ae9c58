"""The register checked in the browser: the same outcome as `loftet verify` gives on the same bytes."""

from __future__ import annotations

import base64
import json
import random
import time

import pytest

from loftet.ledger import canonical
from loftet.ledger.checkpoints import sign_checkpoint
from loftet.ledger.commitments import commit
from loftet.ledger.entries import WITHHOLDING, build_envelope, entry_leaf_hash
from loftet.ledger.export import ExportEntry, Opened, export_lines
from loftet.ledger.keys import VerifierKey
from loftet.ledger.merkle import root
from loftet.ledger.succession import KEY_CHANGED
from loftet.ledger.verification import verify_against_older, verify_export

pytestmark = pytest.mark.browser

CHECK = "/loftesboken/kontrollera/"
ORIGIN, SEED, FLIPS, LONG = "exempel.se/loftesboken", 20261123, 150, 10_000
VERIFY = """async ([files, key, older]) => {
  const { verify } = await import('/static/public/register/verification.js')
  const { Key } = await import('/static/public/register/checkpoints.js')
  const { sentence } = await import('/static/public/register/check.js')
  const reasons = JSON.parse(document.querySelector('[data-check]').dataset.reasons)
  const found = []
  for (const file of files) {
    const stream = new Blob([Uint8Array.from(atob(file), char => char.charCodeAt(0))]).stream()
    const reading = await verify(stream, await Key.parse(key), { older })
    const { reason = '', entry = null } = reading.problem ?? {}
    found.push([reason, entry ?? null, sentence(reading, reasons)])
  }
  return found
}"""


def private(letter: str):
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(letter.encode() * 32)


def key(letter: str) -> VerifierKey:
    return VerifierKey.of(ORIGIN, private(letter).public_key())


class Book:
    """A register to write exports of: entries, checkpoints, changes of key and withheld parts."""

    def __init__(self, letter: str = "a"):
        self.letter, self.entries, self.notes = letter, [], []

    def add(self, kind: str = "report", *, withheld: tuple[str, ...] = (), **texts: str) -> Book:
        n = len(self.entries)
        salts = {name: f"{n:04x}{place:04x}" * 8 for place, name in enumerate(texts)}
        parts = {name: commit(salts[name], text) for name, text in texts.items()}
        envelope = build_envelope(n=n, kind=kind, subject=f"p-{n}", time="2026-11-22T20:30:00Z", parts=parts)
        shown = {name: None if name in withheld else Opened(salts[name], text) for name, text in texts.items()}
        self.entries.append(ExportEntry(envelope, entry_leaf_hash(envelope).hex(), shown))
        return self

    def sign(self, new: str = "") -> Book:
        leaves = [bytes.fromhex(entry.leaf) for entry in self.entries]
        words = {"origin": ORIGIN, "size": len(leaves), "root": root(leaves), "private_key": private(self.letter)}
        self.notes.append(sign_checkpoint(**words, new_key=private(new) if new else None))
        return self

    def change(self, new: str) -> Book:
        self.add(KEY_CHANGED, old_key=key(self.letter).vkey, new_key=key(new).vkey, reason="Nytt år.").sign(new)
        self.letter = new
        return self

    def bytes(self) -> bytes:
        return b"".join(export_lines(origin=ORIGIN, entries=self.entries, checkpoints=self.notes))


def book() -> Book:
    """Withheld parts with and without a decision, two changes of key, texts with everything in them."""
    made = Book().add(text="Fotpatrull på torget.\n", note='”å” 🐑 \\ " \t\x7f').sign()
    made.add(text="hemligt", withheld=("text",)).change("b").add(text="två", more="tre", withheld=("more",))
    decision = {"withheld": [{"entry": 1, "parts": ["text"]}], "name": "Kommunen"}
    made.add(WITHHOLDING, decision=canonical.canonical_bytes(decision).decode())
    return made.change("c").add(text="sist").sign()


@pytest.fixture
def installation(shared_installation):
    return shared_installation


@pytest.fixture
def checked(browser_page):
    """Verifies files in the browser, and says what came of each: the reason's name, the entry, the sentence."""
    browser_page.goto(CHECK)

    def check(files: list[bytes], vkey: str, older: str = "") -> list[tuple[str, int | None, str]]:
        encoded = [base64.b64encode(file).decode() for file in files]
        return [tuple(one) for one in browser_page.evaluate(VERIFY, [encoded, vkey, older])]

    return check


def expected(file: bytes, trusted: VerifierKey, older: str = "") -> tuple[str, int | None, str]:
    report = verify_export(file.splitlines(keepends=True), trusted)
    if older:
        report = verify_against_older(report, older)
    problem = report.problem
    return problem.reason.name if problem else "", problem.entry if problem else None, report.sentence_sv


def test_it_says_what_the_command_says(checked):
    whole = book()
    files = [whole.bytes(), Book().add(text="ett").sign().bytes(), Book().sign().bytes(), b""]
    for letter in "abc":
        answers = checked(files[:1], key(letter).vkey)
        assert answers == [expected(files[0], key(letter))]
        assert "nyckeln är bytt i post 2 och 5" in answers[0][2]
    assert checked(files, key("a").vkey) == [expected(file, key("a")) for file in files]
    assert checked(files[:1], key("f").vkey) == [expected(files[0], key("f"))]
    for note in whole.notes:
        assert checked(files[:1], key("a").vkey, note) == [expected(files[0], key("a"), note)]
    for note in (Book().add(text="annat").sign().notes[0], book().add(text="mer").sign().notes[-1], "ingen"):
        assert checked(files[:1], key("a").vkey, note) == [expected(files[0], key("a"), note)]


def test_every_flipped_byte_is_found_where_the_command_finds_it(checked):
    chance, whole = random.Random(SEED), book().bytes()
    files = []
    for place in sorted(chance.sample(range(len(whole)), FLIPS)):
        other = chance.choice([byte for byte in range(256) if byte != whole[place]])
        files.append(whole[:place] + bytes([other]) + whole[place + 1 :])
    assert_same(checked, files)


def test_lines_left_out_doubled_and_moved_are_found_where_the_command_finds_them(checked):
    lines = book().bytes().splitlines(keepends=True)
    files = [b"".join([*lines[:n], *lines[n + 1 :]]) for n in range(len(lines))]
    files += [b"".join([*lines[:n], lines[n], *lines[n:]]) for n in range(len(lines))]
    files += [b"".join([*lines[:n], lines[n + 1], lines[n], *lines[n + 2 :]]) for n in range(len(lines) - 1)]
    files += [b"".join(lines)[:-1], b"".join(lines) + b"\n", b"\xef\xbb\xbf" + b"".join(lines)]
    assert_same(checked, files)


def test_hostile_lines_are_refused_as_the_command_refuses_them(checked):
    first, *rest = book().bytes().splitlines(keepends=True)
    header = json.loads(first)
    odd = [
        b'{"format":"loftet-register","origin":"x","origin":"x","size":1,"v":1}',
        b'{"__proto__":{},"format":"loftet-register","origin":"x","size":1,"v":1}',
        json.dumps({**header, "size": 1.5}, separators=(",", ":"), sort_keys=True).encode(),
        json.dumps({**header, "v": True}, separators=(",", ":"), sort_keys=True).encode(),
        b'{"a":"\\ud800"}',
        b'{"a":9007199254740993}',
        b'{"a":-0}',
        b"[" * 70 + b"]" * 70,
        b"[" * 60 + b"]" * 60,
        b"null",
        b'"text"',
        b"\xff\xfe",
        b"",
    ]
    files = [b"".join([line + b"\n", *rest]) for line in odd] + [b"".join([first, line + b"\n", *rest]) for line in odd]
    assert_same(checked, files)


def assert_same(checked, files: list[bytes]) -> None:
    """The verdict and the sentence are the same, file by file."""
    found = checked(files, key("a").vkey)
    for number, (ours, file) in enumerate(zip(found, files, strict=True)):
        theirs = expected(file, key("a"))
        assert (bool(ours[0]), *ours[1:]) == (bool(theirs[0]), *theirs[1:]), (number, ours, theirs)


def test_a_long_register_takes_seconds(checked):
    long = Book()
    for number in range(LONG):
        long.add(text=f"Rapport nummer {number} om något som är gjort på torget.")
    file = long.sign().bytes()
    began = time.monotonic()
    assert checked([file], key("a").vkey) == [expected(file, key("a"))]
    print(f"{LONG} entries, {len(file)} bytes: {time.monotonic() - began:.1f} s in the browser")


def test_a_reader_checks_the_register_on_the_page(new_page, axe, tmp_path):
    page = new_page(viewport={"width": 390, "height": 844}, is_mobile=True, color_scheme="dark")
    page.goto(CHECK)
    outcome = page.locator(".check-form [role=status]")
    page.get_by_role("button", name="Kontrollera boken").click()
    page.locator("[data-outcome=holds]").wait_for()
    assert "stämmer med kontrollpunkten" in outcome.inner_text()
    axe(page)
    export = tmp_path / "bok.jsonl"
    page.get_by_text("En egen fil eller en äldre kontrollpunkt").click()
    export.write_bytes(book().bytes())
    page.get_by_label("En export som du har").set_input_files(export)
    page.locator("#check-key").fill(key("b").vkey)
    page.get_by_role("button", name="Kontrollera boken").click()
    page.get_by_text("Alla 7 poster stämmer").wait_for()
    export.write_bytes(book().bytes().replace(b"Fotpatrull", b"Motpatrull"))
    page.get_by_label("En export som du har").set_input_files(export)
    page.get_by_role("button", name="Kontrollera boken").click()
    page.locator("[data-outcome=fails]").wait_for()
    assert "Texten i delen ”text” i post 0 är inte den som skrevs in." in outcome.inner_text()
    axe(page)
    page.locator("#check-key").fill("inte en nyckel")
    page.get_by_role("button", name="Kontrollera boken").click()
    page.get_by_text("Det är ingen öppen nyckel").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_without_scripts_the_page_tells_the_command(page_without_scripts):
    page_without_scripts.goto(CHECK)
    assert not page_without_scripts.get_by_role("button", name="Kontrollera boken").is_visible()
    assert page_without_scripts.get_by_text(
        "loftet verify loftesboken.jsonl --public-key nyckel.txt"
    ).first.is_visible()
