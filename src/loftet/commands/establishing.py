"""`loftet setup` and `loftet account`: the first day of a real installation. Who acts where, and who may sign in."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from loftet.commands import ground, shell
from loftet.commands.words import quoted, say

if TYPE_CHECKING:
    from loftet.domain.parties.models import Organisation, Partnership
    from loftet.domain.parties.roles import Role as KnownRole
    from loftet.domain.places.models import Municipality

MUNICIPALITY, NAME = say("KOMMUN", "MUNICIPALITY"), say("NAMN", "NAME")
Place = Annotated[str, shell.argument(MUNICIPALITY, say("Kommunens namn.", "The name of the municipality."))]
Email = Annotated[
    str, shell.argument(say("E-POST", "EMAIL"), say("Adressen att logga in med.", "The address to sign in with."))
]
Where = Annotated[
    str,
    shell.option(
        "--in", metavar=MUNICIPALITY, help_text=say("Kommunen det gäller (krävs).", "The municipality (needed).")
    ),
]
Role = Annotated[
    str,
    shell.option(
        "--role",
        metavar=say("ROLL", "ROLE"),
        help_text=say(
            "municipal_coordinator, police_coordinator, signatory, moderator, contributor, reader, "
            "independent_reviewer eller administrator (krävs).",
            "municipal_coordinator, police_coordinator, signatory, moderator, contributor, reader, "
            "independent_reviewer or administrator (needed).",
        ),
    ),
]
Name = Annotated[
    str,
    shell.option(
        "--name",
        metavar=NAME,
        help_text=say("Personens namn (krävs för ett nytt konto).", "The person's name (needed for a new account)."),
    ),
]
Title = Annotated[
    str,
    shell.option(
        "--title",
        metavar=say("TITEL", "TITLE"),
        help_text=say("Funktion, som står vid underskrifter.", "Position, shown beside signatures."),
    ),
]
ForPolice = Annotated[
    bool,
    shell.option(
        "--police", help_text=say("Hos polisen och inte kommunen.", "With the police and not the municipality.")
    ),
]
Invite = Annotated[
    bool,
    shell.option(
        "--invite",
        help_text=say(
            "Skicka en länk där personen själv väljer lösenord.",
            "Send a link by which the person chooses the password.",
        ),
    ),
]
IsShared = Annotated[
    bool,
    shell.option(
        "--shared",
        help_text=say(
            "Ett funktionskonto, vars e-post flera läser. Det skriver aldrig under.",
            "A role account, whose mail several read. It never signs.",
        ),
    ),
]
TownName = Annotated[
    str,
    shell.option(
        "--name",
        metavar=NAME,
        help_text=say(
            "Vad kommunen kallar sig (annars ”Mora kommun”).", "What it calls itself (otherwise “Mora kommun”)."
        ),
    ),
]
PoliceName = Annotated[
    str,
    shell.option(
        "--police",
        metavar=NAME,
        help_text=say(
            "Polisens namn (annars efter lokalpolisområdet, om det är känt).",
            "The police's name (otherwise after the local police area, where it is known).",
        ),
    ),
]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    shell.add(
        app,
        setup,
        "setup",
        say("Låt en kommun och dess polis börja arbeta här.", "Let a municipality and its police begin to work here."),
    )
    shell.add(
        app, account, "account", say("Skapa ett konto för en medarbetare.", "Make an account for a member of staff.")
    )
    shell.add(
        app,
        reset_second_factor,
        "reset-second-factor",
        say(
            "Låt den som har tappat både telefon och reservkoder logga in igen.",
            "Let one who has lost both phone and recovery codes sign in again.",
        ),
    )


def setup(municipality: Place, name: TownName = "", police: PoliceName = "") -> None:
    """Make the municipality's and the police's organisations and their partnership, unless they are there."""
    ground.set_up()
    from django.db import transaction

    from loftet.domain.base import clock
    from loftet.domain.parties import actions, queries

    place = find(municipality)
    if existing := queries.partnerships_in(place).first():
        raise shell.Stop(
            say(
                f"I {place.name} finns redan {quoted(existing.name)}. Inget är ändrat.",
                f"In {place.name} there is {quoted(existing.name)} already. Nothing is changed.",
            )
        )
    with transaction.atomic():
        town = _town(place, name.strip())
        force = _force(place, police.strip())
        partnership = actions.add_partnership(
            name=f"{town.name} och {force.name}",
            organisations=[town, force],
            municipalities=[place],
            starts=clock.day_of(clock.now()),
        )
    shell.tell(
        say(
            f"{partnership.name} kan börja. Skapa konton med ”loftet account”.",
            f"{partnership.name} can begin. Make accounts with “loftet account”.",
        )
    )


def account(
    email: Email,
    municipality: Where,
    role: Role,
    name: Name = "",
    title: Title = "",
    for_police: ForPolice = False,
    invite: Invite = False,
    is_shared: IsShared = False,
) -> None:
    """Make an account if there is none, and let the person act in a role.

    The password is asked for, or read; or the person is sent a link and chooses it.
    """
    ground.set_up()
    from django.db import transaction

    from loftet.domain.parties import actions
    from loftet.domain.people import queries as staff

    known = _role(role)
    organisation = _organisation(find(municipality), for_police or role == "police_coordinator")
    person = staff.by_email(email.strip())
    if person is None and not name.strip():
        raise shell.Stop(say("Ange personens namn med --name.", "Give the person's name with --name."))
    password = _password() if person is None and not invite else ""
    token = ""
    with transaction.atomic():
        if invite and not (person is not None and person.is_in_use):
            person, token = _invited(email, name or (person.name if person else ""), is_shared)
        person = person or _added(email, name, password, is_shared)
        if not (token and _has(person, organisation, role)):
            _must_be_new(person, organisation, role)
            actions.add_membership(person=person, organisation=organisation, role=role, title=title)
    shell.tell(
        say(
            f"{person.email} är nu {known.name} hos {organisation.name}. {known.description}",
            f"{person.email} is now {role} with {organisation.name}.",
        )
    )
    if token:
        _send(person, token)


def reset_second_factor(email: Email) -> None:
    """Take a person's second step away. Make sure first that it is the person who asks."""
    ground.set_up()
    from loftet.domain.people import actions
    from loftet.domain.people import queries as staff

    person = staff.by_email(email.strip())
    if person is None:
        raise shell.Stop(say(f"Det finns inget konto för {email}.", f"There is no account for {email}."))
    if not actions.remove_second_factor(person=person):
        raise shell.Stop(
            say(
                f"{person.email} loggar in med bara lösenord. Inget är ändrat.",
                f"{person.email} signs in with the password alone. Nothing is changed.",
            )
        )
    shell.tell(
        say(
            f"{person.email} loggar nu in med bara lösenord, och kan lägga till en ny app under ”Ditt konto”.",
            f"{person.email} now signs in with the password alone, and can add a new app under “Ditt konto”.",
        )
    )


