"""The problems of a picture: their words, sources, needs and each party's priority."""

from __future__ import annotations

from django.forms.models import model_to_dict
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from loftet.domain.base import clock
from loftet.domain.dialogues import queries as dialogues
from loftet.domain.parties.models import Membership
from loftet.domain.situation import access, actions
from loftet.domain.situation.models import Problem
from loftet.domain.understanding import queries as understanding
from loftet.faces.shared.access import requires
from loftet.faces.workspace.desk import Desk, at_desk, here
from loftet.faces.workspace.pages import act, form_page, press, words_of
from loftet.faces.workspace.situation.forms import PROBLEM_FIELDS, PriorityForm, ProblemForm, SourceForm
from loftet.faces.workspace.situation.views import address


def _arrive(request: HttpRequest, desk: Desk, public_id: str, problem_id: str) -> tuple[Problem, Membership]:
    """The problem, if it stands in the picture that the address names."""
    problem, hat = access.problem_for_writing(request.user, problem_id)
    here(desk, problem.picture)
    if problem.picture.public_id != public_id:
        raise Http404("Problemet står i en annan problembild.")
    return problem, hat


@requires("situation.write")
@at_desk
def problem_new(request: HttpRequest, desk: Desk, public_id: str) -> HttpResponse:
    """Add a problem."""
    found, hat = access.for_writing(desk.person, public_id)
    here(desk, found)
    needs = _needs(desk)
    form = ProblemForm(request.POST or None, choices=[(key, need.text) for key, need in needs.items()])
    words = words_of(form)
    chosen = words.pop("needs", [])
    done = act(
        request,
        form,
        actions.add_problem,
        picture=found,
        by=hat,
        needs=[needs[key] for key in chosen],
        done="Problemet är tillagt. Ange nu minst en källa med datum.",
        to=address(desk, found),
        **words,
    )
    return done or form_page(request, desk, form, title="Nytt problem", submit="Spara", back=address(desk, found))


@requires("situation.write")
@at_desk
def problem_edit(request: HttpRequest, desk: Desk, public_id: str, problem_id: str) -> HttpResponse:
    """Change the working copy of a problem."""
    problem, hat = _arrive(request, desk, public_id, problem_id)
    needs = _needs(desk)
    initial = model_to_dict(problem, PROBLEM_FIELDS) | {"needs": [need.public_id for need in problem.needs.all()]}
    form = ProblemForm(request.POST or None, initial=initial, choices=[(key, need.text) for key, need in needs.items()])
    words = words_of(form)
    chosen = words.pop("needs", [])
    back = address(desk, problem.picture)
    done = act(
        request,
        form,
        actions.edit_problem,
        problem=problem,
        by=hat,
        needs=[needs[key] for key in chosen],
        done="Problemet är sparat.",
        to=back,
        **words,
    )
    return done or form_page(request, desk, form, title=f"Ändra {problem.title}", submit="Spara", back=back)


def _needs(desk: Desk) -> dict:
    """Needs drawn from the place's dialogues, to tie a problem to."""
    return {
        need.public_id: need
        for need in understanding.needs_of(dialogues.dialogues_in(desk.municipality, [desk.partnership]))
    }


@requires("situation.write")
@at_desk
def source_new(request: HttpRequest, desk: Desk, public_id: str, problem_id: str) -> HttpResponse:
    """Say what a problem rests on."""
    problem, hat = _arrive(request, desk, public_id, problem_id)
    held = {one.dialogue.public_id: one.dialogue for one in dialogues.public_dialogues(desk.municipality, desk.at)}
    form = SourceForm(request.POST or None, dialogues=held, today=clock.day_of(desk.at))
    back = address(desk, problem.picture)
    done = act(
        request,
        form,
        actions.add_source,
        problem=problem,
        by=hat,
        done="Källan är tillagd.",
        to=back,
        **words_of(form),
    )
    return done or form_page(request, desk, form, title=f"Källa till {problem.title}", submit="Spara", back=back)


@requires("situation.write")
@require_POST
@at_desk
def source_remove(request: HttpRequest, desk: Desk, public_id: str, source_id: int) -> HttpResponse:
    """Take a source away from the working copy."""
    source, hat = access.source_for_writing(request.user, source_id)
    here(desk, source.problem.picture)
    return press(
        request,
        lambda: actions.remove_source(source=source, by=hat),
        done="Källan är borttagen ur utkastet.",
        to=address(desk, source.problem.picture),
    )


@requires("situation.write")
@at_desk
def priority(request: HttpRequest, desk: Desk, public_id: str, problem_id: str) -> HttpResponse:
    """Say how high one's own organisation puts the problem."""
    problem, hat = _arrive(request, desk, public_id, problem_id)
    known = next((one for one in problem.priorities.all() if one.organisation_id == hat.organisation_id), None)
    form = PriorityForm(request.POST or None, initial={"rank": known.rank if known else None})
    back = address(desk, problem.picture)
    done = act(
        request,
        form,
        actions.set_priority,
        problem=problem,
        by=hat,
        done=f"{hat.organisation.name} har satt sin prioritering.",
        to=back,
        **words_of(form),
    )
    intro = f"Ni svarar för {hat.organisation.name}. Den andra parten sätter sin egen."
    title = f"Prioritera {problem.title}"
    return done or form_page(request, desk, form, title=title, submit="Spara", back=back, intro=intro)
