"""Reading vote files: CSV, plain or gzipped, one row per vote, and a table of the statements.

Every fault names the file and the line and says in one sentence what to mend, in both languages.
"""

from __future__ import annotations

import csv
import gzip
import io
import math
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from loftet.analysis.votes import Statement

VOTE_COLUMNS = ("participant", "statement", "vote")
STATEMENT_COLUMNS = ("statement", "moderated", "is_meta", "text")
_VOTES = {"1": 1, "0": 0, "-1": -1}
_GZIP_START = b"\x1f\x8b"


class FileFault(Exception):
    """A file that cannot be read as what it should be. `line` counts from 1, and is None for the file as a whole."""

    def __init__(self, path: Path, line: int | None, sentence_sv: str, sentence_en: str) -> None:
        super().__init__(sentence_sv)
        self.path = path
        self.line = line
        self.sentence_sv = sentence_sv
        self.sentence_en = sentence_en

    def sentence(self, language: str) -> str:
        """The sentence in Swedish ("sv") or English (any other)."""
        return self.sentence_sv if language == "sv" else self.sentence_en


@dataclass(frozen=True, eq=False, slots=True)
class VoteRows:
    """The votes of a file in its order; `lines` tells the line of each."""

    path: Path
    participants: tuple[str, ...]
    statements: tuple[str, ...]
    votes: NDArray[np.int8]
    times: NDArray[np.float64] | None
    lines: NDArray[np.int64]

    def check_statements(self, known: Iterable[str], statements_path: Path) -> None:
        """Raise FileFault, naming the line, when there is a vote on a statement that is not among the known."""
        names = set(known)
        for name, line in zip(self.statements, self.lines.tolist(), strict=True):
            if name not in names:
                raise _fault(
                    self.path,
                    line,
                    f"påståendet ”{name}” finns inte i {statements_path.name}",
                    f"the statement “{name}” is not in {statements_path.name}",
                )


def read_votes(path: Path | str) -> VoteRows:
    """Read votes from CSV or CSV.gz with the columns participant, statement, vote and, if it is there, time.

    A vote is 1 (agree), 0 (pass) or -1 (disagree); time is any number that grows, for instance Unix seconds. Ids are
    kept as they are written. Other columns are ignored. Raises FileFault.
    """
    path = Path(path)
    table = _Table.of(path, VOTE_COLUMNS)
    participants: list[str] = []
    statements: list[str] = []
    votes: list[int] = []
    times: list[float] = []
    lines: list[int] = []
    for line, row in table.rows():
        participants.append(table.id_in(row, "participant", line))
        statements.append(table.id_in(row, "statement", line))
        votes.append(table.one_of(row, "vote", line, _VOTES))
        if table.has("time"):
            times.append(table.number_in(row, "time", line))
        lines.append(line)
    if not votes:
        raise _fault(path, None, "det finns inga röster i filen", "there are no votes in the file")
    return VoteRows(
        path=path,
        participants=tuple(participants),
        statements=tuple(statements),
        votes=np.array(votes, dtype=np.int8),
        times=np.array(times) if table.has("time") else None,
        lines=np.array(lines, dtype=np.int64),
    )


def read_statements(path: Path | str) -> tuple[Statement, ...]:
    """Read statements from CSV or CSV.gz with the columns statement, moderated, is_meta and text.

    moderated is 1 (let in), 0 or empty (not looked at) or -1 (taken away); is_meta is 1 for statements about the
    person and else 0 or empty. Raises FileFault.
    """
    path = Path(path)
    table = _Table.of(path, STATEMENT_COLUMNS)
    statements: dict[str, Statement] = {}
    for line, row in table.rows():
        name = table.id_in(row, "statement", line)
        if name in statements:
            raise _fault(
                path,
                line,
                f"påståendet ”{name}” står redan på en rad ovanför",
                f"the statement “{name}” is already on a line above",
            )
        statements[name] = Statement(
            id=name,
            text=table.field(row, "text"),
            moderated_out=table.one_of(row, "moderated", line, {"1": 1, "0": 0, "": 0, "-1": -1}) == -1,
            is_meta=bool(table.one_of(row, "is_meta", line, {"1": 1, "0": 0, "": 0})),
        )
    if not statements:
        raise _fault(path, None, "det finns inga påståenden i filen", "there are no statements in the file")
    return tuple(statements.values())


