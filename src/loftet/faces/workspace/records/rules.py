"""How long an organisation has decided to keep things, and what is suggested until it has decided."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from loftet.domain.base import clock
from loftet.domain.parties.models import Organisation
from loftet.domain.records import actions, keeping
from loftet.domain.records.models import WEEDABLE, DocumentType
from loftet.faces.shared import text
from loftet.faces.shared.access import requires
from loftet.faces.workspace.desk import Desk, at_desk
from loftet.faces.workspace.pages import act, form_page, show, words_of
from loftet.faces.workspace.records.forms import RetentionRuleForm
from loftet.faces.workspace.records.own import keeper


@requires("records.decide")
@require_safe
@at_desk
def retention_rules(request: HttpRequest, desk: Desk, organisation_id: str) -> HttpResponse:
    """The rule that holds today for every kind of document, decided or suggested."""
    hat = keeper(desk, organisation_id)
    found = keeping.rules_of([hat.organisation], clock.day_of(desk.at))[hat.organisation_id]
    ids = {"place": desk.place, "organisation_id": organisation_id}
    context = {
        "organisation": hat.organisation,
        "rows": [
            {
                "rule": rule,
                "name": text.capital(kind.label),
                "url": reverse("workspace:retention_rule", kwargs={**ids, "document_type": kind.value}),
            }
            for kind, rule in found.items()
        ],
        "is_state": hat.organisation.kind == Organisation.Kind.POLICE,
        "is_undecided": not all(rule.is_decided for rule in found.values()),
    }
    return show(request, desk, "records/retention_rules", context)


@requires("records.decide")
@at_desk
def retention_rule(request: HttpRequest, desk: Desk, organisation_id: str, document_type: str) -> HttpResponse:
    """Enter what one's own organisation has decided about a kind of document."""
    hat = keeper(desk, organisation_id)
    if document_type not in DocumentType.values:
        raise Http404("Det finns ingen sådan handlingstyp.")
    kind = DocumentType(document_type)
    now = keeping.rules_of([hat.organisation], clock.day_of(desk.at))[hat.organisation_id][kind]
    form = RetentionRuleForm(request.POST or None, rule=now, may_be_weeded=kind in WEEDABLE)
    back = reverse("workspace:retention_rules", kwargs={"place": desk.place, "organisation_id": organisation_id})
    done = act(
        request,
        form,
        actions.decide_rule,
        partnership=desk.partnership,
        document_type=document_type,
        by=hat,
        done="Regeln är sparad.",
        to=back,
        **words_of(form),
    )
    return done or form_page(
        request,
        desk,
        form,
        title=f"Regel för {kind.label}",
        submit="Spara regeln",
        back=back,
        intro=f"För in det som {hat.organisation.name} har beslutat. Den tidigare regeln finns kvar som historik.",
    )
