"""An ordinary call of every public function, and the same call with its rows in another order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from loftet.analysis import (
    answered,
    association,
    axes,
    canonical,
    clustering,
    comparison,
    disclosure,
    effect,
    hotspots,
    identifying_text,
    identity,
    opinion,
    readability,
    routing,
    stability,
    statements,
    survey,
    tallies,
    themes,
    votes,
)

Args = tuple[Any, ...]
Order = np.ndarray


@dataclass(frozen=True)
class Case:
    """A call; which of its arguments hold one entry a row; and whether what comes back does so too.

    rows: positions or names of arguments (all of one length) that are put in another order together. other: the same
    call in another order, where that is not enough. by_row: what comes back has one entry for each row.
    """

    function: Callable[..., Any]
    args: Args
    named: dict[str, Any] = field(default_factory=dict)
    rows: tuple[int | str, ...] = ()
    other: Callable[[Args], Args] | None = None
    by_row: bool = False

    def mixed(self, order: Order) -> tuple[Args, dict[str, Any]]:
        """The call with its rows in this order."""
        if self.other is not None:
            return self.other(self.args), self.named
        args = tuple(taken(a, order) if i in self.rows else a for i, a in enumerate(self.args))
        return args, {name: taken(a, order) if name in self.rows else a for name, a in self.named.items()}

    @property
    def has_order(self) -> bool:
        """Whether there are rows that can be put in another order."""
        return bool(self.rows) or self.other is not None

    @property
    def n_rows(self) -> int:
        """How many rows the call has."""
        first = self.rows[0]
        argument = self.args[first] if isinstance(first, int) else self.named[first]
        return len(next(iter(argument.values()))) if isinstance(argument, dict) else len(argument)


def taken(argument: Any, order: Order) -> Any:
    """An argument with its rows in this order; a mapping holds columns of rows."""
    if isinstance(argument, dict):
        return {name: taken(column, order) for name, column in argument.items()}
    if isinstance(argument, np.ndarray):
        return argument[order]
    return type(argument)(argument[i] for i in order)


def turned(args: Args) -> Args:
    """Mappings and sequences from their end to their beginning."""
    return tuple(
        dict(reversed(a.items())) if isinstance(a, dict) else a[::-1] if isinstance(a, (list, tuple)) else a
        for a in args
    )


R = np.random.Generator(np.random.PCG64(7))
CAMP = np.arange(60) % 2
SAID = np.where(R.random((60, 12)) < 0.9, np.where((CAMP[:, None] + np.arange(12)) % 2 == 0, 1, -1), 0)
CAST = [(int(row), int(column), int(SAID[row, column])) for row, column in np.argwhere(R.random((60, 12)) < 0.8)]


def matrix(cast: list[tuple[int, int, int]]) -> votes.VoteMatrix:
    """A vote matrix of votes that were cast."""
    people, asked, values = zip(*cast, strict=True)
    return votes.VoteMatrix.from_arrays(people, asked, values)


M = matrix(CAST)
AXES = axes.principal_axes(M)
PLACES = axes.project(M, AXES)
PARTED = clustering.partitions(PLACES, [2, 3], 5)
GROUPS = CAMP[np.array(M.participants, dtype=int)]
TALLIES = tallies.tally(M, GROUPS)
RANDOM, OPEN = survey.RandomDesign(), survey.OpenDesign("meeting")
SCORES = R.integers(1, 6, 80).astype(float)
YES = (R.random(80) < 0.4).astype(float)
AREAS = {
    "ålder": list(np.where(R.random(80) < 0.4, "ung", "äldre")),
    "område": list(np.where(R.random(80) < 0.5, "A", "B")),
}
SHARES = {"ålder": {"ung": 0.5, "äldre": 0.5}, "område": {"A": 0.6, "B": 0.4}}
PEOPLE = {"ung": 40, "äldre": 60}
TOWN = {"ung": 5000, "äldre": 4000}
PARTS = [answered.Part("ung", 5000, 40, 10), answered.Part("äldre", 4000, 60, 40)]
TABLE = np.array([[20, 3, 9], [8, 11, 30], [14, 25, 7]])
BEFORE, AFTER = R.normal(3.0, 1.0, 40), R.normal(3.4, 1.0, 40)
PANEL = R.normal(10.0, 1.0, (30, 8))
TREATED, LATER = np.arange(30) < 15, np.arange(8) >= 4
COUNTS, EXPOSED = R.poisson(30, 20), R.integers(900, 1100, 20).astype(float)
SERIES = R.normal(5.0, 1.0, 40)
CHANGE = effect.mean_change(BEFORE, AFTER)
SQUARE = hotspots.box(0.0, 0.0, 2000.0, 2000.0)
MARKS = np.vstack([R.uniform(0, 2000, (40, 2)), R.normal(500, 40, (25, 2))])
CELLS = hotspots.Hexagons.over(SQUARE, 200.0)
THREE = ("Lyktan vid bron är trasig", "Bussen är alltid sen", "Ungdomar skriker på torget")
LINES = {i: THREE[i % 3] for i in range(45)}
WORDS = "Vi ska verka för fler lampor i parken. Anna Lindqvist ringde 070-123 45 67 från Storgatan 5."

CASES: tuple[Case, ...] = (
    Case(votes.natural_order, ("12",)),
    Case(votes.counted, (np.array([0, 2, 2, 1]), 3), rows=(0,)),
    *(
        Case(f, (M,), other=lambda _: (matrix(CAST[::-1]),))
        for f in (
            axes.principal_axes,
            axes.axes_and_positions,
            axes.centre,
            canonical.canonical,
            opinion.analyse_opinions,
            association.association,
            statements.majority_consensus,
            tallies.tally_everyone,
        )
    ),
    Case(canonical.canonical_order, (M,)),
    Case(axes.project, (M, AXES), other=lambda _: (matrix(CAST[::-1]), AXES)),
    Case(axes.extremity, (AXES,)),
    Case(axes.leading_eigenpairs, (axes.centre(M)[1],)),
    Case(axes.first_value, (axes.centre(M)[1],)),
    Case(clustering.base_clusters, (PLACES,)),
    Case(clustering.partitions, (PLACES, [2, 3], 5)),
    Case(clustering.partitions_and_base, (PLACES, [2, 3], 5)),
    Case(clustering.choose, (PARTED,), other=turned),
    Case(clustering.silhouette, (PLACES, GROUPS, clustering.base_clusters(PLACES))),
    Case(clustering.settled, (PLACES, PARTED[2], 5)),
    Case(stability.certainty_of, (PARTED[2], list(PARTED.values()), None)),
    Case(stability.group_stability, (M, {2: GROUPS}), {"rounds": 4}),
    Case(stability.adjusted_rand, (GROUPS, CAMP[::-1]), rows=(0, 1)),
    Case(identity.lasting_names, ({1: 4, 2: 4, 3: 9}, {1: 0, 2: 0, 3: 1}), other=turned),
    Case(routing.priorities, (M, np.ones(60, dtype=bool), axes.extremity(AXES))),
    Case(routing.draw_next, ({1: 1.0, 2: 3.0, 3: 0.5}, [2], 11), other=turned),
    *(
        Case(f, (M, GROUPS), other=lambda _: (matrix(CAST[::-1]), GROUPS))
        for f in (
            statements.representative_statements,
            statements.shared_statements,
            statements.divisive_statements,
            tallies.tally,
        )
    ),
    Case(statements.group_aware_consensus, (TALLIES,)),
    Case(statements.support, (TALLIES, "agree", 0, 0)),
    Case(tallies.one_proportion_z, (np.array([3.0, 5.0]), np.array([9.0, 9.0])), rows=(0, 1), by_row=True),
    Case(
        tallies.two_proportion_z,
        tuple(np.array(a, dtype=float) for a in ([3, 5], [9, 9], [1, 2], [8, 9])),
        rows=(0, 1, 2, 3),
        by_row=True,
    ),
    Case(tallies.group_statistics, (TALLIES,)),
    Case(survey.design, ("random",), {"population": 900}),
    Case(survey.categories, (["ja", "nej", None, "ja"] * 20, RANDOM), {"among": ["ja", "nej"]}, rows=(0,)),
    *(Case(f, (a, d), rows=(0,)) for f, a in ((survey.mean, SCORES), (survey.proportion, YES)) for d in (RANDOM, OPEN)),
    *(Case(f, (12, 40)) for f in (survey.exact, survey.jeffreys, survey.wilson)),
    Case(survey.t_interval, (3.0, 0.2, 30.0)),
    Case(survey.with_finite_population, (40.0, 40, 900)),
    Case(survey.rake, (RANDOM, AREAS, SHARES), rows=(1,)),
    *(Case(f, (SCORES,), rows=(0,)) for f in (survey.design_effect, survey.effective_n)),
    Case(answered.compare_with_population, (PEOPLE, TOWN)),  # the groups come in the order that was asked for
    *(Case(f, (PEOPLE, TOWN), other=turned) for f in (answered.dissimilarity, answered.r_indicator)),
    *(Case(f, (PARTS,), other=turned) for f in (answered.bounds, answered.tipping_point)),
    Case(disclosure.base_cluster_points, (PLACES, clustering.base_clusters(PLACES), GROUPS), rows=(0, 1, 2)),
    Case(disclosure.may_be_quoted, ([("a", "mörkt", "1"), ("b", "buss", None)], {"mörkt": 9, "buss": 2}, {"1": 12})),
    Case(disclosure.round_table, (TABLE,)),
    Case(disclosure.round_percent, (13, 40)),
    Case(disclosure.suppress_small, ([3, 12, 40, 9],)),
    Case(disclosure.attainable, ([disclosure.protect_table(TABLE)], 0, (0, 1))),
    Case(disclosure.protect_table, (TABLE,)),
    Case(disclosure.with_margins, (TABLE,)),
    Case(effect.difference_in_differences, (PANEL, TREATED, LATER), rows=(0, 1)),
    Case(effect.placebo_test, (PANEL, np.arange(30) == 3, LATER), rows=(0, 1)),
    Case(effect.mean_change, (BEFORE, AFTER), rows=(0, 1)),
    Case(effect.mean_difference, (BEFORE, AFTER), rows=(0, 1)),
    Case(effect.mcnemar_p, (4, 15)),
    Case(effect.paired_newcombe, (20, 4, 15, 40)),
    Case(effect.paired_shares, (20, 4, 15, 40)),
    Case(effect.detectable_difference_of_shares, (300, 300, 0.4)),
    Case(effect.detectable_mean_change, (300, 1.0)),
    Case(effect.detectable_paired_difference, (300, 0.4)),
    Case(effect.detectable_rate_ratio, (80.0,)),
    Case(effect.difference_of_shares, (40, 100, 55, 100)),
    Case(effect.newcombe, (40, 100, 55, 100)),
    Case(effect.wilson, (40, 100)),
    Case(effect.dispersion, (COUNTS, EXPOSED), rows=(0, 1)),
    Case(effect.rate_ratio, (80, 60)),
    Case(effect.segmented_regression, (SERIES, 20)),
    Case(effect.judge, (CHANGE,), {"good": "up"}),
    Case(comparison.funnel_limits, (EXPOSED, 0.4, "shares"), rows=(0,), by_row=True),
    Case(comparison.funnel_of_rates, (COUNTS, EXPOSED), rows=(0, 1), by_row=True),
    Case(comparison.funnel_of_shares, (COUNTS, EXPOSED), rows=(0, 1), by_row=True),
    Case(comparison.shrunken_rates, (COUNTS, EXPOSED), rows=(0, 1), by_row=True),
    Case(comparison.shrunken_shares, (COUNTS, EXPOSED), rows=(0, 1), by_row=True),
    Case(hotspots.box, (0.0, 0.0, 10.0, 20.0)),
    Case(hotspots.find_hot_spots, (MARKS, SQUARE), {"rounds": 99}, rows=(0,)),
    Case(hotspots.hexagon, (100.0, 100.0, 200.0)),
    Case(hotspots.nearest_neighbours, (MARKS, SQUARE, CELLS), {"rounds": 19}, rows=(0,)),
    Case(themes.find_themes, (LINES,), {"n_themes": 3}, other=turned),
    Case(themes.likeness, ("Mörkt i parken", "Parken är mörk")),
    Case(themes.say_opposite_or_other, ("Fler kameror", "Färre kameror")),
    Case(identifying_text.find_identifying, (WORDS,)),
    Case(identifying_text.find_names, (WORDS, frozenset())),
    Case(identifying_text.find_accusations, ("Kalle Ek säljer knark.", [(0, 8)])),
    Case(identifying_text.finders, ()),
    Case(readability.facts_in, (WORDS,)),
    Case(readability.band, (38.0,)),
    Case(readability.measure_readability, (WORDS,)),
    Case(readability.split_sentences, (WORDS,)),
    Case(readability.find_vague, (WORDS,)),
)
