"""What the pages of organisations share: the left list, and a form with its heading and one main button."""

from __future__ import annotations

from typing import Any, cast

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from loftet.domain.parties import queries
from loftet.domain.parties.models import Organisation, Partnership


def address(thing: Organisation | Partnership, name: str = "", **holes: Any) -> str:
    """Where an organisation or a partnership is shown, or one of the pages under it."""
    own = "organisation" if isinstance(thing, Organisation) else "partnership"
    return reverse(f"workspace:{name or own}", kwargs={"public_id": thing.public_id, **holes})


def known_organisations(person) -> list[Organisation]:
    """The organisations that one acts for, or all for the installation's administrator."""
    return queries.all_organisations() if person.is_administrator else queries.organisations_of(person)


def room(request: HttpRequest) -> list[dict[str, Any]]:
    """The left list: one's own organisations, between the list of them and what is the same for all."""
    person = cast("Any", request.user)
    links = [("Alla organisationer" if person.is_administrator else "Översikt", reverse("workspace:organisations"))]
    links += [(one.name, address(one)) for one in queries.organisations_of(person)]
    links += [("Roller", reverse("workspace:roles")), ("Ditt konto", reverse("workspace:account"))]
    return [{"label": label, "url": url, "current": request.path == url} for label, url in links]


def show(request: HttpRequest, template: str, context: dict[str, Any], *forms: Form) -> HttpResponse:
    """A page of the room. A form on it that was refused comes back with everything in it."""
    status = 422 if any(form.is_bound and form.errors for form in forms) else 200
    shown = {**context, "room": room(request)}
    return render(request, f"workspace/organisations/{template}.html", shown, status=status)


def form_page(
    request: HttpRequest,
    thing: Organisation | Partnership,
    form: Form,
    *,
    title: str,
    submit: str,
    intro: str = "",
    facts: list[tuple[str, Any]] | None = None,
    after: dict[str, Any] | None = None,
) -> HttpResponse:
    """A form about an organisation or a partnership. `after` is a second, lesser thing to do: label and address."""
    context = {
        "form": form,
        "thing": thing,
        "title": title,
        "submit": submit,
        "intro": intro,
        "back": address(thing),
        "facts": facts or [],
        "after": after,
    }
    return show(request, "form", context, form)
