"""How the register's cost grows with its length: appending, signing and proving, from a thousand entries to a million.

    python bench/register_tree.py [--json FILE]

Prints a table for each length: the CPU time to append one entry to the tree, to find the root, to build the proof of
one entry and to verify it, and the bytes of the proof. In the same run, the rival: the root and the proof computed from
every leaf. The limits for a million: the proof under 1,000 bytes and verified in 10 ms of CPU.
The tree is held in memory here; in the database the same hashes are fetched in two queries.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

from loftet.ledger import merkle

LENGTHS = (1_000, 10_000, 100_000, 1_000_000)
TRIED = 201
RIVAL_TRIED = 3
LARGEST_PROOF, LONGEST_VERIFYING = 1_000, 10.0  # bytes; milliseconds of CPU


@dataclass(frozen=True)
class Cost:
    """Medians for a register of one length, in microseconds of CPU; the rival's too."""

    entries: int
    append: float
    root: float
    prove: float
    verify: float
    longest_verify: float
    proof_bytes: int
    rival_root: float
    rival_prove: float


class Tree:
    """A register's tree with the full subtrees kept as they are completed, as the database keeps them."""

    def __init__(self) -> None:
        self.size = 0
        self.nodes: dict[tuple[int, int], bytes] = {}

    def append(self, leaf: bytes) -> None:
        """Add a leaf, and the subtrees that it completes."""
        nodes = self.nodes
        nodes[0, self.size] = leaf
        for level, position in merkle.completed_by(self.size):
            nodes[level, position] = merkle.node_hash(
                nodes[level - 1, 2 * position], nodes[level - 1, 2 * position + 1]
            )
        self.size += 1

    def root_of(self, start: int, end: int) -> bytes:
        """The root of a range of leaves."""
        return merkle.root_of(start, end, lambda level, position: self.nodes[level, position])

    def proof(self, index: int) -> list[bytes]:
        """The hash path of one leaf."""
        return [self.root_of(*ends) for ends in merkle.inclusion_ranges(index, self.size)]


def leaf(number: int) -> bytes:
    """A leaf hash that differs for each number."""
    return hashlib.sha256(b"%d" % number).digest()


def micro(what: Callable[[], object]) -> float:
    """The CPU time of one call, in microseconds."""
    began = time.process_time_ns()
    what()
    return (time.process_time_ns() - began) / 1000


def measured(tree: Tree) -> Cost:
    """The costs of a tree as long as it is now. It is a few hundred entries longer afterwards."""
    length, source = tree.size, random.Random(tree.size)
    chosen = [source.randrange(length) for _ in range(TRIED)]
    root, proofs = tree.root_of(0, length), {index: tree.proof(index) for index in chosen}
    leaves = [tree.nodes[0, number] for number in range(length)]
    assert merkle.root(leaves) == root
    assert proofs[chosen[0]] == merkle.inclusion_proof(leaves, chosen[0])

    def verified(index: int) -> bool:
        return merkle.verify_inclusion(leaf=leaves[index], index=index, size=length, proof=proofs[index], root=root)

    assert all(verified(index) for index in chosen)
    verifying = [micro(lambda index=index: verified(index)) for index in chosen]
    return Cost(
        entries=length,
        root=median(micro(lambda: tree.root_of(0, length)) for _ in range(TRIED)),
        prove=median(micro(lambda index=index: tree.proof(index)) for index in chosen),
        verify=median(verifying),
        longest_verify=max(verifying),
        proof_bytes=max(len(b"".join(proof)) for proof in proofs.values()),
        rival_root=median(micro(lambda: merkle.root(leaves)) for _ in range(RIVAL_TRIED)),
        rival_prove=median(micro(lambda: merkle.inclusion_proof(leaves, chosen[0])) for _ in range(RIVAL_TRIED)),
        append=median(
            micro(lambda number=number: tree.append(leaf(number))) for number in range(length, length + TRIED)
        ),
    )


def measure() -> list[Cost]:
    """Grow one tree, and measure it at each length."""
    tree, costs = Tree(), []
    for length in LENGTHS:
        while tree.size < length:
            tree.append(leaf(tree.size))
        costs.append(measured(tree))
    return costs


def table(costs: list[Cost]) -> str:
    """The costs as a table in Markdown."""
    heads = ("entries", "append, µs", "root, µs", "prove, µs", "verify, µs", "proof, bytes", "root, all", "proof, all")
    lines = [f"| {' | '.join(heads)} |", "|---:" * len(heads) + "|"]
    lines += [
        f"| {c.entries:,} | {c.append:.0f} | {c.root:.0f} | {c.prove:.0f} | {c.verify:.0f} | {c.proof_bytes} "
        f"| {c.rival_root / max(c.root, 1):,.0f} × | {c.rival_prove / max(c.prove, 1):,.0f} × |"
        for c in costs
    ]
    return "\n".join(lines)


def main() -> int:
    """Measure, print, and end with 1 when a limit is passed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures here as well")
    arguments = parser.parse_args()
    costs = measure()
    print(table(costs))
    if arguments.json:
        arguments.json.write_text(json.dumps([asdict(cost) for cost in costs], indent=1) + "\n")
    last = costs[-1]
    held = last.proof_bytes < LARGEST_PROOF and last.longest_verify < LONGEST_VERIFYING * 1000
    longest = last.longest_verify / 1000
    print(f"At {last.entries:,}: {last.proof_bytes} bytes, verified in at most {longest:.2f} ms of CPU.")
    return int(not held)


if __name__ == "__main__":
    sys.exit(main())
