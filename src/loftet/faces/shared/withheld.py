"""Which words of a public thing are withheld and by whose decision, as Löftesboken tells it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from loftet.domain.register import queries as register
from loftet.domain.register.queries import WithheldPart


@dataclass(frozen=True)
class Decision:
    """Who decided that words are withheld, when, by what law and why, and where in Löftesboken that stands."""

    organisation: str
    organisation_id: str
    body: str
    decided_on: date
    diary_number: str
    basis: str
    reason: str
    entry: int


def decisions(parts: Iterable[WithheldPart]) -> list[Decision]:
    """The decisions behind some withheld parts, each once, oldest first."""
    found = {decided.entry.number: decided for part in parts for decided in part.decisions}
    return [
        Decision(
            organisation=told["name"],
            organisation_id=told["organisation"],
            body=told["body"],
            decided_on=date.fromisoformat(told["decided_on"]),
            diary_number=told["diary_number"],
            basis=told["basis"],
            reason=told["reason"],
            entry=number,
        )
        for number, told in ((number, found[number].told) for number in sorted(found))
    ]


def parts_about(subject: str) -> list[WithheldPart]:
    """The withheld parts of every entry about a thing."""
    return register.withheld_parts(register.entries(subject=subject).order_by("number").prefetch_related("contents"))


def latest(subject: str) -> Decision | None:
    """The latest decision that took words out of what Löftesboken says of a thing, if one did."""
    return next(reversed(decisions(parts_about(subject))), None)
