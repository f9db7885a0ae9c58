"""Cooperation agreements for staff: the draft, sharing it, putting it forward, and ending it early."""

from __future__ import annotations

from datetime import date

from django.forms.models import model_to_dict
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from loftet.domain.base import clock
from loftet.domain.base.errors import NotAllowed
from loftet.domain.parties.models import Membership
from loftet.domain.plans import access, actions, content, papers, queries
from loftet.domain.plans.models import Agreement
from loftet.domain.signing import actions as signing
from loftet.domain.signing import queries as signatures
from loftet.domain.signing.rules import is_private
from loftet.faces.shared import text, wording
from loftet.faces.shared.access import requires
from loftet.faces.workspace.desk import Desk, at_desk
from loftet.faces.workspace.pages import act, confirm_page, form_page, show, words_of
from loftet.faces.workspace.plans.forms import FIELDS, AgreementForm, CommentForm, TerminationForm
from loftet.faces.workspace.signing.standing import standing

LASTS_YEARS = 3


def address(desk: Desk, agreement: Agreement, name: str = "agreement") -> str:
    """Where an agreement is worked on."""
    return reverse(f"workspace:{name}", kwargs={"place": desk.place, "public_id": agreement.public_id})


def _arrive(desk: Desk, public_id: str, permission: str) -> tuple[Agreement, Membership]:
    """The agreement, if it is one of the partnership at whose desk one sits."""
    found, hat = access.agreement_for(desk.person, public_id, permission)
    _must_be_here(desk, found)
    return found, hat


def _must_be_here(desk: Desk, agreement: Agreement) -> None:
    if agreement.partnership_id != desk.partnership.pk:
        raise Http404("Det finns ingen sådan överenskommelse i den här kommunen.")


