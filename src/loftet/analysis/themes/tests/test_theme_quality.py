"""How well themes meet what people have sorted by hand."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.decomposition import NMF
from sklearn.metrics import adjusted_rand_score

from loftet.analysis.themes import find_themes
from loftet.analysis.themes.tests.theme_data import argumentation, faq
from loftet.analysis.themes.vectors import Lexicon, count_words, text_vectors


@pytest.mark.long
def test_argument_topics_are_found_as_well_as_by_the_reference_factors() -> None:
    """Two samples of 1,200 sentences on six topics; the reference: scikit-learn's NMF on the same vectors."""
    sentences, topics = argumentation()
    ours, theirs, numbers = [], [], []
    for seed in range(2):
        rows = np.random.Generator(np.random.PCG64(seed)).permutation(len(sentences))[:1200]
        texts, labels = [sentences[i] for i in rows], [topics[i] for i in rows]
        counts = count_words(texts)
        matrix = text_vectors(counts, Lexicon.of(counts.words), 2).matrix
        ours.append(adjusted_rand_score(labels, find_themes(dict(enumerate(texts)), n_themes=6).nearest))
        theirs.append(adjusted_rand_score(labels, NMF(6, init="nndsvd").fit_transform(matrix).argmax(axis=1)))
        number = find_themes(dict(enumerate(texts))).number
        numbers.append(number.chosen if number else None)
    assert np.mean(ours) >= np.mean(theirs)
    assert np.mean(ours) > 0.7
    assert all(k is not None and 4 <= k <= 8 for k in numbers)


def test_questions_to_authorities_fall_into_themes_that_resemble_their_categories() -> None:
    questions, categories = faq()
    found = find_themes(dict(enumerate(questions)), n_themes=12)
    assert adjusted_rand_score(categories, found.nearest) > 0.45
    names = " ".join(theme.name for theme in found.themes)
    assert all(word in names for word in ("journal", "vaccin", "röken", "Sahlgrenska"))
