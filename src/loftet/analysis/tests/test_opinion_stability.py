"""How sure the number of groups is, and that groups keep their names between runs."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loftet.analysis.clustering import Partition
from loftet.analysis.identity import lasting_names
from loftet.analysis.opinion import analyse_opinions
from loftet.analysis.opinion_result import OpinionParameters
from loftet.analysis.stability import adjusted_rand, certainty_of, group_stability
from loftet.analysis.tests.opinion_data import conversation
from loftet.analysis.votes import VoteMatrix

LABELS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 4)), min_size=1, max_size=40)


@settings(deadline=None)
@given(LABELS, st.permutations(range(4)))
def test_the_adjusted_rand_index_is_the_textbook_one_whatever_groups_are_called(labels: list, names: list[int]) -> None:
    from sklearn.metrics import adjusted_rand_score  # slow to import

    a, b = (np.array([pair[i] for pair in labels]) for i in (0, 1))
    assert adjusted_rand(a, b) == pytest.approx(adjusted_rand_score(a, b), abs=1e-12)
    assert adjusted_rand(np.array(names)[a], b) == pytest.approx(adjusted_rand(b, a), abs=1e-12)


def test_groupings_of_different_things_are_not_compared() -> None:
    with pytest.raises(ValueError, match="cannot be compared"):
        adjusted_rand([0], [0, 1])


def test_an_uncertain_number_of_groups_is_said_to_be() -> None:
    """The brexit conversation: three groups separate as well as two."""
    case = conversation("brexit")
    found = analyse_opinions(case.votes, statements=case.statements).diagnostics
    assert found.k == 2
    assert found.certainty is not None
    assert found.certainty.next_k == 3
    assert found.certainty.lead is not None
    assert abs(found.certainty.lead) <= found.tried[0].standard_error
    assert found.certainty.doubts == ("next_is_close",)


def test_a_certain_number_of_groups_is_not_doubted() -> None:
    case = conversation("biodiversity")
    certainty = analyse_opinions(case.votes, statements=case.statements).diagnostics.certainty
    assert certainty is not None
    assert not certainty.is_uncertain
    assert certainty.stability is not None
    assert certainty.stability.by_k[0].chosen == certainty.stability.rounds
    assert certainty.stability.by_k[0].agreement > 0.9


def test_without_parts_only_the_lead_is_known() -> None:
    case = conversation("brexit")
    found = analyse_opinions(case.votes, parameters=OpinionParameters(parts=0)).diagnostics.certainty
    assert found is not None
    assert found.stability is None


def one_cloud() -> tuple[VoteMatrix, dict[int, np.ndarray]]:
    """Opinions along one line without a gap: any division into two is as good as another."""
    rng = np.random.Generator(np.random.PCG64(3))
    where = rng.uniform(-1, 1, 120)
    people, statements = np.divmod(np.arange(120 * 24), 24)
    votes = np.where(rng.uniform(-1, 1, len(people)) < where[people], 1, -1)
    return VoteMatrix.from_arrays(people, statements, votes), {2: rng.integers(0, 2, 120)}


def test_groups_that_parts_do_not_find_again_are_doubted() -> None:
    votes, groupings = one_cloud()
    stability = group_stability(votes, groupings, rounds=6)
    assert stability.by_k[0].agreement < 0.2
    assert stability.participants == 96
    chosen = Partition(groupings[2], (60, 60), np.zeros((2, 2)), 0.4, 0.01, 1, True, 0)
    assert certainty_of(chosen, (chosen,), stability).doubts == ("not_found_again",)


def test_a_number_that_parts_seldom_have_is_doubted() -> None:
    votes, _ = one_cloud()
    groupings = {4: np.arange(120) % 4}
    stability = group_stability(votes, {2: np.arange(120) % 2, **groupings}, rounds=4)
    chosen = Partition(groupings[4], (30,) * 4, np.zeros((4, 2)), 0.4, 0.01, 1, True, 0)
    assert "often_another_number" in certainty_of(chosen, (chosen,), stability).doubts


def test_the_same_seed_gives_the_same_parts_and_arguments_are_unchanged() -> None:
    votes, groupings = one_cloud()
    before = (votes.cells.toarray(), groupings[2].copy())
    first, second, third = (group_stability(votes, groupings, rounds=3, seed=s) for s in (1, 1, 2))
    assert first == second
    assert first != third
    assert np.array_equal(votes.cells.toarray(), before[0])
    assert np.array_equal(groupings[2], before[1])


def test_what_cannot_be_judged_is_refused() -> None:
    votes, groupings = one_cloud()
    with pytest.raises(ValueError, match="at least 2"):
        group_stability(votes, groupings, rounds=1)
    with pytest.raises(ValueError, match="120 participants but groups for 3"):
        group_stability(votes, {2: [0, 1, 0]})


def test_names_last_when_sizes_change_places() -> None:
    before = {f"p{i}": int(i >= 60) for i in range(100)}  # sixty in 0, forty in 1
    now = {**{f"p{i}": 1 - int(i >= 60) for i in range(100)}, **{f"new{i}": 0 for i in range(50)}}
    found = lasting_names(before, now)
    assert found.names == (1, 0)
    assert (found.kept, found.new, found.gone, found.compared) == ((0, 1), (), (), 100)
    assert found.overlap == (1.0, 1.0)


def test_a_name_that_is_gone_is_never_given_to_another() -> None:
    first = lasting_names({}, {"a": 0, "b": 0, "c": 1, "d": 1})
    assert first.names == (0, 1)
    second = lasting_names({"a": 0, "b": 0, "c": 1, "d": 1}, {"a": 0, "b": 0, "e": 1, "f": 1, "c": None, "d": None})
    assert (second.names, second.new, second.gone) == ((0, 2), (2,), (1,))
    third = lasting_names({"a": 0, "b": 0, "e": 2, "f": 2}, {"a": 0, "b": 0, "g": 1}, used={0, 1, 2})
    assert third.names == (0, 3)


def test_a_group_in_two_halves_leaves_its_name_to_neither_small_half() -> None:
    before = dict.fromkeys("abcdefgh", 0)
    now = {p: i % 4 for i, p in enumerate("abcdefgh")}
    assert lasting_names(before, now).names == (1, 2, 3, 4)


@settings(deadline=None)
@given(
    st.dictionaries(st.sampled_from("abcdefghijkl"), st.integers(0, 3)),
    st.dictionaries(st.sampled_from("abcdefghijkl"), st.one_of(st.none(), st.integers(0, 3))),
    st.randoms(use_true_random=False),
)
def test_names_differ_and_do_not_depend_on_order(before: dict, now: dict, random) -> None:
    found = lasting_names(before, now)
    assert len(set(found.names)) == len(found.names)
    assert set(found.kept) | set(found.new) == set(found.names)
    assert set(found.kept) | set(found.gone) == set(before.values())
    mixed = list(now.items())
    random.shuffle(mixed)
    again = lasting_names(dict(reversed(before.items())), dict(mixed))
    assert again == found


@pytest.mark.parametrize("wrong", [-1, True, 0.5, "a"])
def test_a_group_that_is_no_number_is_refused(wrong) -> None:
    with pytest.raises(ValueError, match="whole number"):
        lasting_names({}, {"a": wrong})