@requires("workspace.read")
@require_safe
@at_desk
def agreements(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Every agreement of the partnership that one may see, with where it stands."""
    found = queries.agreements_for(desk.partnership, {hat.organisation_id for hat in desk.hats})
    states = signatures.states([one.document for one in found], desk.at)
    rows = [(one, address(desk, one), states[one.document_id].value) for one in found]
    return show(request, desk, "plans/agreements", {"rows": rows, "may_write": desk.may("plans.write")})


@requires("plans.write")
@at_desk
def new(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Start an agreement."""
    today = clock.day_of(desk.at)
    initial = {
        "title": f"Samverkansöverenskommelse för {desk.municipality.name}",
        "area": text.joined(one.name for one in desk.partnership.municipalities.all()),
        "starts": today,
        "ends": date(today.year + LASTS_YEARS, 12, 31),
    }
    hat = desk.hat("plans.write")
    form = AgreementForm(request.POST or None, initial=initial)
    done = act(
        request,
        form,
        actions.draft_agreement,
        by=hat,
        partnership=desk.partnership,
        done="Överenskommelsen är sparad som utkast. Bara ni ser den.",
        to=lambda made: address(desk, made),
        **words_of(form),
    )
    intro = f"Utkastet ses bara av {hat.organisation.name} tills ni delar det eller lägger fram det."
    title = "Ny överenskommelse om samverkan"
    back = reverse("workspace:agreements", kwargs={"place": desk.place})
    return done or form_page(request, desk, form, title=title, submit="Spara utkast", back=back, intro=intro)


@requires("plans.write")
@at_desk
def edit(request: HttpRequest, desk: Desk, public_id: str) -> HttpResponse:
    """Change the working copy. Renewing is the same: a new period, put forward as a new version."""
    found, hat = _arrive(desk, public_id, "plans.write")
    form = AgreementForm(request.POST or None, initial=model_to_dict(found, FIELDS))
    back = address(desk, found)
    done = act(
        request,
        form,
        actions.edit_agreement,
        agreement=found,
        by=hat,
        done="Utkastet är sparat.",
        to=back,
        **words_of(form),
    )
    return done or form_page(request, desk, form, title=f"Ändra {found.title}", submit="Spara utkast", back=back)


@requires("workspace.read")
@require_safe
@at_desk
def agreement(request: HttpRequest, desk: Desk, public_id: str) -> HttpResponse:
    """The working copy, notes on it, and where the signing stands."""
    found, _hat = _arrive(desk, public_id, "workspace.read")
    stands = standing(found.document, desk.at)
    words = content.words_of(found)
    public = next(
        (one for one in queries.public_agreements(desk.municipality, desk.at) if one.agreement == found), None
    )
    context = {
        "agreement": found,
        "lines": wording.agreement_lines(words)[1:],
        "changes": wording.changes(wording.agreement_lines(public.words), wording.agreement_lines(words))
        if public
        else [],
        "standing": stands,
        "is_changed": public is None or public.words != words,
        "public": public,
        "runs": papers.standing_sentence(public) if public else "",
        "is_private": is_private(found.document),
        "sharing": signatures.sharing(found.document),
        "comments": signatures.comments(found.document),
        "may_write": desk.may("plans.write"),
        "may_propose": desk.may("signing.propose"),
        "may_sign": desk.may("signing.sign"),
        "may_comment": desk.may("signing.propose") or desk.may("signing.decide"),
        "may_terminate": desk.may("signing.decide") and public is not None and not public.standing.is_over,
    }
    return show(request, desk, "plans/agreement", context)


@requires("signing.propose")
@at_desk
def share(request: HttpRequest, desk: Desk, public_id: str) -> HttpResponse:
    """Show the draft to the other parties for comments."""
    found, hat = _arrive(desk, public_id, "signing.propose")
    return confirm_page(
        request,
        desk,
        lambda: signing.share(document=found.document, by=hat),
        title=f"Dela {found.title} för synpunkter",
        intro="De andra parterna ser utkastet och kan lämna synpunkter på det.",
        points=[
            "När utkastet lämnar er myndighet kan det bli en allmän handling som alla kan begära att få läsa.",
            "Delningen går inte att ta tillbaka. Er organisation, din funktion och tiden står på sidan.",
            "Alla parter kan ändra i utkastet sedan. Inget gäller förrän alla har skrivit under.",
        ],
        submit="Dela för synpunkter",
        back=address(desk, found),
        done="Utkastet är delat. Nu kan de andra parterna läsa det och lämna synpunkter.",
    )


@requires("workspace.read")
@at_desk
def comment(request: HttpRequest, desk: Desk, public_id: str) -> HttpResponse:
    """Write a note on the draft: coordinators and signatories."""
    found, hat = _commenting(desk, public_id)
    form = CommentForm(request.POST or None)
    back = address(desk, found)
    done = act(
        request,
        form,
        signing.comment,
        document=found.document,
        by=hat,
        done="Synpunkten är sparad.",
        to=back,
        **words_of(form),
    )
    title = f"Synpunkt på {found.title}"
    return done or form_page(request, desk, form, title=title, submit="Spara synpunkten", back=back)


def _commenting(desk: Desk, public_id: str) -> tuple[Agreement, Membership]:
    try:
        return _arrive(desk, public_id, "signing.propose")
    except NotAllowed:
        return _arrive(desk, public_id, "signing.decide")


@requires("signing.propose")
@at_desk
def propose(request: HttpRequest, desk: Desk, public_id: str) -> HttpResponse:
    """Put the agreement forward for all to sign."""
    found, hat = _arrive(desk, public_id, "signing.propose")
    return confirm_page(
        request,
        desk,
        lambda: actions.propose_agreement(agreement=found, by=hat),
        title=f"Lägg fram {found.title}",
        intro="Texten fryses som en version som alla parter skriver under.",
        points=[
            "Ingen kan ändra versionen. Behövs en ändring skickas den tillbaka, och ni lägger fram en ny.",
            "Den blir offentlig först när alla har skrivit under.",
        ],
        submit="Lägg fram för underskrift",
        back=address(desk, found),
        done="Överenskommelsen väntar nu på underskrifter.",
    )


@requires("signing.decide")
@at_desk
def terminate(request: HttpRequest, desk: Desk, public_id: str) -> HttpResponse:
    """Declare for one's own organisation that the agreement ends early."""
    found, hat = _arrive(desk, public_id, "signing.decide")
    form = TerminationForm(request.POST or None)
    back = address(desk, found)
    done = act(
        request,
        form,
        actions.terminate,
        agreement=found,
        by=hat,
        done=f"{hat.organisation.name} har sagt upp överenskommelsen. Det står nu på den offentliga sidan.",
        to=back,
        **words_of(form),
    )
    intro = (
        f"Det här är {hat.organisation.name}s egen uppsägning. Den införs i Löftesboken och kan inte tas tillbaka. "
        "Vill ni avsluta tillsammans lägger ni i stället fram en ny version med kortare period."
    )
    title = f"Säg upp {found.title}"
    return done or form_page(request, desk, form, title=title, submit="Säg upp", back=back, intro=intro)
