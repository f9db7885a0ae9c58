"""Standing at the desk of a place: who is here, which partnership they act in, what they may do there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, wraps
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


@dataclass(frozen=True)
class Desk:
    """A person at work in a municipality, in the partnership that acts there."""

    person: Any
    municipality: Municipality
    place: str
    partnership: Partnership
    at: datetime
    step: str = ""

    def may(self, permission: str) -> bool:
        """Whether one of the person's hats in the partnership comes with the permission."""
        return any(permission in rules.permissions_of(hat) for hat in self.hats)

    def hat(self, permission: str) -> Membership:
        """The hat to act with. Raises `NotAllowed`."""
        return access.hat_for(self.person, permission, self.partnership, at=self.at)

    @cached_property
    def hats(self) -> list[Membership]:
        """The person's hats in the partnership."""
        members = {member.organisation_id for member in self.partnership.members.all()}
        return [hat for hat in queries.hats(self.person, self.at) if hat.organisation_id in members]

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


def at_desk(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view a `Desk`. A place where the person does not act is not found: it is not theirs to know about."""

    @wraps(view)
    def sit_down(request: HttpRequest, place: str, **kwargs) -> HttpResponse:
        at = clock.now()
        try:
            municipality = places.municipality(place)
        except Municipality.DoesNotExist as missing:
            raise Http404("Det finns ingen kommun med den adressen.") from missing
        partnership = queries.partnerships_of(request.user, at).filter(municipalities=municipality).first()
        if partnership is None:
            raise Http404("Du arbetar inte i den kommunen.")
        desk = Desk(request.user, municipality, place, partnership, at, _step(request.path))
        return view(request, desk, **kwargs)

    return sit_down


def _step(path: str) -> str:
    words = path.strip("/").split("/")[2:]
    return next((step for word, step in STEP_OF_ADDRESS if word in words), "")


def here(desk: Desk, thing: Any) -> None:
    """Raise 404 unless the thing belongs to the place in the address."""
    if thing.municipality.pk != desk.municipality.pk:
        raise Http404("Det finns inget sådant i den här kommunen.")
