"""Promises in lists and on their own page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from loftet.domain.base import clock
from loftet.domain.dialogues import queries as dialogues
from loftet.domain.dialogues.queries import PublicDialogue
from loftet.domain.followup.queries import PromiseFollowup
from loftet.domain.places import names
from loftet.domain.places import queries as places
from loftet.domain.promises.queries import PublicPromise
from loftet.domain.register import queries as register
from loftet.domain.signing.models import Version
from loftet.faces.shared import text
from loftet.faces.shared.promise_sheet import Placed, did_it_help, did_we, sheet
from loftet.faces.shared.qr import qr
from loftet.faces.shared.receipt import Receipt, SignatureLine, signed_line


@dataclass(frozen=True)
class Summary:
    """A promise in a list: its name and address, its period, its label and the two facts."""

    title: str
    url: str
    place: str
    period: str
    label: str
    summary: str
    did_we: str
    did_it_help: str
    is_late: bool
    is_over: bool
    is_example: bool


def summaries(followups: Sequence[PromiseFollowup], at: datetime) -> list[Summary]:
    """Promises for a list, those that run first. As many queries however many they are."""
    owners = {row.shown.promise.municipality.public_id for row in followups}
    slugs = places.current_slugs(names.MUNICIPALITIES, owners)
    rows = [_summary(row, slugs[row.shown.promise.municipality.public_id], at) for row in followups]
    return sorted(rows, key=lambda row: row.is_over)


def _summary(followup: PromiseFollowup, place: str, at: datetime) -> Summary:
    shown, words = followup.shown, followup.shown.words
    return Summary(
        title=words.title,
        url=reverse("public:promise", kwargs={"place": place, "slug": shown.slug}),
        place=text.joined(place.name for place in words.places),
        period=text.period(words.starts, words.ends),
        label="sharp" if shown.sharpness.is_sharp else "ambition",
        summary=words.summary,
        did_we=did_we(followup),
        did_it_help=did_it_help(followup),
        is_late=bool(followup.late),
        is_over=words.ends < clock.day_of(at),
        is_example=shown.promise.municipality.is_example,
    )


def address(shown: PublicPromise) -> str:
    """Where a promise is shown: under its own municipality. In a list use `summaries`, which asks for all at once."""
    place = places.slug_of(shown.promise.municipality)
    return reverse("public:promise", kwargs={"place": place, "slug": shown.slug})


def receipt(
    followup: PromiseFollowup, *, place: str, versions: Sequence[Version], base_url: str, at: datetime
) -> Receipt:
    """The promise as a receipt, with its place in the register and ways to what it rests on."""
    shown = followup.shown
    where = {"place": place, "slug": shown.slug}
    entry = register.latest_entry_of(shown.promise.public_id, "promise.in_force")
    is_example = shown.promise.municipality.is_example
    permanent = base_url.rstrip("/") + reverse("opendata:permanent", kwargs={"public_id": shown.promise.public_id})
    placed = Placed(
        register_code=f"{entry.number}-{entry.leaf_hash[:8]}" if entry else "",
        register_url=reverse("public:register_entry", kwargs={"number": entry.number}) if entry else "",
        versions=f"Version {shown.version.number}" + (f" av {len(versions)}" if len(versions) > 1 else ""),
        versions_url=reverse("public:promise_versions", kwargs=where),
        heard=_rests_on(shown),
        chain_url=reverse("public:promise_chain", kwargs=where),
        address=permanent,
        qr=qr(permanent),
        simulated="Kommunen, parterna och alla siffror är påhittade." if is_example else "",
        dialogues=_dialogue_results(shown, at),
    )
    return sheet(
        shown.words,
        judged=shown.sharpness,
        followup=followup,
        signatures=signature_lines(shown.version),
        placed=placed,
    )


def _rests_on(shown: PublicPromise) -> str:
    needs = len(shown.words.problem.needs)
    return f"Bygger på {'ett' if needs == 1 else text.number_word(needs)} behov" if needs else "Se vad det bygger på"


def _dialogue_results(shown: PublicPromise, at: datetime) -> dict[str, str]:
    """Where the results of the dialogues behind the problem are shown, by the dialogues' permanent ids."""
    named = [source.dialogue for source in shown.words.problem.sources if source.dialogue]
    found = {public_id: dialogues.public_dialogue_by_id(public_id, at) for public_id in named}
    return {public_id: result_address(one) for public_id, one in found.items() if one}


def result_address(found: PublicDialogue) -> str:
    """Where a dialogue's result is shown."""
    where = {"place": places.slug_of(found.dialogue.municipality), "slug": found.slug}
    return reverse("public:dialogue_result", kwargs=where)


def signature_lines(version: Version) -> tuple[SignatureLine, ...]:
    """One line for each party whose signature the version needs, equal in size, signed or waiting."""
    signed = {row.organisation_id: row for row in version.signatures.all()}
    return tuple(_signature_line(party, signed.get(party.organisation_id)) for party in version.required.all())


def _signature_line(party, signature) -> SignatureLine:
    if signature is None:
        return SignatureLine(party.organisation.name)
    return signed_line(party.organisation, signature)
