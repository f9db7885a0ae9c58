"""A place's chain as columns, gaps marked; every card opens where the work is."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from loftet.faces.shared.access import requires
from loftet.faces.workspace.board.columns import columns
from loftet.faces.workspace.desk import Desk, at_desk


@requires("workspace.read")
@require_safe
@at_desk
def board(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The chain of the place."""
    context = {"desk": desk, "columns": columns(desk), "may_decide": desk.may("records.decide")}
    return render(request, "workspace/board/board.html", context)
