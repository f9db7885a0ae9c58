"""The roles, in plain words, with what each may do. The workspace prints the same text as the rules read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Role:
    """A stable key, what people see, and the permissions that come with it."""

    key: str
    name: str
    description: str
    permissions: frozenset[str]


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
}

ROLES = (
    Role(
        "municipal_coordinator",
        "kommunens samordnare",
        "Driver dialoger, problembild, löften och uppföljning för kommunen, tillsammans med polisen.",
        _WRITE | {"dialogues.open", "dialogues.moderate"},
    ),
    Role(
        "police_coordinator",
        "polisens samordnare",
        "Driver problembild, löften och uppföljning för polisen, tillsammans med kommunen.",
        _WRITE,
    ),
    Role(
        "signatory",
        "undertecknare",
        "Läser det som ska undertecknas, skickar tillbaka det eller skriver under för sin organisation.",
        _READ | {"signing.sign", "signing.decide"},
    ),
    Role(
        "moderator", "granskare", "Granskar det invånare skriver innan det publiceras.", _READ | {"dialogues.moderate"}
    ),
    Role("contributor", "medarbetare", "Rapporterar vad som är gjort.", _READ | {"followup.report"}),
    Role("reader", "läsare", "Läser skrivbordet men ändrar inget.", _READ),
)
BY_KEY = {role.key: role for role in ROLES}
