"""The copy that is signed with a pen: exactly the words behind a digest, and a line of equal size for each party."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from loftet.papers import qr
from loftet.papers.press import print_paper


@dataclass(frozen=True)
class WordLine:
    """One thing that the document says, under its heading. `under` names the thing that it is about."""

    heading: str
    words: str
    under: str = ""


@dataclass(frozen=True)
class SigningCopy:
    """A version as it is signed on paper. `kind` is what the document is called, `parties` who has to sign."""

    kind: str
    title: str
    version: int
    proposed: str
    lines: tuple[WordLine, ...]
    parties: tuple[str, ...]
    digest: str
    address: str
    mark: str = ""


def signing_copy(paper: SigningCopy) -> bytes:
    """The copy as a tagged PDF, with digest, address, QR code and signature lines."""
    return print_paper("signing_copy.typ", {**asdict(paper), "qr": qr.drawing(paper.address)})
