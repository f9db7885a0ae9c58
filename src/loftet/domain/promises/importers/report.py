"""What an import did, in words: one line for each thing to look at, and last how many went in."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import Any

from loftet.domain.base.errors import DomainError

# Code → short name of the reason and the full sentence, in Swedish and in English. Reasons with one short name are
# counted together in the last line.
REASONS: dict[str, dict[str, tuple[str, str]]] = {
    "not_an_object": {
        "sv": ("posten går inte att läsa", "Posten är inte ett objekt med fält."),
        "en": ("unreadable record", "The record is not an object with fields."),
    },
    "repeated_field": {
        "sv": ("samma fält två gånger", "Fältet {field} står två gånger. Bara ett av dem hade kunnat sparas."),
        "en": ("repeated field", "The field {field} appears twice. Only one of them could have been kept."),
    },
    "unsavable": {
        "sv": ("tecken som inte kan sparas", "{field} innehåller ett tecken eller tal som inte kan sparas."),
        "en": ("text that cannot be stored", "{field} holds a character or number that cannot be stored."),
    },
    "missing": {
        "sv": ("uppgift saknas", "Fältet {field} saknas eller är tomt."),
        "en": ("missing value", "The field {field} is missing or empty."),
    },
    "not_text": {
        "sv": ("fel slags värde", "Fältet {field} ska vara text."),
        "en": ("wrong kind of value", "The field {field} must be text."),
    },
    "not_a_list": {
        "sv": ("fel slags värde", "Fältet {field} ska vara en lista."),
        "en": ("wrong kind of value", "The field {field} must be a list."),
    },
    "not_fields": {
        "sv": ("fel slags värde", "Fältet {field} ska vara ett objekt med fält."),
        "en": ("wrong kind of value", "The field {field} must be an object with fields."),
    },
    "too_long": {
        "sv": ("för lång text", "Fältet {field} är längre än {limit} tecken."),
        "en": ("text too long", "The field {field} is longer than {limit} characters."),
    },
    "unknown_municipality": {
        "sv": ("okänd kommun", "Det finns ingen kommun som heter ”{name}”."),
        "en": ("unknown municipality", "There is no municipality called “{name}”."),
    },
    "municipality_twice": {
        "sv": ("samma kommun två gånger", "{name} står två gånger bland kommunerna."),
        "en": ("municipality repeated", "{name} appears twice among the municipalities."),
    },
    "bad_source": {
        "sv": (
            "källan är ingen webbadress",
            "Fältet {field} ska vara en webbadress som börjar med http:// eller https://.",
        ),
        "en": (
            "source is no web address",
            "The field {field} must be a web address that begins with http:// or https://.",
        ),
    },
    "not_a_year": {
        "sv": ("fel årtal eller period", "Fältet {field} ska vara ett årtal mellan 1900 och 2100."),
        "en": ("wrong year or period", "The field {field} must be a year between 1900 and 2100."),
    },
    "years_reversed": {
        "sv": ("fel årtal eller period", "ar_till ligger före ar_fran."),
        "en": ("wrong year or period", "ar_till lies before ar_fran."),
    },
    "bad_period": {
        "sv": ("fel årtal eller period", "period_exakt ska vara två datum i ordning, som 2018-07-01/2020-06-30."),
        "en": ("wrong year or period", "period_exakt must be two dates in order, such as 2018-07-01/2020-06-30."),
    },
    "bad_amount": {
        "sv": ("fel antal", "Fältet {field} ska vara ett tal från 0 och uppåt med högst två decimaler."),
        "en": ("wrong amount", "The field {field} must be a number from 0 upwards with at most two decimals."),
    },
    "twice_in_file": {
        "sv": ("samma id två gånger", "Samma id står redan på post {first} i filen."),
        "en": ("id repeated", "The same id already stands on record {first} of the file."),
    },
    "differs": {
        "sv": (
            "finns redan med annat innehåll",
            "Den finns redan med annat innehåll, och det som står kvar är det äldre. "
            "Läs in med --replace om det nya ska gälla i stället.",
        ),
        "en": (
            "already there with other content",
            "It is already there with other content, and the older one still stands. "
            "Import with --replace to let the new one take its place.",
        ),
    },
    "rule": {"sv": ("en regel säger nej", "{sentence}"), "en": ("refused by a rule", "{sentence}")},
}

WORDS: dict[str, dict[str, str]] = {
    "sv": {
        "position": "post {0}",
        "refused": "Avvisad: {key}. {why}",
        "unrecognised": "Inte igenkänt, sparat som det stod: {key}, {field}: {value}",
        "ignored": "Inte igenkänt i filens topp, hör inte till något löfte och sparas inte: {name}",
        "added": "{n} lästes in",
        "changed": "{n} ersattes",
        "already_there": "{n} fanns redan",
        "refused_count": "{n} avvisades",
    },
    "en": {
        "position": "record {0}",
        "refused": "Refused: {key}. {why}",
        "unrecognised": "Not recognised, kept as it stood: {key}, {field}: {value}",
        "ignored": "Not recognised at the top of the file, belongs to no promise and is not kept: {name}",
        "added": "{n} imported",
        "changed": "{n} replaced",
        "already_there": "{n} already there",
        "refused_count": "{n} refused",
    },
}


class ImportFault(DomainError):
    """The file as a whole cannot be read. Nothing went in."""


@dataclass(frozen=True)
class Reason:
    """Why a record was refused: a code from `REASONS` and what the sentence needs to know."""

    code: str
    about: tuple[tuple[str, Any], ...] = ()

    def text(self, language: str = "sv") -> str:
        """The whole sentence."""
        return REASONS[self.code][language][1].format(**dict(self.about))

    def short(self, language: str = "sv") -> str:
        """The few words under which reasons of the same kind are counted."""
        return REASONS[self.code][language][0]

    def __str__(self) -> str:
        return self.text()


class Unreadable(Exception):
    """A record that cannot be read. It is refused whole."""

    def __init__(self, code: str, **about: Any):
        self.reason = Reason(code, tuple(about.items()))
        super().__init__(str(self.reason))


@dataclass(frozen=True)
class ImportReport:
    """What an import did. A refused record is named by its id, or by its position when it has none."""

    added: int = 0
    already_there: int = 0
    changed: int = 0
    refused: tuple[tuple[str | int, Reason], ...] = ()
    unrecognised: tuple[tuple[str, str, Any], ...] = ()
    ignored: tuple[str, ...] = ()

    def lines(self, language: str = "sv") -> list[str]:
        """Lines for a person. The last says how many went in, were already there and were refused, and why."""
        words = WORDS[language]
        shown = [words["ignored"].format(name=name) for name in self.ignored]
        shown += [
            words["unrecognised"].format(key=key, field=field, value=json.dumps(value, ensure_ascii=False))
            for key, field, value in self.unrecognised
        ]
        shown += [
            words["refused"].format(key=self._named(key, language), why=reason.text(language))
            for key, reason in self.refused
        ]
        return [_printable(line) for line in [*shown, self._count_line(language)]]

    def _count_line(self, language: str) -> str:
        words = WORDS[language]
        parts = [words["added"].format(n=self.added)]
        if self.changed:
            parts.append(words["changed"].format(n=self.changed))
        parts.append(words["already_there"].format(n=self.already_there))
        refused = words["refused_count"].format(n=len(self.refused))
        kinds = Counter(reason.short(language) for _, reason in self.refused)
        why = ", ".join(f"{kind}: {n}" for kind, n in kinds.items())
        parts.append(f"{refused} ({why})" if why else refused)
        return ", ".join(parts) + "."

    @staticmethod
    def _named(key: str | int, language: str) -> str:
        return WORDS[language]["position"].format(key) if isinstance(key, int) else key


def _printable(line: str) -> str:
    """A line that cannot steer the terminal it is printed on, whatever stood in the file."""
    return "".join(c if c.isprintable() or c == "\u00a0" else "\ufffd" for c in line)
