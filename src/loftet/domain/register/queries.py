"""Reading the record and proving what stands in it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.conf import settings
from django.db.models import Q

from loftet.domain.base.errors import DomainError
from loftet.domain.register import keys
from loftet.domain.register.models import Checkpoint, Content, Cosignature, Entry, Node, Witness
from loftet.ledger import merkle
from loftet.ledger.entries import WITHHOLDING, withheld_by
from loftet.ledger.export import ExportEntry, Opened
from loftet.ledger.export import export_lines as lines_of
from loftet.ledger.keys import VerifierKey
from loftet.ledger.report import Reason
from loftet.ledger.succession import KEY_CHANGED, read_change


class NothingSigned(DomainError):
    """There is no checkpoint yet, so there is nothing to check against."""


@dataclass(frozen=True)
class Proof:
    """That an entry is in the tree of a checkpoint: the hashes on its way to the root."""

    number: int
    size: int
    root: str
    path: tuple[str, ...]


@dataclass(frozen=True)
class Decided:
    """An entry by which words were withheld, and what it says: who decided, when, by what law and why."""

    entry: Entry
    told: dict[str, Any]


@dataclass(frozen=True)
class WithheldPart:
    """A part of an entry whose text is public no more. Its commitment stands; without decisions nobody decided it."""

    entry: Entry
    part: str
    commitment: str
    decisions: tuple[Decided, ...]


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


def size() -> int:
    """How many entries there are, signed or not yet."""
    newest = Entry.objects.order_by("-number").values_list("number", flat=True).first()
    return 0 if newest is None else newest + 1


def hashes(places: Iterable[tuple[int, int]]) -> dict[tuple[int, int], bytes]:
    """The hashes of full subtrees by (level, position), level 0 being the entries themselves; in two queries."""
    wanted = list(places)
    leaves = [position for level, position in wanted if level == 0]
    inner = [Q(level=level, position=position) for level, position in wanted if level > 0]
    found = {
        (0, number): bytes.fromhex(value)
        for number, value in Entry.objects.filter(number__in=leaves).values_list("number", "leaf_hash")
    }
    if inner:
        nodes = Node.objects.filter(reduce(or_, inner)).values_list("level", "position", "hash")
        found |= {(level, position): bytes.fromhex(value) for level, position, value in nodes}
    return found


def hashes_at(level: int) -> Iterator[bytes]:
    """Every hash of a level in order, level 0 being the entries themselves. Read in a stream."""
    stored = (
        Node.objects.filter(level=level).order_by("position").values_list("hash", flat=True)
        if level
        else Entry.objects.order_by("number").values_list("leaf_hash", flat=True)
    )
    for value in stored.iterator(chunk_size=2000):
        yield bytes.fromhex(value)


def root(size: int) -> bytes:
    """The root of the first `size` entries, from at most one stored hash for each bit of the size."""
    stored = hashes(merkle.full_subtrees(0, size))
    return merkle.root_of(0, size, lambda level, position: stored[level, position])


def _roots(ranges: list[tuple[int, int]]) -> tuple[str, ...]:
    """The roots of ranges of entries, in hex, from stored hashes."""
    stored = hashes(place for start, end in ranges for place in merkle.full_subtrees(start, end))
    return tuple(
        merkle.root_of(start, end, lambda level, position: stored[level, position]).hex() for start, end in ranges
    )


def inclusion(found: Entry) -> Proof | None:
    """Proof that an entry stands under the newest checkpoint; None until the clock has signed one that covers it."""
    checkpoint = latest_checkpoint()
    if checkpoint is None or checkpoint.size <= found.number:
        return None
    path = _roots(merkle.inclusion_ranges(found.number, checkpoint.size))
    return Proof(found.number, checkpoint.size, checkpoint.root, path)


def consistency(old_size: int, size: int) -> tuple[str, ...]:
    """The hashes, in hex, that show the register of `size` entries to begin with that of `old_size`.

    Raises `ValueError` unless 0 ≤ old_size ≤ size.
    """
    return _roots(merkle.consistency_ranges(old_size, size))


def export_lines(*, every_checkpoint: bool = False) -> Iterator[bytes]:
    """The register as it stands under its newest checkpoint, as `loftet verify` reads it. Raises `NothingSigned`.

    With it come the checkpoints by which one follows the register from key to key, or every one that there is.
    """
    newest = latest_checkpoint()
    if newest is None:
        raise NothingSigned("Löftesboken har ingen undertecknad kontrollpunkt än. Försök igen om en stund.")
    rows = (
        Entry.objects.filter(number__lt=newest.size)
        .order_by("number")
        .prefetch_related("contents")
        .iterator(chunk_size=500)
    )
    return lines_of(
        origin=settings.LOFTET_LOG_ORIGIN,
        entries=(_exported(row) for row in rows),
        checkpoints=list(_notes(newest, every_checkpoint)),
    )


def _notes(newest: Checkpoint, every_one: bool) -> Iterator[str]:
    older = Checkpoint.objects.filter(size__lt=newest.size).order_by("size")
    if not every_one:
        changes = Entry.objects.filter(kind=KEY_CHANGED).values_list("number", flat=True)
        covering = [older.filter(size__gt=number).values_list("size", flat=True).first() for number in changes]
        seen = [one.checkpoint.size for one in witnessed()]
        older = older.filter(size__in=[size for size in [*covering, *seen] if size is not None])
    for checkpoint in [*older.prefetch_related("cosignatures"), newest]:
        yield note_with_witnesses(checkpoint)


def note_with_witnesses(checkpoint: Checkpoint) -> str:
    """A checkpoint's text with the lines that witnesses have put under it."""
    return checkpoint.note + "".join(one.line for one in checkpoint.cosignatures.all())


