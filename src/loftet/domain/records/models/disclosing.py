"""What has been handed out: what, to which request, with how much masked, and by whom."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from loftet.domain.base.ids import PublicIdField
from loftet.domain.base.models import WITHHELD, AppendOnly
from loftet.domain.parties.models import Organisation, Partnership


class Disclosure(AppendOnly):
    """One package that was handed out. Who asked is not kept; what was masked is kept nowhere, only how much."""

    public_id = PublicIdField()
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="disclosures")
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="disclosures")
    disclosed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    request = models.CharField("begäran", max_length=200, help_text="Inte vem som frågar.")
    ground = models.CharField("stöd för maskningen", max_length=200, blank=True)
    contents = models.JSONField("innehåll")
    masked = models.PositiveIntegerField("maskade ställen")
    package_digest = models.CharField("paketets kontrollsumma", max_length=64)
    disclosed_at = models.DateTimeField("utlämnat")

    withholdable = {"request": WITHHELD, "ground": WITHHELD, "contents": []}

    class Meta:
        ordering = ["-id"]
        verbose_name = "utlämnande"
        verbose_name_plural = "utlämnanden"

    def __str__(self) -> str:
        return f"{self.organisation} {self.disclosed_at:%Y-%m-%d}"
