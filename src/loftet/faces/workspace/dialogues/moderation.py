"""Looking at what residents have written, and deciding what becomes of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from loftet.domain.dialogues import access, actions
from loftet.domain.dialogues.methods.statements import wording
from loftet.domain.dialogues.models import Dialogue, Voice
from loftet.domain.parties.models import Membership
from loftet.faces.shared.access import requires
from loftet.faces.workspace.desk import Desk, at_desk, here
from loftet.faces.workspace.dialogues.forms import ModerationForm
from loftet.faces.workspace.pages import carried_out, show


@requires("dialogues.moderate")
@require_safe
@at_desk
def moderation(request: HttpRequest, desk: Desk, public_id: str) -> HttpResponse:
    """What residents have written and nobody has decided on yet, oldest first."""
    found, hat = access.for_moderation(desk.person, public_id)
    here(desk, found)
    return show(request, desk, "dialogues/moderation", _waiting(found, hat))


@requires("dialogues.moderate")
@require_POST
@at_desk
def moderate(request: HttpRequest, desk: Desk, public_id: str, voice_id: str) -> HttpResponse:
    """Publish, decline with a reason, or hold."""
    voice, hat = access.voice_for_moderation(desk.person, voice_id)
    here(desk, voice.dialogue)
    if voice.dialogue.public_id != public_id:
        raise Http404("Texten hör till en annan dialog.")
    form = _form(voice, request.POST)
    if form.is_valid() and carried_out(form, actions.moderate, voice=voice, by=hat, **form.cleaned_data):
        messages.success(request, "Beslutet är sparat. Den som skrev ser det på sidan med sina svar.")
        where = {"place": desk.place, "public_id": public_id}
        return redirect(reverse("workspace:dialogue_moderation", kwargs=where))
    return show(request, desk, "dialogues/moderation", _waiting(voice.dialogue, hat, form, voice.public_id), form)


def _waiting(dialogue: Dialogue, hat: Membership, refused: ModerationForm | None = None, refused_id: str = "") -> dict:
    """The words that wait. To see them is an act of its own, and the history tells of it."""
    rows = [
        (voice, wording.stopped_at(voice), refused if voice.public_id == refused_id else _form(voice))
        for voice in actions.read_waiting(dialogue=dialogue, by=hat)
    ]
    return {"dialogue": dialogue, "rows": rows}


def _form(voice: Voice, data=None) -> ModerationForm:
    # Several forms stand on one page, so the controls of each need ids of their own.
    return ModerationForm(data, auto_id=f"{voice.public_id}-%s")
