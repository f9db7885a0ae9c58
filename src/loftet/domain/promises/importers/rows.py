"""A retold promise as rows, and back. Called inside the importer's transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from loftet.domain.promises.importers.record import FLAGS, ToldMeasure, ToldPromise
from loftet.domain.promises.models.retold import RetoldMeasure, RetoldPlace, RetoldPromise, RetoldResponsible

PLAIN = (
    "source_key", "record_type", "level", "year_from", "year_to", "starts", "ends", "problem", "outcome_goal",
    "followup", "reported_outcome", "source_url", "whole_page_read", "unrecognised",
)  # fmt: skip
LISTS = ("basis", "signatory_roles", "more_sources")
MEASURE_PLAIN = ("text", "amount", "unit", "per", "aggregation", "where", "when", "unrecognised")


def add(told: ToldPromise, at: datetime) -> RetoldPromise:
    """Store a record that was not there before."""
    promise = RetoldPromise.objects.create(**_columns(told), imported_at=at)
    _add_parts(promise, told)
    return promise


def replace(promise: RetoldPromise, told: ToldPromise, at: datetime) -> RetoldPromise:
    """Let a record take the place of an older retelling. Its permanent id stays."""
    for name, value in {**_columns(told), "imported_at": at}.items():
        setattr(promise, name, value)
    promise.save()
    promise.places.all().delete()
    promise.measures.all().delete()
    _add_parts(promise, told)
    return promise


def read_back(promise: RetoldPromise) -> ToldPromise:
    """What the rows say. Load them with `queries.retold.loaded()` to keep the queries few."""
    plain: dict[str, Any] = {name: getattr(promise, name) for name in PLAIN}
    lists: dict[str, Any] = {name: tuple(getattr(promise, name)) for name in LISTS}
    return ToldPromise(
        **plain,
        **lists,
        flags={attribute: getattr(promise, attribute) for attribute in FLAGS.values()},
        municipalities=tuple(place.municipality for place in promise.places.all()),
        measures=tuple(_measure_read_back(measure) for measure in promise.measures.all()),
    )


def _measure_read_back(measure: RetoldMeasure) -> ToldMeasure:
    plain: dict[str, Any] = {name: getattr(measure, name) for name in MEASURE_PLAIN}
    return ToldMeasure(**plain, responsible=tuple((who.party, who.name) for who in measure.responsible.all()))


def _columns(told: ToldPromise) -> dict[str, Any]:
    plain = {name: getattr(told, name) for name in PLAIN}
    return plain | {name: list(getattr(told, name)) for name in LISTS} | told.flags


def _add_parts(promise: RetoldPromise, told: ToldPromise) -> None:
    RetoldPlace.objects.bulk_create(
        RetoldPlace(promise=promise, municipality=municipality, number=n)
        for n, municipality in enumerate(told.municipalities, start=1)
    )
    for n, measure in enumerate(told.measures, start=1):
        plain = {name: getattr(measure, name) for name in MEASURE_PLAIN}
        row = RetoldMeasure.objects.create(promise=promise, number=n, **plain)
        RetoldResponsible.objects.bulk_create(
            RetoldResponsible(measure=row, number=m, party=party, name=name)
            for m, (party, name) in enumerate(measure.responsible, start=1)
        )
