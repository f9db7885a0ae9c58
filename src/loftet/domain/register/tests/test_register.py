"""The record: in order, without gaps, provable, and nothing slips in twice."""

from __future__ import annotations

import contextlib
import json

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from loftet.domain.base import protection
from loftet.domain.register import actions, keys, queries
from loftet.domain.register.models import Entry, Node
from loftet.ledger import merkle
from loftet.ledger.merkle import consistency_proof, verify_inclusion
from loftet.ledger.verification import verify_export


@pytest.fixture(autouse=True)
def log_key(settings, tmp_path):
    settings.LOFTET_KEYS = tmp_path / "keys"
    assert keys.create_log_key()


def append(number: int, **words):
    return actions.append(kind="report", subject=f"subject{number:05}", parts={"report": f"Införing {number}"}, **words)


def test_entries_are_numbered_from_zero_without_gaps(db):
    assert [append(n).number for n in range(3)] == [0, 1, 2]


def test_an_entry_that_is_rolled_back_leaves_no_gap(db):
    append(0)
    with contextlib.suppress(LookupError), transaction.atomic():
        append(1)
        raise LookupError
    assert append(2).number == 1


def test_a_fact_with_a_once_key_is_recorded_once(db):
    first = append(0, once_key="closed:abc")
    assert append(1, once_key="closed:abc") == first
    assert Entry.objects.count() == 1


def test_the_envelope_holds_commitments_and_never_the_text(db):
    entry = append(7)
    assert "Införing 7" not in entry.envelope
    assert json.loads(entry.envelope)["parts"].keys() == {"report"}
    assert queries.contents_of(entry.number) == {"report": "Införing 7"}


def test_every_entry_is_proved_under_the_checkpoint(db):
    for number in range(7):
        append(number)
    assert queries.inclusion(queries.entry(3)) is None, "nothing is proved before the clock has signed"
    checkpoint = actions.sign_checkpoint()
    for entry in Entry.objects.all():
        proof = queries.inclusion(entry)
        assert verify_inclusion(
            leaf=bytes.fromhex(entry.leaf_hash),
            index=entry.number,
            size=proof.size,
            proof=[bytes.fromhex(step) for step in proof.path],
            root=bytes.fromhex(checkpoint.root),
        )


def test_full_subtrees_are_stored_as_they_are_completed(db):
    for number in range(13):
        append(number)
    leaves = [bytes.fromhex(entry.leaf_hash) for entry in Entry.objects.all()]
    for size in range(14):
        assert queries.root(size) == merkle.root(leaves[:size])
        for old in range(size + 1):
            assert queries.consistency(old, size) == tuple(h.hex() for h in consistency_proof(leaves[:size], old))
    assert Node.objects.count() == 6 + 3 + 1


def test_appending_and_proving_ask_as_little_of_a_long_register_as_of_a_short(db):
    def cost(what) -> int:
        with CaptureQueriesContext(connection) as asked:
            what()
        return len(asked)

    def costs() -> list[int]:
        """Of the entry that completes most subtrees, of a checkpoint, and of proofs."""
        newest = queries.size()
        return [
            cost(lambda: append(newest)),
            cost(actions.sign_checkpoint),
            cost(lambda: queries.inclusion(queries.entry(1))),
            cost(lambda: queries.consistency(3, newest)),
        ]

    for number in range(7):
        append(number)
    short = costs()
    for number in range(8, 63):
        append(number)
    assert costs() == short


def test_a_register_from_before_the_tree_was_stored_gets_it_when_migrated(real_database):
    for number in range(11):
        append(number)
    expected = list(Node.objects.values_list("level", "position", "hash"))
    call_command("migrate", "register", "0001", verbosity=0)
    assert "register_node" not in connection.introspection.table_names()
    call_command("migrate", "register", verbosity=0)
    assert list(Node.objects.values_list("level", "position", "hash")) == expected
    assert protection.missing() == []


def test_the_clock_signs_only_when_something_has_come(db):
    assert actions.sign_checkpoint() is None
    append(0)
    assert actions.sign_checkpoint().size == 1
    assert actions.sign_checkpoint() is None


def test_the_export_verifies_with_the_public_key_alone(db):
    for number in range(5):
        append(number)
    actions.sign_checkpoint()
    append(5)  # not yet under a checkpoint, so not in the export
    report = verify_export(queries.export_lines(), keys.public_key())
    assert report.holds, report.sentence_sv
    assert report.sentence_sv.startswith("Alla 5 ")


def test_an_export_before_the_first_checkpoint_says_so(db):
    with pytest.raises(queries.NothingSigned):
        list(queries.export_lines())


def test_what_the_owner_of_the_database_changes_is_found(db):
    for number in range(5):
        append(number)
    actions.sign_checkpoint()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute('DROP TRIGGER "register_content_refuse_update"')
        else:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE register_content DISABLE TRIGGER USER")
        cursor.execute("UPDATE register_content SET text = 'Omskriven' WHERE text = 'Införing 2'")
    report = verify_export(queries.export_lines(), keys.public_key())
    assert not report.holds
    assert "2" in report.sentence_sv


def test_without_its_key_the_register_reads_but_does_not_sign(db):
    append(0)
    keys.log_key_path().unlink()
    with pytest.raises(keys.LogKeyMissing):
        actions.sign_checkpoint()
    assert queries.public_key_text()
    assert not keys.create_log_key(), "a lost key is put back, never replaced behind anyone's back"


def test_the_key_file_is_its_owners_alone(db):
    assert keys.log_key_path().stat().st_mode & 0o777 == 0o600


@pytest.mark.transactional
def test_many_who_append_at_the_same_moment_get_numbers_in_a_row(real_database):
    answers = real_database.together(*[lambda n=n: append(n) for n in range(6)])
    assert sorted(entry.number for entry in answers) == list(range(6))
    actions.sign_checkpoint()
    assert verify_export(queries.export_lines(), keys.public_key()).holds
