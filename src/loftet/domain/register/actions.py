"""Appending to the record, and signing its root."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import connection, transaction

from loftet.domain.base import clock
from loftet.domain.register import keys, queries
from loftet.domain.register.models import Checkpoint, Content, Entry, Node
from loftet.ledger import checkpoints, commitments, entries, merkle
from loftet.ledger.canonical import utc_text

# One appender at a time, or two entries would take the same number. SQLite has one writer anyway.
_LOCK = 0x10F7E7


@transaction.atomic
def append(
    *, kind: str, subject: str, parts: dict[str, str], at: datetime | None = None, once_key: str | None = None
) -> Entry:
    """Add an entry inside the caller's transaction and return it.

    `parts` maps a part's name to its public text; the envelope holds a salted commitment to each. With `once_key` a
    fact that is already recorded is returned as it stands, however many ask at the same time.
    """
    _take_lock()
    if once_key and (known := Entry.objects.filter(once_key=once_key).first()):
        return known
    at = at or clock.now()
    salts = {name: commitments.new_salt() for name in parts}
    envelope = entries.build_envelope(
        n=queries.size(),
        kind=kind,
        subject=subject,
        time=utc_text(at),
        parts={name: commitments.commit(salts[name], text) for name, text in parts.items()},
    )
    leaf = entries.leaf_bytes(envelope)
    entry = Entry.objects.create(
        number=envelope["n"],
        kind=kind,
        subject=subject,
        envelope=leaf.decode(),
        leaf_hash=merkle.leaf_hash(leaf).hex(),
        recorded_at=at,
        once_key=once_key,
    )
    Content.objects.bulk_create(
        Content(entry=entry, part=name, salt=salts[name], text=text) for name, text in parts.items()
    )
    _store_completed(entry)
    return entry


def _store_completed(entry: Entry) -> None:
    """Store the full subtrees that the entry completes: one on average, and never more than log2 of the size."""
    completed = merkle.completed_by(entry.number)
    if not completed:
        return
    # Each one's left half is full already; its right half is the one completed just before it, or the entry itself.
    halves = queries.hashes([(level - 1, 2 * position) for level, position in completed])
    computed, nodes = bytes.fromhex(entry.leaf_hash), []
    for level, position in completed:
        computed = merkle.node_hash(halves[level - 1, 2 * position], computed)
        nodes.append(Node(level=level, position=position, hash=computed.hex()))
    Node.objects.bulk_create(nodes)


def sign_checkpoint(*, at: datetime | None = None) -> Checkpoint | None:
    """Sign the root of all that is committed; None when nothing has come since the last one. The clock's verb.

    Raises `LogKeyMissing`.
    """
    key = keys.private_key()
    with transaction.atomic():
        _take_lock()
        size, latest = queries.size(), queries.latest_checkpoint()
        if not size or (latest and latest.size == size):
            return None
        root = queries.root(size)
        note = checkpoints.sign_checkpoint(origin=settings.LOFTET_LOG_ORIGIN, size=size, root=root, private_key=key)
        return Checkpoint.objects.create(size=size, root=root.hex(), note=note, signed_at=at or clock.now())


def _take_lock() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
