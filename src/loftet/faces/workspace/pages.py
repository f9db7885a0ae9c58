"""The pages that most staff acts need: a form, a confirmation before what cannot be undone, and a plain button."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from loftet.domain.base.errors import DomainError, NotAllowed
from loftet.faces.workspace.desk import Desk


def show(request: HttpRequest, desk: Desk, template: str, context: dict[str, Any], *forms: Form) -> HttpResponse:
    """A page at the desk. A form on it that was refused comes back with everything in it."""
    status = 422 if any(form.is_bound and form.errors for form in forms) else 200
    return render(request, f"workspace/{template}.html", {**context, "desk": desk}, status=status)


def form_page(
    request: HttpRequest,
    desk: Desk,
    form: Form,
    *,
    title: str,
    submit: str,
    back: str,
    intro: str = "",
    above: str = "",
    send_to: str = "",
) -> HttpResponse:
    """A form with its heading and one main button. `above` is a thing said that the form is about, as it was said."""
    context = {"form": form, "title": title, "submit": submit, "back": back, "intro": intro, "above": above}
    return show(request, desk, "form", {**context, "send_to": send_to}, form)


def carried_out(form: Form, verb: Callable[..., Any], **words: Any) -> Any:
    """Call a verb. What it refuses is shown at the form, with all that was typed; what is not allowed is raised."""
    try:
        return verb(**words) or True
    except NotAllowed:
        raise
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return None


def act(
    request: HttpRequest,
    form: Form,
    verb: Callable[..., Any],
    *,
    done: str,
    to: Callable[[Any], str] | str,
    **words: Any,
) -> HttpResponse | None:
    """If the form was sent and holds, call the verb, say what was done and lead on; else None."""
    if request.method != "POST" or not form.is_valid():
        return None
    made = carried_out(form, verb, **words)
    if not made:
        return None
    messages.success(request, done)
    return redirect(to(made) if callable(to) else to)


def words_of(form: Form) -> dict[str, Any]:
    """What a form that holds says; nothing for one that is not sent or does not hold."""
    return dict(form.cleaned_data) if form.is_bound and form.is_valid() else {}


def press(request: HttpRequest, verb: Callable[[], Any], *, done: str, to: str) -> HttpResponse:
    """Do what a button alone asks for, say what was done or why not, and lead on."""
    try:
        verb()
    except NotAllowed:
        raise
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect(to)


def confirm_page(
    request: HttpRequest,
    desk: Desk,
    verb: Callable[[], Any],
    *,
    title: str,
    intro: str,
    points: Sequence[str],
    submit: str,
    back: str,
    done: str,
    lacks: Sequence[str] = (),
) -> HttpResponse:
    """Say what will happen, and what is missing; do it when it is confirmed."""
    refusal = ""
    if request.method == "POST":
        try:
            verb()
        except NotAllowed:
            raise
        except DomainError as fault:
            refusal = str(fault)
        else:
            messages.success(request, done)
            return redirect(back)
    context = {"desk": desk, "title": title, "intro": intro, "points": points, "submit": submit, "back": back}
    context |= {"refusal": refusal, "lacks": lacks}
    return render(request, "workspace/confirm.html", context, status=409 if refusal else 200)
