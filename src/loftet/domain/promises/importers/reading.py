"""Reading one record of the file. What cannot be read raises `Unreadable`; what is not known is kept as it stands."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from math import isfinite
from typing import Any
from urllib.parse import urlsplit

from loftet.domain.places.models import Municipality
from loftet.domain.promises.importers.record import (
    AGGREGATIONS,
    FLAGS,
    KNOWN,
    LEVELS,
    OTHER_PARTY,
    PARTIES,
    PERIODS,
    RECORD_TYPES,
    Party,
    ToldMeasure,
    ToldPromise,
)
from loftet.domain.promises.importers.report import Unreadable
from loftet.domain.promises.models.retold import Known, RetoldMeasure, RetoldPromise, RetoldResponsible

# A note to those who build the data model; it says nothing about the promise.
NOT_READ = frozenset({"notering_för_datamodell"})
FIELDS = NOT_READ | {
    "id", "kommun", "ar_fran", "ar_till", "period_exakt", "posttyp", "nivå", "kalla_url", "fler_källor",
    "hela_sidan_lästes", "underlag", "problem", "mål_effekt", "åtgärder", "uppföljning", "utfall_redovisat",
    "undertecknare_roller", "flaggor",
}  # fmt: skip
MEASURE_FIELDS = frozenset({"text", "ansvarig", "antal", "enhet", "per", "plats", "nar"})
EARLIEST_YEAR, LATEST_YEAR = 1900, 2100
DEEPEST = 20
LARGEST_AMOUNT = Decimal(10) ** 8
PER = re.compile(r"(?P<period>\w+)(?: \((?P<how>\w+)\))?")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class JsonObject(dict):
    """A JSON object that remembers the names that stood in it twice (a plain dict silently keeps the last)."""

    repeated: tuple[str, ...] = ()

    @classmethod
    def of_pairs(cls, pairs: list[tuple[str, Any]]) -> JsonObject:
        """For `json.loads(…, object_pairs_hook=…)`."""
        made = cls(pairs)
        names = [name for name, _ in pairs]
        made.repeated = tuple(name for name in made if names.count(name) > 1)
        return made


def folded(name: str) -> str:
    """A municipality's name without regard to case, outer or doubled spaces."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def key_of(record: Any) -> str | None:
    """The record's id, when it has a readable one."""
    key = record.get("id") if isinstance(record, dict) else None
    return key if isinstance(key, str) and key.strip() and key.isprintable() else None


def read(record: Any, places: Mapping[str, Municipality]) -> ToldPromise:
    """Read a record of the file. `places` holds the municipalities by `folded` name. Never changes the record."""
    if not isinstance(record, dict):
        raise Unreadable("not_an_object")
    _must_be_savable(record, "")
    first, last = _year(record, "ar_fran"), _year(record, "ar_till")
    if first is not None and last is not None and last < first:
        raise Unreadable("years_reversed")
    kept = {name: value for name, value in record.items() if name not in FIELDS}
    starts, ends = _exact_period(record)
    return ToldPromise(
        source_key=_key(record),
        municipalities=_municipalities(record, places),
        record_type=_word(record, "posttyp", RECORD_TYPES, RetoldPromise.RecordType.OTHER, kept),
        level=_word(record, "nivå", LEVELS, RetoldPromise.Level.OTHER, kept),
        year_from=first,
        year_to=last,
        starts=starts,
        ends=ends,
        problem=_text(record, "problem"),
        outcome_goal=_text(record, "mål_effekt"),
        followup=_text(record, "uppföljning"),
        reported_outcome=_text(record, "utfall_redovisat"),
        basis=_texts(record, "underlag"),
        signatory_roles=_texts(record, "undertecknare_roller"),
        source_url=_source(record),
        more_sources=_texts(record, "fler_källor"),
        whole_page_read=_yes_or_no(record, "hela_sidan_lästes", kept),
        flags=_flags(record, kept),
        measures=_measures(record),
        unrecognised=kept,
    )


