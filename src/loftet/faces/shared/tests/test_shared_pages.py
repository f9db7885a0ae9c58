"""The shared pages: gallery, frames, errors. None of them asks the database."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import RequestFactory, override_settings

from loftet.faces.shared import errors
from loftet.testing.page_rules import check_page

pytestmark = pytest.mark.urls("loftet.faces.shared.tests.shared_face_urls")


@pytest.mark.parametrize("address", ["/om/komponenter/", "/kvitto/", "/delta/"])
def test_public_pages_keep_the_house_rules_without_the_database(client, address):
    # The database is closed to this test: a query would raise.
    assert client.get(address).status_code == 200


def test_the_workspaces_frame_keeps_the_house_rules(client):
    response = client.get("/bord/")
    assert response.page.h1 == "Tryggare skolvägar"
    assert "Problemet saknar plats." in response.content.decode()


def test_the_gallery_is_reached_by_its_name():
    from django.urls import reverse

    assert reverse("shared:gallery") == "/om/komponenter/"


def test_a_demo_says_so_on_every_page_and_others_do_not(client):
    words = "Det här är en demo med påhittade exempel"
    with override_settings(LOFTET_DEMO=True):
        assert words in client.get("/kvitto/").content.decode()
        assert words in client.get("/delta/").content.decode()
        assert words in errors.server_error(RequestFactory().get("/")).content.decode()
    with override_settings(LOFTET_DEMO=False):
        assert words not in client.get("/kvitto/").content.decode()


def test_the_menu_marks_where_one_is(client):
    html = client.get("/om/komponenter/").content.decode()
    assert '<a href="/om/" aria-current="true">Om</a>' in html
    assert '<a href="/kommuner/">Hitta din kommun</a>' in html


ERRORS = [
    (errors.bad_request, 400, "Inget nytt är sparat"),
    (errors.permission_denied, 403, "Inget är ändrat"),
    (errors.not_found, 404, "behåller sin adress"),
    (errors.server_error, 500, "finns kvar"),
    (errors.csrf_failure, 403, "Inget nytt är sparat"),
]


@pytest.mark.parametrize(("view", "code", "kept"), ERRORS)
def test_an_error_page_says_what_is_kept_and_what_to_do(view, code, kept):
    response = view(RequestFactory().get("/nagonstans/"))
    html = response.content.decode()
    assert response.status_code == code
    assert kept in html
    assert "Det här kan du göra" in html
    assert check_page(html, status=code) == []


def test_a_refusal_gives_its_own_reason():
    response = errors.permission_denied(RequestFactory().get("/"), Exception("Du saknar <rätt> roll."))
    assert "Du saknar &lt;rätt&gt; roll." in response.content.decode()


def test_the_last_error_page_needs_nothing(monkeypatch):
    def broken(*_args, **_kwargs):
        raise RuntimeError("mallarna är borta")

    monkeypatch.setattr(errors, "render_to_string", broken)
    response = errors.server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert "Det som redan var sparat finns kvar" in response.content.decode()


def test_an_unknown_address_gets_our_page(client):
    page = client.get("/det/finns/inte").page
    assert page.h1 == "Sidan finns inte"


def test_the_settings_point_at_the_page_for_old_forms():
    assert settings.CSRF_FAILURE_VIEW == "loftet.faces.shared.errors.csrf_failure"
