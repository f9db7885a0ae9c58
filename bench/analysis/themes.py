"""Themes held against the best recipe known to us that needs no language model, on texts that people have sorted.

The rival is built here of scikit-learn and simplemma: dictionary forms and character 4–6-grams (char_wb), stop words
left out of both, sublinear TF-IDF, terms in five texts (two for the small set), NMF from NNDSVD, the largest factor of
each row. It is given the same stop words as ours, which it would not have by itself: they alone take it from about
0.70 to 0.80 on the argumentation set. Both know the number of themes here; only ours can find it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from statistics import mean
from time import process_time

import numpy as np
import simplemma
import sklearn
from bench.analysis.figures import Figure
from scipy import sparse
from sklearn.decomposition import NMF
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score
from sklearn.preprocessing import normalize

from loftet.analysis.themes import StatementIndex, find_themes
from loftet.analysis.themes.stop_words import STOP_WORDS
from loftet.analysis.themes.tests.theme_data import argumentation, faq, rows_of

SAMPLES = 20
SAMPLE_SHARE = 0.9
TOPICS = 6
STATEMENTS = 5_000
RIVAL = f"scikit-learn {sklearn.__version__} NMF + simplemma, the same stop words"
_WORD = re.compile(r"[^\W\d_]{2,}")
_lemmas: dict[str, str] = {}
Labels = Sequence[int]


def rival_labels(texts: Sequence[str], k: int, min_df: int) -> Labels:
    """Themes by the rival's recipe."""
    words = [[w for w in _WORD.findall(text.lower()) if w not in STOP_WORDS] for text in texts]
    lemmas = [[_lemma(word) for word in each] for each in words]
    of_lemmas = TfidfVectorizer(analyzer=_as_given, sublinear_tf=True, min_df=min_df).fit_transform(lemmas)
    of_grams = TfidfVectorizer(analyzer="char_wb", ngram_range=(4, 6), sublinear_tf=True, min_df=min_df)
    matrix = sparse.hstack([of_lemmas, of_grams.fit_transform([" ".join(each) for each in words])]).tocsr()
    factors = NMF(k, init="nndsvd", random_state=0, max_iter=400).fit_transform(matrix)
    return normalize(factors, norm="l1").argmax(axis=1)


def our_labels(texts: Sequence[str], k: int) -> Labels:
    """Themes by ours, texts of "other" in their nearest theme: the rival forces every text into one."""
    return find_themes(dict(enumerate(texts)), n_themes=k).nearest


def measure() -> list[Figure]:
    """All figures of this topic. Takes about four minutes."""
    sentences, topics = argumentation()
    samples = [_sample(sentences, topics, seed) for seed in range(SAMPLES)]
    our_labels(sentences[:500], TOPICS), rival_labels(sentences[:500], TOPICS, 5)  # both lexicons are loaded now
    ours = [_judged(lambda t: our_labels(t, TOPICS), *sample) for sample in samples]
    theirs = [_judged(lambda t: rival_labels(t, TOPICS, 5), *sample) for sample in samples]
    numbers, cpu_of_numbers = _numbers([texts for texts, _ in samples])
    off = max(abs(number - TOPICS) for number in numbers)
    what = f"argumentation sentences, mean of {SAMPLES} samples of 90 %"
    questions, categories = faq()
    (our_faq, our_nmi, _), (their_faq, their_nmi, _) = (
        _judged(lambda t: our_labels(t, 12), questions, categories),
        _judged(lambda t: rival_labels(t, 12, 2), questions, categories),
    )
    our_cpu, their_cpu = mean(x[2] for x in ours), mean(x[2] for x in theirs)
    our_ari, their_ari = mean(x[0] for x in ours), mean(x[0] for x in theirs)
    our_nmi_arg, their_nmi_arg = mean(x[1] for x in ours), mean(x[1] for x in theirs)
    return [
        _at_least("agreement with six topics, " + what, our_ari, "ARI", their_ari),
        _at_least("information shared with six topics, " + what, our_nmi_arg, "NMI", their_nmi_arg),
        _at_most("themes of 4,738 sentences, words, voices and stability of each included", our_cpu, their_cpu),
        _limit(f"number of themes, furthest from 6 in {SAMPLES} samples", off, "themes", "two either side", 2),
        _limit("the same with the number of themes found", cpu_of_numbers, "s CPU", "a limit of ten seconds", 10.0),
        _at_least("agreement with 12 categories of 178 FAQ questions", our_faq, "ARI", their_faq),
        _at_least("information shared with 12 categories of 178 FAQ questions", our_nmi, "NMI", their_nmi),
        *near_duplicates(sentences),
    ]


def near_duplicates(sentences: Sequence[str]) -> list[Figure]:
    """What hints while someone writes cost, and how right they are on the half of the pairs not used to choose."""
    index = StatementIndex.of(dict(enumerate(sentences[:STATEMENTS])))
    pairs = rows_of("statement_pairs.csv")
    slowest = max(_cpu(lambda text=pair["one"]: index.near(text)) for pair in pairs)
    hinted = [p for p in pairs[1::2] if StatementIndex.of({1: p["one"]}).near(p["other"])]
    right = sum(p["same"] == "1" for p in hinted)
    same = sum(p["same"] == "1" for p in pairs[1::2])
    return [
        _limit(f"slowest question to an index of {STATEMENTS:,}", 1e3 * slowest, "ms CPU", "a limit of 20 ms", 20.0),
        _limit("wrong among hints, odd half of the labelled pairs", 1 - right / len(hinted), "share", "a fifth", 0.2),
        _limit("not hinted at among the same, odd half", 1 - right / same, "share", "two fifths", 0.4),
    ]


def _lemma(word: str) -> str:
    if word not in _lemmas:
        _lemmas[word] = simplemma.lemmatize(word, lang="sv").lower()
    return _lemmas[word]


def _as_given(words: list[str]) -> list[str]:
    return words


def _sample(texts: Sequence[str], labels: Sequence[str], seed: int) -> tuple[list[str], list[str]]:
    rows = np.random.Generator(np.random.PCG64(seed)).permutation(len(texts))[: int(SAMPLE_SHARE * len(texts))]
    return [texts[i] for i in rows], [labels[i] for i in rows]


def _judged(find: Callable[[Sequence[str]], Labels], texts: Sequence[str], labels: Sequence[str]) -> tuple[float, ...]:
    """ARI, NMI and CPU seconds."""
    began = process_time()
    found = find(texts)
    cpu = process_time() - began
    return adjusted_rand_score(labels, found), normalized_mutual_info_score(labels, found), cpu


def _numbers(samples: Sequence[Sequence[str]]) -> tuple[list[int], float]:
    """The number of themes found in each sample (0 for none), and the mean CPU seconds of finding it."""
    numbers, seconds = [], []
    for texts in samples:
        began = process_time()
        numbers.append(len(find_themes(dict(enumerate(texts))).themes))
        seconds.append(process_time() - began)
    return numbers, mean(seconds)


def _cpu(call: Callable[[], object]) -> float:
    began = process_time()
    call()
    return process_time() - began


def _at_least(what: str, ours: float, unit: str, theirs: float) -> Figure:
    return Figure("themes", what, ours, unit, RIVAL, theirs, "not below", ours >= theirs)


def _at_most(what: str, ours: float, theirs: float) -> Figure:
    return Figure("themes", what, ours, "s CPU", RIVAL, theirs, "at most twice", ours <= 2 * theirs)


def _limit(what: str, ours: float, unit: str, against: str, limit: float) -> Figure:
    return Figure("themes", what, ours, unit, against, limit, "at most", ours <= limit)
