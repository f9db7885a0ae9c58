"""How each verb of staff is tried in the permission matrix: on which thing, in which states, with which words."""

# A verb to a line reads as the table that it is.
# ruff: noqa: E501
# fmt: off

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from loftet.domain.base import clock
from loftet.domain.dialogues import actions as dialogues
from loftet.domain.dialogues.methods.statements import actions as statements
from loftet.domain.dialogues.models import Statement
from loftet.domain.followup import actions as followup
from loftet.domain.indicators import actions as indicators
from loftet.domain.parties import actions as parties
from loftet.domain.parties.models import Membership
from loftet.domain.plans import actions as plans
from loftet.domain.promises import actions as promises
from loftet.domain.records import actions as records
from loftet.domain.records import queries as kept
from loftet.domain.signing import actions as signing
from loftet.domain.situation import actions as situation
from loftet.domain.understanding import actions as understanding
from loftet.testing import factories
from loftet.testing.permissions.world import DOCUMENT, World, enter, respond, sign

# --- The verbs ---------------------------------------------------------------------------------------------------
Try = Callable[[World, str, Membership], Any]
# The factories' words, which fit the verbs that they are handed to.
SAID: Any = factories.signed
ASKED_IN: Any = factories.dialogues
TRIES: dict[str, tuple[tuple[str, ...], Try]] = {}


def _days() -> dict[str, Any]:
    today = clock.day_of(clock.now())
    return {"starts": today, "ends": today + timedelta(days=300)}


def _dialogue_words() -> dict[str, Any]:
    now = clock.now()
    day = clock.day_of(now) + timedelta(days=60)
    times = {"opens_at": now, "closes_at": now + timedelta(days=20), "answer_by": day}
    return {**ASKED_IN.DIALOGUE, **times}


def _place(w: World) -> dict[str, Any]:
    return {"partnership": w.thing("partnership", "-"), "municipality": w.cast.municipality}


def _add(name: str, states: tuple[str, ...], call: Try) -> None:
    """Enter how a verb is called, and in which states of the thing."""
    TRIES[name] = (states or ("-",), call)


