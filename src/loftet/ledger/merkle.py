"""The Merkle tree of RFC 9162, section 2.1: one hash that stands for every entry in their order.

Leaves are given as their `leaf_hash`, 32 bytes, so that no text is needed to compute a root or a proof. A tree only
grows at its right end. `Frontier` is what must be remembered to grow it: at most one hash for each bit of its size.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

HASH_BYTES = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()


def leaf_hash(data: bytes) -> bytes:
    """Return the hash of one leaf: SHA-256(0x00 ‖ data)."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of an inner node: SHA-256(0x01 ‖ left ‖ right)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


@dataclass(frozen=True)
class Frontier:
    """The right edge of a growing tree: the roots of its full subtrees, largest first.

    There is one full subtree for each 1 in the binary size; appending a leaf merges those that become full, as a carry
    in an addition, and costs at most log2(size) hashes.
    """

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        if self.size < 0 or len(self.peaks) != self.size.bit_count():
            raise ValueError(f"a frontier of {self.size} leaves does not have {len(self.peaks)} peaks")
        if any(len(peak) != HASH_BYTES for peak in self.peaks):
            raise ValueError("a peak is 32 bytes")

    def append(self, leaf: bytes) -> Frontier:
        """Return the frontier with one more leaf hash at its right end."""
        if len(leaf) != HASH_BYTES:
            raise ValueError("a leaf is appended as its hash, 32 bytes")
        peaks, node, rest = list(self.peaks), leaf, self.size
        while rest & 1:
            node = node_hash(peaks.pop(), node)
            rest >>= 1
        return Frontier(self.size + 1, (*peaks, node))

    def root(self) -> bytes:
        """Return the root hash of all leaves so far."""
        if not self.peaks:
            return EMPTY_ROOT
        node = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            node = node_hash(peak, node)
        return node


def root(leaf_hashes: Sequence[bytes]) -> bytes:
    """Return the root hash of the leaves.

    Level by level: neighbours are joined, an odd one at the end moves up unchanged. This is the tree that RFC 9162
    defines by splitting at the largest power of two.
    """
    level = list(leaf_hashes)
    if not level:
        return EMPTY_ROOT
    while len(level) > 1:
        joined = [node_hash(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
        level = joined + level[len(joined) * 2 :]
    return level[0]


def inclusion_ranges(index: int, size: int) -> list[tuple[int, int]]:
    """Return which ranges of leaves, as [start, end), the inclusion proof holds the roots of, leaf side first.

    Whoever stores the hashes of full subtrees can build a proof from these without reading every leaf.
    """
    if not 0 <= index < size:
        raise ValueError(f"there is no leaf {index} in a tree of {size}")
    ranges, start, end = [], 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((start, middle))
            start = middle
    return ranges[::-1]


def consistency_ranges(old_size: int, size: int) -> list[tuple[int, int]]:
    """Return which ranges of leaves, as [start, end), the consistency proof holds the roots of, in its order."""
    if not 0 <= old_size <= size:
        raise ValueError(f"a tree of {size} leaves has not grown from {old_size}")
    if old_size == 0:
        return []
    ranges, start, end = [], 0, size
    while end != old_size:
        middle = start + _split(end - start)
        if old_size <= middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((start, middle))
            start = middle
    if start > 0:
        ranges.append((start, end))
    return ranges[::-1]


def full_subtrees(start: int, end: int) -> list[tuple[int, int]]:
    """Return the full subtrees that lie side by side under the leaves [start, end), as (level, position).

    At level l, position p stands for the leaves [p·2^l, (p+1)·2^l); level 0 is the leaves themselves. The range must
    be one that the functions above give, or begin at 0.

    >>> full_subtrees(0, 7)
    [(2, 0), (1, 2), (0, 6)]
    """
    found = []
    while start < end:
        level = (end - start).bit_length() - 1
        if start % (1 << level):
            raise ValueError(f"no full subtree of {1 << level} leaves begins at leaf {start}")
        found.append((level, start >> level))
        start += 1 << level
    return found


def completed_by(index: int) -> list[tuple[int, int]]:
    """Return the inner nodes whose last leaf is `index`, lowest first, as (level, position) of `full_subtrees`.

    >>> completed_by(7)
    [(1, 3), (2, 1), (3, 0)]
    """
    found, level = [], 0
    while index >> level & 1:
        level += 1
        found.append((level, index >> level))
    return found


def root_of(start: int, end: int, node: Callable[[int, int], bytes]) -> bytes:
    """Return the root of the leaves [start, end) from stored full subtrees: `node(level, position)` gives a hash."""
    *before, computed = [node(level, position) for level, position in full_subtrees(start, end)] or [EMPTY_ROOT]
    for peak in reversed(before):
        computed = node_hash(peak, computed)
    return computed


def inclusion_proof(leaf_hashes: Sequence[bytes], index: int) -> list[bytes]:
    """Return the hashes that, with the leaf at `index`, give the root of these leaves."""
    return [root(leaf_hashes[start:end]) for start, end in inclusion_ranges(index, len(leaf_hashes))]


def consistency_proof(leaf_hashes: Sequence[bytes], old_size: int) -> list[bytes]:
    """Return the hashes that show these leaves to begin with the tree of `old_size`. Empty for 0 and for all."""
    return [root(leaf_hashes[start:end]) for start, end in consistency_ranges(old_size, len(leaf_hashes))]


def verify_inclusion(*, leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Tell whether the leaf hash stands at `index` in the tree of `size` leaves with this root (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size or not _are_hashes([leaf, root, *proof]):
        return False
    node, last, computed = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if node & 1 or node == last:
            computed = node_hash(sibling, computed)
            node, last = _climb(node, last)
        else:
            computed = node_hash(computed, sibling)
        node, last = node >> 1, last >> 1
    return last == 0 and computed == root


def verify_consistency(
    *, old_size: int, new_size: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]
) -> bool:
    """Tell whether the newer tree begins with exactly the leaves of the older (RFC 9162, 2.1.4.2).

    An empty older tree is the beginning of every tree: then nothing is shown about the newer root.
    """
    if not 0 <= old_size <= new_size or not _are_hashes([old_root, new_root, *proof]):
        return False
    if old_size == 0:
        return not proof and old_root == EMPTY_ROOT and (new_size > 0 or new_root == EMPTY_ROOT)
    if old_size == new_size:
        return not proof and old_root == new_root
    if not proof:
        return False
    # A full older tree is itself a node of the newer one, so the proof leaves its root out.
    path = list(proof) if old_size & (old_size - 1) else [old_root, *proof]
    node, last = old_size - 1, new_size - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    old = new = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if node & 1 or node == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            node, last = _climb(node, last)
        else:
            new = node_hash(new, sibling)
        node, last = node >> 1, last >> 1
    return last == 0 and old == old_root and new == new_root


def _split(count: int) -> int:
    """Return the largest power of two smaller than `count` (which is at least 2)."""
    return 1 << (count - 1).bit_length() - 1


def _climb(node: int, last: int) -> tuple[int, int]:
    """Pass the levels where the node at the right edge has no sibling."""
    while node and not node & 1:
        node, last = node >> 1, last >> 1
    return node, last


def _are_hashes(values: Sequence[bytes]) -> bool:
    return all(len(value) == HASH_BYTES for value in values)
