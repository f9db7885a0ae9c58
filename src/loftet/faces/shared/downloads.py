"""Answers that are files."""

from __future__ import annotations

from django.http import HttpResponse


def pdf(made: bytes, name: str) -> HttpResponse:
    """A PDF, shown in the browser and saved under a name of plain letters."""
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    return answer


def package(made: bytes, name: str) -> HttpResponse:
    """A zip, saved under a name of plain letters and kept by nobody on the way."""
    answer = HttpResponse(made, content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer
