"""A party that is silent freezes nothing: what each may do alone, while the other does nothing at all."""

from __future__ import annotations

from datetime import timedelta

import pytest

from loftet.domain.base import clock
from loftet.domain.base.errors import DomainError
from loftet.domain.dialogues import actions as dialogues
from loftet.domain.followup import actions as followup
from loftet.domain.indicators import actions as indicators
from loftet.domain.parties import actions as parties
from loftet.domain.parties.models import Organisation
from loftet.domain.promises import actions as promises
from loftet.domain.promises import queries as promised
from loftet.domain.signing import actions as signing
from loftet.domain.signing import queries as signed
from loftet.domain.situation import actions as situation
from loftet.testing import factories
from loftet.testing.cast import Cast
from loftet.testing.confirming import confirmed

NOW = clock.now()
TODAY = clock.day_of(NOW)
DAY = timedelta(days=1)
SIDES = {"municipality": ("coordinator", "chair", "contributor"), "police": ("police_coordinator", "chief", "officer")}
PROMISED = {"municipality": "Ny belysning i stadsparken", "police": "Fotpatrull på torget"}


class Side:
    """One party's people, who act alone."""

    def __init__(self, cast: Cast, side: str) -> None:
        self.cast, self.side = cast, side
        self.coordinator, self.signatory, self.contributor = (getattr(cast, part) for part in SIDES[side])
        self.organisation: Organisation = self.coordinator.organisation

    def in_force(self):
        return factories.make_promise(self.cast, at=NOW - 120 * DAY)

    def proposed(self):
        promise = factories.make_promise(self.cast, is_signed=False)
        return promise, signed.open_version(promise.document)

    def closed_dialogue(self):
        words = {"opens_at": NOW - 60 * DAY, "closes_at": NOW - 40 * DAY, "at": NOW - 50 * DAY}
        dialogue = factories.make_dialogue(self.cast, **words)
        factories.make_finding(self.cast, factories.make_release(self.cast, dialogue))
        return dialogue


def reports_what_it_has_done(side: Side):
    promise = side.in_force()
    measure = promise.measures.get(text=PROMISED[side.side])
    told = {"amount": 9} if side.side == "police" else {"delivered": True}
    days = {"period_start": promise.starts, "period_end": promise.starts + 29 * DAY}
    assert followup.report(measure=measure, by=side.contributor, **days, **told).organisation == side.organisation


def reports_on_what_the_other_promised(side: Side):
    promise = side.in_force()
    other = next(words for name, words in PROMISED.items() if name != side.side)
    told = {"amount": 9} if side.side == "municipality" else {"delivered": False}
    days = {"period_start": promise.starts, "period_end": promise.starts + 29 * DAY}
    assert followup.report(measure=promise.measures.get(text=other), by=side.contributor, **days, **told)


def answers_those_who_took_part(side: Side):
    dialogue = side.closed_dialogue()
    feedback = followup.draft_feedback(dialogue=dialogue, by=side.coordinator, introduction="Tack för era svar.")
    for finding in dialogue.findings.all():
        followup.respond(
            feedback=feedback, finding=finding, by=side.coordinator, outcome="not_done", text="Vi har inte råd i år."
        )
    assert followup.publish_feedback(feedback=feedback, by=side.coordinator).published_at


def measures_whether_it_helped(side: Side):
    series = side.in_force().targets.get().series
    days = {"period_start": TODAY - 30 * DAY, "period_end": TODAY - DAY}
    assert indicators.record_measurement(series=series, by=side.coordinator, value=41, **days)


def takes_back_a_proposal(side: Side):
    promise, version = side.proposed()
    signing.send_back(version=version, by=side.coordinator, reason="Den andra parten svarar inte.")
    assert signed.open_version(promise.document) is None


def sends_back_a_proposal(side: Side):
    promise, version = side.proposed()
    signing.send_back(version=version, by=side.signatory, reason="Vi vill ha fler pass.")
    assert signed.open_version(promise.document) is None


def decides_and_signs_for_itself(side: Side):
    _promise, version = side.proposed()
    signing.approve(version=version, by=side.signatory, body="nämnden", decided_on=TODAY)
    words = {"digest": version.digest, "title": "ordförande", "confirmation": confirmed()}
    assert promises.sign(version=version, by=side.signatory, **words).organisation == side.organisation


def drafts_and_proposes_a_new_version(side: Side):
    promise = side.in_force()
    days = {"starts": promise.starts, "ends": promise.ends}
    promises.edit_promise(promise=promise, by=side.coordinator, summary="Vi är på plats oftare.", **days)
    version = promises.propose(promise=promise, by=side.coordinator)
    assert version.number == 2
    assert signed.in_force(promise.document).number == 1


