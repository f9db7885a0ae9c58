from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loftet.domain.understanding import disclosure
from loftet.domain.understanding.disclosure import HIDDEN, Answers, Shares, percent, told


@st.composite
def some_answers(draw, most=120):
    answered = draw(st.integers(0, most))
    agree = draw(st.integers(0, answered))
    return Answers(agree, draw(st.integers(0, answered - agree)), answered)


def together(parts):
    return Answers(*(sum(getattr(p, name) for p in parts) for name in ("agree", "disagree", "answered")))


def test_a_large_dialogue_is_told_in_whole_percent():
    everyone, (a, b) = told(Answers(150, 50, 212), [Answers(110, 5, 120), Answers(20, 40, 70)])
    assert everyone == Shares(71, 24, 212)
    assert (a, b) == (Shares(92, 4, 120), Shares(30, 55, 70))


@pytest.mark.parametrize(("answered", "is_told"), [(0, False), (4, False), (5, True)])
def test_few_answers_are_not_told(answered, is_told):
    everyone, _ = told(Answers(answered, 0, answered), [])
    assert everyone == (Shares(100, 0, answered) if is_told else HIDDEN)


def test_a_group_of_nine_is_not_told_and_one_of_ten_is():
    for size, is_told in ((9, False), (10, True)):
        groups = [Answers(40, 20, 80), Answers(size, 0, size), Answers(0, 12, 12)]
        assert told(together(groups), groups)[1][1].told is is_told


def test_the_smallest_group_is_hidden_with_another_that_would_follow_from_the_total():
    """All of 30 agree. No rounding can hide what the nine in C answered, so B is hidden with them."""
    everyone, (a, b, c) = told(Answers(30, 0, 30), [Answers(11, 0, 11), Answers(10, 0, 10), Answers(9, 0, 9)])
    assert (everyone, a) == (Shares(100, 0, 30), Shares(100, 0, 11))
    assert (b, c) == (HIDDEN, HIDDEN)


def test_a_row_is_rounded_more_coarsely_before_a_group_is_hidden():
    groups = [Answers(90, 60, 160), Answers(70, 30, 110)]
    fine = told(together(groups), groups)[1]
    coarse = told(together([*groups, Answers(4, 0, 4)]), groups)[1]
    assert fine == (Shares(56, 38, 160), Shares(64, 27, 110))
    assert all(shares.told for shares in coarse)
    assert all(value % 5 == 0 for shares in coarse for value in (shares.agree, shares.disagree))


def test_groups_cannot_hold_more_than_everyone():
    with pytest.raises(ValueError, match="more answers than everyone"):
        told(Answers(1, 1, 10), [Answers(2, 0, 5)])


@settings(deadline=None)
@given(st.lists(some_answers(), max_size=4), some_answers(most=30))
def test_no_small_group_is_told_and_every_share_is_whole_percent(groups, in_none):
    everyone, shown = told(together([*groups, in_none]), groups)
    for group, shares in zip(groups, shown, strict=True):
        if shares.told:
            assert group.answered >= 10
            assert abs(shares.agree - 100 * group.agree / group.answered) <= 10
            assert 0 <= shares.agree <= 100
    assert everyone.told == (together([*groups, in_none]).answered >= 5)


@given(st.lists(some_answers(most=40), min_size=1, max_size=2), some_answers(most=14))
def test_what_few_hidden_people_answered_stays_open(groups, in_none):
    """By trying every number of agreeing people that would have been published in the same words."""
    everyone = together([*groups, in_none])
    _, published = told(everyone, groups)
    parts = [g for g, shares in zip(groups, published, strict=True) if shares.told]
    hidden = everyone.answered - sum(g.answered for g in parts)
    if not parts or not 0 < hidden < 10:
        return
    step, _ = disclosure._decided(everyone, groups, 10)

    def same(answers):
        middle = percent(answers.agree, answers.answered, step)
        return {c for c in range(answers.answered + 1) if percent(c, answers.answered, step) == middle}

    possible = same(everyone)
    for part in parts:
        possible = {all_ - mine for all_ in possible for mine in same(part)}
    possible = {count for count in possible if 0 <= count <= hidden}
    assert max(possible) - min(possible) >= min(hidden, 5)


@settings(deadline=None)
@given(st.lists(some_answers(), min_size=3, max_size=3, unique_by=lambda a: a.answered), some_answers(most=12))
def test_the_order_of_the_groups_does_not_matter(groups, in_none):
    everyone = together([*groups, in_none])
    outcomes = {
        (told(everyone, order)[0], frozenset(zip(order, told(everyone, order)[1], strict=True)))
        for order in permutations(groups)
    }
    assert len(outcomes) == 1
