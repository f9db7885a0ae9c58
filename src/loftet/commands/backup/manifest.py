"""The first page of a backup: what it holds, from which version, and the hash of every part."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any

from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from loftet.commands.shell import Stop
from loftet.commands.words import say

NAME = "manifest.json"
FORMAT = "loftet-backup"
VERSION = 1
CHUNK = 1 << 20
# The archive's comment: at its end, and so at the end of the file, there is room for a hash in hex.
DIGITS = 64
COMMENT = b"loftet-backup sha256:" + b"0" * DIGITS


@dataclass(frozen=True)
class Table:
    """One table: the model's label, its file in the backup, what stands where in a line, how many lines, their hash."""

    label: str
    file: str
    columns: list[str]
    rows: int
    sha256: str


@dataclass(frozen=True)
class Upload:
    """One uploaded file: its name in the installation, its file in the backup, its size and hash."""

    name: str
    file: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """All that must be known before anything is put back."""

    product: str
    made_at: str
    public_key: str
    migrations: list[str]
    tables: list[Table] = field(default_factory=list)
    uploads: list[Upload] = field(default_factory=list)

    @property
    def rows(self) -> int:
        """How many rows there are in all."""
        return sum(table.rows for table in self.tables)

    def to_json(self) -> bytes:
        """Return the manifest as it is stored."""
        return json.dumps({"format": FORMAT, "v": VERSION, **asdict(self)}, ensure_ascii=False, indent=1).encode()

    @classmethod
    def from_json(cls, stored: bytes) -> Manifest:
        """Read a stored manifest, or stop with a sentence."""
        try:
            given: dict[str, Any] = json.loads(stored)
            kind, number = given.pop("format"), given.pop("v")
            if (kind, number) != (FORMAT, VERSION):
                raise Stop(_another_format(f"{kind} {number}"))
            tables = [Table(**table) for table in given.pop("tables")]
            uploads = [Upload(**upload) for upload in given.pop("uploads")]
            return cls(**given, tables=tables, uploads=uploads)
        except (ValueError, TypeError, KeyError, AttributeError) as fault:
            raise Stop(
                say(
                    "Säkerhetskopians innehållsförteckning går inte att läsa. Inget är återställt.",
                    "The backup's list of contents cannot be read. Nothing is restored.",
                )
            ) from fault


def seal(file: IO[bytes]) -> None:
    """Put the hash of the whole file last in it, in the place that the archive's comment has kept free."""
    file.seek(-DIGITS, os.SEEK_END)
    end = file.tell()
    digest = _hash_of(file, end)
    file.seek(end)
    file.write(digest.encode())


def is_whole(path: Path) -> bool:
    """Tell whether a file is, bit by bit, the one that was sealed."""
    with path.open("rb") as file:
        end = file.seek(0, os.SEEK_END) - DIGITS
        if end < 0:
            return False
        file.seek(end)
        return _hash_of(file, end).encode() == file.read(DIGITS)


def product_version() -> str:
    """The version of Löftet that is installed."""
    return version("loftet")


def applied_migrations() -> list[str]:
    """The migrations that the database has, in order of their names."""
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


def _hash_of(file: IO[bytes], end: int) -> str:
    """The hash of a file's first `end` bytes. Leaves the file there."""
    digest = hashlib.sha256()
    file.seek(0)
    while chunk := file.read(min(CHUNK, end - file.tell())):
        digest.update(chunk)
    return digest.hexdigest()


def _another_format(found: str) -> str:
    return say(
        f"Filen har ett annat format ({found}) än det som den här versionen läser ({FORMAT} {VERSION}). "
        "Inget är återställt.",
        f"The file has another format ({found}) than this version reads ({FORMAT} {VERSION}). Nothing is restored.",
    )
