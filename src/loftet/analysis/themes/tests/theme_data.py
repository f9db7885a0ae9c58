"""Texts that the tests of themes share: made up from a few subjects, and those in the repository."""

from __future__ import annotations

import csv
import gzip
from collections import Counter
from pathlib import Path

import numpy as np

FOLDER = next(p for p in Path(__file__).parents if (p / "pyproject.toml").exists()) / "tests" / "data" / "swedish"

SUBJECTS = {
    "ljus": "belysning lyktor mörkt gatlyktor gångtunnel lampan trasig mörka gångväg lyser lyktstolpe svag skugga",
    "trafik": "bilar fart hastighet kör bilister farthinder skolgatan mopeder övergångsställe bilen buss korsning",
    "unga": "ungdomar fritidsgård skolan tonåringar fritid ungdomarna lärare mobbning ungdom lov läxor idrott fotboll",
    "skräp": "skräp papperskorgar nedskräpning klotter glas soptunnor städning skräpet klottret flaskor sopor fimpar",
}
FILLER = ("jag", "tycker", "att", "det", "är", "så", "man", "borde", "göra", "något", "åt", "vill", "inte", "ha")


def made_up(n: int, *, subjects: int = 4, seed: int = 1, mixed: bool = False) -> tuple[dict[int, str], np.ndarray]:
    """n texts of four to eight words about one subject each (or, mixed, about all at once), and which."""
    rng = np.random.Generator(np.random.PCG64(seed))
    names = list(SUBJECTS)[:subjects]
    pools = [SUBJECTS[name].split() for name in names]
    everything = [word for pool in pools for word in pool]
    labels = rng.integers(0, subjects, size=n)
    texts = {}
    for i, label in enumerate(labels):
        pool = everything if mixed else pools[label]
        words = list(rng.choice(pool, size=int(rng.integers(4, 9)))) + list(rng.choice(FILLER, size=3))
        texts[i] = " ".join(rng.permutation(words))
    return texts, labels


def rows_of(name: str) -> list[dict[str, str]]:
    """The rows of a file in the folder of Swedish texts."""
    path = FOLDER / name
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def argumentation() -> tuple[list[str], list[str]]:
    """5,265 sentences, and the topic of each (6)."""
    rows = rows_of("argumentation_sentences.csv.gz")
    return [row["sentence"] for row in rows], [row["topic"] for row in rows]


def faq() -> tuple[list[str], list[str]]:
    """178 questions, and the category of each (the 12 that have eight or more)."""
    rows = rows_of("swefaq_questions.csv.gz")
    large = {name for name, n in Counter(row["category"] for row in rows).items() if n >= 8}
    rows = [row for row in rows if row["category"] in large]
    return [row["question"] for row in rows], [row["category"] for row in rows]
