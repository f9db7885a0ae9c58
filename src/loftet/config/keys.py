"""Secrets of an installation as files with mode 0600, made at first need and never kept in the database."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path


def write_secret(path: Path, content: bytes) -> None:
    """Write a secret so that only its owner can read it; refuse to overwrite one that exists."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def read_or_create_secret(path: Path) -> str:
    """Return the secret in the file, creating a random one the first time."""
    with contextlib.suppress(FileExistsError):
        write_secret(path, secrets.token_urlsafe(48).encode())
    return path.read_text().strip()


def read_secret(path: Path) -> str:
    """Return the secret in the file, or nothing when there is none."""
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        return ""
