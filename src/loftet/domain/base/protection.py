"""Triggers that make append-only tables refuse UPDATE, DELETE, REPLACE, upsert and TRUNCATE in the database itself.

The one exception goes through the door (`base.models.Door`): for a row that is named there, the words that its model
calls withholdable may be emptied, and a row of a weedable model may be deleted. Nothing else may change on that row.

Declared once, from the models that are `AppendOnly`; reinstalled after every migrate, because a table rebuild on SQLite
drops them silently; compared by `missing()`, which the command `loftet doctor` prints.
What an owner of the database does is not stopped here but found by `loftet verify`.
"""

from __future__ import annotations

import json
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connections

from loftet.domain.base.models import AppendOnly, Door

MESSAGE = "append-only"


def protected_models() -> list[type[AppendOnly]]:
    """Every concrete append-only model, in the order of their tables' names."""
    found = [m for m in apps.get_models() if issubclass(m, AppendOnly) and not m._meta.proxy and m._meta.managed]
    return sorted(found, key=lambda m: m._meta.db_table)


def door() -> type[Door] | None:
    """The table that names the rows that may be emptied or deleted in this transaction."""
    return next((m for m in apps.get_models() if issubclass(m, Door)), None)


def expected_names(table: str, vendor: str) -> list[str]:
    """The names of the triggers that guard a table."""
    kinds = ["update", "delete", "replace"] if vendor == "sqlite" else ["change", "truncate"]
    return [f"{table}_refuse_{kind}" for kind in kinds]


def install(*, using: str = "default") -> None:
    """Put every trigger in place anew, and on PostgreSQL give the runtime role no more than it needs."""
    connection = connections[using]
    existing = set(connection.introspection.table_names())
    way = door()
    opened = way._meta.db_table if way and way._meta.db_table in existing else ""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_postgres_function(opened))
        for model in protected_models():
            if model._meta.db_table in existing:
                for statement in _statements(model, connection.vendor, opened):
                    cursor.execute(statement)
        if connection.vendor == "postgresql" and settings.LOFTET_RUNTIME_ROLE:
            _grant(cursor, connection, existing)


def lift(*, using: str = "default") -> None:
    """Take the triggers away on SQLite while tables change, until `install` puts them back.

    They name the door's table, and SQLite will not rebuild a table that a trigger names.
    """
    connection = connections[using]
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        present = {row[0] for row in cursor.fetchall()}
        for model in protected_models():
            for name in present.intersection(expected_names(model._meta.db_table, "sqlite")):
                cursor.execute(f'DROP TRIGGER "{name}"')


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


def _statements(model: type[AppendOnly], vendor: str, opened: str) -> list[str]:
    return _on_postgres(model) if vendor == "postgresql" else _on_sqlite(model, opened)


def _on_postgres(model: type[AppendOnly]) -> list[str]:
    table = model._meta.db_table
    change, truncate = expected_names(table, "postgresql")
    words = ["weedable" if model.weedable else "kept", json.dumps(_emptied(model), ensure_ascii=False)]
    arguments = ", ".join(f"'{word}'" for word in words)
    return [
        f'DROP TRIGGER IF EXISTS "{change}" ON "{table}"',
        f'CREATE TRIGGER "{change}" BEFORE UPDATE OR DELETE ON "{table}" '
        f"FOR EACH ROW EXECUTE FUNCTION loftet_refuse_change({arguments})",
        f'DROP TRIGGER IF EXISTS "{truncate}" ON "{table}"',
        f'CREATE TRIGGER "{truncate}" BEFORE TRUNCATE ON "{table}" '
        "FOR EACH STATEMENT EXECUTE FUNCTION loftet_refuse_change()",
    ]


