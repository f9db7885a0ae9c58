"""Agreement with a Merkle tree that others have written: pymerkle, in the same mode (RFC 9162, SHA-256).

Its inclusion proofs begin with the leaf itself. Its consistency proofs are laid out in another way than the RFC's, so
there its own verifier judges our roots.
"""

from __future__ import annotations

import random

import pymerkle
import pytest

from loftet.ledger import merkle

SIZES = [1, 2, 3, 4, 5, 7, 8, 9, 31, 32, 33, 100, 257]


@pytest.fixture(scope="module")
def theirs() -> pymerkle.InmemoryTree:
    """Their tree of 257 entries."""
    tree = pymerkle.InmemoryTree(algorithm="sha256")
    for number in range(SIZES[-1]):
        tree.append_entry(entry(number))
    return tree


def entry(number: int) -> bytes:
    return f"införing {number}".encode()


def ours(size: int) -> list[bytes]:
    return [merkle.leaf_hash(entry(number)) for number in range(size)]


@pytest.mark.parametrize("size", SIZES)
def test_the_roots_are_the_same(theirs, size):
    assert merkle.root(ours(size)) == theirs.get_root(size)


@pytest.mark.parametrize("size", SIZES)
def test_every_inclusion_proof_is_the_same_and_holds_for_them(theirs, size):
    leaves, root = ours(size), merkle.root(ours(size))
    for index in random.Random(size).sample(range(size), min(size, 20)):
        proof = theirs.prove_inclusion(index + 1, size)  # they count from 1
        assert merkle.inclusion_proof(leaves, index) == proof.path[1:]
        pymerkle.verify_inclusion(leaves[index], root, proof)


@pytest.mark.parametrize("size", SIZES)
def test_their_consistency_proofs_hold_between_our_roots_and_not_between_others(theirs, size):
    new = merkle.root(ours(size))
    for old_size in random.Random(size).sample(range(1, size + 1), min(size, 10)):
        old, proof = merkle.root(ours(old_size)), theirs.prove_consistency(old_size, size)
        pymerkle.verify_consistency(old, new, proof)
        with pytest.raises(pymerkle.InvalidProof):
            pymerkle.verify_consistency(bytes(32), new, proof)
