"""Reading the record and proving what stands in it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings

from loftet.domain.base.errors import DomainError
from loftet.domain.register import keys
from loftet.domain.register.models import Checkpoint, Content, Entry
from loftet.ledger import merkle
from loftet.ledger.export import ExportEntry, Opened
from loftet.ledger.export import export_lines as lines_of


class NothingSigned(DomainError):
    """There is no checkpoint yet, so there is nothing to check against."""


@dataclass(frozen=True)
class Proof:
    """That an entry is in the tree of a checkpoint: the hashes on its way to the root."""

    number: int
    size: int
    root: str
    path: tuple[str, ...]


def entries(*, kind: str | None = None, subject: str | None = None):
    """Entries, newest first."""
    found = Entry.objects.order_by("-number")
    if kind:
        found = found.filter(kind=kind)
    if subject:
        found = found.filter(subject=subject)
    return found


def entry(number: int) -> Entry:
    """One entry with its contents. Raises `Entry.DoesNotExist`."""
    return Entry.objects.prefetch_related("contents").get(number=number)


def latest_entry_of(subject: str, kind: str) -> Entry | None:
    """The newest entry of a kind on a subject."""
    return Entry.objects.filter(subject=subject, kind=kind).order_by("-number").first()


def latest_checkpoint() -> Checkpoint | None:
    """The newest signed root."""
    return Checkpoint.objects.order_by("-size").first()


def leaf_hashes(size: int | None = None) -> list[bytes]:
    """Leaf hashes in order, of the first `size` entries or of all."""
    hashes = Entry.objects.order_by("number").values_list("leaf_hash", flat=True)
    return [bytes.fromhex(value) for value in (hashes if size is None else hashes[:size])]


def inclusion(found: Entry) -> Proof | None:
    """Proof that an entry stands under the newest checkpoint; None until the clock has signed one that covers it."""
    checkpoint = latest_checkpoint()
    if checkpoint is None or checkpoint.size <= found.number:
        return None
    path = merkle.inclusion_proof(leaf_hashes(checkpoint.size), found.number)
    return Proof(found.number, checkpoint.size, checkpoint.root, tuple(step.hex() for step in path))


def export_lines() -> Iterator[bytes]:
    """The register as it stands under its newest checkpoint, as `loftet verify` reads it. Raises `NothingSigned`."""
    checkpoint = latest_checkpoint()
    if checkpoint is None:
        raise NothingSigned("Löftesboken har ingen undertecknad kontrollpunkt än. Försök igen om en stund.")
    rows = (
        Entry.objects.filter(number__lt=checkpoint.size)
        .order_by("number")
        .prefetch_related("contents")
        .iterator(chunk_size=500)
    )
    return lines_of(
        origin=settings.LOFTET_LOG_ORIGIN, entries=(_exported(row) for row in rows), checkpoints=[checkpoint.note]
    )


def public_key_text() -> str:
    """The public key in the form that verifiers read."""
    return keys.public_key().vkey


def contents_of(number: int) -> dict[str, str]:
    """The public text behind each part of an entry."""
    return dict(Content.objects.filter(entry__number=number).values_list("part", "text"))


def _exported(row: Entry) -> ExportEntry:
    envelope = json.loads(row.envelope)
    opened = {content.part: Opened(salt=content.salt, text=content.text) for content in row.contents.all()}
    return ExportEntry(
        envelope=envelope, leaf=row.leaf_hash, parts={name: opened.get(name) for name in envelope["parts"]}
    )
