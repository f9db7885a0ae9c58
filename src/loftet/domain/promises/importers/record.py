"""A retold promise between the file and the database: its parts, and its own form in the file.

`to_record` is the way back out. What the file said is said again, field by field: nothing is lost on the way.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from loftet.domain.places.models import Municipality
from loftet.domain.plans.models import MeasureWording
from loftet.domain.promises.models.retold import Known, RetoldPromise, RetoldResponsible

Per, Aggregation = MeasureWording.Per, MeasureWording.Aggregation
Party = RetoldResponsible.Party

# The file's words. They are a format and stay as they are, also when the words on the pages change.
RECORD_TYPES = {
    "löfte": RetoldPromise.RecordType.PROMISE,
    "uppföljning": RetoldPromise.RecordType.FOLLOWUP,
    "förlängning": RetoldPromise.RecordType.EXTENSION,
}
LEVELS = {
    "kommun": RetoldPromise.Level.MUNICIPALITY,
    "stadsdel": RetoldPromise.Level.DISTRICT,
    "tema": RetoldPromise.Level.THEME,
}
KNOWN = {"ja": Known.YES, "delvis": Known.PARTLY, "nej": Known.NO, "okänt": Known.UNKNOWN}
FLAGS = {
    "problem": "has_problem",
    "konkret_åtgärd_vem_när": "has_concrete_measure",
    "uppföljning_med_mått": "has_measured_followup",
}
PERIODS = {
    "vecka": Per.WEEK,
    "månad": Per.MONTH,
    "kvartal": Per.QUARTER,
    "termin": Per.TERM,
    "år": Per.YEAR,
    "perioden": Per.WHOLE,
}
AGGREGATIONS = {"snitt": Aggregation.AVERAGE, "minst": Aggregation.AT_LEAST, "totalt": Aggregation.TOTAL}
PARTIES = {"polis": Party.POLICE, "kommun": Party.MUNICIPALITY}
OTHER_PARTY = "annan:"


@dataclass(frozen=True)
class ToldMeasure:
    """A measure as told. Empty text and None mean that the source does not say."""

    text: str
    responsible: tuple[tuple[str, str], ...] = ()
    amount: Decimal | None = None
    unit: str = ""
    per: str = ""
    aggregation: str = ""
    where: str = ""
    when: str = ""
    unrecognised: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class ToldPromise:
    """A record as told, with its words recognised as far as they are known."""

    source_key: str
    municipalities: tuple[Municipality, ...]
    record_type: str
    level: str
    year_from: int | None
    year_to: int | None
    starts: date | None
    ends: date | None
    problem: str
    outcome_goal: str
    followup: str
    reported_outcome: str
    basis: tuple[str, ...]
    signatory_roles: tuple[str, ...]
    source_url: str
    more_sources: tuple[str, ...]
    whole_page_read: bool | None
    flags: dict[str, str]
    measures: tuple[ToldMeasure, ...]
    unrecognised: dict[str, Any] = field(default_factory=dict)


def to_record(told: ToldPromise) -> dict[str, Any]:
    """Tell the record again in the form of the file. What was not recognised stands where it stood."""
    flags = {name: _word(KNOWN, told.flags[attribute]) for name, attribute in FLAGS.items()}
    unrecognised = dict(told.unrecognised)
    flags |= unrecognised.pop("flaggor", {})
    record = {
        "id": told.source_key,
        "kommun": [municipality.name for municipality in told.municipalities],
        "ar_fran": told.year_from,
        "ar_till": told.year_to,
        "posttyp": _word(RECORD_TYPES, told.record_type),
        "nivå": _word(LEVELS, told.level),
        "kalla_url": told.source_url,
        "hela_sidan_lästes": told.whole_page_read,
        "underlag": list(told.basis),
        "problem": told.problem or None,
        "mål_effekt": told.outcome_goal or None,
        "åtgärder": [_measure_record(measure) for measure in told.measures],
        "uppföljning": told.followup or None,
        "utfall_redovisat": told.reported_outcome or None,
        "undertecknare_roller": list(told.signatory_roles),
        "flaggor": flags,
    }
    if told.starts and told.ends:
        record["period_exakt"] = f"{told.starts.isoformat()}/{told.ends.isoformat()}"
    if told.more_sources:
        record["fler_källor"] = list(told.more_sources)
    return record | unrecognised


def unrecognised_in(told: ToldPromise) -> Iterator[tuple[str, Any]]:
    """What the importer did not know, as (path in the record, value). Lists count from 1: ”åtgärder[2].per”."""
    for name, value in told.unrecognised.items():
        if name == "flaggor":
            yield from ((f"flaggor.{flag}", inner) for flag, inner in value.items())
        else:
            yield name, value
    for n, measure in enumerate(told.measures, start=1):
        unknown = (name for party, name in measure.responsible if party == Party.UNRECOGNISED)
        yield from ((f"åtgärder[{n}].ansvarig", name) for name in unknown)
        yield from ((f"åtgärder[{n}].{name}", value) for name, value in measure.unrecognised.items())


def _measure_record(measure: ToldMeasure) -> dict[str, Any]:
    said = {
        "antal": _plain_number(measure.amount),
        "enhet": measure.unit,
        "per": _per_word(measure.per, measure.aggregation),
        "plats": measure.where,
        "nar": measure.when,
    }
    record: dict[str, Any] = {
        "text": measure.text,
        "ansvarig": [_party_word(party, name) for party, name in measure.responsible],
    }
    record |= {name: value for name, value in said.items() if value is not None and value != ""}
    return record | measure.unrecognised


def _word(words: Mapping[str, str], key: str) -> str | None:
    """The file's word for a key; None for a key that has none (OTHER: the word stands among the unrecognised)."""
    return next((word for word, known in words.items() if known == key), None)


def _per_word(per: str, aggregation: str) -> str:
    word, how = _word(PERIODS, per) or "", _word(AGGREGATIONS, aggregation)
    return f"{word} ({how})" if how else word


def _party_word(party: str, name: str) -> str:
    if party == Party.OTHER:
        return OTHER_PARTY + name
    return name if party == Party.UNRECOGNISED else _word(PARTIES, party) or ""


def _plain_number(amount: Decimal | None) -> int | float | None:
    if amount is None:
        return None
    return int(amount) if amount == amount.to_integral_value() else float(amount)
