"""How much memory one analysis takes above its loaded input: `python -m bench.analysis.memory ours|rival FILE`.

A process of its own, so that nothing else is held. Prints megabytes: with the input loaded, and at most while working,
looked at every other millisecond.
"""

from __future__ import annotations

import gc
import sys
import threading
import warnings
from collections.abc import Callable
from pathlib import Path

import numpy as np

PAGE = 4096


def held() -> float:
    """What this process holds now, in MB."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * PAGE / 1e6


def watched(work: Callable[[], object]) -> tuple[float, float]:
    """MB before, and at most while it worked."""
    gc.collect()
    before = most = held()
    done = threading.Event()

    def watch() -> None:
        nonlocal most
        while not done.wait(0.002):
            most = max(most, held())

    watcher = threading.Thread(target=watch)
    watcher.start()
    work()
    done.set()
    watcher.join()
    return before, most


def ours(people, statements, votes) -> tuple[float, float]:
    """Our own analysis, without the parts that measure stability."""
    from loftet.analysis.opinion import analyse_opinions
    from loftet.analysis.opinion_result import OpinionParameters
    from loftet.analysis.votes import VoteMatrix

    for array in (people, statements, votes):
        array.setflags(write=False)
    parameters = OpinionParameters(parts=0)
    return watched(lambda: analyse_opinions(VoteMatrix.from_arrays(people, statements, votes), parameters=parameters))


def rival(people, statements, votes) -> tuple[float, float]:
    """red-dwarf's, with its input as it wants it."""
    from reddwarf.implementations.polis import run_pipeline

    rows = [
        {"participant_id": person, "statement_id": statement, "vote": vote, "modified": 0}
        for person, statement, vote in zip(people.tolist(), statements.tolist(), votes.tolist(), strict=True)
    ]
    return watched(lambda: run_pipeline(votes=rows))


if __name__ == "__main__":
    warnings.simplefilter("ignore")  # the rival's
    with np.load(sys.argv[2]) as file:
        given = file["participants"], file["statements"], file["votes"]
    print(*{"ours": ours, "rival": rival}[sys.argv[1]](*given))
