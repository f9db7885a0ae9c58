"""`loftet analyse` from file to file."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

DATA = Path(__file__).parents[4] / "tests" / "data" / "opinion"
VOTES, STATEMENTS = DATA / "brexit.votes.csv.gz", DATA / "brexit.statements.csv.gz"


def test_the_result_is_told_and_written(loftet, tmp_path):
    said = loftet("analyse", VOTES, "--statements", STATEMENTS, "--json", tmp_path / "ut.json")
    assert said.code == 0
    assert "grupper som svarar lika." in said.out
    written = json.loads((tmp_path / "ut.json").read_text())
    assert set(written) == {"participants", "groups", "consensus", "divisive", "diagnostics"}
    assert len(written["groups"]) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["ut.json"]


def test_json_on_standard_output_is_nothing_but_json(loftet):
    said = loftet("analyse", VOTES, "--json", "-")
    assert json.loads(said.out)["groups"]
    assert "grupper som svarar lika." in said.err


def test_it_speaks_english(loftet, in_english):
    assert "groups that answer alike." in loftet("analyse", VOTES).out


@pytest.mark.parametrize(
    ("content", "swedish", "english"),
    [
        (
            "participant,statement,vote\na,1,1\na,2,5\n",
            "svar.csv, rad 3: ”5” i kolumnen ”vote”",
            "svar.csv, line 3: “5”",
        ),
        ("participant,vote\na,1\n", "svar.csv, rad 1: kolumnen ”statement” saknas", "svar.csv, line 1: the column"),
        ("", "svar.csv: filen är tom", "svar.csv: the file is empty"),
    ],
)
def test_a_wrong_file_gets_a_sentence_with_file_and_line(content, swedish, english, loftet, tmp_path, request):
    (tmp_path / "svar.csv").write_text(content)
    out = tmp_path / "ut.json"
    out.write_text("gammalt")
    for sentence in (swedish, english):
        said = loftet("analyse", tmp_path / "svar.csv", "--json", out)
        assert (said.code, said.out) == (1, "")
        assert said.err.splitlines()[-1].startswith(sentence)
        assert out.read_text() == "gammalt"
        request.getfixturevalue("in_english")


def test_a_place_that_cannot_be_written_is_told(loftet, tmp_path):
    said = loftet("analyse", VOTES, "--json", tmp_path / "finns-inte" / "ut.json")
    assert said.code == 1
    assert said.err.splitlines()[-1].endswith("går inte att skriva: No such file or directory.")


@pytest.mark.processes
def test_the_same_votes_give_the_same_bytes_without_django_or_a_home(tmp_path, plain_environment):
    script = (
        "import sys\nsys.modules['django'] = None\nfrom loftet.commands.main import main\nsys.exit(main(sys.argv[1:]))"
    )
    line = [sys.executable, "-c", script, "analyse", str(VOTES), "--json"]
    for name in ("a.json", "b.json"):
        subprocess.run([*line, name], cwd=tmp_path, env=plain_environment, check=True, capture_output=True)
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
    assert not (tmp_path / "var").exists()