def find(name: str) -> Municipality:
    """Return the municipality of that name, or stop with a sentence and what it may have meant."""
    from loftet.domain.places.queries import find_place

    found = find_place(name.strip())
    if found.municipality is not None:
        return found.municipality
    near = ", ".join(suggestion.name for suggestion in found.suggestions[:5])
    raise shell.Stop(
        say(f"Kommunen {quoted(name)} finns inte.", f"There is no municipality {quoted(name)}.")
        + (say(f" Menade du {near}?", f" Did you mean {near}?") if near else "")
    )


def _town(place: Municipality, wanted: str) -> Organisation:
    from loftet.domain.parties import actions

    name = wanted or f"{place.name} kommun"
    return actions.add_organisation(kind="municipality", name=name, short_name="kommunen", municipality=place)


def _force(place: Municipality, wanted: str) -> Organisation:
    """The police that is here already for another municipality, or a new one."""
    from loftet.domain.parties import actions
    from loftet.domain.parties.models import Organisation
    from loftet.domain.places.queries import local_areas_of

    areas = [link.area for link in local_areas_of(place)]
    if not wanted and len(areas) != 1:
        raise shell.Stop(
            say(
                f"Lokalpolisområdet för {place.name} är inte säkert känt här. Ange polisens namn med --police.",
                f"The local police area of {place.name} is not known for certain here. Give the police's name with "
                "--police.",
            )
        )
    name = wanted or f"Polisen, lokalpolisområde {areas[0].name}"
    known = Organisation.objects.filter(kind="police", name=name).first()
    area = areas[0] if len(areas) == 1 else None
    return known or actions.add_organisation(kind="police", name=name, short_name="polisen", local_police_area=area)


