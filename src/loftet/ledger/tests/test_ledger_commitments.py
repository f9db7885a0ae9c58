from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loftet.ledger.commitments import commit, new_salt, opens

SALT = "0123456789abcdef" * 4
SALTS = st.binary(min_size=32, max_size=32).map(bytes.hex)
TEXT = st.text(st.characters(exclude_categories=["Cs"]))


def test_the_encoding_is_the_published_one():
    expected = hashlib.sha256(b"loftet/commitment/v1\n" + bytes.fromhex(SALT) + "Åvägen".encode()).hexdigest()
    assert commit(SALT, "Åvägen") == expected


def test_salts_are_32_bytes_and_never_the_same():
    salts = {new_salt() for _ in range(100)}
    assert len(salts) == 100
    assert all(len(bytes.fromhex(salt)) == 32 for salt in salts)


@given(SALTS, TEXT, SALTS, TEXT)
def test_a_commitment_opens_with_its_own_salt_and_text_only(salt, text, other_salt, other_text):
    commitment = commit(salt, text)
    assert opens(commitment, salt, text)
    assert opens(commitment, other_salt, other_text) == ((salt, text) == (other_salt, other_text))


@given(SALTS, st.text(st.characters(exclude_categories=["Cs"]), min_size=1), st.integers(0, 63))
def test_a_changed_digit_or_letter_does_not_open(salt, text, at):
    commitment = commit(salt, text)
    changed = "0" if commitment[at] != "0" else "1"
    assert not opens(commitment[:at] + changed + commitment[at + 1 :], salt, text)
    assert not opens(commitment, salt, text[:-1])
    assert not opens(commitment, salt, text + " ")


def test_only_one_spelling_of_salt_and_commitment_is_accepted():
    commitment = commit(SALT, "ja")
    assert opens(commitment, SALT, "ja")
    for salt in (SALT.upper(), SALT + "\n", SALT[:-1], "", SALT[:-1] + "g", " " + SALT, "٠" * 64):
        assert not opens(commitment, salt, "ja")
        with pytest.raises(ValueError, match="salt"):
            commit(salt, "ja")
    for wrong in (commitment.upper(), commitment + "\n", "", "x" * 64, "å" * 64):
        assert not opens(wrong, SALT, "ja")


def test_text_is_exact_and_half_a_surrogate_pair_opens_nothing():
    assert not opens(commit(SALT, "å"), SALT, "a\u030a")
    assert not opens(commit(SALT, "å"), SALT, "\ud800")
    with pytest.raises(UnicodeEncodeError):
        commit(SALT, "\ud800")
