"""The database: reachable, migrated, protected, set as it should be; and the register in it."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.db import connection

from loftet.commands import preparing, registercheck
from loftet.commands.doctor.findings import Finding, look, ok, wrong
from loftet.commands.words import say
from loftet.domain.base import protection
from loftet.domain.register import keeping, keys

# What every connection sets (see config/settings/base.py): pragma, value, why it matters.
PRAGMAS = {
    "journal_mode": ("wal", "skrivning stör inte läsning", "writing does not disturb reading"),
    "synchronous": (2, "det som bekräftats överlever strömavbrott", "what was acknowledged survives power loss"),
    "recursive_triggers": (1, "ersättning av rader spärras", "replacing rows is refused"),
    "foreign_keys": (1, "inga lösa trådar", "no loose ends"),
}


def reachable() -> Iterator[Finding]:
    """The database answers. Raises when it does not: nothing else can be looked at then."""
    what = say("Databasen", "Database")
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    yield ok(what, f"{connection.vendor} {'.'.join(str(n) for n in connection.get_database_version())}")


def migrated() -> Iterator[Finding]:
    """The tables are those of the installed version."""
    what, waiting = say("Tabellerna", "Tables"), preparing.waiting_migrations()
    if waiting:
        detail = say(f"{len(waiting)} steg saknas", f"{len(waiting)} steps missing")
        yield wrong(what, f"{detail} ({', '.join(waiting[:3])})", say("Kör ”loftet migrate”.", "Run “loftet migrate”."))
    else:
        yield ok(what)


def protected() -> Iterator[Finding]:
    """The triggers that refuse changes stand."""
    what, missing = say("Spärrar mot ändring", "Guards against change"), protection.missing()
    if missing:
        detail = say(f"{len(missing)} saknas", f"{len(missing)} missing")
        yield wrong(what, f"{detail} ({', '.join(missing[:3])})", say("Kör ”loftet migrate”.", "Run “loftet migrate”."))
    else:
        yield ok(
            what, say(f"{len(protection.protected_models())} tabeller", f"{len(protection.protected_models())} tables")
        )


def sqlite() -> Iterator[Finding]:
    """SQLite is set so that nothing acknowledged is lost, and its file is whole."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        for pragma, (wanted, swedish, english) in PRAGMAS.items():
            found = cursor.execute(f"PRAGMA {pragma}").fetchone()[0]
            if found == wanted:
                yield ok(f"SQLite {pragma}", str(found))
            else:
                yield wrong(
                    f"SQLite {pragma}",
                    say(f"är {found}, ska vara {wanted}: {swedish}", f"is {found}, should be {wanted}: {english}"),
                    say("Kontrollera DATABASES i inställningarna.", "Check DATABASES in the settings."),
                )
        state = cursor.execute("PRAGMA quick_check(1)").fetchone()[0]
    what = say("SQLite-filen", "SQLite file")
    if state == "ok":
        yield ok(what)
    else:
        yield wrong(what, state, say("Återställ från en säkerhetskopia.", "Restore from a backup."))


def runtime_role() -> Iterator[Finding]:
    """On PostgreSQL the role that the web runs as does not own the tables."""
    if connection.vendor != "postgresql":
        return
    what, role = say("Rollen i PostgreSQL", "PostgreSQL role"), settings.LOFTET_RUNTIME_ROLE
    if not role:
        yield look(
            what,
            say("webben äger tabellerna och kan ta bort spärrarna", "the web owns the tables and can drop the guards"),
            say("Sätt LOFTET_RUNTIME_ROLE, se handboken.", "Set LOFTET_RUNTIME_ROLE, see the operator's guide."),
        )
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = %s", [role])
        found = cursor.fetchone()
        cursor.execute(
            "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() "
            "AND pg_has_role(%s, tableowner, 'member')"
            if found
            else "SELECT 0 WHERE %s IS NOT NULL",
            [role],
        )
        owned = cursor.fetchone()[0]
    if found is None:
        yield wrong(what, say(f"{role} finns inte", f"{role} does not exist"), f"CREATE ROLE {role} LOGIN …")
    elif found[0] or owned:
        yield wrong(
            what,
            say(f"{role} rår över {owned} tabeller", f"{role} has power over {owned} tables"),
            say(
                "Låt en annan roll äga tabellerna, och kör webben som en roll utan särskilda rättigheter.",
                "Let another role own the tables, and run the web as a role without special rights.",
            ),
        )
    else:
        yield ok(what, role)


def register() -> Iterator[Finding]:
    """The register holds against its own public key."""
    what = say("Löftesboken", "Register")
    if not keys.public_key_path().exists():
        return
    outcome = registercheck.check(keys.public_key())
    detail = " ".join(outcome.sentences())
    if outcome.holds and (fault := keeping.fault()):
        yield wrong(what, say("skrivs inte under", "is not being signed"), fault)
    elif outcome.holds:
        yield ok(what, detail)
    else:
        yield wrong(
            what,
            detail,
            say(
                "Rör inget. Spara en kopia av databasen och jämför med en säkerhetskopia.",
                "Touch nothing. Keep a copy of the database and compare with a backup.",
            ),
        )
