"""A cooperation agreement in force, on paper."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from loftet.papers import qr
from loftet.papers.press import print_paper


@dataclass(frozen=True)
class Section:
    """A heading with what stands under it: paragraphs, then a table if there are columns."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class SignedBy:
    """One party's signature, in words."""

    organisation: str
    name: str
    function: str
    day: str


@dataclass(frozen=True)
class AgreementPaper:
    """Everything on the paper, in words. `standing` says whether it is in force, and `mark` that it is an example."""

    title: str
    parties: tuple[str, ...]
    places: tuple[str, ...]
    period: str
    standing: str
    sections: tuple[Section, ...]
    signatures: tuple[SignedBy, ...]
    version: int
    digest: str
    address: str
    register: str = ""
    mark: str = ""


def agreement(paper: AgreementPaper) -> bytes:
    """The agreement as a tagged PDF, with who signed, its digest and the address where it can be checked."""
    return print_paper("agreement.typ", {**asdict(paper), "qr": qr.drawing(paper.address)})
