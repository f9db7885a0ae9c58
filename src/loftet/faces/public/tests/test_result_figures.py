"""A release in words and bars: only what it tells, and nothing twice."""

from __future__ import annotations

from types import SimpleNamespace

from loftet.faces.public.dialogues import presenters
from loftet.testing import factories

RESULT = "/provby/dialoger/trygg-i-centrum/resultat/"


def release(**figures) -> SimpleNamespace:
    """A release with six statements, of which the fifth may not be told."""
    shares = {1: (0.9, 0.05), 2: (0.3, 0.65), 3: (0.5, 0.45), 4: (0.7, 0.2), 6: (0.55, 0.4)}
    rows = [{"statement": n, "answered": 40, "agree": a, "disagree": d} for n, (a, d) in sorted(shares.items())]
    rows.insert(4, {"statement": 5, "answered": None, "agree": None, "disagree": None})
    whole = {
        "participants": 44,
        "votes": 200,
        "statements": 6,
        "per_statement": rows,
        "groups": [],
        "consensus": [],
        "divisive": [],
        "map": [],
        "message": "",
        "method": "opinion-1",
    }
    return SimpleNamespace(figures={**whole, **figures})


def asked() -> list[SimpleNamespace]:
    return [SimpleNamespace(number=n, voice=SimpleNamespace(text=f"Påstående {n}")) for n in range(1, 7)]


def in_groups() -> SimpleNamespace:
    def of_both(a, b):
        return [{"key": key, **told} for key, told in (("a", a), ("b", b))]

    hidden = {"share": None, "answered": None}
    typical = [
        {"statement": 3, "direction": "agree", "share": 0.9, "answered": 20},
        {"statement": 6, "direction": "disagree", "share": 0.8, "answered": 20},
    ]
    shared = of_both({"share": 0.95, "answered": 25}, {"share": 0.85, "answered": 15})
    parted = of_both({"share": 0.9, "answered": 20}, {"share": 0.1, "answered": 15})
    against = of_both({"share": 0.7, "answered": 25}, hidden)
    return release(
        groups=[
            {"key": "a", "label": "Grupp A", "size": 25, "representative": typical},
            {"key": "b", "label": "Grupp B", "size": None, "representative": []},
        ],
        consensus=[
            {"statement": 1, "direction": "agree", "share": 0.9, "answered": 40, "by_group": shared},
            {"statement": 2, "direction": "disagree", "share": 0.65, "answered": 40, "by_group": against},
        ],
        divisive=[{"statement": 3, "by_group": parted}, {"statement": 1, "by_group": shared}],
        map=[{"x": 0.0, "y": 0.0, "size": 20, "group": "a"}, {"x": 1.0, "y": 0.0, "size": 6, "group": None}],
    )


def told(row: presenters.Row) -> list[tuple[str, str, str]]:
    return [(share.who, share.share.replace("\u00a0", " "), share.answered) for share in row.shares]


def test_what_is_shared_shows_everyone_and_each_group_on_the_same_side():
    shown = presenters.result(in_groups(), asked())
    first, second = shown.consensus.first
    assert (first.text, first.side) == ("Påstående 1", "Håller med")
    assert told(first) == [("Alla", "90 %", "40"), ("Grupp A", "95 %", "25"), ("Grupp B", "85 %", "15")]
    assert second.side == "Håller inte med"
    assert told(second) == [("Alla", "65 %", "40"), ("Grupp A", "70 %", "25"), ("Grupp B", "för få svar", "")]


def test_a_hidden_share_has_no_bar_and_a_told_one_is_as_wide_as_it_says():
    rows = presenters.result(in_groups(), asked()).consensus.first
    assert 'class="fill" x="0" y="2" width="95.00%"' in rows[0].shares[1].bar
    assert rows[1].shares[2].bar == ""


def test_what_is_shared_is_not_told_again_among_what_divides():
    shown = presenters.result(in_groups(), asked())
    assert [row.number for row in shown.divisive.first] == [3]


def test_a_group_is_told_by_both_sides_and_a_small_one_without_its_size():
    first, second = presenters.result(in_groups(), asked()).groups
    assert [(side, [words for words, _ in rows]) for side, rows in first.sides] == [
        ("Håller med", ["Påstående 3"]),
        ("Håller inte med", ["Påstående 6"]),
    ]
    assert (second.size, second.sides) == ("För få för att visa antalet", ())


def test_without_groups_the_clear_and_the_even_are_parted():
    shown = presenters.result(release(message="För få svar för grupper."), asked())
    assert [(row.number, row.side) for row in shown.consensus.first] == [
        (1, "Håller med"),
        (4, "Håller med"),
        (2, "Håller inte med"),
    ]
    assert [row.number for row in shown.divisive.first] == [3, 6]
    assert (shown.groups, shown.chart) == ((), None)


def test_a_statement_that_few_answered_is_named_without_figures():
    assert presenters.result(release(), asked()).every[4] == (5, "Påstående 5", "för få", "visas inte", "visas inte")


def test_after_the_first_five_the_rest_are_folded_away():
    rows = [{"statement": n, "answered": 40, "agree": 0.9, "disagree": 0.0} for n in range(1, 8)]
    shown = presenters.result(release(per_statement=rows), asked())
    assert (len(shown.consensus.first), len(shown.consensus.rest)) == (5, 2)


def test_the_page_before_anything_is_released(open_dialogue, page):
    assert "Inget resultat är släppt än" in page(RESULT).text


def test_the_page_says_how_sure_it_is_and_who_lives_there(cast, open_dialogue, page):
    factories.make_release(cast, open_dialogue)
    text = page(RESULT).text
    assert "20 personer svarade. I Provby bor 12 300" in text.replace("\u00a0", " ")
    assert "Alla som ville fick svara." in text
    assert "resultatet kan ändras" in text


def test_too_few_for_groups_is_said_and_no_group_is_shown(cast, open_dialogue, page):
    factories.make_votes(open_dialogue, camps=(6,))
    factories.make_release(cast, open_dialogue)
    shown = page(RESULT)
    assert "Det de flesta är överens om" in shown.headings
    assert "Grupper som svarar lika" not in shown.headings
    assert "Grupp A" not in shown.text


def test_every_statement_is_in_the_table_whether_shown_above_or_not(cast, open_dialogue, page):
    factories.make_release(cast, open_dialogue)
    table = next(e for e in page(RESULT).document.all("table") if "Håller inte med" in "".join(e.itertext()))
    words = "".join(table.itertext())
    assert all(text in words for text in factories.dialogues.STATEMENTS)
