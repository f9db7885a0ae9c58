"""Building the demo municipality, step by step up the staircase, with times counted back from today."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction

from loftet.domain.base import clock
from loftet.domain.dialogues import actions as dialogues
from loftet.domain.dialogues.methods.statements import actions as statements
from loftet.domain.dialogues.models import Dialogue
from loftet.domain.followup import actions as followup
from loftet.domain.indicators import actions as indicators
from loftet.domain.parties import actions as parties
from loftet.domain.parties.models import Membership, Organisation, Partnership
from loftet.domain.people import actions as people
from loftet.domain.people import queries as staff
from loftet.domain.places import actions as places
from loftet.domain.places.models import Municipality
from loftet.domain.plans import actions as plans
from loftet.domain.plans.models import Measure
from loftet.domain.promises import actions as promises
from loftet.domain.promises.models import Promise
from loftet.domain.register import actions as register
from loftet.domain.signing import actions as signing
from loftet.domain.situation import actions as situation
from loftet.domain.understanding import actions as understanding
from loftet.domain.understanding import queries as understood
from loftet.testing.confirming import confirmed, give_app
from loftet.testing.demo import registered, retold, texts, votes
from loftet.testing.demo.accounts import ACCOUNTS, PASSWORD

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Year:
    """The demo's calendar: the promise is half-way through its year on the day the demo is built."""

    today: date

    @property
    def starts(self) -> date:
        """The first day of the promise: the first of the month, six months ago."""
        months = self.today.year * 12 + self.today.month - 1 - 6
        return date(months // 12, months % 12 + 1, 1)

    @property
    def ends(self) -> date:
        """The last day of the promise."""
        return date(self.starts.year + 1, self.starts.month, 1) - timedelta(days=1)

    def before(self, days: int, hour: int = 10) -> datetime:
        """A moment so many days before the promise starts."""
        return clock.start_of_day(self.starts - timedelta(days=days)) + timedelta(hours=hour)

    def after(self, days: int, hour: int = 10) -> datetime:
        """A moment so many days after the promise has started."""
        return clock.start_of_day(self.starts + timedelta(days=days)) + timedelta(hours=hour)


@dataclass(frozen=True)
class Cast:
    """Who acts in the demo."""

    municipality: Municipality
    partnership: Partnership
    town: Organisation
    police: Organisation
    hats: dict[str, Membership]


def is_built() -> bool:
    """Whether the demo is in the database."""
    return staff.by_email(ACCOUNTS[0].email) is not None


def build(*, at: datetime | None = None, progress: Progress | None = None) -> bool:
    """Build the demo unless it is there, all of it or nothing. Tells whether it was built."""
    if is_built():
        return False
    at = at or clock.now()
    tell = progress or (lambda _what, _done, _total: None)
    year = Year(clock.day_of(at))
    with transaction.atomic():
        cast = _cast(year)
        _agreement(cast, year)
        dialogue = _centre_dialogue(cast, year, tell)
        needs = _heard(cast, dialogue, year)
        problem = _picture(cast, dialogue, needs, year)
        promise, measures = _promise(cast, problem, year)
        _followup(cast, dialogue, promise, measures, year, at)
        _school_dialogue(cast, at, tell)
        _waiting_picture(cast, year, at)
        registered.load(
            cast.partnership, cast.hats["coordinator"], cast.hats["police_coordinator"], starts=year.starts, at=at
        )
        retold.load(at=at, progress=tell)
    register.sign_checkpoint(at=at)
    return True


def _cast(year: Year) -> Cast:
    at = year.before(400)
    municipality, area = places.add_example(
        code="EX01",
        name="Exempelby",
        local_police_area="Exempelby",
        population=18_450,
        population_year=year.starts.year - 1,
        at=at,
    )
    town = parties.add_organisation(
        kind="municipality",
        name="Exempelby kommun",
        short_name="kommunen",
        municipality=municipality,
        is_example=True,
        at=at,
    )
    parties.add_board(
        organisation=town, name="Kultur- och fritidsnämnden i Exempelby", short_name="kultur- och fritidsnämnden", at=at
    )
    police = parties.add_organisation(
        kind="police",
        name="Polisen, lokalpolisområde Exempelby",
        short_name="polisen",
        local_police_area=area,
        is_example=True,
        at=at,
    )
    partnership = parties.add_partnership(
        name="Exempelby kommun och Polisen",
        organisations=[town, police],
        municipalities=[municipality],
        starts=clock.day_of(at),
        at=at,
    )
    hats = {}
    for account in ACCOUNTS:
        person = people.add_person(email=account.email, name=account.name, password=PASSWORD, at=at)
        if account.role == "signatory":
            give_app(person)
        hats[account.key] = parties.add_membership(
            person=person,
            organisation=police if account.police else town,
            role=account.role,
            title=account.title,
            at=at,
        )
    return Cast(municipality, partnership, town, police, hats)


def _agreement(cast: Cast, year: Year) -> None:
    coordinator, police, at = cast.hats["coordinator"], cast.hats["police_coordinator"], year.before(320)
    starts = clock.day_of(year.before(280))
    agreement = plans.draft_agreement(
        by=coordinator,
        partnership=cast.partnership,
        starts=starts,
        ends=starts + timedelta(days=3 * 365),
        at=at,
        **texts.AGREEMENT,
    )
    signing.share(document=agreement.document, by=coordinator, at=at + timedelta(days=1))
    signing.comment(document=agreement.document, by=police, text=texts.AGREEMENT_COMMENT, at=at + timedelta(days=4))
    version = plans.propose_agreement(agreement=agreement, by=coordinator, at=at + timedelta(days=9))
    _sign_both(cast, version, plans.sign_agreement, at + timedelta(days=20))


def _centre_dialogue(cast: Cast, year: Year, tell: Progress) -> Dialogue:
    opens, closes = year.before(150), year.before(115)
    dialogue, asked = _ask(cast, texts.CENTRE_DIALOGUE, texts.CENTRE_STATEMENTS, opens, closes, answer_by=year.starts)
    _decline(cast, dialogue, opens + timedelta(days=3))
    votes.take_part(
        dialogue=dialogue,
        asked=asked,
        groups=texts.CENTRE_GROUPS,
        said=texts.CENTRE_STATEMENTS,
        first=opens + timedelta(days=2),
        last=closes - timedelta(hours=1),
        progress=lambda done, total: tell("Simulerade svar om centrum", done, total),
    )
    dialogues.record_closings(at=closes)
    return dialogue


def _school_dialogue(cast: Cast, at: datetime, tell: Progress) -> None:
    opens = clock.to_the_hour(at) - timedelta(days=12)
    dialogue, asked = _ask(
        cast,
        texts.SCHOOL_DIALOGUE,
        texts.SCHOOL_STATEMENTS,
        opens,
        opens + timedelta(days=200),
        answer_by=clock.day_of(opens) + timedelta(days=260),
    )
    votes.take_part(
        dialogue=dialogue,
        asked=asked,
        groups=texts.SCHOOL_GROUPS,
        said=texts.SCHOOL_STATEMENTS,
        first=opens + timedelta(days=1),
        last=at - timedelta(hours=2),
        progress=lambda done, total: tell("Simulerade svar om skolvägen", done, total),
    )
    run = understanding.request_run(dialogue=dialogue, by=cast.hats["coordinator"], at=at - timedelta(hours=1))
    understanding.release(
        run=understanding.finish(run=run, at=at - timedelta(minutes=55)),
        by=cast.hats["coordinator"],
        at=at - timedelta(minutes=50),
    )


def _ask(cast: Cast, words: dict, said, opens: datetime, closes: datetime, *, answer_by: date):
    coordinator = cast.hats["coordinator"]
    drafted = opens - timedelta(days=7)
    dialogue = dialogues.draft_dialogue(
        by=coordinator,
        partnership=cast.partnership,
        controller=cast.town,
        municipality=cast.municipality,
        opens_at=opens,
        closes_at=closes,
        answer_by=answer_by,
        ladder="dialogue",
        sample_type="self_selected",
        minutes=4,
        simulated_note=texts.SIMULATED,
        at=drafted,
        **words,
    )
    asked = [
        statements.add_seed(dialogue=dialogue, text=one.text, by=coordinator, at=drafted) for one in said if not one.own
    ]
    dialogues.publish_dialogue(dialogue=dialogue, by=coordinator, at=opens - timedelta(days=1))
    for one in (one for one in said if one.own):
        participant, _token = dialogues.join(dialogue=dialogue, at=opens + timedelta(hours=2))
        voice = statements.say(dialogue=dialogue, participant=participant, text=one.text, at=opens + timedelta(hours=2))
        dialogues.moderate(voice=voice, outcome="published", by=coordinator, at=opens + timedelta(hours=20))
        voice.refresh_from_db()
        asked.append(voice.statement)
    return dialogue, asked


def _decline(cast: Cast, dialogue: Dialogue, at: datetime) -> None:
    participant, _token = dialogues.join(dialogue=dialogue, at=at)
    voice = statements.say(dialogue=dialogue, participant=participant, text=texts.DECLINED, at=at)
    dialogues.moderate(
        voice=voice,
        outcome="declined",
        reason="Pekar ut någon.",
        by=cast.hats["coordinator"],
        at=at + timedelta(hours=4),
    )


def _heard(cast: Cast, dialogue: Dialogue, year: Year):
    coordinator, at = cast.hats["coordinator"], year.before(112)
    run = understanding.finish(run=understanding.request_run(dialogue=dialogue, by=coordinator, at=at), at=at)
    release = understanding.release(run=run, by=coordinator, at=at + timedelta(hours=1))
    by_number = {statement.number: statement for statement in dialogue.statements.all()}
    findings = [
        understanding.add_finding(
            dialogue=dialogue,
            text=text,
            statements=[(release, by_number[n]) for n in numbers],
            by=coordinator,
            at=at + timedelta(hours=2),
        )
        for text, numbers in texts.FINDINGS
    ]
    understanding.publish_findings(dialogue=dialogue, by=coordinator, at=at + timedelta(days=2))
    return [
        understanding.add_need(
            dialogue=dialogue,
            text=text,
            findings=[findings[n] for n in numbers],
            by=coordinator,
            at=at + timedelta(days=3),
        )
        for text, numbers in texts.NEEDS
    ]


def _picture(cast: Cast, dialogue: Dialogue, needs, year: Year):
    coordinator, police, at = cast.hats["coordinator"], cast.hats["police_coordinator"], year.before(80)
    picture = situation.draft_picture(
        by=coordinator,
        partnership=cast.partnership,
        municipality=cast.municipality,
        starts=year.starts,
        ends=year.ends,
        at=at,
        **texts.PICTURE,
    )
    problem = situation.add_problem(picture=picture, by=coordinator, needs=needs, at=at, **texts.PROBLEM)
    situation.add_source(
        problem=problem,
        by=coordinator,
        kind="dialogue",
        title=f"Medborgardialogen ”{dialogue.title}”",
        dated=clock.day_of(dialogue.closes_at),
        dialogue=dialogue.public_id,
        at=at,
    )
    situation.add_source(
        problem=problem,
        by=police,
        kind="staff_dialogue",
        title="Gruppsamtal med poliser i yttre tjänst (exempel)",
        dated=clock.day_of(year.before(100)),
        at=at,
    )
    situation.add_source(
        problem=problem,
        by=coordinator,
        kind="survey",
        title="Kommunens trygghetsenkät (påhittade siffror)",
        dated=clock.day_of(year.before(120)),
        at=at,
    )
    situation.set_priority(problem=problem, by=coordinator, rank=1, at=at)
    situation.set_priority(problem=problem, by=police, rank=1, at=at)
    version = situation.propose_picture(picture=picture, by=coordinator, at=at + timedelta(days=3))
    _sign_both(cast, version, situation.sign_picture, at + timedelta(days=10))
    return problem


def _sign_both(cast: Cast, version, sign, at: datetime) -> None:
    for key, days in (("chair", 0), ("chief", 2)):
        hat, moment = cast.hats[key], at + timedelta(days=days)
        signing.approve(
            version=version,
            by=hat,
            body="kommunstyrelsen" if key == "chair" else "lokalpolisområdeschefen",
            decided_on=clock.day_of(moment),
            paragraph="§ 48" if key == "chair" else "",
            authority="delegationsordningen" if key == "chief" else "reglementet för kommunstyrelsen",
            at=moment,
        )
        sign(
            version=version,
            digest=version.digest,
            by=hat,
            title=hat.title,
            confirmation=confirmed(moment),
            at=moment + timedelta(minutes=4),
        )


def _promise(cast: Cast, problem, year: Year) -> tuple[Promise, dict[str, Measure]]:
    coordinator, police, at = cast.hats["coordinator"], cast.hats["police_coordinator"], year.before(45)
    promise = promises.draft_promise(
        by=coordinator,
        partnership=cast.partnership,
        municipality=cast.municipality,
        problem=problem,
        starts=year.starts,
        ends=year.ends,
        report_every="quarter",
        at=at,
        **texts.PROMISE,
    )
    measures = {key: _measure(cast, year, at, key) for key in texts.MEASURES}
    for key, measure in measures.items():
        promises.include_measure(promise=promise, measure=measure, by=police if key == "patrol" else coordinator, at=at)
    series = indicators.add_series(
        by=coordinator,
        municipality=cast.municipality,
        nature="outcome",
        good="down",
        is_simulated=True,
        at=at,
        **texts.SERIES,
    )
    for first, last, value, low, high, n in _survey(year):
        recorded = max(at, clock.end_of_day(last) + timedelta(days=20))
        indicators.record_measurement(
            series=series,
            by=coordinator,
            period_start=first,
            period_end=last,
            value=Decimal(value),
            low=Decimal(low),
            high=Decimal(high),
            n=n,
            note="Påhittade siffror i ett exempel.",
            at=recorded,
        )
    promises.add_target(
        promise=promise,
        by=coordinator,
        series=series,
        baseline=Decimal(46),
        baseline_period=f"våren {year.starts.year}" if year.starts.month > 3 else f"hösten {year.starts.year - 1}",
        value=Decimal(38),
        due=year.ends,
        method=texts.TARGET_METHOD,
        at=at,
    )
    version = promises.propose(promise=promise, by=coordinator, at=at + timedelta(days=7))
    _sign_both(cast, version, promises.sign, at + timedelta(days=20))
    return promise, measures


def _survey(year: Year):
    """Period, value, interval and n of the made-up survey: two years back, the baseline, and half-way."""
    start = clock.day_of(year.before(120))
    for years_back, row in (
        (2, ("41", "37.2", "44.9", 611)),
        (1, ("44", "40.1", "48.0", 596)),
        (0, ("46", "42.0", "50.0", 588)),
    ):
        first = start.replace(year=start.year - years_back, day=1)
        yield (first, first + timedelta(days=27), *row)
    half = clock.day_of(year.after(135)).replace(day=1)
    yield (half, half + timedelta(days=20), "43", "39.0", "47.1", 574)


def _measure(cast: Cast, year: Year, at: datetime, key: str) -> Measure:
    names, wording = texts.MEASURES[key]
    organisations = [{"town": cast.town, "police": cast.police}[name] for name in names]
    hat = cast.hats["police_coordinator" if key == "patrol" else "coordinator"]
    return plans.add_measure(
        by=hat,
        partnership=cast.partnership,
        organisations=organisations,
        starts=year.starts,
        ends=year.ends,
        at=at,
        **wording,
    )


def _followup(
    cast: Cast, dialogue: Dialogue, promise: Promise, measures: dict[str, Measure], year: Year, at: datetime
) -> None:
    coordinator, police = cast.hats["coordinator"], cast.hats["police_coordinator"]
    _answer(cast, dialogue, promise, year)
    quarters = _quarters(year)
    for key, quarter, told in texts.REPORTS:
        first, last = quarters[quarter]
        moment = min(clock.end_of_day(last) + timedelta(days=5, hours=10), at)
        hat = police if key == "patrol" else coordinator
        followup.report(measure=measures[key], by=hat, period_start=first, period_end=last, at=moment, **told)


def _quarters(year: Year) -> list[tuple[date, date]]:
    months = [
        date((year.starts.year * 12 + year.starts.month - 1 + step) // 12, (year.starts.month - 1 + step) % 12 + 1, 1)
        for step in (0, 3, 6)
    ]
    return [(months[0], months[1] - timedelta(days=1)), (months[1], months[2] - timedelta(days=1))]


def _answer(cast: Cast, dialogue: Dialogue, promise: Promise, year: Year) -> None:
    coordinator, at = cast.hats["coordinator"], year.after(3)
    feedback = followup.draft_feedback(dialogue=dialogue, by=coordinator, introduction=texts.FEEDBACK, at=at)
    for finding, (outcome, text, promised) in zip(understood.findings(dialogue), texts.RESPONSES, strict=True):
        followup.respond(
            feedback=feedback,
            finding=finding,
            by=coordinator,
            outcome=outcome,
            text=text,
            promise=promise if promised else None,
            at=at,
        )
    followup.publish_feedback(feedback=feedback, by=coordinator, at=at + timedelta(days=1))


def _waiting_picture(cast: Cast, year: Year, at: datetime) -> None:
    """A picture that waits for signatures, so that signing can be tried."""
    police, drafted = cast.hats["police_coordinator"], at - timedelta(days=6)
    picture = situation.draft_picture(
        by=police,
        partnership=cast.partnership,
        municipality=cast.municipality,
        title="Gemensam problembild för vägen till skolan",
        summary="Trafiken utanför Åskolan på morgonen oroar både föräldrar och personal.",
        starts=clock.day_of(at),
        ends=clock.day_of(at) + timedelta(days=364),
        at=drafted,
    )
    problem = situation.add_problem(
        picture=picture,
        by=police,
        title="Hög fart och trängsel utanför Åskolan",
        what="Bilar som släpper av barn, mopeder och cyklar möts på en smal gata utan farthinder.",
        where="Skolgatan utanför Åskolan",
        when="skoldagar klockan 7.30–8.15",
        for_whom="elever och de som följer dem",
        extent="Vid en mätning höll 52 av 100 bilar hastighetsgränsen (påhittad siffra).",
        at=drafted,
    )
    situation.add_source(
        problem=problem,
        by=police,
        kind="statistics",
        title="Mätskylt på Skolgatan (påhittad)",
        dated=clock.day_of(drafted - timedelta(days=20)),
        at=drafted,
    )
    situation.propose_picture(picture=picture, by=police, at=drafted + timedelta(days=2))
