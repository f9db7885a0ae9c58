"""From answers to what was heard: runs, their released figures, findings and needs with their evidence."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from loftet.domain.base.ids import PublicIdField
from loftet.domain.base.models import AppendOnly
from loftet.domain.dialogues.models import Dialogue, Statement


class Run(models.Model):
    """One analysis of one dialogue: what went in, how, and what came out. A finished run is never changed."""

    class State(models.TextChoices):
        QUEUED = "queued", "i kö"
        RUNNING = "running", "pågår"
        DONE = "done", "klar"
        FAILED = "failed", "misslyckades"

    public_id = PublicIdField()
    dialogue = models.ForeignKey(Dialogue, on_delete=models.PROTECT, related_name="runs")
    state = models.CharField("läge", max_length=10, choices=State.choices, default=State.QUEUED)
    input_digest = models.CharField("underlagets kontrollsumma", max_length=64, blank=True)
    parameters = models.JSONField("inställningar", default=dict)
    code_version = models.CharField("programversion", max_length=40, blank=True)
    result = models.JSONField(
        "resultat", null=True, help_text="Med deltagare; visas aldrig publikt. Publika tal finns i släppet."
    )
    message = models.CharField("meddelande", max_length=240, blank=True)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField("beställd")
    finished_at = models.DateTimeField("klar", null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="a_done_run_has_a_result_and_a_time",
                condition=~Q(state="done") | Q(result__isnull=False, finished_at__isnull=False),
            ),
        ]
        verbose_name = "körning"
        verbose_name_plural = "körningar"

    def __str__(self) -> str:
        return f"Körning {self.public_id} av {self.dialogue}"


class Release(AppendOnly):
    """The public, disclosure-controlled figures of a run. Pages, files and feeds read this and nothing else."""

    public_id = PublicIdField()
    run = models.OneToOneField(Run, on_delete=models.PROTECT, related_name="release")
    dialogue = models.ForeignKey(Dialogue, on_delete=models.PROTECT, related_name="releases")
    participants = models.PositiveIntegerField("deltagare")
    figures = models.JSONField("tal")
    released_at = models.DateTimeField("släppt")

    class Meta:
        ordering = ["-id"]
        verbose_name = "släpp"
        verbose_name_plural = "släpp"

    def __str__(self) -> str:
        return f"Släpp {self.public_id} av {self.dialogue}"


class Finding(models.Model):
    """Det vi hörde: what staff conclude from a release, with evidence."""

    public_id = PublicIdField()
    dialogue = models.ForeignKey(Dialogue, on_delete=models.PROTECT, related_name="findings")
    text = models.TextField("det vi hörde")
    published_at = models.DateTimeField("publicerad", null=True, blank=True)
    created_at = models.DateTimeField("skapad")

    class Meta:
        ordering = ["id"]
        verbose_name = "det vi hörde"
        verbose_name_plural = "det vi hörde"

    def __str__(self) -> str:
        return self.text[:80]


LONGEST_NEED = 240


class Need(models.Model):
    """What residents need, in one sentence, drawn from findings."""

    public_id = PublicIdField()
    dialogue = models.ForeignKey(Dialogue, on_delete=models.PROTECT, related_name="needs")
    text = models.CharField("behov", max_length=LONGEST_NEED)
    findings = models.ManyToManyField(Finding, related_name="needs")
    created_at = models.DateTimeField("skapat")

    class Meta:
        ordering = ["id"]
        verbose_name = "behov"
        verbose_name_plural = "behov"

    def __str__(self) -> str:
        return self.text


class Evidence(models.Model):
    """A link from a finding to the statement and the released figures that it rests on."""

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="evidence")
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="evidence")
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="evidence")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["finding", "release", "statement"], name="a_statement_once_as_evidence")
        ]
        verbose_name = "belägg"
        verbose_name_plural = "belägg"

    def __str__(self) -> str:
        return f"{self.statement} för {self.finding}"
