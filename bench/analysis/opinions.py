"""Opinion groups: time and memory against red-dwarf, and at a million participants against bare linear algebra."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from bench.analysis.figures import Figure
from bench.analysis.planted import Planted, planted
from scipy import sparse
from scipy.sparse.linalg import svds

from loftet.analysis.axes import centre
from loftet.analysis.opinion import analyse_opinions
from loftet.analysis.opinion_result import OpinionParameters, OpinionResult
from loftet.analysis.stability import adjusted_rand
from loftet.analysis.tests.opinion_data import NAMES, Conversation, conversation
from loftet.analysis.votes import VoteMatrix

TOPIC = "opinion groups"
DWARF = "red-dwarf 0.4.0"
PLAIN = OpinionParameters(parts=0)  # stability is measured apart
LEAST_TO_PUBLISHED = {"biodiversity": 0.95, "vtaiwan": 0.80, "brexit": 0.88}
LEAST_TIMES = {"vtaiwan": 3.0, "2,000 × 900": 6.0, "20,000 × 1,000": 40.0}


@dataclass(frozen=True, eq=False)
class Case:
    """Votes as arrays and as the rival wants them."""

    name: str
    arrays: tuple[np.ndarray, np.ndarray, np.ndarray]
    closed: tuple[int, ...]
    group: np.ndarray | None  # planted, by participant

    @property
    def rows(self) -> list[dict]:
        """One dict for each vote."""
        people, statements, votes = (array.tolist() for array in self.arrays)
        return [
            {"participant_id": p, "statement_id": s, "vote": v, "modified": 0}
            for p, s, v in zip(people, statements, votes, strict=True)
        ]


def measure() -> list[Figure]:
    """All figures of this topic."""
    cases = [*(real(name) for name in NAMES), synthetic(2_000, 900), synthetic(20_000, 1_000)]
    figures = [figure for case in cases for figure in against_the_rival(case)]
    figures += [figure for name in NAMES for figure in to_the_published(name)]
    figures += memory(cases[-1])
    return figures + at_a_million()


def real(name: str) -> Case:
    """One of the three conversations."""
    votes = conversation(name).votes
    cells = votes.cells.tocoo()
    people, statements = np.array(votes.participants)[cells.row], np.array(votes.statements)[cells.col]
    closed = tuple(int(statement) for statement in np.array(votes.statements)[votes.closed])
    return Case(name, (people, statements, cells.data), closed, None)


@cache
def synthetic(n_participants: int, n_statements: int) -> Case:
    """Three planted groups, Poisson(50) votes each."""
    made: Planted = planted(n_participants, n_statements)
    arrays = (made.participants, made.statements, made.votes)
    for array in arrays:
        array.setflags(write=False)
    return Case(f"{n_participants:,} × {n_statements:,}", arrays, (), made.group)


def cpu(work: Callable[[], object], times: int = 1) -> tuple[float, object]:
    """The least CPU time of some runs, and what the last one gave."""
    least, given = float("inf"), None
    for _ in range(times):
        began = time.process_time()
        given = work()
        least = min(least, time.process_time() - began)
    return least, given


def ours(case: Case, parameters: OpinionParameters = PLAIN) -> OpinionResult:
    """From arrays to the result."""
    return analyse_opinions(VoteMatrix.from_arrays(*case.arrays, moderated=case.closed), parameters=parameters)


def theirs(rows: list[dict], case: Case, k: int | None = None):
    """The same of the rival."""
    from reddwarf.implementations.polis import run_pipeline

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return run_pipeline(votes=rows, mod_out_statement_ids=list(case.closed), force_group_count=k)


def against_the_rival(case: Case) -> list[Figure]:
    """CPU time, and agreement where both choose the same number of groups."""
    times = 1 if len(case.arrays[0]) > 500_000 else 3
    rows = case.rows
    theirs(rows[:2000], case, 2)  # imports and the like
    rival_time, rival = cpu(lambda: theirs(rows, case), times)
    our_time, result = cpu(lambda: ours(case), max(times, 3))
    with_parts, _ = cpu(lambda: ours(case, OpinionParameters()), 1)
    assert isinstance(result, OpinionResult)
    ratio = rival_time / our_time
    bar = LEAST_TIMES.get(case.name)
    figures = [
        Figure(
            TOPIC,
            f"{case.name}: whole pipeline",
            our_time,
            "s CPU",
            DWARF,
            rival_time,
            f"at least {bar:g} × less; {ratio:.1f} ×" if bar else f"no bar; {ratio:.1f} ×",
            bar is None or ratio >= bar,
        ),
        Figure(
            TOPIC,
            f"{case.name}: stability in twenty parts, apart",
            max(with_parts - our_time, 0.0),
            "s CPU",
            "no rival has it",
            None,
            "reported",
            True,
        ),
    ]
    labels = rival.participants_df["cluster_id"].dropna().astype(int)
    mine = dict(zip(result.ids, result.labels, strict=True))
    if labels.nunique() == result.diagnostics.k:
        both = [(mine[person], label) for person, label in labels.items() if mine[person] >= 0]
        agreement = adjusted_rand(*map(np.array, zip(*both, strict=True)))
        figures.append(
            Figure(
                TOPIC,
                f"{case.name}: same groups, k = {result.diagnostics.k}",
                agreement,
                "ARI",
                DWARF,
                None,
                "at least 0.95",
                agreement >= 0.95,
            )
        )
    if case.group is not None:
        found = adjusted_rand(case.group[list(result.ids)], np.array(result.labels) + 1)
        figures.append(
            Figure(
                TOPIC,
                f"{case.name}: planted groups found",
                found,
                "ARI",
                "the planted groups",
                None,
                "at least 0.93",
                found >= 0.93,
            )
        )
    return figures


def to_the_published(name: str) -> list[Figure]:
    """Agreement with Polis' own groups among its members, at two groups as published."""
    case: Conversation = conversation(name)
    result = analyse_opinions(case.votes, statements=case.statements)
    certainty = result.diagnostics.certainty
    assert certainty is not None
    both = [(a, b) for a, b in zip(case.published.tolist(), result.labels, strict=True) if a >= 0 and b >= 0]
    agreement = adjusted_rand(*map(np.array, zip(*both, strict=True)))
    bar = LEAST_TO_PUBLISHED[name]
    doubts = ", ".join(certainty.doubts) or "none"
    return [
        Figure(
            TOPIC,
            f"{name}: agreement with the published groups, k = {result.diagnostics.k} (doubts: {doubts})",
            agreement,
            "ARI",
            "Polis, as published",
            None,
            f"at least {bar:g}",
            agreement >= bar,
        )
    ]


