"""Svar till er: answering those who took part, finding by finding, for one's own organisation."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from loftet.domain.dialogues import access as dialogues
from loftet.domain.dialogues import queries as dialogue_queries
from loftet.domain.dialogues.models import Dialogue
from loftet.domain.followup import access, actions, queries
from loftet.domain.followup.models import Feedback
from loftet.domain.promises import queries as promises
from loftet.domain.understanding import queries as understanding
from loftet.domain.understanding.models import Finding
from loftet.faces.shared.access import requires
from loftet.faces.workspace.desk import Desk, at_desk, at_desk_also_after, here
from loftet.faces.workspace.followup.forms import IntroductionForm, ResponseForm
from loftet.faces.workspace.pages import act, confirm_page, form_page, show, words_of

INTRODUCTION = "Tack för era svar. Så här går vi vidare med det ni sa."


def _address(desk: Desk, dialogue: Dialogue) -> str:
    return reverse("workspace:feedback", kwargs={"place": desk.place, "public_id": dialogue.public_id})


@requires("workspace.read")
@at_desk_also_after
def feedback(request: HttpRequest, desk: Desk, public_id: str) -> HttpResponse:
    """What is answered so far, and one's own organisation's draft: the introduction, and each finding's answer."""
    dialogue, _hat = dialogues.for_reading(desk.person, public_id, former=True)
    here(desk, dialogue)
    answers = list(queries.drafts_of_feedback(dialogue))
    draft = _own_draft(desk, answers)
    form = IntroductionForm(
        request.POST or None, initial={"introduction": draft.introduction if draft else INTRODUCTION}
    )
    if request.method == "POST":
        done = act(
            request,
            form,
            actions.draft_feedback,
            dialogue=dialogue,
            by=desk.hat("followup.answer"),
            done="Inledningen är sparad. Svara nu på det ni hörde, ett i taget.",
            to=f"{_address(desk, dialogue)}#horde",
            **words_of(form),
        )
        if done:
            return done
    return show(request, desk, "followup/feedback", {**_shown(desk, dialogue, answers, draft), "form": form}, form)


def _own_draft(desk: Desk, answers: list[Feedback]) -> Feedback | None:
    if not desk.may("followup.answer"):
        return None
    organisation = desk.hat("followup.answer").organisation_id
    return next((one for one in answers if one.organisation_id == organisation and one.published_at is None), None)


def _shown(desk: Desk, dialogue: Dialogue, answers: list[Feedback], draft: Feedback | None) -> dict:
    answered = {one.finding_id: one for one in draft.responses.all()} if draft else {}
    rows = [(one, answered.get(one.pk)) for one in understanding.findings(dialogue)]
    public = dialogue_queries.public_dialogue_by_id(dialogue.public_id, desk.at)
    published = [one for one in answers if one.published_at]
    return {
        "dialogue": dialogue,
        "draft": draft,
        "published": published,
        "public_url": reverse("public:feedback", kwargs={"place": desk.place, "slug": public.slug}) if public else "",
        "rows": rows,
        "left": sum(response is None for _, response in rows),
        "may_answer": desk.may("followup.answer"),
        "organisation": desk.hat("followup.answer").organisation if desk.may("followup.answer") else None,
    }


@requires("followup.answer")
@at_desk
def respond(request: HttpRequest, desk: Desk, public_id: str, feedback_id: str, finding_id: str) -> HttpResponse:
    """Answer one thing that was heard."""
    draft, hat = _arrive(request, desk, public_id, feedback_id)
    finding = understanding.findings(draft.dialogue).get(public_id=finding_id)
    shown = {one.promise.public_id: one for one in promises.public_promises(desk.municipality, desk.at)}
    choices = [(key, one.words.title) for key, one in shown.items()]
    form = ResponseForm(request.POST or None, initial=_known(draft, finding), choices=choices)
    words = words_of(form)
    chosen = shown.get(words.pop("promise", ""))
    back = f"{_address(desk, draft.dialogue)}#horde"
    done = act(
        request,
        form,
        actions.respond,
        feedback=draft,
        finding=finding,
        by=hat,
        promise=chosen.promise if chosen else None,
        done="Svaret är sparat.",
        to=back,
        **words,
    )
    title = "Svara på det ni hörde"
    return done or form_page(request, desk, form, title=title, submit="Spara svaret", back=back, above=finding.text)


def _arrive(request: HttpRequest, desk: Desk, public_id: str, feedback_id: str):
    draft, hat = access.feedback_for_writing(request.user, feedback_id)
    here(desk, draft.dialogue)
    if draft.dialogue.public_id != public_id:
        raise Http404("Svaret hör till en annan dialog.")
    return draft, hat


def _known(draft: Feedback, finding: Finding) -> dict[str, str]:
    known = next((one for one in draft.responses.all() if one.finding_id == finding.pk), None)
    if known is None:
        return {}
    promise = known.promise.public_id if known.promise else ""
    return {"outcome": known.outcome, "text": known.text, "promise": promise}


@requires("followup.answer")
@at_desk
def publish(request: HttpRequest, desk: Desk, public_id: str, feedback_id: str) -> HttpResponse:
    """Publish the answer, alone if need be."""
    draft, hat = _arrive(request, desk, public_id, feedback_id)
    return confirm_page(
        request,
        desk,
        lambda: actions.publish_feedback(feedback=draft, by=hat),
        title="Publicera svaret till er",
        intro=f"Svaret från {draft.organisation.name} visas för alla och förs in i Löftesboken.",
        points=[
            "Ett publicerat svar ändras inte. Händer något nytt skriver ni ett till.",
            "Den andra parten kan svara själv, när som helst.",
        ],
        submit="Publicera svaret",
        back=_address(desk, draft.dialogue),
        done="Svaret är publicerat. De som var med kan läsa det på dialogens sida.",
    )
