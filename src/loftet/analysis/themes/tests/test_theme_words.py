"""Words that carry a subject: what is taken from a text, in which form, and how it is weighed."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer

from loftet.analysis.themes.reading import telling_words
from loftet.analysis.themes.stop_words import NEGATIONS, STOP_WORDS
from loftet.analysis.themes.tests.theme_data import faq, made_up
from loftet.analysis.themes.vectors import Lexicon, common_terms, count_words, grams_of, text_vectors, tf_idf, unit_rows
from loftet.analysis.themes.words import lemma_of, plain, spelt_words, words_of

TEXTS = faq()[0][:60] + list(made_up(20)[0].values())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ()),
        ("123 … !!! 😀 12:30", ()),
        ("Jag tycker att det är så", ()),
        ("Mörkt\u00adare i GÅNGTUNNELN", ("mörktare", "gångtunneln")),
        ("A\u030angbåten o\u0308ver viken", ("ångbåten", "viken")),  # letters with combining signs
        ("a-traktorer, t-banan och e-post", ("a-traktorer", "t-banan", "e-post")),
        ("covid-19 på 2:an", ("covid", "an")),
        ("skolan är en skola", ("skolan", "skola")),
    ],
)
def test_words_of_a_text(text: str, words: tuple[str, ...]) -> None:
    assert words_of(text) == words


@given(st.text(max_size=60))
def test_any_text_gives_words_in_one_form(text: str) -> None:
    words = words_of(text)
    assert words_of(" ".join(words)) == words
    assert not set(words) & STOP_WORDS


@pytest.mark.parametrize(
    ("forms", "lemma"),
    [
        ("skolan skolor skolornas", "skola"),
        ("bussen bussar bussarna", "buss"),
        ("bostäder bostaden", "bostad"),
        ("mörkt mörka", "mörk"),
        ("körde kör kört", "köra"),
        ("lekplatsbelysningen lekplatsbelysning", "lekplatsbelysning"),
        ("gångtunnelbelysningen gångtunnelbelysning", "gångtunnelbelysning"),
        ("a-traktorerna a-traktor", "a-traktor"),
        ("äldre", "äldre"),
    ],
)
def test_forms_of_a_word_meet(forms: str, lemma: str) -> None:
    assert {lemma_of(form) for form in forms.split()} == {lemma}


def test_stop_words_are_words_and_leave_the_subjects_of_dialogues_alone() -> None:
    assert all(re.fullmatch(r"[^\W\d_]+", word) and word == plain(word) for word in STOP_WORDS)
    assert len(STOP_WORDS) > 400
    subjects = "skola skolan trygg otrygg säker säkert natt kväll morgon barn äldre ungdomar polis hjälp stöd hem gata"
    assert STOP_WORDS & set(subjects.split()) <= {"hem"}
    assert {"inte", "aldrig", "ingen"} <= NEGATIONS & STOP_WORDS


def test_n_grams_equal_the_reference_tfidf_vectorizer() -> None:
    """scikit-learn's TfidfVectorizer(analyzer="char_wb", ngram_range=(4, 6), sublinear_tf=True)."""
    joined = [" ".join(words_of(text)) for text in TEXTS]
    counts = count_words(TEXTS)
    grams = Lexicon.of(counts.words).grams
    for least in (1, 3):
        reference = TfidfVectorizer(analyzer="char_wb", ngram_range=(4, 6), sublinear_tf=True, min_df=least)
        expected = reference.fit_transform(joined)
        matrix, kept = common_terms(tf_idf(grams.counted(counts)), least)
        matrix = unit_rows(matrix)
        assert [grams.terms[i] for i in kept] == reference.get_feature_names_out().tolist()
        np.testing.assert_allclose(matrix.toarray(), expected.toarray(), atol=1e-12)


def test_dictionary_forms_equal_the_reference_tfidf_vectorizer() -> None:
    """scikit-learn's TfidfVectorizer over the same dictionary forms."""
    reference = TfidfVectorizer(analyzer=lambda text: [lemma_of(w) for w in words_of(text)], sublinear_tf=True)
    expected = reference.fit_transform(TEXTS)
    counts = count_words(TEXTS)
    lexicon = Lexicon.of(counts.words)
    matrix = tf_idf(lexicon.lemmas.counted(counts))
    assert list(lexicon.lemmas.terms) == reference.get_feature_names_out().tolist()
    np.testing.assert_allclose(matrix.toarray(), expected.toarray(), atol=1e-12)
    both = text_vectors(counts, lexicon).matrix
    np.testing.assert_allclose(both[:, : matrix.shape[1]].toarray(), expected.toarray(), atol=1e-12)


@given(st.text(alphabet="abcåäö", min_size=1, max_size=12))
def test_n_grams_of_a_word_are_pieces_of_it_between_blanks(word: str) -> None:
    grams = grams_of(word)
    assert all(gram in f" {word} " for gram in grams)
    assert grams
    assert {len(gram) for gram in grams} <= {3, 4, 5, 6}


def test_weighing_leaves_its_argument_alone_and_takes_empty_texts() -> None:
    counts = sparse.csr_array(np.array([[0, 2], [0, 0]]))
    before = counts.toarray()
    weighted, kept = common_terms(tf_idf(counts), 1)
    np.testing.assert_array_equal(counts.toarray(), before)
    assert (weighted.toarray().tolist(), kept.tolist()) == ([[1.0], [0.0]], [1])
    empty = count_words([])
    assert text_vectors(empty, Lexicon.of(empty.words)).matrix.shape == (0, 0)


def test_words_are_shown_as_people_write_them() -> None:
    """Whole words in their commonest form; a name keeps its capital, the first word of a sentence does not."""
    texts = [
        "Lyktor i Mora lyser",
        "Lyktorna i Mora är trasiga. Lyktor behövs",
        "Mora: fler lyktor",
        "Bussen",
        "Bussen",
    ]
    counts = count_words(texts)
    lemmas = Lexicon.of(counts.words).lemmas
    (first, second), had = telling_words(texts, counts, lemmas, np.array([0, 0, 0, 1, 1]), 2)
    assert [(w.word, w.n_texts, w.n_elsewhere) for w in first] == [("lyktor", 3, 0), ("Mora", 3, 0)]
    assert [w.word for w in second] == ["bussen"]
    assert had.tolist() == [[2, 0], [2, 0], [2, 0], [0, 1], [0, 1]]
    assert telling_words(texts, counts, lemmas, np.full(5, -1), 1)[0] == [()]


def test_capitals_of_a_text_that_shouts_are_not_shown() -> None:
    assert spelt_words("DET ÄR MÖRKT I MORA!") == [("mörkt", False), ("mora", False)]
    assert spelt_words("BUP i Mora") == [("BUP", True), ("Mora", False)]
