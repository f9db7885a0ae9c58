"""What a cache may keep and what it must not, the cookie of those who take part, and posts from other sites."""

from __future__ import annotations

import pytest
from django.test import Client

from loftet.domain.dialogues import codes
from loftet.domain.dialogues.models import Participant, Voice, Vote

DIALOGUE = "/provby/dialoger/trygg-i-centrum/"
TAKING_PART = tuple(f"{DIALOGUE}{page}/" for page in ("delta", "sag-det-sjalv", "mina-svar", "kod", "nasta-person"))
OWN_WORDS = "Det saknas bänkar vid hållplatsen."


def test_pages_that_are_the_same_for_everyone_can_be_cached(chain, client):
    shared = [address for address in (*chain.pages, "/", "/kommuner/", "/om/data/") if address not in TAKING_PART]
    for address in shared:
        response = client.get(address, check=False)
        assert not response.cookies, address
        assert "Cookie" not in response.get("Vary", ""), address
        assert "no-store" not in response.get("Cache-Control", ""), address


@pytest.mark.parametrize("page", ["", "resultat/", "svar/"])
def test_the_dialogue_is_the_same_page_for_those_who_have_answered(open_dialogue, client, page):
    address = f"{DIALOGUE}{page}"
    before = client.get(address).content
    client.post(f"{DIALOGUE}delta/", {"statement": 1, "value": 1})
    assert client.get(address).content == before


def test_pages_where_one_takes_part_are_never_cached(open_dialogue, client):
    for address in TAKING_PART:
        for response in (client.get(address), client.post(f"{DIALOGUE}delta/", {"statement": 1, "value": 1})):
            assert "no-store" in response["Cache-Control"]
            assert "private" in response["Cache-Control"]


def test_the_cookie_is_for_this_dialogue_only_and_out_of_reach_of_scripts(open_dialogue, client):
    response = client.post(f"{DIALOGUE}delta/", {"statement": 1, "value": 1})
    (cookie,) = response.cookies.values()
    assert cookie.key == f"deltar-{open_dialogue.public_id}"
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (DIALOGUE, True, "Lax")
    assert not cookie["domain"]
    secure = client.post(f"{DIALOGUE}delta/", {"statement": 1, "value": 1}, secure=True)
    assert all(cookie["secure"] for cookie in secure.cookies.values())


def test_the_cookie_is_set_by_the_first_answer_and_not_by_looking(open_dialogue, client):
    for address in TAKING_PART:
        assert not client.get(address).cookies
    assert client.post(f"{DIALOGUE}delta/", {"statement": 1, "value": 1}).cookies


def test_the_token_is_in_no_address_and_only_on_the_pages_that_give_its_code(open_dialogue, client):
    response = client.post(f"{DIALOGUE}delta/", {"statement": 1, "value": 1})
    (cookie,) = response.cookies.values()
    pages = {address: client.get(address).content.decode() for address in (*TAKING_PART, DIALOGUE)}
    assert codes.read(cookie.value) == cookie.value
    assert not [text for text in (response["Location"], *pages.values()) if cookie.value in text]
    told = {address for address, text in pages.items() if codes.in_groups(cookie.value) in text}
    assert told == {f"{DIALOGUE}mina-svar/", f"{DIALOGUE}nasta-person/"}


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://ond.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"},
    ],
)
def test_a_post_from_another_site_is_refused_and_nothing_is_stored(open_dialogue, headers):
    voices = Voice.objects.count()
    posts = {
        "delta/": {"statement": 1, "value": 1},
        "sag-det-sjalv/": {"text": OWN_WORDS},
        "sag-det-sjalv/medan-du-skriver/": {"text": OWN_WORDS},
        "kod/": {"code": "0" * 16},
        "nasta-person/": {},
    }
    for address, sent in posts.items():
        response = Client(headers=headers).post(f"{DIALOGUE}{address}", sent)
        assert response.status_code == 403
        assert "Inget är sparat." in response.content.decode()
        assert not response.cookies
    assert (Vote.objects.count(), Voice.objects.count(), Participant.objects.count()) == (0, voices, 0)


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://testserver"}, {}])
def test_a_post_from_the_page_itself_needs_no_token(open_dialogue, headers):
    strict = Client(enforce_csrf_checks=True, headers=headers)
    assert strict.post(f"{DIALOGUE}delta/", {"statement": 1, "value": 1}).status_code == 302
    assert Vote.objects.count() == 1
