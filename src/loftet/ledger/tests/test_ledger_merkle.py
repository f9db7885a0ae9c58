"""Oracles: the eight leaves, roots and proofs of the Certificate Transparency reference tests (certificate-transparency
and transparency-dev/merkle, published test vectors), and the recursive definitions of RFC 9162, section 2.1."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loftet.ledger.merkle import (
    EMPTY_ROOT,
    Frontier,
    completed_by,
    consistency_proof,
    consistency_ranges,
    full_subtrees,
    inclusion_proof,
    inclusion_ranges,
    leaf_hash,
    node_hash,
    root,
    root_of,
    verify_consistency,
    verify_inclusion,
)

REFERENCE_LEAVES = [
    bytes.fromhex(text)
    for text in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
REFERENCE_ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
A = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
B = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
C = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"
D = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
E = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
F = "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"
G = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"
H = "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f"
REFERENCE_INCLUSION = [
    (0, 1, []),
    (0, 8, [A, B, C]),
    (5, 8, [D, E, F]),
    (2, 3, ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]),
    (1, 5, ["6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d", B, D]),
]
REFERENCE_CONSISTENCY = [(1, 1, []), (1, 8, [A, B, C]), (6, 8, [G, E, F]), (2, 5, [B, D]), (6, 7, [G, H, F])]

LEAVES = [leaf_hash(str(n).encode()) for n in range(65)]
SIZES = range(1, 65)
ROOTS = [root(LEAVES[:size]) for size in range(65)]


def defined_root(leaves: list[bytes]) -> bytes:
    """MTH of RFC 9162, section 2.1.1, word for word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return hashlib.sha256(b"\x01" + defined_root(leaves[:k]) + defined_root(leaves[k:])).digest()


def flipped(data: bytes, at: int, mask: int = 1) -> bytes:
    return data[:at] + bytes([data[at] ^ mask]) + data[at + 1 :]


@pytest.mark.parametrize("size", range(9))
def test_reference_roots(size):
    hashes = [leaf_hash(data) for data in REFERENCE_LEAVES[:size]]
    frontier = Frontier()
    for leaf in hashes:
        frontier = frontier.append(leaf)
    assert root(hashes).hex() == REFERENCE_ROOTS[size]
    assert frontier.root().hex() == REFERENCE_ROOTS[size]


@pytest.mark.parametrize(("index", "size", "expected"), REFERENCE_INCLUSION)
def test_reference_inclusion_proofs(index, size, expected):
    hashes = [leaf_hash(data) for data in REFERENCE_LEAVES[:size]]
    proof = inclusion_proof(hashes, index)
    assert [node.hex() for node in proof] == expected
    known = bytes.fromhex(REFERENCE_ROOTS[size])
    assert verify_inclusion(leaf=hashes[index], index=index, size=size, proof=proof, root=known)


@pytest.mark.parametrize(("old", "new", "expected"), REFERENCE_CONSISTENCY)
def test_reference_consistency_proofs(old, new, expected):
    proof = consistency_proof([leaf_hash(data) for data in REFERENCE_LEAVES[:new]], old)
    assert [node.hex() for node in proof] == expected
    old_root, new_root = bytes.fromhex(REFERENCE_ROOTS[old]), bytes.fromhex(REFERENCE_ROOTS[new])
    assert verify_consistency(old_size=old, new_size=new, old_root=old_root, new_root=new_root, proof=proof)


def test_every_root_to_64_is_the_one_the_rfc_defines_and_the_frontier_follows():
    frontier = Frontier()
    assert frontier.root() == ROOTS[0] == EMPTY_ROOT
    for size in SIZES:
        frontier = frontier.append(LEAVES[size - 1])
        assert ROOTS[size] == defined_root(LEAVES[:size]) == frontier.root()
        assert len(frontier.peaks) == size.bit_count()
        assert Frontier(frontier.size, frontier.peaks) == frontier  # can be stored and taken up again


@pytest.mark.parametrize("size", SIZES)
def test_every_inclusion_proof_holds_for_its_own_leaf_place_and_size_only(size):
    for index in range(size):
        proof = inclusion_proof(LEAVES[:size], index)
        claim = {"leaf": LEAVES[index], "index": index, "size": size, "proof": proof, "root": ROOTS[size]}
        assert verify_inclusion(**claim)
        assert not verify_inclusion(**claim | {"index": index + 1})
        assert not verify_inclusion(**claim | {"index": index - 1})
        assert not verify_inclusion(**claim | {"leaf": LEAVES[index + 1]})
        assert not verify_inclusion(**claim | {"root": ROOTS[size - 1]})
        assert not verify_inclusion(**claim | {"proof": [*proof, ROOTS[size]]})
        assert not verify_inclusion(**claim | {"proof": [ROOTS[size], *proof]})
        if proof:
            assert not verify_inclusion(**claim | {"proof": proof[1:]})
            assert not verify_inclusion(**claim | {"proof": proof[:-1]})


