"""Checking the installation's own register: every checkpoint, every entry, also those that wait for one.

An export shows what is signed. Here the rows themselves are held against it too, since pages read their columns.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from loftet.commands.words import number_of, say
from loftet.domain.register import queries
from loftet.ledger import commitments, merkle
from loftet.ledger.cosignatures import WitnessKey
from loftet.ledger.entries import EnvelopeError, entry_leaf_hash
from loftet.ledger.keys import VerifierKey
from loftet.ledger.report import VerificationReport
from loftet.ledger.verification import verify_export, verify_witnessed


@dataclass(frozen=True)
class Outcome:
    """What the check found. `report` is None when nothing is signed yet; `fault` names a row that is wrong."""

    report: VerificationReport | None
    waiting: int
    fault: str = ""

    @property
    def holds(self) -> bool:
        """Whether all that could be checked holds."""
        return not self.fault and (self.report is None or self.report.holds)

    def sentences(self) -> list[str]:
        """What holds and what does not, in words."""
        found = [say(self.report.sentence_sv, self.report.sentence_en)] if self.report else []
        if self.fault:
            found.append(self.fault)
        elif self.waiting:
            entries = number_of(self.waiting, ("post", "poster"), ("entry", "entries"))
            found.append(
                say(
                    f"{entries} väntar på nästa kontrollpunkt och stämmer i sig.",
                    f"{entries} waiting for the next checkpoint, right in themselves.",
                )
            )
        return found or [say("Löftesboken är tom.", "The register is empty.")]


def check(public_key: VerifierKey) -> Outcome:
    """Check the whole register against a public key."""
    newest = queries.latest_checkpoint()
    covered = newest.size if newest else 0
    waiting = 0
    for number, row in enumerate(queries.entries().reverse().prefetch_related("contents").iterator(chunk_size=500)):
        waiting += row.number >= covered
        if what := _wrong_with(row, number):
            fault = say(f"Post {number} är ändrad i databasen: {what}.", f"Entry {number} is changed here: {what}.")
            return Outcome(None, waiting, fault)
    if (place := _wrong_node(queries.size())) is not None:
        level, position = place
        return Outcome(
            None,
            waiting,
            say(
                f"Noden {level}/{position} i löftesbokens träd är ändrad i databasen.",
                f"Node {level}/{position} of the register's tree is changed here.",
            ),
        )
    report = verify_export(queries.export_lines(every_checkpoint=True), public_key) if newest else None
    if report is not None:
        known = {WitnessKey.parse(row.witness.key) for row in queries.witnessed()}
        report = verify_witnessed(report, sorted(known, key=lambda key: key.name))
    return Outcome(report, waiting)


def _wrong_node(size: int) -> tuple[int, int] | None:
    """The first stored full subtree that is not the hash of its halves, as (level, position); lowest level first."""
    level = 0
    while size >> level + 1:
        below, above = queries.hashes_at(level), queries.hashes_at(level + 1)
        level += 1
        for position in range(size >> level):
            if next(above, None) != merkle.node_hash(next(below, b""), next(below, b"")):
                return level, position
        if next(above, None) is not None:
            return level, size >> level
    return None


def _wrong_with(row: Any, number: int) -> str:
    """Return what is wrong with an entry's row, in a few words; nothing when nothing is."""
    try:
        envelope = json.loads(row.envelope)
        leaf = entry_leaf_hash(envelope)
    except (ValueError, EnvelopeError) as fault:
        return say(f"kuvertet går inte att läsa ({fault})", f"its envelope cannot be read ({fault})")
    if (row.number, envelope["n"]) != (number, number):
        return say("löpnumret stämmer inte", "its number is wrong")
    if (row.kind, row.subject) != (envelope["kind"], envelope["subject"]):
        return say("slaget eller id:t är ett annat än i kuvertet", "its kind or id is not the one in the envelope")
    if row.leaf_hash != leaf.hex():
        return say("fingeravtrycket stämmer inte", "its digest is wrong")
    for content in row.contents.all():
        if content.is_withheld and not content.text:
            continue
        commitment = envelope["parts"].get(content.part, "")
        if not commitment or not commitments.opens(commitment, content.salt, content.text):
            return say(f"texten i delen {content.part} är en annan", f"the text of the part {content.part} is another")
    return ""
