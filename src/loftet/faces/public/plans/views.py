"""A cooperation agreement that all have signed: its page, its versions and its paper."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import resolve, reverse
from django.views.decorators.http import require_safe

from loftet.domain.base import clock
from loftet.domain.places import queries as places
from loftet.domain.places.models import Municipality
from loftet.domain.plans import papers
from loftet.domain.plans import queries as plans
from loftet.domain.plans.content import AgreementText
from loftet.domain.plans.queries import PublicAgreement
from loftet.domain.register import queries as register
from loftet.domain.signing import queries as signing
from loftet.faces.public.places.arrival import at_place
from loftet.faces.public.promises.presenter import signature_lines
from loftet.faces.public.promises.versions import version_rows
from loftet.faces.shared import wording
from loftet.faces.shared.access import public
from loftet.faces.shared.downloads import pdf


def at_agreement(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view the agreement. Until every party has signed there is nothing at the address."""

    @at_place
    @wraps(view)
    def arrive(request: HttpRequest, municipality: Municipality, slug: str) -> HttpResponse:
        found = plans.public_agreement(municipality, slug, clock.now())
        if found is None:
            raise Http404("Det finns ingen överenskommelse med den adressen, eller så har inte alla skrivit under den.")
        if found.slug != slug:
            name = f"public:{resolve(request.path).url_name}"
            return redirect(name, place=places.slug_of(municipality), slug=found.slug, permanent=True)
        return view(request, found, municipality)

    return arrive


def _permanent(found: PublicAgreement) -> str:
    path = reverse("opendata:permanent", kwargs={"public_id": found.agreement.public_id})
    return settings.LOFTET_BASE_URL.rstrip("/") + path


@public
@require_safe
@at_agreement
def agreement(request: HttpRequest, found: PublicAgreement, municipality: Municipality) -> HttpResponse:
    """The words that all signed, who signed when, and whether it runs."""
    context = {
        "found": found,
        "lines": wording.agreement_lines(found.words)[1:],
        "runs": papers.standing_sentence(found),
        "withheld": signing.withholding(found.version),
        "signatures": signature_lines(found.version),
        "entry": register.latest_entry_of(found.agreement.public_id, "agreement.in_force"),
        "permanent": _permanent(found),
        "municipality": municipality,
        "place": places.slug_of(municipality),
    }
    return render(request, "public/plans/agreement.html", context)


@public
@require_safe
@at_agreement
def versions(request: HttpRequest, found: PublicAgreement, municipality: Municipality) -> HttpResponse:
    """Every version that has been in force, newest first, and what changed between them in words."""
    rows = version_rows(
        plans.versions(found.agreement),
        lambda content: wording.agreement_lines(AgreementText.from_content(content)),
    )
    context = {"found": found, "rows": rows, "municipality": municipality, "place": places.slug_of(municipality)}
    return render(request, "public/plans/versions.html", context)


@public
@require_safe
@at_agreement
def paper(request: HttpRequest, found: PublicAgreement, municipality: Municipality) -> HttpResponse:
    """The agreement as a PDF that can be read aloud, with its digest and address."""
    entry = register.latest_entry_of(found.agreement.public_id, "agreement.in_force")
    mark = "Exempel: kommunen och allt i överenskommelsen är påhittat." if municipality.is_example else ""
    made = papers.agreement_pdf(found, address=_permanent(found), entry=entry.number if entry else None, mark=mark)
    return pdf(made, f"{found.slug}-version-{found.version.number}.pdf")
