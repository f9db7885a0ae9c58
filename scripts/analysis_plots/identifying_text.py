"""How much of each kind the guard for identifying text finds on the sentences set aside, and how sure that is."""

from __future__ import annotations

import json
from math import sqrt
from pathlib import Path

from matplotlib.figure import Figure

from loftet.analysis.identifying_text import find_identifying
from loftet.analysis.identifying_text.grading import Labelled, grade, is_set_aside

DATA = Path(__file__).parents[2] / "tests" / "data" / "identifying_text"
NAMES = {
    "national_id": "personal number",
    "phone": "phone",
    "email": "e-mail",
    "plate": "plate",
    "name": "name",
    "accusation": "accusation",
    "address": "address",
    "handle": "handle",
    "link": "link",
}
BARS = {"national_id": 0.95, "phone": 0.95, "email": 0.95, "plate": 0.95, "name": 0.85}
INK, ACCENT, LIMIT = "#5b6470", "#0b5c6b", "#a3261f"


def draw(figure: Figure) -> None:
    """A point for each kind with its 95 % interval (Wilson), the bar beside it, and the counts in the label."""
    axes = figure.subplots()
    graded = grade(_set_aside(), find_identifying)
    for row, kind in enumerate(NAMES):
        one = next(each for each in graded.kinds if each.kind == kind)
        low, high = wilson(one.found, one.labels)
        axes.plot([low, high], [row, row], color=INK, linewidth=2, solid_capstyle="round")
        axes.plot(one.recall, row, "o", color=ACCENT, markersize=7)
        if kind in BARS:
            axes.plot([BARS[kind]] * 2, [row - 0.3, row + 0.3], color=LIMIT, linewidth=1.5)
        axes.text(1.02, row, f"{one.found} of {one.labels}", va="center", color=INK)
    stopped = f"{len(graded.stopped)} of {graded.harmless} harmless sentences stopped"
    axes.set(yticks=range(len(NAMES)), yticklabels=NAMES.values(), xlim=(0.4, 1.14), xlabel=f"share found · {stopped}")
    axes.set_xticks([0.4, 0.6, 0.8, 1.0])
    axes.invert_yaxis()


def wilson(found: int, of: int, z: float = 1.96) -> tuple[float, float]:
    """The score interval for a share (Wilson 1927)."""
    share = found / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z / (1 + z * z / of) * sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return middle - half, middle + half


def _set_aside() -> list[Labelled]:
    kept: list[Labelled] = []
    for file in ("sentences.jsonl", "second.jsonl"):
        for line in (DATA / file).read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if file == "second.jsonl" or is_set_aside(row["text"]):
                kept.append(Labelled(row["text"], tuple((start, end, kind) for start, end, kind in row["spans"])))
    return kept
