"""Arriving at a dialogue, and coming back to it: the address leads to it, a cookie to what one has answered.

Only the pages where one takes part read the cookie. The dialogue and its result are the same page for everyone, so that
they can be kept in a cache.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import resolve, reverse

from loftet.domain.base import clock
from loftet.domain.dialogues import actions as dialogues
from loftet.domain.dialogues import codes, queries
from loftet.domain.dialogues.models import Dialogue, Participant
from loftet.domain.places import queries as places
from loftet.domain.places.models import Municipality
from loftet.faces.public.places.arrival import at_place
from loftet.faces.shared import text

# A participant can come back for a while after closing, to read what became of it.
COOKIE_OUTLIVES_DIALOGUE = timedelta(days=90)


@dataclass(frozen=True)
class Visit:
    """A dialogue at its address, the moment, and who is here if they have taken part in this browser."""

    dialogue: Dialogue
    municipality: Municipality
    place: str
    slug: str
    at: datetime
    token: str = ""
    participant: Participant | None = None

    @property
    def where(self) -> dict[str, str]:
        """What the dialogue's addresses are made of."""
        return {"place": self.place, "slug": self.slug}

    def context(self, **more) -> dict:
        """What every page of the dialogue needs."""
        return {
            "visit": self,
            "dialogue": self.dialogue,
            "municipality": self.municipality,
            "place": self.place,
            "slug": self.slug,
            "simulated": simulated_in_words(self.dialogue),
            "is_open": self.dialogue.is_open(self.at),
            "is_closed": self.dialogue.is_closed(self.at),
            **more,
        }

    def joined(self) -> Visit:
        """The same visit with a participant, made now if there was none."""
        if self.participant:
            return self
        participant, token = dialogues.join(dialogue=self.dialogue, at=self.at)
        return replace(self, token=token, participant=participant)

    @property
    def who(self) -> Participant:
        """The participant, in a visit that has joined."""
        assert self.participant is not None
        return self.participant

    @property
    def code(self) -> str:
        """The return code as it is written down; empty for one who has not taken part here."""
        return codes.in_groups(self.token) if self.participant else ""

    def returned(self, code: str) -> Visit | None:
        """The same visit by the one who holds a code, or nothing when it is nobody's in this dialogue."""
        participant = queries.participant_by_token(self.dialogue, code) if code else None
        return replace(self, token=code, participant=participant) if participant else None

    def forget(self, response: HttpResponse) -> HttpResponse:
        """Let the browser lose the token, so that the next person at it begins anew."""
        path = reverse("public:dialogue", kwargs=self.where)
        response.delete_cookie(cookie_name(self.dialogue), path=path, samesite="Lax")
        return response

    def remember(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Let the browser keep the token: strictly necessary, unreadable to scripts, sent only to this dialogue."""
        response.set_cookie(
            cookie_name(self.dialogue),
            self.token,
            expires=self.dialogue.closes_at + COOKIE_OUTLIVES_DIALOGUE,
            path=reverse("public:dialogue", kwargs=self.where),
            secure=request.is_secure(),
            httponly=True,
            samesite="Lax",
        )
        return response


def cookie_name(dialogue: Dialogue) -> str:
    """One cookie for each dialogue, so that answers in two can never be put together."""
    return f"deltar-{dialogue.public_id}"


def simulated_in_words(dialogue: Dialogue) -> str:
    """Why the answers are not real. The mark beside it says ”Exempel” already."""
    return text.capital(dialogue.simulated_note.removeprefix("Exempel:").strip())


def at_dialogue(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view a `Visit` that knows nothing of the visitor. An old address leads on to the present one."""

    @at_place
    @wraps(view)
    def arrive(request: HttpRequest, municipality: Municipality, slug: str) -> HttpResponse:
        at = clock.now()
        found = queries.public_dialogue(municipality, slug, at)
        if found is None:
            raise Http404("Det finns ingen dialog med den adressen.")
        place = places.slug_of(municipality)
        if found.slug != slug:
            here = {"place": place, "slug": found.slug}
            name = f"public:{resolve(request.path).url_name}"
            return redirect(reverse(name, kwargs=here), permanent=True, preserve_request=request.method == "POST")
        return view(request, Visit(found.dialogue, municipality, place, found.slug, at))

    return arrive


def taking_part(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view a `Visit` with who is here, if they have taken part in this browser."""

    @at_dialogue
    @wraps(view)
    def arrive(request: HttpRequest, visit: Visit) -> HttpResponse:
        token = request.COOKIES.get(cookie_name(visit.dialogue), "")
        participant = queries.participant_by_token(visit.dialogue, token) if token else None
        if participant is None:
            return view(request, visit)
        participant.dialogue = visit.dialogue  # fetched already: spares every page of taking part a query
        return view(request, replace(visit, token=token, participant=participant))

    return arrive
