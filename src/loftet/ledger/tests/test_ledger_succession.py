"""A register that changes key: whoever trusts one of its keys can follow it to the others, and to no foreign one."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from loftet.ledger.keys import VerifierKey
from loftet.ledger.report import Reason
from loftet.ledger.succession import KEY_CHANGED, BrokenSuccessionError, KeyChange, Succession, read_change
from loftet.ledger.verification import verify_against_older, verify_export

FIRST, SECOND, THIRD, FOREIGN = (letter * 32 for letter in (b"1", b"2", b"3", b"f"))


def private(seed: bytes) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(seed)


def key_of(book, seed: bytes) -> VerifierKey:
    return VerifierKey.of(book.origin, private(seed).public_key())


@pytest.fixture
def rotated(make_book):
    """A register of nine entries whose key is changed in entries 3 and 6; each key has signed something of its own."""
    book = make_book(seed=FIRST)
    for seed in (SECOND, THIRD, None):
        book.add({"text": "ett"})
        book.add({"text": "två"})
        book.sign()
        book.add({"text": "tre"})
        if seed:
            book.rotate(seed)
    book.sign()
    return book


@pytest.mark.parametrize("seed", [FIRST, SECOND, THIRD])
def test_any_key_that_it_has_had_leads_to_the_others(rotated, seed):
    report = verify_export(rotated.lines(), key_of(rotated, seed))
    assert report.holds, report.sentence_en
    assert report.keys == tuple(key_of(rotated, seed) for seed in (FIRST, SECOND, THIRD))
    assert [change.entry for change in report.succession.changes] == [3, 7]
    assert "nyckeln är bytt i post 3 och 7, med både den gamlas och den nyas underskrift" in report.sentence_sv
    assert "the key is changed in entry 3 and 7, signed by both the old and the new" in report.sentence_en
    is_old = seed != THIRD
    assert (f"den som gäller nu är {key_of(rotated, THIRD).vkey}" in report.sentence_sv) is is_old
    assert ("you have given an older key" in report.sentence_en) is is_old
    assert report.unchecked_signatures == 0


def test_only_the_changes_and_the_newest_checkpoint_are_needed(rotated):
    both = [text for text in rotated.checkpoints if text.count("— ") == 2]
    assert len(both) == 2
    rotated.checkpoints = [*both, rotated.checkpoints[-1]]
    for seed in (FIRST, SECOND, THIRD):
        assert verify_export(rotated.lines(), key_of(rotated, seed)).holds


@pytest.mark.parametrize("seed", [FIRST, SECOND, THIRD])
def test_an_older_checkpoint_by_any_of_its_keys_is_compared_with(rotated, seed):
    report = verify_export(rotated.lines(), key_of(rotated, seed))
    for text in rotated.checkpoints:
        assert verify_against_older(report, text).holds


def test_a_foreign_key_does_not_lead_there(rotated):
    report = verify_export(rotated.lines(), key_of(rotated, FOREIGN))
    assert report.problem.reason is Reason.CHECKPOINT_UNKNOWN_KEY


@pytest.mark.parametrize("trusted", [FIRST, FOREIGN])
def test_a_change_that_the_old_key_has_not_signed_is_refused_and_named(make_book, trusted):
    """Somebody without the key forges a change to a key of their own and signs with that."""
    book = make_book(seed=FIRST)
    book.add({"text": "ett"})
    book.rotate(FOREIGN, signs=False)
    book.add({"text": "två"})
    book.sign()
    report = verify_export(book.lines(), key_of(book, trusted))
    assert report.problem.reason is Reason.KEY_CHANGE_UNSIGNED
    assert report.problem.sentence(0).startswith("Post 1 säger att boken bytte nyckel, men både den gamla")
    assert report.problem.sentence(1).startswith("Entry 1 says that the register changed key, but not both")


def test_a_change_that_the_new_key_has_not_signed_is_refused(make_book):
    book = make_book(seed=FIRST)
    book.rotate(SECOND, signs=False)
    book.checkpoints.append(book.note(private(FIRST)))
    report = verify_export(book.lines(), key_of(book, FIRST))
    assert (report.problem.reason, report.problem.entry) == (Reason.KEY_CHANGE_UNSIGNED, 0)


@pytest.mark.parametrize(("place", "signer"), [("before", SECOND), ("after", FIRST)])
def test_each_key_signs_its_own_time_alone(make_book, place, signer):
    """Also when both are known: an old key that was stolen signs nothing new, a new one nothing from before."""
    book = make_book(seed=FIRST)
    book.add({"text": "ett"})
    if place == "before":
        book.checkpoints.append(book.note(private(signer)))
    book.rotate(SECOND)
    if place == "after":
        book.add({"text": "två"})
        book.checkpoints.append(book.note(private(signer)))
    for trusted in (FIRST, SECOND):
        report = verify_export(book.lines(), key_of(book, trusted))
        assert report.problem.reason is Reason.CHECKPOINT_OTHER_KEY


def test_a_false_line_by_either_key_is_found(rotated):
    both = next(text for text in rotated.checkpoints if text.count("— ") == 2)
    *body, old, new, _end = both.split("\n")
    for forged in ([*body, old, new[:-5] + "AAA=", ""], [*body, old[:-5] + "AAA=", new, ""]):
        place = rotated.checkpoints.index(both)
        rotated.checkpoints[place] = "\n".join(forged)
        report = verify_export(rotated.lines(), key_of(rotated, THIRD))
        assert report.problem.reason in {Reason.CHECKPOINT_SIGNATURE, Reason.CHECKPOINT_FORM}
        rotated.checkpoints[place] = both


def change(book, old: bytes, new: bytes) -> dict[str, str]:
    return {"old_key": key_of(book, old).vkey, "new_key": key_of(book, new).vkey}


def test_a_change_must_go_on_from_the_change_before(make_book):
    for second in ((FIRST, THIRD), (FOREIGN, THIRD), (SECOND, FIRST), (SECOND, SECOND)):
        book = make_book(seed=FIRST)
        book.rotate(SECOND)
        book.add(change(book, *second), kind=KEY_CHANGED)
        book.sign()
        report = verify_export(book.lines(), key_of(book, FIRST))
        assert (report.problem.reason, report.problem.entry) == (Reason.KEY_CHANGE_ORDER, 1)
        assert "Post 1 byter nyckel, men inte från den som boken hade" in report.sentence_sv


def test_a_change_to_the_key_of_another_register_is_refused(make_book):
    book, other = make_book(seed=FIRST), make_book(origin="annan.example/bok")
    book.add({"old_key": book.key.vkey, "new_key": other.key.vkey}, kind=KEY_CHANGED)
    book.sign()
    assert verify_export(book.lines(), book.key).problem.reason is Reason.KEY_CHANGE_ORDER


@pytest.mark.parametrize("texts", [{}, {"old_key": "x"}, {"old_key": "x", "new_key": "y"}])
def test_a_change_that_names_no_keys_is_refused(make_book, texts):
    book = make_book(seed=FIRST)
    book.add(texts, kind=KEY_CHANGED)
    book.sign()
    report = verify_export(book.lines(), book.key)
    assert (report.problem.reason, report.problem.entry) == (Reason.KEY_CHANGE_FORM, 0)


def test_a_change_whose_keys_are_withheld_cannot_be_followed(make_book):
    book = make_book(seed=FIRST)
    book.add(change(book, FIRST, SECOND), withheld=("new_key",), kind=KEY_CHANGED)
    book.sign()
    assert verify_export(book.lines(), book.key).problem.reason is Reason.KEY_CHANGE_FORM


def test_who_must_sign_is_one_key_or_all_across_a_change(make_book):
    book = make_book(seed=FIRST)
    first, second, third = (key_of(book, seed) for seed in (FIRST, SECOND, THIRD))
    keys = Succession(first).followed_by(KeyChange(3, first, second)).followed_by(KeyChange(7, second, third))
    assert keys.signers(0, 3) == (first,)
    assert keys.signers(0, 4) == keys.signers(3, 7) == (first, second)
    assert keys.signers(4, 7) == (second,)
    assert keys.signers(0, 8) == (first, second, third)
    assert keys.signers(8, 9) == (third,)
    with pytest.raises(BrokenSuccessionError):
        keys.followed_by(KeyChange(9, first, second))
    with pytest.raises(ValueError, match="new_key is not shown"):
        read_change(0, {"old_key": first.vkey})
