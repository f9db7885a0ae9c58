"""What an outsider can work out of released tables, by an attacker written apart from what is tested."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from loftet.analysis.disclosure import (
    ProtectedTable,
    TableError,
    attainable,
    protect_table,
    round_table,
    with_margins,
)
from loftet.analysis.disclosure.programming import solved

QUIET = settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
SMALL = st.integers(2, 4).flatmap(
    lambda n: st.lists(st.lists(st.integers(0, 14), min_size=n, max_size=n), min_size=2, max_size=4)
)


def flat(shown) -> list:
    return [shown] if shown is None or isinstance(shown, int) else [count for row in shown for count in flat(row)]


class Attacker:
    """Knows that counts are 0, 1, 2 …, that margins are sums, that answers are only added, and all that is shown.

    Unknowns are the inner counts of every release; margins are written as sums of them.
    """

    def __init__(self, releases: list) -> None:
        self.shape = tuple(n - 1 for n in releases[0].counts.shape)
        self.inner = int(np.prod(self.shape))
        self.n = self.inner * len(releases)
        self.equal, self.values, self.less = [], [], []
        for at, release in enumerate(releases):
            places = product(*(range(n + 1) for n in self.shape))
            for place, count in zip(places, flat(release.shown), strict=True):
                if count is not None:
                    self.equal.append(self.row(at, place))
                    self.values.append(count)
            if at:
                for place in product(*(range(n) for n in self.shape)):
                    self.less.append(self.row(at - 1, place) - self.row(at, place))

    def row(self, at: int, place: tuple[int, ...]) -> np.ndarray:
        """Which unknowns a cell, or a margin, is the sum of."""
        chosen = np.zeros(self.shape)
        chosen[tuple(slice(None) if i == n else i for i, n in zip(place, self.shape, strict=True))] = 1.0
        whole = np.zeros(self.n)
        whole[at * self.inner : (at + 1) * self.inner] = chosen.ravel()
        return whole

    def range_of(self, target: np.ndarray) -> tuple[float, float]:
        ends = []
        for sign in (1.0, -1.0):
            found = linprog(
                sign * target,
                A_eq=np.array(self.equal) if self.equal else None,
                b_eq=self.values or None,
                A_ub=np.array(self.less) if self.less else None,
                b_ub=np.zeros(len(self.less)) if self.less else None,
                bounds=(0, None),
            )
            assert found.status in (0, 3), found.message
            ends.append(sign * found.fun if found.status == 0 else np.inf)
        return ends[0], ends[1]

    def whole_range_of(self, target: np.ndarray) -> tuple[float, float]:
        """The same in whole numbers, each end borne out by a table whose every sum is looked at."""
        shown = [LinearConstraint(np.array(self.equal), self.values, self.values)] if self.equal else []
        grown = [LinearConstraint(np.array(self.less), -np.inf, 0.0)] if self.less else []
        ends = []
        for sign in (1.0, -1.0):
            found = milp(
                sign * target,
                constraints=[*shown, *grown],
                bounds=Bounds(0.0, np.inf),
                integrality=np.ones(self.n),
                options={"presolve": False},
            )
            assert found.status in (0, 3), found.message
            if found.status == 3:
                ends.append(sign * -np.inf)
                continue
            table = np.round(found.x)
            assert (table >= 0).all()
            assert not self.equal or (np.array(self.equal) @ table == self.values).all()
            assert not self.less or (np.array(self.less) @ table <= 0).all()
            ends.append(float(target @ table))
        return ends[0], ends[1]


def assert_nothing_small_is_open(releases: list, minimum: int, *, whole: bool = False) -> None:
    attacker = Attacker(releases)
    range_of = attacker.whole_range_of if whole else attacker.range_of
    for at, release in enumerate(releases):
        for place in map(tuple, np.argwhere(release.counts > 0).tolist()):
            targets = []
            if release.counts[place] < minimum:
                targets.append(attacker.row(at, place))
            if at and 0 < release.counts[place] - releases[at - 1].counts[place] < minimum:
                targets.append(attacker.row(at, place) - attacker.row(at - 1, place))
            for target in targets:
                low, high = range_of(target)
                assert high - low >= minimum - 1e-6, (at, place, low, high, [r.shown for r in releases])


@QUIET
@given(SMALL, st.sampled_from([3, 5]))
def test_no_small_count_of_one_table_can_be_worked_out(table: list, minimum: int) -> None:
    assert_nothing_small_is_open([protect_table(table, minimum=minimum)], minimum)


@pytest.mark.long
@settings(QUIET, max_examples=25)
@given(st.data())
def test_nor_of_a_series_where_answers_are_added(data) -> None:
    table = np.array(data.draw(st.lists(st.lists(st.integers(0, 12), min_size=3, max_size=3), min_size=3, max_size=3)))
    releases = [protect_table(table)]
    for _ in range(2):
        more = data.draw(
            st.lists(st.lists(st.sampled_from([0, 0, 1, 3, 9]), min_size=3, max_size=3), min_size=3, max_size=3)
        )
        table = table + np.array(more)
        releases.append(protect_table(table, earlier=tuple(releases)))
    assert_nothing_small_is_open(releases, 5, whole=True)


@settings(deadline=None, max_examples=12)
@given(st.lists(st.integers(0, 9), min_size=8, max_size=8))
def test_nor_of_a_table_with_three_axes_in_whole_numbers(counts: list) -> None:
    released = protect_table(np.array(counts).reshape(2, 2, 2))
    assert_nothing_small_is_open([released], 5, whole=True)


def test_an_interval_is_not_narrower_than_what_is_possible() -> None:
    """HiGHS finds 0 to 1 here when it simplifies the programme in whole numbers first, though 9 is possible."""
    first = [[4, 0, 2, 3, 7], [10, 8, 13, 7, 10], [7, 5, 11, 8, 12]]
    second = [[4, 1, 3, 4, 8], [10, 8, 22, 7, 11], [8, 6, 11, 9, 13]]
    hidden_first = [[1, 0, 1, 1, 0, 0], [0] * 6, [1, 0, 1, 1, 0, 0], [0] * 6]
    hidden_second = [[1] * 6, [0, 0, 1, 0, 1, 1], [1] * 6, [1, 1, 0, 1, 1, 0]]
    releases = [released(first, hidden_first), released(second, hidden_second)]
    attacker = Attacker(releases)
    target = attacker.row(0, (0, 0))
    constraints = [
        LinearConstraint(np.array(attacker.equal), attacker.values, attacker.values),
        LinearConstraint(np.array(attacker.less), -np.inf, 0.0),
    ]
    found = solved(-target, constraints, Bounds(0.0, np.inf), np.ones(attacker.n, dtype=bool))
    assert round(-found.fun) == 9
    assert attainable(releases, 0, (0, 0)) == (0.0, 9.0)


def test_what_nothing_bounds_has_no_end_in_whole_numbers_either() -> None:
    first = [[1, 11, 6], [8, 8, 9], [0, 6, 2]]
    second = [[10, 13, 6], [10, 8, 15], [9, 15, 4]]
    releases = [released(first, [[1, 0, 1, 0], [1, 1, 1, 0], [0, 1, 1, 0], [0] * 4]), released(second, [[1] * 4] * 4)]
    assert attainable(releases, 1, (0, 1)) == (11.0, np.inf)


def released(counts: list, hidden: list) -> ProtectedTable:
    """A release that hides what is asked for."""
    table, out = with_margins(counts), np.array(hidden, dtype=bool)
    shown = tuple(
        tuple(None if o else int(c) for c, o in zip(row, line, strict=True))
        for row, line in zip(table, out, strict=True)
    )
    return ProtectedTable(shown, table, out, out, minimum=5, dropped=0.0, held_back=False)


@QUIET
@given(SMALL)
def test_what_is_shown_is_true_and_adds_up_and_arguments_are_unchanged(table: list) -> None:
    before = np.array(table)
    given_table = before.copy()
    released = protect_table(given_table)
    assert np.array_equal(given_table, before)
    truth = with_margins(table)
    assert all(shown in (None, true) for shown, true in zip(flat(released.shown), truth.ravel().tolist(), strict=True))
    assert not (released.primary & ~released.hidden).any()
    assert (released.complementary | released.primary).sum() == released.hidden.sum()


def test_rows_and_columns_in_another_order_lose_the_same_cells() -> None:
    rng = np.random.Generator(np.random.PCG64(2))
    table = rng.poisson(8, (6, 4))
    released = protect_table(table)
    for seed in range(3):
        mixed = np.random.Generator(np.random.PCG64(seed))
        rows, columns = mixed.permutation(6), mixed.permutation(4)
        again = protect_table(table[np.ix_(rows, columns)])
        assert np.array_equal(again.hidden, released.hidden[np.ix_([*rows, 6], [*columns, 4])])


def test_the_interval_is_what_the_attacker_finds() -> None:
    released = protect_table([[20, 3, 9], [8, 11, 30], [14, 25, 7]])
    attacker = Attacker([released])
    for place in map(tuple, np.argwhere(released.hidden).tolist()):
        assert attainable([released], 0, place) == pytest.approx(attacker.range_of(attacker.row(0, place)), abs=1e-6)
    assert attainable([released], 0, (2, 1)) == (25.0, 25.0)


def test_one_newcomer_is_not_shown_by_a_later_release() -> None:
    """Forty answered before; one more would be the difference between the two totals."""
    first = protect_table([20, 20])
    assert first.shown == (20, 20, 40)
    second = protect_table([20, 21], earlier=[first])
    assert second.shown == (20, None, None)
    low, high = attainable([first, second], 1, (1,))
    assert (low, high) == (20.0, np.inf)
    later = protect_table([27, 26], earlier=[first])
    assert later.shown == (27, 26, 53)


def test_what_an_earlier_release_hid_stays_hidden() -> None:
    first = protect_table([[30, 2], [25, 12]])
    assert first.shown[0][1] is None
    second = protect_table([[40, 2], [35, 30]], earlier=[first])
    low, high = attainable([first, second], 0, (0, 1))
    assert high - low >= 5


def test_the_only_answer_of_a_line_is_hidden_when_asked() -> None:
    table = [[12, 0], [9, 8]]
    assert protect_table(table).hidden.sum() == 0
    assert protect_table(table, hide_unanimous=True).shown[0][0] is None


@pytest.mark.parametrize("table", [[0, 0, 0], [[0, 0], [0, 0]], [[7]], [50]])
def test_tables_without_anything_small_are_shown_whole(table: list) -> None:
    released = protect_table(table)
    assert None not in flat(released.shown)
    assert (released.dropped, released.held_back) == (0.0, False)


def test_a_table_of_too_few_people_is_held_back() -> None:
    released = protect_table([[1, 0], [0, 2]])
    assert released.held_back
    assert released.dropped == 1.0


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ([], "each with something"),
        ([[1, 2], [3]], "unequal length"),
        ([1.5], "whole number"),
        ([-1], "never negative"),
        ([float("nan")], "whole number"),
        ([float("inf")], "whole number"),
        (["a"], "whole number"),
        (np.zeros((1, 1, 1, 1), dtype=int), "one to three axes"),
    ],
)
def test_what_is_no_table_is_refused(table, message: str) -> None:
    for work in (protect_table, round_table, with_margins):
        with pytest.raises(TableError, match=message):
            work(table)


def test_releases_that_cannot_follow_each_other_are_refused() -> None:
    first = protect_table([20, 20])
    with pytest.raises(TableError, match="shrunk since the last release"):
        protect_table([19, 20], earlier=[first])
    with pytest.raises(TableError, match="another shape"):
        protect_table([20, 20, 9], earlier=[first])
    with pytest.raises(TableError, match="not in order"):
        protect_table([40, 40], earlier=[protect_table([30, 30]), first])
    with pytest.raises(TableError, match="at least 2"):
        protect_table([20], minimum=1)
    with pytest.raises(TableError, match="no such cell"):
        attainable([first], 0, (9,))


@QUIET
@given(SMALL, st.sampled_from([3, 5]))
def test_a_rounded_table_adds_up_and_stays_near(table: list, base: int) -> None:
    truth, rounded = with_margins(table), round_table(table, base=base)
    assert rounded.adds_up
    assert np.array_equal(with_margins(rounded.counts[:-1, :-1]), rounded.counts)
    assert (rounded.counts % base == 0).all()
    assert (np.abs(rounded.counts - truth) < base).all()
    assert (rounded.counts[truth % base == 0] == truth[truth % base == 0]).all()


def test_the_least_is_changed_by_rounding() -> None:
    """Against every way to round the inner cells of a small table."""
    table = np.array([[1, 7, 3], [6, 3, 9]])
    truth, best = with_margins(table), np.inf
    for up in product((0, 1), repeat=6):
        inner = table // 5 * 5 + 5 * (np.array(up).reshape(2, 3) * (table % 5 > 0))
        whole = with_margins(inner)
        if (np.abs(whole - truth) < 5).all():
            best = min(best, int(np.abs(whole - truth).sum()))
    assert np.abs(round_table(table).counts - truth).sum() == best


def test_three_axes_are_rounded_so_that_they_add_up_where_possible() -> None:
    table = np.random.Generator(np.random.PCG64(4)).poisson(6, (3, 3, 3))
    rounded = round_table(table)
    assert rounded.largest_change < 5
    assert not rounded.adds_up or np.array_equal(with_margins(rounded.counts[:-1, :-1, :-1]), rounded.counts)


@pytest.mark.long
@pytest.mark.long
def test_all_municipalities_by_eight_answers() -> None:
    rng = np.random.Generator(np.random.PCG64(1))
    table = rng.poisson(rng.gamma(1.0, 30.0, (290, 1)) * rng.dirichlet(np.ones(8), 1))
    released = protect_table(table)
    assert not released.held_back
    small = (released.counts > 0) & (released.counts < 5)
    assert released.hidden[small].all()
    assert released.hidden.sum() < 4 * small.sum()
