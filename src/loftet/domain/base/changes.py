"""What an edit changed, as the history keeps it: each changed field before and after."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models

KEY = "changes"


def kept(thing: models.Model, fields: Iterable[str], **more: Iterable[str]) -> dict[str, Any]:
    """What the database holds of a thing's fields: ask before the edit and after it, so that both have one form.

    `more` are lists of words that lie beside it, by name.
    """
    row = type(thing)._base_manager.filter(pk=thing.pk).values(*fields).first() or {}
    return {**row, **{name: list(values) for name, values in more.items()}}


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """The event's data: every field that differs, as [before, after] in plain JSON."""
    differing = {name: [_plain(before.get(name)), _plain(value)] for name, value in after.items()}
    return {KEY: {name: pair for name, pair in differing.items() if pair[0] != pair[1]}}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value
