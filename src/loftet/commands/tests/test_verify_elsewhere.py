"""`loftet verify` over the network and by a receipt's code, on a server of this machine that can be led to fail."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler

import pytest

from loftet.commands import fetching
from loftet.ledger.checkpoints import sign_checkpoint
from loftet.ledger.commitments import commit
from loftet.ledger.entries import build_envelope, entry_leaf_hash
from loftet.ledger.export import ExportEntry, Opened, export_lines
from loftet.ledger.keys import VerifierKey, generate_private_key
from loftet.ledger.merkle import root

ORIGIN = "exempel.se/loftesboken"
PRIVATE = generate_private_key()
KEY = VerifierKey.of(ORIGIN, PRIVATE.public_key())
SALT = "ab" * 32


def made(texts: list[str]) -> tuple[bytes, list[str]]:
    """An export with an entry for each text, and the digests of its entries."""
    entries = []
    for n, text in enumerate(texts):
        envelope = build_envelope(
            n=n, kind="report", subject=f"subject{n % 2}", time="2026-11-22T20:30:00Z", parts={"t": commit(SALT, text)}
        )
        entries.append(ExportEntry(envelope, entry_leaf_hash(envelope).hex(), {"t": Opened(SALT, text)}))
    leaves = [bytes.fromhex(entry.leaf) for entry in entries]
    note = sign_checkpoint(origin=ORIGIN, size=len(leaves), root=root(leaves), private_key=PRIVATE)
    lines = export_lines(origin=ORIGIN, entries=entries, checkpoints=[note])
    return b"".join(lines), [entry.leaf for entry in entries]


BOOK, DIGESTS = made(["ett", 'två, med ”citat” och "subject":"subject0"', "tre"])
CODE = f"1-{DIGESTS[1][:8]}"


@pytest.fixture
def site(web):
    """A register's site, on this machine."""
    web.answers |= {"/loftesboken/export.jsonl": BOOK, "/loftesboken/nyckel": f"{KEY.vkey}\n".encode()}
    return web


