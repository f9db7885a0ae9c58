"""The two commands. Django comes in when they run."""

from __future__ import annotations

import os
import zipfile
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from loftet.commands import ground, keys, shell
from loftet.commands.progress import shown
from loftet.commands.words import number_of, say

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from loftet.commands.backup.manifest import Manifest
    from loftet.ledger.keys import VerifierKey

FILE = say("FIL", "FILE")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    shell.add(app, backup, "backup", say("Säkerhetskopiera allt utom nycklarna.", "Back up everything but the keys."))
    shell.add(
        app,
        restore,
        "restore",
        say("Lägg tillbaka en säkerhetskopia i en tom installation.", "Restore a backup into an empty installation."),
    )


def backup(
    file: Annotated[
        Path,
        shell.argument(
            FILE, say("Ny fil, eller en mapp där filen får dagens datum.", "New file, or a folder for a dated one.")
        ),
    ],
) -> None:
    """Write everything but keys and sessions to one file, while the installation runs."""
    ground.set_up()
    from loftet.commands.backup import writing

    target = _target(file)
    try:
        with shown(say("Säkerhetskopierar", "Backing up")) as progress:
            contents = writing.write(target, progress)
    except FileExistsError:
        raise shell.Stop(keys.already_there(target)) from None
    except OSError as fault:
        raise shell.Stop(keys.cannot_write(target, fault)) from fault
    rows = number_of(contents.rows, ("rad", "rader"), ("row", "rows"))
    files = number_of(len(contents.uploads), ("fil", "filer"), ("file", "files"))
    shell.tell(
        say(
            f"Säkerhetskopian ligger i {target}: {rows}, {files}, {target.stat().st_size} byte. Löftesbokens nyckel är "
            "inte med: den kopieras med ”loftet key export”.",
            f"The backup is in {target}: {rows}, {files}, {target.stat().st_size} bytes. The register's key is not in "
            "it: copy that with “loftet key export”.",
        )
    )


def restore(
    file: Annotated[Path, shell.argument(FILE, say("Säkerhetskopian.", "The backup."))],
    key: Annotated[
        Path | None,
        shell.option(
            "--key",
            metavar=FILE,
            help_text=say("Löftesbokens nyckel från ”loftet key export”.", "The register's key from “key export”."),
        ),
    ] = None,
) -> None:
    """Restore into an empty database: all of it, verified, or nothing."""
    ground.set_up()
    from loftet.commands import preparing
    from loftet.commands.backup import manifest, reading

    with reading.open_archive(file) as archive:
        contents = manifest.Manifest.from_json(_read_manifest(archive, manifest.NAME))
        public = _public_key(contents)
        private = _private_key(key, public)
        with shown(say("Återställer", "Restoring")) as progress:
            reading.check_parts(archive, contents, progress)
            if not manifest.applied_migrations():
                preparing.migrate_tables()
            reading.check_fits(contents)
            about_keys: list[str] = []
            outcome = reading.put_back(
                archive, contents, progress, last=lambda: about_keys.extend(_change_keys(public, private))
            )
            about_keys += _until_shown()
    for line in [*outcome.sentences(), *about_keys, *preparing.collect_static()]:
        shell.tell(line)
    shell.tell(_restored(contents))


def _target(file: Path) -> Path:
    if file.is_dir():
        return file / f"loftet-{datetime.now().astimezone():%Y-%m-%d-%H%M%S}.zip"
    if file.exists():
        raise shell.Stop(keys.already_there(file))
    return file


def _read_manifest(archive: zipfile.ZipFile, name: str) -> bytes:
    from loftet.commands.backup import reading

    try:
        return archive.read(name)
    except reading.UNREADABLE:
        return b""


def _public_key(contents: Manifest) -> VerifierKey:
    """The backup's public key, if this installation goes by the same name."""
    from django.conf import settings

    from loftet.ledger.keys import VerifierKey

    try:
        public = VerifierKey.parse(contents.public_key)
    except ValueError as fault:
        raise shell.Stop(
            say("Säkerhetskopians öppna nyckel går inte att läsa.", "The backup's public key cannot be read.")
        ) from fault
    if public.name != settings.LOFTET_LOG_ORIGIN:
        raise shell.Stop(
            say(
                f"Löftesboken i säkerhetskopian heter {public.name}, men här heter den {settings.LOFTET_LOG_ORIGIN}. "
                f"Sätt LOFTET_LOG_ORIGIN={public.name} och försök igen. Inget är återställt.",
                f"The register in the backup is called {public.name}, but here it is {settings.LOFTET_LOG_ORIGIN}. Set "
                f"LOFTET_LOG_ORIGIN={public.name} and try again. Nothing is restored.",
            )
        )
    return public


def _private_key(file: Path | None, public: VerifierKey) -> Ed25519PrivateKey | None:
    if file is None:
        return None
    private = keys.read_private_key(file)
    if keys.verifier_of(private) != public:
        raise shell.Stop(
            say(
                f"Nyckeln i {file} hör inte till löftesboken i säkerhetskopian. Inget är återställt.",
                f"The key in {file} does not belong to the register in the backup. Nothing is restored.",
            )
        )
    return private


def _change_keys(public: VerifierKey, private: Ed25519PrivateKey | None) -> list[str]:
    """Let the register's keys be those of the backup, and return what was done."""
    return [*_make_room_for(public), *_keys_back(public, private)]


def _make_room_for(public: VerifierKey) -> list[str]:
    """Put a key pair aside that a new installation has made for a register that is still empty."""
    from loftet.domain.register import keys as stored

    if not stored.public_key_path().exists() or stored.public_key() == public:
        return []
    mark = f"unused-{datetime.now().astimezone():%Y%m%d-%H%M%S}"
    aside = []
    for path in (stored.log_key_path(), stored.public_key_path()):
        if path.exists():
            aside.append(path.with_name(f"{path.name}.{mark}"))
            os.rename(path, aside[-1])
    names = ", ".join(path.name for path in aside)
    return [
        say(
            f"Nyckeln som den nya installationen hade gjort är aldrig använd och ligger nu åt sidan: {names}.",
            f"The key that the new installation had made was never used and now lies aside: {names}.",
        )
    ]


def _keys_back(public: VerifierKey, private: Ed25519PrivateKey | None) -> list[str]:
    from loftet.domain.register import keys as stored

    if not stored.public_key_path().exists():
        stored.write_public_key(public)
    if private is not None:
        return [keys.put_in_place(private)]
    if stored.log_key_path().exists():
        return []
    return [
        say(
            "Löftesboken går att läsa och kontrollera, men inget nytt skrivs under förrän nyckeln är tillbaka: "
            "”loftet key import FIL”.",
            "The register can be read and checked, but nothing new is signed until the key is back: "
            "“loftet key import FILE”.",
        )
    ]


def _until_shown() -> list[str]:
    """Let signing wait unless the checkpoint that is kept here shows that nothing is missing."""
    from loftet.domain.register import keeping, queries

    if not queries.size():
        return []
    keeping.wait()
    fault = keeping.fault()
    return [fault] if fault else []


def _restored(contents: Manifest) -> str:
    rows = number_of(contents.rows, ("rad", "rader"), ("row", "rows"))
    files = number_of(len(contents.uploads), ("fil", "filer"), ("file", "files"))
    return say(
        f"Allt är återställt som det var {contents.made_at}: {rows}, {files}. Alla loggar in på nytt.",
        f"Everything is restored as it was at {contents.made_at}: {rows}, {files}. Everyone signs in anew.",
    )