def memory(case: Case) -> list[Figure]:
    """The most that is held above the loaded input, each in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        ours_mb, rival_mb = (peak(case, who, Path(folder))[1] for who in ("ours", "rival"))
    times = rival_mb / ours_mb
    return [
        Figure(
            TOPIC,
            f"{case.name}: memory above the loaded input",
            ours_mb,
            "MB",
            DWARF,
            rival_mb,
            f"at least 10 × less; {times:.0f} ×",
            times >= 10,
        )
    ]


def peak(case: Case, who: str, folder: Path) -> tuple[float, float]:
    """MB at most, and MB above the loaded input."""
    path = folder / "votes.npz"
    np.savez(path, participants=case.arrays[0], statements=case.arrays[1], votes=case.arrays[2])
    told = subprocess.run(
        [sys.executable, "-m", "bench.analysis.memory", who, str(path)], capture_output=True, text=True, check=True
    ).stdout.split()
    loaded, most = float(told[-2]), float(told[-1])
    return most, most - loaded


def at_a_million() -> list[Figure]:
    """Against the least that must be done: reading the votes into a matrix, and its two singular vectors."""
    hundred, million = synthetic(100_000, 1_000), synthetic(1_000_000, 1_000)
    smaller, _ = cpu(lambda: ours(hundred), 3)
    larger, result = cpu(lambda: ours(million), 2)
    assert isinstance(result, OpinionResult)
    people, statements, votes = million.arrays
    shape = (len(result.ids), int(statements.max()) + 1)
    reading, _ = cpu(lambda: sparse.coo_array((votes, (people, statements)), shape=shape).tocsr(), 2)
    _, centred = centre(VoteMatrix.from_arrays(people, statements, votes))
    bare, _ = cpu(lambda: svds(centred, k=2), 2)
    parts, _ = cpu(lambda: ours(million, OpinionParameters()), 1)
    assert million.group is not None
    found = adjusted_rand(million.group[list(result.ids)], np.array(result.labels) + 1)
    with tempfile.TemporaryDirectory() as folder:
        most, _ = peak(million, "ours", Path(folder))
    limit, growth, n = reading + bare, larger / smaller, f"{len(votes) / 1e6:.1f} million votes"
    return [
        Figure(
            TOPIC,
            f"1,000,000 × 1,000, {n}: whole pipeline",
            larger,
            "s CPU",
            "one pass into a SciPy matrix and ARPACK's two singular vectors",
            limit,
            f"at most 1.5 ×; {larger / limit:.2f} ×",
            larger <= 1.5 * limit,
        ),
        Figure(
            TOPIC,
            "1,000,000 × 1,000: stability in twenty parts, apart",
            max(parts - larger, 0.0),
            "s CPU",
            "no rival has it",
            None,
            "reported",
            True,
        ),
        Figure(
            TOPIC,
            "1,000,000 × 1,000: memory at most, input included",
            most,
            "MB",
            "2 GB",
            2000.0,
            "under 2 GB",
            most < 2000,
        ),
        Figure(
            TOPIC,
            "from 100,000 to 1,000,000 participants",
            growth,
            "× CPU",
            "10 times the votes",
            10.0,
            "at most 11 ×",
            growth <= 11,
        ),
        Figure(
            TOPIC,
            "1,000,000 × 1,000: planted groups found",
            found,
            "ARI",
            "the planted groups",
            None,
            "at least 0.93",
            found >= 0.93,
        ),
    ]
