"""Signed checkpoints: who says that the register has this size and this root (C2SP tlog-checkpoint and signed-note).

A checkpoint is a text of three lines (origin, size, root in base64), an empty line, and signature lines:

    — name base64(key id ‖ signature)

The signature covers the three lines with their line breaks, not the empty line. Lines by keys we do not know are
ignored, as the format demands: they may come from witnesses. A false line by a key we know refuses the whole text.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from loftet.ledger.canonical import MAX_INTEGER
from loftet.ledger.keys import VerifierKey, decode_base64, is_key_name
from loftet.ledger.merkle import HASH_BYTES

MAX_SIGNATURES = 100
_SIGNATURE_MARK = "— "
_KEY_ID_BYTES = 4
_SIZE = re.compile(r"0|[1-9][0-9]{0,15}")


class CheckpointError(ValueError):
    """The text is not a checkpoint, or cannot be trusted."""


class CheckpointFormatError(CheckpointError):
    """The text does not have the form of a checkpoint."""


class UnknownSignerError(CheckpointError):
    """No signature line is by any of the given keys."""


class BadSignatureError(CheckpointError):
    """A signature line claims to be by one of the given keys and is not."""


@dataclass(frozen=True)
class SignatureLine:
    """One signature line: who says to have signed, with which key, and the signature."""

    name: str
    key_id: bytes
    signature: bytes

    def is_by(self, key: VerifierKey) -> bool:
        """Tell whether the line claims to be by this key. That it is, only `verify_checkpoint` tells."""
        return self.name == key.name and self.key_id == key.key_id


@dataclass(frozen=True)
class Checkpoint:
    """What a checkpoint says. `body` is the signed text; `extensions` are lines we neither write nor interpret."""

    origin: str
    size: int
    root: bytes
    body: str
    extensions: tuple[str, ...]
    signatures: tuple[SignatureLine, ...]
    text: str

    def has_line_by(self, key: VerifierKey) -> bool:
        """Tell whether a line claims to be by this key."""
        return any(line.is_by(key) for line in self.signatures)


def sign_checkpoint(
    *,
    origin: str,
    size: int,
    root: bytes,
    private_key: Ed25519PrivateKey,
    new_key: Ed25519PrivateKey | None = None,
) -> str:
    """Return the signed text saying that the register `origin` has this size and root.

    The key's name is the origin. The checkpoint that first covers a change of key is signed with the new key too.
    Raises ValueError when the origin cannot name a key.
    """
    if not 0 <= size <= MAX_INTEGER or len(root) != HASH_BYTES:
        raise ValueError("a checkpoint needs a size that is not negative and a root of 32 bytes")
    body = f"{origin}\n{size}\n{base64.b64encode(root).decode()}\n"
    lines = [
        signature_line(origin, VerifierKey.of(origin, key.public_key()).key_id, key.sign(body.encode()))
        for key in (private_key, new_key)
        if key is not None
    ]
    return f"{body}\n{''.join(lines)}"


def signature_line(name: str, key_id: bytes, signature: bytes) -> str:
    """Return the line, with its line feed, that says who has signed with which key."""
    return f"{_SIGNATURE_MARK}{name} {base64.b64encode(key_id + signature).decode()}\n"


def parse_checkpoint(text: str) -> Checkpoint:
    """Return what the text says, trusted by nobody yet. Raises `CheckpointFormatError`."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise CheckpointFormatError("a checkpoint is UTF-8") from error
    if any(char < " " and char != "\n" for char in text):
        raise CheckpointFormatError("a checkpoint has no control characters but line breaks")
    above, gap, below = text.rpartition("\n\n")
    if not gap or not below.endswith("\n"):
        raise CheckpointFormatError("a checkpoint is a text, an empty line and signature lines, each line ended")
    origin, size, root, *extensions = _body_lines(above)
    signature_lines = below[:-1].split("\n")
    if len(signature_lines) > MAX_SIGNATURES:
        raise CheckpointFormatError(f"a checkpoint has at most {MAX_SIGNATURES} signature lines")
    return Checkpoint(
        origin=origin,
        size=_parse_size(size),
        root=_parse_root(root),
        body=above + "\n",
        extensions=tuple(extensions),
        signatures=tuple(_parse_signature(line) for line in signature_lines),
        text=text,
    )


def verify_checkpoint(text: str, verifier_keys: Iterable[VerifierKey]) -> Checkpoint:
    """Return what the text says once at least one of the keys has signed it.

    Raises `CheckpointFormatError`, `UnknownSignerError` when none of the keys has, and `BadSignatureError` when a
    line bears the name and id of one of them but its signature is false.
    """
    checkpoint = parse_checkpoint(text)
    keys = list(verifier_keys)
    verified = 0
    for line in checkpoint.signatures:
        for key in keys:
            if not line.is_by(key):
                continue
            if not key.verifies(line.signature, checkpoint.body.encode()):
                raise BadSignatureError(f"the signature by {line.name} is false")
            verified += 1
    if not verified:
        raise UnknownSignerError("none of the given keys has signed the checkpoint")
    return checkpoint


def _body_lines(body: str) -> list[str]:
    lines = body.split("\n")
    if len(lines) < 3 or not all(lines):
        raise CheckpointFormatError("a checkpoint begins with three lines: origin, size and root")
    return lines


def _parse_size(text: str) -> int:
    if not _SIZE.fullmatch(text) or int(text) > MAX_INTEGER:
        raise CheckpointFormatError("the size is a whole number without leading zeros")
    return int(text)


def _parse_root(text: str) -> bytes:
    root = decode_base64(text)
    if root is None or len(root) != HASH_BYTES:
        raise CheckpointFormatError("the root is 32 bytes in base64")
    return root


def _parse_signature(line: str) -> SignatureLine:
    name, _, encoded = line.removeprefix(_SIGNATURE_MARK).partition(" ")
    data = decode_base64(encoded)
    if not line.startswith(_SIGNATURE_MARK) or not is_key_name(name) or data is None or len(data) <= _KEY_ID_BYTES:
        raise CheckpointFormatError("a signature line is ”— name base64(key id ‖ signature)”")
    return SignatureLine(name, data[:_KEY_ID_BYTES], data[_KEY_ID_BYTES:])
