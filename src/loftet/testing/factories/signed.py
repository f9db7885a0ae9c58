"""What both parties sign: pictures with problems, promises with measures and targets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

from loftet.domain.base import clock
from loftet.domain.dialogues.models import Dialogue
from loftet.domain.indicators import actions as indicators
from loftet.domain.indicators.models import Measurement, Series
from loftet.domain.plans import actions as plans
from loftet.domain.plans.models import Agreement, Measure
from loftet.domain.promises import actions as promises
from loftet.domain.promises.models import Promise
from loftet.domain.signing import actions as signing
from loftet.domain.signing.models import Version
from loftet.domain.situation import actions as situation
from loftet.domain.situation.models import Picture, Problem
from loftet.domain.understanding.models import Need
from loftet.testing.cast import Cast
from loftet.testing.confirming import confirmed

PROBLEM = {
    "title": "Otryggt i centrum sena kvällar",
    "what": "Många undviker centrum på kvällen, för att det är mörkt och tomt.",
    "where": "Stortorget och stadsparken",
    "when": "fredag och lördag kväll",
    "for_whom": "de som går hem till fots",
    "extent": "I enkäten svarade 46 av 100 att de känner sig otrygga.",
    "causes": "Dålig belysning och få vuxna på plats.",
}
PROMISE = {
    "title": "Lugnare kvällar i centrum",
    "summary": "Vi är på plats, gör torget ljusare och håller fritidsgården öppen.",
    "followup": "Samma fråga ställs igen efter ett år. Resultatet tas upp i kommunstyrelsen.",
    "report_every": "quarter",
}
PATROL = {
    "text": "Fotpatrull på torget",
    "amount": Decimal(2),
    "unit": "pass",
    "per": "week",
    "aggregation": "at_least",
}
LIGHTS = {"text": "Ny belysning i stadsparken", "deliverable": "Tjugo nya lampor"}
SERIES = {
    "title": "Otrygga i centrum på kvällen",
    "measures": "Andelen som känner sig otrygga.",
    "does_not_measure": "Hur många brott som sker.",
    "unit": "procent",
    "nature": "outcome",
    "good": "down",
    "source": "Kommunens trygghetsenkät",
}


AGREEMENT = {
    "title": "Samverkansöverenskommelse för Provby",
    "purpose": "Vi arbetar tillsammans för färre brott och större trygghet.",
    "area": "Hela Provby kommun.",
    "focus": "Trygghet i centrum\nUnga på kvällstid",
    "steering_members": "Kommunstyrelsens ordförande och lokalpolisområdeschefen",
    "steering_meets": "två gånger om året",
    "working_members": "Trygghetssamordnaren och kommunpolisen",
    "working_meets": "varannan vecka",
    "followup": "Styrgruppen följer upp varje höst och berättar för fullmäktige.",
    "contacts": "Kommunens trygghetssamordnare\nKommunpolisen",
}


def sign_by_both(cast: Cast, version: Version, sign: Callable, *, at: datetime | None = None) -> None:
    """Let both parties decide and sign, with the verb of the step that owns the document."""
    at = at or clock.now()
    for hat in (cast.chair, cast.chief):
        signing.approve(version=version, by=hat, body=hat.title, decided_on=clock.day_of(at), at=at)
        sign(version=version, digest=version.digest, by=hat, title=hat.title, confirmation=confirmed(at), at=at)


def make_picture(
    cast: Cast,
    *,
    at: datetime | None = None,
    title: str = "Gemensam problembild för Provby",
    summary: str = "Centrum är otryggt på kvällen.",
    starts: date | None = None,
    ends: date | None = None,
    is_signed: bool = True,
) -> Picture:
    """Make a joint picture with one problem, signed by both or as a draft."""
    at = at or clock.now()
    drafted = at - timedelta(days=7)
    starts = starts or clock.day_of(at)
    picture = situation.draft_picture(
        by=cast.coordinator,
        partnership=cast.partnership,
        municipality=cast.municipality,
        title=title,
        summary=summary,
        starts=starts,
        ends=ends or starts + timedelta(days=700),
        at=drafted,
    )
    make_problem(cast, picture, at=drafted)
    if is_signed:
        version = situation.propose_picture(picture=picture, by=cast.coordinator, at=drafted + timedelta(days=1))
        sign_by_both(cast, version, situation.sign_picture, at=at)
    return picture


def make_problem(
    cast: Cast,
    picture: Picture,
    *,
    dialogue: Dialogue | None = None,
    needs: Sequence[Need] = (),
    at: datetime | None = None,
    **words: str,
) -> Problem:
    """Add a problem with a dated source: a dialogue if one is given, else one of the staff's own."""
    at = at or clock.now()
    problem = situation.add_problem(picture=picture, by=cast.coordinator, needs=needs, at=at, **{**PROBLEM, **words})
    situation.add_source(
        problem=problem,
        by=cast.coordinator,
        kind="dialogue" if dialogue else "staff_dialogue",
        title=f"Medborgardialogen ”{dialogue.title}”" if dialogue else "Samtal med fältgruppen",
        dated=clock.day_of(at - timedelta(days=20)),
        dialogue=dialogue.public_id if dialogue else "",
        at=at,
    )
    return problem