def _on_sqlite(model: type[AppendOnly], opened: str) -> list[str]:
    table = model._meta.db_table
    update, delete, replace = expected_names(table, "sqlite")
    refuse = f"BEGIN SELECT RAISE(ABORT, '{table}: {MESSAGE}'); END"
    same_row = " OR ".join(_conflicts(model))
    is_open = f'EXISTS (SELECT 1 FROM "{opened}" WHERE "table" = \'{table}\' AND "row" = OLD."id")'
    emptied = f"WHEN NOT ({is_open} AND {_only_emptied(model)}) " if opened and model.withholdable else ""
    weeded = f"WHEN NOT {is_open} " if opened and model.weedable else ""
    return [
        f'DROP TRIGGER IF EXISTS "{update}"',
        f'CREATE TRIGGER "{update}" BEFORE UPDATE ON "{table}" {emptied}{refuse}',
        f'DROP TRIGGER IF EXISTS "{delete}"',
        f'CREATE TRIGGER "{delete}" BEFORE DELETE ON "{table}" {weeded}{refuse}',
        # REPLACE deletes the old row without asking the delete trigger unless recursive_triggers is on. This one does
        # not depend on how the connection was opened.
        f'DROP TRIGGER IF EXISTS "{replace}"',
        f'CREATE TRIGGER "{replace}" BEFORE INSERT ON "{table}" WHEN EXISTS (SELECT 1 FROM "{table}" WHERE {same_row}) '
        f"{refuse}",
    ]


def _emptied(model: type[AppendOnly]) -> dict[str, str]:
    """By column that may be emptied, what then stands in it, as the database has it in text."""
    columns = {field.name: str(field.column) for field in model._meta.local_concrete_fields}
    return {
        columns[name]: value if isinstance(value, str) else json.dumps(value)
        for name, value in model.withholdable.items()
    }


def _only_emptied(model: type[AppendOnly]) -> str:
    """SQL that holds for an update which empties withholdable columns and changes nothing else."""
    emptied = _emptied(model)
    conditions = []
    for column in (field.column for field in model._meta.local_concrete_fields):
        same = f'NEW."{column}" IS OLD."{column}"'
        conditions.append(f"({same} OR NEW.\"{column}\" = '{emptied[column]}')" if column in emptied else same)
    return " AND ".join(conditions)


def _conflicts(model: type[AppendOnly]) -> list[str]:
    """One SQL condition for each way in which a new row could take the place of an old one."""
    unique: list[list[Any]] = [[f] for f in model._meta.local_fields if f.unique]
    unique += [[model._meta.get_field(n) for n in names] for names in model._meta.unique_together]
    unique += [[model._meta.get_field(n) for n in c.fields] for c in model._meta.total_unique_constraints]
    return [" AND ".join(f'"{f.column}" = NEW."{f.column}"' for f in fields) for fields in unique]


def _postgres_function(opened: str) -> str:
    """The function behind every trigger. Its arguments say what the door may be used for on the table."""
    is_open = f'EXISTS (SELECT 1 FROM "{opened}" WHERE "table" = TG_TABLE_NAME AND "row" = OLD.id)'
    return f"""
CREATE OR REPLACE FUNCTION loftet_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE
  may jsonb := TG_ARGV[1];
  columns text[];
BEGIN
  IF TG_LEVEL = 'ROW' AND {is_open if opened else "false"} THEN
    columns := ARRAY(SELECT jsonb_object_keys(may));
    IF TG_OP = 'DELETE' AND TG_ARGV[0] = 'weedable' THEN
      RETURN OLD;
    END IF;
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - columns = to_jsonb(OLD) - columns AND NOT EXISTS (
      SELECT 1 FROM unnest(columns) AS c
      WHERE to_jsonb(NEW) -> c <> to_jsonb(OLD) -> c AND to_jsonb(NEW) ->> c <> may ->> c
    ) THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION '%: {MESSAGE}', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END
$body$
"""


def _grant(cursor, connection, existing: set[str]) -> None:
    role = connection.ops.quote_name(settings.LOFTET_RUNTIME_ROLE)
    guarded = {m._meta.db_table: m for m in protected_models()}
    cursor.execute(f"GRANT USAGE ON SCHEMA public TO {role}")
    cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}")
    for table in sorted(existing):
        rights = _rights(guarded[table]) if table in guarded else "SELECT, INSERT, UPDATE, DELETE"
        cursor.execute(f'REVOKE ALL ON "{table}" FROM {role}')
        cursor.execute(f'GRANT {rights} ON "{table}" TO {role}')


def _rights(model: type[AppendOnly]) -> str:
    """What the runtime role may do with an append-only table; the triggers ask for the open door besides."""
    columns = ", ".join(f'"{column}"' for column in _emptied(model))
    return "SELECT, INSERT" + (", DELETE" if model.weedable else "") + (f", UPDATE ({columns})" if columns else "")