def witnesses(*, former: bool = False) -> list[Witness]:
    """Those whose lines are taken, by name; with `former` also those whose lines were."""
    return list(Witness.objects.all() if former else Witness.objects.filter(ended_at__isnull=True))


def witnessed() -> list[Cosignature]:
    """How far each witness has seen the register: its line under the longest checkpoint."""
    rows = Cosignature.objects.select_related("checkpoint", "witness").order_by("checkpoint__size")
    return sorted({row.witness_id: row for row in rows}.values(), key=lambda row: row.witness.name)


def log_keys() -> list[VerifierKey]:
    """The keys that the register has had, oldest first, as its entries tell; of one that has never changed, its only.

    Raises `LogKeyMissing`.
    """
    rows = Content.objects.filter(entry__kind=KEY_CHANGED, part__in=["old_key", "new_key"]).order_by("entry__number")
    told: dict[int, dict[str, str]] = {}
    for number, part, text in rows.values_list("entry__number", "part", "text"):
        told.setdefault(number, {})[part] = text
    changes = [read_change(number, texts) for number, texts in told.items()]
    if not changes:
        return [keys.public_key()]
    return [changes[0].old, *(change.new for change in changes)]


def fault_sentences() -> dict[str, str]:
    """What is said in Swedish of every way in which a check can fail, by the fault's name."""
    return {reason.name: reason.value[0] for reason in Reason}


def public_key_text() -> str:
    """The public key in the form that verifiers read."""
    return keys.public_key().vkey


def public_keys_text() -> str:
    """The public keys, one a line: the present one first, then those before it, latest first.

    Entries tell which they are, also while a change waits for its files. One that no entry tells of is the present.
    """
    told, present = log_keys()[::-1], keys.public_key()
    return "".join(f"{key.vkey}\n" for key in ([] if present in told else [present]) + told)


def masked(number: int) -> dict[str, str]:
    """What is left of the parts of an entry from which words are withheld, as the latest decision entered it."""
    rows = Content.objects.filter(entry__kind=WITHHOLDING, part__endswith=f".{number}").exclude(salt="")
    found = rows.order_by("entry__number").values_list("part", "text")
    return {part.removesuffix(f".{number}"): text for part, text in found}


def withheld_parts(found: Iterable[Entry]) -> list[WithheldPart]:
    """The parts of some entries whose text is public no more, and the decisions that took words from each."""
    rows = list(found)
    gone = [
        (row, part, commitment)
        for row in rows
        for part, commitment in json.loads(row.envelope)["parts"].items()
        if part not in {content.part for content in row.contents.all() if not content.is_withheld}
    ]
    decisions = _decisions() if gone else []
    return [WithheldPart(row, part, commitment, _deciding(decisions, row, part)) for row, part, commitment in gone]


def _decisions() -> list[tuple[Decided, set[tuple[int, str]]]]:
    rows = Content.objects.filter(entry__kind=WITHHOLDING, part="decision").select_related("entry")
    found = []
    for row in rows.order_by("entry__number"):
        text = masked(row.entry.number).get(row.part, "") if row.is_withheld else row.text
        if text:
            found.append((Decided(row.entry, json.loads(text)), withheld_by(text)))
    return found


def _deciding(decisions: list[tuple[Decided, set[tuple[int, str]]]], row: Entry, part: str) -> tuple[Decided, ...]:
    """Those that took words from the text itself, and from what was left of it afterwards."""
    forms, found = {(row.number, part)}, []
    for decided, named in decisions:
        if named & forms:
            found.append(decided)
            forms |= {(decided.entry.number, f"{part}.{row.number}")}
    return tuple(found)


def stands(found: Entry) -> bool | None:
    """Whether the commitments of an entry are those under the newest signed root; None until one covers it."""
    proof = inclusion(found)
    if proof is None:
        return None
    return merkle.verify_inclusion(
        leaf=merkle.leaf_hash(found.envelope.encode()),
        index=proof.number,
        size=proof.size,
        proof=[bytes.fromhex(step) for step in proof.path],
        root=bytes.fromhex(proof.root),
    )


def contents_about(subjects: Iterable[str]):
    """The texts of every entry about any of some things, with their entries; those withheld are empty."""
    rows = Content.objects.filter(entry__subject__in=list(subjects))
    return rows.select_related("entry").order_by("entry__number", "id")


def contents_of(number: int) -> dict[str, str]:
    """The public text behind each part of an entry that is not withheld."""
    rows = Content.objects.filter(entry__number=number).exclude(salt="")
    return dict(rows.values_list("part", "text"))


def _exported(row: Entry) -> ExportEntry:
    envelope = json.loads(row.envelope)
    opened = {
        content.part: Opened(salt=content.salt, text=content.text)
        for content in row.contents.all()
        if not content.is_withheld
    }
    return ExportEntry(
        envelope=envelope, leaf=row.leaf_hash, parts={name: opened.get(name) for name in envelope["parts"]}
    )
