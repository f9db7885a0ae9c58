"""Opinion groups from files, and the result in plain words."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from time import process_time

import numpy as np
import pytest

from loftet.analysis.opinion_result import OpinionParameters
from loftet.commands import analyse
from loftet.commands.analyse import analyse_files, summary_lines
from loftet.commands.votefiles import FileFault

FOLDER = Path(__file__).parents[4] / "tests" / "data" / "opinion"


def files_of(name: str) -> tuple[Path, Path]:
    return FOLDER / f"{name}.votes.csv.gz", FOLDER / f"{name}.statements.csv.gz"


@cache
def analysed(name: str) -> tuple:
    """A real conversation's result and its statements."""
    return analyse_files(*files_of(name))


def summary_of(folder: Path, rows: list[str], language: str, statements: str | None = None) -> list[str]:
    votes = folder / "svar.csv"
    votes.write_text("participant,statement,vote\n" + "\n".join(rows), encoding="utf-8")
    path = None
    if statements is not None:
        path = folder / "påståenden.csv"
        path.write_text("statement,moderated,is_meta,text\n" + statements, encoding="utf-8")
    return summary_lines(*analyse_files(votes, path), language)


@pytest.mark.long
@pytest.mark.parametrize("name", ["brexit", "biodiversity", "vtaiwan"])
def test_real_conversations_are_read_and_analysed_in_seconds(name: str) -> None:
    start = process_time()
    result, statements = analyse_files(*files_of(name))
    assert process_time() - start < 5
    assert len(result.groups) == 2
    assert {s.statement for s in result.consensus} <= {s.id for s in statements}
    ids = [p.id for p in result.participants]
    assert ids == sorted(ids, key=int)


def test_the_summary_tells_what_was_found() -> None:
    result, statements = analysed("biodiversity")
    lines = summary_lines(result, statements, "sv")
    assert lines[0] == "536 deltagare, 314 påståenden och 29\u00a0719 svar."
    assert lines[1] == "Påståenden som inte räknas: 160 borttagna av moderator, 15 om deltagarna."
    assert lines[2] == "97 deltagare har svarat på för få påståenden för att höra till en grupp."
    assert lines[4] == "2 grupper som svarar lika."
    assert "Grupp A: 370 deltagare (84 procent). Det som utmärker den:" in lines
    for title in ("Det alla håller med om", "Det som skiljer"):
        assert lines[lines.index(title) + 1].startswith("  – ”")
    assert any(line.endswith("Our physical and mental health and prosperity depends on our natural environment”"
                             " 312 av 333 håller med.") for line in lines)  # fmt: skip
    assert not any("signifik" in line for line in lines)


def test_the_summary_speaks_english() -> None:
    lines = summary_lines(*analysed("brexit"), "en")
    assert lines[0] == "204 participants, 50 statements and 5,303 votes."
    assert "What all agree with" in lines
    assert any(line.startswith("  – “") for line in lines)


def test_without_statement_file_statements_go_by_number() -> None:
    votes, _ = files_of("brexit")
    result, statements = analyse_files(votes, None)
    assert [s.id for s in statements] == [str(i) for i in range(50)]
    assert any(line.startswith("  – Påstående 8: ") for line in summary_lines(result, statements, "sv"))


def test_few_answers_are_told_in_words(tmp_path: Path) -> None:
    rows = [f"{p},{s},1" for p in range(6) for s in range(3)]
    assert summary_of(tmp_path, rows, "sv", "0,1,0,Ja\n1,1,0,Ja\n2,1,0,Ja\n")[2:4] == [
        "För få svar för grupper. Det behövs minst 15 deltagare med tillräckligt många svar, här är de 6.",
        "",
    ]
    english = summary_of(tmp_path, rows, "en")
    assert "Too few answers for groups." in english[2]
    assert "What most agree with" in english


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([f"{p},{s},1" for p in range(20) for s in range(9)], "Svaren skiljer sig åt på färre än två påståenden."),
        (
            [f"{p},{s},{drawn}" for (p, s), drawn in np.ndenumerate(np.random.default_rng(1).integers(-1, 2, (60, 9)))],
            "Svaren på olika påståenden hänger inte ihop mer än av en slump.",
        ),
    ],
)
def test_no_groups_are_told_in_words(tmp_path: Path, rows: list[str], sentence: str) -> None:
    assert sentence in summary_of(tmp_path, rows, "sv")[2]


@pytest.mark.parametrize(
    ("parameters", "sentence"),
    [
        ({"minimum_group": 95}, "Inga tydliga grupper. Varje uppdelning ger någon grupp som är för liten."),
        ({"minimum_silhouette": 0.9}, "Inga tydliga grupper. Deltagarna ligger för nära varandra för att delas upp."),
    ],
)
def test_every_reason_has_a_sentence(parameters: dict, sentence: str, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = analyse.analyse_opinions
    monkeypatch.setattr(
        analyse,
        "analyse_opinions",
        lambda votes, **more: whole(votes, parameters=OpinionParameters(**parameters), **more),
    )
    assert summary_lines(*analyse_files(*files_of("brexit")), "sv")[3] == sentence


def test_texts_cannot_steer_the_terminal_and_are_cut(tmp_path: Path) -> None:
    rows = [f"{p},{s},1" for p in range(9) for s in range(2)]
    lines = summary_of(tmp_path, rows, "sv", f'0,1,0,"\x1b[2JHej\n  du"\n1,1,0,{"lång " * 60}\n')
    told = [line for line in lines if line.startswith("  – ")]
    assert told[0] == "  – ”[2JHej du” 9 av 9 håller med."
    assert "…” 9 av 9" in told[1]
    assert len(told[1]) < 200


def test_progress_is_told_to_the_end() -> None:
    told: list[tuple[str, int, int]] = []
    analyse_files(*files_of("brexit"), progress=lambda *step: told.append(step))
    assert [(done, total) for _, done, total in told] == [(i, 6) for i in range(1, 7)]
    assert all(what for what, _, _ in told)


def test_a_vote_on_an_unknown_statement_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(FileFault, match=r"svar\.csv, rad 3: påståendet ”9” finns inte i påståenden\.csv"):
        summary_of(tmp_path, ["a,1,1", "a,9,1"], "sv", "1,1,0,Ja\n")
