"""About Löftet: what it is, privacy, accessibility, moderation."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from loftet.domain.dialogues import queries as dialogues
from loftet.faces.shared import text
from loftet.faces.shared.access import public


@public
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What a medborgarlöfte is and what this site does."""
    return render(request, "public/about/about.html")


@public
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is stored, and what never is."""
    return render(request, "public/about/privacy.html")


@public
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement, with a way to report faults."""
    return render(request, "public/about/accessibility.html")


@public
@require_safe
def moderation(request: HttpRequest) -> HttpResponse:
    """The rules for what is published, and how often they are used."""
    figures = [(text.capital(what.rstrip(".")), count) for what, count in dialogues.moderation_figures()]
    return render(request, "public/about/moderation.html", {"figures": figures})