@dataclass(frozen=True, slots=True)
class _Table:
    """A CSV file with a head, and what its fields may be."""

    path: Path
    columns: dict[str, int]
    width: int
    body: Sequence[tuple[int, list[str]]]

    @classmethod
    def of(cls, path: Path, required: tuple[str, ...]) -> _Table:
        lines = _csv_lines(path, _text_of(path))
        head_line, head = next(lines, (1, []))
        names = [name.strip().lower() for name in head]
        if not any(names):
            raise _fault(path, None, "filen är tom", "the file is empty")
        for name in required:
            if name not in names:
                has = ", ".join(names)
                raise _fault(
                    path,
                    head_line,
                    f"kolumnen ”{name}” saknas (här finns: {has})",
                    f"the column “{name}” is missing (there are: {has})",
                )
        for name in names:
            if name and names.count(name) > 1:
                raise _fault(
                    path, head_line, f"kolumnen ”{name}” finns två gånger", f"the column “{name}” is there twice"
                )
        return cls(path, {name: i for i, name in enumerate(names)}, len(names), list(lines))

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Line and fields of each row that is not blank."""
        for line, row in self.body:
            if len(row) != self.width:
                raise _fault(
                    self.path,
                    line,
                    f"raden har {len(row)} fält men rubrikraden har {self.width}",
                    f"the line has {len(row)} fields but the head has {self.width}",
                )
            yield line, row

    def has(self, column: str) -> bool:
        return column in self.columns

    def field(self, row: list[str], column: str) -> str:
        return row[self.columns[column]].strip()

    def id_in(self, row: list[str], column: str, line: int) -> str:
        value = self.field(row, column)
        if not value:
            raise _fault(self.path, line, f"fältet ”{column}” är tomt", f"the field “{column}” is empty")
        return value

    def one_of(self, row: list[str], column: str, line: int, known: dict[str, int]) -> int:
        value = self.field(row, column)
        if value not in known:
            allowed = [name for name in known if name]
            first, last = ", ".join(allowed[:-1]), allowed[-1]
            raise _fault(
                self.path,
                line,
                f"”{value}” i kolumnen ”{column}” är inte {first} eller {last}",
                f"“{value}” in the column “{column}” is not {first} or {last}",
            )
        return known[value]

    def number_in(self, row: list[str], column: str, line: int) -> float:
        value = self.field(row, column)
        try:
            number = float(value)
        except ValueError:
            number = math.nan
        if not math.isfinite(number):
            raise _fault(
                self.path,
                line,
                f"”{value}” i kolumnen ”{column}” är inte ett tal",
                f"“{value}” in the column “{column}” is not a number",
            )
        return number


def _text_of(path: Path) -> str:
    content = _content_of(path)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        raise _fault(path, line, "texten är inte UTF-8", "the text is not UTF-8") from None


def _content_of(path: Path) -> bytes:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise _fault(path, None, "filen finns inte", "there is no such file") from None
    except OSError as fault:
        reason = fault.strerror or type(fault).__name__
        raise _fault(path, None, f"filen går inte att läsa ({reason})", f"the file cannot be read ({reason})") from None
    if not content.startswith(_GZIP_START):
        if path.suffix.lower() == ".gz":
            raise _fault(
                path,
                None,
                "filen heter .gz men är inte komprimerad med gzip",
                "the file is named .gz but is not gzip",
            )
        return content
    try:
        return gzip.decompress(content)
    except (OSError, EOFError, zlib.error):
        raise _fault(
            path,
            None,
            "den komprimerade filen är skadad eller ofullständig",
            "the gzip file is damaged or incomplete",
        ) from None


def _csv_lines(path: Path, text: str) -> Iterator[tuple[int, list[str]]]:
    """The first line and the fields of each row that is not blank. Excel in Swedish writes semicolons."""
    head = text.lstrip("\r\n").partition("\n")[0]
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=";" if ";" in head and "," not in head else ",", strict=True
    )
    before = 0
    try:
        for row in reader:
            if any(field.strip() for field in row):
                yield before + 1, row
            before = reader.line_num
    except csv.Error:
        raise _fault(
            path,
            before + 1,
            "raden är inte hel CSV (se efter citattecknen)",
            "the line is not whole CSV (see its quotes)",
        ) from None


def _fault(path: Path, line: int | None, swedish: str, english: str) -> FileFault:
    where_sv = path.name if line is None else f"{path.name}, rad {line}"
    where_en = path.name if line is None else f"{path.name}, line {line}"
    return FileFault(path, line, f"{where_sv}: {swedish}.", f"{where_en}: {english}.")
