"""Triggers that make append-only tables refuse UPDATE, DELETE, REPLACE, upsert and TRUNCATE in the database itself.

Declared once, from the models that are `AppendOnly`; reinstalled after every migrate, because a table rebuild on SQLite
drops them silently; compared by `missing()`, which the command `loftet doctor` prints.
What an owner of the database does is not stopped here but found by `loftet verify`.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connections

from loftet.domain.base.models import AppendOnly

MESSAGE = "append-only"


def protected_models() -> list[type[AppendOnly]]:
    """Every concrete append-only model, in the order of their tables' names."""
    found = [m for m in apps.get_models() if issubclass(m, AppendOnly) and not m._meta.proxy and m._meta.managed]
    return sorted(found, key=lambda m: m._meta.db_table)


def expected_names(table: str, vendor: str) -> list[str]:
    """The names of the triggers that guard a table."""
    kinds = ["update", "delete", "replace"] if vendor == "sqlite" else ["change", "truncate"]
    return [f"{table}_refuse_{kind}" for kind in kinds]


def install(*, using: str = "default") -> None:
    """Put every trigger in place anew, and on PostgreSQL give the runtime role no more than it needs."""
    connection = connections[using]
    existing = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRES_FUNCTION)
        for model in protected_models():
            if model._meta.db_table in existing:
                for statement in _statements(model, connection.vendor):
                    cursor.execute(statement)
        if connection.vendor == "postgresql" and settings.LOFTET_RUNTIME_ROLE:
            _grant(cursor, connection, existing)


def missing(*, using: str = "default") -> list[str]:
    """Names of triggers that should stand in the database and do not, or are switched off."""
    connection = connections[using]
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        present = {row[0] for row in cursor.fetchall()}
    wanted = [name for m in protected_models() for name in expected_names(m._meta.db_table, connection.vendor)]
    return [name for name in wanted if name not in present]


def _statements(model: type[AppendOnly], vendor: str) -> list[str]:
    table = model._meta.db_table
    if vendor == "postgresql":
        change, truncate = expected_names(table, vendor)
        return [
            f'DROP TRIGGER IF EXISTS "{change}" ON "{table}"',
            f'CREATE TRIGGER "{change}" BEFORE UPDATE OR DELETE ON "{table}" '
            "FOR EACH ROW EXECUTE FUNCTION loftet_refuse_change()",
            f'DROP TRIGGER IF EXISTS "{truncate}" ON "{table}"',
            f'CREATE TRIGGER "{truncate}" BEFORE TRUNCATE ON "{table}" '
            "FOR EACH STATEMENT EXECUTE FUNCTION loftet_refuse_change()",
        ]
    update, delete, replace = expected_names(table, vendor)
    refuse = f"BEGIN SELECT RAISE(ABORT, '{table}: {MESSAGE}'); END"
    same_row = " OR ".join(_conflicts(model))
    return [
        f'DROP TRIGGER IF EXISTS "{update}"',
        f'CREATE TRIGGER "{update}" BEFORE UPDATE ON "{table}" {refuse}',
        f'DROP TRIGGER IF EXISTS "{delete}"',
        f'CREATE TRIGGER "{delete}" BEFORE DELETE ON "{table}" {refuse}',
        # REPLACE deletes the old row without asking the delete trigger unless recursive_triggers is on. This one does
        # not depend on how the connection was opened.
        f'DROP TRIGGER IF EXISTS "{replace}"',
        f'CREATE TRIGGER "{replace}" BEFORE INSERT ON "{table}" WHEN EXISTS (SELECT 1 FROM "{table}" WHERE {same_row}) '
        f"{refuse}",
    ]


def _conflicts(model: type[AppendOnly]) -> list[str]:
    """One SQL condition for each way in which a new row could take the place of an old one."""
    unique: list[list[Any]] = [[f] for f in model._meta.local_fields if f.unique]
    unique += [[model._meta.get_field(n) for n in names] for names in model._meta.unique_together]
    unique += [[model._meta.get_field(n) for n in c.fields] for c in model._meta.total_unique_constraints]
    return [" AND ".join(f'"{f.column}" = NEW."{f.column}"' for f in fields) for fields in unique]


_POSTGRES_FUNCTION = f"""
CREATE OR REPLACE FUNCTION loftet_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  RAISE EXCEPTION '%: {MESSAGE}', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END
$body$
"""


def _grant(cursor, connection, existing: set[str]) -> None:
    role = connection.ops.quote_name(settings.LOFTET_RUNTIME_ROLE)
    guarded = {m._meta.db_table for m in protected_models()}
    cursor.execute(f"GRANT USAGE ON SCHEMA public TO {role}")
    cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}")
    for table in sorted(existing):
        rights = "SELECT, INSERT" if table in guarded else "SELECT, INSERT, UPDATE, DELETE"
        cursor.execute(f'REVOKE ALL ON "{table}" FROM {role}')
        cursor.execute(f'GRANT {rights} ON "{table}" TO {role}')
