"""Putting a backup back: checked first, then all in one transaction, with the register verified before it counts."""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import DataError, IntegrityError, connection, transaction

from loftet.commands import registercheck
from loftet.commands.backup import manifest, tables, writing
from loftet.commands.progress import Progress
from loftet.commands.shell import Stop
from loftet.commands.words import number_of, say
from loftet.ledger.keys import VerifierKey

# What a damaged archive makes the library raise.
UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, KeyError, ValueError, RuntimeError)


def open_archive(source: Path) -> zipfile.ZipFile:
    """Open the file, or stop with a sentence when it is no backup."""
    try:
        archive = zipfile.ZipFile(source)
        archive.getinfo(manifest.NAME)
    except OSError as fault:
        raise Stop(
            say(f"{source} går inte att läsa: {fault.strerror}.", f"{source} cannot be read: {fault.strerror}.")
        ) from fault
    except (zipfile.BadZipFile, KeyError) as fault:
        raise Stop(
            say(
                f"{source} är ingen säkerhetskopia från Löftet, eller är avkortad. Inget är återställt.",
                f"{source} is no backup from Löftet, or is cut short. Nothing is restored.",
            )
        ) from fault
    return archive


def check_parts(archive: zipfile.ZipFile, contents: manifest.Manifest, progress: Progress) -> None:
    """Check that every part is there and is what the manifest says, and the whole file; or stop naming the part."""
    parts: list[manifest.Table | manifest.Upload] = [*contents.tables, *contents.uploads]
    for number, part in enumerate(parts, start=1):
        if _hash_of(archive, part.file) != part.sha256:
            raise Stop(_damaged(archive, part.file))
        progress(say("kontrollerar", "checking"), number, len(parts))
    if not manifest.is_whole(Path(str(archive.filename))):
        raise Stop(_damaged(archive, say("filen som helhet", "the file as a whole")))


def check_fits(contents: manifest.Manifest) -> None:
    """Stop with a sentence unless the database here is empty and has the same tables as the backup came from."""
    here, there = set(manifest.applied_migrations()), set(contents.migrations)
    if here != there or {table.label for table in contents.tables} != {m._meta.label for m in tables.included()}:
        raise Stop(_other_tables(contents, len(here ^ there)))
    if holding := tables.holding_rows():
        raise Stop(
            say(
                f"Databasen är inte tom ({', '.join(holding[:3])}). Återställning görs bara till en tom databas, och "
                "inget är ändrat. Peka LOFTET_HOME eller LOFTET_DATABASE_URL på en ny.",
                f"The database is not empty ({', '.join(holding[:3])}). A backup is only restored into an empty one, "
                "and nothing is changed. Point LOFTET_HOME or LOFTET_DATABASE_URL at a new one.",
            )
        )
    if name := next(writing.stored_files(), None):
        raise Stop(
            say(
                f"Här finns redan uppladdade filer ({name}). Inget är ändrat. Flytta dem först.",
                f"There are uploaded files here already ({name}). Nothing is changed. Move them first.",
            )
        )


def put_back(
    archive: zipfile.ZipFile, contents: manifest.Manifest, progress: Progress, *, last: Callable[[], None]
) -> registercheck.Outcome:
    """Put every row and file back, or none, and return what a check of the register found.

    `last` is called when all is in place and nothing is committed yet.
    """
    saved: list[str] = []
    try:
        with transaction.atomic():
            tables.remove_bundled()
            _put_whole_rows(archive, contents, progress)
            tables.continue_numbering()
            outcome = _verified(contents)
            for upload in contents.uploads:
                _put_file(archive, upload, saved)
                progress(say("filer", "files"), len(saved), len(contents.uploads))
            last()
    except BaseException:
        for name in saved:
            default_storage.delete(name)
        raise
    return outcome


def _put_whole_rows(archive: zipfile.ZipFile, contents: manifest.Manifest, progress: Progress) -> None:
    """Put the rows back, or stop with a sentence when they are not such as the tables take."""
    try:
        _put_rows(archive, contents, progress)
        connection.check_constraints()
    except (IntegrityError, DataError, ValidationError, ValueError, TypeError, KeyError) as fault:
        detail = str(fault).strip().split("\n")[0].rstrip(".")
        raise Stop(
            say(
                f"Raderna i säkerhetskopian bryter mot databasens regler: {detail}. Inget är återställt.",
                f"The rows in the backup break the rules of the database: {detail}. Nothing is restored.",
            )
        ) from fault


def _put_rows(archive: zipfile.ZipFile, contents: manifest.Manifest, progress: Progress) -> None:
    by_label = {model._meta.label: model for model in tables.included()}
    done = 0

    def counted(stream: IO[bytes], what: str) -> Iterator[bytes]:
        nonlocal done
        for line in stream:
            done += 1
            if not done % tables.ROWS_AT_A_TIME:
                progress(what, done, contents.rows)
            yield line

    for table in contents.tables:
        model = by_label[table.label]
        with archive.open(table.file) as stream:
            tables.insert(model, table.columns, counted(stream, str(model._meta.verbose_name_plural)))


def _verified(contents: manifest.Manifest) -> registercheck.Outcome:
    outcome = registercheck.check(VerifierKey.parse(contents.public_key))
    if not outcome.holds:
        what = " ".join(outcome.sentences())
        raise Stop(
            say(
                f"Löftesboken i säkerhetskopian stämmer inte: {what} Inget är återställt.",
                f"The register in the backup does not hold: {what} Nothing is restored.",
            )
        )
    return outcome


def _put_file(archive: zipfile.ZipFile, upload: manifest.Upload, saved: list[str]) -> None:
    with archive.open(upload.file) as stream:
        name = default_storage.save(upload.name, File(stream, name=upload.name))
    saved.append(name)
    if name != upload.name:
        raise Stop(
            say(
                f"Filen {upload.name} går inte att lägga tillbaka under sitt namn. Inget är återställt.",
                f"The file {upload.name} cannot be put back under its name. Nothing is restored.",
            )
        )


def _hash_of(archive: zipfile.ZipFile, name: str) -> str:
    """The hash of a part; nothing when it cannot be read."""
    digest = hashlib.sha256()
    try:
        with archive.open(name) as stream:
            while chunk := stream.read(manifest.CHUNK):
                digest.update(chunk)
    except UNREADABLE:
        return ""
    return digest.hexdigest()


def _damaged(archive: zipfile.ZipFile, part: str) -> str:
    file = archive.filename
    return say(
        f"{file} är skadad eller avkortad: {part} stämmer inte med innehållsförteckningen. Inget är återställt. Ta en "
        "annan kopia.",
        f"{file} is damaged or cut short: {part} does not match the list of contents. Nothing is restored. Use another "
        "copy.",
    )


def _other_tables(contents: manifest.Manifest, steps: int) -> str:
    version = manifest.product_version()
    differ = number_of(steps, ("steg skiljer", "steg skiljer"), ("step differs", "steps differ"))
    return say(
        f"Säkerhetskopian har andra tabeller än den här installationen ({differ}): den är gjord med version "
        f"{contents.product} och här finns {version}. Inget är återställt. Installera version {contents.product}, "
        "återställ, och uppgradera sedan.",
        f"The backup has other tables than this installation ({differ}): it was made with version {contents.product} "
        f"and this is {version}. Nothing is restored. Install version {contents.product}, restore, and upgrade then.",
    )
