"""Every state that a page can show, as word, icon and colour. One list, so that a state looks the same everywhere.

Families are kept apart because one key can mean different things: a measure that is done is not a run that is done.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Status:
    """What people read, the icon beside it and the tone: one of good, partly, bad, unsure, calm, active."""

    word: str
    icon: str
    tone: str
    explanation: str = ""


FAMILIES: dict[str, dict[str, Status]] = {
    # Gjorde vi det?
    "measure": {
        "upcoming": Status("Kommer", "ring", "calm", "Åtgärden har inte börjat än."),
        "running": Status("Pågår", "running", "active", "Åtgärden pågår och rapporteras i tid."),
        "due": Status("Dags att rapportera", "bell", "partly", "En period är slut och rapporten väntas."),
        "overdue": Status("Rapporten är sen", "alert", "bad", "Ingen har berättat i tid vad som är gjort."),
        "done": Status("Gjort", "done", "good", "Det som lovades är gjort, enligt rapporterna."),
        "partly_done": Status("Delvis gjort", "half", "partly", "En del av det som lovades är gjort."),
        "not_done": Status("Inte gjort", "cross-ring", "bad", "Det som lovades blev inte gjort."),
        "withdrawn": Status("Indragen", "minus-ring", "unsure", "Åtgärden drogs tillbaka, med skäl."),
    },
    # Hjälpte det?
    "target": {
        "reached": Status("Målet är nått", "flag", "good", "Mätningen visar att målet är nått."),
        "not_reached": Status("Målet är inte nått", "flag-down", "bad", "Mätningen visar att målet inte är nått."),
        "cannot_be_judged": Status("Går inte att avgöra", "question", "unsure", "Underlaget räcker inte för ett svar."),
        "too_early": Status("För tidigt att säga", "hourglass", "calm", "Mätningen är inte gjord än."),
    },
    "document": {
        "draft": Status("Utkast", "draft", "calm"),
        "shared": Status("Delat för synpunkter", "people", "calm"),
        "proposed": Status("Föreslaget", "forward", "active"),
        "under_decision": Status("Under beslut", "clock", "active"),
        "sent_back": Status("Återsänt", "back", "partly"),
        "signed_by_some": Status("Undertecknat av en part", "pen", "partly"),
        "in_force": Status("Gäller", "seal", "good"),
        "superseded": Status("Ersatt av nyare version", "minus-ring", "unsure"),
        "ended": Status("Avslutat", "lock", "unsure"),
        "withdrawn": Status("Tillbakadraget", "minus-ring", "unsure"),
    },
    "paper": {
        "unconfirmed": Status(
            "Inte bekräftad", "hourglass", "partly", "En part har fört in papperet, ingen annan har bekräftat det."
        ),
        "refused": Status("Stämmer inte", "cross-ring", "unsure", "Den andra parten säger att papperet inte stämmer."),
    },
    "dialogue": {
        "draft": Status("Utkast", "draft", "calm"),
        "coming": Status("Öppnar snart", "calendar", "calm"),
        "open": Status("Öppen för svar", "open", "active"),
        "closed": Status("Stängd, svar väntas", "lock", "unsure"),
        "answered": Status("Besvarad", "done", "good"),
        "answer_overdue": Status("Svaret är sent", "alert", "bad"),
    },
    "voice": {
        "received": Status("Väntar på granskning", "hourglass", "calm"),
        "published": Status("Publicerad", "done", "good"),
        "held": Status("Vilande", "lock", "partly"),
        "declined": Status("Inte publicerad", "minus-ring", "unsure"),
    },
    "run": {
        "queued": Status("I kö", "ring", "calm"),
        "running": Status("Pågår", "running", "active"),
        "done": Status("Klar", "done", "good"),
        "failed": Status("Misslyckades", "alert", "bad"),
    },
    "response": {
        "promised": Status("Lovat", "seal", "active"),
        "done": Status("Gjort", "done", "good"),
        "not_done": Status("Görs inte", "cross-ring", "unsure"),
        "passed_on": Status("Skickat vidare", "pass-on", "calm"),
    },
    "place": {
        "running": Status("Löften gäller", "seal", "good"),
        "late": Status("Uppföljning är sen", "alert", "bad"),
        "expired": Status("Löften har gått ut", "clock", "partly"),
        "none": Status("Kommunen uppger att löften saknas", "minus-ring", "unsure"),
        "unknown": Status("Inte känt för Löftet", "question", "calm"),
    },
    "label": {
        "sharp": Status("Skarpt löfte", "seal", "good"),
        "ambition": Status("Ambition", "half", "partly"),
    },
}


def find(family: str, key: str) -> Status:
    """Return a status; an unknown family or key raises KeyError naming both, because a page never guesses a state."""
    try:
        return FAMILIES[family][key]
    except KeyError as error:
        raise KeyError(
            f"Det finns inget läge {key!r} i {family!r}; lägg till det i faces/shared/statuses.py"
        ) from error
