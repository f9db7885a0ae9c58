"""What became of it: reports on measures, and the answer to residents. Statuses are derived, see `status`."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from loftet.domain.base.ids import PublicIdField
from loftet.domain.base.models import WITHHELD, AppendOnly
from loftet.domain.dialogues.models import Dialogue
from loftet.domain.parties.models import Organisation
from loftet.domain.plans.models import Measure
from loftet.domain.promises.models import Promise
from loftet.domain.understanding.models import Finding


class Report(AppendOnly):
    """What was done on a measure in a period, said by one organisation. A correction is a new report."""

    public_id = PublicIdField()
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="reports")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="reports")
    period_start = models.DateField("från och med")
    period_end = models.DateField("till och med")
    amount = models.DecimalField("gjort", max_digits=10, decimal_places=2, null=True, blank=True)
    delivered = models.BooleanField("på plats", null=True, blank=True)
    hours = models.DecimalField("timmar", max_digits=8, decimal_places=1, null=True, blank=True)
    note = models.TextField("anteckning", blank=True)
    is_late = models.BooleanField("sen")
    reported_at = models.DateTimeField("rapporterad")

    withholdable = {"note": WITHHELD}

    class Meta:
        ordering = ["period_start", "id"]
        constraints = [
            models.CheckConstraint(
                name="a_report_ends_after_it_starts", condition=Q(period_end__gte=F("period_start"))
            ),
            models.CheckConstraint(
                name="a_report_says_an_amount_or_a_delivery",
                condition=Q(amount__isnull=False) | Q(delivered__isnull=False),
            ),
        ]
        verbose_name = "åtgärdsrapport"
        verbose_name_plural = "åtgärdsrapporter"

    def __str__(self) -> str:
        return f"{self.measure} {self.period_start}–{self.period_end}"


class Feedback(models.Model):
    """Svar till er: the answer to those who took part in a dialogue. Either party may answer alone."""

    public_id = PublicIdField()
    dialogue = models.ForeignKey(Dialogue, on_delete=models.PROTECT, related_name="feedback")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    introduction = models.TextField("inledning")
    published_at = models.DateTimeField("publicerat", null=True, blank=True)
    created_at = models.DateTimeField("skapat")

    class Meta:
        ordering = ["id"]
        verbose_name = "svar till er"
        verbose_name_plural = "svar till er"

    def __str__(self) -> str:
        return f"Svar om {self.dialogue}"


class FindingResponse(models.Model):
    """What happens with one finding."""

    class Outcome(models.TextChoices):
        PROMISED = "promised", "lovat"
        DONE = "done", "gjort"
        NOT_DONE = "not_done", "görs inte"
        PASSED_ON = "passed_on", "skickat vidare"

    feedback = models.ForeignKey(Feedback, on_delete=models.CASCADE, related_name="responses")
    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="responses")
    outcome = models.CharField("utfall", max_length=20, choices=Outcome.choices)
    text = models.TextField("vårt svar")
    promise = models.ForeignKey(Promise, null=True, blank=True, on_delete=models.PROTECT, related_name="responses")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["feedback", "finding"], name="one_response_per_finding"),
            models.CheckConstraint(
                name="promised_names_the_promise", condition=~Q(outcome="promised") | Q(promise__isnull=False)
            ),
        ]
        verbose_name = "svar på det vi hörde"
        verbose_name_plural = "svar på det vi hörde"

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}: {self.finding}"
