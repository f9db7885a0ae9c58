"""Reading vote files: what is read, and a sentence with file and line for every way a file can be wrong."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from loftet.analysis.votes import Statement
from loftet.commands.votefiles import FileFault, read_statements, read_votes

VOTES = "participant,statement,vote,time\na,1,1,10\na,2,-1,11\nb,1,0,12\n"
STATEMENTS = "statement,moderated,is_meta,text\n1,1,0,Mer ljus\n2,-1,0,Bort\n3,0,1,Jag bor här\n"


def written(folder: Path, content: str | bytes, name: str = "svar.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("svar.csv", VOTES.encode()),
        ("svar.csv", b"\xef\xbb\xbf" + VOTES.encode()),
        ("svar.csv.gz", gzip.compress(VOTES.encode())),
        ("svar.csv.gz", gzip.compress(b"\xef\xbb\xbf" + VOTES.encode())),
        ("svar.csv", gzip.compress(VOTES.encode())),
        ("svar.csv", VOTES.replace("\n", "\r\n").encode()),
        ("svar.csv", VOTES.replace(",", ";").encode()),
        ("svar.csv", ("\n\n" + VOTES.replace("\n", "\n\n")).encode()),
        ("svar.csv", VOTES.replace("participant", " Participant ").replace("a,1,1", ' a ,"1", 1').encode()),
    ],
    ids=["plain", "mark", "gzip", "gzip with mark", "gzip without name", "windows", "semicolons", "blanks", "spaces"],
)
def test_votes_are_read(tmp_path: Path, name: str, content: bytes) -> None:
    rows = read_votes(written(tmp_path, content, name))
    assert rows.participants == ("a", "a", "b")
    assert rows.statements == ("1", "2", "1")
    assert rows.votes.tolist() == [1, -1, 0]
    assert rows.times is not None
    assert rows.times.tolist() == [10, 11, 12]


def test_time_may_be_missing_and_other_columns_are_ignored(tmp_path: Path) -> None:
    rows = read_votes(written(tmp_path, "note,vote,participant,statement\nx,1,å,ö\n"))
    assert (rows.participants, rows.statements, rows.times) == (("å",), ("ö",), None)


def test_lines_are_those_of_the_file(tmp_path: Path) -> None:
    path = written(tmp_path, 'note,participant,statement,vote\n"två\nrader",a,1,1\n\nen,b,1,0\n')
    assert read_votes(path).lines.tolist() == [2, 5]


def test_statements_are_read(tmp_path: Path) -> None:
    assert read_statements(written(tmp_path, STATEMENTS)) == (
        Statement("1", "Mer ljus"),
        Statement("2", "Bort", moderated_out=True),
        Statement("3", "Jag bor här", is_meta=True),
    )
    empty_fields = "statement,moderated,is_meta,text\n1,,,\n"
    assert read_statements(written(tmp_path, empty_fields)) == (Statement("1"),)


FAULTS = [
    ("", None, "svar.csv: filen är tom."),
    ("\n \n", None, "svar.csv: filen är tom."),
    ("participant,statement,vote\n", None, "svar.csv: det finns inga röster i filen."),
    (
        "participant,statement,röst\na,1,1\n",
        1,
        "svar.csv, rad 1: kolumnen ”vote” saknas (här finns: participant, statement, röst).",
    ),
    ("participant,statement,vote,vote\na,1,1,1\n", 1, "svar.csv, rad 1: kolumnen ”vote” finns två gånger."),
    (
        "participant,statement,vote\na,1,1\na,2,2\n",
        3,
        "svar.csv, rad 3: ”2” i kolumnen ”vote” är inte 1, 0 eller -1.",
    ),
    ("participant,statement,vote\na,1,\n", 2, "svar.csv, rad 2: ”” i kolumnen ”vote” är inte 1, 0 eller -1."),
    ("participant,statement,vote\na,1,1\n,1,1\n", 3, "svar.csv, rad 3: fältet ”participant” är tomt."),
    ("participant,statement,vote\na, ,1\n", 2, "svar.csv, rad 2: fältet ”statement” är tomt."),
    ("participant,statement,vote\na,1\n", 2, "svar.csv, rad 2: raden har 2 fält men rubrikraden har 3."),
    (
        "participant,statement,vote,time\na,1,1,igår\n",
        2,
        "svar.csv, rad 2: ”igår” i kolumnen ”time” är inte ett tal.",
    ),
    (
        "participant,statement,vote,time\na,1,1,nan\n",
        2,
        "svar.csv, rad 2: ”nan” i kolumnen ”time” är inte ett tal.",
    ),
    (
        'participant,statement,vote\na,1,1\n"b,1,1\n',
        3,
        "svar.csv, rad 3: raden är inte hel CSV (se efter citattecknen).",
    ),
    (
        b"participant,statement,vote\na,1,1\n\xe5,1,1\n",
        3,
        "svar.csv, rad 3: texten är inte UTF-8.",
    ),
    (
        gzip.compress(VOTES.encode())[:-12],
        None,
        "svar.csv: den komprimerade filen är skadad eller ofullständig.",
    ),
    (
        b"\x1f\x8b\x08\x00" + b"skr\xc3\xa4p" * 5,
        None,
        "svar.csv: den komprimerade filen är skadad eller ofullständig.",
    ),
]


@pytest.mark.parametrize(("content", "line", "sentence"), FAULTS, ids=[sentence for *_, sentence in FAULTS])
def test_a_fault_names_file_and_line(tmp_path: Path, content: str | bytes, line: int | None, sentence: str) -> None:
    with pytest.raises(FileFault) as fault:
        read_votes(written(tmp_path, content))
    assert (str(fault.value), fault.value.line) == (sentence, line)
    assert fault.value.sentence("sv") == sentence
    assert fault.value.sentence("en") == fault.value.sentence_en != sentence
    assert fault.value.sentence_en.startswith("svar.csv" + (f", line {line}: " if line else ": "))
    assert fault.value.sentence_en.endswith(".")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileFault, match=r"^saknas\.csv: filen finns inte\.$"):
        read_votes(tmp_path / "saknas.csv")
    with pytest.raises(FileFault, match=r"^\S+: filen går inte att läsa \(.+\)\.$"):
        read_votes(tmp_path)


def test_a_file_named_gz_that_is_not(tmp_path: Path) -> None:
    with pytest.raises(FileFault, match=r"^svar\.csv\.gz: filen heter \.gz men är inte komprimerad med gzip\.$"):
        read_votes(written(tmp_path, VOTES, "svar.csv.gz"))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("statement,moderated,is_meta\n1,1,0\n", "rad 1: kolumnen ”text” saknas"),
        ("statement,moderated,is_meta,text\n1,2,0,x\n", "rad 2: ”2” i kolumnen ”moderated” är inte 1, 0 eller -1"),
        ("statement,moderated,is_meta,text\n1,1,ja,x\n", "rad 2: ”ja” i kolumnen ”is_meta” är inte 1 eller 0"),
        ("statement,moderated,is_meta,text\n1,1,0,x\n1,1,0,y\n", "rad 3: påståendet ”1” står redan på en rad ovanför"),
        ("statement,moderated,is_meta,text\n", "det finns inga påståenden i filen"),
    ],
)
def test_faults_of_statement_files(tmp_path: Path, content: str, sentence: str) -> None:
    with pytest.raises(FileFault) as fault:
        read_statements(written(tmp_path, content))
    assert sentence in fault.value.sentence_sv


def test_a_vote_on_an_unknown_statement_names_its_line(tmp_path: Path) -> None:
    rows = read_votes(written(tmp_path, VOTES))
    rows.check_statements(["1", "2"], Path("påståenden.csv"))
    with pytest.raises(FileFault, match=r"svar\.csv, rad 3: påståendet ”2” finns inte i påståenden\.csv") as fault:
        rows.check_statements(["1"], Path("påståenden.csv"))
    assert fault.value.line == 3
