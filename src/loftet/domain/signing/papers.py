"""The copy of a version that is signed on paper."""

from __future__ import annotations

from collections.abc import Iterable

from loftet.domain.base import clock
from loftet.domain.signing import queries
from loftet.domain.signing.models import Version
from loftet.papers.signing_copies import SigningCopy, WordLine
from loftet.papers.signing_copies import signing_copy as set_copy


def signing_copy(
    version: Version, *, kind: str, lines: Iterable[tuple[str, str, str]], address: str, mark: str = ""
) -> bytes:
    """A version as a PDF to sign with a pen.

    `kind` is what people call the document, `lines` its words as (heading, words, what it is about), `address` where
    the text can be read, and `mark` what is said of an example.
    """
    day = clock.in_words(clock.day_of(version.proposed_at))
    return set_copy(
        SigningCopy(
            kind=kind,
            title=queries.content(version)["title"],
            version=version.number,
            proposed=f"Framlagd av {version.proposed_by.name} den {day}.",
            lines=tuple(WordLine(*line) for line in lines),
            parties=tuple(row.organisation.name for row in version.required.all()),
            digest=version.digest,
            address=address,
            mark=mark,
        )
    )
