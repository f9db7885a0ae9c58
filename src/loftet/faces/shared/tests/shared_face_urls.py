"""Addresses for the tests of the shared face alone: its own route, and empty pages where the other faces' pages lie."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

from loftet.faces.shared import errors, gallery
from loftet.faces.shared.access import public

RECEIPT_PAGE = """{% extends "shared/base.html" %}{% block title %}{{ receipt.title }}{% endblock %}
{% block main %}{% breadcrumb "Mora" "/kommuner/" receipt.title %}{% receipt receipt %}{% endblock %}"""
DESK_PAGE = """{% extends "shared/workspace_base.html" %}{% block title %}Tryggare skolvägar{% endblock %}
{% block places %}{% side_list "Älvdalen" steps %}{% endblock %}
{% block main %}<h1>Tryggare skolvägar</h1><form method="post">{% csrf_token %}{% form_fields form_with_errors %}
{% actions %}{% button "Spara" %}{% endactions %}</form>{% endblock %}
{% block missing %}<h2>Vad saknas?</h2><ul class="rows"><li>Problemet saknar plats.</li></ul>{% endblock %}"""
FOCUS_PAGE = """{% extends "shared/focus_base.html" %}{% block title %}Trygg i centrum{% endblock %}
{% block main %}<h1 class="quiet-heading">Trygg i centrum</h1>{% progress 7 20 %}{% statement "Fler vuxna på torget." %}
<form method="post">{% answer_buttons %}</form><p><a href="/kommuner/">Säg det själv</a></p>{% endblock %}"""


@public
def page(request: HttpRequest) -> HttpResponse:
    """An empty page."""
    return HttpResponse("", content_type="text/plain")


@public
def receipt(request: HttpRequest) -> HttpResponse:
    """A page that is nothing but a receipt, as a promise's page is."""
    page = engines["django"].from_string(RECEIPT_PAGE)
    return HttpResponse(page.render({"receipt": replace(gallery.sharp_receipt(), heading_level=1)}, request))


@public
def desk(request: HttpRequest) -> HttpResponse:
    """A page of the workspace, with its three columns and the forms' components."""
    page = engines["django"].from_string(DESK_PAGE)
    user = SimpleNamespace(is_authenticated=True, name="Anna Exempel")
    return HttpResponse(page.render({**gallery.context(), "user": user}, request))


@public
def focus(request: HttpRequest) -> HttpResponse:
    """A page where one takes part."""
    return HttpResponse(engines["django"].from_string(FOCUS_PAGE).render({}, request))


PUBLIC = {
    "start": "",
    "places": "kommuner/",
    "promises": "medborgarloften/",
    "register": "loftesboken/",
    "about": "om/",
    "about_data": "om/data/",
    "about_privacy": "om/integritet/",
    "about_accessibility": "om/tillganglighet/",
    "about_moderation": "om/granskning/",
}
DESK = {"home": "", "organisations": "organisationer/", "account": "ditt-konto/"}

urlpatterns = [
    path("", include("loftet.faces.shared.urls")),
    path("", include(([path(address, page, name=name) for name, address in PUBLIC.items()], "public"))),
    path("skrivbord/", include(([path(at, page, name=name) for name, at in DESK.items()], "workspace"))),
    path("logga-in/", page, name="account_login"),
    path("logga-ut/", page, name="account_logout"),
    path("kvitto/", receipt),
    path("bord/", desk),
    path("delta/", focus),
]
handler404 = errors.not_found
