"""What a sharp promise needs, one gap at a time."""

from __future__ import annotations

from dataclasses import replace

import pytest

from loftet.domain.promises.content import PromiseText, words_of
from loftet.domain.promises.sharpness import sharpness


@pytest.fixture
def words(ready_promise) -> PromiseText:
    return words_of(ready_promise(is_signed=False, is_proposed=False))


def fields(words: PromiseText) -> set[str]:
    return {gap.field.partition(":")[0] for gap in sharpness(words).gaps}


def first_measure(words: PromiseText, **changed) -> PromiseText:
    return replace(words, measures=(replace(words.measures[0], **changed), *words.measures[1:]))


def only_target(words: PromiseText, **series) -> PromiseText:
    target = words.targets[0]
    return replace(words, targets=(replace(target, series=replace(target.series, **series)),))


def test_the_casts_promise_is_sharp(words):
    assert sharpness(words).is_sharp, sharpness(words).gaps
    assert sharpness(words).label == "Skarpt löfte"


@pytest.mark.parametrize(
    ("blunt", "gap"),
    [
        (lambda w: replace(w, problem=replace(w.problem, where="")), "problem"),
        (lambda w: replace(w, problem=replace(w.problem, sources=())), "problem"),
        (
            lambda w: replace(
                w, problem=replace(w.problem, sources=tuple(replace(s, kind="statistics") for s in w.problem.sources))
            ),
            "no_dialogue_reason",
        ),
        (lambda w: replace(w, measures=()), "measures"),
        (lambda w: replace(w, measures=w.measures[:1]), "one_party_reason"),
        (lambda w: first_measure(w, amount=None, deliverable=""), "measure"),
        (lambda w: first_measure(w, parties=()), "measure"),
        (lambda w: first_measure(w, kind="work_for", depends_on=""), "measure"),
        (lambda w: replace(w, targets=()), "targets"),
        (lambda w: only_target(w, nature="output"), "targets"),
        (lambda w: only_target(w, enforcement_driven=True), "targets"),
    ],
)
def test_each_thing_that_is_missing_makes_it_an_ambition_and_says_so(words, blunt, gap):
    judged = sharpness(blunt(words))
    assert gap in fields(blunt(words))
    assert judged.label == "Ambition"
    assert all(found.sentence.endswith(".") for found in judged.gaps)


@pytest.mark.parametrize(
    ("reasoned", "gap"),
    [
        (
            lambda w: replace(w, measures=w.measures[:1], one_party_reason="Polisen deltar i en annan insats."),
            "one_party_reason",
        ),
        (lambda w: replace(w, targets=(), no_target_reason="Platsen är för liten för en mätning."), "targets"),
    ],
)
def test_a_published_reason_stands_in_for_what_is_missing(words, reasoned, gap):
    assert gap not in fields(reasoned(words))


def test_working_for_what_another_decides_is_sharp_when_it_says_who(words):
    assert sharpness(first_measure(words, kind="work_for", depends_on="Trafikverket")).is_sharp
