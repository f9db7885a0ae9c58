"""Changing the log key: openly, signed by both, and whole however it is cut short."""

from __future__ import annotations

import os
from datetime import UTC, datetime

import pytest
from django.db import transaction

from loftet.domain.base.errors import DomainError
from loftet.domain.register import actions, keeping, keys, queries
from loftet.domain.register.models import Checkpoint, Entry
from loftet.ledger.checkpoints import verify_checkpoint
from loftet.ledger.keys import VerifierKey, generate_private_key, private_key_to_pem
from loftet.ledger.verification import verify_against_older, verify_export

AT = datetime(2026, 3, 1, 11, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def log_key(settings, tmp_path):
    settings.LOFTET_KEYS = tmp_path / "keys"
    assert keys.create_log_key()


def sign(text: str) -> str:
    """Append something, sign it as the clock does, and return the checkpoint that readers have got."""
    actions.append(kind="report", subject="subject00001", parts={"report": text}, at=AT)
    return actions.sign_checkpoint(at=AT).note


def change(reason: str = "Servern är utbytt.") -> Checkpoint:
    return actions.change_key(reason=reason, at=AT)


def test_both_keys_sign_the_change_and_the_new_one_what_follows(fresh_database):
    old, first = keys.public_key(), sign("ett")
    both = change()
    new = keys.public_key()
    assert new != old
    assert queries.log_keys() == [old, new]
    assert all(verify_checkpoint(both.note, [key]).size == 2 for key in (old, new))
    last = sign("tre")
    assert verify_checkpoint(last, [new]).size == 3
    for key in (old, new):
        report = verify_export(queries.export_lines(), key)
        assert report.holds, report.sentence_en
        assert report.keys == (old, new)
        for note in (first, both.note, last):
            assert verify_against_older(report, note).holds
    assert not keys.next_key_path().exists()
    assert oct(keys.log_key_path().stat().st_mode)[-3:] == "600"
    aside = [path for path in keys.log_key_path().parent.iterdir() if path.name.startswith("log.key.before-")]
    assert [oct(path.stat().st_mode)[-3:] for path in aside] == ["600"]
    assert keeping.fault() == ""
    texts = {row.part: row.text for row in Entry.objects.get(kind="register.key_changed").contents.all()}
    assert texts == {"old_key": old.vkey, "new_key": new.vkey, "reason": "Servern är utbytt."}


def test_a_register_that_has_changed_twice_is_followed_from_any_key(fresh_database):
    had = [keys.public_key()]
    for number in range(2):
        sign(f"text {number}")
        change()
        had.append(keys.public_key())
    sign("sist")
    assert queries.log_keys() == had
    for key in had:
        for every_one in (False, True):
            assert verify_export(queries.export_lines(every_checkpoint=every_one), key).holds


def test_a_register_may_begin_with_a_change(fresh_database):
    change()
    assert verify_export(queries.export_lines(), keys.public_key()).holds


def test_a_change_needs_a_reason_and_a_key(fresh_database):
    sign("ett")
    with pytest.raises(DomainError, match="Skriv varför"):
        change(" ")
    os.remove(keys.log_key_path())
    with pytest.raises(keys.LogKeyMissing):
        change()
    assert not Entry.objects.filter(kind="register.key_changed").exists()


def test_nothing_is_changed_while_the_register_waits(fresh_database):
    sign("ett")
    before = keys.public_key()
    fresh_database()
    with pytest.raises(keeping.NotAsSigned):
        change()
    assert keys.public_key() == before
    assert not Entry.objects.exists()


class CutShort(BaseException):
    """As when the power goes."""


def test_cut_short_before_the_entry_is_committed_nothing_has_happened(fresh_database, monkeypatch):
    old = keys.public_key()
    sign("ett")

    def cut(*_args, **_words):
        raise CutShort

    with monkeypatch.context() as patch:
        patch.setattr(actions, "_sign", cut)
        with pytest.raises(CutShort):
            change()
    assert queries.size() == 1
    waiting = keys.next_key_path().read_bytes()
    assert verify_checkpoint(sign("två"), [old]).size == 2
    change()
    assert keys.log_key_path().read_bytes() == waiting  # the key that was made is used, not another


@pytest.mark.parametrize("steps", range(4))
def test_cut_short_among_the_files_whoever_signs_next_ends_it(fresh_database, monkeypatch, steps):
    """After the commit, and after each change of a file."""
    old = keys.public_key()
    sign("ett")
    left, replace = [steps], os.replace

    def cut(*names):
        if not left[0]:
            raise CutShort
        left[0] -= 1
        replace(*names)

    with monkeypatch.context() as patch:
        patch.setattr(keys.os, "replace", cut)
        patch.setattr(keeping, "keep", lambda note: None)
        try:
            change()
        except CutShort:
            assert steps < 3
        else:
            assert steps == 3
    for path in ("log.key", "log-next.key"):
        found = keys.log_key_path().with_name(path)
        assert not found.exists() or found.stat().st_size
    note = sign("två")
    new = queries.log_keys()[-1]
    assert keys.public_key() == new == keys.named(keys.private_key()) != old
    assert verify_checkpoint(note, [new]).size == 3
    assert not keys.next_key_path().exists()
    assert verify_export(queries.export_lines(), old).holds


def test_an_older_checkpoint_resumes_a_register_that_has_changed_key(fresh_database):
    first = sign("ett")
    change()
    keeping.kept_path().unlink()
    keeping.wait()
    with pytest.raises(keeping.NotAsSigned):
        sign("två")
    actions.resume(note=first)
    assert verify_export(queries.export_lines(), VerifierKey.parse(queries.public_key_text())).holds


def test_an_older_copy_of_the_keys_signs_nothing_after_a_change(fresh_database):
    """A checkpoint by the old key would be refused by everyone who follows the register, and cannot be taken back."""
    sign("ett")
    former = {path: path.read_bytes() for path in (keys.log_key_path(), keys.public_key_path())}
    change()
    present = {path: path.read_bytes() for path in former}
    for copy in (former, {**present, keys.log_key_path(): former[keys.log_key_path()]}):
        for path, content in copy.items():
            path.write_bytes(content)
        with pytest.raises(keeping.NotAsSigned, match="Inget är underskrivet"):
            sign("två")
        with pytest.raises(keeping.NotAsSigned, match="inte den som löftesboken har nu"):
            change()
    assert Checkpoint.objects.count() == 2
    assert not keys.next_key_path().exists()
    for path, content in present.items():
        path.write_bytes(content)
    sign("tre")
    assert verify_export(queries.export_lines(), keys.public_key()).holds


def test_a_private_key_that_is_not_the_public_one_signs_nothing(fresh_database):
    right = keys.log_key_path().read_bytes()
    keys.log_key_path().write_bytes(private_key_to_pem(generate_private_key()))
    with pytest.raises(keeping.NotAsSigned, match="inte den som löftesboken har nu"):
        sign("ett")
    keys.log_key_path().write_bytes(right)
    assert verify_checkpoint(sign("två"), [keys.public_key()]).size == 2


def test_a_database_from_before_a_change_goes_on_with_the_key_from_before_it(fresh_database):
    """A backup from before the change is put back where the keys are from after it."""
    old = keys.public_key()
    sign("ett")
    with transaction.atomic():
        change()
        transaction.set_rollback(True)
    keys.put_next_in_place(AT)
    actions.append(kind="report", subject="subject00001", parts={"report": "två"}, at=AT)
    for act in (actions.sign_checkpoint, change):
        with pytest.raises(keeping.NotAsSigned, match="inte den som löftesboken har nu"):
            act()
    [aside] = [path for path in keys.log_key_path().parent.iterdir() if path.name.startswith("log.key.before-")]
    os.replace(aside, keys.log_key_path())
    keys.write_public_key(keys.named(keys.private_key()))
    assert actions.sign_checkpoint(at=AT).size == 2
    assert verify_export(queries.export_lines(), old).holds
