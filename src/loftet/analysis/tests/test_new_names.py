"""Other names for groups, categories, people and places change the names in a result and nothing else."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from loftet.analysis import answered, effect, hotspots, identity, opinion, statements, survey, themes, votes
from loftet.analysis.tests import every_function as given

NEW = {"ung": "z", "äldre": "a", "A": "öster", "B": 7}


def renamed(row: list) -> list:
    return [NEW[name] for name in row]


def test_categories_of_a_survey() -> None:
    areas = {name: renamed(column) for name, column in given.AREAS.items()}
    shares = {name: {NEW[c]: share for c, share in target.items()} for name, target in given.SHARES.items()}
    before = survey.rake(given.RANDOM, given.AREAS, given.SHARES)
    after = survey.rake(given.RANDOM, areas, shares)
    np.testing.assert_allclose(after.weights, before.weights, rtol=1e-12)
    said = ["ja", "nej", "nej"] * 20
    one = survey.categories(said, given.RANDOM, among=["ja", "nej"])
    other = survey.categories([{"ja": 1, "nej": 0}[a] for a in said], given.RANDOM, among=[1, 0])
    assert list(one.values()) == list(other.values())


def test_groups_of_a_population() -> None:
    one = answered.compare_with_population(given.PEOPLE, given.TOWN)
    other = answered.compare_with_population(
        {NEW[k]: n for k, n in given.PEOPLE.items()}, {NEW[k]: n for k, n in given.TOWN.items()}
    )
    assert [dataclasses.replace(g, name=NEW[g.name]) for g in one.groups] == list(other.groups)
    assert (one.dissimilarity, one.n) == (other.dissimilarity, other.n)
    for f in (answered.dissimilarity, answered.r_indicator):
        assert f(given.PEOPLE, given.TOWN) == pytest.approx(f({"x": 40, "y": 60}, {"x": 5000, "y": 4000}))
    parts = [dataclasses.replace(part, name=NEW[part.name]) for part in given.PARTS]
    assert answered.bounds(parts) == answered.bounds(given.PARTS)
    assert answered.tipping_point(parts) == answered.tipping_point(given.PARTS)


def test_periods_of_a_rate() -> None:
    groups = np.arange(20) % 2
    named = np.where(groups == 0, "före", "efter")
    assert effect.dispersion(given.COUNTS, given.EXPOSED, groups) == effect.dispersion(
        given.COUNTS, given.EXPOSED, named
    )


def test_people_behind_points() -> None:
    people = [i // 2 for i in range(len(given.MARKS))]
    one = hotspots.find_hot_spots(given.MARKS, given.SQUARE, people=people, rounds=99)
    other = hotspots.find_hot_spots(given.MARKS, given.SQUARE, people=[f"p{99 - i}" for i in people], rounds=99)
    assert one == other


def test_voices_of_themes() -> None:
    one = themes.find_themes(given.LINES, n_themes=3)
    other = themes.find_themes({f"röst {999 - i}": text for i, text in given.LINES.items()}, n_themes=3)
    assert [theme.words for theme in one.themes] == [theme.words for theme in other.themes]
    assert [theme.size for theme in one.themes] == [theme.size for theme in other.themes]


def test_participants_and_statements_of_votes() -> None:
    people, asked, values = zip(*given.CAST, strict=True)
    other = votes.VoteMatrix.from_arrays([f"p{99 - i}" for i in people], [f"s{50 - i}" for i in asked], values)
    one, two = opinion.analyse_opinions(given.M), opinion.analyse_opinions(other)
    mine = {f"p{99 - int(name)}": group for name, group in zip(one.ids, one.labels, strict=True)}
    assert mine == dict(zip(two.ids, two.labels, strict=True))
    assert [f"s{50 - int(s.statement)}" for s in statements.majority_consensus(given.M)] == [
        s.statement for s in statements.majority_consensus(other)
    ]


def test_lasting_names_of_groups() -> None:
    before, now = {1: 4, 2: 4, 3: 9, 4: 9}, {1: 0, 2: 0, 3: 1, 4: 1}
    assert identity.lasting_names(before, now) == identity.lasting_names(
        {f"p{i}": g for i, g in before.items()}, {f"p{i}": g for i, g in now.items()}
    )
    assert identity.lasting_names(before, {i: 1 - g for i, g in now.items()}).names == (9, 4)
