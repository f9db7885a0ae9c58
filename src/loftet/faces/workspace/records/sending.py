"""Sending a thing to the diaries of its parties, and where each registrar takes mail."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from loftet.domain.base.errors import DomainError
from loftet.domain.parties.models import Organisation
from loftet.domain.records import actions, queries
from loftet.domain.records.handlings import Handling
from loftet.domain.records.queries import Sent
from loftet.faces.shared import text
from loftet.faces.shared.access import requires
from loftet.faces.workspace.desk import Desk, at_desk
from loftet.faces.workspace.pages import act, form_page, show, words_of
from loftet.faces.workspace.records.forms import RegistryForm, SendForm
from loftet.faces.workspace.records.own import keeper


@requires("records.decide")
@at_desk
def send_to_diary(request: HttpRequest, desk: Desk, subject: str) -> HttpResponse:
    """Choose which registrars a thing goes to, and see what has been sent before."""
    hat = desk.hat("records.decide")
    about = handling_or_404(desk, subject)
    where = {party: where_to(queries.registry_addresses([party])[party.pk]) for party in about.parties}
    reachable = [party for party, place in where.items() if place]
    form = SendForm(request.POST or None, parties=[(party.public_id, party.name) for party in reachable])
    chosen = form.cleaned_data["parties"] if form.is_bound and form.is_valid() else []
    here = reverse("workspace:send_to_diary", kwargs={"place": desk.place, "subject": subject})
    done = act(
        request,
        form,
        actions.send_to_registries,
        partnership=desk.partnership,
        subject=subject,
        organisations=[party for party in reachable if party.public_id in chosen],
        by=hat,
        done="Handlingen är på väg till registratorerna. Nedan står när den har gått.",
        to=here,
    )
    context = {
        "form": form,
        "about": about,
        "kind": text.capital(about.document_type.label),
        "where": [(party, place, _address_url(desk, party, hat.organisation)) for party, place in where.items()],
        "reachable": reachable,
        "sent": [(row, how_far(row)) for row in reversed(queries.dispatches([subject]))],
    }
    return done or show(request, desk, "records/send_to_diary", context, form)


@requires("records.decide")
@at_desk
def registry(request: HttpRequest, desk: Desk, organisation_id: str) -> HttpResponse:
    """Where the registrar of one's own organisation takes mail."""
    hat = keeper(desk, organisation_id)
    known = queries.registry_addresses([hat.organisation])[hat.organisation_id]
    form = RegistryForm(request.POST or None, initial={"email": known})
    back = reverse("workspace:handlings", kwargs={"place": desk.place})
    done = act(
        request,
        form,
        actions.set_registry_address,
        partnership=desk.partnership,
        by=hat,
        done="Registratorns adress är sparad.",
        to=back,
        **words_of(form),
    )
    return done or form_page(
        request,
        desk,
        form,
        title=f"Registratorn hos {hat.organisation.name}",
        submit="Spara adressen",
        back=back,
        intro="Hit skickas handlingar som ska registreras, både när ni och när den andra parten skickar dem.",
    )


def handling_or_404(desk: Desk, subject: str) -> Handling:
    """A thing of the partnership by its permanent id."""
    try:
        return queries.handling(desk.partnership, subject, desk.at)
    except DomainError as missing:
        raise Http404(str(missing)) from missing


def where_to(email: str) -> str:
    """Where it goes, in words; empty for nowhere."""
    return email or ("mappen för diariet" if settings.LOFTET_DIARY_FOLDER else "")


def how_far(row: Sent) -> str:
    """What has come of something that was sent, in a sentence."""
    to = where_to(row.dispatch.email) or "mappen för diariet"
    if row.went_at:
        return f"Skickad till {to} {text.moment(row.went_at)}."
    if not row.failure:
        return f"På väg till {to}."
    if row.tries >= actions.MOST_TRIES:
        return f"Gick inte fram till {to}. {row.failure} Vi försöker inte längre. Kontrollera adressen och skicka igen."
    return f"Inte framme hos {to} än. {row.failure} Vi försöker igen av oss själva."


def _address_url(desk: Desk, party: Organisation, own: Organisation) -> str:
    if party.pk != own.pk:
        return ""
    return reverse("workspace:registry", kwargs={"place": desk.place, "organisation_id": party.public_id})
