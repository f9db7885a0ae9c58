from __future__ import annotations

import copy
import json
import random

import pytest

from loftet.domain.dialogues.methods.statements.queries import CurrentVote
from loftet.domain.understanding import running
from loftet.domain.understanding.figures import Earlier, public_figures
from loftet.domain.understanding.tests.camps import opinion


def camps(*sizes, statements=10, first=0):
    """Votes of camps that agree on 1 and 2 and take opposite sides on the rest."""
    return [
        CurrentVote(f"p{camp}x{i}", n, opinion(camp, i, n))
        for camp, size in enumerate(sizes)
        for i in range(first, first + size)
        for n in range(1, statements + 1)
    ]


def run_of(votes, statements=10):
    result, _ = running.analysed(sorted(votes), list(range(1, statements + 1)))
    return json.loads(json.dumps(result))


def figures_of(result, **options):
    return public_figures(result, n_statements=10, code_version="loftet prov", **options)


@pytest.fixture(scope="module")
def two_camps():
    return run_of(camps(40, 30))


def test_the_figures_have_the_agreed_form(two_camps):
    figures = figures_of(two_camps)
    assert set(figures) == {
        "participants",
        "votes",
        "statements",
        "per_statement",
        "groups",
        "consensus",
        "divisive",
        "map",
        "message",
        "method",
        "code_version",
    }
    assert (figures["participants"], figures["votes"], figures["statements"]) == (70, 700, 10)
    assert [(g["key"], g["label"], g["size"]) for g in figures["groups"]] == [
        ("a", "Grupp A", 40),
        ("b", "Grupp B", 30),
    ]
    assert figures["message"] == ""
    assert figures["method"] == "opinion-2"
    assert json.loads(json.dumps(figures)) == figures


def test_what_unites_and_what_divides(two_camps):
    figures = figures_of(two_camps)
    first = next(row for row in figures["consensus"] if row["statement"] == 1)
    assert (first["direction"], first["share"], first["answered"]) == ("agree", 0.95, 70)
    assert [(group["key"], group["answered"]) for group in first["by_group"]] == [("a", 40), ("b", 30)]
    assert {row["statement"] for row in figures["divisive"]} >= set(range(3, 11))
    for row in figures["divisive"][:8]:
        low, high = sorted(group["share"] for group in row["by_group"])
        assert high - low >= 0.5
    for group in figures["groups"]:
        assert {row["statement"] for row in group["representative"]} <= set(range(1, 11))
        assert all(row["share"] > 0.5 and row["answered"] >= 10 for row in group["representative"])


def test_no_participant_and_no_exact_share_is_told(two_camps):
    text = json.dumps(figures_of(two_camps))
    assert not any(row["id"] in text for row in two_camps["participants"])

    def shares(value):
        if isinstance(value, dict):
            for key, item in value.items():
                if key in ("share", "agree", "disagree") and item is not None:
                    yield item
                yield from shares(item)
        elif isinstance(value, list):
            for item in value:
                yield from shares(item)

    found = list(shares(figures_of(two_camps)))
    assert len(found) > 40
    assert all(round(share * 100) / 100 == share for share in found)


def test_the_map_shows_clusters_of_at_least_five(two_camps):
    points = figures_of(two_camps)["map"]
    assert sum(point["size"] for point in points) == 70
    assert min(point["size"] for point in points) >= 5
    assert {point["group"] for point in points} == {"a", "b"}


def test_a_group_of_fewer_than_ten_has_a_size_but_no_figures():
    figures = figures_of(run_of(camps(40, 8)))
    a, b = figures["groups"]
    assert (b["size"], b["representative"]) == (8, [])
    assert a["representative"]
    assert {point["group"] for point in figures["map"]} == {"a"}
    assert figures["divisive"] == []
    for row in figures["consensus"]:
        assert row["by_group"][1] == {"key": "b", "share": None, "answered": None}
    assert [row["answered"] for row in figures["per_statement"]] == [48] * 10