def to(address: str) -> Callable[[BaseHTTPRequestHandler], None]:
    """An answer that redirects."""

    def redirect(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(302)
        handler.send_header("Location", address)
        handler.end_headers()

    return redirect


# --- A register at an address --------------------------------------------------------------------------------------
@pytest.mark.parametrize("page", ["", "/", "/mora/medborgarloften/lugnare-kvallar/", "/loftesboken/export.jsonl"])
def test_any_address_of_an_installation_leads_to_its_register(site, loftet, page):
    said = loftet("verify", site.address + page, "--public-key", KEY.vkey)
    assert (said.code, said.err) == (0, "")
    assert said.out == f"Alla 3 poster stämmer med kontrollpunkten som {ORIGIN} har skrivit under.\n"
    assert site.asked == ["/loftesboken/export.jsonl"]


def test_an_export_may_lie_anywhere(site, loftet, tmp_path):
    site.answers["/arkiv/bok%202026.jsonl?v=2"] = BOOK
    (tmp_path / "nyckel.txt").write_text(KEY.vkey)
    said = loftet("verify", f"{site.address}/arkiv/bok 2026.jsonl?v=2", "--public-key", tmp_path / "nyckel.txt")
    assert (said.code, said.err) == (0, "")


def test_a_changed_register_is_refused_and_its_entry_named(site, loftet):
    site.answers["/loftesboken/export.jsonl"] = BOOK.replace(b'"text":"tre"', b'"text":"fyr"')
    said = loftet("verify", site.address, "--public-key", KEY.vkey)
    assert said.code == 1
    assert said.out == "Texten i delen ”t” i post 2 är inte den som skrevs in.\n"


def test_a_redirect_to_a_web_address_is_followed_and_to_no_other(site, loftet, tmp_path):
    (tmp_path / "bok.jsonl").write_bytes(BOOK)
    site.answers["/bok.jsonl"] = to("/loftesboken/export.jsonl")
    assert loftet("verify", f"{site.address}/bok.jsonl", "--public-key", KEY.vkey).code == 0
    for elsewhere in (f"file://{tmp_path}/bok.jsonl", "ftp://127.0.0.1/bok.jsonl", "/bok.jsonl"):
        site.answers["/bok.jsonl"] = to(elsewhere)
        said = loftet("verify", f"{site.address}/bok.jsonl", "--public-key", KEY.vkey)
        assert (said.code, said.out) == (1, "")
        assert "skickar vidare till en adress som inte går att följa." in said.err


# --- The key -------------------------------------------------------------------------------------------------------
def test_a_register_from_elsewhere_never_brings_its_own_key_unasked(site, home, loftet):
    said = loftet("verify", site.address)
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("Ange bokens öppna nyckel med --public-key, helst från någon annan än 127.0.0.1")
    assert site.asked == []


def test_of_several_keys_at_an_address_the_first_is_the_present_one(site, home, loftet):
    former = VerifierKey.of(ORIGIN, generate_private_key().public_key())
    site.answers["/loftesboken/nyckel"] = f"{KEY.vkey}\n{former.vkey}\n".encode()
    said = loftet("verify", site.address, "--key-from-same-address")
    assert (said.code, KEY.vkey in said.out, former.vkey in said.out) == (0, True, False)
    site.answers["/loftesboken/nyckel"] = f"{KEY.vkey}\ninte en nyckel\n".encode()
    assert loftet("verify", site.address, "--key-from-same-address").code == 1


def test_a_key_from_the_same_address_is_said_to_be_that(site, home, loftet):
    said = loftet("verify", site.address, "--key-from-same-address")
    assert said.code == 0
    assert said.out.splitlines()[0] == f"Nyckeln på {site.address}/loftesboken/nyckel är {KEY.vkey}"
    assert said.out.endswith(
        "Nyckeln och boken kommer från samma ställe. Det visar att boken är hel, inte vem som har skrivit under den.\n"
    )
    given = loftet("verify", site.address, "--key-from-same-address", "--public-key", KEY.vkey)
    assert "samma ställe" not in given.out


def test_the_own_address_is_checked_with_the_own_key(site, home, loftet, monkeypatch):
    monkeypatch.setenv("LOFTET_BASE_URL", site.address)
    (home / "keys").mkdir()
    (home / "keys" / "log.pub").write_text(KEY.vkey)
    assert loftet("verify", site.address).code == 0
    said = loftet("verify", CODE)
    assert (said.code, said.err) == (0, "")
    assert (
        f"Post 1 står i boken: den infördes 2026-11-22 20:30:00 UTC och har fingeravtrycket {DIGESTS[1]}." in said.out
    )


def test_another_key_is_refused(site, loftet):
    other = VerifierKey.of(ORIGIN, generate_private_key().public_key())
    said = loftet("verify", site.address, "--public-key", other.vkey)
    assert said.code == 1
    assert "är inte underskriven med den nyckel som du har angett." in said.out


def test_a_key_with_a_slip_is_told(site, loftet):
    said = loftet("verify", site.address, "--public-key", KEY.vkey[:-3] + "A=")
    assert said.err == "Det som du har angett är ingen öppen nyckel. Den ska vara en rad: namn+id+nyckel.\n"
    said = loftet("verify", "--key-from-same-address", "bok.jsonl")
    assert said.err.startswith("--key-from-same-address gäller en webbadress.")


# --- A receipt -----------------------------------------------------------------------------------------------------
def test_a_receipts_code_is_looked_up_at_an_address_and_in_a_file(site, loftet, tmp_path):
    (tmp_path / "bok.jsonl").write_bytes(BOOK)
    for place in (site.address, tmp_path / "bok.jsonl"):
        for code in (CODE, CODE.upper(), f"1-{DIGESTS[1]}"):
            said = loftet("verify", code, "--from", place, "--public-key", KEY.vkey)
            assert (said.code, said.err) == (0, "")
            whole, entry = said.out.splitlines()
            assert whole.startswith("Alla 3 poster stämmer")
            assert entry.startswith("Post 1 står i boken: den infördes 2026-11-22 20:30:00 UTC")
            assert DIGESTS[1] in entry


@pytest.mark.parametrize(
    ("page", "number"), [("/loftesboken/1/", 1), ("/loftesboken/0", 0), ("/id/subject1", 1), ("/id/subject0", 2)]
)
def test_the_address_on_a_receipt_tells_of_its_entry_too(site, loftet, page, number):
    said = loftet("verify", site.address + page, "--public-key", KEY.vkey)
    assert said.code == 0
    assert said.out.splitlines()[1].startswith(f"Post {number} står i boken")


def test_what_is_not_in_the_register_is_said_not_to_be(site, loftet):
    for what, sentence in (
        (f"{site.address}/loftesboken/3/", "Post 3 finns inte bland bokens 3 underskrivna poster."),
        (f"{site.address}/id/zzzzzzzzzzzz", "Ingen av bokens 3 underskrivna poster handlar om zzzzzzzzzzzz."),
    ):
        said = loftet("verify", what, "--public-key", KEY.vkey)
        assert said.code == 1
        assert said.out.splitlines()[1].startswith(sentence)


def test_a_code_of_another_entry_is_refused(site, loftet):
    said = loftet("verify", f"1-{DIGESTS[2][:8]}", "--from", site.address, "--public-key", KEY.vkey)
    assert said.code == 1
    assert said.out.splitlines()[1] == (
        f"Post 1 i boken är en annan än kvittots: dess fingeravtryck börjar med {DIGESTS[1][:8]}, "
        f"inte med {DIGESTS[2][:8]}."
    )


def test_nothing_is_said_of_an_entry_when_the_register_does_not_hold(site, loftet):
    site.answers["/loftesboken/export.jsonl"] = BOOK.replace(b'"text":"tre"', b'"text":"fyr"')
    said = loftet("verify", CODE, "--from", site.address, "--public-key", KEY.vkey)
    assert said.code == 1
    assert said.out.splitlines()[1].startswith("Om det som du frågar efter går inget att säga")


def test_a_file_that_is_called_like_a_code_is_a_file(loftet, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / CODE).write_bytes(BOOK)
    assert loftet("verify", CODE, "--public-key", KEY.vkey).out.count("\n") == 1
    said = loftet("verify", "bok.jsonl", "--from", "http://127.0.0.1")
    assert said.err.startswith("--from hör ihop med koden på ett kvitto")


# --- What goes wrong -----------------------------------------------------------------------------------------------
def drip(handler: BaseHTTPRequestHandler) -> None:
    """A byte now and then, for as long as anybody waits."""
    handler.send_response(200)
    handler.end_headers()
    for _ in range(200):
        handler.wfile.write(b"{")
        handler.wfile.flush()
        time.sleep(0.01)


def cut_short(handler: BaseHTTPRequestHandler) -> None:
    """Half of what was promised."""
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(BOOK)))
    handler.end_headers()
    handler.wfile.write(BOOK[: len(BOOK) // 2])


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (404, "/loftesboken/export.jsonl finns inget (404). Kontrollera adressen."),
        (503, "kan inte svara just nu (503). Försök igen om en stund."),
        (500, "svarade med felet 500 för http://127.0.0.1"),
        (b"<!doctype html><p>hej", "är ingen export av en löftesbok. Kontrollera adressen."),
        (cut_short, "bröts innan allt var hämtat. Försök igen."),
        (lambda handler: time.sleep(0.4), "svarade inte i tid."),
        (drip, "svarade inte i tid."),
        (b"{" * 2_100, "En rad är längre än 2000 byte"),
        (BOOK + b" " * 20_000, "är större än "),
        (lambda handler: handler.wfile.write(b"\x1b[31mhej\r\n\r\n"), "går inte att hämta: [31mhej."),
    ],
    ids=["404", "503", "500", "page", "cut short", "silent", "drip", "long line", "large", "not http"],
)
def test_each_failure_has_its_sentence(site, loftet, monkeypatch, answer, sentence):
    monkeypatch.setattr(fetching, "SILENCE", 0.2)
    monkeypatch.setattr(fetching, "WHOLE", 0.3)
    monkeypatch.setattr(fetching, "LONGEST_LINE", 2_000)
    monkeypatch.setattr(fetching, "MOST_BYTES", len(BOOK) + 1_000)
    site.answers["/loftesboken/export.jsonl"] = answer
    said = loftet("verify", site.address, "--public-key", KEY.vkey)
    assert said.code == 1
    assert sentence in said.err
    assert said.out == ""
    assert said.err.count("\n") == 1


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("http://", "http:// är ingen webbadress."),
        ("https://exempel.se:port/", "https://exempel.se:port/ är ingen webbadress."),
        ("https://anna:hemligt@exempel.se/", "är ingen webbadress."),
        ("http://127.0.0.1:9/", "http://127.0.0.1:9/loftesboken/export.jsonl går inte att hämta: "),
        (f"http://{'a' * 64}.se/", "går inte att hitta. Kontrollera adressen och att datorn har nät."),
    ],
)
def test_an_address_that_leads_nowhere_is_told(site, loftet, address, sentence):
    said = loftet("verify", address, "--public-key", KEY.vkey)
    assert said.code == 1
    assert sentence in said.err


def test_a_host_that_cannot_be_found_is_told(site, loftet, monkeypatch):
    import socket

    def unknown(*_ignored, **_more):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    said = loftet("verify", "https://finns-inte.example", "--public-key", KEY.vkey)
    assert said.err == "Värden finns-inte.example går inte att hitta. Kontrollera adressen och att datorn har nät.\n"


def test_a_server_without_a_trusted_certificate_is_told(site, loftet):
    said = loftet("verify", site.address.replace("http:", "https:"), "--public-key", KEY.vkey)
    assert said.code == 1
    assert said.err.startswith("Anslutningen till 127.0.0.1")
    assert said.err.endswith("Inget är hämtat.\n")


def test_the_sentences_are_in_english_too(site, loftet, in_english):
    said = loftet("verify", CODE, "--from", site.address, "--public-key", KEY.vkey)
    assert said.out.splitlines()[1].startswith("Entry 1 stands in the register: it was entered 2026-11-22 20:30:00 UTC")
    assert "There is nothing at" in loftet("verify", f"{site.address}/x.jsonl", "--public-key", KEY.vkey).err
    assert json.loads(BOOK.splitlines()[2])["envelope"]["n"] == 1
