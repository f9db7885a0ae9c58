"""A retold promise in words for its page: what a source says, what it does not say, and that nothing is signed here."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from loftet.domain.promises.models import RetoldMeasure, RetoldPromise
from loftet.domain.promises.queries import retold as queries
from loftet.faces.shared import text

TEMPLATE = "public/promises/retold.html"

SCOPES = {
    "municipality": "Löftet gäller kommunen.",
    "district": "Löftet gäller en stadsdel.",
    "theme": "Löftet gäller ett tema.",
    "other": "",
}
SCOPE_OF_SEVERAL = "Löftet gäller {number} kommuner tillsammans: {places}."
HOW_MUCH_WAS_READ = {
    True: "Hela sidan lästes.",
    False: (
        "Bara en del av sidan lästes. Det som är okänt här kan alltså stå längre ned på sidan "
        "eller i ett bifogat dokument."
    ),
    None: "Det är inte antecknat om hela sidan lästes.",
}
QUESTIONS = (
    ("has_problem", "Är problemet beskrivet?"),
    ("has_concrete_measure", "Finns minst en åtgärd som säger vem som gör den, och hur mycket eller när?"),
    ("has_measured_followup", "Sägs det hur löftet följs upp och mot vilket mått?"),
)
UNKNOWN_IN_PART = "Okänt. Det syntes inte i den del som lästes."
MEASURES_HEADINGS = {
    "promise": "Det som lovades",
    "extension": "Det som lovades",
    "followup": "Åtgärderna",
    "other": "Åtgärderna",
}
MARKS = str.maketrans({'"': "”", "“": "”", "„": "”", "'": "’", "‘": "’", "‚": "’"})
MEASURE_PATH = re.compile(r"åtgärder\[(\d+)\]\.(.+)")


@dataclass(frozen=True)
class SourceLine:
    """A source to show. Without an address it is only text."""

    name: str
    address: str = ""


@dataclass(frozen=True)
class MeasureLine:
    """A measure as the source tells it. An empty text means that the source does not say."""

    what: str
    who: str
    how_much: str
    where: str
    when: str
    not_recognised: tuple[tuple[str, str], ...] = ()

    @property
    def details(self) -> list[str]:
        """How much, where and when, as far as the source says so."""
        return [said for said in (self.how_much, self.where, self.when) if said]


@dataclass(frozen=True)
class RetoldPage:
    """Everything that the page of a retold promise says."""

    heading: str
    period: str
    scope: str
    how_much_was_read: str
    imported_at: datetime
    sources: tuple[SourceLine, ...]
    problem: str
    measures_heading: str
    measures: tuple[MeasureLine, ...]
    goal: str
    followup: str
    outcome: str
    basis: tuple[str, ...]
    signed_by: tuple[str, ...]
    answers: tuple[tuple[str, str], ...]
    not_recognised: tuple[tuple[str, str], ...]

    @property
    def facts(self) -> list[tuple[str, str]]:
        """The short answers under the heading."""
        return [("Tid", self.period), ("Omfattning", self.scope)]


def context(found: queries.PublicRetold, place: str) -> dict[str, Any]:
    """What `TEMPLATE` needs: the page, the municipality and the place's name in addresses."""
    return {"page": page_of(found), "municipality": found.municipality, "place": place, "retold": found}


def page_of(found: queries.PublicRetold) -> RetoldPage:
    """The page of a retold promise."""
    promise = found.promise
    names = [told.municipality.name for told in promise.places.all()]
    unknown = _unknown(promise)
    return RetoldPage(
        heading=found.name,
        period=_period(promise),
        scope=_scope(promise, names),
        how_much_was_read=HOW_MUCH_WAS_READ[promise.whole_page_read],
        imported_at=promise.imported_at,
        sources=tuple(_sources([promise.source_url, *promise.more_sources])),
        problem=shown(promise.problem),
        measures_heading=MEASURES_HEADINGS[promise.record_type],
        measures=tuple(
            _measure(measure, several_places=len(names) > 1, unknown=unknown[measure.number])
            for measure in promise.measures.all()
        ),
        goal=shown(promise.outcome_goal),
        followup=shown(promise.followup),
        outcome=shown(promise.reported_outcome),
        basis=tuple(shown(part) for part in promise.basis),
        signed_by=tuple(_counted(promise.signatory_roles)),
        answers=tuple((question, _answer(promise, attribute)) for attribute, question in QUESTIONS),
        not_recognised=tuple(unknown[0]),
    )


