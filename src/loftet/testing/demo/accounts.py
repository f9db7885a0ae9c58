"""The demo's accounts. Their password is printed for all to see: they exist in the demo and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass

PASSWORD = "prova-loftet-har"


@dataclass(frozen=True)
class Account:
    """A role to try the demo in."""

    key: str
    email: str
    name: str
    role: str
    title: str
    police: bool


ACCOUNTS = (
    Account(
        "coordinator",
        "samordnare@exempelby.example",
        "Kommunens samordnare (exempel)",
        "municipal_coordinator",
        "trygghetssamordnare",
        False,
    ),
    Account(
        "police_coordinator",
        "kommunpolis@exempelby.example",
        "Kommunpolisen (exempel)",
        "police_coordinator",
        "kommunpolis",
        True,
    ),
    Account(
        "chair",
        "ordforande@exempelby.example",
        "Ordföranden (exempel)",
        "signatory",
        "kommunstyrelsens ordförande",
        False,
    ),
    Account(
        "chief", "polischef@exempelby.example", "Polischefen (exempel)", "signatory", "lokalpolisområdeschef", True
    ),
    Account(
        "administrator",
        "administrator@exempelby.example",
        "Administratören (exempel)",
        "administrator",
        "kanslichef",
        False,
    ),
    Account("reader", "lasare@exempelby.example", "Läsaren (exempel)", "reader", "handläggare", False),
)


def accounts() -> list[tuple[str, str, str]]:
    """E-mail, password and what the account is for."""
    return [(account.email, PASSWORD, account.title) for account in ACCOUNTS]


def hints() -> list[str]:
    """What to try, in the order of the chain: addresses and what is there."""
    return [
        "/exempelby/ – allt om Exempelby på en sida",
        "/exempelby/dialoger/tryggare-vag-till-skolan/ – svara som invånare, utan konto",
        "/exempelby/dialoger/trygg-i-centrum/resultat/ – det alla är överens om, och det som skiljer",
        "/exempelby/medborgarloften/lugnare-kvallar-i-centrum/ – löftet som ett kvitto, med en försenad åtgärd",
        "/exempelby/dialoger/trygg-i-centrum/svar/ – svaret till dem som var med",
        "/loftesboken/ – det som inte kan ändras i efterhand",
        "/skrivbord/ – logga in och skriv under problembilden som väntar; koden visas på sidan",
    ]
