"""What an analysis of opinions gives: groups or a reason why there are none, and how it came about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from .association import Association
from .disclosure import MapPoint
from .stability import Certainty
from .statements import BestAgreeRule, DivisiveStatement, GroupProfile, MajorityStatement, SharedStatement, Support
from .tallies import NO_GROUP
from .votes import Id

VERSION = "opinion-2"  # changes whenever the same votes could give another result
Outcome = Literal["groups", "no_clear_groups", "too_few_answers"]
Reason = Literal[
    "few_participants",  # too few have cast enough votes
    "nothing_to_separate",  # fewer than two open statements on which anyone differs
    "votes_not_associated",  # votes hang together no more than shuffled ones do
    "no_partition",  # every division leaves some group too small
    "weak_separation",  # the best division is hardly one
]


@dataclass(frozen=True, slots=True)
class OpinionParameters:
    """What can be set. The defaults are those of the field's method where it has any."""

    minimum_votes: int = 7  # votes a participant must have cast to be placed (or all statements, if fewer)
    minimum_participants: int = 15  # placed participants below which there are no groups
    most_groups: int = 5
    minimum_group: int = 5  # participants in a group …
    minimum_group_share: float = 0.02  # … and share of the placed participants
    minimum_silhouette: float = 0.25  # below this there is no structure (Kaufman & Rousseeuw 1990)
    base_clusters: int = 100
    shuffles: int = 20
    seed: int = 0  # of the shuffles and of the parts
    parts: int = 20  # of the participants, in which the groups are sought again; 0 for none
    representative: int = 5  # statements per group
    consensus: int = 10
    divisive: int = 10
    minimum_group_votes: int = 5  # votes in a group on a statement before it is shown as theirs, shared or divisive
    best_agree: BestAgreeRule = "order-free"

    def __post_init__(self) -> None:
        at_least = {
            "minimum_votes": 1,
            "minimum_participants": 2,
            "most_groups": 2,
            "minimum_group": 1,
            "base_clusters": 2,
            "shuffles": 2,
            "seed": 0,
            "parts": 0,
        }
        for name, least in at_least.items():
            if getattr(self, name) < least:
                raise ValueError(f"{name} must be at least {least}")
        if self.parts == 1:
            raise ValueError("parts must be 0 or at least 2")
        if not 0.0 <= self.minimum_group_share < 0.5:
            raise ValueError("minimum_group_share must be from 0 to below 0.5")


@dataclass(frozen=True, slots=True)
class ParticipantGroup:
    """A participant and their group; None for those who have too few votes, or when there are no groups."""

    id: Id
    group: int | None


@dataclass(frozen=True, slots=True)
class TriedPartition:
    """One number of groups that was tried."""

    k: int
    sizes: tuple[int, ...]
    silhouette: float
    standard_error: float
    iterations: int
    converged: bool
    set_aside: int  # participants too far out to shape a group; they are in the nearest one


@dataclass(frozen=True, slots=True)
class Dropped:
    """How many were left out of the groups, and why."""

    reason: Literal["too_few_votes", "no_vote_on_open_statement"]
    participants: int


@dataclass(frozen=True, slots=True)
class Diagnostics:
    """How the result came about."""

    outcome: Outcome
    reason: Reason | None
    n_participants: int
    n_placed: int  # with enough votes to be placed on the map
    n_statements: int
    n_moderated_out: int
    n_meta: int
    n_votes: int
    dropped: tuple[Dropped, ...]
    explained_variance: tuple[float, ...]
    axes_residual: float
    association: Association | None
    n_base_clusters: int
    k: int | None
    tried: tuple[TriedPartition, ...]
    certainty: Certainty | None  # of k
    iterations: int
    converged: bool
    parameters: OpinionParameters
    version: str = VERSION


@dataclass(frozen=True, slots=True)
class OpinionResult:
    """Groups of participants who vote alike, and the statements that unite and divide them."""

    ids: tuple[Id, ...]  # of the participants, in the natural order of ids
    labels: tuple[int, ...]  # the group of each; -1 for none
    groups: tuple[GroupProfile, ...]  # largest first
    consensus: tuple[SharedStatement, ...]  # what every group shares; without groups: what most share
    divisive: tuple[DivisiveStatement, ...]
    majority: tuple[MajorityStatement, ...]  # what most of all voters share, whatever their group
    priorities: tuple[tuple[Id, float], ...]  # of the statements that may be shown
    extremity: tuple[tuple[Id, float], ...]  # of all statements with votes
    map_points: tuple[MapPoint, ...]
    diagnostics: Diagnostics

    @property
    def participants(self) -> tuple[ParticipantGroup, ...]:
        """Each participant with their group, in the natural order of ids."""
        return tuple(
            ParticipantGroup(name, None if group == NO_GROUP else group)
            for name, group in zip(self.ids, self.labels, strict=True)
        )

    def as_json(self) -> dict[str, Any]:
        """The result as plain dicts, lists, strings, whole numbers and floats, with a fixed set of keys.

        Keys: participants (id, group or null), groups (id, size, representative), consensus, divisive, diagnostics.
        Floats are rounded to twelve decimals, so that other processors' last bits do not show.
        """
        result = {
            "participants": [{"id": p.id, "group": p.group} for p in self.participants],
            "groups": [
                {"id": g.group, "size": g.size, "representative": [_flat(asdict(r)) for r in g.representative]}
                for g in self.groups
            ],
            "consensus": [_shared(s) for s in self.consensus],
            "divisive": [_divisive(s) for s in self.divisive],
            "diagnostics": asdict(self.diagnostics),
        }
        return {key: _plain(part) for key, part in result.items()}


def _flat(entry: dict[str, Any]) -> dict[str, Any]:
    """The same entry, with the figures of its support beside the others."""
    support = entry.pop("support")
    return {"statement": entry.pop("statement"), "direction": entry.pop("direction"), **support, **entry}


def _shared(s: SharedStatement) -> dict[str, Any]:
    return {
        "statement": s.statement,
        "direction": s.direction,
        "group_aware": s.group_aware,
        **asdict(s.everyone),
        "by_group": _by_group(s.by_group),
    }


def _divisive(s: DivisiveStatement) -> dict[str, Any]:
    return {
        "statement": s.statement,
        "difference": s.difference,
        "difference_test": s.z,
        "most": s.most,
        "least": s.least,
        "by_group": [
            {
                "group": group,
                "n_agree": agree.n_success,
                "n_disagree": disagree.n_success,
                "n_trials": agree.n_trials,
                "p_agree": agree.p_success,
                "p_disagree": disagree.p_success,
            }
            for group, (agree, disagree) in enumerate(zip(s.agree_by_group, s.disagree_by_group, strict=True))
        ],
    }


def _by_group(supports: Sequence[Support]) -> list[dict[str, Any]]:
    return [{"group": group, **asdict(support)} for group, support in enumerate(supports)]


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(entry) for key, entry in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(entry) for entry in value]
    return round(value, 12) if isinstance(value, float) else value
