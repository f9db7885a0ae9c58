"""What a verification found, in one sentence: what holds and what is withheld, or which entry fails and how."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from loftet.ledger.checkpoints import Checkpoint
from loftet.ledger.cosignatures import WitnessKey
from loftet.ledger.keys import VerifierKey
from loftet.ledger.merkle import HASH_BYTES, Frontier
from loftet.ledger.succession import Succession

_NAMED_PARTS = 3


class Reason(Enum):
    """Every way in which a check can fail, with its sentence in Swedish and in English."""

    EMPTY = ("Filen är tom.", "The file is empty.")
    LINE_END = (
        "Rad {place} slutar inte med en radbrytning, så filen är avkortad eller ändrad.",
        "Line {place} does not end with a line feed, so the file is cut short or changed.",
    )
    NOT_JSON = ("Rad {place} går inte att läsa som JSON.", "Line {place} cannot be read as JSON.")
    NOT_CANONICAL = (
        "Rad {place} är inte skriven tecken för tecken som formatet kräver.",
        "Line {place} is not written in canonical form, character by character.",
    )
    HEADER = (
        "Rad 1 är inte början på en export av löftesboken i ett format som vi känner.",
        "Line 1 is not the header of a register export in a format known here.",
    )
    HEADER_ORIGIN = (
        "Filen gäller en annan löftesbok än den som nyckeln hör till.",
        "The file is of another register than the one the key belongs to.",
    )
    LINE_KIND = (
        "Rad {place} är varken en post eller en kontrollpunkt.",
        "Line {place} is neither an entry nor a checkpoint.",
    )
    ENVELOPE = (
        "Uppgifterna om post {entry} har inte den form som de ska ha.",
        "The envelope of entry {entry} does not have the form of an envelope.",
    )
    SEQUENCE = (
        "Där post {entry} ska stå står post {found}: en post saknas, är tillagd eller har bytt plats.",
        "Where entry {entry} should stand is entry {found}: one is missing, added or moved.",
    )
    LEAF_HASH = (
        "Post {entry} är ändrad: dess uppgifter stämmer inte med dess fingeravtryck.",
        "Entry {entry} is changed: its envelope does not match its leaf hash.",
    )
    PARTS = (
        "Post {entry} redovisar inte de delar som den har skrivits in med.",
        "Entry {entry} does not account for the parts it was entered with.",
    )
    PART_FORM = (
        "Delen ”{part}” i post {entry} visas inte och är inte heller markerad som undantagen.",
        "The part “{part}” of entry {entry} is neither shown nor marked as withheld.",
    )
    COMMITMENT = (
        "Texten i delen ”{part}” i post {entry} är inte den som skrevs in.",
        "The text of the part “{part}” of entry {entry} is not the one that was entered.",
    )
    KEY_CHANGE_FORM = (
        "Post {entry} säger att boken byter nyckel men visar inte från vilken till vilken.",
        "Entry {entry} says that the register changes key but does not show from which to which.",
    )
    KEY_CHANGE_ORDER = (
        "Post {entry} byter nyckel, men inte från den som boken hade till en ny.",
        "Entry {entry} changes key, but not from the one that the register had to a new one.",
    )
    KEY_CHANGE_UNSIGNED = (
        "Post {entry} säger att boken bytte nyckel, men både den gamla och den nya har inte skrivit under det.",
        "Entry {entry} says that the register changed key, but not both the old and the new have signed that.",
    )
    NO_CHECKPOINT = (
        "Filen slutar utan kontrollpunkt, så slutet saknas.",
        "The file ends without a checkpoint, so its end is missing.",
    )
    AFTER_CHECKPOINT = (
        "Rad {line} är en post som står efter en kontrollpunkt.",
        "Line {line} is an entry that stands after a checkpoint.",
    )
    CHECKPOINT_FORM = (
        "Kontrollpunkten på rad {line} har inte den form som den ska ha.",
        "The checkpoint on line {line} does not have the form of a checkpoint.",
    )
    CHECKPOINT_ORIGIN = (
        "Kontrollpunkten på rad {line} gäller en annan löftesbok.",
        "The checkpoint on line {line} is of another register.",
    )
    CHECKPOINT_UNKNOWN_KEY = (
        "Kontrollpunkten på rad {line} är inte underskriven med den nyckel som du har angett.",
        "The checkpoint on line {line} is not signed with the key you have given.",
    )
    CHECKPOINT_OTHER_KEY = (
        "Kontrollpunkten på rad {line} är inte underskriven med den nyckel som boken hade då.",
        "The checkpoint on line {line} is not signed with the key that the register had then.",
    )
    CHECKPOINT_SIGNATURE = (
        "Underskriften på kontrollpunkten på rad {line} är falsk eller ändrad.",
        "The signature of the checkpoint on line {line} is false or changed.",
    )
    CHECKPOINT_ORDER = (
        "Kontrollpunkten på rad {line} gäller inte fler poster än den före.",
        "The checkpoint on line {line} does not cover more entries than the one before.",
    )
    CHECKPOINT_SIZE = (
        "Antalet poster är {size} i filen men {found} i kontrollpunkten på rad {line}.",
        "The number of entries is {size} in the file but {found} in the checkpoint on line {line}.",
    )
    CHECKPOINT_ROOT = (
        "Kontrollpunkten på rad {line} stämmer inte med posterna: någon är ändrad, borttagen eller tillagd.",
        "The checkpoint on line {line} does not match the entries: one is changed, removed or added.",
    )
    CHECKPOINT_ROOT_AFTER = (
        "Kontrollpunkten på rad {line} stämmer inte med posterna: någon från och med post {found} är ändrad, "
        "borttagen eller tillagd.",
        "The checkpoint on line {line} does not match the entries: one from entry {found} on is changed, removed or "
        "added.",
    )
    HEADER_SIZE = (
        "Antalet poster är {size} i filen men {found} enligt rad 1.",
        "The number of entries is {size} in the file but {found} according to line 1.",
    )
    UNCOVERED = (
        "Antalet poster är {size} i filen men {found} i den sista kontrollpunkten.",
        "The number of entries is {size} in the file but {found} in the last checkpoint.",
    )
    OLDER_FORM = (
        "Den äldre kontrollpunkten har inte den form som den ska ha.",
        "The older checkpoint does not have the form of a checkpoint.",
    )
    OLDER_ORIGIN = (
        "Den äldre kontrollpunkten gäller en annan löftesbok.",
        "The older checkpoint is of another register.",
    )
    OLDER_UNKNOWN_KEY = (
        "Den äldre kontrollpunkten är inte underskriven med den nyckel som du har angett.",
        "The older checkpoint is not signed with the key you have given.",
    )
    OLDER_SIGNATURE = (
        "Underskriften på den äldre kontrollpunkten är falsk eller ändrad.",
        "The signature of the older checkpoint is false or changed.",
    )
    OLDER_LARGER = (
        "Antalet poster är {size} i filen men {found} i den äldre kontrollpunkten, så slutet saknas.",
        "The number of entries is {size} in the file but {found} in the older checkpoint, so the end is missing.",
    )
    OLDER_ROOT = (
        "Löftesboken är omskriven: dess början är inte den som den äldre kontrollpunkten gäller.",
        "The register has been rewritten: its beginning is not the one that the older checkpoint covers.",
    )
    WITNESS_SIGNATURE = (
        "Raden av vittnet {who} under en kontrollpunkt är falsk eller ändrad.",
        "The line by the witness {who} under a checkpoint is false or changed.",
    )
    WITNESS_MISSING = (
        "Vittnet {who} har inte skrivit under någon kontrollpunkt i filen. Det kan vara en annan bok än den som "
        "vittnet har sett.",
        "The witness {who} has signed no checkpoint in the file. It may be another register than it has seen.",
    )


@dataclass(frozen=True)
class Problem:
    """The first thing that failed. `detail` is for whoever repairs the file, in English."""

    reason: Reason
    line: int | None = None
    entry: int | None = None
    part: str | None = None
    found: int | None = None
    size: int | None = None
    who: str = ""
    detail: str = ""

    def sentence(self, language: int) -> str:
        """Return the sentence: language 0 is Swedish, 1 English."""
        return self.reason.value[language].format(
            place=f"{self.line} ({self._what_stands_there()[language]})",
            line=self.line,
            entry=self.entry,
            part=self.part,
            found=self.found,
            size=self.size,
            who=self.who,
        )

    def _what_stands_there(self) -> tuple[str, str]:
        """What the line should hold, in both languages."""
        if self.entry is not None:
            return f"post {self.entry}", f"entry {self.entry}"
        return ("filens början", "the header") if self.line == 1 else ("kontrollpunkten", "the checkpoint")


@dataclass(frozen=True)
class Witnessed:
    """How many entries a witness has seen, and when it last said so."""

    key: WitnessKey
    size: int
    at: datetime


@dataclass(frozen=True)
class VerificationReport:
    """The outcome of a verification. When `problem` is set, the counts say how far it came before that."""

    public_key: VerifierKey
    """The key that was given."""
    succession: Succession
    """All keys of the register, of which the given one is one."""
    size: int
    opened: int
    withheld: tuple[tuple[int, str], ...]
    """The parts that are not shown, as (entry, name of the part)."""
    notes: tuple[Checkpoint, ...]
    """The checkpoints read, in order."""
    leaf_hashes: bytes
    """The leaf hashes one after the other, to compare with other checkpoints."""
    problem: Problem | None = None
    older_size: int | None = None
    """The size of the older checkpoint compared with, if any."""
    undecided: tuple[tuple[int, str], ...] = ()
    """Of the parts that are not shown, those that no decision in the register accounts for."""
    witnessed: tuple[Witnessed, ...] = ()
    """How far witnesses have seen it, those that were asked about."""

    @property
    def holds(self) -> bool:
        """Whether everything checked holds."""
        return self.problem is None

    @property
    def keys(self) -> tuple[VerifierKey, ...]:
        """All keys that the register has had, oldest first."""
        return self.succession.keys

    @property
    def checkpoints(self) -> int:
        """How many checkpoints were read."""
        return len(self.notes)

    @property
    def unchecked_signatures(self) -> int:
        """How many signature lines are by other keys than those known here: the only bytes that nothing vouches for."""
        known = [*self.keys, *(one.key for one in self.witnessed)]
        lines = [line for note in self.notes for line in note.signatures]
        return sum(not any(line.is_by(key) for key in known) for line in lines)

    @property
    def root(self) -> bytes:
        """The root of the tree over all entries read."""
        return self.root_at(self.size)

    def leaf_hash(self, number: int) -> bytes:
        """Return the leaf hash of an entry."""
        return self.leaf_hashes[number * HASH_BYTES : (number + 1) * HASH_BYTES]

    def root_at(self, size: int) -> bytes:
        """Return the root of the tree over the first `size` entries, computed anew."""
        frontier = Frontier()
        for start in range(0, size * HASH_BYTES, HASH_BYTES):
            frontier = frontier.append(self.leaf_hashes[start : start + HASH_BYTES])
        return frontier.root()

    @property
    def sentence_sv(self) -> str:
        """What holds, what is withheld, or which entry fails and how, in one Swedish sentence."""
        if self.problem:
            return self.problem.sentence(0)
        whole = {0: "Löftesboken är tom, och det stämmer", 1: "Den enda posten stämmer"}
        clauses = [
            f"{whole.get(self.size, f'Alla {self.size} poster stämmer')} med kontrollpunkten som "
            f"{self.public_key.name} har skrivit under"
        ]
        if self.older_size is not None:
            clauses[0] += f" och med den äldre kontrollpunkten för {_count(self.older_size, 'post', 'poster')}"
        if self.succession.changes:
            clauses.append(
                f"nyckeln är bytt i {self._changes('post', 'och')}, med både den gamlas och den nyas underskrift"
            )
        if self.public_key != self.keys[-1]:
            clauses.append(f"du har angett en äldre nyckel, och den som gäller nu är {self.keys[-1].vkey}")
        if self.withheld:
            clauses.append(
                _count(len(self.withheld), "text", "texter")
                + f" lämnas inte ut ({self._named('post {} ”{}”', 'med flera')}), men "
                + ("fingeravtrycket står kvar" if len(self.withheld) == 1 else "fingeravtrycken står kvar")
            )
        if self.undecided:
            which = "den" if len(self.withheld) == 1 else f"{len(self.undecided)} av dem"
            clauses.append(f"{which} saknas utan att något beslut står i boken")
        clauses += [
            f"vittnet {one.key.name} har sett de {one.size} första posterna ({one.at:%Y-%m-%d})"
            for one in self.witnessed
        ]
        if self.unchecked_signatures:
            one, many = "underskrift av en annan nyckel är", "underskrifter av andra nycklar är"
            clauses.append(_count(self.unchecked_signatures, f"{one} inte kontrollerad", f"{many} inte kontrollerade"))
        return "; ".join(clauses) + "."

    @property
    def sentence_en(self) -> str:
        """What holds, what is withheld, or which entry fails and how, in one English sentence."""
        if self.problem:
            return self.problem.sentence(1)
        whole = {0: "The register is empty, as stated by", 1: "The only entry matches"}
        clauses = [
            f"{whole.get(self.size, f'All {self.size} entries match')} the checkpoint signed by {self.public_key.name}"
        ]
        if self.older_size is not None:
            clauses[0] += f" and the older checkpoint of {_count(self.older_size, 'entry', 'entries')}"
        if self.succession.changes:
            clauses.append(f"the key is changed in {self._changes('entry', 'and')}, signed by both the old and the new")
        if self.public_key != self.keys[-1]:
            clauses.append(f"you have given an older key, and the present one is {self.keys[-1].vkey}")
        if self.withheld:
            clauses.append(
                _count(len(self.withheld), "text is", "texts are")
                + f" withheld ({self._named('entry {} “{}”', 'and others')}), but "
                + ("its digest stands" if len(self.withheld) == 1 else "their digests stand")
            )
        if self.undecided:
            which = "it is" if len(self.withheld) == 1 else f"{len(self.undecided)} of them are"
            clauses.append(f"{which} missing without a decision in the register")
        clauses += [
            f"the witness {one.key.name} has seen the first {one.size} entries ({one.at:%Y-%m-%d})"
            for one in self.witnessed
        ]
        if self.unchecked_signatures:
            one, many = "signature by another key is not checked", "signatures by other keys are not checked"
            clauses.append(_count(self.unchecked_signatures, one, many))
        return "; ".join(clauses) + "."

    def _changes(self, entry: str, and_: str) -> str:
        numbers = [str(change.entry) for change in self.succession.changes]
        return f"{entry} " + f" {and_} ".join(filter(None, (", ".join(numbers[:-1]), numbers[-1])))

    def _named(self, pattern: str, more: str) -> str:
        named = ", ".join(pattern.format(*part) for part in self.withheld[:_NAMED_PARTS])
        return f"{named} {more}" if len(self.withheld) > _NAMED_PARTS else named


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