@pytest.mark.parametrize("size", SIZES)
def test_every_consistency_proof_holds_for_its_own_sizes_only(size):
    for old in range(1, size):
        proof = consistency_proof(LEAVES[:size], old)
        claim = {"old_size": old, "new_size": size, "old_root": ROOTS[old], "new_root": ROOTS[size], "proof": proof}
        assert verify_consistency(**claim)
        assert not verify_consistency(**claim | {"old_size": old + 1})
        assert not verify_consistency(**claim | {"old_size": old - 1})
        assert not verify_consistency(**claim | {"old_root": ROOTS[size]})
        assert not verify_consistency(**claim | {"new_root": ROOTS[old]})
        assert not verify_consistency(**claim | {"proof": []})
        assert not verify_consistency(**claim | {"proof": proof[1:]})
        assert not verify_consistency(**claim | {"proof": proof[:-1]})
        assert not verify_consistency(**claim | {"proof": [*proof, proof[-1]]})
        assert not verify_consistency(**claim | {"proof": [proof[0], *proof]})


@pytest.mark.parametrize("size", SIZES)
def test_any_flipped_byte_of_any_proof_fails(size):
    """Every hash of every proof, in a byte that moves from proof to proof; the property test below takes any byte."""
    for index in range(size):
        proof = inclusion_proof(LEAVES[:size], index)
        for place in range(len(proof)):
            wrong = [*proof[:place], flipped(proof[place], (index + place) % 32), *proof[place + 1 :]]
            assert not verify_inclusion(leaf=LEAVES[index], index=index, size=size, proof=wrong, root=ROOTS[size])
        proof = consistency_proof(LEAVES[:size], index) if index else []
        for place in range(len(proof)):
            wrong = [*proof[:place], flipped(proof[place], (index + place) % 32), *proof[place + 1 :]]
            assert not verify_consistency(
                old_size=index, new_size=size, old_root=ROOTS[index], new_root=ROOTS[size], proof=wrong
            )


@given(st.data())
def test_a_flip_anywhere_in_leaf_proof_or_root_is_found(data):
    size = data.draw(st.integers(1, 64), "size")
    index = data.draw(st.integers(0, size - 1), "index")
    hashes = [LEAVES[index], ROOTS[size], *inclusion_proof(LEAVES[:size], index)]
    place = data.draw(st.integers(0, len(hashes) - 1), "which hash")
    hashes[place] = flipped(hashes[place], data.draw(st.integers(0, 31)), data.draw(st.integers(1, 255)))
    leaf, known, *proof = hashes
    assert not verify_inclusion(leaf=leaf, index=index, size=size, proof=proof, root=known)


@given(st.data())
def test_a_flip_anywhere_in_a_consistency_proof_or_its_roots_is_found(data):
    new = data.draw(st.integers(1, 64), "new size")
    old = data.draw(st.integers(1, new), "old size")
    hashes = [ROOTS[old], ROOTS[new], *consistency_proof(LEAVES[:new], old)]
    place = data.draw(st.integers(0, len(hashes) - 1), "which hash")
    hashes[place] = flipped(hashes[place], data.draw(st.integers(0, 31)), data.draw(st.integers(1, 255)))
    old_root, new_root, *proof = hashes
    assert not verify_consistency(old_size=old, new_size=new, old_root=old_root, new_root=new_root, proof=proof)


@given(st.lists(st.binary(max_size=4), min_size=1, max_size=200), st.data())
def test_rewriting_any_older_entry_breaks_consistency(contents, data):
    old = data.draw(st.integers(1, len(contents)), "old size")
    at = data.draw(st.integers(0, old - 1), "rewritten")
    before = [leaf_hash(content) for content in contents]
    after = [*before[:at], leaf_hash(contents[at] + b"!"), *before[at + 1 :]]
    for leaves, expected in ((before, True), (after, False)):
        holds = verify_consistency(
            old_size=old,
            new_size=len(leaves),
            old_root=root(before[:old]),
            new_root=root(leaves),
            proof=consistency_proof(leaves, old),
        )
        assert holds is expected


def test_an_empty_tree_is_the_beginning_of_every_tree_and_nothing_else_is_said():
    assert consistency_proof(LEAVES[:5], 0) == []
    claim = {"old_size": 0, "new_size": 5, "old_root": EMPTY_ROOT, "new_root": ROOTS[5], "proof": []}
    assert verify_consistency(**claim)
    assert not verify_consistency(**claim | {"old_root": ROOTS[1]})
    assert not verify_consistency(**claim | {"proof": [ROOTS[5]]})
    assert not verify_consistency(**claim | {"new_size": 0})
    assert verify_consistency(**claim | {"new_size": 0, "new_root": EMPTY_ROOT})


def test_the_same_size_needs_the_same_root_and_no_proof():
    claim = {"old_size": 5, "new_size": 5, "old_root": ROOTS[5], "new_root": ROOTS[5], "proof": []}
    assert verify_consistency(**claim)
    assert not verify_consistency(**claim | {"new_root": ROOTS[4]})
    assert not verify_consistency(**claim | {"proof": [ROOTS[5]]})
    for old_size in (6, -1, -5):
        assert not verify_consistency(**claim | {"old_size": old_size})
        assert not verify_consistency(**claim | {"old_size": old_size, "proof": [ROOTS[5], ROOTS[4]]})


