"""The log key: the installation's word. A file of its own, mode 0600, never in the database or in a backup."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from loftet.config.keys import write_secret
from loftet.domain.base.errors import DomainError
from loftet.ledger.keys import VerifierKey, generate_private_key, private_key_from_pem, private_key_to_pem


class LogKeyMissing(DomainError):
    """The register can be read and checked, but nothing can be signed until the key is back."""


def log_key_path() -> Path:
    """Where the private log key lies."""
    return Path(settings.LOFTET_KEYS) / "log.key"


def public_key_path() -> Path:
    """Where the public key lies as text, so that it can be read also when the private one is elsewhere."""
    return Path(settings.LOFTET_KEYS) / "log.pub"


def next_key_path() -> Path:
    """Where the key lies that the register is changing to, until the change is signed by both."""
    return Path(settings.LOFTET_KEYS) / "log-next.key"


def create_log_key() -> bool:
    """Make the log key unless there is one, or a public key that waits for it. Tell whether it was made."""
    if log_key_path().exists() or public_key_path().exists():
        return False
    key = generate_private_key()
    write_secret(log_key_path(), private_key_to_pem(key))
    public_key_path().write_text(VerifierKey.of(settings.LOFTET_LOG_ORIGIN, key.public_key()).vkey + "\n")
    return True


def private_key() -> Ed25519PrivateKey:
    """The private log key. Raises `LogKeyMissing`."""
    try:
        return private_key_from_pem(log_key_path().read_bytes())
    except FileNotFoundError:
        raise LogKeyMissing(
            "Löftesbokens nyckel saknas. Boken går att läsa och kontrollera, men inga nya kontrollpunkter skrivs. "
            "Lägg tillbaka nyckeln med ”loftet key import”."
        ) from None


def public_key() -> VerifierKey:
    """The public key that anyone checks the register with. Raises `LogKeyMissing`."""
    try:
        return VerifierKey.parse(public_key_path().read_text().strip())
    except FileNotFoundError:
        raise LogKeyMissing("Löftesbokens öppna nyckel saknas. Kör ”loftet migrate”.") from None


def next_private_key() -> Ed25519PrivateKey:
    """The key to change to, made now unless an attempt that was cut short has made it."""
    if not next_key_path().exists():
        write_secret(next_key_path(), private_key_to_pem(generate_private_key()))
    return private_key_from_pem(next_key_path().read_bytes())


def named(key: Ed25519PrivateKey) -> VerifierKey:
    """The public key of a private one, under the register's name."""
    return VerifierKey.of(settings.LOFTET_LOG_ORIGIN, key.public_key())


def put_next_in_place(at: datetime) -> None:
    """Let the key that the register has changed to be its key, and put the former one aside.

    Whatever step an earlier attempt was cut short after, this one ends in the same place.
    """
    if not next_key_path().exists():
        return
    new = named(private_key_from_pem(next_key_path().read_bytes()))
    if log_key_path().exists():
        os.replace(log_key_path(), log_key_path().with_name(f"log.key.before-{at:%Y%m%d-%H%M%S}"))
    write_public_key(new)
    os.replace(next_key_path(), log_key_path())


def write_public_key(key: VerifierKey) -> None:
    """Write the public key as text beside where the private one lies, whole or not at all."""
    path = public_key_path()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f"{path.name}.new")
    draft.write_text(key.vkey + "\n")
    os.replace(draft, path)
