"""The register as files: what a journalist downloads is what `loftet verify` accepts, and what it finds changed."""

from __future__ import annotations

import base64
import json

import pytest

from loftet.domain.register import actions as register
from loftet.domain.register import keys
from loftet.ledger.checkpoints import parse_checkpoint
from loftet.ledger.keys import VerifierKey
from loftet.ledger.merkle import verify_consistency
from loftet.ledger.verification import verify_export


@pytest.fixture
def log_key(tmp_path, settings):
    """A key of the test's own to sign the register with."""
    settings.LOFTET_KEYS = tmp_path / "keys"
    return keys.create_log_key()


@pytest.fixture
def signed(cast, log_key, ready_promise):
    """A promise in the register, under a signed checkpoint."""
    promise = ready_promise()
    register.sign_checkpoint()
    return promise


def downloaded(client, name: str) -> bytes:
    response = client.get(f"/loftesboken/{name}")
    assert response.status_code == 200
    return b"".join(response) if response.streaming else response.content


def test_the_downloaded_book_holds_with_the_downloaded_key(signed, client):
    key = VerifierKey.parse(downloaded(client, "nyckel").decode().strip())
    lines = downloaded(client, "export.jsonl").splitlines(keepends=True)
    report = verify_export(lines, key)
    assert report.holds, report.sentence_sv
    checkpoint = json.loads(lines[-1])
    assert downloaded(client, "kontrollpunkt").decode() in checkpoint.values()


def test_a_changed_word_in_the_downloaded_book_is_found(signed, client):
    book = downloaded(client, "export.jsonl")
    forged = book.replace("Lugnare kvällar".encode(), b"Lugnare mornar")
    assert forged != book
    report = verify_export(forged.splitlines(keepends=True), keys.public_key())
    assert not report.holds
    assert (report.problem.entry, report.problem.part) == (1, "content"), report.sentence_sv


def test_each_file_has_a_type_and_a_name_that_fits(signed, client):
    book = client.get("/loftesboken/export.jsonl")
    assert book["Content-Type"] == "application/jsonl; charset=utf-8"
    assert book["Content-Disposition"] == 'attachment; filename="loftesboken.jsonl"'
    for name in ("kontrollpunkt", "nyckel"):
        assert client.get(f"/loftesboken/{name}")["Content-Type"] == "text/plain; charset=utf-8"


def test_before_anything_is_signed_each_file_says_so(cast, client, settings, tmp_path):
    settings.LOFTET_KEYS = tmp_path / "keys"
    book = client.get("/loftesboken/export.jsonl")
    assert (book.status_code, book["Retry-After"]) == (503, "60")
    assert "Försök igen om en stund." in book.content.decode()
    for name in ("kontrollpunkt", "nyckel"):
        assert client.get(f"/loftesboken/{name}").status_code == 404


@pytest.mark.parametrize("name", ["export.jsonl", "kontrollpunkt", "nyckel"])
def test_the_files_are_read_only_and_set_no_cookie(signed, client, name):
    assert client.post(f"/loftesboken/{name}").status_code == 405
    response = client.get(f"/loftesboken/{name}")
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


def test_anyone_can_prove_that_a_newer_book_goes_on_from_an_older(signed, client):
    old = parse_checkpoint(downloaded(client, "kontrollpunkt").decode())
    for n in range(3):
        register.append(kind="report", subject="abcdefghjkm1", parts={"report": f"text {n}"})
    register.sign_checkpoint()
    new = parse_checkpoint(downloaded(client, "kontrollpunkt").decode())
    proof = [base64.b64decode(line) for line in downloaded(client, f"konsistens/{old.size}-{new.size}").splitlines()]
    sizes = {"old_size": old.size, "new_size": new.size}
    assert proof
    assert verify_consistency(**sizes, old_root=old.root, new_root=new.root, proof=proof)
    assert not verify_consistency(**sizes, old_root=new.root, new_root=new.root, proof=proof)
    assert downloaded(client, f"konsistens/{new.size}-{new.size}") == b""


def test_no_proof_is_given_of_what_is_not_signed(signed, client):
    size = parse_checkpoint(downloaded(client, "kontrollpunkt").decode()).size
    register.append(kind="report", subject="abcdefghjkm1", parts={"report": "väntar"})
    for old, new in [(0, size), (size, size + 1), (size + 1, size), (1, 10**30)]:
        assert client.get(f"/loftesboken/konsistens/{old}-{new}").status_code == 404


def test_after_a_change_of_key_all_keys_are_told_the_present_one_first(
    signed, client, django_capture_on_commit_callbacks
):
    before = keys.public_key()
    with django_capture_on_commit_callbacks() as put_in_place:
        register.change_key(reason="Nytt år.")
    halfway = downloaded(client, "nyckel").decode().splitlines()
    for step in put_in_place:
        step()
    assert keys.public_key() != before
    assert halfway == downloaded(client, "nyckel").decode().splitlines() == [keys.public_key().vkey, before.vkey]
