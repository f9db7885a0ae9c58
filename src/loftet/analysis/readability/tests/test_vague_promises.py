"""Vague words are found in their forms and orders, and not where the sentence is sharp."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loftet.analysis.readability import PHRASES, facts_in, find_vague, measure_readability

VAGUE = [
    ("Vi ska verka för en tryggare stad.", "verka för", "what"),
    ("Under året verkar vi för fler i grannsamverkan.", "verkar vi för", "what"),
    ("Polisen arbetar aktivt med frågan.", "arbetar aktivt med", "what"),
    ("Polisen ska arbeta mot öppen droghandel.", "arbeta mot", "what"),
    ("Vi ska sträva efter korta svarstider.", "sträva efter", "what"),
    ("Kommunen strävar alltid efter snabba svar.", "strävar alltid efter", "what"),
    ("Vi samverkar kring unga i riskzon.", "samverkar kring", "what"),
    ("Kommunen ska se över belysningen.", "se över", "what"),
    ("Därefter ser kommunen över gångvägarna.", "ser kommunen över", "what"),
    ("Gemensam översyn av trafikmiljön", "översyn", "what"),
    ("Riktade insatser mot narkotika", "Riktade insatser", "what"),
    ("Insatser mot buskörning", "Insatser mot", "what"),
    ("Vi prioriterar unga.", "prioriterar", "what"),
    ("Fokus ligger på centrum.", "Fokus ligger på", "what"),
    ("Trygghetsskapande arbete i centrum", "Trygghetsskapande arbete", "what"),
    ("Utveckla samverkansformer", "Utveckla samverkansformer", "what"),
    ("Vi bidrar också till lugn.", "bidrar också till", "what"),
    ("Vi öka tryggheten på torget.", "öka tryggheten", "how much"),
    ("Tryggheten på torget ska öka.", "öka", "how much"),
    ("Ökad polisnärvaro på utvalda platser", "Ökad", "how much"),
    ("Vi minskar skadegörelsen.", "minskar skadegörelsen", "how much"),
    ("Belysningen förbättras.", "förbättras", "how much"),
    ("Fler patruller på kvällen", "Fler patruller", "how much"),
    ("Hög närvaro i centrum", "Hög närvaro", "how much"),
    ("Polisen gör ett flertal kontroller.", "ett flertal", "how much"),
    ("Polisen besöker torget regelbundet.", "regelbundet", "when"),
    ("Regelbunden närvaro i centrum", "Regelbunden", "when"),
    ("Vi följer upp löpande.", "löpande", "when"),
    ("Kameran flyttas vid behov.", "vid behov", "when"),
    ("Häcken klipps så snart det är möjligt.", "så snart det är möjligt", "when"),
    ("På sikt byts lamporna.", "På sikt", "when"),
    ("Lamporna byts om möjligt före jul.", "om möjligt", "what"),
    ("Vi svarar så långt det är möjligt.", "så långt det är möjligt", "what"),
    ("Patruller går i mån av resurser.", "i mån av resurser", "what"),
    ("Ambitionen är två patruller.", "Ambitionen är", "what"),
    ("Kommunen avser att byta lampor.", "avser att", "what"),
    ("Berörda aktörer träffas.", "Berörda aktörer", "who"),
    ("Man ska kunna ringa hit.", "Man ska", "who"),
]
SHARP = [
    "Polisen går två fotpatruller på torget varje fredag kl. 20–23.",
    "Polisen besöker torget regelbundet, varje fredag.",
    "Kommunen byter 40 lampor på gångvägen före den 1 oktober 2026.",
    "Andelen som känner sig trygga ska öka från 52 till 60 procent.",
    "Kommunen ökar antalet lampor från 12 till 40.",
    "Gatukontoret ser över alla 120 lampor i parken varje månad.",
    "Polisen arbetar mot langning med tre kontroller i veckan.",
    "Vid behov, dock minst en gång i månaden, flyttas kameran.",
    "Vi samverkar i ett möte varje måndag med minst fyra skolor.",
    "Trygghetsvandring varje kvartal.",
    "Fältassistenterna är ute fredag och lördag till klockan ett.",
    "Skolan stänger grinden.",
    "Arbetsgivaren betalar.",
    "Verksamheten flyttar till nya lokaler.",
    "Fel rättas inom två dagar.",
    "",
]


@pytest.mark.parametrize(("text", "words", "missing"), VAGUE, ids=[text for text, _, _ in VAGUE])
def test_vague_words_are_found(text: str, words: str, missing: str) -> None:
    first = find_vague(text)[0]
    assert first.missing == missing
    assert text[first.start : first.end] == words
    assert first.suggestion.startswith(("Skriv", "Stryk"))


@pytest.mark.parametrize("text", SHARP)
def test_sharp_words_are_left_alone(text: str) -> None:
    assert [text[v.start : v.end] for v in find_vague(text)] == []


def test_a_way_out_is_vague_beside_any_fact() -> None:
    text = "Om möjligt går polisen två patruller varje fredag under 2026."
    assert [text[v.start : v.end] for v in find_vague(text)] == ["Om möjligt"]


def test_a_fact_helps_its_own_sentence_only() -> None:
    text = "Polisen besöker torget regelbundet. Varje fredag är det marknad."
    assert [text[v.start : v.end] for v in find_vague(text)] == ["regelbundet"]


def test_the_longest_of_two_that_overlap_is_told() -> None:
    text = "Vi ska öka tryggheten."
    assert [text[v.start : v.end] for v in find_vague(text)] == ["öka tryggheten"]


FACTS = [
    ("Polisen svarar.", {"who"}),
    ("Gatukontoret svarar.", {"who"}),
    ("Vi svarar på måndagar.", {"when"}),
    ("Vi svarar två gånger per månad.", {"when", "how much", "what"}),
    ("Det gäller 2026.", {"when"}),
    ("Den 3 maj kl. 18.30.", {"when"}),
    ("Minst en bänk ställs dit.", {"how much"}),
    ("En bänk ställs dit.", set()),
    ("Högst 15 procent.", {"how much"}),
    ("Linje 4 och väg 26.", set()),
    ("3 000 lampor byts.", {"how much"}),
]


@pytest.mark.parametrize(("text", "facts"), FACTS, ids=[text for text, _ in FACTS])
def test_facts(text: str, facts: set[str]) -> None:
    assert facts_in(text) == facts


def test_the_phrases_are_many_and_each_finds_itself() -> None:
    assert len(PHRASES) >= 60
    assert len({phrase.written for phrase in PHRASES}) == len(PHRASES)
    assert {phrase.missing for phrase in PHRASES} == {"who", "what", "when", "how much"}
    for phrase in PHRASES:
        words = " ".join(part.split("|")[0].rstrip("*") for part in phrase.written.split() if part != "_")
        assert re.search(phrase.pattern(), words, re.I), phrase.written
        assert find_vague(f"Så {words} vi."), phrase.written


def test_the_suggestions_are_plain() -> None:
    advice = " ".join(sorted({phrase.suggestion for phrase in PHRASES}))
    found = measure_readability(advice)
    assert found.is_enough
    assert found.lix is not None
    assert found.lix <= 40
    assert '"' not in advice


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(["regelbundet", "verka", "vi", "för", "om", "möjligt", "2", "varje", "fredag", ".", "\n"]))
)
def test_what_is_found_lies_in_the_text_in_order(words: list[str]) -> None:
    text = " ".join(words)
    found = find_vague(text)
    assert all(0 <= v.start < v.end <= len(text) for v in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize(
    ("sentence", "facts"),
    [
        ("Hälften av lamporna byts", {"how much"}),
        ("En fjärdedel av lamporna byts", {"how much"}),
        ("Vi städar var fjortonde dag", {"when"}),
        ("Vi städar en park", set()),
    ],
)
def test_parts_are_amounts_and_every_fortnight_is_a_time(sentence: str, facts: set[str]) -> None:
    assert facts_in(sentence) == facts