def _key(record: dict) -> str:
    value = _required_text(record, "id", RetoldPromise, "source_key")
    if not value.isprintable():
        raise Unreadable("unsavable", field="id")
    return value


def _measures(record: dict) -> tuple[ToldMeasure, ...]:
    if record.get("åtgärder") is None:
        raise Unreadable("missing", field="åtgärder")
    if not isinstance(record["åtgärder"], list):
        raise Unreadable("not_a_list", field="åtgärder")
    return tuple(_measure(told, f"åtgärder[{n}]") for n, told in enumerate(record["åtgärder"], start=1))


def _measure(told: Any, path: str) -> ToldMeasure:
    if not isinstance(told, dict):
        raise Unreadable("not_fields", field=path)
    kept = {name: value for name, value in told.items() if name not in MEASURE_FIELDS}
    per, aggregation = _per(told, kept)
    return ToldMeasure(
        text=_required_text(told, "text", RetoldMeasure, "text", path),
        responsible=_responsible(told, path),
        amount=_amount(told, path),
        unit=_text(told, "enhet", RetoldMeasure, "unit", path),
        per=per,
        aggregation=aggregation,
        where=_text(told, "plats", RetoldMeasure, "where", path),
        when=_text(told, "nar", RetoldMeasure, "when", path),
        unrecognised=kept,
    )


def _responsible(told: dict, path: str) -> tuple[tuple[str, str], ...]:
    found = []
    for word in _texts(told, "ansvarig", path):
        name = word.removeprefix(OTHER_PARTY)
        if word in PARTIES:
            found.append((PARTIES[word].value, ""))
        elif word.startswith(OTHER_PARTY) and name.strip():
            found.append((Party.OTHER.value, name))
        else:
            found.append((Party.UNRECOGNISED.value, word))
        _must_fit(found[-1][1], RetoldResponsible, "name", f"{path}.ansvarig")
    return tuple(found)


def _per(told: dict, kept: dict) -> tuple[str, str]:
    """The period, and how the amount is counted when the source says so: ”vecka (snitt)” is an average per week."""
    value = told.get("per")
    if value is None or value == "":
        return "", ""
    match = PER.fullmatch(value) if isinstance(value, str) else None
    how = match["how"] if match else None
    if match and match["period"] in PERIODS and (how is None or how in AGGREGATIONS):
        return PERIODS[match["period"]].value, AGGREGATIONS[how].value if how else ""
    kept["per"] = value
    return "", ""


def _amount(told: dict, path: str) -> Decimal | None:
    value = told.get("antal")
    if value is None:
        return None
    amount: Decimal | None = None
    if isinstance(value, int | float) and not isinstance(value, bool):
        # A float by its shortest exact writing: 0.1 is a tenth and not 0.1000000000000000055….
        amount = Decimal(value) if isinstance(value, int) else Decimal(str(value))
    if amount is None or not 0 <= amount < LARGEST_AMOUNT or amount != round(amount, 2):
        raise Unreadable("bad_amount", field=f"{path}.antal")
    return amount


def _municipalities(record: dict, places: Mapping[str, Municipality]) -> tuple[Municipality, ...]:
    names = _texts(record, "kommun")
    if not names:
        raise Unreadable("missing", field="kommun")
    found: list[Municipality] = []
    for name in names:
        municipality = places.get(folded(name))
        if municipality is None:
            raise Unreadable("unknown_municipality", name=name)
        if municipality in found:
            raise Unreadable("municipality_twice", name=municipality.name)
        found.append(municipality)
    return tuple(found)


def _source(record: dict) -> str:
    value = _required_text(record, "kalla_url", RetoldPromise, "source_url")
    if not is_web_address(value):
        raise Unreadable("bad_source", field="kalla_url")
    return value


