"""`loftet analyse` as it is installed, on a real conversation and on files that are not what they should be."""

from __future__ import annotations

import csv
import gzip
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from sklearn.metrics import adjusted_rand_score

pytestmark = pytest.mark.processes

COMMAND = Path(sys.executable).with_name("loftet")
FEWEST_VOTES = 7
HEAD = "participant,statement,vote\n"


@pytest.fixture(scope="module")
def folder(request) -> Path:
    """Where the real conversations lie."""
    return request.config.rootpath / "tests" / "data" / "opinion"


@pytest.fixture
def loftet(tmp_path) -> Callable[..., subprocess.CompletedProcess]:
    """Runs the installed command in a folder of its own, in Swedish, on a machine without an installation."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("LOFTET_", "DJANGO_", "LC_"))}
    environment = {**plain, "LANG": "sv_SE.UTF-8", "LOFTET_HOME": str(tmp_path / "no-home")}

    def run(*arguments: object) -> subprocess.CompletedProcess:
        line = [COMMAND, *map(str, arguments)]
        done = subprocess.run(line, env=environment, cwd=tmp_path, capture_output=True, text=True, timeout=120)
        assert not (tmp_path / "no-home").exists(), "The analysis needs no installation and makes none."
        return done

    return run


def rows(file: Path) -> list[dict[str, str]]:
    """The rows of a compressed CSV file."""
    with gzip.open(file, "rt", encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_a_real_conversation_gives_the_groups_that_were_published(loftet, folder, tmp_path):
    votes, statements = folder / "biodiversity.votes.csv.gz", folder / "biodiversity.statements.csv.gz"
    done = loftet("analyse", votes, "--statements", statements, "--json", "resultat.json")
    assert done.returncode == 0, done.stderr
    assert "2 grupper som svarar lika" in done.stdout
    result = json.loads((tmp_path / "resultat.json").read_text(encoding="utf-8"))
    check_form(result, known={row["statement"] for row in rows(statements)})

    found = {row["id"]: row["group"] for row in result["participants"]}
    cast = Counter(row["participant"] for row in rows(votes))
    closed = {row["statement"] for row in rows(statements) if row["moderated"] == "-1" or row["is_meta"] == "1"}
    cast_on_open = Counter(row["participant"] for row in rows(votes) if row["statement"] not in closed)
    assert found.keys() == cast.keys()
    too_few = {who for who in cast if cast[who] < FEWEST_VOTES or not cast_on_open[who]}
    assert {who for who, group in found.items() if group is None} == too_few
    assert len(too_few) > 90
    sizes = Counter(group for group in found.values() if group is not None)
    assert {group["id"]: group["size"] for group in result["groups"]} == sizes
    published = {row["participant"]: row["polis_group"] for row in rows(folder / "biodiversity.participants.csv.gz")}
    both = [(published[who], group) for who, group in found.items() if published[who] and group is not None]
    assert len(both) > 430
    assert adjusted_rand_score(*zip(*both, strict=True)) >= 0.90


def check_form(result: dict, known: set[str]) -> None:
    """The JSON has the form that is promised, to the letter."""
    assert list(result) == ["participants", "groups", "consensus", "divisive", "diagnostics"]
    assert all(set(row) == {"id", "group"} for row in result["participants"])
    assert all(set(group) == {"id", "size", "representative"} for group in result["groups"])
    told = [*(row for group in result["groups"] for row in group["representative"])]
    told += [*result["consensus"], *result["divisive"]]
    assert {row["statement"] for row in told} <= known
    assert all(part for part in (result["groups"], result["consensus"], result["divisive"], told))
    assert result["diagnostics"]["n_participants"] == len(result["participants"])


def test_too_few_answers_are_said_to_be_too_few(loftet, tmp_path):
    (tmp_path / "fa.csv").write_text(HEAD + "".join(f"p{p},s{s},1\n" for p in range(5) for s in range(8)))
    done = loftet("analyse", "fa.csv", "--json", "fa.json")
    assert done.returncode == 0
    assert "För få svar för grupper" in done.stdout
    result = json.loads((tmp_path / "fa.json").read_text())
    assert result["groups"] == []
    assert {row["group"] for row in result["participants"]} == {None}


FAULTY = {
    "a column is missing": ("a.csv", b"participant,vote\np1,1\n", "a.csv, rad 1: kolumnen ”statement” saknas"),
    "a vote is no vote": ("b.csv", f"{HEAD}p1,s1,1\np2,s1,ja\n".encode(), "b.csv, rad 3: ”ja” i kolumnen ”vote”"),
    "the gzip is cut short": ("c.csv.gz", gzip.compress(HEAD.encode() * 500)[:-9], "c.csv.gz: den komprimerade filen"),
    "it is another kind of file": ("d.csv", b"\x89PNG\r\n\x1a\n\x00\x00\xff\xfe" * 9, "d.csv, rad 1: "),
    "it is not there": ("finns-inte.csv", None, "finns-inte.csv: filen finns inte"),
}


@pytest.mark.parametrize(("name", "content", "sentence"), FAULTY.values(), ids=FAULTY.keys())
def test_a_bad_file_is_named_with_its_line_in_one_sentence(loftet, tmp_path, name, content, sentence):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    done = loftet("analyse", name, "--json", "resultat.json")
    assert done.returncode != 0
    said = done.stderr.strip().splitlines()[-1]
    assert sentence in said
    assert said.endswith(".")
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    assert [file.name for file in tmp_path.iterdir() if file.name != name] == []


def test_a_result_from_before_is_left_as_it_was(loftet, tmp_path):
    (tmp_path / "resultat.json").write_text("förra körningen")
    (tmp_path / "fel.csv").write_text(f"{HEAD}p1,s1,2\n")
    assert loftet("analyse", "fel.csv", "--json", "resultat.json").returncode == 1
    assert (tmp_path / "resultat.json").read_text() == "förra körningen"
