"""Nothing private in any public answer: no ids of participants, no unpublished voices, no names of staff."""

from __future__ import annotations

from datetime import timedelta

import pytest

from loftet.domain.dialogues import actions as dialogues
from loftet.domain.dialogues.models import Participant, Voice
from loftet.domain.register import actions as register
from loftet.testing import factories

WAITING, HELD, DECLINED = "Ordet väntgurka ska synas.", "Ordet vilogurka ska synas.", "Ordet nejgurka ska synas."
DRAFT_FINDING = "Ordet fyndgurka är ett utkast."


@pytest.fixture
def with_secrets(ready, chain):
    """The chain, and beside it voices in every state, drafts of everything, and an unsigned promise and picture."""
    ready("public chain with secrets", lambda: make_secrets(chain))
    return chain


def make_secrets(chain) -> None:
    cast, at = chain.cast, chain.dialogue.closes_at - timedelta(days=2)
    for text, outcome in ((WAITING, None), (HELD, "held"), (DECLINED, "declined")):
        voice = factories.make_voice(chain.dialogue, text=text, at=at)
        if outcome:
            dialogues.moderate(
                voice=voice, outcome=outcome, reason="person", note="Notgurka.", by=cast.moderator, at=at
            )
    factories.make_finding(cast, chain.release, text=DRAFT_FINDING, is_published=False)
    factories.make_dialogue(cast, title="Utkastgurka", is_published=False)
    factories.make_picture(cast, title="Bildgurka", is_signed=False)
    factories.make_promise(cast, problem=chain.problem, title="Löftesgurka", is_signed=False)


def answers(chain, client) -> dict[str, str]:
    """Every public answer about the chain, pages and files, by address."""
    files = ["/loftesboken/export.jsonl", "/loftesboken/kontrollpunkt", "/", "/kommuner/"]
    found = {}
    for address in [*chain.pages, *files]:
        response = client.get(address, check=False)
        found[address] = (b"".join(response) if response.streaming else response.content).decode()
    return found


def test_nothing_unpublished_is_in_any_public_answer(with_secrets, log_key, client):
    register.sign_checkpoint()
    assert Voice.objects.filter(text__contains="gurka").count() == 3
    shown = answers(with_secrets, client)
    assert len(shown["/loftesboken/export.jsonl"]) > 5000
    assert {address for address, text in shown.items() if "gurka" in text.lower()} == set()


@pytest.mark.long
def test_no_public_answer_tells_who_took_part(with_secrets, log_key, client):
    register.sign_checkpoint()
    participants = list(Participant.objects.values_list("public_id", "token_hash"))
    assert len(participants) == 23
    shown = "".join(answers(with_secrets, client).values())
    assert not [row for row in participants if row[0] in shown or row[1] in shown]


@pytest.mark.long
def test_staff_are_named_only_where_they_signed(with_secrets, client):
    signed = {with_secrets.promise_address, f"{with_secrets.promise_address}versioner/", with_secrets.picture_address}
    names = {hat.person.name: key for key, hat in with_secrets.cast.hats.items()}
    emails = [hat.person.email for hat in with_secrets.cast.hats.values()]
    for address, text in answers(with_secrets, client).items():
        named = {key for name, key in names.items() if name in text}
        assert named <= ({"chair", "chief"} if address in signed else set()), address
        assert not [email for email in emails if email in text], address


@pytest.mark.long
def test_staff_see_the_same_public_pages_as_everyone(with_secrets, client):
    before = answers(with_secrets, client)
    client.sign_in(with_secrets.cast.moderator.person)
    assert answers(with_secrets, client) == before


def test_a_voice_of_few_is_not_counted_out_on_the_page_about_moderation(with_secrets, page):
    text = page("/om/granskning/").text
    assert "färre än 5" in text
    assert not [n for n in "1234" if f" {n} " in text.split("Hur ofta det händer")[1]]


def test_the_page_about_moderation_before_anything_is_moderated(cast, page):
    assert "Inga synpunkter har granskats än." in page("/om/granskning/").text
