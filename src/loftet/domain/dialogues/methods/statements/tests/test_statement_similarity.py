from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loftet.domain.dialogues.methods.statements.similarity import most_similar, normalised, says_the_same, similarity

SAME = [
    ("Mer ljus i parken", "MER LJUS I PARKEN!!"),
    ("Det behövs fler poliser på torget.", "Fler poliser på torget"),
    ("Jag är rädd i tunneln på kvällen", "Jag är rädd i tunneln på kvällarna"),
    ("Ungdomarna behöver en fritidsgård", "Ungdomar behöver en fritidsgård"),
    ("Bilarna kör för fort på Storgatan", "Bilarna kör för fort på Sotrgatan"),
    ("Det är otryggt vid stationen", "det är otrygg vid stationen"),
]
NOT_SAME = [
    ("Det behövs fler poliser på torget.", "Det behövs färre poliser på torget."),
    ("Polisen gör ett bra jobb här", "Polisen gör inte ett bra jobb här"),
    ("Jag känner mig trygg i centrum", "Jag känner mig otrygg i centrum"),
    ("Jag är rädd vid stationen på kvällen", "Jag är rädd vid skolan på kvällen"),
    ("Sänk hastigheten till 30 på Storgatan", "Sänk hastigheten till 40 på Storgatan"),
    ("Det behövs mer belysning i parken", "Det behövs bättre belysning i parken"),
    ("Hunden skrämmer katten i parken", "Katten skrämmer hunden i parken"),
    ("Det säljs droger på Norra torget", "Det säljs droger på Södra torget"),
    ("Gatubelysningen är trasig på Storgatan", "Fler bänkar i parken"),
]


@pytest.mark.parametrize(("a", "b"), SAME)
def test_the_same_but_for_small_words_inflection_and_slips(a, b):
    assert says_the_same(a, b)
    assert says_the_same(b, a)


@pytest.mark.parametrize(("a", "b"), NOT_SAME)
def test_one_word_may_make_another_statement(a, b):
    assert not says_the_same(a, b)
    assert not says_the_same(b, a)


def test_the_most_similar_is_pointed_at_and_the_first_between_equals():
    others = [(4, "Fler poliser på torgen"), (7, "Fler poliser på torget!"), (9, "Fler poliser på torget")]
    assert most_similar("Det behövs fler poliser på torget", others) == 7
    assert most_similar("Mer ljus i parken", others) is None
    assert most_similar("Mer ljus i parken", []) is None


@settings(deadline=None)
@given(st.text(), st.text())
def test_similarity_is_symmetric_and_between_nothing_and_all(a, b):
    assert similarity(a, b) == similarity(b, a)
    assert 0.0 <= similarity(a, b) <= 1.0
    assert says_the_same(a, b) == says_the_same(b, a)


@settings(deadline=None)
@given(st.text())
def test_a_text_is_the_same_as_itself_however_it_is_written(text):
    assert normalised(normalised(text)) == normalised(text)
    assert says_the_same(text, f" {text} ")