def test_hashes_of_the_wrong_length_prove_nothing():
    assert not verify_inclusion(leaf=b"short", index=0, size=1, proof=[], root=b"short")
    assert not verify_inclusion(leaf=LEAVES[0], index=0, size=2, proof=[b""], root=node_hash(LEAVES[0], b""))
    assert not verify_inclusion(leaf=LEAVES[0], index=0, size=0, proof=[], root=LEAVES[0])
    assert not verify_consistency(old_size=1, new_size=1, old_root=b"x", new_root=b"x", proof=[])


def test_a_proof_longer_than_the_tree_is_high_proves_nothing_even_with_a_root_made_for_it():
    for size in (1, 2, 8):
        proof = [*inclusion_proof(LEAVES[:size], 0), LEAVES[64]]
        for made in (node_hash(LEAVES[64], ROOTS[size]), node_hash(ROOTS[size], LEAVES[64])):
            assert not verify_inclusion(leaf=LEAVES[0], index=0, size=size, proof=proof, root=made)


def test_places_and_sizes_that_do_not_exist_are_refused():
    for index, size in ((-1, 3), (3, 3), (0, 0)):
        with pytest.raises(ValueError, match="no leaf"):
            inclusion_ranges(index, size)
    for old in (-1, 4):
        with pytest.raises(ValueError, match="grown"):
            consistency_proof(LEAVES[:3], old)
    with pytest.raises(ValueError, match="peaks"):
        Frontier(3, (LEAVES[0],))
    with pytest.raises(ValueError, match="peaks"):
        Frontier(-1, (LEAVES[0],))
    with pytest.raises(ValueError, match="32 bytes"):
        Frontier(1, (b"short",))
    with pytest.raises(ValueError, match="32 bytes"):
        Frontier(1, (LEAVES[0],)).append(b"short")


def stored(count: int) -> dict[tuple[int, int], bytes]:
    """Every full subtree under this many leaves, gathered leaf by leaf as one who stores them does."""
    kept = {}
    for index, leaf in enumerate(LEAVES[:count]):
        kept[0, index] = leaf
        for level, position in completed_by(index):
            kept[level, position] = node_hash(kept[level - 1, 2 * position], kept[level - 1, 2 * position + 1])
    return kept


@pytest.mark.parametrize("size", range(len(LEAVES) + 1))
def test_stored_full_subtrees_give_every_root_and_proof(size):
    kept = stored(size)

    def of(start: int, end: int) -> bytes:
        return root_of(start, end, lambda level, position: kept[level, position])

    assert of(0, size) == root(LEAVES[:size])
    for index in range(size):
        assert [of(*ends) for ends in inclusion_ranges(index, size)] == inclusion_proof(LEAVES[:size], index)
        assert [of(*ends) for ends in consistency_ranges(index, size)] == consistency_proof(LEAVES[:size], index)


def test_a_leaf_completes_one_subtree_on_average_and_never_more_than_the_tree_has_levels():
    completed = [len(completed_by(index)) for index in range(1 << 12)]
    assert sum(completed) == (1 << 12) - 1
    assert all(len_ <= (index + 1).bit_length() - 1 for index, len_ in enumerate(completed))
    assert completed_by(999_999) == [(1, 499_999), (2, 249_999), (3, 124_999), (4, 62_499), (5, 31_249), (6, 15_624)]


def test_a_range_that_no_full_subtree_begins_is_refused():
    with pytest.raises(ValueError, match="begins at leaf 3"):
        full_subtrees(3, 5)


def test_the_path_of_one_entry_among_a_million_is_under_a_kilobyte():
    size, index = 1_000_000, 765_432
    path = [leaf_hash(b"beside %d" % step) for step, _ in enumerate(inclusion_ranges(index, size))]
    assert len(b"".join(path)) == 640
    computed = LEAVES[0]
    for sibling, (start, _) in zip(path, inclusion_ranges(index, size), strict=True):
        computed = node_hash(sibling, computed) if start < index else node_hash(computed, sibling)
    assert verify_inclusion(leaf=LEAVES[0], index=index, size=size, proof=path, root=computed)
    assert not verify_inclusion(leaf=LEAVES[0], index=index + 1, size=size, proof=path, root=computed)


def test_a_proof_in_a_tree_of_a_million_is_at_most_twenty_hashes():
    assert max(len(inclusion_ranges(index, 1_000_000)) for index in range(0, 1_000_000, 997)) == 20


def test_a_leaf_is_never_taken_for_a_node():
    pair = node_hash(LEAVES[0], LEAVES[1])
    assert leaf_hash(LEAVES[0] + LEAVES[1]) != pair
    assert leaf_hash(b"\x01" + LEAVES[0] + LEAVES[1]) != pair
