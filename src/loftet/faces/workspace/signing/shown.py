"""What a signatory reads: the text itself, what changed, who has signed, and where it is public."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from loftet.domain.parties.models import Membership
from loftet.domain.promises import actions as promises
from loftet.domain.promises.content import PromiseText
from loftet.domain.promises.sharpness import sharpness
from loftet.domain.signing import queries
from loftet.domain.signing.models import Document, Version
from loftet.faces.shared import text, wording
from loftet.faces.shared.promise_sheet import Placed, sheet
from loftet.faces.shared.receipt import Receipt, SignatureLine, signed_line
from loftet.faces.workspace.signing.kinds import KINDS


@dataclass(frozen=True)
class Shown:
    """A version as it is read before it is signed."""

    version: Version
    title: str
    lines: list[wording.Line]
    receipt: Receipt | None
    changes: list[wording.Change] | None
    signatures: tuple[SignatureLine, ...]
    is_open: bool
    missing: str
    public_url: str

    def is_signed_by(self, hat: Membership) -> bool:
        """Whether the hat's organisation has signed."""
        return any(row.organisation_id == hat.organisation_id for row in self.version.signatures.all())

    def is_decided_by(self, hat: Membership) -> bool:
        """Whether the hat's organisation has entered its decision."""
        return any(row.organisation_id == hat.organisation_id for row in self.version.decisions.all())


def shown(document: Document, version: Version, at: datetime) -> Shown:
    """Everything about a version that one reads before signing."""
    current = queries.in_force(document, at)
    lines = _lines(version)
    before = _lines(current) if current and current.pk != version.pk else None
    waiting = queries.open_version(document)
    signatures = _signatures(version)
    return Shown(
        version=version,
        title=title_of(version),
        lines=lines,
        receipt=_receipt(version, signatures),
        changes=wording.changes(before, lines) if before else None,
        signatures=signatures,
        is_open=waiting is not None and waiting.pk == version.pk,
        missing=text.joined(row.organisation.name for row in queries.missing_parties(version)),
        public_url=KINDS[document.kind].public_url(document, at) if current else "",
    )


def title_of(version: Version) -> str:
    """What the document is called."""
    return queries.content(version)["title"]


def _lines(version: Version) -> list[wording.Line]:
    return KINDS[version.document.kind].lines(queries.content(version))


def _receipt(version: Version, signatures: tuple[SignatureLine, ...]) -> Receipt | None:
    """A promise is read as the receipt that residents will see."""
    if version.document.kind != promises.DOCUMENT_KIND:
        return None
    words = PromiseText.from_content(queries.content(version))
    placed = Placed(heading_level=3, key="forslag")
    return sheet(words, judged=sharpness(words), signatures=signatures, placed=placed)


def _signatures(version: Version) -> tuple[SignatureLine, ...]:
    signed = {row.organisation_id: row for row in version.signatures.all()}
    return tuple(_line(row.organisation, signed.get(row.organisation_id)) for row in version.required.all())


def _line(organisation, signature) -> SignatureLine:
    if signature is None:
        return SignatureLine(organisation.name)
    return signed_line(organisation, signature)
