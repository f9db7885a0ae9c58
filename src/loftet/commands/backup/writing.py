"""Making a backup: one consistent moment of the whole database, written to a file that is whole or not there."""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from django.core.files.storage import Storage, default_storage
from django.db import connection, models, transaction

from loftet.commands.backup import manifest, tables
from loftet.commands.progress import Progress
from loftet.commands.shell import Stop
from loftet.commands.words import say


def write(target: Path, progress: Progress) -> manifest.Manifest:
    """Write a backup to `target` with mode 0600 and return what is in it.

    The file appears under its name only when all of it is on the disk.
    """
    draft = target.with_name(f".{target.name}.{os.getpid()}.part")
    descriptor = os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w+b") as file:
            contents = _write_archive(file, progress)
            manifest.seal(file)
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, target)  # unlike a rename this never takes the place of a file that is there
        _sync_folder(target.parent)
    finally:
        draft.unlink()
    return contents


def stored_files(storage: Storage = default_storage, folder: str = "") -> Iterator[str]:
    """Yield the names of all uploaded files, in order."""
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in sorted(files):
        yield f"{folder}{name}"
    for name in sorted(folders):
        yield from stored_files(storage, f"{folder}{name}/")


@contextmanager
def one_moment() -> Iterator[None]:
    """See the database as it was at one moment while the block runs, without keeping anyone from writing."""
    if connection.in_atomic_block:
        raise RuntimeError("a backup needs a transaction of its own")
    if connection.vendor == "sqlite":
        # Our other transactions take the write lock at once. A reader under WAL needs none, and holds no one up.
        connection.ensure_connection()
        own: Any = connection
        usual, own.transaction_mode = own.transaction_mode, "DEFERRED"
        try:
            with transaction.atomic():
                yield
        finally:
            own.transaction_mode = usual
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _write_archive(file: IO[bytes], progress: Progress) -> manifest.Manifest:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive:
        with one_moment():
            migrations = manifest.applied_migrations()
            kept = _write_tables(archive, progress)
        contents = manifest.Manifest(
            product=manifest.product_version(),
            made_at=datetime.now(UTC).isoformat(timespec="seconds"),
            public_key=_public_key(),
            migrations=migrations,
            tables=kept,
            uploads=_write_uploads(archive, progress),
        )
        archive.writestr("public-key.txt", contents.public_key + "\n")
        archive.writestr(manifest.NAME, contents.to_json())
        archive.comment = manifest.COMMENT
    return contents


def _write_tables(archive: zipfile.ZipFile, progress: Progress) -> list[manifest.Table]:
    written, included = [], tables.included()
    total = sum(models.QuerySet(model).count() for model in included)
    done = 0
    for model in included:
        name = f"tables/{model._meta.label}.jsonl"

        def counted(model: type[models.Model] = model) -> Iterator[bytes]:
            nonlocal done
            for line in tables.lines(model):
                done += 1
                if not done % tables.ROWS_AT_A_TIME:
                    progress(str(model._meta.verbose_name_plural), done, total)
                yield line

        count, _size, digest = _write_part(archive, name, counted())
        columns = [field.attname for field in tables.columns(model)]
        written.append(manifest.Table(model._meta.label, name, columns, count, digest))
        progress(str(model._meta.verbose_name_plural), done, total)
    return written


def _write_uploads(archive: zipfile.ZipFile, progress: Progress) -> list[manifest.Upload]:
    written, names = [], list(stored_files())
    for number, name in enumerate(names, start=1):
        inside = f"files/{number:06d}"
        with default_storage.open(name) as source:
            _count, size, digest = _write_part(archive, inside, iter(lambda: source.read(manifest.CHUNK), b""))
        written.append(manifest.Upload(name, inside, size, digest))
        progress(say("filer", "files"), number, len(names))
    return written


def _write_part(archive: zipfile.ZipFile, name: str, chunks: Iterable[bytes]) -> tuple[int, int, str]:
    """Write chunks as one part; return how many there were, their size and their hash."""
    count, size, digest = 0, 0, hashlib.sha256()
    with archive.open(name, "w", force_zip64=True) as part:
        for chunk in chunks:
            part.write(chunk)
            digest.update(chunk)
            count, size = count + 1, size + len(chunk)
    return count, size, digest.hexdigest()


def _public_key() -> str:
    from loftet.domain.register import queries
    from loftet.domain.register.keys import LogKeyMissing

    try:
        return queries.public_key_text()
    except LogKeyMissing as fault:
        raise Stop(
            say(
                "Löftesbokens öppna nyckel saknas, så en säkerhetskopia skulle inte gå att kontrollera. Kör "
                "”loftet migrate” först.",
                "The register's public key is missing, so a backup could not be checked. Run “loftet migrate” first.",
            )
        ) from fault


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
