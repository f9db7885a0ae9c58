"""What others have said that says nearly the same, looked for while somebody writes. Nothing is stored."""

from __future__ import annotations

from typing import Final

from loftet.analysis.themes import StatementIndex
from loftet.domain.dialogues.methods.statements import wording
from loftet.domain.dialogues.methods.statements.models import Statement
from loftet.domain.dialogues.models.dialogue import Dialogue

MOST: Final = 3
# A process answers for few dialogues at a time, and an index takes some kilobytes a statement.
MOST_INDEXES: Final = 32

# By dialogue: the number of its last statement, and what is indexed so far. Words are read anew from the database.
_indexes: dict[str, tuple[int, StatementIndex]] = {}


def nearly_the_same(dialogue: Dialogue, text: str) -> list[Statement]:
    """Statements that say nearly the same as the text, the most alike first and at most three."""
    text = wording.cleaned(text)
    if not wording.SHORTEST <= len(text) <= wording.LONGEST:
        return []
    found = [near.id for near in _index_of(dialogue).near(text, most=MOST)]
    rows = Statement.objects.filter(dialogue=dialogue).select_related("voice").in_bulk(found)
    # Asked again of the words as they stand now: some may have been withheld since they were indexed.
    now = StatementIndex.of({pk: row.voice.text for pk, row in rows.items()})
    return [rows[int(near.id)] for near in now.near(text, most=MOST)]


def _index_of(dialogue: Dialogue) -> StatementIndex:
    last, index = _indexes.get(dialogue.public_id) or (0, StatementIndex.of({}))
    rows = Statement.objects.filter(dialogue=dialogue, number__gt=last).order_by("number")
    if more := list(rows.values_list("number", "pk", "voice__text")):
        index = index.adding({pk: text for _, pk, text in more})
        if len(_indexes) >= MOST_INDEXES and dialogue.public_id not in _indexes:
            _indexes.pop(next(iter(_indexes)))
        _indexes[dialogue.public_id] = (more[-1][0], index)
    return index
