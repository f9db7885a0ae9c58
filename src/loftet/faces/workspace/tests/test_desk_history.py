"""The history at the desk: who did what when, told in words, to those who may read it."""

from __future__ import annotations

import ast
from datetime import timedelta
from pathlib import Path

import pytest

import loftet
from loftet.domain.base import clock
from loftet.domain.dialogues import actions as dialogues
from loftet.domain.followup import actions as followup
from loftet.domain.journal import queries as journal
from loftet.domain.journal.models import Event
from loftet.domain.plans import actions as plans
from loftet.domain.promises import actions as promises
from loftet.domain.signing import actions as signing
from loftet.faces.workspace.history.sentences import KINDS, SENTENCES
from loftet.testing import factories

SOURCE = Path(loftet.__file__).parent


def recorded_verbs() -> set[str]:
    """Every verb that the source gives the journal: written at the call, chosen there, or handed to one who records."""
    found: set[str] = set()
    for path in SOURCE.rglob("*.py"):
        if "tests" in path.parts or "testing" in path.parts:
            continue
        tree = ast.parse(path.read_text())
        takers = {
            node.name: [one.arg for one in node.args.args].index("verb")
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef) and "verb" in [one.arg for one in node.args.args]
        }
        named = {
            name.id: value.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign)
            for pair in _pairs(node)
            for name, value in [pair]
        }
        for node in (one for one in ast.walk(tree) if isinstance(one, ast.Call)):
            given = [word.value for word in node.keywords if word.arg == "verb"]
            called = getattr(node.func, "id", "")
            if called in takers and len(node.args) > takers[called]:
                given.append(node.args[takers[called]])
            for value in given:
                found |= _texts(value, named)
    return {verb for verb in found if "." in verb}


def _pairs(node: ast.Assign):
    target, value = node.targets[0], node.value
    if any(isinstance(one, ast.Starred) for side in (target, value) for one in getattr(side, "elts", ())):
        return []  # which of them takes what is not written there
    pairs = zip(target.elts, value.elts, strict=True) if _are_tuples(target, value) else [(target, value)]
    return [
        (name, text)
        for name, text in pairs
        if isinstance(name, ast.Name) and isinstance(text, ast.Constant) and isinstance(text.value, str)
    ]


def _are_tuples(*nodes) -> bool:
    return all(isinstance(node, ast.Tuple) for node in nodes)


def _texts(value: ast.expr, named: dict[str, str]) -> set[str]:
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        return {value.value}
    if isinstance(value, ast.IfExp):
        return _texts(value.body, named) | _texts(value.orelse, named)
    if isinstance(value, ast.Name) and value.id in named:
        return {named[value.id]}
    if isinstance(value, ast.JoinedStr):
        return {"".join(part.value if isinstance(part, ast.Constant) else "*" for part in value.values)}
    return set()


def test_every_verb_in_the_source_has_a_sentence_and_every_sentence_a_verb():
    verbs = recorded_verbs()
    assert {"promises.drafted", "parties.party_left", "dialogues.waiting_voices_read", "signing.decision_*"} <= verbs
    open_ended = {verb.removesuffix("*") for verb in verbs if verb.endswith("*")}
    plain = {verb for verb in verbs if not verb.endswith("*")}
    assert plain - set(SENTENCES) == set()
    unused = {verb for verb in set(SENTENCES) - plain if not verb.startswith(tuple(open_ended))}
    assert unused == set()
    assert all(any(verb.startswith(beginning) for verb in SENTENCES) for beginning in open_ended)


def test_every_kind_that_one_may_choose_has_verbs():
    for _words, beginnings in KINDS.values():
        assert all(any(verb.startswith(beginning) for verb in SENTENCES) for beginning in beginnings)


def test_the_history_tells_who_did_what_and_what_changed(chain, desk):
    promise = chain.promise_draft
    promises.edit_promise(
        promise=promise, by=chain.cast.police_coordinator, starts=promise.starts, ends=promise.ends, title="Ljusa vägar"
    )
    page = desk(chain.cast.reader, "historik/").page
    text = page.text
    assert "polisens samordnare, Lokalpolisområde Provby" in text
    assert "ändrade löftet ”Ljusa vägar”." in text
    assert "Borttaget, Rubrik: Ljusare vägar hem" in text
    assert "Nytt, Rubrik: Ljusa vägar" in text
    alone = desk(chain.cast.reader, f"historik/lofte/{promise.public_id}/").page.text
    assert "Nytt, Rubrik: Ljusa vägar" in alone
    assert "Lugnare kvällar" not in alone


def test_it_is_filtered_by_kind_and_role(chain, desk):
    police = desk(chain.cast.reader, "historik/?slag=underskrift&roll=signatory").page.text
    assert "skrev under löftet" in police
    assert "började skriva på" not in police
    assert "Inget sådant har hänt" in desk(chain.cast.reader, "historik/?roll=contributor").page.text


def test_it_is_read_page_by_page_without_a_gap(chain, desk, client):
    town, police = chain.cast.town.public_id, chain.cast.police.public_id
    total = journal.partnership_history(chain.cast.partnership.public_id, [town], also_about=[town, police]).count()
    assert total > 40
    address, seen = "historik/", 0
    for _turn in range(total):
        page = desk(chain.cast.reader, address).page
        seen += len(page.document.all("time"))
        further = [link.address for link in page.links() if "fore=" in link.address]
        if not further:
            break
        address = f"historik/{further[-1].partition('historik/')[2] or further[-1]}"
    assert seen == total


