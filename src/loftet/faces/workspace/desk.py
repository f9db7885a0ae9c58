"""Standing at the desk of a place: who is here, which partnership they act in, what they may do there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from loftet.domain.base import clock
from loftet.domain.parties import access, queries, rules
from loftet.domain.parties.models import Membership, Partnership
from loftet.domain.places import queries as places
from loftet.domain.places.models import Municipality

# The steps of the chain as the left list shows them: the column's key on the board, and its name.
STEPS = (
    ("dialoger", "Dialoger"),
    ("behov", "Det vi hörde och behov"),
    ("problem", "Problem"),
    ("loften", "Löften"),
    ("uppfoljning", "Uppföljning"),
    ("svar", "Svar till er"),
)
# Which step a page belongs to, by the words in its address; the first that fits.
STEP_OF_ADDRESS = (
    ("forsta", "behov"),
    ("horde", "behov"),
    ("behov", "behov"),
    ("svar", "svar"),
    ("dialoger", "dialoger"),
    ("problembilder", "problem"),
    ("loften", "loften"),
    ("matt", "uppfoljning"),
    ("atgarder", "uppfoljning"),
)
# Pages on which something new begins in a place, and the permission for it: the same page is there in every place.
STARTS = {
    "dialogue_new": "dialogues.write",
    "picture_new": "situation.write",
    "promise_new": "promises.write",
    "series_new": "indicators.write",
}
# Where in the session it stands which partnership one has chosen in a place, when one has several there.
CHOSEN = "chosen_partnerships"
# How it is chosen in an address: `?partnerskap=…`, by the partnership's id.
CHOOSING = "partnerskap"


@dataclass
class Desk:
    """A person at work in a municipality, in a partnership that acts there.

    `partnerships` are all of the person's in the place; `partnership` is the one chosen, or that of the thing in hand.
    """

    person: Any
    municipality: Municipality
    place: str
    partnership: Partnership
    at: datetime
    step: str = ""
    route: str = ""
    partnerships: Sequence[Partnership] = ()
    everywhere: Sequence[Partnership] = ()

    def may(self, permission: str) -> bool:
        """Whether one of the person's hats in the partnership comes with the permission."""
        return any(
            rules.role_allows(hat, permission)
            and rules.belongs(hat.organisation, self.partnership, permission, self.at)
            for hat in queries.hats(self.person, self.at)
        )

    def may_begin(self, permission: str) -> bool:
        """Whether the person may begin something new: not when the partnership has ended."""
        return not self.is_over and self.may(permission)

    def hat(self, permission: str) -> Membership:
        """The hat to act with. Raises `NotAllowed`."""
        return access.hat_for(self.person, permission, self.partnership, at=self.at)

    @property
    def hats(self) -> list[Membership]:
        """The person's hats in the partnership."""
        members = queries.members_on(self.partnership, self.at)
        return [hat for hat in queries.hats(self.person, self.at) if hat.organisation_id in members]

    @property
    def is_over(self) -> bool:
        """Whether the partnership has ended: nothing new begins in it."""
        return self.partnership.is_over_on(clock.day_of(self.at))

    @property
    def url(self) -> str:
        """The place's board."""
        return reverse("workspace:place", kwargs={"place": self.place})

    @property
    def steps(self) -> list[dict[str, Any]]:
        """The left list: the steps of the chain in this place, and at which of them one is."""
        board = {"label": "Hela kedjan", "url": self.url, "current": not self.step}
        steps = [{"label": name, "url": f"{self.url}#{key}", "current": key == self.step} for key, name in STEPS]
        return [board, *steps]

    @property
    def choices(self) -> list[dict[str, Any]]:
        """The person's partnerships in the place when there are several, and which of them one works in."""
        if len(self.partnerships) < 2:
            return []
        return [
            {"label": one.name, "url": f"{self.url}?{CHOOSING}={one.public_id}", "current": one == self.partnership}
            for one in self.partnerships
        ]

    @property
    def elsewhere(self) -> list[dict[str, Any]]:
        """The person's other places, each with the address of the same kind of page there."""
        others = {m.pk: m for one in self.everywhere for m in one.municipalities.all() if m != self.municipality}
        slugs = places.slugs_of(others.values())
        return [
            {"label": one.name, "url": self._same_in(one, slugs[one.pk])} for one in places.in_order(others.values())
        ]

    def _same_in(self, municipality: Municipality, slug: str) -> str:
        """A page that belongs to a place alone is the same in another, where one may; else the board, at the step."""
        board = reverse("workspace:place", kwargs={"place": slug})
        permission = STARTS.get(self.route, "")
        if permission and self._may_in(municipality, permission):
            return reverse(f"workspace:{self.route}", kwargs={"place": slug})
        return f"{board}#{self.step}" if self.step else board

    def _may_in(self, municipality: Municipality, permission: str) -> bool:
        today = clock.day_of(self.at)
        members = {
            pk
            for one in self.everywhere
            if municipality in one.municipalities.all() and not one.is_over_on(today)
            for pk in queries.members_on(one, self.at)
        }
        hats = queries.hats(self.person, self.at)
        return any(hat.organisation_id in members and rules.role_allows(hat, permission) for hat in hats)


