"""How well the guard does on sentences that somebody has labelled: precision and recall by kind, and who is stopped."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import get_args

from loftet.analysis.identifying_text.hits import Hit, Kind

_SEED = "loftet: identifying text, set aside"


@dataclass(frozen=True, slots=True)
class Labelled:
    """A sentence and what a reader says is in it, as (start, end, kind). Without spans it is harmless."""

    text: str
    spans: tuple[tuple[int, int, Kind], ...]


@dataclass(frozen=True, slots=True)
class KindGrade:
    """For one kind: how many labels there are and how many were found, how many hits there are and how many are right.

    `covered` counts the labels of which every character was found.
    """

    kind: Kind
    labels: int
    found: int
    covered: int
    hits: int
    right: int

    @property
    def recall(self) -> float | None:
        """The share of the labels that were found; None without labels."""
        return self.found / self.labels if self.labels else None

    @property
    def precision(self) -> float | None:
        """The share of the hits that are right; None without hits."""
        return self.right / self.hits if self.hits else None


@dataclass(frozen=True, slots=True)
class Grades:
    """The grades by kind; how many sentences are harmless and which were stopped; likewise what was let through."""

    sentences: int
    kinds: tuple[KindGrade, ...]
    harmless: int
    stopped: tuple[str, ...]
    identifying: int
    let_through: tuple[str, ...]

    def of(self, kind: Kind) -> KindGrade:
        """The grade of one kind.

        >>> grade([], lambda text: ()).of("name").labels
        0
        """
        return next(grade for grade in self.kinds if grade.kind == kind)


def grade(sentences: Iterable[Labelled], find: Callable[[str], Sequence[Hit]]) -> Grades:
    """Grade what `find` says of labelled sentences.

    A label is found, and a hit is right, when a label and a hit of the same kind share a character: what a sender sees
    is that the words are pointed at. Raises `ValueError` for a label outside its sentence.

    >>> from loftet.analysis.identifying_text import find_identifying
    >>> done = grade([Labelled("Ring Fatima!", ((5, 11, "name"),)), Labelled("Mer ljus.", ())], find_identifying)
    >>> done.of("name").recall, done.of("name").precision, done.stopped
    (1.0, 1.0, ())
    """
    read = [(sentence, tuple(find(sentence.text))) for sentence in sentences]
    for sentence, _ in read:
        if any(not 0 <= start < end <= len(sentence.text) for start, end, _ in sentence.spans):
            raise ValueError(f"A label lies outside its sentence: {sentence.text!r}")
    return Grades(
        sentences=len(read),
        kinds=tuple(_grade_kind(kind, read) for kind in get_args(Kind)),
        harmless=sum(not s.spans for s, _ in read),
        stopped=tuple(s.text for s, hits in read if hits and not s.spans),
        identifying=sum(bool(s.spans) for s, _ in read),
        let_through=tuple(s.text for s, hits in read if s.spans and not hits),
    )


def is_set_aside(text: str) -> bool:
    """Whether a sentence belongs to the third that rules are never tuned on: by a seeded hash of its words.

    >>> is_set_aside("Mer lampor."), is_set_aside("Mer ljus.")
    (True, False)
    """
    return int(hashlib.sha256(f"{_SEED}\n{text}".encode()).hexdigest(), 16) % 3 == 0


def _grade_kind(kind: Kind, read: Iterable[tuple[Labelled, tuple[Hit, ...]]]) -> KindGrade:
    labels = found = covered = hits = right = 0
    for sentence, all_hits in read:
        said = [(start, end) for start, end, labelled in sentence.spans if labelled == kind]
        seen = [(hit.start, hit.end) for hit in all_hits if hit.kind == kind]
        labels, hits = labels + len(said), hits + len(seen)
        found += sum(any(_meet(span, other) for other in seen) for span in said)
        right += sum(any(_meet(span, other) for other in said) for span in seen)
        marked = {place for hit in all_hits for place in range(hit.start, hit.end)}
        covered += sum(marked.issuperset(range(*span)) for span in said)
    return KindGrade(kind, labels, found, covered, hits, right)


def _meet(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]
