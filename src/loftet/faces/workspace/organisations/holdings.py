"""What somebody who leaves holds, place by place. Nothing belongs to a person, so nothing is orphaned."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from loftet.domain.dialogues import queries as dialogues
from loftet.domain.dialogues import rules as dialogue_rules
from loftet.domain.dialogues.models import Dialogue
from loftet.domain.parties import queries as parties
from loftet.domain.parties import rules
from loftet.domain.parties.models import Membership, Partnership
from loftet.domain.places import queries as places
from loftet.domain.places.models import Municipality
from loftet.domain.promises import queries as promises
from loftet.domain.signing import queries as signing
from loftet.domain.situation import queries as situation
from loftet.faces.shared import text
from loftet.faces.workspace.home.todo import Task, tasks


@dataclass(frozen=True)
class Item:
    """One thing that goes on, where it is worked on, and what more there is to say."""

    words: str
    url: str
    note: str = ""


@dataclass(frozen=True)
class Holding:
    """A place: what waits there, what goes on, and the drafts."""

    municipality: Municipality
    hats: Sequence[Membership]
    waiting: Sequence[Task]
    running: Sequence[Item]
    drafts: Sequence[Item]

    @property
    def counted(self) -> str:
        """How much there is, for one who handles the people but reads nothing of the content."""
        numbers = [
            (len(self.waiting), "sak som väntar", "saker som väntar"),
            (len(self.running), "öppen dialog", "öppna dialoger"),
            (len(self.drafts), "utkast", "utkast"),
        ]
        told = [text.counted(n, one, many) for n, one, many in numbers if n]
        return text.joined(told) if told else "inget som väntar"


def holdings(hats: Sequence[Membership], partnerships: Sequence[Partnership], at: datetime) -> list[Holding]:
    """What those who wear these hats have before them in each of the partnerships' places."""
    municipalities = places.in_order({m.pk: m for one in partnerships for m in one.municipalities.all()}.values())
    slugs = places.slugs_of(municipalities)
    found = []
    for municipality in municipalities:
        here = [one for one in partnerships if municipality in one.municipalities.all()]
        members = {pk for one in here for pk in parties.members_on(one, at)}
        worn = [hat for hat in hats if hat.organisation_id in members]
        found.append(_holding(municipality, slugs[municipality.pk], worn, here, at))
    return found


def _holding(
    municipality: Municipality, slug: str, hats: Sequence[Membership], here: Sequence[Partnership], at: datetime
) -> Holding:
    asked = list(dialogues.dialogues_in(municipality, here))
    names = {municipality.name, *(one.name for one in here)}
    waiting = [task for task in tasks(hats, here, at) if task.where in names]
    put_aside = dialogues.waiting_counts(asked)
    running = [_running(slug, one, put_aside[one.pk]["held"], hats, at) for one in asked if one.is_open(at)]
    return Holding(municipality, hats, waiting, running, list(_drafts(municipality, slug, asked, here, at)))


def _running(slug: str, dialogue: Dialogue, held: int, hats: Sequence[Membership], at: datetime) -> Item:
    """An open dialogue, with how many voices are held, for those who may know of them."""
    may_see = any(dialogue_rules.may_moderate(hat, dialogue, at) for hat in hats)
    note = f"stänger {text.moment(dialogue.closes_at)}"
    if held and may_see:
        note += f", {text.counted(held, 'text', 'texter')} vilar"
    return Item(dialogue.title, _url("dialogue", slug, dialogue.public_id), note)


def _drafts(
    municipality: Municipality, slug: str, asked: Sequence[Dialogue], here: Sequence[Partnership], at: datetime
) -> Iterator[Item]:
    for dialogue in asked:
        if dialogue_rules.is_draft(dialogue):
            yield Item(dialogue.title, _url("dialogue", slug, dialogue.public_id), "dialog")
    pictures = list(situation.pictures_in(municipality, here))
    written = list(promises.promises_in(municipality, here))
    states = signing.states([thing.document for thing in [*pictures, *written] if thing.document], at)
    for name, things, word in (("picture", pictures, "problembild"), ("promise", written, "löfte")):
        for thing in things:
            if states.get(thing.document_id) == signing.State.DRAFT:
                yield Item(thing.title, _url(name, slug, thing.public_id), word)


def _url(name: str, slug: str, public_id: str) -> str:
    return reverse(f"workspace:{name}", kwargs={"place": slug, "public_id": public_id})


def may_read(hats: Sequence[Membership], partnership: Partnership, at: datetime) -> bool:
    """Whether one with these hats may read the content, and not only how much there is."""
    return any(rules.may(hat, parties.READ, partnership=partnership, at=at) for hat in hats)