def test_too_few_for_groups_gives_totals_alone():
    figures = figures_of(run_of(camps(8, 6)))
    assert figures["message"] == "För få svar för grupper."
    assert (figures["groups"], figures["divisive"], figures["map"]) == ([], [], [])
    assert [row["answered"] for row in figures["per_statement"]] == [14] * 10
    assert all(row["by_group"] == [] for row in figures["consensus"])


def test_a_statement_that_few_have_answered_is_not_told():
    votes = [vote for vote in camps(20) if vote.statement != 10 or vote.participant in ("p0x1", "p0x2")]
    figures = figures_of(run_of(votes))
    assert figures["per_statement"][-1] == {"statement": 10, "answered": None, "agree": None, "disagree": None}
    assert 10 not in {row["statement"] for row in figures["consensus"]}


def test_answers_that_do_not_fall_in_groups_say_so():
    tossed = random.Random(7)
    figures = figures_of(
        run_of([CurrentVote(f"p{i}", n, tossed.choice([1, 0, -1])) for i in range(60) for n in range(1, 11)])
    )
    assert figures["message"] == "Svaren delar sig inte i tydliga grupper."
    assert figures["groups"] == []
    assert {point["group"] for point in figures["map"]} == {None}
    assert len(figures["per_statement"]) == 10


def test_employees_need_ten_behind_every_figure():
    result = run_of(camps(9))
    assert figures_of(result)["per_statement"][0]["answered"] == 9
    assert figures_of(result, staff=True)["per_statement"][0]["answered"] is None


def test_what_few_new_people_answered_cannot_be_had_by_subtraction():
    before = run_of(camps(40, 30))
    told = figures_of(before)
    # Six more come; all of them answer statement 1, and only three answer statement 2.
    more = [v for v in camps(6, first=100) if v.statement == 1 or (v.statement == 2 and int(v.participant[3:]) < 103)]
    after = run_of([*camps(40, 30), *[vote._replace(value=-1) for vote in more]])
    figures = figures_of(after, earlier=Earlier(result=before, figures=told))

    rows = {row["statement"]: row for row in figures["per_statement"]}
    past = {row["statement"]: row for row in told["per_statement"]}
    assert (rows[1]["answered"], past[1]["answered"]) == (76, 70)
    assert rows[1]["agree"] < past[1]["agree"]
    assert rows[2] == past[2]
    assert all(rows[number] == past[number] for number in range(3, 11))
    assert next(r for r in figures["consensus"] if r["statement"] == 2)["share"] == past[2]["agree"]


def test_a_changed_mind_alone_does_not_show():
    before = run_of(camps(40, 30))
    told = figures_of(before)
    changed = [v._replace(value=-v.value) if v.participant == "p0x0" else v for v in camps(40, 30)]
    after = run_of([*changed, *camps(5, first=100)])
    figures = figures_of(after, earlier=Earlier(result=before, figures=told))
    assert figures["participants"] == 75
    assert figures["per_statement"][0]["answered"] == 75
    same = figures_of(run_of(changed), earlier=Earlier(result=before, figures=told))
    assert same["per_statement"] == told["per_statement"]


def test_what_was_hidden_before_may_be_told_when_enough_have_answered():
    few = run_of([v for v in camps(20) if v.statement != 10 or v.participant in ("p0x1", "p0x2")])
    told = figures_of(few)
    enough = run_of([v for v in camps(25) if v.statement != 10 or int(v.participant[3:]) < 6])
    figures = figures_of(enough, earlier=Earlier(result=few, figures=told))
    assert figures["per_statement"][-1]["answered"] == 6


def test_the_result_is_left_as_it_was(two_camps):
    before = copy.deepcopy(two_camps)
    figures_of(two_camps, earlier=Earlier(result=two_camps, figures=figures_of(two_camps)))
    assert two_camps == before


def test_relabelled_participants_give_the_same_figures(two_camps):
    names = {row["id"] for row in two_camps["participants"]}
    other = {name: f"x{place:03}" for place, name in enumerate(sorted(names, reverse=True))}
    votes = [vote._replace(participant=other[vote.participant]) for vote in camps(40, 30)]
    assert figures_of(run_of(votes)) == figures_of(two_camps)