def test_the_same_number_of_questions_for_a_longer_history(chain, desk, django_assert_max_num_queries):
    with django_assert_max_num_queries(60):
        desk(chain.cast.reader, "historik/")
    for number in range(20):
        factories.make_measure(chain.cast, text=f"Åtgärd {number}")
    with django_assert_max_num_queries(60):
        desk(chain.cast.reader, "historik/")


def test_an_empty_history_says_so(strangers, desk):
    address = "historik/?slag=loften"
    assert "Inget sådant har hänt" in desk(strangers.reader, address, place="grannby").page.text


@pytest.mark.parametrize("shared", [False, True])
def test_a_private_drafts_words_are_its_own_partys_also_when_it_is_shared(cast, desk, shared):
    draft = factories.make_agreement(cast, is_proposed=False, is_signed=False)
    plans.edit_agreement(
        agreement=draft, by=cast.coordinator, starts=draft.starts, ends=draft.ends, purpose="Hemlig plan"
    )
    if shared:
        plans.edit_agreement(
            agreement=draft, by=cast.coordinator, starts=draft.starts, ends=draft.ends, purpose="Öppen plan"
        )
        signing.share(document=draft.document, by=cast.coordinator)
        plans.edit_agreement(
            agreement=draft, by=cast.coordinator, starts=draft.starts, ends=draft.ends, area="Hela orten"
        )
    assert "Hemlig plan" in desk(cast.reader, "historik/").page.text
    other = desk(cast.police_coordinator, "historik/").page.text
    assert "Hemlig plan" not in other
    assert ("Hela orten" in other) is shared
    alone = desk(cast.police_coordinator, f"historik/overenskommelse/{draft.public_id}/")
    assert alone.status_code == (200 if shared else 403)
    if shared:
        assert "Hemlig plan" not in alone.page.text


def test_the_other_partys_answer_is_not_told_before_it_is_published(chain, desk):
    followup.draft_feedback(dialogue=chain.dialogue, by=chain.cast.coordinator, introduction="Ännu inte sagt.")
    assert "Ännu inte sagt." in desk(chain.cast.reader, "historik/").page.text
    assert "Ännu inte sagt." not in desk(chain.cast.police_coordinator, "historik/").page.text


def test_reading_what_waits_is_told_once_an_hour_and_never_its_words(chain, desk):
    address = f"dialoger/{chain.dialogue.public_id}/granska/"
    for _turn in range(3):
        assert chain.voice.text in desk(chain.cast.coordinator, address).page.text
    events = journal.history(chain.dialogue.public_id).filter(verb=dialogues.READ)
    (event,) = events
    assert event.data == {"received": 1, "held": 0}
    assert event.person == chain.cast.coordinator.person.public_id
    assert "läste texter som väntar på granskning" in desk(chain.cast.reader, "historik/").page.text
    assert "väntar på granskning" not in desk(chain.cast.police_coordinator, "historik/").page.text
    dialogues.read_waiting(
        dialogue=chain.dialogue, by=chain.cast.coordinator, at=clock.now() + timedelta(hours=1, minutes=1)
    )
    dialogues.read_waiting(dialogue=chain.dialogue, by=chain.cast.moderator)
    assert events.all().count() == 3
    assert chain.voice.text not in str(list(Event.objects.values_list("data", flat=True)))


def test_nothing_to_read_is_not_told(cast, ready_dialogue):
    dialogue = ready_dialogue()
    assert dialogues.read_waiting(dialogue=dialogue, by=cast.coordinator) == []
    assert not journal.history(dialogue.public_id).filter(verb=dialogues.READ).exists()


def test_a_voice_is_never_named(chain, desk):
    dialogues.moderate(voice=chain.voice, outcome="held", reason="other", note="Väntar.", by=chain.cast.coordinator)
    text = desk(chain.cast.reader, "historik/").page.text
    assert "granskade en text som en invånare har skrivit. Texten vilar." in text
    assert chain.voice.text not in text


def test_other_places_histories_are_not_found(chain, strangers, desk):
    assert desk(strangers.coordinator, "historik/").status_code == 404
    assert desk(strangers.coordinator, f"historik/lofte/{chain.promise.public_id}/").status_code == 404
    for address in (f"historik/lofte/{chain.promise.public_id}/", f"historik/dialog/{chain.dialogue.public_id}/"):
        assert desk(strangers.coordinator, address, place="grannby").status_code in {403, 404}


@pytest.mark.long
def test_each_kind_of_thing_has_its_history_linked_from_its_page(chain, desk):
    pages = {
        f"dialoger/{chain.dialogue.public_id}/": f"historik/dialog/{chain.dialogue.public_id}/",
        f"problembilder/{chain.picture.public_id}/": f"historik/problembild/{chain.picture.public_id}/",
        f"loften/{chain.promise.public_id}/": f"historik/lofte/{chain.promise.public_id}/",
        f"overenskommelser/{chain.agreement.public_id}/": f"historik/overenskommelse/{chain.agreement.public_id}/",
        "": "historik/",
    }
    for page, history in pages.items():
        links = [link.address for link in desk(chain.cast.reader, page).page.links()]
        assert f"/skrivbord/provby/{history}" in links
        assert desk(chain.cast.reader, history).status_code == 200
    assert desk(chain.cast.reader, f"historik/annat/{chain.promise.public_id}/").status_code == 404
