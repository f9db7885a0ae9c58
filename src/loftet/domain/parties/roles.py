"""The roles, in plain words, with what each may do. The workspace prints the same text as the rules read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Role:
    """A stable key, what people see, the permissions that come with it, and whose people it is for.

    `sides` are kinds of organisation as equals stand: a board counts as its municipality. `may_be_shared` tells whether
    an account that several people use may have it.
    """

    key: str
    name: str
    description: str
    permissions: frozenset[str]
    sides: frozenset[str] = frozenset({"municipality", "police", "other"})
    may_be_shared: bool = True


_READ = frozenset({"workspace.read"})
_WRITE = _READ | {
    "dialogues.write",
    "understanding.write",
    "situation.write",
    "plans.write",
    "promises.write",
    "indicators.write",
    "followup.report",
    "followup.answer",
    "signing.propose",
    "records.decide",
    "parties.administer",
    "parties.cooperate",
}

ROLES = (
    Role(
        "municipal_coordinator",
        "kommunens samordnare",
        "Driver dialoger, problembild, löften och uppföljning för kommunen, tillsammans med polisen.",
        _WRITE | {"dialogues.open", "dialogues.moderate"},
        frozenset({"municipality"}),
    ),
    Role(
        "police_coordinator",
        "polisens samordnare",
        "Driver problembild, löften och uppföljning för polisen, tillsammans med kommunen.",
        _WRITE,
        frozenset({"police"}),
    ),
    Role(
        "signatory",
        "undertecknare",
        "Läser det som ska undertecknas, skickar tillbaka det eller skriver under för sin organisation.",
        _READ | {"signing.sign", "signing.decide"},
        may_be_shared=False,
    ),
    Role(
        "moderator", "granskare", "Granskar det invånare skriver innan det publiceras.", _READ | {"dialogues.moderate"}
    ),
    Role("contributor", "medarbetare", "Rapporterar vad som är gjort.", _READ | {"followup.report"}),
    Role("reader", "läsare", "Läser skrivbordet men ändrar inget.", _READ),
    Role(
        "independent_reviewer",
        "oberoende bedömare",
        "Läser skrivbordet för att bedöma arbetet utifrån. Ändrar inget och skriver inte under för någon.",
        _READ,
        frozenset({"other"}),
    ),
    Role(
        "administrator",
        "administratör",
        "Sköter organisationens uppgifter och vem som har vilket uppdrag. Ser inget av innehållet.",
        frozenset({"parties.administer"}),
    ),
)
BY_KEY = {role.key: role for role in ROLES}

# What each permission means for the one who has it: ”du får …”.
PERMISSIONS = {
    "workspace.read": "läsa skrivbordet",
    "dialogues.write": "skriva dialoger",
    "dialogues.open": "publicera dialoger",
    "dialogues.moderate": "läsa och granska det invånare skriver, om din organisation ansvarar för personuppgifterna",
    "understanding.write": "sammanfatta det ni hörde",
    "situation.write": "skriva problembilder",
    "plans.write": "skriva åtgärder",
    "promises.write": "skriva löften",
    "indicators.write": "föra in mått och mätningar",
    "followup.report": "rapportera vad som är gjort",
    "followup.answer": "svara dem som var med i en dialog",
    "signing.propose": "lägga fram förslag och ta tillbaka dem",
    "signing.decide": "föra in beslut och skicka tillbaka förslag",
    "signing.sign": "skriva under",
    "records.decide": "föra in diarienummer, lämna ut handlingar och föra in vad som sparas, gallras och tas bort",
    "parties.administer": "ändra organisationens uppgifter och ge och avsluta uppdrag",
    "parties.cooperate": "ändra partnerskapets tider och vilka som är med",
}
