"""The method's formulas against independently computed results for three real conversations.

The oracle rounds long lists to eight decimals, so those agree when they differ by at most half a unit of the eighth
decimal (plus 1e-9). Counts, shares and z-values of chosen statements are not rounded and agree to 1e-9.
"""

from __future__ import annotations

from dataclasses import asdict

import numpy as np
import pytest

from loftet.analysis.axes import extremity, principal_axes
from loftet.analysis.routing import priorities
from loftet.analysis.statements import group_aware_consensus, majority_consensus, representative_statements
from loftet.analysis.tallies import tally
from loftet.analysis.tests.opinion_data import NAMES, Conversation, conversation

EIGHT_DECIMALS = 0.5e-8 + 1e-9
EXACT = 1e-9


@pytest.fixture(params=NAMES)
def case(request: pytest.FixtureRequest) -> Conversation:
    return conversation(request.param)


def assert_equal_to_eight_decimals(ours: np.ndarray, oracle: list) -> None:
    assert np.shape(ours) == np.shape(oracle)
    np.testing.assert_allclose(ours, oracle, rtol=0, atol=EIGHT_DECIMALS)


def test_the_matrix_holds_what_the_oracle_counted(case: Conversation) -> None:
    votes, expected = case.votes, case.expected
    assert list(votes.statements) == expected["statements"]
    assert (len(votes.participants), votes.n_votes) == (expected["n_participants"], expected["n_votes"])
    closed = [name for name, is_closed in zip(votes.statements, votes.closed, strict=True) if is_closed]
    assert closed == sorted({*expected["moderated_out"], *expected["meta"]})
    assert [votes.statements[j] for j in np.flatnonzero(votes.meta)] == expected["meta"]


def test_axes(case: Conversation) -> None:
    axes = principal_axes(case.votes)
    assert_equal_to_eight_decimals(axes.means, case.expected["pca_center"])
    assert_equal_to_eight_decimals(axes.components, case.expected["pca_comps"])
    assert_equal_to_eight_decimals(axes.explained, case.expected["pca_explained_variance_ratio"])
    assert axes.residual < 1e-12
    np.testing.assert_allclose(axes.components @ axes.components.T, np.eye(2), atol=1e-12)


def test_extremity(case: Conversation) -> None:
    assert_equal_to_eight_decimals(extremity(principal_axes(case.votes)), case.expected["comment_extremity"])


def test_group_aware_consensus(case: Conversation) -> None:
    agree, disagree = group_aware_consensus(tally(case.votes, case.published))
    assert_equal_to_eight_decimals(agree, case.expected["group_aware_consensus_agree"])
    assert_equal_to_eight_decimals(disagree, case.expected["group_aware_consensus_disagree"])


def test_priorities(case: Conversation) -> None:
    ours = priorities(case.votes, case.published >= 0, extremity(principal_axes(case.votes)))
    assert_equal_to_eight_decimals(ours, case.expected["priority"])


def test_representative_statements(case: Conversation) -> None:
    profiles = representative_statements(case.votes, case.published)
    assert [str(p.group) for p in profiles] == list(case.expected["representative"])
    for profile, oracle in zip(profiles, case.expected["representative"].values(), strict=True):
        assert profile.size == oracle["n_members"]
        assert profile.n_sufficient == oracle["n_sufficient"]
        assert profile.best_agree == oracle["best_agree"]
        ours = [_flat(r) for r in profile.representative]
        _assert_same_selection(ours, oracle["selected"])


def test_majority_consensus(case: Conversation) -> None:
    found = majority_consensus(case.votes)
    for direction in ("agree", "disagree"):
        ours = [{"statement": m.statement, **asdict(m.support)} for m in found if m.direction == direction]
        _assert_same_selection(ours, case.expected["consensus"][direction])


def test_without_running_winner_only_the_known_oddity_changes(case: Conversation) -> None:
    """The order-free rule picks the same best statement, except where the published one is not agreed with."""
    profiles = representative_statements(case.votes, case.published, best_agree="order-free")
    ours = [p.best_agree for p in profiles]
    published = [g["best_agree"] for g in case.expected["representative"].values()]
    assert ours == {"brexit": [8, 7]}.get(case.name, published)
    for profile in profiles:
        best = [r for r in profile.representative if r.best_agree]
        assert [r.direction for r in best] == ["agree"]
        assert best[0].n_agree > best[0].n_disagree


def _flat(r) -> dict:
    return {
        "statement": r.statement,
        "direction": r.direction,
        **asdict(r.support),
        "repness": r.repness,
        "repness_test": r.repness_test,
    }


def _assert_same_selection(ours: list[dict], oracle: list[dict]) -> None:
    assert [o["statement"] for o in ours] == [o["statement"] for o in oracle]
    for mine, theirs in zip(ours, oracle, strict=True):
        assert set(mine) == set(theirs)
        for key, value in theirs.items():
            assert mine[key] == (value if isinstance(value, (str, int)) else pytest.approx(value, rel=0, abs=EXACT))
