"""Appending to the record, and signing its root."""

from __future__ import annotations

from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import connection, transaction

from loftet.domain.base import clock
from loftet.domain.base.errors import DomainError
from loftet.domain.register import keeping, keys, queries
from loftet.domain.register.models import Checkpoint, Content, Cosignature, Entry, Node, Witness
from loftet.ledger import checkpoints, commitments, entries, merkle
from loftet.ledger.canonical import utc_text
from loftet.ledger.checkpoints import BadSignatureError, CheckpointError, parse_checkpoint
from loftet.ledger.checkpoints import Checkpoint as GivenCheckpoint
from loftet.ledger.cosignatures import WitnessKey, cosigned_at
from loftet.ledger.succession import KEY_CHANGED

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

    Raises `LogKeyMissing`, and `NotAsSigned` when the register does not begin with what has been signed before.
    """
    at = at or clock.now()
    with transaction.atomic():
        _take_lock()
        _finish_change(at)
        key = _present_key()
        if fault := keeping.fault():
            raise keeping.NotAsSigned(fault)
        size, latest = queries.size(), queries.latest_checkpoint()
        if not size or (latest and latest.size == size):
            return None
        return _sign(size, at, key)


def change_key(*, reason: str, at: datetime | None = None) -> Checkpoint:
    """Change to a new log key: an entry that says so, under a checkpoint that the old key and the new have both signed.

    The entry and the checkpoint are committed together; then the new key takes the old one's place, and the old one is
    put aside. If that is cut short, whoever signs next does it. Raises as `sign_checkpoint`, and `DomainError` without
    a reason.
    """
    at = at or clock.now()
    if not reason.strip():
        raise DomainError("Skriv varför löftesboken byter nyckel. Skälet blir offentligt. Inget är ändrat.")
    with transaction.atomic():
        _take_lock()
        _finish_change(at)
        old = _present_key()
        if fault := keeping.fault():
            raise keeping.NotAsSigned(fault)
        new = keys.next_private_key()
        parts = {"old_key": keys.named(old).vkey, "new_key": keys.named(new).vkey, "reason": reason.strip()}
        entry = append(kind=KEY_CHANGED, subject="loftesboken", parts=parts, at=at)
        checkpoint = _sign(entry.number + 1, at, old, new)
        transaction.on_commit(lambda: keys.put_next_in_place(at))
    return checkpoint


def _sign(size: int, at: datetime, key: Ed25519PrivateKey, new_key: Ed25519PrivateKey | None = None) -> Checkpoint:
    root = queries.root(size)
    note = checkpoints.sign_checkpoint(
        origin=settings.LOFTET_LOG_ORIGIN, size=size, root=root, private_key=key, new_key=new_key
    )
    transaction.on_commit(lambda: keeping.keep(note))
    return Checkpoint.objects.create(size=size, root=root.hex(), note=note, signed_at=at)


def _present_key() -> Ed25519PrivateKey:
    """The key that the register has now, as its entries and its newest checkpoint tell.

    What another signs nobody can verify, nor take back. So it is when an older copy of the keys is put back, and when
    a backup from before a change of key is: then the key from before the change is the right one.
    """
    key, latest = keys.private_key(), queries.latest_checkpoint()
    has_signed = latest is None or parse_checkpoint(latest.note).has_line_by(keys.named(key))
    if keys.named(key) != queries.log_keys()[-1] or not has_signed:
        raise keeping.NotAsSigned(
            "Nyckeln som ligger här är inte den som löftesboken har nu. Inget är underskrivet. Flytta undan log.key "
            "och log.pub, och lägg tillbaka den rätta med ”loftet key import”. Efter ett nyckelbyte ligger den förra "
            "bredvid som log.key.before-…."
        )
    return key


def _finish_change(at: datetime) -> None:
    """Put the new key in its place if the register has changed to it and the files were not changed in time."""
    if keys.next_key_path().exists() and queries.log_keys()[-1] == keys.named(keys.next_private_key()):
        keys.put_next_in_place(at)


def resume(*, note: str) -> None:
    """Let signing go on after a restore, since the register begins as this checkpoint says.

    Raises `NotAsSigned`.
    """
    if fault := keeping.fault_against(note):
        raise keeping.NotAsSigned(fault)
    keeping.keep(note)


def restart(*, reason: str, at: datetime | None = None) -> Entry:
    """Enter openly that the register begins anew from what is left, with the checkpoint that it does not hold.

    Everyone who has kept that checkpoint can then see why it no longer fits. Raises `DomainError` without a reason, or
    when nothing is wrong.
    """
    at = at or clock.now()
    if not reason.strip():
        raise DomainError("Skriv varför löftesboken börjar om. Skälet blir offentligt. Inget är ändrat.")
    with transaction.atomic():
        if not keeping.fault():
            raise DomainError("Löftesboken stämmer med det som är underskrivet tidigare. Inget är ändrat.")
        note = keeping.kept()
        parts = {"reason": reason.strip(), **({"checkpoint": note} if note else {})}
        entry = append(kind="register.restarted", subject="loftesboken", parts=parts, at=at)
        # A checkpoint that reaches beyond what is left would stand in the way of the next one.
        transaction.on_commit(lambda: keeping.let_go(at))
    return entry


# --- Witnesses -------------------------------------------------------------------------------------------------------
def add_witness(*, key: str, at: datetime | None = None) -> Witness:
    """Take lines by a witness from now on. The operator does this, once it is known whose key it is."""
    try:
        parsed = WitnessKey.parse(key.strip())
    except ValueError:
        raise DomainError("Det är ingen nyckel till ett vittne. Den ska vara en rad: namn+id+nyckel.") from None
    found, is_new = Witness.objects.get_or_create(
        key=parsed.vkey, defaults={"name": parsed.name, "added_at": at or clock.now()}
    )
    if not is_new and found.ended_at is None:
        raise DomainError(f"{found.name} är redan vittne. Inget är ändrat.")
    Witness.objects.filter(pk=found.pk).update(ended_at=None)
    return found


def end_witness(*, witness: Witness, at: datetime | None = None) -> None:
    """Take no more lines by a witness. Those that are here stay."""
    Witness.objects.filter(pk=witness.pk).update(ended_at=at or clock.now())


@transaction.atomic
def take_cosignatures(*, text: str, at: datetime | None = None) -> list[Cosignature]:
    """Keep the lines that our witnesses have put under one of our checkpoints, and return those that are new.

    Raises `DomainError` for what is none of our checkpoints, and for a line by one of our witnesses that is false.
    """
    try:
        given = parse_checkpoint(text)
    except CheckpointError:
        raise DomainError("Det är ingen kontrollpunkt. Inget är sparat.") from None
    ours = Checkpoint.objects.filter(size=given.size).first()
    if ours is None or not ours.note.startswith(f"{given.body}\n"):
        raise DomainError("Det är ingen av den här löftesbokens kontrollpunkter. Inget är sparat.")
    return [row for witness in queries.witnesses() if (row := _take(witness, given, ours))]


def _take(witness: Witness, given: GivenCheckpoint, ours: Checkpoint) -> Cosignature | None:
    key = WitnessKey.parse(witness.key)
    try:
        signed_at = cosigned_at(given, key)
    except BadSignatureError:
        raise DomainError(f"Raden av {witness.name} är falsk eller ändrad. Inget är sparat.") from None
    if signed_at is None or Cosignature.objects.filter(checkpoint=ours, witness=witness).exists():
        return None
    # The latest of several: a line begins with its time.
    line = max((line for line in given.signatures if line.is_by(key)), key=lambda line: line.signature[:8])
    return Cosignature.objects.create(
        checkpoint=ours,
        witness=witness,
        line=checkpoints.signature_line(line.name, line.key_id, line.signature),
        signed_at=signed_at,
    )


def _take_lock() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
