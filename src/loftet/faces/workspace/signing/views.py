"""Signing: exactly the text, what changed, what is not sharp, and nothing else."""

from __future__ import annotations

from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from loftet.domain.base import clock
from loftet.domain.base.errors import NotAllowed
from loftet.domain.parties.models import Membership
from loftet.domain.signing import access, actions, papers, queries
from loftet.domain.signing.models import Document, Version
from loftet.faces.shared.access import requires
from loftet.faces.shared.downloads import pdf
from loftet.faces.workspace.pages import carried_out
from loftet.faces.workspace.signing import confirmed
from loftet.faces.workspace.signing.decisions import lines as decision_lines
from loftet.faces.workspace.signing.forms import DecisionForm, SendBackForm, SignForm
from loftet.faces.workspace.signing.kinds import KINDS
from loftet.faces.workspace.signing.shown import shown, title_of


@requires("workspace.read")
def sign(request: HttpRequest, document_id: str) -> HttpResponse:
    """Read, decide and sign. A reader sees the same text without the forms."""
    document, hat = access.for_reading(request.user, document_id)
    signing_hat = access.signing_hat(request.user, document)
    version = queries.open_version(document) or queries.in_force(document)
    if version is None:
        messages.warning(request, "Det finns inget förslag att läsa just nu.")
        return redirect("workspace:home")
    forms = _forms(request, version, signing_hat or hat)
    if request.method == "POST":
        done = _acted(request, forms, version, signing_hat)
        if done:
            return done
    context = _context(request, document, version, signing_hat) | forms
    status = 422 if any(form.is_bound and form.errors for form in forms.values()) else 200
    return render(request, "workspace/signing/sign.html", context, status=status)


def _forms(request: HttpRequest, version: Version, hat: Membership) -> dict:
    which = request.POST.get("act", "")
    # The title comes back in the address when the signatory was away to confirm who they are.
    title = request.GET.get("funktion") or hat.title
    return {
        "decision_form": DecisionForm(request.POST if which == "decide" else None, auto_id="decide-%s"),
        "sign_form": SignForm(
            request.POST if which == "sign" else None,
            auto_id="sign-%s",
            initial={"digest": version.digest, "title": title},
        ),
    }


def _acted(request: HttpRequest, forms: dict, version: Version, hat: Membership | None) -> HttpResponse | None:
    if hat is None:
        raise NotAllowed("Du har inte behörighet att skriva under. Inget är ändrat.")
    return _decided(request, forms["decision_form"], version, hat) or _signed(request, forms["sign_form"], version, hat)


def _decided(request: HttpRequest, form: DecisionForm, version: Version, hat: Membership) -> HttpResponse | None:
    if not (form.is_bound and form.is_valid()):
        return None
    if not carried_out(form, actions.approve, version=version, by=hat, **form.cleaned_data):
        return None
    messages.success(request, "Beslutet är infört. Nu kan du skriva under.")
    return redirect(request.path)


def _signed(request: HttpRequest, form: SignForm, version: Version, hat: Membership) -> HttpResponse | None:
    if not (form.is_bound and form.is_valid()):
        return None
    title = form.cleaned_data["title"]
    if not confirmed.may_sign_now(request, hat.organisation):
        messages.warning(request, "Bekräfta vem du är, så kan du skriva under.")
        back = f"{request.path}?{urlencode({'funktion': title})}#skriv-under"
        return redirect(confirmed.address(request, hat.organisation, back))
    proof = confirmed.confirmation(request, hat.organisation)
    words = {"digest": form.cleaned_data["digest"], "title": title, "confirmation": proof}
    if not carried_out(form, KINDS[version.document.kind].sign, version=version, by=hat, **words):
        return None
    messages.success(request, "Du har skrivit under.")
    return redirect(request.path)


def _context(request: HttpRequest, document: Document, version: Version, hat: Membership | None) -> dict:
    read = shown(document, version, clock.now())
    has_signed = hat is not None and read.is_signed_by(hat)
    return {
        "document": document,
        "version": version,
        "title": read.title,
        "read": read,
        "decisions": decision_lines(list(version.decisions.all())),
        "has_decided": hat is not None and read.is_decided_by(hat),
        "has_signed": has_signed,
        "can_sign": hat is not None and read.is_open and not has_signed,
        "hat": hat,
        "is_confirmed": hat is not None and confirmed.may_sign_now(request, hat.organisation),
        "ways": confirmed.ways(request, hat.organisation, f"{request.path}#skriv-under") if hat else [],
        "may_handle": read.is_open and _handling_hat(request, document) is not None,
        "papers": queries.papers_waiting(version) if read.is_open else [],
        "refused": queries.papers_refused(version) if read.is_open else [],
        "copy_url": reverse("workspace:signing_copy", kwargs={"document_id": document.public_id}),
        "send_back_url": reverse("workspace:send_back", kwargs={"document_id": document.public_id}),
    }


@requires("workspace.read")
@require_safe
def copy(request: HttpRequest, document_id: str) -> HttpResponse:
    """The same text as a PDF to sign with a pen, with its digest and a line for each party."""
    document, _hat = access.for_reading(request.user, document_id)
    version = queries.open_version(document) or queries.in_force(document)
    if version is None:
        raise Http404("Det finns inget förslag att skriva ut just nu.")
    kind = KINDS[document.kind]
    permanent = reverse("opendata:permanent", kwargs={"public_id": kind.subject_id(document)})
    is_example = any(row.organisation.is_example for row in version.required.all())
    made = papers.signing_copy(
        version,
        kind=kind.name,
        lines=[(line.heading, line.words, line.under) for line in kind.lines(queries.content(version))],
        address=settings.LOFTET_BASE_URL.rstrip("/") + permanent,
        mark="Exempel: parterna och allt i texten är påhittat." if is_example else "",
    )
    return pdf(made, f"underskrift-version-{version.number}.pdf")


@requires("workspace.read")
def send_back(request: HttpRequest, document_id: str) -> HttpResponse:
    """End a proposal with a reason: a signatory sends it back, a coordinator takes it back."""
    document, _hat = access.for_reading(request.user, document_id)
    hat = _handling_hat(request, document)
    if hat is None:
        raise NotAllowed("Du har inte behörighet att skicka tillbaka förslaget. Inget är ändrat.")
    version = queries.open_version(document)
    if version is None:
        messages.warning(request, "Förslaget väntar inte längre på underskrift.")
        return redirect("workspace:home")
    form = SendBackForm(request.POST or None)
    if form.is_bound and form.is_valid():
        sent = carried_out(form, actions.send_back, version=version, by=hat, reason=form.cleaned_data["reason"])
        if sent:
            messages.success(request, "Förslaget är skickat tillbaka med ditt skäl. Utkastet är kvar.")
            return redirect("workspace:home")
    context = {"document": document, "title": title_of(version), "form": form}
    return render(request, "workspace/signing/send_back.html", context, status=422 if form.errors else 200)


def _handling_hat(request: HttpRequest, document: Document) -> Membership | None:
    """The hat to end the proposal or to handle its papers with, if the person has one."""
    try:
        return access.handling_hat(request.user, document)
    except NotAllowed:
        return None