def _organisation(place: Municipality, police: bool) -> Organisation:
    from loftet.domain.parties import queries

    partnership: Partnership | None = queries.partnerships_in(place).first()
    if partnership is None:
        raise shell.Stop(
            say(
                f"I {place.name} är inget i gång än. Kör ”loftet setup {place.name}” först.",
                f"Nothing has begun in {place.name} yet. Run “loftet setup {place.name}” first.",
            )
        )
    wanted = "police" if police else "municipality"
    return next(party for party in queries.signing_parties(partnership) if party.side == wanted)


def _role(key: str) -> KnownRole:
    from loftet.domain.parties.roles import BY_KEY

    if key not in BY_KEY:
        raise shell.Stop(
            say(
                f"Rollen {quoted(key)} finns inte. Välj en av: {', '.join(BY_KEY)}.",
                f"There is no role {quoted(key)}. Choose one of: {', '.join(BY_KEY)}.",
            )
        )
    return BY_KEY[key]


def _invited(email: str, name: str, is_shared: bool) -> tuple[Any, str]:
    from loftet.domain.people import actions

    return actions.invite_person(email=email, name=name, is_role_account=is_shared)


def _added(email: str, name: str, password: str, is_shared: bool) -> Any:
    from loftet.domain.people import actions

    return actions.add_person(email=email, name=name, password=password, is_role_account=is_shared)


def _send(person: Any, token: str) -> None:
    from loftet.faces.workspace.invitations import send_letter

    try:
        send_letter(person, token)
    except OSError as fault:
        raise shell.Stop(
            say(
                f"Kontot är skapat, men brevet gick inte att skicka ({fault}). Kör kommandot igen när e-posten går.",
                f"The account is made, but the letter could not be sent ({fault}). Run the same command again when "
                "mail works.",
            )
        ) from fault
    shell.tell(
        say(
            f"Ett brev med en länk är skickat till {person.email}. Länken gäller i sju dagar.",
            f"A letter with a link is sent to {person.email}. The link lasts seven days.",
        )
    )


def _has(person: Any, organisation: Organisation, role: str) -> bool:
    from loftet.domain.parties import queries

    return any((hat.organisation_id, hat.role) == (organisation.pk, role) for hat in queries.hats(person))


def _must_be_new(person: Any, organisation: Organisation, role: str) -> None:
    if _has(person, organisation, role):
        raise shell.Stop(
            say(
                f"{person.email} har redan den rollen. Inget är ändrat.",
                f"{person.email} has that role already. Nothing is changed.",
            )
        )


def _password() -> str:
    """Ask twice on a terminal, unseen; otherwise take the first line of standard input."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    import getpass

    first = getpass.getpass(say("Lösenord (minst 12 tecken): ", "Password (at least 12 characters): "))
    if first != getpass.getpass(say("En gång till: ", "Once more: ")):
        raise shell.Stop(say("Lösenorden är olika. Inget är sparat.", "The passwords differ. Nothing is saved."))
    return first