def keeps_what_is_in_force_while_the_other_never_signs(side: Side):
    drafts_and_proposes_a_new_version(side)
    (shown,) = promised.public_promises(side.cast.municipality, NOW + 90 * DAY)
    assert shown.version.number == 1


def writes_a_picture_of_its_own_to_propose(side: Side):
    picture = factories.make_picture(side.cast, is_signed=False, title="Problembild för skolan")
    situation.set_priority(problem=picture.problems.get(), by=side.coordinator, rank=1)
    assert situation.propose_picture(picture=picture, by=side.coordinator)


def withdraws_its_own_draft(side: Side):
    promise = factories.make_promise(side.cast, is_proposed=False, is_signed=False)
    for measure in promise.measures.all():
        promises.leave_out_measure(promise=promise, measure=measure, by=side.coordinator)
    promises.remove_target(target=promise.targets.get(), by=side.coordinator)
    assert not promise.measures.exists()


def says_when_the_partnership_ends_and_goes_on(side: Side):
    words = {"partnership": side.cast.partnership, "by": side.coordinator}
    assert parties.end_partnership(**words, last_day=TODAY + DAY).ends == TODAY + DAY
    assert parties.prolong_partnership(**words, last_day=None).ends is None


def handles_its_own_people(side: Side):
    ended = parties.end_membership(membership=side.contributor, last_day=TODAY, by=side.coordinator)
    assert ended.ends == TODAY


ALONE = [
    reports_what_it_has_done,
    reports_on_what_the_other_promised,
    answers_those_who_took_part,
    measures_whether_it_helped,
    takes_back_a_proposal,
    sends_back_a_proposal,
    decides_and_signs_for_itself,
    drafts_and_proposes_a_new_version,
    keeps_what_is_in_force_while_the_other_never_signs,
    writes_a_picture_of_its_own_to_propose,
    withdraws_its_own_draft,
    says_when_the_partnership_ends_and_goes_on,
    handles_its_own_people,
]


@pytest.mark.long
@pytest.mark.parametrize("does", ALONE, ids=lambda act: act.__name__)
@pytest.mark.parametrize("side", SIDES)
def test_each_party_alone(cast, side, does):
    does(Side(cast, side))


def closes_what_both_signed(side: Side):
    """Nothing in force ends because one of them takes a proposal back, leaves, or lets the partnership end."""
    promise = side.in_force()
    parties.end_partnership(partnership=side.cast.partnership, last_day=TODAY, by=side.coordinator)
    assert signed.in_force(promise.document, NOW + 30 * DAY)


def signs_for_the_other(side: Side):
    _promise, version = side.proposed()
    words = {"digest": version.digest, "title": "ordförande", "confirmation": confirmed()}
    promises.sign(version=version, by=side.signatory, **words)
    with pytest.raises(DomainError, match="har redan undertecknat"):
        promises.sign(version=version, by=side.signatory, **words)
    assert signed.open_version(version.document) is not None


def shuts_the_other_out(side: Side):
    other = side.cast.police if side.side == "municipality" else side.cast.town
    words = {"partnership": side.cast.partnership, "organisation": other, "last_day": TODAY}
    with pytest.raises(DomainError):
        parties.leave_partnership(**words, by=side.coordinator)


def leaves_the_other_alone_in_the_partnership(side: Side):
    words = {"partnership": side.cast.partnership, "organisation": side.organisation, "last_day": TODAY}
    with pytest.raises(DomainError, match="som undertecknar vara kvar"):
        parties.leave_partnership(**words, by=side.coordinator)


def writes_in_the_others_answer(side: Side):
    other = side.cast.police_coordinator if side.side == "municipality" else side.cast.coordinator
    feedback = followup.draft_feedback(dialogue=side.closed_dialogue(), by=other, introduction="Tack.")
    with pytest.raises(DomainError, match="den andra partens svar"):
        followup.publish_feedback(feedback=feedback, by=side.coordinator)


def changes_a_published_dialogue(side: Side):
    dialogue = factories.make_dialogue(side.cast)
    with pytest.raises(DomainError):
        dialogues.edit_dialogue(dialogue=dialogue, by=side.coordinator, title="Något annat")


NOT_ALONE = [
    closes_what_both_signed,
    signs_for_the_other,
    shuts_the_other_out,
    leaves_the_other_alone_in_the_partnership,
    writes_in_the_others_answer,
    changes_a_published_dialogue,
]


@pytest.mark.long
@pytest.mark.parametrize("does", NOT_ALONE, ids=lambda act: act.__name__)
@pytest.mark.parametrize("side", SIDES)
def test_neither_party_alone(cast, side, does):
    does(Side(cast, side))
