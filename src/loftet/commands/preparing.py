"""`loftet migrate`: tables, triggers, bundled places, log key and static files, each made when it is missing."""

from __future__ import annotations

import hashlib
from pathlib import Path

import typer

from loftet.commands import ground, shell
from loftet.commands.progress import shown
from loftet.commands.words import quoted, say

FINGERPRINT = ".loftet-fingerprint"


def register(app: typer.Typer) -> None:
    """Add the command."""
    shell.add(
        app,
        migrate,
        "migrate",
        say(
            "Förbered databasen: tabeller, skydd, orter, nyckel. Ofarligt att köra igen.",
            "Prepare the database: tables, protection, places, key. Safe to run again.",
        ),
    )


def migrate() -> None:
    """Bring the installation up to the version that is installed."""
    ground.set_up()
    for line in prepare():
        shell.tell(line)


def prepare() -> list[str]:
    """Make what is missing and return a line about each thing that was done. Quick when nothing is."""
    done = []
    if migrations := waiting_migrations():
        _refuse_as_runtime_role()
        done.append(_migrate(len(migrations)))
    done += _protect()
    done += load_places()
    done += _make_log_key()
    done += collect_static()
    return done or [say("Allt är redan förberett.", "Everything is prepared already.")]


def waiting_migrations() -> list[str]:
    """Return the migrations that the database lacks, as app.name."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def migrate_tables() -> None:
    """Make or change the tables and put the triggers in place."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


def load_places() -> list[str]:
    """Load the bundled places unless exactly these are loaded, and return what was done."""
    from django.conf import settings

    from loftet.domain.places import bundled
    from loftet.domain.places.models import Municipality

    stamp = settings.LOFTET_HOME / "run" / "places"
    mark = _fingerprint(sorted(Path(bundled.__file__).with_name("data").iterdir()))
    if _read(stamp) == mark and Municipality.objects.exists():
        return []
    report = import_places()
    _write(stamp, mark)
    return [report] if report else []


def import_places() -> str:
    """Load the bundled places and return what changed, in a line; nothing when nothing did."""
    from loftet.domain.places import actions

    with shown(say("Läser in orter", "Loading places")) as progress:
        report = actions.load_bundled(progress=progress)
    if not report.created and not report.updated:
        return ""
    return say(
        f"Orterna är inlästa: {report.created} nya, {report.updated} ändrade, {report.unchanged} som förut.",
        f"The places are loaded: {report.created} new, {report.updated} changed, {report.unchanged} as before.",
    )


def static_is_built() -> bool:
    """Tell whether the static files in place are those of the installed version."""
    from django.conf import settings

    return _read(Path(settings.STATIC_ROOT) / FINGERPRINT) == _fingerprint(_static_sources())


def collect_static() -> list[str]:
    """Gather and compress the static files when any has changed, and return what was done."""
    from django.conf import settings
    from django.core.management import call_command

    if static_is_built():
        return []
    call_command("collectstatic", verbosity=0, interactive=False)
    _write(Path(settings.STATIC_ROOT) / FINGERPRINT, _fingerprint(_static_sources()))
    return [say("Stilmallar och bilder är på plats.", "Styles and images are in place.")]


def _migrate(count: int) -> str:
    with shown(say("Förbereder tabellerna", "Preparing the tables")):
        migrate_tables()
    return say(f"Tabellerna är förberedda ({count} steg).", f"The tables are prepared ({count} steps).")


def _protect() -> list[str]:
    from loftet.domain.base import protection

    missing = protection.missing()
    if not missing:
        return []
    _refuse_as_runtime_role()
    protection.install()
    return [
        say(
            f"{len(missing)} spärrar mot ändring saknades i databasen och är åter på plats.",
            f"{len(missing)} guards against change were missing in the database and are back in place.",
        )
    ]


def _make_log_key() -> list[str]:
    from loftet.domain.register import keys

    if not keys.create_log_key():
        return []
    return [
        say(
            f"Löftesbokens nyckel är gjord: {keys.log_key_path()}. Kör ”loftet key export” och lägg kopian på en annan "
            "plats än säkerhetskopiorna.",
            f"The register's key is made: {keys.log_key_path()}. Run “loftet key export” and keep the copy in another "
            "place than the backups.",
        )
    ]


def _refuse_as_runtime_role() -> None:
    """On PostgreSQL the tables belong to an owner; the role that the web runs as may not touch them."""
    from django.conf import settings
    from django.db import connection

    role = settings.LOFTET_RUNTIME_ROLE
    if connection.vendor != "postgresql" or not role:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        if cursor.fetchone()[0] == role:
            raise shell.Stop(
                say(
                    f"Databasen behöver förberedas, och det får inte rollen {quoted(role)}. Kör ”loftet migrate” med "
                    "LOFTET_DATABASE_URL för den roll som äger tabellerna.",
                    f"The database needs preparing, and the role {quoted(role)} may not. Run “loftet migrate” with the "
                    "LOFTET_DATABASE_URL of the role that owns the tables.",
                )
            )


def _static_sources() -> list[Path]:
    from django.contrib.staticfiles.finders import get_finders

    return sorted(
        Path(storage.path(name)) for finder in get_finders() for name, storage in finder.list(ignore_patterns=[])
    )


def _fingerprint(files: list[Path]) -> str:
    """A mark that changes when any of the files is added, taken away or written anew. Reads no file."""
    facts = [f"{file} {(status := file.stat()).st_size} {status.st_mtime_ns}" for file in files]
    return hashlib.sha256("\n".join(facts).encode()).hexdigest()


def _read(file: Path) -> str:
    try:
        return file.read_text().strip()
    except FileNotFoundError:
        return ""


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    file.write_text(text + "\n")