def make_measure(
    cast: Cast,
    *,
    for_police: bool = False,
    starts: date | None = None,
    ends: date | None = None,
    at: datetime | None = None,
    **words,
) -> Measure:
    """Make a measure: the town's lights, or the police's patrol with an amount."""
    at = at or clock.now()
    starts = starts or clock.day_of(at)
    return plans.add_measure(
        by=cast.police_coordinator if for_police else cast.coordinator,
        partnership=cast.partnership,
        organisations=[cast.police if for_police else cast.town],
        starts=starts,
        ends=ends or starts + timedelta(days=364),
        at=at,
        **{**(PATROL if for_police else LIGHTS), **words},
    )


def make_series(cast: Cast, *, at: datetime | None = None, **words) -> Series:
    """Make a figure over time."""
    return indicators.add_series(by=cast.coordinator, municipality=cast.municipality, at=at, **{**SERIES, **words})


def make_measurement(
    cast: Cast, series: Series, *, value: object = 46, on: date | None = None, at: datetime | None = None, **facts
) -> Measurement:
    """Record a value for the month that ends on a day."""
    at = at or clock.now()
    last = on or clock.day_of(at) - timedelta(days=1)
    return indicators.record_measurement(
        series=series,
        by=cast.coordinator,
        period_start=last - timedelta(days=29),
        period_end=last,
        value=Decimal(str(value)),
        at=at,
        **facts,
    )


def make_agreement(
    cast: Cast,
    *,
    at: datetime | None = None,
    starts: date | None = None,
    ends: date | None = None,
    is_proposed: bool = True,
    is_signed: bool = True,
    **words: str,
) -> Agreement:
    """Make an agreement, in force at `at`; or proposed, or the municipality's own draft. It runs for three years."""
    at = at or clock.now()
    drafted, starts = at - timedelta(days=7), starts or clock.day_of(at)
    agreement = plans.draft_agreement(
        by=cast.coordinator,
        partnership=cast.partnership,
        starts=starts,
        ends=ends or starts + timedelta(days=1094),
        at=drafted,
        **{**AGREEMENT, **words},
    )
    if is_proposed or is_signed:
        version = plans.propose_agreement(agreement=agreement, by=cast.coordinator, at=drafted + timedelta(days=1))
        if is_signed:
            sign_by_both(cast, version, plans.sign_agreement, at=at)
    return agreement


def make_promise(
    cast: Cast,
    *,
    at: datetime | None = None,
    problem: Problem | None = None,
    measures: Sequence[Measure] | None = None,
    starts: date | None = None,
    ends: date | None = None,
    is_sharp: bool = True,
    is_proposed: bool = True,
    is_signed: bool = True,
    **words,
) -> Promise:
    """Make a promise, in force at `at`; or proposed, or a draft. An ambition lacks a target."""
    at = at or clock.now()
    drafted, starts = at - timedelta(days=14), starts or clock.day_of(at)
    ends = ends or starts + timedelta(days=364)
    problem = problem or make_picture(cast, at=drafted).problems.get()
    promise = promises.draft_promise(
        by=cast.coordinator,
        partnership=cast.partnership,
        municipality=cast.municipality,
        problem=problem,
        starts=starts,
        ends=ends,
        at=drafted,
        **{**PROMISE, **words},
    )
    if measures is None:
        measures = [make_measure(cast, for_police=p, starts=starts, ends=ends, at=drafted) for p in (False, True)]
    for measure in measures:
        promises.include_measure(promise=promise, measure=measure, by=cast.coordinator, at=drafted)
    if is_sharp:
        make_target(cast, promise, at=drafted)
    if is_proposed or is_signed:
        version = promises.propose(promise=promise, by=cast.coordinator, at=drafted + timedelta(days=7))
        if is_signed:
            sign_by_both(cast, version, promises.sign, at=at)
    return promise


def make_target(cast: Cast, promise: Promise, *, series: Series | None = None, at: datetime | None = None):
    """Set a target on a series with a baseline that is measured."""
    at = at or clock.now()
    if series is None:
        series = make_series(cast, at=at)
        make_measurement(cast, series, value=46, n=588, at=at)
    return promises.add_target(
        promise=promise,
        by=cast.coordinator,
        series=series,
        baseline=Decimal(46),
        baseline_period="våren före löftet",
        value=Decimal(38),
        due=promise.ends,
        method="Andelen av dem som svarade, samma fråga och samma urval som förra gången.",
        at=at,
    )
