"""Counts, chosen statements, routing and small numbers, by hand and as properties."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loftet.analysis.disclosure import round_percent, suppress_small
from loftet.analysis.routing import NEW_PRIORITY, Standing, draw_next, priorities
from loftet.analysis.statements import (
    divisive_statements,
    group_aware_consensus,
    majority_consensus,
    representative_statements,
    shared_statements,
)
from loftet.analysis.tallies import group_statistics, one_proportion_z, tally, two_proportion_z
from loftet.analysis.tests.opinion_data import conversation
from loftet.analysis.votes import VoteMatrix

COUNTS = st.tuples(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50))


def one_statement(*groups: tuple[int, int, int]) -> tuple[VoteMatrix, list[int]]:
    """One statement, and groups that have cast (agree, disagree, pass) votes on it."""
    cast = [
        (g, v) for g, counts in enumerate(groups) for v, n in zip((1, -1, 0), counts, strict=True) for _ in range(n)
    ]
    return VoteMatrix.from_arrays(range(len(cast)), [1] * len(cast), [v for _, v in cast]), [g for g, _ in cast]


def test_tally_refuses_groups_that_do_not_fit() -> None:
    votes = VoteMatrix.from_arrays("ab", [1, 1], [1, 1])
    with pytest.raises(ValueError, match="2 participants but groups for 1"):
        tally(votes, [0])
    with pytest.raises(ValueError, match="-1 for none"):
        tally(votes, [0, -2])


@settings(deadline=None)
@given(COUNTS, COUNTS)
def test_statistics_by_their_formulas(one: tuple, other: tuple) -> None:
    votes, groups = one_statement(one, other)
    if not one[0] + one[1] + one[2] or not other[0] + other[1] + other[2]:
        return
    s = group_statistics(tally(votes, groups))
    (a, _, _), n, (b, _, _), m = one, sum(one), other, sum(other)
    assert s.p_agree[0, 0] == pytest.approx((a + 1) / (n + 2))
    assert s.ratio_agree[0, 0] == pytest.approx((a + 1) / (n + 2) / ((b + 1) / (m + 2)))
    assert s.z_agree[0, 0] == pytest.approx(2 * (n + 1) ** 0.5 * ((a + 1) / (n + 1) - 0.5))
    pooled = (a + b + 2) / (n + m + 2)
    z = 0.0
    if pooled != 1:
        z = ((a + 1) / (n + 1) - (b + 1) / (m + 1)) / (pooled * (1 - pooled) * (1 / (n + 1) + 1 / (m + 1))) ** 0.5
    assert s.ratio_z_agree[0, 0] == pytest.approx(z)
    assert s.ratio_z_agree[1, 0] == pytest.approx(-z)


@settings(deadline=None)
@given(COUNTS, COUNTS)
def test_z_of_a_difference_changes_sign_with_its_sides(one: tuple, other: tuple) -> None:
    a, n, b, m = one[0], sum(one), other[0], sum(other)
    assert two_proportion_z(a, n, b, m) == pytest.approx(-two_proportion_z(b, m, a, n))
    if a < n:
        assert one_proportion_z(a, n) == pytest.approx(-one_proportion_z(n - 1 - a, n))


@settings(deadline=None)
@given(st.permutations([0, 1]))
def test_names_of_groups_do_not_matter(name: list[int]) -> None:
    case = conversation("brexit")
    votes, groups = case.votes, case.published
    renamed = np.where(groups < 0, -1, np.array(name)[groups])
    first, second = representative_statements(votes, groups), representative_statements(votes, renamed)
    assert [second[name[g]].representative for g in (0, 1)] == [p.representative for p in first]
    for a, b in zip(divisive_statements(votes, groups), divisive_statements(votes, renamed), strict=True):
        assert (b.statement, b.most, b.least) == (a.statement, name[a.most], name[a.least])
    np.testing.assert_allclose(
        group_aware_consensus(tally(votes, groups)), group_aware_consensus(tally(votes, renamed))
    )


def test_without_anything_that_stands_out_the_largest_difference_is_shown() -> None:
    votes, groups = one_statement((1, 1, 1), (1, 1, 1))
    for rule in ("published", "order-free"):
        for profile in representative_statements(votes, groups, best_agree=rule):
            assert (profile.n_sufficient, len(profile.representative)) == (0, 1)


def test_a_group_that_only_disagrees_has_no_best_agree() -> None:
    votes, groups = one_statement((0, 20, 0), (20, 0, 0))
    against, in_favour = representative_statements(votes, groups, best_agree="order-free")
    assert (against.best_agree, in_favour.best_agree) == (None, 1)
    assert [r.direction for r in against.representative] == ["disagree"]


@pytest.mark.parametrize("choose", [representative_statements, shared_statements, divisive_statements])
def test_closed_statements_are_never_chosen(choose) -> None:
    votes, groups = one_statement((20, 0, 0), (0, 20, 0))
    closed = VoteMatrix.from_arrays(votes.participants, [1] * 40, votes.cells.data, moderated=[1])
    chosen = choose(closed, groups)
    assert [r for profile in chosen for r in getattr(profile, "representative", [profile])] == []
    assert majority_consensus(closed) == ()


@pytest.mark.parametrize(
    ("groups", "shared"),
    [
        (((20, 0, 0), (20, 0, 0)), ["agree"]),
        (((0, 20, 0), (0, 20, 0)), ["disagree"]),
        (((20, 0, 0), (2, 18, 0)), []),  # one group is against
        (((200, 0, 0), (2, 2, 2)), []),  # one group is not for
        (((20, 0, 0), (4, 0, 0)), []),  # one group has hardly been heard
        (((3, 2, 0), (3, 2, 0)), []),  # too few to say
        (((20, 0, 0), (20, 0, 0), (12, 3, 5)), ["agree"]),
    ],
)
def test_shared_means_every_group(groups: tuple, shared: list[str]) -> None:
    votes, labels = one_statement(*groups)
    assert [s.direction for s in shared_statements(votes, labels)] == shared


@pytest.mark.parametrize(
    ("groups", "pair"),
    [
        (((18, 2, 0), (2, 18, 0)), [(0, 1)]),
        (((2, 18, 0), (18, 2, 0)), [(1, 0)]),
        (((10, 10, 0), (2, 18, 0), (18, 2, 0)), [(2, 1)]),
        (((10, 10, 0), (10, 10, 0)), []),
        (((4, 0, 0), (0, 18, 0)), []),  # four are too few to speak for a group
        (((3, 3, 0), (3, 4, 0)), []),  # no difference to speak of
    ],
)
def test_divisive_means_two_groups_that_were_heard(groups: tuple, pair: list) -> None:
    votes, labels = one_statement(*groups)
    assert [(d.most, d.least) for d in divisive_statements(votes, labels)] == pair


def test_without_groups_nothing_is_shared_or_divisive() -> None:
    votes, _ = one_statement((9, 9, 9))
    nobody = [-1] * 27
    assert shared_statements(votes, nobody) == divisive_statements(votes, nobody) == ()
    assert representative_statements(votes, nobody) == ()


def test_priority_grows_with_agreement_and_falls_with_votes_and_passes() -> None:
    def priority(agree: int, disagree: int, passes: int) -> float:
        votes, _ = one_statement((agree, disagree, passes))
        return float(priorities(votes, np.ones(len(votes.participants), dtype=bool), np.zeros(1))[0])

    assert priority(10, 0, 0) > priority(5, 5, 0) > priority(5, 0, 5)
    assert priority(2, 2, 0) > priority(20, 20, 0) > priority(200, 200, 0)


def test_priorities_without_members_are_those_of_new_statements() -> None:
    votes = VoteMatrix.from_arrays("ab", [1, 2], [1, 1], meta=[2])
    assert priorities(votes, np.zeros(2, dtype=bool), np.zeros(2)).tolist() == [NEW_PRIORITY, 49.0]


def test_draws_follow_the_weights() -> None:
    weights = {"a": 1.0, "b": 3.0, "c": 0.5, "seen": 100.0}
    drawn = Counter(draw_next(weights, {"seen"}, seed) for seed in range(4000))
    assert set(drawn) == {"a", "b", "c"}
    for name, weight in (("a", 1.0), ("b", 3.0), ("c", 0.5)):
        assert drawn[name] / 4000 == pytest.approx(weight / 4.5, abs=0.03)


@settings(deadline=None)
@given(st.dictionaries(st.integers(0, 30), st.floats(0.01, 100), min_size=1), st.integers(0, 10**9))
def test_draws_do_not_depend_on_the_order_of_priorities(weights: dict, seed: int) -> None:
    backwards = dict(reversed(list(weights.items())))
    assert draw_next(weights, set(), seed) == draw_next(backwards, [], seed)
    assert draw_next(weights, set(), seed) in weights
    assert draw_next(weights, weights, seed) is None


def test_only_candidates_are_drawn_and_new_ones_among_them() -> None:
    drawn = {draw_next({"a": 1.0, "closed": 99.0}, [], seed, candidates=["a", "new"]) for seed in range(50)}
    assert drawn == {"a", "new"}


@pytest.mark.parametrize("wrong", [0.0, -1.0, float("nan"), float("inf")])
def test_a_priority_that_is_no_weight_is_refused(wrong: float) -> None:
    with pytest.raises(ValueError, match="statement 'a'"):
        draw_next({"a": wrong}, [], 1)


@pytest.mark.parametrize(
    ("count", "total", "percent"),
    [
        (0, 4, None),
        (2, 4, None),
        (0, 5, 0),
        (1, 5, 20),
        (5, 5, 100),
        (3, 10, 30),
        (1, 8, 20),
        (7, 20, 35),
        (1, 99, 0),
        (50, 99, 50),
        (1, 100, 1),
        (1, 200, 1),
        (1, 201, 0),
        (995, 1000, 100),
        (333, 1000, 33),
    ],
)
def test_percent_is_never_finer_than_one_person(count: int, total: int, percent: int | None) -> None:
    assert round_percent(count, total) == percent


@settings(deadline=None)
@given(st.integers(0, 400), st.integers(0, 400))
def test_percent_is_the_nearest_step_and_adds_up(count: int, rest: int) -> None:
    total = count + rest
    percent = round_percent(count, total)
    if total < 5:
        assert percent is None
        return
    assert percent is not None
    step = next(s for s in (1, 5, 10, 20) if s * total >= 100)
    assert percent % step == 0
    assert abs(percent - 100 * count / total) <= step / 2 + 1e-9
    other = round_percent(rest, total)
    assert other is not None
    assert 100 <= percent + other <= 100 + step


@pytest.mark.parametrize(("count", "total"), [(-1, 5), (6, 5)])
def test_what_is_no_share_is_refused(count: int, total: int) -> None:
    with pytest.raises(ValueError, match="is not a share"):
        round_percent(count, total)


@settings(deadline=None)
@given(st.lists(st.integers(0, 30), max_size=6), st.integers(2, 8))
def test_hidden_counts_cannot_be_read_from_the_total(counts: list[int], minimum: int) -> None:
    shown = suppress_small(counts, minimum=minimum)
    hidden = [count for count, seen in zip(counts, shown, strict=True) if seen is None]
    assert all(seen in (None, count) for count, seen in zip(counts, shown, strict=True))
    assert not any(seen is not None and 0 < seen < minimum for seen in shown)
    if hidden and len(hidden) < len(counts):
        assert len(hidden) >= 2
        assert sum(hidden) >= minimum
    if not any(0 < count < minimum for count in counts):
        assert hidden == []


def test_negative_counts_are_refused() -> None:
    with pytest.raises(ValueError, match="never negative"):
        suppress_small([3, -1])


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 3), st.integers(-1, 1)), min_size=1, max_size=40))
def test_priorities_that_follow_each_vote_are_those_of_a_full_count(cast: list) -> None:
    """Every vote taken in one at a time, changed votes too, against counting all of them at the end."""
    standing = Standing.after(VoteMatrix.from_arrays([], [], []), np.zeros(0, dtype=bool), np.zeros(0))
    before: dict[tuple[int, int], int] = {}
    for person, statement, vote in cast:
        standing = standing.with_vote(statement, vote, before.get((person, statement)))
        before[person, statement] = vote
    votes = VoteMatrix.from_arrays(*zip(*cast, strict=True))
    everyone = np.ones(len(votes.participants), dtype=bool)
    whole = priorities(votes, everyone, np.zeros(len(votes.statements)))
    assert standing.priorities() == pytest.approx(dict(zip(votes.statements, whole, strict=True)), rel=1e-12)
    for statement, expected in zip(votes.statements, whole, strict=True):
        assert standing.priority(statement) == pytest.approx(expected, rel=1e-12)


def test_a_standing_goes_on_from_an_analysis_and_is_not_changed_by_votes() -> None:
    votes = VoteMatrix.from_arrays("abab", [1, 1, 2, 2], [1, -1, 1, 0], meta=[2])
    members, far = np.array([True, True]), np.array([0.5, 0.2])
    standing = Standing.after(votes, members, far)
    first = standing.priorities()
    assert list(first.values()) == pytest.approx(priorities(votes, members, far))
    later = standing.with_vote(1, 1)
    assert standing.priorities() == first
    assert later.priority(1) != first[1]
    assert later.priority(2) == 49.0
    assert later.with_vote("new", 0).priority("new") > 0


@pytest.mark.parametrize(("vote", "before"), [(2, None), (1, 5), (1, -1), (0, 0)])
def test_a_vote_that_cannot_be_is_refused(vote: int, before: int | None) -> None:
    standing = Standing.after(VoteMatrix.from_arrays("a", [1], [1]), np.array([True]), np.zeros(1))
    with pytest.raises(ValueError, match=r"is not 1, 0 or -1|to take back"):
        standing.with_vote(1, vote, before)
