"""Witnesses: others who have seen the same register, and say so under its checkpoint (C2SP tlog-cosignature, v1).

A witness signs two lines, `cosignature/v1` and `time <seconds since 1970>`, and then the checkpoint's own text. By that
it says that this is the longest register under that name that it has seen, and that all it saw before is its beginning.
Whoever trusts the witness then knows that nobody has been shown another register.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import ClassVar

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from loftet.ledger.checkpoints import BadSignatureError, Checkpoint, parse_checkpoint, signature_line
from loftet.ledger.keys import VerifierKey

_TIME_BYTES = 8


@dataclass(frozen=True)
class WitnessKey(VerifierKey):
    """A witness's public key and name. Its id is not that of a register's key, so neither can pass for the other."""

    kind: ClassVar[bytes] = b"\x04"


def cosign(text: str, *, name: str, private_key: Ed25519PrivateKey, at: datetime) -> str:
    """Return the checkpoint's text with the witness's line after the others, in the place of one from before.

    Raises `CheckpointFormatError` for a text that is no checkpoint or has no room for the line, and ValueError for a
    name that cannot name a key.
    """
    checkpoint, seconds = parse_checkpoint(text), int(at.timestamp())
    key = WitnessKey.of(name, private_key.public_key())
    signature = private_key.sign(_message(checkpoint, seconds))
    others = [
        signature_line(line.name, line.key_id, line.signature) for line in checkpoint.signatures if not line.is_by(key)
    ]
    own = signature_line(name, key.key_id, seconds.to_bytes(_TIME_BYTES, "big") + signature)
    note = f"{checkpoint.body}\n{''.join(others)}{own}"
    parse_checkpoint(note)  # with a line too many nobody could read it
    return note


def cosigned_at(checkpoint: Checkpoint, key: WitnessKey) -> datetime | None:
    """Return when the witness last signed the checkpoint, or None when it has not.

    Raises `BadSignatureError` when a line claims to be by the witness and is not.
    """
    times = [_time_of(checkpoint, line.signature, key) for line in checkpoint.signatures if line.is_by(key)]
    return max(times, default=None)


def _time_of(checkpoint: Checkpoint, signed: bytes, key: WitnessKey) -> datetime:
    seconds = int.from_bytes(signed[:_TIME_BYTES], "big")
    try:
        at = datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, ValueError, OSError) as error:
        raise BadSignatureError(f"the signature by {key.name} is of no time") from error
    if not key.verifies(signed[_TIME_BYTES:], _message(checkpoint, seconds)):
        raise BadSignatureError(f"the signature by {key.name} is false")
    return at


def _message(checkpoint: Checkpoint, seconds: int) -> bytes:
    return f"cosignature/v1\ntime {seconds}\n{checkpoint.body}".encode()
