"""Signing by hand: entering the paper, looking at it, and saying whether it is right."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from loftet.domain.base import clock
from loftet.domain.base.errors import NotAllowed
from loftet.domain.signing import access, actions, queries
from loftet.domain.signing.models import Paper
from loftet.faces.shared.access import requires
from loftet.faces.workspace.pages import carried_out
from loftet.faces.workspace.signing.forms import PaperAnswerForm, PaperForm
from loftet.faces.workspace.signing.kinds import KINDS
from loftet.faces.workspace.signing.shown import title_of

EXTENSIONS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}


@requires("workspace.read")
def paper_new(request: HttpRequest, document_id: str) -> HttpResponse:
    """Enter a version that has been printed and signed by hand."""
    document, _hat = access.for_reading(request.user, document_id)
    hat = access.handling_hat(request.user, document)
    version = queries.open_version(document)
    if version is None:
        messages.warning(request, "Förslaget väntar inte längre på underskrift.")
        return redirect("workspace:home")
    parties = [row.organisation for row in queries.missing_parties(version)]
    form = PaperForm(request.POST or None, request.FILES or None, parties=parties, today=clock.day_of(clock.now()))
    if form.is_bound and form.is_valid():
        told = {"digest_start": form.cleaned_data["digest_start"], "lines": form.lines(), "scan": form.scan()}
        if carried_out(form, actions.enter_paper, version=version, by=hat, **told):
            messages.success(request, "Papperet är infört som inte bekräftat. Nu ska den andra parten bekräfta det.")
            return redirect("workspace:sign", document_id=document_id)
    context = {"document": document, "version": version, "title": title_of(version), "form": form}
    return render(request, "workspace/signing/paper_new.html", context, status=422 if form.errors else 200)


@requires("workspace.read")
def paper(request: HttpRequest, document_id: str, paper_id: str) -> HttpResponse:
    """What a paper bears, and for the other party: is it right?"""
    found, hat = _found(request, document_id, paper_id)
    form = PaperAnswerForm(request.POST or None)
    if request.method == "POST":
        handling = access.handling_hat(request.user, found.version.document)
        verb = KINDS[found.version.document.kind].answer_paper
        is_right = request.POST.get("act") == "confirm"
        if form.is_valid() and carried_out(
            form, verb, paper=found, is_right=is_right, by=handling, **form.cleaned_data
        ):
            messages.success(
                request, "Papperet är bekräftat." if is_right else "Ni har sagt att papperet inte stämmer."
            )
            return redirect("workspace:sign", document_id=document_id)
    context = {
        "paper": found,
        "lines": found.lines.select_related("organisation"),
        "title": title_of(found.version),
        "form": form,
        "is_own": hat.organisation_id == found.entered_by_id,
        "may_answer": _may_answer(request, found),
    }
    return render(request, "workspace/signing/paper.html", context, status=422 if form.errors else 200)


@requires("workspace.read")
@require_safe
def paper_scan(request: HttpRequest, document_id: str, paper_id: str) -> HttpResponse:
    """The scanned paper as a file to save. Nothing in it runs here."""
    found, _hat = _found(request, document_id, paper_id)
    name = f"underskrift-{found.public_id}.{EXTENSIONS[found.scan_kind]}"
    answer = HttpResponse(bytes(found.scan), content_type=found.scan_kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


def _found(request: HttpRequest, document_id: str, paper_id: str):
    try:
        return access.for_paper(request.user, document_id, paper_id)
    except Paper.DoesNotExist as missing:
        raise Http404("Det finns inget sådant papper.") from missing


def _may_answer(request: HttpRequest, found: Paper) -> bool:
    waiting = queries.open_version(found.version.document)
    if waiting is None or waiting.pk != found.version_id or hasattr(found, "answer"):
        return False
    try:
        return access.handling_hat(request.user, found.version.document).organisation_id != found.entered_by_id
    except NotAllowed:
        return False
