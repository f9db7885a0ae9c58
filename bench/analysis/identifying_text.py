"""The guard for identifying text: what it finds and whom it stops, on the sentences set aside, and what it costs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from time import process_time

from bench.analysis.figures import Figure

from loftet.analysis.identifying_text import Kind, find_identifying
from loftet.analysis.identifying_text.grading import Grades, Labelled, grade, is_set_aside

TOPIC = "identifying text"
DATA = Path(__file__).parents[2] / "tests" / "data" / "identifying_text"
NUMBERS: tuple[Kind, ...] = ("national_id", "phone", "email", "plate")
REST: tuple[Kind, ...] = ("address", "handle", "link", "accusation")


def sentences(name: str) -> Iterator[Labelled]:
    """The labelled sentences of a file."""
    for line in (DATA / name).read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield Labelled(row["text"], tuple((start, end, kind) for start, end, kind in row["spans"]))


def set_aside() -> list[Labelled]:
    """The third of the first batch, and the whole second batch."""
    first = [sentence for sentence in sentences("sentences.jsonl") if is_set_aside(sentence.text)]
    return [*first, *sentences("second.jsonl")]


def measure() -> list[Figure]:
    """Recall by kind, the share of harmless sentences that are stopped, and the time for a large dialogue."""
    graded = grade(set_aside(), find_identifying)
    return [
        *(_recall(graded, kind, 0.95) for kind in NUMBERS),
        _recall(graded, "name", 0.85),
        *(_recall(graded, kind, None) for kind in REST),
        _precision(graded),
        _stopped(graded),
        *_time(),
    ]


def _recall(graded: Grades, kind: Kind, bar: float | None) -> Figure:
    one = graded.of(kind)
    ours = one.recall or 0.0
    what = f"{kind}: found of {one.labels} set aside"
    if bar is None:
        return Figure(TOPIC, what, ours, "share", "no limit", None, "told, no bar", holds=True)
    return Figure(TOPIC, what, ours, "share", "limit", bar, f"at least {bar:.0%}", ours >= bar)


def _precision(graded: Grades) -> Figure:
    hits, right = (sum(getattr(one, count) for one in graded.kinds) for count in ("hits", "right"))
    what = f"all kinds: right of {hits} hits"
    return Figure(TOPIC, what, right / hits, "share", "limit", 0.9, "at least 90%", right >= 0.9 * hits)


def _stopped(graded: Grades) -> Figure:
    ours = len(graded.stopped) / graded.harmless
    what = f"harmless sentences stopped, of {graded.harmless} set aside"
    return Figure(TOPIC, what, ours, "share", "limit", 0.05, "at most 5%", ours <= 0.05)


def _time() -> Iterator[Figure]:
    """Statements of residents, and a hostile text that is ten times as long as another."""
    texts = [sentence.text for sentence in sentences("sentences.jsonl")]
    find_identifying(texts[0])
    start = process_time()
    for k in range(10_000):
        find_identifying(texts[k % len(texts)])
    spent = process_time() - start
    yield Figure(TOPIC, "10,000 statements read", spent, "s CPU", "limit", 10.0, "at most 10 s", spent <= 10)
    hostile = "min granne Anna von Karlsson säljer en 070-17 han på Storgatan "
    once, tenfold = (min(_spent(hostile * n) for _ in range(5)) for n in (40, 400))
    ratio = tenfold / once
    yield Figure(TOPIC, "ten times the text", ratio, "times", "limit", 15.0, "at most 15 times the time", ratio <= 15)


def _spent(text: str) -> float:
    start = process_time()
    find_identifying(text)
    return process_time() - start
