"""Appending to the record, and signing its root."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import connection, transaction

from loftet.domain.base import clock
from loftet.domain.register import keys, queries
from loftet.domain.register.models import Checkpoint, Content, Entry
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
        n=Entry.objects.count(),
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
    return entry


def sign_checkpoint(*, at: datetime | None = None) -> Checkpoint | None:
    """Sign the root of all that is committed; None when nothing has come since the last one. The clock's verb.

    Raises `LogKeyMissing`.
    """
    key = keys.private_key()
    with transaction.atomic():
        _take_lock()
        hashes = queries.leaf_hashes()
        latest = queries.latest_checkpoint()
        if not hashes or (latest and latest.size == len(hashes)):
            return None
        root = merkle.root(hashes)
        note = checkpoints.sign_checkpoint(
            origin=settings.LOFTET_LOG_ORIGIN, size=len(hashes), root=root, private_key=key
        )
        return Checkpoint.objects.create(size=len(hashes), root=root.hex(), note=note, signed_at=at or clock.now())


def _take_lock() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