ONCE = ("going on", "over")
ASKED = ("draft", "open", "closed", "answered")
HEARD = ASKED[1:]
_add(
    "dialogues.draft_dialogue",
    ONCE,
    lambda w, s, by: dialogues.draft_dialogue(by=by, controller=w.cast.town, **_place(w), **_dialogue_words()),
)
_add(
    "dialogues.edit_dialogue",
    ASKED,
    lambda w, s, by: dialogues.edit_dialogue(dialogue=w.thing("dialogue", s), by=by, title="Ny rubrik"),
)
_add(
    "dialogues.publish_dialogue",
    ASKED,
    lambda w, s, by: dialogues.publish_dialogue(dialogue=w.thing("dialogue", s), by=by),
)
_add(
    "dialogues.moderate",
    HEARD,
    lambda w, s, by: dialogues.moderate(
        voice=w.thing("voice", s), outcome="held", reason="other", note="Väntar.", by=by
    ),
)
_add("dialogues.read_waiting", HEARD, lambda w, s, by: dialogues.read_waiting(dialogue=w.thing("dialogue", s), by=by))
_add(
    "statements.add_seed",
    ASKED,
    lambda w, s, by: statements.add_seed(dialogue=w.thing("dialogue", s), text="Lekplatsen behöver ett staket.", by=by),
)
_add(
    "statements.remove_seed",
    ASKED,
    lambda w, s, by: statements.remove_seed(
        statement=Statement.objects.filter(dialogue=w.thing("dialogue", s)).earliest("pk"), by=by
    ),
)
_add(
    "understanding.request_run",
    ASKED,
    lambda w, s, by: understanding.request_run(dialogue=w.thing("dialogue", s), by=by),
)
_add(
    "understanding.release",
    HEARD,
    lambda w, s, by: understanding.release(run=w.thing("dialogue", s).runs.last(), by=by),
)
_add(
    "understanding.add_finding",
    ASKED,
    lambda w, s, by: understanding.add_finding(dialogue=w.thing("dialogue", s), text="Parken är mörk.", by=by),
)
_add(
    "understanding.edit_finding",
    HEARD,
    lambda w, s, by: understanding.edit_finding(finding=w.thing("heard draft", s), text="Något annat.", by=by),
)
_add(
    "understanding.remove_finding",
    HEARD,
    lambda w, s, by: understanding.remove_finding(finding=w.thing("heard draft", s), by=by),
)
_add(
    "understanding.publish_findings",
    HEARD,
    lambda w, s, by: understanding.publish_findings(dialogue=w.thing("dialogue", s), by=by),
)
_add(
    "understanding.add_need",
    HEARD,
    lambda w, s, by: understanding.add_need(
        dialogue=w.thing("dialogue", s), text="Mer ljus.", findings=[w.thing("heard", s)], by=by
    ),
)
_add(
    "understanding.edit_need",
    HEARD,
    lambda w, s, by: understanding.edit_need(need=w.thing("need", s), text="Ännu mer ljus.", by=by),
)
_add(
    "followup.draft_feedback",
    HEARD,
    lambda w, s, by: followup.draft_feedback(dialogue=w.thing("dialogue", s), introduction="Hej.", by=by),
)
_add("followup.respond", HEARD, respond)
_add(
    "followup.publish_feedback",
    HEARD,
    lambda w, s, by: followup.publish_feedback(feedback=w.thing("feedback", s), by=by),
)
_add(
    "followup.report",
    DOCUMENT,
    lambda w, s, by: followup.report(
        measure=w.thing("promise", s).measures.filter(amount__isnull=False).get(),
        period_start=clock.day_of(clock.now()) - timedelta(days=7),
        period_end=clock.day_of(clock.now()),
        amount=Decimal(2),
        by=by,
    ),
)
_add(
    "situation.draft_picture",
    ONCE,
    lambda w, s, by: situation.draft_picture(by=by, title="Bild", summary="Kort.", **_place(w), **_days()),
)
_add(
    "situation.edit_picture",
    DOCUMENT,
    lambda w, s, by: situation.edit_picture(picture=w.thing("picture", s), by=by, title="Ny", summary="Ny.", **_days()),
)
_add(
    "situation.add_problem",
    DOCUMENT,
    lambda w, s, by: situation.add_problem(picture=w.thing("picture", s), by=by, **SAID.PROBLEM),
)
_add(
    "situation.edit_problem",
    DOCUMENT,
    lambda w, s, by: situation.edit_problem(problem=w.thing("picture", s).problems.get(), by=by, what="Nytt."),
)
_add(
    "situation.add_source",
    DOCUMENT,
    lambda w, s, by: situation.add_source(
        problem=w.thing("picture", s).problems.get(),
        by=by,
        kind="staff_dialogue",
        title="Samtal",
        dated=clock.day_of(clock.now()),
    ),
)
_add(
    "situation.remove_source",
    DOCUMENT,
    lambda w, s, by: situation.remove_source(source=w.thing("picture", s).problems.get().sources.get(), by=by),
)
_add(
    "situation.set_priority",
    DOCUMENT,
    lambda w, s, by: situation.set_priority(problem=w.thing("picture", s).problems.get(), by=by, rank=1),
)
_add(
    "situation.propose_picture",
    DOCUMENT,
    lambda w, s, by: situation.propose_picture(picture=w.thing("picture", s), by=by),
)
_add("situation.sign_picture", DOCUMENT[1:], lambda w, s, by: sign(situation.sign_picture, w.version("picture", s), by))
_add(
    "situation.answer_paper",
    ("proposed",),
    lambda w, s, by: situation.answer_paper(paper=w.thing("paper picture", s), is_right=True, by=by),
)
_add(
    "plans.add_measure",
    ONCE,
    lambda w, s, by: plans.add_measure(
        by=by, partnership=w.thing("partnership", "-"), organisations=[w.cast.town], **_days(), **SAID.LIGHTS
    ),
)
_add(
    "plans.edit_measure",
    DOCUMENT,
    lambda w, s, by: plans.edit_measure(
        measure=w.thing("promise", s).measures.first(), by=by, organisations=[w.cast.town], **_days(), text="Ny text"
    ),
)
_add(
    "plans.draft_agreement",
    ONCE,
    lambda w, s, by: plans.draft_agreement(
        by=by, partnership=w.thing("partnership", "-"), **_days(), **SAID.AGREEMENT
    ),
)
AGREED = ("private", "shared", *DOCUMENT[1:])
_add(
    "plans.edit_agreement",
    AGREED,
    lambda w, s, by: plans.edit_agreement(agreement=w.thing("agreement", s), by=by, **_days(), title="Nytt"),
)
_add(
    "plans.propose_agreement",
    AGREED,
    lambda w, s, by: plans.propose_agreement(agreement=w.thing("agreement", s), by=by),
)
_add("plans.sign_agreement", AGREED[2:], lambda w, s, by: sign(plans.sign_agreement, w.version("agreement", s), by))
_add(
    "plans.answer_paper",
    ("proposed",),
    lambda w, s, by: plans.answer_paper(paper=w.thing("paper agreement", s), is_right=True, by=by),
)
_add(
    "plans.terminate",
    DOCUMENT,
    lambda w, s, by: plans.terminate(
        agreement=w.thing("agreement", s), by=by, reason="Ny lägesbild.", last_day=clock.day_of(clock.now())
    ),
)
_add(
    "promises.draft_promise",
    ONCE,
    lambda w, s, by: promises.draft_promise(
        by=by, problem=w.thing("promise", "draft").problem, **_place(w), **_days(), **SAID.PROMISE
    ),
)
_add(
    "promises.edit_promise",
    DOCUMENT,
    lambda w, s, by: promises.edit_promise(promise=w.thing("promise", s), by=by, **_days(), title="Nytt"),
)
_add(
    "promises.include_measure",
    DOCUMENT,
    lambda w, s, by: promises.include_measure(
        promise=w.thing("promise", s), measure=w.thing("promise", "draft").measures.first(), by=by
    ),
)
_add(
    "promises.add_measure",
    DOCUMENT,
    lambda w, s, by: promises.add_measure(
        promise=w.thing("promise", s), by=by, organisations=[w.cast.town], **_days(), **SAID.LIGHTS
    ),
)
_add(
    "promises.leave_out_measure",
    DOCUMENT,
    lambda w, s, by: promises.leave_out_measure(
        promise=w.thing("promise", s), measure=w.thing("promise", s).measures.first(), by=by
    ),
)
_add(
    "promises.add_target",
    DOCUMENT,
    lambda w, s, by: promises.add_target(
        promise=w.thing("promise", s),
        by=by,
        series=w.thing("promise", "in force" if s == "draft" else "draft").targets.get().series,
        baseline=Decimal(46),
        baseline_period="våren",
        value=Decimal(30),
        due=clock.day_of(clock.now()),
        method="Samma fråga.",
    ),
)
_add(
    "promises.remove_target",
    DOCUMENT,
    lambda w, s, by: promises.remove_target(target=w.thing("promise", s).targets.get(), by=by),
)
_add("promises.propose", DOCUMENT, lambda w, s, by: promises.propose(promise=w.thing("promise", s), by=by))
_add("promises.sign", DOCUMENT[1:], lambda w, s, by: sign(promises.sign, w.version("promise", s), by))
_add(
    "promises.answer_paper",
    ("proposed",),
    lambda w, s, by: promises.answer_paper(paper=w.thing("paper promise", s), is_right=True, by=by),
)
_add("signing.share", AGREED, lambda w, s, by: signing.share(document=w.thing("agreement", s).document, by=by))
_add(
    "signing.comment",
    AGREED,
    lambda w, s, by: signing.comment(document=w.thing("agreement", s).document, by=by, text="Ska centrum vara med?"),
)
_add(
    "signing.propose",
    DOCUMENT,
    lambda w, s, by: signing.propose(document=w.thing("promise", s).document, content={"title": "Annat"}, by=by),
)
_add(
    "signing.approve",
    DOCUMENT[1:],
    lambda w, s, by: signing.approve(
        version=w.version("promise", s), by=by, body="nämnden", decided_on=clock.day_of(clock.now())
    ),
)
_add(
    "signing.record_step",
    ("in force", "over"),
    lambda w, s, by: signing.record_step(
        decision=w.thing("decision", s), kind="announced", on=clock.day_of(clock.now()), by=by
    ),
)
_add(
    "signing.send_back",
    DOCUMENT[1:],
    lambda w, s, by: signing.send_back(version=w.version("promise", s), by=by, reason="Fel plats."),
)
_add("signing.sign", DOCUMENT[1:], lambda w, s, by: sign(signing.sign, w.version("promise", s), by))
_add("signing.enter_paper", DOCUMENT[1:], lambda w, s, by: enter(w.version("promise", s), by))
_add(
    "signing.answer_paper",
    ("proposed",),
    lambda w, s, by: signing.answer_paper(paper=w.thing("paper promise", s), is_right=False, reason="Fel namn.", by=by),
)
_add(
    "indicators.add_series",
    ONCE,
    lambda w, s, by: indicators.add_series(by=by, municipality=w.cast.municipality, **SAID.SERIES),
)
_add(
    "indicators.record_measurement",
    ONCE,
    lambda w, s, by: indicators.record_measurement(
        series=w.thing("series", "-"),
        by=by,
        period_start=clock.day_of(clock.now()),
        period_end=clock.day_of(clock.now()),
        value=Decimal(3),
    ),
)
_add(
    "records.enter_diary_number",
    ("in force", "over"),
    lambda w, s, by: records.enter_diary_number(
        partnership=w.thing("partnership", "-"), subject=w.thing("promise", s).public_id, number="KS 1", by=by
    ),
)
_add(
    "records.set_registry_address",
    ONCE,
    lambda w, s, by: records.set_registry_address(
        partnership=w.thing("partnership", "-"), email="registrator@example.org", by=by
    ),
)
_add(
    "records.send_to_registries",
    ("in force", "over"),
    lambda w, s, by: records.send_to_registries(
        partnership=w.thing("partnership", "-"),
        subject=w.thing("promise", s).public_id,
        organisations=[w.cast.town],
        by=by,
    ),
)
_add(
    "records.decide_rule",
    ONCE,
    lambda w, s, by: records.decide_rule(
        partnership=w.thing("partnership", "-"),
        document_type="answers",
        months=12,
        starts=clock.day_of(clock.now()),
        body="nämnden",
        decided_on=clock.day_of(clock.now()),
        basis="planen",
        by=by,
    ),
)
_add(
    "records.preview_disclosure",
    ("in force", "over"),
    lambda w, s, by: records.preview_disclosure(
        partnership=w.thing("partnership", "-"), keys=[f"{w.thing('promise', s).public_id}.itself"], words=[], by=by
    ),
)
_add(
    "records.disclose",
    ("in force", "over"),
    lambda w, s, by: records.disclose(
        partnership=w.thing("partnership", "-"),
        keys=[f"{w.thing('promise', s).public_id}.itself"],
        words=[],
        request="KS 1",
        seen=records.preview_disclosure(
            partnership=w.cast.partnership,
            keys=[f"{w.thing('promise', s).public_id}.itself"],
            words=[],
            by=w.actors["own coordinator"],
        ).seen,
        by=by,
    ),
)
_add(
    "records.weed",
    ("closed", "answered"),
    lambda w, s, by: records.weed(
        partnership=w.thing("partnership", "-"),
        subject=w.thing("dialogue", s).public_id,
        document_type="answers",
        rows=kept.due(w.cast.partnership, w.cast.town, w.thing("dialogue", s).public_id, "answers").rows,
        body="nämnden",
        decided_on=clock.day_of(clock.now()),
        reason="Behövs inte längre.",
        by=by,
    ),
)
_add(
    "records.withhold_words",
    ONCE,
    lambda w, s, by: records.withhold_words(
        partnership=w.thing("partnership", "-"),
        words="fritidsgården",
        by=by,
        body="nämnden",
        decided_on=clock.day_of(clock.now()),
        basis="artikel 17",
        reason="Ett skäl.",
    ),
)
_add(
    "parties.add_organisation",
    (),
    lambda w, s, by: parties.add_organisation(kind="other", name="Ny", short_name="ny", by=by),
)
_add(
    "parties.add_board",
    (),
    lambda w, s, by: parties.add_board(organisation=w.cast.town, name="Nämnd", short_name="nämnd", by=by),
)
_add(
    "parties.edit_organisation",
    (),
    lambda w, s, by: parties.edit_organisation(organisation=w.cast.town, name="Staden", short_name="stad", by=by),
)
_add(
    "parties.add_membership",
    (),
    lambda w, s, by: parties.add_membership(
        person=w.cast.officer.person, organisation=w.cast.town, role="reader", by=by
    ),
)
_add(
    "parties.add_colleague",
    (),
    lambda w, s, by: parties.add_colleague(
        organisation=w.cast.town, email="ny@example.org", name="Ny", role="reader", by=by
    ),
)
_add(
    "parties.invite_again",
    (),
    lambda w, s, by: parties.invite_again(person=w.thing("invited", "-"), organisation=w.cast.town, by=by),
)
_add(
    "parties.end_membership",
    (),
    lambda w, s, by: parties.end_membership(membership=w.cast.reader, last_day=clock.day_of(clock.now()), by=by),
)
_add(
    "parties.prolong_membership",
    (),
    lambda w, s, by: parties.prolong_membership(membership=w.thing("short hat", "-"), last_day=None, by=by),
)
_add(
    "parties.withdraw_membership",
    (),
    lambda w, s, by: parties.withdraw_membership(membership=w.thing("coming hat", "-"), by=by),
)
_add(
    "parties.hand_over",
    (),
    lambda w, s, by: parties.hand_over(
        person=w.cast.reader.person, hats=[(w.cast.reader, by)], last_day=clock.day_of(clock.now()), by=by
    ),
)
_add(
    "parties.add_partnership",
    (),
    lambda w, s, by: parties.add_partnership(
        name="Nytt",
        organisations=[w.cast.town, w.cast.police],
        municipalities=[w.cast.municipality],
        starts=clock.day_of(clock.now()),
        by=by,
    ),
)
_add(
    "parties.join_partnership",
    ONCE,
    lambda w, s, by: parties.join_partnership(
        partnership=w.thing("partnership", "-"), organisation=w.thing("outside", "-"), by=by
    ),
)
_add(
    "parties.add_promiser",
    ONCE,
    lambda w, s, by: parties.add_promiser(partnership=w.thing("partnership", "-"), name="Bolaget", by=by),
)
_add(
    "parties.leave_partnership",
    (),
    lambda w, s, by: parties.leave_partnership(
        partnership=w.thing("partnership", "-"), organisation=w.thing("leaving", "-"), last_day=clock.day_of(clock.now()), by=by
    ),
)
_add(
    "parties.end_partnership",
    ONCE,
    lambda w, s, by: parties.end_partnership(
        partnership=w.thing("partnership", "-"), last_day=clock.day_of(clock.now()) + timedelta(days=30), by=by
    ),
)
_add(
    "parties.prolong_partnership",
    ONCE,
    lambda w, s, by: parties.prolong_partnership(partnership=w.thing("partnership", "-"), last_day=None, by=by),
)
