"""Invitations: the letter with the link, and the page where a new colleague chooses a password."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from loftet.domain.base import clock
from loftet.domain.people import actions, queries
from loftet.domain.people.actions import invitations as words
from loftet.domain.people.models import Invitation
from loftet.faces.workspace.fields import StaffForm
from loftet.faces.workspace.pages import carried_out

TEMPLATES = "workspace/account"


class PasswordForm(StaffForm):
    """A first password, typed twice."""

    new = forms.CharField(
        label="Lösenord",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="Minst 12 tecken. En mening som du minns är lätt att skriva och svår att gissa.",
    )
    again = forms.CharField(
        label="Lösenordet igen", strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def clean(self):
        """Both are the same."""
        if self.cleaned_data.get("new") != self.cleaned_data.get("again") and not self.errors:
            self.add_error("again", "Lösenorden är olika. Skriv samma två gånger.")
        return self.cleaned_data


def send_letter(person, token: str) -> None:
    """Send the link to the owner of a new account. Raises `OSError` when the mail server cannot be reached."""
    link = settings.LOFTET_BASE_URL.rstrip("/") + reverse("account_invitation", kwargs={"token": token})
    context = {"person": person, "link": link, "days": actions.INVITATION_LASTS.days}
    body = render_to_string(f"{TEMPLATES}/email/invitation_message.txt", context)
    EmailMessage(subject="Ditt konto i Löftet", body=body, to=[person.email]).send()


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Choose the password of a new account. A link that no longer holds says why, and what to do."""
    found = queries.invitation(token)
    state = found.state(clock.now()) if found and found.person.is_active else None
    if found is None or state != Invitation.State.OPEN:
        sentence = words.REFUSALS[state] if state else words.UNKNOWN
        is_used = state == Invitation.State.USED
        context = {"sentence": sentence, "is_used": is_used}
        return render(request, f"{TEMPLATES}/invitation_refused.html", context, status=410 if state else 404)
    form = PasswordForm(request.POST or None)
    if form.is_bound and form.is_valid():
        password = form.cleaned_data["new"]
        if carried_out(form, actions.accept_invitation, token=token, password=password):
            return redirect("account_invitation_accepted")
    context = {"form": form, "person": found.person}
    return render(request, f"{TEMPLATES}/invitation.html", context, status=422 if form.errors else 200)
