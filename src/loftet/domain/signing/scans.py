"""What a scanned paper may be: a PDF or a picture that one can look at, known by its bytes and not by its name."""

from __future__ import annotations

from loftet.domain.base.errors import DomainError

LARGEST = 8_000_000
_BEGINNINGS = {b"%PDF-": "application/pdf", b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png"}


def kind_of(scan: bytes) -> str:
    """The kind of file by its first bytes. Raises `DomainError` for one that is empty, too large or of another kind."""
    if not scan:
        raise DomainError("Filen är tom. Inget är sparat. Skanna papperet igen.")
    if len(scan) > LARGEST:
        raise DomainError(
            f"Filen är större än {LARGEST // 1_000_000} MB. Inget är sparat. Skanna med lägre upplösning."
        )
    for beginning, kind in _BEGINNINGS.items():
        if scan.startswith(beginning):
            return kind
    raise DomainError("Filen är varken PDF, JPEG eller PNG. Inget är sparat. Spara den som PDF och försök igen.")
