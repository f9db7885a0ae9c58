"""The keys of a register, one after the other.

A change of key is an entry. The first checkpoint that covers it is signed by the key before and by the key after, and
those that follow by the key after alone. So whoever trusts any one key of the register can follow it to the others:
forwards by what the trusted key has signed, backwards by what an entry under its checkpoint names.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from loftet.ledger.keys import VerifierKey

KEY_CHANGED = "register.key_changed"
"""The kind of an entry by which the register changes its key, in its parts `old_key` and `new_key`."""


class BrokenSuccessionError(ValueError):
    """The change does not go from the key that the register had to one that it has not had."""


@dataclass(frozen=True)
class KeyChange:
    """That the register changes from one key to another with an entry."""

    entry: int
    old: VerifierKey
    new: VerifierKey


def read_change(entry: int, texts: Mapping[str, str]) -> KeyChange:
    """Return the change that an entry's texts tell of. Raises ValueError when they name no two keys."""
    try:
        return KeyChange(entry, VerifierKey.parse(texts["old_key"]), VerifierKey.parse(texts["new_key"]))
    except KeyError as missing:
        raise ValueError(f"the part {missing.args[0]} is not shown") from None


@dataclass(frozen=True)
class Succession:
    """The keys of a register in order: `first`, and one more for each change."""

    first: VerifierKey
    changes: tuple[KeyChange, ...] = ()

    @property
    def keys(self) -> tuple[VerifierKey, ...]:
        """All keys, oldest first."""
        return (self.first, *(change.new for change in self.changes))

    def followed_by(self, change: KeyChange) -> Succession:
        """Return the succession with one more change. Raises `BrokenSuccessionError`."""
        if change.old != self.keys[-1] or change.new in self.keys or change.new.name != self.first.name:
            raise BrokenSuccessionError("the change does not go from the register's key to a new one of the same name")
        return Succession(self.first, (*self.changes, change))

    def signers(self, before: int, size: int) -> Sequence[VerifierKey]:
        """Return the keys that must all sign a checkpoint of `size` entries that follows one of `before`.

        One key, unless a change lies between them.
        """
        return self.keys[self._changes_within(before) : self._changes_within(size) + 1]

    def _changes_within(self, size: int) -> int:
        return sum(change.entry < size for change in self.changes)