def at_desk(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view a `Desk`. A place where the person does not act is not found: it is not theirs to know about."""

    @wraps(view)
    def come(request: HttpRequest, place: str, **kwargs) -> HttpResponse:
        return view(request, _sit_down(request, place, queries.partnerships_of(request.user, clock.now())), **kwargs)

    return come


def at_desk_also_after(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The same for what one still owes a place when one's organisation has left: to report and to answer."""

    @wraps(view)
    def come(request: HttpRequest, place: str, **kwargs) -> HttpResponse:
        mine = queries.partnerships_of(request.user, clock.now(), former=True)
        return view(request, _sit_down(request, place, mine), **kwargs)

    return come


def _sit_down(request: HttpRequest, place: str, mine) -> Desk:
    at = clock.now()
    try:
        municipality = places.municipality(place)
    except Municipality.DoesNotExist as missing:
        raise Http404("Det finns ingen kommun med den adressen.") from missing
    everywhere = list(mine)
    # What goes on comes before what has ended.
    here = [one for one in everywhere if municipality in one.municipalities.all()]
    here.sort(key=lambda one: one.is_over_on(clock.day_of(at)))
    if not here:
        raise Http404("Du arbetar inte i den kommunen.")
    route = request.resolver_match.url_name if request.resolver_match else ""
    chosen = _chosen(request, place, here)
    return Desk(request.user, municipality, place, chosen, at, _step(request.path), route or "", here, everywhere)


def _chosen(request: HttpRequest, place: str, here: Sequence[Partnership]) -> Partnership:
    """The partnership that one has chosen in the place, now or before; else the first. The choice is remembered."""
    known = {one.public_id: one for one in here}
    remembered = request.session.get(CHOSEN, {})
    asked = request.GET.get(CHOOSING, "")
    if asked in known and len(here) > 1 and remembered.get(place) != asked:
        request.session[CHOSEN] = remembered | {place: asked}
        return known[asked]
    return known.get(asked) or known.get(remembered.get(place, "")) or here[0]


def _step(path: str) -> str:
    words = path.strip("/").split("/")[2:]
    return next((step for word, step in STEP_OF_ADDRESS if word in words), "")


def here(desk: Desk, thing: Any) -> None:
    """Raise 404 unless the thing belongs to the place in the address; from now on work in its partnership."""
    if thing.municipality.pk != desk.municipality.pk:
        raise Http404("Det finns inget sådant i den här kommunen.")
    if getattr(thing, "partnership", None) is not None:
        turn_to(desk, thing.partnership)


def turn_to(desk: Desk, partnership: Partnership) -> None:
    """Work in this partnership from now on, whichever one is chosen in the place."""
    desk.partnership = next((one for one in desk.partnerships if one == partnership), partnership)
