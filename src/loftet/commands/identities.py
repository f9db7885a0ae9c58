"""`loftet identity-provider`: an organisation's own sign-in, added together with those who run it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from loftet.commands import ground, shell
from loftet.commands.words import quoted, say

if TYPE_CHECKING:
    from loftet.domain.parties.models import IdentityProvider, Organisation

Whose = Annotated[
    str,
    shell.argument(say("ORGANISATION", "ORGANISATION"), say("Organisationens namn.", "The organisation's name.")),
]
Issuer = Annotated[
    str,
    shell.argument(
        say("UTFÄRDARE", "ISSUER"),
        say(
            "Adressen som inloggningen kallar sig (issuer), utan /.well-known.",
            "What the sign-in calls itself (issuer), without /.well-known.",
        ),
    ),
]
Client = Annotated[
    str,
    shell.argument(
        say("KLIENT", "CLIENT"), say("Vad Löftet heter där (client_id).", "What Löftet is called there (client_id).")
    ),
]
Levels = Annotated[
    list[str],
    shell.option(
        "--level",
        metavar=say("NIVÅ", "LEVEL"),
        help_text=say(
            "En tillitsnivå (acr) som räcker för att skriva under. Kan anges flera gånger.",
            "A level of assurance (acr) that is enough to sign on. May be given several times.",
        ),
    ),
]
Email = Annotated[str, shell.argument(say("E-POST", "EMAIL"), say("Kontots adress.", "The account's address."))]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = shell.application(
        say("Organisationers egna inloggningar (OpenID Connect).", "Organisations' own sign-ins (OpenID Connect).")
    )
    shell.add(group, add, "add", say("Koppla en organisations inloggning hit.", "Connect an organisation's sign-in."))
    shell.add(group, show, "list", say("Visa dem som är kopplade.", "Show those that are connected."))
    shell.add(group, end, "end", say("Släpp inte in fler genom den.", "Let nobody more in by it."))
    shell.add(
        group,
        untie,
        "untie",
        say("Lossa ett konto från en användare där.", "Free an account from a user over there."),
    )
    app.add_typer(group, name="identity-provider")


def add(organisation: Whose, issuer: Issuer, client_id: Client, level: Levels = []) -> None:  # noqa: B006
    """Connect it. The client's secret is read from standard input, or asked for; none means PKCE alone."""
    ground.set_up()
    from django.db import transaction

    from loftet.config.keys import write_secret
    from loftet.domain.parties import actions
    from loftet.faces.workspace.identity import provider as idp

    found = _organisation(organisation)
    secret = _secret()
    with transaction.atomic():
        provider = actions.add_identity_provider(
            organisation=found, issuer=issuer, client_id=client_id, accepted_levels=level
        )
        if secret:
            write_secret(idp.secret_path(provider), secret.encode())
    shell.tell(
        say(
            f"{found.name} är kopplad. Ange den här adressen att komma tillbaka till där: {idp.way_back(provider)}",
            f"{found.name} is connected. Give this address to come back to over there: {idp.way_back(provider)}",
        )
    )
    if not provider.accepted_levels:
        shell.tell(
            say(
                "Ingen tillitsnivå är angiven, så den som skriver under behöver en app för koder.",
                "No level is given, so whoever signs needs an app for codes.",
            )
        )


def show() -> None:
    """Show each: whose it is, what it calls itself, and the levels that are enough to sign on."""
    ground.set_up()
    from loftet.domain.parties import queries

    found = queries.identity_providers()
    for provider in found:
        levels = ", ".join(provider.accepted_levels) or say("ingen nivå räcker för underskrift", "no level to sign on")
        shell.tell(f"{provider.organisation.name}: {provider.issuer} ({levels})")
    if not found:
        shell.tell(say("Ingen organisations inloggning är kopplad.", "No organisation's sign-in is connected."))


def end(organisation: Whose) -> None:
    """Let nobody more in by an organisation's sign-in, and forget the client's secret."""
    ground.set_up()
    from loftet.domain.parties import actions
    from loftet.faces.workspace.identity import provider as idp

    for provider in _providers(_organisation(organisation)):
        actions.end_identity_provider(provider=provider)
        idp.secret_path(provider).unlink(missing_ok=True)
        shell.tell(
            say(
                f"{provider.issuer} släpper inte in fler. Kontona är kvar, och lösenord fungerar som förut.",
                f"{provider.issuer} lets nobody more in. The accounts remain, and passwords work as before.",
            )
        )


def untie(email: Email) -> None:
    """Free an account from a user over there, so that it is tied anew the next time they come."""
    ground.set_up()
    from loftet.domain.parties import actions
    from loftet.domain.people import queries as staff

    person = staff.by_email(email.strip())
    if person is None:
        raise shell.Stop(say(f"Det finns inget konto för {email}.", f"There is no account for {email}."))
    if not actions.untie(person=person):
        raise shell.Stop(
            say(
                f"{person.email} är inte kopplat till någon inloggning. Inget är ändrat.",
                f"{person.email} is not tied to any sign-in. Nothing is changed.",
            )
        )
    shell.tell(say(f"{person.email} är lossat.", f"{person.email} is free."))


def _organisation(name: str) -> Organisation:
    from loftet.domain.parties import queries

    everyone = queries.all_organisations()
    found = [one for one in everyone if name.strip().casefold() in {one.name.casefold(), one.public_id}]
    if len(found) == 1:
        return found[0]
    names = ", ".join(f"{one.name} ({one.public_id})" if found else one.name for one in found or everyone)
    raise shell.Stop(
        say(
            f"{quoted(name)} är inte en enda organisation här. De som finns: {names}.",
            f"{quoted(name)} is not one organisation here. There are: {names}.",
        )
    )


def _providers(organisation: Organisation) -> list[IdentityProvider]:
    from loftet.domain.parties import queries

    found = [one for one in queries.identity_providers() if one.organisation_id == organisation.pk]
    if not found:
        raise shell.Stop(
            say(
                f"{organisation.name} har ingen egen inloggning kopplad. Inget är ändrat.",
                f"{organisation.name} has no sign-in of its own connected. Nothing is changed.",
            )
        )
    return found


def _secret() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().strip()
    return str(
        typer.prompt(
            say("Klientens hemlighet (tom om den inte har någon)", "The client's secret (empty if it has none)"),
            hide_input=True,
            default="",
            show_default=False,
        )
    ).strip()
