"""What needs me, with its deadline and one button."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse

from loftet.domain.base import clock
from loftet.domain.dialogues import queries as dialogues
from loftet.domain.dialogues import rules as dialogue_rules
from loftet.domain.dialogues.models import Dialogue
from loftet.domain.followup import queries as followup
from loftet.domain.followup.status import Did
from loftet.domain.parties import queries as parties
from loftet.domain.parties import rules
from loftet.domain.parties.models import Membership, Partnership
from loftet.domain.people import queries as people
from loftet.domain.places import queries as places
from loftet.domain.places.models import Municipality
from loftet.domain.plans import queries as plans
from loftet.domain.plans.models import Agreement
from loftet.domain.plans.status import Runs
from loftet.domain.promises import queries as promises
from loftet.domain.records import queries as records
from loftet.domain.signing import decisions
from loftet.domain.signing import queries as signing
from loftet.domain.situation import queries as situation
from loftet.faces.shared import text
from loftet.faces.workspace.desk import CHOOSING

CLOSES_SOON = timedelta(days=7)
# How long after a decision the day of its announcement is asked for.
ASKED_FOR = timedelta(days=60)


@dataclass(frozen=True)
class Task:
    """One thing to do: what, where, by when in words, the button, and the state when it is late."""

    what: str
    where: str
    deadline: str
    url: str
    action: str
    late: tuple[str, str] = ("", "")

    @property
    def is_late(self) -> bool:
        """Whether its day has passed."""
        return bool(self.late[0])


@dataclass(frozen=True)
class Place:
    """A municipality one works in, with the dialogues of it: read once and asked several times."""

    municipality: Municipality
    slug: str
    partnerships: Sequence[Partnership]
    dialogues: Sequence[Dialogue]

    def url(self, name: str, public_id: str) -> str:
        """Where a thing in the place is worked on."""
        return reverse(f"workspace:{name}", kwargs={"place": self.slug, "public_id": public_id})


def tasks(hats: Sequence[Membership], partnerships: Sequence[Partnership], at: datetime) -> list[Task]:
    """Everything that waits in some partnerships for one with these hats: late before the rest, signatures first."""
    permissions = {key for hat in hats for key in rules.permissions_of(hat)}
    found = [*_two_steps(hats), *_signatures(hats), *_papers(hats), *_decisions(hats, at)]
    municipalities = places.in_order({m.pk: m for one in partnerships for m in one.municipalities.all()}.values())
    slugs = places.slugs_of(municipalities)
    for municipality in municipalities:
        asked = list(dialogues.dialogues_in(municipality, partnerships))
        place = Place(municipality, slugs[municipality.pk], partnerships, asked)
        if "dialogues.moderate" in permissions:
            found += _moderation(place, hats, at)
        if "signing.propose" in permissions:
            found += _sent_back(place, at, _agreements(place, hats))
            found += _running_out(place, hats, at)
        if "followup.report" in permissions:
            found += _reports(place, hats, at)
        if "followup.answer" in permissions:
            found += [*_closing(place, at), *_answers(place, at)]
    found += _registering(hats, partnerships, municipalities, slugs, at)
    return sorted(found, key=lambda task: not task.is_late)


def _two_steps(hats: Sequence[Membership]) -> Iterator[Task]:
    """What a signatory needs before the day there is something to sign."""
    signing_hats = [hat for hat in hats if "signing.sign" in rules.permissions_of(hat)]
    if signing_hats and not (people.has_second_factor(signing_hats[0].person) or _signs_by_provider(signing_hats[0])):
        yield Task(
            what="Lägg till en app för koder",
            where="Ditt konto",
            deadline="innan du kan skriva under",
            url=reverse("mfa_index"),
            action="Lägg till",
        )


def _signs_by_provider(hat: Membership) -> bool:
    provider = parties.identity_provider_of(hat.person)
    return provider is not None and bool(provider.accepted_levels)


def _signatures(hats: Sequence[Membership]) -> Iterator[Task]:
    organisations = {hat.organisation_id for hat in hats if "signing.sign" in rules.permissions_of(hat)}
    for version in signing.waiting_for(organisations):
        yield Task(
            what=f"Skriv under: {signing.content(version)['title']}",
            where=version.document.partnership.name,
            deadline=f"framlagt {text.day(version.proposed_at)}",
            url=reverse("workspace:sign", kwargs={"document_id": version.document.public_id}),
            action="Läs och skriv under",
        )


def _papers(hats: Sequence[Membership]) -> Iterator[Task]:
    handling = {"signing.decide", "signing.propose"}
    organisations = {hat.organisation_id for hat in hats if handling & rules.permissions_of(hat)}
    for paper in signing.papers_to_answer(organisations):
        yield Task(
            what=f"Bekräfta papper: {signing.content(paper.version)['title']}",
            where=paper.version.document.partnership.name,
            deadline=f"infört {text.day(paper.entered_at)}",
            url=reverse(
                "workspace:paper",
                kwargs={"document_id": paper.version.document.public_id, "paper_id": paper.public_id},
            ),
            action="Se papperet",
        )


STEPS = {
    "announced": ("När protokollet anslogs", "Skriv in dagen"),
    "reported": ("Anmäl delegationsbeslutet", "Skriv in när det är anmält"),
}


def _decisions(hats: Sequence[Membership], at: datetime) -> Iterator[Task]:
    """What the law asks after a decision: when its minutes were announced, and that a delegated one is reported."""
    handling = {"signing.decide", "signing.propose"}
    organisations = {hat.organisation_id for hat in hats if handling & rules.permissions_of(hat)}
    for decision in signing.decisions_of(organisations):
        is_old = clock.day_of(at) - decision.decided_on > ASKED_FOR
        for kind in decisions.lacks(decision):
            if kind == "announced" and is_old:
                continue  # nobody tries it any more
            what, action = STEPS[kind]
            ids = {"document_id": decision.version.document.public_id, "decision_id": decision.pk, "kind": kind}
            yield Task(
                what=f"{what}: {signing.content(decision.version)['title']}",
                where=decision.version.document.partnership.name,
                deadline=f"beslutat {text.day(decision.decided_on)}",
                url=reverse("workspace:decision_step", kwargs=ids),
                action=action,
            )


def _moderation(place: Place, hats: Sequence[Membership], at: datetime) -> Iterator[Task]:
    waiting = dialogues.waiting_counts(place.dialogues)
    for dialogue in place.dialogues:
        count = waiting[dialogue.pk]["received"]
        if count and any(dialogue_rules.may_moderate(hat, dialogue, at) for hat in hats):
            yield Task(
                what=f"Granska {text.counted(count, 'text', 'texter')} i {dialogue.title}",
                where=place.municipality.name,
                deadline="den som skrev väntar",
                url=place.url("dialogue_moderation", dialogue.public_id),
                action="Granska",
            )


def _agreements(place: Place, hats: Sequence[Membership]) -> list[Agreement]:
    """The agreements in the place that one may see."""
    own = {hat.organisation_id for hat in hats}
    return [one for partnership in place.partnerships for one in plans.agreements_for(partnership, own)]


def _sent_back(place: Place, at: datetime, agreements: Sequence[Agreement]) -> Iterator[Task]:
    pictures = list(situation.pictures_in(place.municipality, place.partnerships))
    drafts = list(promises.promises_in(place.municipality, place.partnerships))
    states = signing.states([thing.document for thing in [*pictures, *drafts, *agreements] if thing.document], at)
    for name, things in (("agreement", agreements), ("picture", pictures), ("promise", drafts)):
        for thing in things:
            if states.get(thing.document_id) == signing.State.SENT_BACK:
                yield Task(
                    what=f"Ändra och lägg fram igen: {thing.title}",
                    where=place.municipality.name,
                    deadline="skickat tillbaka",
                    url=place.url(name, thing.public_id),
                    action="Läs skälet",
                )


def _running_out(place: Place, hats: Sequence[Membership], at: datetime) -> Iterator[Task]:
    """Agreements in their last ninety days, which the mails remind of too."""
    own = {hat.organisation.public_id for hat in hats}
    for shown in plans.public_agreements(place.municipality, at):
        if shown.standing.runs is Runs.ENDS_SOON and any(party.id in own for party in shown.words.parties):
            yield Task(
                what=f"Förnya eller låt gå ut: {shown.words.title}",
                where=place.municipality.name,
                deadline=f"gäller till och med {text.day(shown.standing.last_day)}",
                url=place.url("agreement", shown.agreement.public_id),
                action="Öppna",
            )


def _reports(place: Place, hats: Sequence[Membership], at: datetime) -> Iterator[Task]:
    """Reports due on what one's own organisations have promised; one may report on the other's, but need not."""
    reporting = [hat for hat in hats if "followup.report" in rules.permissions_of(hat)]
    own = {hat.organisation.public_id for hat in reporting}
    public = promises.public_promises(place.municipality, at)
    mine = {one.pk for one in place.partnerships}
    for shown in followup.promises_followup([one for one in public if one.promise.partnership_id in mine], at):
        for row in shown.measures:
            is_mine = any(party.id in own for party in row.measure.parties)
            if is_mine and row.status.did in {Did.DUE, Did.OVERDUE}:
                late = row.status.did is Did.OVERDUE
                limit = text.day(row.status.next_report) if row.status.next_report else ""
                yield Task(
                    what=f"Rapportera: {row.measure.text}",
                    where=place.municipality.name,
                    deadline=f"skulle ha kommit senast {limit}" if late else f"senast {limit}",
                    url=place.url("report", row.measure.id),
                    action="Rapportera",
                    late=("measure", "overdue") if late else ("", ""),
                )


def _closing(place: Place, at: datetime) -> Iterator[Task]:
    for dialogue in place.dialogues:
        if dialogue.is_open(at) and dialogue.closes_at - at < CLOSES_SOON:
            yield Task(
                what=f"{dialogue.title} stänger snart",
                where=place.municipality.name,
                deadline=f"stänger {text.moment(dialogue.closes_at)}",
                url=place.url("dialogue", dialogue.public_id),
                action="Öppna",
            )


def _answers(place: Place, at: datetime) -> Iterator[Task]:
    for dialogue in followup.feedback_owed(place.dialogues, at):
        late = clock.day_of(at) > dialogue.answer_by
        limit = text.day(dialogue.answer_by)
        yield Task(
            what=f"Svara dem som var med i {dialogue.title}",
            where=place.municipality.name,
            deadline=f"skulle ha kommit senast {limit}" if late else f"senast {limit}",
            url=place.url("feedback", dialogue.public_id),
            action="Skriv svaret",
            late=("dialogue", "answer_overdue") if late else ("", ""),
        )


def _registering(
    hats: Sequence[Membership],
    partnerships: Sequence[Partnership],
    municipalities: Sequence[Municipality],
    slugs: dict[int, str],
    at: datetime,
) -> Iterator[Task]:
    """What one's own organisations have no diary number for, one line for each partnership."""
    own = {hat.organisation_id for hat in hats if "records.decide" in rules.permissions_of(hat)}
    for partnership in partnerships if own else ():
        here = next((one for one in municipalities if one in partnership.municipalities.all()), None)
        lacking = records.lacking(partnership, own, at) if here else []
        if here and lacking:
            address = reverse("workspace:handlings", kwargs={"place": slugs[here.pk]})
            yield Task(
                what=f"Skriv in diarienummer för {text.counted(len(lacking), 'handling', 'handlingar')}",
                where=partnership.name,
                deadline=f"den äldsta är från {text.day(min(one.dated for one in lacking))}",
                url=f"{address}?{CHOOSING}={partnership.public_id}",
                action="Skriv in",
            )
