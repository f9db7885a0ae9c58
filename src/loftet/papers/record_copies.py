"""The copy that goes to an authority's diary and archive: the words as they stand, and who has signed them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from loftet.papers import qr
from loftet.papers.agreements import SignedBy
from loftet.papers.press import ARCHIVE, print_paper
from loftet.papers.signing_copies import WordLine

# What the file is, in the words of the standards: for whoever receives it.
STANDARDS = ("PDF/A-2a", "PDF/UA-1")


@dataclass(frozen=True)
class RecordCopy:
    """A thing as it is registered. What nobody signs has no version, digest or signatures.

    `standing` says in a sentence what it is and since when, `mark` that it is an example.
    """

    kind: str
    title: str
    dated: date
    standing: str
    parties: tuple[str, ...]
    lines: tuple[WordLine, ...]
    address: str
    signatures: tuple[SignedBy, ...] = ()
    version: int = 0
    digest: str = ""
    register: str = ""
    mark: str = ""


def record_copy(paper: RecordCopy) -> bytes:
    """The copy as a tagged PDF for the archive (PDF/A-2a and PDF/UA-1), dated as the words are."""
    day = paper.dated
    data = {**asdict(paper), "dated": [day.year, day.month, day.day], "qr": qr.drawing(paper.address)}
    return print_paper("record_copy.typ", data, standards=ARCHIVE)
