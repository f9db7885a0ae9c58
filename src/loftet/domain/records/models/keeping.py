"""In which diary a thing stands, and how long an organisation has decided to keep things of its kind."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from loftet.domain.base.ids import PublicIdField
from loftet.domain.base.models import AppendOnly
from loftet.domain.parties.models import Organisation, Partnership


class DocumentType(models.TextChoices):
    """Kinds of documents as an information-management plan tells them apart (handlingstyper)."""

    AGREEMENT = "agreement", "samverkansöverenskommelse"
    PICTURE = "picture", "problembild"
    PROMISE = "promise", "medborgarlöfte"
    DIALOGUE = "dialogue", "dialog med resultat"
    ANSWERS = "answers", "svar i en dialog"
    DECLINED = "declined", "synpunkter som inte publicerades"
    HELD = "held", "vilande synpunkter"


# What an organisation may decide to weed. All else is kept: words that are signed are withheld and never deleted.
WEEDABLE = (DocumentType.ANSWERS, DocumentType.DECLINED, DocumentType.HELD)


class DiaryNumber(AppendOnly):
    """Under which number one organisation has registered a thing. A corrected number is a new row; the latest holds."""

    subject = models.CharField("beständigt id", max_length=12, db_index=True)
    document_type = models.CharField("handlingstyp", max_length=20, choices=DocumentType.choices)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="diary_numbers")
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="diary_numbers")
    number = models.CharField("diarienummer", max_length=40)
    recorded_at = models.DateTimeField("infört")

    class Meta:
        ordering = ["id"]
        constraints = [models.CheckConstraint(name="a_diary_number_is_written", condition=~Q(number=""))]
        verbose_name = "diarienummer"
        verbose_name_plural = "diarienummer"

    def __str__(self) -> str:
        return f"{self.organisation}: {self.number}"


class RetentionRule(AppendOnly):
    """What an organisation has decided about a kind of document: kept, or weeded so many months after it closed.

    It holds from a day until the organisation's next rule about the same kind begins. A change is a new row.
    """

    public_id = PublicIdField()
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="retention_rules")
    document_type = models.CharField("handlingstyp", max_length=20, choices=DocumentType.choices)
    months = models.PositiveSmallIntegerField("gallras efter (månader)", null=True, help_text="Tomt: bevaras.")
    starts = models.DateField("gäller från")
    body = models.CharField("beslutande organ", max_length=120)
    decided_on = models.DateField("beslutsdatum")
    diary_number = models.CharField("diarienummer", max_length=40, blank=True)
    basis = models.CharField("grund", max_length=200, help_text="Informationshanteringsplan eller beslut.")
    recorded_at = models.DateTimeField("infört")

    class Meta:
        ordering = ["starts", "id"]
        constraints = [
            models.CheckConstraint(
                name="only_what_may_be_weeded_has_months",
                condition=Q(months__isnull=True) | Q(months__gte=1, document_type__in=[str(kind) for kind in WEEDABLE]),
            ),
        ]
        verbose_name = "gallringsregel"
        verbose_name_plural = "gallringsregler"

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_document_type_display()}"
