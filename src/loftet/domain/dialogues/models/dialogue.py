"""An organised conversation with residents about a question."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from loftet.domain.base.ids import PublicIdField
from loftet.domain.parties.models import Organisation, Partnership
from loftet.domain.places.models import Municipality


class Dialogue(models.Model):
    """What is asked, why, what can be influenced, and when. Open and closed are computed from its times."""

    class Ladder(models.TextChoices):
        INFORMATION = "information", "information"
        CONSULTATION = "consultation", "konsultation"
        DIALOGUE = "dialogue", "dialog"
        INFLUENCE = "influence", "inflytande"
        CO_DECISION = "co_decision", "medbeslutande"

    class SampleType(models.TextChoices):
        RANDOM = "random", "slumpvis urval"
        SELF_SELECTED = "self_selected", "självvalt: alla som vill får svara"
        MEETING = "meeting", "möte"
        STAFF = "staff", "medarbetare"

    class State(models.TextChoices):
        DRAFT = "draft", "utkast"
        COMING = "coming", "öppnar snart"
        OPEN = "open", "öppen"
        CLOSED = "closed", "stängd"

    public_id = PublicIdField()
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="dialogues")
    controller = models.ForeignKey(
        Organisation,
        verbose_name="personuppgiftsansvarig",
        on_delete=models.PROTECT,
        related_name="controlled_dialogues",
    )
    municipality = models.ForeignKey(
        Municipality, verbose_name="kommun", on_delete=models.PROTECT, related_name="dialogues"
    )
    title = models.CharField("rubrik", max_length=120)
    question = models.CharField("fråga", max_length=240)
    purpose = models.TextField("varför vi frågar")
    can_influence = models.TextField("det här kan påverkas")
    cannot_influence = models.TextField("det här kan inte påverkas")
    what_happens = models.TextField("vad som händer sedan")
    answer_by = models.DateField("svar senast")
    minutes = models.PositiveSmallIntegerField("tar ungefär (minuter)", default=4)
    ladder = models.CharField(
        "steg på delaktighetstrappan", max_length=20, choices=Ladder.choices, default=Ladder.CONSULTATION
    )
    sample_type = models.CharField(
        "vilka som svarar", max_length=20, choices=SampleType.choices, default=SampleType.SELF_SELECTED
    )
    legal_basis = models.CharField("rättslig grund", max_length=200)
    published_at = models.DateTimeField("publicerad", null=True, blank=True)
    opens_at = models.DateTimeField("öppnar")
    closes_at = models.DateTimeField("stänger")
    simulated_note = models.CharField(
        "om påhittade svar",
        max_length=240,
        blank=True,
        help_text="Ifyllt bara i exempel: varför svaren inte är riktiga.",
    )
    created_at = models.DateTimeField("skapad")

    class Meta:
        ordering = ["-opens_at"]
        constraints = [
            models.CheckConstraint(name="a_dialogue_closes_after_it_opens", condition=Q(closes_at__gt=F("opens_at")))
        ]
        verbose_name = "dialog"
        verbose_name_plural = "dialoger"

    def __str__(self) -> str:
        return self.title

    def state(self, at: datetime) -> State:
        """Where it stands at a moment: computed from its times and stored nowhere."""
        if self.published_at is None:
            return self.State.DRAFT
        if at < self.opens_at:
            return self.State.COMING
        return self.State.OPEN if at < self.closes_at else self.State.CLOSED

    def is_open(self, at: datetime) -> bool:
        """Whether it takes answers at a moment."""
        return self.state(at) == self.State.OPEN

    def is_closed(self, at: datetime) -> bool:
        """Whether it was open and is so no more."""
        return self.state(at) == self.State.CLOSED
