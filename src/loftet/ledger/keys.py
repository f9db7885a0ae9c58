"""Keys of the register: Ed25519, as PEM for those who sign and as a verifier key (vkey) for those who check.

Nothing here reads or writes files. The vkey is the C2SP signed-note text form, name+id+key, that other tools read too.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass
from typing import ClassVar, Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey


def generate_private_key() -> Ed25519PrivateKey:
    """Return a new private key."""
    return Ed25519PrivateKey.generate()


def private_key_to_pem(key: Ed25519PrivateKey, password: bytes | None = None) -> bytes:
    """Return the private key as PKCS #8 PEM, encrypted when a password is given."""
    protection = serialization.BestAvailableEncryption(password) if password else serialization.NoEncryption()
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, protection)


def private_key_from_pem(pem: bytes, password: bytes | None = None) -> Ed25519PrivateKey:
    """Return the private key in the PEM. Raises ValueError for another kind of key or a wrong password."""
    try:
        key = serialization.load_pem_private_key(pem, password)
    except TypeError as error:  # cryptography says so when a password is missing or not needed
        raise ValueError(str(error)) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise ValueError("the register is signed with Ed25519, and this is another kind of key")
    return key


def public_key_to_pem(key: Ed25519PublicKey) -> bytes:
    """Return the public key as PEM."""
    return key.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)


def public_key_from_pem(pem: bytes) -> Ed25519PublicKey:
    """Return the public key in the PEM. Raises ValueError for another kind of key."""
    key = serialization.load_pem_public_key(pem)
    if not isinstance(key, Ed25519PublicKey):
        raise ValueError("the register is signed with Ed25519, and this is another kind of key")
    return key


def is_key_name(name: str) -> bool:
    """Tell whether a key may have this name: not empty, no spaces, no plus sign, no control characters."""
    return bool(name) and not any(char.isspace() or char == "+" or char < " " for char in name)


@dataclass(frozen=True)
class VerifierKey:
    """A public key and the name it signs under. For a register the name is the register's origin."""

    # What the key signs: the text of a note as it stands. It is part of the id, so no key is taken for another kind.
    kind: ClassVar[bytes] = b"\x01"

    name: str
    public_bytes: bytes

    def __post_init__(self) -> None:
        if not is_key_name(self.name):
            raise ValueError(f"”{self.name}” cannot name a key: no spaces, plus signs or control characters")
        if len(self.public_bytes) != 32:
            raise ValueError("an Ed25519 public key is 32 bytes")

    @classmethod
    def of(cls, name: str, key: Ed25519PublicKey) -> Self:
        """Return the verifier key of a public key under a name."""
        return cls(name, key.public_bytes_raw())

    @classmethod
    def parse(cls, vkey: str) -> Self:
        """Return the verifier key written as name+id+key. Raises ValueError when any of the three is wrong."""
        name, _, rest = vkey.partition("+")
        key_id, _, encoded = rest.partition("+")
        material = decode_base64(encoded)
        if material is None or material[:1] != cls.kind:
            raise ValueError("a verifier key is written name+id+key, and the key is Ed25519")
        key = cls(name, material[1:])
        if key.key_id.hex() != key_id:
            raise ValueError("the id in the verifier key does not belong to its name and key")
        return key

    @property
    def key_id(self) -> bytes:
        """The four bytes by which a signature line says which key made it."""
        return hashlib.sha256(self.name.encode() + b"\n" + self.kind + self.public_bytes).digest()[:4]

    @property
    def vkey(self) -> str:
        """The text form: name+id+base64(kind ‖ key)."""
        return f"{self.name}+{self.key_id.hex()}+{base64.b64encode(self.kind + self.public_bytes).decode()}"

    def verifies(self, signature: bytes, message: bytes) -> bool:
        """Tell whether this key made the signature over the message."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public_bytes).verify(signature, message)
        except InvalidSignature:
            return False
        return True


def decode_base64(text: str) -> bytes | None:
    """Return the bytes, or None unless this is their one standard spelling (RFC 4648, section 4, padded).

    The last digit of base64 can carry bits that decoding drops: two texts, the same bytes. Only one is accepted.
    """
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return data if base64.b64encode(data).decode() == text else None
