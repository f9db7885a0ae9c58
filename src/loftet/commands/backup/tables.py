"""Which tables a backup holds, and how a row becomes a line of JSON and a row again."""

from __future__ import annotations

import datetime
import decimal
import json
import uuid
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connection, models

# Made anew by every installation, true only for the running one, or always empty. Nothing that is backed up points at
# them; a test says so.
LEFT_OUT = frozenset(
    {
        "sessions.Session",
        "usersessions.UserSession",
        "contenttypes.ContentType",
        "auth.Permission",
        "admin.LogEntry",
        "records.OpenDoor",
        "records.Unreachable",
    }
)
# Loaded into every installation by `loftet migrate`; a restore may replace it, because it is no one's work.
BUNDLED = "places"
ROWS_AT_A_TIME = 1000


def included() -> list[type[models.Model]]:
    """Every model with a table of its own that belongs in a backup, also those between two others, by label."""
    found = apps.get_models(include_auto_created=True)
    kept = [m for m in found if m._meta.managed and not m._meta.proxy and m._meta.label not in LEFT_OUT]
    return sorted(kept, key=lambda m: m._meta.label)


def columns(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """The fields whose values are kept: all that have a column, but for what the database works out or alone means."""
    kept = [field for field in model._meta.local_concrete_fields if not field.generated]
    return [field for field in kept if not getattr(field, "is_of_this_database", False)]


def lines(model: type[models.Model]) -> Iterator[bytes]:
    """Yield the rows of a table as lines of JSON, in the order of their keys, without holding them all."""
    fields = columns(model)
    names = [str(field.attname) for field in fields]
    rows = models.QuerySet(model).order_by("pk").values_list(*names).iterator(chunk_size=ROWS_AT_A_TIME)
    for row in rows:
        values = [_out(field, value) for field, value in zip(fields, row, strict=True)]
        yield json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def insert(model: type[models.Model], names: list[str], given: Iterator[bytes]) -> int:
    """Put lines back as rows, exactly as they were, and return how many. `names` says what stands where in a line."""
    fields = {field.attname: field for field in columns(model)}
    wanted = [fields[name] for name in names]
    quote = connection.ops.quote_name
    places = ", ".join(["%s"] * len(wanted))
    into = ", ".join(quote(str(field.column)) for field in wanted)
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({into}) VALUES ({places})"
    count, batch = 0, []
    with connection.cursor() as cursor:
        for line in given:
            batch.append(_row(wanted, line))
            if len(batch) == ROWS_AT_A_TIME:
                cursor.executemany(statement, batch)
                count, batch = count + len(batch), []
        if batch:
            cursor.executemany(statement, batch)
    return count + len(batch)


def holding_rows() -> list[str]:
    """Labels of the tables that hold something a restore would have to mix with: anything but the bundled places."""
    return [m._meta.label for m in included() if m._meta.app_label != BUNDLED and models.QuerySet(m).exists()]


def remove_bundled() -> None:
    """Empty the tables that `loftet migrate` fills, so that the backup's rows take their places."""
    for model in included():
        if model._meta.app_label == BUNDLED:
            models.QuerySet(model)._raw_delete(connection.alias)


def continue_numbering() -> None:
    """Let new rows be numbered after those that were put back, where the database does not see to it by itself."""
    from django.core.management.color import no_style

    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), included()):
            cursor.execute(statement)


def _row(fields: list[models.Field[Any, Any]], line: bytes) -> list[Any]:
    values = zip(fields, json.loads(line), strict=True)
    return [field.get_db_prep_save(_in(field, value), connection=connection) for field, value in values]


def _out(field: models.Field[Any, Any], value: Any) -> Any:
    if value is None or isinstance(field, models.JSONField) or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).isoformat() if value.tzinfo else value.isoformat()
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, decimal.Decimal | uuid.UUID):
        return str(value)
    if isinstance(value, datetime.timedelta):
        return value / datetime.timedelta(microseconds=1)
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    raise TypeError(f"{field} holds a {type(value).__name__}, which a backup cannot write")


def _in(field: models.Field[Any, Any], value: Any) -> Any:
    if value is None or isinstance(field, models.JSONField):
        return value
    if isinstance(field, models.DurationField):
        return datetime.timedelta(microseconds=value)
    if isinstance(field, models.BinaryField):
        return bytes.fromhex(value)
    return field.to_python(value)
