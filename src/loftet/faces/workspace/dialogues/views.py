"""Dialogues for staff: writing them, filling them with statements, publishing them."""

from __future__ import annotations

from django.contrib import messages
from django.forms.models import model_to_dict
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from loftet.domain.dialogues import access, actions, drafting, queries, rules
from loftet.domain.dialogues.methods.statements import actions as statements
from loftet.domain.dialogues.methods.statements import queries as asked
from loftet.domain.dialogues.models import Dialogue
from loftet.domain.followup import queries as followup
from loftet.domain.parties import queries as parties
from loftet.domain.parties.models import Membership, Organisation
from loftet.faces.shared import text, weeded
from loftet.faces.shared.access import requires
from loftet.faces.workspace.desk import Desk, at_desk, here
from loftet.faces.workspace.dialogues.forms import FIELDS, DialogueForm, SeedForm, defaults
from loftet.faces.workspace.dialogues.standing import standing
from loftet.faces.workspace.pages import act, carried_out, confirm_page, form_page, press, show, words_of


def address(desk: Desk, dialogue: Dialogue, name: str = "dialogue") -> str:
    """Where a dialogue is worked on."""
    return reverse(f"workspace:{name}", kwargs={"place": desk.place, "public_id": dialogue.public_id})


@requires("dialogues.write")
@at_desk
def new(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Start a dialogue. The municipality answers for the personal data, or one of its boards that is a party."""
    hat = desk.hat("dialogues.write")
    controllers = _controllers(desk)
    form = DialogueForm(request.POST or None, initial=defaults(), controllers=controllers)
    words = words_of(form)
    chosen = words.pop("controller", controllers[0].public_id)
    done = act(
        request,
        form,
        actions.draft_dialogue,
        by=hat,
        partnership=desk.partnership,
        controller=next(one for one in controllers if one.public_id == chosen),
        municipality=desk.municipality,
        done="Dialogen är sparad som utkast. Lägg till påståenden och publicera den sedan.",
        to=lambda made: address(desk, made),
        **words,
    )
    intro = "Fyll i det som deltagarna behöver veta. Bara ni och den andra parten ser utkastet."
    return done or form_page(request, desk, form, title="Ny dialog", submit="Spara utkast", back=desk.url, intro=intro)


def _controllers(desk: Desk) -> list[Organisation]:
    """Who may answer for the personal data, the municipality first."""
    found = [
        party
        for party in parties.parties_of(desk.partnership)
        if party.side == Organisation.Kind.MUNICIPALITY and party.municipality_id == desk.municipality.pk
    ]
    if not found:
        raise Http404("Kommunen är inte med i partnerskapet, så ingen kan ansvara för svaren.")
    return found


@requires("dialogues.write")
@at_desk
def edit(request: HttpRequest, desk: Desk, public_id: str) -> HttpResponse:
    """Change a draft."""
    dialogue, hat = access.for_writing(desk.person, public_id)
    here(desk, dialogue)
    form = DialogueForm(request.POST or None, initial=model_to_dict(dialogue, FIELDS))
    back = address(desk, dialogue)
    done = act(
        request,
        form,
        actions.edit_dialogue,
        dialogue=dialogue,
        by=hat,
        done="Utkastet är sparat.",
        to=back,
        **words_of(form),
    )
    return done or form_page(request, desk, form, title=f"Ändra {dialogue.title}", submit="Spara utkast", back=back)


@requires("workspace.read")
@at_desk
def dialogue(request: HttpRequest, desk: Desk, public_id: str) -> HttpResponse:
    """One dialogue: where it stands, its statements, and the next thing to do."""
    found, _hat = access.for_reading(desk.person, public_id)
    here(desk, found)
    form = SeedForm(request.POST or None)
    if request.method == "POST":
        _, hat = access.for_writing(desk.person, public_id)
        if form.is_valid():
            form = _seeded(request, form, found, hat)
            if not form.errors:
                return redirect(f"{address(desk, found)}#pastaenden")
    return show(request, desk, "dialogues/dialogue", {**_shown(desk, found), "form": form}, form)


def _seeded(request: HttpRequest, form: SeedForm, dialogue: Dialogue, hat: Membership) -> SeedForm:
    """Add each line. If one is refused, the form comes back with that line and those after it."""
    lines = form.lines
    for done, line in enumerate(lines):
        if not carried_out(form, statements.add_seed, dialogue=dialogue, text=line, by=hat):
            if done:
                messages.success(request, _added(done))
            left = SeedForm({"text": "\n".join(lines[done:])})
            left.add_error("text", f"”{line}”: {' '.join(map(str, form.non_field_errors()))}")
            return left
    messages.success(request, _added(len(lines)))
    return form


def _added(count: int) -> str:
    if count == 1:
        return "Ett påstående är tillagt."
    return f"{text.capital(text.number_word(count))} påståenden är tillagda."


def _shown(desk: Desk, found: Dialogue) -> dict:
    public = queries.public_dialogue_by_id(found.public_id, desk.at)
    is_draft = rules.is_draft(found)
    owed = bool(followup.feedback_owed([found], desk.at))
    return {
        "dialogue": found,
        "state": standing(found, owed=owed, at=desk.at),
        "is_draft": is_draft,
        "is_closed": found.is_closed(desk.at),
        "owed": owed,
        "lacks": drafting.missing(found, desk.at) if is_draft else [],
        "statements": asked.statements(found),
        "counts": queries.counts(found),
        "waiting": queries.waiting_count(found),
        "weeded": weeded.traces(found.public_id),
        "may_write": any(rules.may_write(hat, found, desk.at) for hat in desk.hats),
        "may_open": any(rules.may_open(hat, found, desk.at) for hat in desk.hats),
        "may_moderate": any(rules.may_moderate(hat, found, desk.at) for hat in desk.hats),
        "public_url": reverse("public:dialogue", kwargs={"place": desk.place, "slug": public.slug}) if public else "",
    }


@requires("dialogues.write")
@require_POST
@at_desk
def remove_seed(request: HttpRequest, desk: Desk, public_id: str, number: int) -> HttpResponse:
    """Take a statement out of a draft."""
    found, hat = access.for_writing(desk.person, public_id)
    here(desk, found)
    statement = asked.statement(found, number)
    return press(
        request,
        lambda: statements.remove_seed(statement=statement, by=hat),
        done="Påståendet är borttaget.",
        to=f"{address(desk, found)}#pastaenden",
    )


@requires("dialogues.open")
@at_desk
def publish(request: HttpRequest, desk: Desk, public_id: str) -> HttpResponse:
    """Say what becomes public, and publish when it is confirmed."""
    found, hat = access.for_opening(desk.person, public_id)
    here(desk, found)
    return confirm_page(
        request,
        desk,
        lambda: actions.publish_dialogue(dialogue=found, by=hat),
        title=f"Publicera {found.title}",
        intro="När du publicerar kan alla läsa om dialogen, och den förs in i Löftesboken.",
        points=[
            "Texten kan inte ändras efter publicering. De som svarar ska veta vad de svarade på.",
            f"Dialogen öppnar {text.moment(found.opens_at)} och stänger {text.moment(found.closes_at)}.",
            f"Ni lovar att svara dem som var med senast {text.day(found.answer_by)}.",
        ],
        submit="Publicera dialogen",
        back=address(desk, found),
        done="Dialogen är publicerad. Dela adressen, så kan folk svara.",
        lacks=drafting.missing(found, desk.at) if rules.is_draft(found) else [],
    )
