"""The folder, the keys, the static files and the settings."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from loftet.commands import preparing
from loftet.commands.doctor.findings import Finding, look, ok, wrong
from loftet.commands.words import say
from loftet.domain.register import keys as stored
from loftet.ledger.keys import VerifierKey

MEGABYTE = 1 << 20
LITTLE, ALMOST_NOTHING = 1024 * MEGABYTE, 100 * MEGABYTE


def home() -> Iterator[Finding]:
    """The folder is ours to write in, and nobody else's to read."""
    folder = Path(settings.LOFTET_HOME)
    what = say("Mappen", "Folder")
    if not os.access(folder, os.W_OK | os.X_OK):
        yield wrong(
            what, str(folder), say("Ge dig själv skrivrätt till den.", "Give yourself the right to write in it.")
        )
        return
    mode = stat.S_IMODE(folder.stat().st_mode)
    if mode & 0o007:
        yield wrong(
            what,
            say(f"{folder} kan läsas av andra ({mode:o})", f"{folder} can be read by others ({mode:o})"),
            f"chmod o-rwx {folder}",
        )
    else:
        yield ok(what, str(folder))


def disk() -> Iterator[Finding]:
    """There is room left."""
    free = shutil.disk_usage(settings.LOFTET_HOME).free
    what = say("Diskutrymme", "Disk space")
    detail = say(f"{free // MEGABYTE} MB ledigt", f"{free // MEGABYTE} MB free")
    remedy = say("Gör plats, annars går inget att spara.", "Make room, or nothing can be saved.")
    if free < ALMOST_NOTHING:
        yield wrong(what, detail, remedy)
    elif free < LITTLE:
        yield look(what, detail, remedy)
    else:
        yield ok(what, detail)


def keys() -> Iterator[Finding]:
    """The keys are there, are each other's, and can be read by nobody else."""
    for path in (Path(settings.LOFTET_KEYS) / "secret.key", stored.log_key_path()):
        what = say(f"Nyckeln {path.name}", f"Key {path.name}")
        if path.exists():
            mode = stat.S_IMODE(path.stat().st_mode)
            yield ok(what, f"{mode:o}") if mode == 0o600 else wrong(what, f"{mode:o}", f"chmod 600 {path}")
        elif path == stored.log_key_path() and stored.public_key_path().exists():
            yield look(
                what,
                say("saknas; inget nytt skrivs under", "missing; nothing new is signed"),
                say("Lägg tillbaka den: ”loftet key import FIL”.", "Put it back: “loftet key import FILE”."),
            )
        else:
            yield wrong(what, say("saknas", "missing"), _run_migrate())
    yield from _pair()


def static_files() -> Iterator[Finding]:
    """The styles that are served are those of the installed version."""
    what = say("Stilmallar", "Styles")
    if preparing.static_is_built():
        yield ok(what)
    else:
        yield wrong(what, say("inte byggda för den här versionen", "not built for this version"), _run_migrate())


def surroundings() -> Iterator[Finding]:
    """What the settings say about the address agrees with itself."""
    what, base = say("Adressen", "Address"), settings.LOFTET_BASE_URL
    parts = urlsplit(base)
    secure = bool(getattr(settings, "SESSION_COOKIE_SECURE", False))
    if parts.hostname not in settings.ALLOWED_HOSTS and "*" not in settings.ALLOWED_HOSTS:
        yield wrong(
            what,
            say(f"{parts.hostname} står inte i LOFTET_HOSTS", f"{parts.hostname} is not among LOFTET_HOSTS"),
            say(f"Lägg till {parts.hostname} i LOFTET_HOSTS.", f"Add {parts.hostname} to LOFTET_HOSTS."),
        )
    elif (parts.scheme == "https") != secure:
        yield look(
            what,
            say(f"{base}, men LOFTET_HTTPS säger annat", f"{base}, but LOFTET_HTTPS says otherwise"),
            say("Sätt LOFTET_HTTPS=1 bakom HTTPS, annars inte.", "Set LOFTET_HTTPS=1 behind HTTPS, not otherwise."),
        )
    else:
        yield ok(what, base)


def _pair() -> Iterator[Finding]:
    what = say("Löftesbokens öppna nyckel", "The register's public key")
    if not stored.public_key_path().exists():
        yield wrong(what, say("saknas", "missing"), _run_migrate())
        return
    try:
        public = stored.public_key()
        private = stored.private_key() if stored.log_key_path().exists() else None
    except ValueError as fault:
        yield wrong(what, str(fault), say("Lägg tillbaka nycklarna.", "Put the keys back."))
        return
    if public.name != settings.LOFTET_LOG_ORIGIN:
        yield wrong(
            what,
            say(
                f"hör till {public.name}, men LOFTET_LOG_ORIGIN är {settings.LOFTET_LOG_ORIGIN}",
                f"belongs to {public.name}, but LOFTET_LOG_ORIGIN is {settings.LOFTET_LOG_ORIGIN}",
            ),
            f"LOFTET_LOG_ORIGIN={public.name}",
        )
    elif private is not None and VerifierKey.of(public.name, private.public_key()) != public:
        yield wrong(
            what,
            say("hör inte ihop med log.key", "does not belong with log.key"),
            say("Lägg tillbaka den nyckel som hör till boken.", "Put back the key that belongs to the register."),
        )
    else:
        yield ok(what, public.vkey)


def _run_migrate() -> str:
    return say("Kör ”loftet migrate”.", "Run “loftet migrate”.")
