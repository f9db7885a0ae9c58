"""Who acts for an organisation: adding a colleague, and saying until when."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from loftet.domain.base import clock
from loftet.domain.base.errors import DomainError, NotAllowed
from loftet.domain.parties import access, actions
from loftet.domain.parties.models import Membership
from loftet.faces.shared import text
from loftet.faces.shared.access import signed_in
from loftet.faces.workspace.invitations import send_letter
from loftet.faces.workspace.organisations.forms import LastDayForm, MemberForm, first_day
from loftet.faces.workspace.organisations.pages import address, form_page
from loftet.faces.workspace.pages import carried_out, press


@signed_in
def member_new(request: HttpRequest, public_id: str) -> HttpResponse:
    """Add a colleague by e-mail address, with role and days. One without an account is sent an invitation."""
    found, by = access.organisation_for_administering(request.user, public_id)
    today = clock.day_of(clock.now())
    form = MemberForm(request.POST or None, initial=first_day(today), organisation=found)
    if form.is_bound and form.is_valid():
        made = carried_out(form, actions.add_colleague, organisation=found, by=by, **form.cleaned_data)
        if made:
            hat, token = made
            messages.success(request, "Uppdraget är sparat.")
            _send(request, hat.person, token)
            return redirect(address(found))
    intro = (
        f"Personen får ett uppdrag hos {found.name}. Samma konto kan ha flera uppdrag. "
        "Den som inte har något konto får ett brev med en länk och väljer själv sitt lösenord."
    )
    return form_page(request, found, form, title="Lägg till en kollega", submit="Lägg till", intro=intro)


@signed_in
@require_POST
def invite(request: HttpRequest, public_id: str, person_id: str) -> HttpResponse:
    """Send a new link to a colleague who has not taken the account into use."""
    found, person, by = access.colleague_for_inviting(request.user, public_id, person_id)
    try:
        token = actions.invite_again(person=person, organisation=found, by=by)
    except NotAllowed:
        raise
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        _send(request, person, token)
    return redirect(address(found))


def _send(request: HttpRequest, person: Any, token: str) -> None:
    """Send the letter of an invitation, and say whether it went. The account is there either way."""
    if not token:
        return
    try:
        send_letter(person, token)
    except OSError:
        messages.warning(
            request, f"Brevet till {person.email} gick inte att skicka. Försök igen med ”Skicka inbjudan igen”."
        )
    else:
        messages.success(request, f"En inbjudan är skickad till {person.email}. Länken gäller i sju dagar.")


@signed_in
def membership(request: HttpRequest, public_id: str, hat_id: int) -> HttpResponse:
    """Say until when a hat is worn: sooner ends it, later prolongs it. The role itself is never changed."""
    hat, by = _hat(request, public_id, hat_id)
    form = LastDayForm(request.POST or None, initial={"last_day": hat.ends})
    if form.is_bound and form.is_valid():
        last_day = form.cleaned_data["last_day"]
        ends_sooner = last_day is not None and (hat.ends is None or last_day <= hat.ends)
        verb = actions.end_membership if ends_sooner else actions.prolong_membership
        if carried_out(form, verb, membership=hat, last_day=last_day, by=by):
            until = f"till och med {text.day(last_day)}" if last_day else "tills vidare"
            messages.success(request, f"Uppdraget gäller {until}.")
            return redirect(address(hat.organisation))
    begins_later = hat.starts > clock.day_of(clock.now())
    after = {"label": "Ta tillbaka uppdraget", "url": address(hat.organisation, "withdraw", hat_id=hat.pk)}
    return form_page(
        request,
        hat.organisation,
        form,
        title=f"Uppdraget för {hat.person.name}",
        submit="Spara",
        intro="Ska personen få en annan roll? Avsluta det här uppdraget och ge ett nytt.",
        facts=[
            ("Roll", text.capital(hat.get_role_display())),
            ("Funktion", hat.title),
            ("Från och med", text.day(hat.starts)),
            ("Till och med", text.day(hat.ends) if hat.ends else "Tills vidare"),
        ],
        after=after if begins_later else None,
    )


@signed_in
@require_POST
def withdraw(request: HttpRequest, public_id: str, hat_id: int) -> HttpResponse:
    """Take back a hat that has not begun."""
    hat, by = _hat(request, public_id, hat_id)
    return press(
        request,
        lambda: actions.withdraw_membership(membership=hat, by=by),
        done="Uppdraget är taget tillbaka.",
        to=address(hat.organisation),
    )


def _hat(request: HttpRequest, public_id: str, hat_id: int) -> tuple[Membership, Any]:
    hat, by = access.membership_for_administering(request.user, hat_id)
    if hat.organisation.public_id != public_id:
        raise Http404("Uppdraget hör till en annan organisation.")
    return hat, by
