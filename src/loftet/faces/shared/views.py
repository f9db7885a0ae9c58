"""The component gallery."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from loftet.faces.shared import gallery as examples
from loftet.faces.shared.access import public


@public
def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component in every state; it follows the system between light and dark."""
    return render(request, "shared/gallery.html", examples.context())