def is_web_address(value: str) -> bool:
    """Whether a text can be linked to: http or https, a host, and no spaces or control characters."""
    if any(c.isspace() or not c.isprintable() for c in value):
        return False
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def _exact_period(record: dict) -> tuple[date | None, date | None]:
    value = record.get("period_exakt")
    if value is None or value == "":
        return None, None
    days = value.split("/") if isinstance(value, str) else []
    try:
        if len(days) != 2 or not all(DAY.fullmatch(day) for day in days):
            raise ValueError(value)
        starts, ends = (date.fromisoformat(day) for day in days)
    except ValueError as error:
        raise Unreadable("bad_period") from error
    if ends < starts:
        raise Unreadable("bad_period")
    return starts, ends


def _year(record: dict, name: str) -> int | None:
    value = record.get(name)
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or not EARLIEST_YEAR <= value <= LATEST_YEAR:
        raise Unreadable("not_a_year", field=name)
    return value


def _flags(record: dict, kept: dict) -> dict[str, str]:
    told = record.get("flaggor")
    if told is not None and not isinstance(told, dict):
        raise Unreadable("not_fields", field="flaggor")
    told = told or {}
    kept_flags = {name: value for name, value in told.items() if name not in FLAGS}
    flags = {attribute: _word(told, name, KNOWN, Known.UNKNOWN, kept_flags) for name, attribute in FLAGS.items()}
    if kept_flags:
        kept["flaggor"] = kept_flags
    return flags


def _word(record: dict, name: str, words: Mapping[str, Any], otherwise: Any, kept: dict) -> str:
    """The key for a word of a closed list. A word outside the list is kept as it stands."""
    value = record.get(name)
    if isinstance(value, str) and value in words:
        return words[value].value
    if value is not None:
        kept[name] = value
    return otherwise.value


def _yes_or_no(record: dict, name: str, kept: dict) -> bool | None:
    value = record.get(name)
    if value is None or isinstance(value, bool):
        return value
    kept[name] = value
    return None


def _texts(record: dict, name: str, path: str = "") -> tuple[str, ...]:
    value = record.get(name)
    where = f"{path}.{name}" if path else name
    if value is None:
        return ()
    if not isinstance(value, list):
        raise Unreadable("not_a_list", field=where)
    for item in value:
        if not isinstance(item, str):
            raise Unreadable("not_text", field=where)
    return tuple(value)


def _required_text(record: dict, name: str, model: Any, attribute: str, path: str = "") -> str:
    value = _text(record, name, model, attribute, path)
    if not value:
        raise Unreadable("missing", field=f"{path}.{name}" if path else name)
    return value


def _text(record: dict, name: str, model: Any = None, attribute: str = "", path: str = "") -> str:
    """A text as it stands; blank means that nothing is told."""
    value = record.get(name)
    where = f"{path}.{name}" if path else name
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Unreadable("not_text", field=where)
    if model is not None:
        _must_fit(value, model, attribute, where)
    return value if value.strip() else ""


def _must_fit(value: str, model: Any, attribute: str, where: str) -> None:
    limit = model._meta.get_field(attribute).max_length
    if len(value) > limit:
        raise Unreadable("too_long", field=where, limit=limit)


def _must_be_savable(value: Any, path: str, depth: int = 0) -> None:
    """Refuse what a database cannot hold (NUL, half characters, infinity, deep nesting) and fields told twice."""
    if isinstance(value, str):
        fits = "\x00" not in value and not any("\ud800" <= c <= "\udfff" for c in value)
    else:
        fits = depth <= DEEPEST and (not isinstance(value, float) or isfinite(value))
    if not fits:
        raise Unreadable("unsavable", field=path or "Posten")
    if isinstance(value, dict):
        for name, inner in value.items():
            _must_be_savable(name, path)
            _must_be_savable(inner, f"{path}.{name}".lstrip("."), depth + 1)
        for name in getattr(value, "repeated", ()):
            raise Unreadable("repeated_field", field=f"{path}.{name}".lstrip("."))
    elif isinstance(value, list):
        for n, inner in enumerate(value, start=1):
            _must_be_savable(inner, f"{path}[{n}]", depth + 1)