def shown(words: str) -> str:
    """The retelling in Swedish quotation marks and apostrophes, however it was typed.

    >>> shown("McDonald's")
    'McDonald’s'
    """
    return words.translate(MARKS)


def _period(promise: RetoldPromise) -> str:
    if promise.starts and promise.ends:
        return text.capital(text.period(promise.starts, promise.ends))
    return text.capital(promise.years) or "Vilka år löftet gäller framgår inte."


def _scope(promise: RetoldPromise, names: list[str]) -> str:
    if len(names) > 1 and promise.level == RetoldPromise.Level.MUNICIPALITY:
        return SCOPE_OF_SEVERAL.format(number=text.number_word(len(names)), places=text.joined(names))
    return SCOPES[promise.level]


def _measure(measure: RetoldMeasure, *, several_places: bool, unknown: list[tuple[str, str]]) -> MeasureLine:
    return MeasureLine(
        what=shown(measure.text),
        who=shown(_who(measure, several_places)),
        how_much=shown(_how_much(measure)),
        where=shown(measure.where),
        when=shown(measure.when),
        not_recognised=tuple(unknown),
    )


def _who(measure: RetoldMeasure, several_places: bool) -> str:
    plain = {"municipality": "kommunerna" if several_places else "kommunen", "police": "polisen"}
    names = [plain.get(who.party) or who.name.strip() for who in measure.responsible.all()]
    if len(names) < 2:
        return text.capital(text.joined(names))
    return f"{text.capital(text.joined(names))} tillsammans"


def _how_much(measure: RetoldMeasure) -> str:
    if measure.amount is not None:
        return text.amount_in_words(measure.amount, measure.unit, measure.per, measure.aggregation)
    # Some sources give a unit or a period and no figure. What they say is shown, and nothing is added.
    return " ".join(filter(None, [measure.unit, text.PER_WORDS[measure.per] if measure.per else ""]))


def _sources(addresses: Iterable[str]) -> Iterable[SourceLine]:
    """Sources by the site they lie on, numbered when several lie on the same, so that no two links read alike."""
    seen: Counter[str] = Counter()
    for address in addresses:
        if not queries.is_web_address(address):
            yield SourceLine(address)
            continue
        site = (urlsplit(address).hostname or "").removeprefix("www.")
        seen[site] += 1
        yield SourceLine(f"{site}, sida {seen[site]}" if seen[site] > 1 else site, address)


def _counted(roles: list[str]) -> Iterable[str]:
    """Roles in the order told; the same role several times is said once with how many."""
    for role, count in Counter(roles).items():
        yield shown(f"{role} ({text.number_word(count)} personer)" if count > 1 else role)


def _answer(promise: RetoldPromise, attribute: str) -> str:
    if getattr(promise, attribute) == "unknown" and promise.whole_page_read is False:
        return UNKNOWN_IN_PART
    return f"{text.capital(getattr(promise, f'get_{attribute}_display')())}."


def _unknown(promise: RetoldPromise) -> dict[int, list[tuple[str, str]]]:
    """What was not recognised, as (field, value): by the number of its measure, under 0 that of the record."""
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for path, value in queries.not_recognised(promise):
        match = MEASURE_PATH.fullmatch(path)
        number, name = (int(match[1]), match[2]) if match else (0, path)
        # A party that was not recognised stands among those responsible already.
        if name != "ansvarig":
            found[number].append((name, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)))
    return found
