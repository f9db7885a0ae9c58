"""Getting Django ready, at the moment a command needs it and not before: help and analysis start without it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from loftet.commands.shell import Stop
from loftet.commands.words import say

SETTINGS = "loftet.config.settings.production"


def home() -> Path:
    """Where the installation keeps its data. Needs no Django."""
    return Path(os.environ.get("LOFTET_HOME", "var")).resolve()


def keys() -> Path:
    """Where the installation keeps its keys. Needs no Django."""
    return Path(os.environ.get("LOFTET_KEYS", home() / "keys")).resolve()


def set_up() -> None:
    """Make Django ready. The home is made the first time, readable by its owner only."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    try:
        home().mkdir(parents=True, exist_ok=True, mode=0o700)
        _start_django()
    except OSError as fault:
        where = fault.filename or home()
        raise Stop(
            say(
                f"Det går inte att läsa eller skriva i {where} ({fault.strerror}). Peka LOFTET_HOME på en mapp som är "
                "din, eller rätta dess rättigheter.",
                f"{where} cannot be read or written ({fault.strerror}). Point LOFTET_HOME at a folder of your own, or "
                "mend its permissions.",
            )
        ) from fault
    except ValueError as fault:
        if "LOFTET_DATABASE_URL" not in os.environ:
            raise
        raise Stop(
            say(
                f"LOFTET_DATABASE_URL går inte att tolka: {fault}. Den ska se ut som "
                "postgresql://namn:lösenord@värd/databas eller sqlite:////full/sökväg/fil.sqlite3.",
                f"LOFTET_DATABASE_URL cannot be read: {fault}. It looks like "
                "postgresql://name:password@host/database or sqlite:////full/path/file.sqlite3.",
            )
        ) from fault


def database_sentence(error: Exception) -> str | None:
    """Return a sentence for an error of the database, or None when it is some other error."""
    if "django.db" not in sys.modules:
        return None
    from django.db import OperationalError, ProgrammingError

    detail = str(error).strip().split("\n")[0]
    if isinstance(error, OperationalError | ProgrammingError) and (
        "no such table" in detail or ("relation" in detail and "does not exist" in detail)
    ):
        return say(
            "Databasen är inte förberedd. Kör ”loftet migrate” först.",
            "The database is not prepared. Run “loftet migrate” first.",
        )
    if isinstance(error, OperationalError):
        return say(
            f"Databasen svarar inte som den ska: {detail}. Kontrollera LOFTET_DATABASE_URL och att den är i gång.",
            f"The database does not answer as it should: {detail}. Check LOFTET_DATABASE_URL and that it is running.",
        )
    return None


def _start_django() -> None:
    import django
    from django.apps import apps

    if not apps.ready:
        django.setup()
