"""Handing out: looking at what would go, with words masked, and then handing out exactly that."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction

from loftet.domain.base import clock
from loftet.domain.base.errors import DomainError
from loftet.domain.journal import actions as journal
from loftet.domain.parties import rules
from loftet.domain.parties.models import Membership, Partnership
from loftet.domain.records import disclosing, queries
from loftet.domain.records.disclosing import Masked
from loftet.domain.records.models import Disclosure

SHORTEST: Final = 2
LONGEST: Final = 200


@dataclass(frozen=True)
class Preview:
    """What would be handed out. `seen` is the number for exactly this; `places` how often each word was masked."""

    sections: tuple[Masked, ...]
    places: dict[str, int]
    suggestions: tuple[str, ...]
    seen: str

    @property
    def masked(self) -> int:
        """In how many places something is masked."""
        return sum(one.count for one in self.sections)


@transaction.atomic
def preview_disclosure(
    *, partnership: Partnership, keys: Sequence[str], words: Sequence[str], by: Membership, at: datetime | None = None
) -> Preview:
    """Read what one has chosen, with the words masked. That what is not published was read is told in the history."""
    at = at or clock.now()
    rules.must(by, "records.decide", partnership=partnership, at=at)
    if any(sum(letter.isalnum() for letter in word) < SHORTEST for word in words):
        raise DomainError(f"Skriv minst {SHORTEST} bokstäver av varje ord som ska maskas. Inget är utlämnat.")
    offered = {one.key: one for one in queries.disclosable(partnership, by, at)}
    if not keys or not set(keys) <= offered.keys():
        raise DomainError("Välj vad som ska lämnas ut. Inget är utlämnat.")
    chosen = [one for key, one in offered.items() if key in keys]
    # Each is read once: to read is an act of its own.
    read = [(one, one.read()) for one in chosen]
    plain = disclosing.texts(disclosing.masked(one, reading, ()) for one, reading in read)
    found = tuple(disclosing.masked(one, reading, disclosing.patterns(words)) for one, reading in read)
    return Preview(
        sections=found,
        places={word: disclosing.count(word, plain) for word in words},
        suggestions=tuple(disclosing.suggestions(found)),
        seen=disclosing.digest(found),
    )


@transaction.atomic
def disclose(
    *,
    partnership: Partnership,
    keys: Sequence[str],
    words: Sequence[str],
    request: str,
    seen: str,
    by: Membership,
    ground: str = "",
    at: datetime | None = None,
) -> tuple[Disclosure, bytes]:
    """Hand out exactly what was seen, as a zip, and write down what, to which request and by whom.

    The words that were masked are kept nowhere. Raises `DomainError` when anything has changed since it was seen.
    """
    at = at or clock.now()
    shown = preview_disclosure(partnership=partnership, keys=keys, words=words, by=by, at=at)
    request, ground = request.strip(), ground.strip()
    _must_be_sensible(request, ground, words, shown)
    if shown.seen != seen:
        raise DomainError("Något har ändrats sedan ni tittade. Titta igen innan ni lämnar ut det. Inget är utlämnat.")
    made = disclosing.package(shown.sections, organisation=by.organisation, at=at)
    row = Disclosure.objects.create(
        organisation=by.organisation,
        partnership=partnership,
        disclosed_by=by.person,
        request=request,
        ground=ground,
        contents=[{"key": one.section.key, "title": one.title, "masked": one.count} for one in shown.sections],
        masked=shown.masked,
        package_digest=hashlib.sha256(made).hexdigest(),
        disclosed_at=at,
    )
    data = {"sections": [one.section.key for one in shown.sections], "masked": shown.masked}
    journal.record(verb="records.disclosed", subject=row, by=by, at=at, data=data, within=partnership)
    return row, made


def _must_be_sensible(request: str, ground: str, words: Sequence[str], shown: Preview) -> None:
    if not request or len(request) > LONGEST:
        raise DomainError(f"Skriv vilken begäran det gäller, med högst {LONGEST} tecken. Inget är utlämnat.")
    if len(ground) > LONGEST:
        raise DomainError(f"Skriv stödet för maskningen med högst {LONGEST} tecken. Inget är utlämnat.")
    if shown.masked and not ground:
        raise DomainError("Skriv vilket stöd ni har för att maska. Inget är utlämnat.")
    told = disclosing.visible(f"{request} {ground}")
    if any(one.search(told) for one in disclosing.patterns(words)):
        raise DomainError("Begäran och stödet sparas. Upprepa inte de maskade orden i dem. Inget är utlämnat.")
