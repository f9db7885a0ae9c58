"""What withholding means here: the signed characters go, their digest stands, and a masked wording is read instead."""

from __future__ import annotations

from datetime import datetime

from loftet.domain.parties.models import Partnership
from loftet.domain.records.holdings import Holding
from loftet.domain.records.models import WeedingDecision
from loftet.domain.signing.models import Comment, Decision, Masking, PaperAnswer, Sharing, Version


def holdings(partnership: Partnership) -> list[Holding]:
    """What the partnership has put forward, decided and signed."""
    return [
        Holding(Version.objects.filter(document__partnership=partnership).select_related("document"), _keep_version),
        Holding(Masking.objects.filter(version__document__partnership=partnership, content__gt=""), _keep_masking),
        Holding(Sharing.objects.filter(document__partnership=partnership)),
        Holding(Comment.objects.filter(document__partnership=partnership)),
        Holding(PaperAnswer.objects.filter(paper__version__document__partnership=partnership)),
        Holding(Decision.objects.filter(version__document__partnership=partnership)),
    ]


def _keep_version(row: Version, masked: dict[str, str], decision: WeedingDecision, at: datetime) -> None:
    Masking.objects.create(version=row, content=masked["content"], decision=decision, masked_at=at)


def _keep_masking(row: Masking, masked: dict[str, str], decision: WeedingDecision, at: datetime) -> None:
    Masking.objects.create(version=row.version, content=masked["content"], decision=decision, masked_at=at)
