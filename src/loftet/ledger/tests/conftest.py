"""A small register of twelve entries, with the same bytes every time."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from loftet.ledger.checkpoints import sign_checkpoint
from loftet.ledger.commitments import commit
from loftet.ledger.entries import build_envelope, entry_leaf_hash
from loftet.ledger.export import ExportEntry, Opened, export_lines
from loftet.ledger.keys import VerifierKey
from loftet.ledger.merkle import root
from loftet.ledger.succession import KEY_CHANGED

ORIGIN = "loftet.example/loftesboken"


@dataclass
class Book:
    """A register under construction: entries are added, checkpoints signed, lines exported."""

    origin: str = ORIGIN
    seed: bytes = b"loftet test key, worth nothing.."
    entries: list[ExportEntry] = field(default_factory=list)
    checkpoints: list[str] = field(default_factory=list)

    @property
    def private_key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)

    @property
    def key(self) -> VerifierKey:
        return VerifierKey.of(self.origin, self.private_key.public_key())

    def add(self, texts: dict[str, str], withheld: tuple[str, ...] = (), kind: str = "promise.signed") -> None:
        n = len(self.entries)
        salts = {name: hashlib.sha256(f"salt {n} {name}".encode()).hexdigest() for name in texts}
        envelope = build_envelope(
            n=n,
            kind=kind,
            subject=f"p-{n:04d}",
            time=f"2026-11-22T20:{n % 60:02d}:00Z",
            parts={name: commit(salts[name], text) for name, text in texts.items()},
        )
        shown = {name: None if name in withheld else Opened(salts[name], text) for name, text in texts.items()}
        self.entries.append(ExportEntry(envelope, entry_leaf_hash(envelope).hex(), shown))

    def sign(self, size: int | None = None) -> str:
        covered = self.entries if size is None else self.entries[:size]
        leaves = [bytes.fromhex(entry.leaf) for entry in covered]
        text = sign_checkpoint(origin=self.origin, size=len(leaves), root=root(leaves), private_key=self.private_key)
        self.checkpoints.append(text)
        return text

    def rotate(self, seed: bytes, *, signs: bool = True) -> None:
        """Change the key in an entry of its own, and let both keys sign it unless told otherwise."""
        old, old_key = self.private_key, self.key
        self.seed = seed
        texts = {"old_key": old_key.vkey, "new_key": self.key.vkey, "reason": "Nytt år."}
        self.add(texts, kind=KEY_CHANGED)
        if signs:
            self.checkpoints.append(self.note(old, self.private_key))

    def note(self, private_key: Ed25519PrivateKey, new_key: Ed25519PrivateKey | None = None) -> str:
        """A checkpoint over everything by one key or two, not yet in the export."""
        leaves = [bytes.fromhex(entry.leaf) for entry in self.entries]
        return sign_checkpoint(
            origin=self.origin, size=len(leaves), root=root(leaves), private_key=private_key, new_key=new_key
        )

    def lines(self) -> list[bytes]:
        return list(export_lines(origin=self.origin, entries=self.entries, checkpoints=self.checkpoints))


@pytest.fixture
def book() -> Book:
    """Twelve entries, the sixth with a part withheld, the ninth without parts, one checkpoint that covers all."""
    made = Book()
    for n in range(12):
        if n == 8:
            made.add({})
        elif n == 5:
            made.add({"text": "Ett löfte om Åvägen.", "decision": "§ 14"}, withheld=("decision",))
        else:
            made.add({"text": f"Löfte {n}: fotpatrull på torget, ”minst 2 i veckan”\n\\ 😀"})
    made.sign()
    return made


@pytest.fixture
def short_book() -> Book:
    """As few bytes as hold every kind of line and of part: plain, withheld, none, and a checkpoint before the last."""
    made = Book()
    made.add({"text": "”minst 2”\n\\ 😀"})
    made.add({"text": "§ 14", "decision": "nej"}, withheld=("decision",))
    made.sign()
    made.add({})
    made.sign()
    return made


@pytest.fixture
def make_book():
    """The class itself, for tests that build another register."""
    return Book
