"""The permission matrix as it is written down, and the page made from it."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Iterable, Sequence
from itertools import groupby

COLUMNS = (
    *(
        f"{side} {role}"
        for side in ("own", "other")
        for role in ("coordinator", "signatory", "moderator", "contributor", "reader", "administrator")
    ),
    "independent reviewer",
    "foreign",
)
WHERE = {"statements": "loftet.domain.dialogues.methods.statements.actions"}
Line = tuple[str, str, dict[str, str]]


def read(text: str) -> list[Line]:
    """The rows of the table: the verb, the state, and what each column says."""
    found = []
    for row in text.splitlines():
        if row.strip() and not row.startswith("#"):
            verb, state, *answers = [cell.strip() for cell in row.split("|")]
            said = " ".join(answers).split()
            found.append((verb, state, dict(zip(COLUMNS, said, strict=True))))
    return found


def written(line: Line) -> str:
    """One row as it stands in the table."""
    verb, state, row = line
    said = [row[column] for column in COLUMNS]
    groups = [said[:6], said[6:12], said[12:13], said[13:]]
    told = " | ".join(" ".join(f"{one:2}" for one in group) for group in groups)
    return f"{verb:33} | {state:13} | {told}".rstrip()


def page(lines: Iterable[Line]) -> str:
    """The reference page: what each verb does, and who may do it in which state."""
    told = [INTRODUCTION]
    for step, rows in groupby(lines, key=lambda line: line[0].partition(".")[0]):
        told.append(f"\n## {step}\n")
        for verb, states in groupby(rows, key=lambda line: line[0]):
            told.append(f"- **`{verb}`** {_summary(verb)}")
            told += [f"  - {who}: {', '.join(state for state, _who in same)}" for who, same in _same_people(states)]
    return "\n".join(told) + "\n"


def _same_people(lines: Iterable[Line]):
    told = [(state, _people(row)) for _verb, state, row in lines]
    return groupby(told, key=lambda pair: pair[1])


def _people(row: dict[str, str]) -> str:
    return people([column for column, answer in row.items() if answer == "ok"], ("own", "other"))


def people(may: Sequence[str], sides: tuple[str, str]) -> str:
    """Those columns in words: roles that both sides have first, then each that only one of them has."""
    ours, theirs = ([name for name in may if name.startswith(f"{side} ")] for side in sides)
    shared = [role for role in map(_role, ours) if role in set(map(_role, theirs))]
    told = [f"{_joined(shared)} of either side"] if shared else []
    told += [name for name in may if name not in (*ours, *theirs) or _role(name) not in shared]
    return _joined(told) if told else "nobody"


def _joined(words: Sequence[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last


def _role(column: str) -> str:
    return column.partition(" ")[2]


def _summary(verb: str) -> str:
    step, _dot, name = verb.partition(".")
    actions = importlib.import_module(WHERE.get(step, f"loftet.domain.{step}.actions"))
    return (inspect.getdoc(getattr(actions, name)) or "").splitlines()[0]


INTRODUCTION = """# Who may do what

Made from `tests/integrity/permission_matrix.txt`, which a test holds against what every verb really does: each is
tried by each role on the own side (the organisation that drafted the thing or answers for it), on the other party's
side, as an independent reviewer in the partnership, and by every role of a foreign place. Foreign places are refused
everything.

Below stands in which states somebody may do it. “Nobody” covers a wrong state too; the table tells the two apart:
`ok` done, `-` not allowed, `x` allowed to the role but not in that state. A refusal changes nothing in the database.
“Over” means that the partnership has ended. The installation's own administrator, who stands outside every
organisation, adds organisations and partnerships and is not in the table."""
