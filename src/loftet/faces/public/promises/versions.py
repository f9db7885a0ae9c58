"""The versions of a signed document that have been in force, each with what changed from the one before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from loftet.domain.records.models import WeedingDecision
from loftet.domain.signing import queries as signing
from loftet.domain.signing.models import Version
from loftet.faces.public.promises.presenter import signature_lines
from loftet.faces.shared import text, wording
from loftet.faces.shared.receipt import SignatureLine
from loftet.faces.shared.wording import Change, Line


@dataclass(frozen=True)
class VersionRow:
    """One version: its words, who signed it, and what changed from the version with the number `before`."""

    version: Version
    since: str
    lines: list[Line]
    signatures: tuple[SignatureLine, ...]
    before: int | None
    changes: list[Change]
    withheld: WeedingDecision | None


def version_rows(versions: Sequence[Version], read: Callable[[dict[str, Any]], list[Line]]) -> list[VersionRow]:
    """Versions that have been in force (oldest first), newest first; `read` makes lines of a version's content."""
    rows: list[VersionRow] = []
    for version in versions:
        before = rows[-1] if rows else None
        lines = read(signing.content(version))
        rows.append(
            VersionRow(
                version=version,
                since=text.moment(signing.in_force_since(version)),
                lines=lines,
                signatures=signature_lines(version),
                before=before.version.number if before else None,
                changes=wording.changes(before.lines, lines) if before else [],
                withheld=signing.withholding(version),
            )
        )
    return rows[::-1]
