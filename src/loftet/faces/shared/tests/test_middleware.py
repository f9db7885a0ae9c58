"""Before every view: no cross-site posts, no route without a declared access."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpResponse
from django.test import RequestFactory

from loftet.domain.base.errors import NotAllowed
from loftet.domain.places.models import Municipality
from loftet.faces.shared.access import public, requires, signed_in
from loftet.faces.shared.middleware import DeclaredAccessMiddleware, SameOriginMiddleware


def answer(request):
    return HttpResponse("ok")


@pytest.mark.parametrize(
    ("headers", "allowed"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "none"}, True),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Origin": "http://testserver"}, True),
        ({"Origin": "https://annan.example"}, False),
        ({"Origin": "null"}, False),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"}, False),
        ({}, True),
    ],
)
def test_posts_from_other_sites_are_refused(headers, allowed):
    guard = SameOriginMiddleware(answer)
    request = RequestFactory().post("/x/", headers=headers)
    if allowed:
        assert guard(request).status_code == 200
    else:
        with pytest.raises(PermissionDenied, match="Inget är sparat"):
            guard(request)


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_reading_from_anywhere_is_fine(method):
    request = getattr(RequestFactory(), method)("/x/", headers={"Sec-Fetch-Site": "cross-site"})
    assert SameOriginMiddleware(answer)(request).status_code == 200


def gate(view, person):
    request = RequestFactory().get("/x/")
    request.user = person
    return DeclaredAccessMiddleware(answer).process_view(request, view, [], {})


def test_a_view_that_says_nothing_never_runs(cast):
    with pytest.raises(ImproperlyConfigured, match="declares no access"):
        gate(lambda request: None, cast.coordinator.person)


def test_a_permission_is_asked_for_by_its_name(cast):
    view = requires("promises.write")(lambda request: None)
    assert gate(view, cast.coordinator.person) is None
    with pytest.raises(PermissionDenied):
        gate(view, cast.reader.person)


def test_the_public_sees_public_pages_and_is_sent_to_sign_in_for_the_rest(cast):
    from django.contrib.auth.models import AnonymousUser

    assert gate(public(lambda request: None), AnonymousUser()) is None
    for view in (signed_in(lambda request: None), requires("workspace.read")(lambda request: None)):
        assert gate(view, AnonymousUser()).url == "/logga-in/?next=/x/"
    assert gate(signed_in(lambda request: None), cast.reader.person) is None


@pytest.mark.parametrize(
    ("fault", "status"), [(NotAllowed("Nej."), 403), (Municipality.DoesNotExist(), 404), (ZeroDivisionError(), None)]
)
def test_a_steps_refusal_becomes_a_page(fault, status):
    answered = DeclaredAccessMiddleware(answer).process_exception(RequestFactory().get("/x/"), fault)
    assert (answered.status_code if answered else None) == status
