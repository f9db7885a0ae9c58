"""Raking against weightipy and against what it promises."""

from __future__ import annotations

import numpy as np
import pytest
import weightipy
from hypothesis import given, settings
from hypothesis import strategies as st
from weightipy.internal.rim import pd  # the tables that weightipy itself is given

from loftet.analysis.survey import OpenDesign, RandomDesign, SurveyError, design_effect, effective_n, rake

RANDOM = RandomDesign()


def people(n, seed=1):
    generator = np.random.default_rng(seed)
    columns = {
        "age": generator.choice(4, n, p=[0.1, 0.2, 0.3, 0.4]),
        "area": generator.choice(12, n),
        "sex": generator.choice(2, n, p=[0.6, 0.4]),
    }
    targets = {
        "age": dict.fromkeys(range(4), 25.0),
        "area": {i: 100.0 * (i + 6) / 138 for i in range(12)},
        "sex": {0: 50.5, 1: 49.5},
    }
    return columns, targets


@pytest.mark.parametrize("n", [800, 10_000])
def test_raking_agrees_with_weightipy(n):
    columns, targets = people(n)
    scheme = weightipy.scheme_from_dict(targets, rim_params={"convcrit": 1e-13, "max_iterations": 1000})
    theirs = weightipy.weight_dataframe(pd.DataFrame(columns), scheme)["weights"].to_numpy()
    ours = rake(RANDOM, columns, targets)
    assert ours.converged
    assert np.max(np.abs(ours.weights - theirs / theirs.mean())) < 1e-8


def test_base_weights_scale_out_and_margins_are_met():
    columns, targets = people(500)
    base = np.random.default_rng(2).uniform(0.5, 2.0, 500)
    found = rake(RANDOM, columns, targets, base=base)
    again = rake(RANDOM, columns, targets, base=7.0 * base)
    assert np.allclose(found.weights, again.weights, rtol=1e-12)
    for name, target in targets.items():
        reached = np.bincount(columns[name], weights=found.weights) / 500
        assert reached == pytest.approx([share / 100.0 for share in target.values()], abs=1e-9)


def test_no_weight_exceeds_the_largest_and_the_margins_still_hold_when_they_can():
    columns, targets = people(2000)
    free = rake(RANDOM, columns, targets)
    found = rake(RANDOM, columns, targets, largest=3.0)
    assert free.weights.max() > 3.0 >= found.weights.max()
    assert found.converged
    assert found.trimmed > 0
    assert found.design_effect == pytest.approx(design_effect(found.weights))
    assert found.effective_n == pytest.approx(effective_n(found.weights))


def test_margins_out_of_reach_are_reported_and_named():
    columns, targets = people(2000)
    found = rake(RANDOM, columns, targets, largest=1.5, max_rounds=50)
    assert not found.converged
    assert found.rounds == 50
    assert found.worst_deviation > 1.0
    assert found.worst_category == ("age", 0)
    contradicting = {"a": ["x", "x", "y"], "b": ["u", "u", "v"]}
    wanted = {"a": {"x": 1, "y": 1}, "b": {"u": 9, "v": 1}}
    assert not rake(RANDOM, contradicting, wanted, max_rounds=50).converged


@pytest.mark.parametrize("kind", ["self_selected", "meeting"])
def test_open_answers_are_never_weighted(kind):
    with pytest.raises(SurveyError, match="weights need a random sample"):
        rake(OpenDesign(kind), {"a": ["x"]}, {"a": {"x": 1}})


@pytest.mark.parametrize(
    ("columns", "targets", "words"),
    [
        ({"area": ["n", "n"]}, {"area": {"n": 1, "south": 1}}, "nobody to weight in area 'south'"),
        ({"area": ["n", "s"]}, {"area": {"n": 1, "s": 0}}, "respondents but no population in area 's'"),
        ({"area": ["n", None]}, {"area": {"n": 1}}, "row 1: area is None"),
        ({"area": ["n"], "sex": ["w", "m"]}, {"area": {"n": 1}, "sex": {"w": 1, "m": 1}}, "length"),
        ({"area": ["n"]}, {"sex": {"w": 1}}, "targets for"),
        ({"area": ["n"]}, {"area": {"n": float("nan")}}, "not numbers"),
        ({"area": []}, {"area": {"n": 1}}, "no respondents"),
        ({"area": [["n"]]}, {"area": {"n": 1}}, "a category is a word or a number"),
    ],
)
def test_what_cannot_be_raked_is_named(columns, targets, words):
    with pytest.raises(SurveyError, match=words):
        rake(RANDOM, columns, targets)


def test_weights_of_zero_are_defined():
    found = rake(RANDOM, {"a": ["x", "x", "y"]}, {"a": {"x": 1, "y": 1}}, base=[0, 1, 1])
    assert found.weights.tolist() == pytest.approx([0.0, 1.5, 1.5])
    assert found.effective_n == pytest.approx(2.0)
    for nothing in ([0, 0], [], [1, -1], [1, np.nan], [[1]], ["a"]):
        with pytest.raises(SurveyError):
            effective_n(nothing)
    with pytest.raises(SurveyError, match="nobody to weight in a 'y'"):
        rake(RANDOM, {"a": ["x", "y"]}, {"a": {"x": 1, "y": 1}}, base=[1, 0])


@settings(max_examples=25, deadline=None)
@given(st.permutations(range(40)), st.permutations(["A", "B", "C"]))
def test_rows_and_names_do_not_matter_and_nothing_is_changed(order, names):
    generator = np.random.default_rng(5)
    age = np.concatenate([[0, 1, 2], generator.choice(3, 37)])
    sex = np.concatenate([[0, 1], generator.choice(2, 38)])
    before = age.copy()
    first = rake(RANDOM, {"age": age, "sex": sex}, {"age": {0: 3, 1: 2, 2: 1}, "sex": {0: 1, 1: 1}})
    renamed = [names[i] for i in age[order]]
    second = rake(
        RANDOM,
        {"sex": sex[order], "age": renamed},
        {"sex": {1: 0.5, 0: 0.5}, "age": {names[2]: 10, names[0]: 30, names[1]: 20}},
    )
    assert np.allclose(first.weights[order], second.weights, atol=1e-9)
    assert (age == before).all()
    assert not first.weights.flags.writeable
