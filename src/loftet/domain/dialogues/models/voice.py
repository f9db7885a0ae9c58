"""Something a person said (synpunkt)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from loftet.domain.base.ids import PublicIdField
from loftet.domain.dialogues.models.dialogue import Dialogue
from loftet.domain.dialogues.models.participant import Participant

LONGEST_NOTE = 240


class Voice(models.Model):
    """A resident's words, or a seed from the organisers (then without participant)."""

    class State(models.TextChoices):
        RECEIVED = "received", "väntar på granskning"
        PUBLISHED = "published", "publicerad"
        HELD = "held", "vilande"
        DECLINED = "declined", "inte publicerad"

    class Reason(models.TextChoices):
        """Why a voice is held or declined: the sentence that its sender reads."""

        PERSON = "person", "Texten kan peka ut en person."
        CRIME = "crime", "Texten beskriver ett brott. Ring 112 om det är bråttom, annars 114 14."
        THREAT = "threat", "Texten är hotfull eller kränker andra."
        OTHER_MATTER = "other_matter", "Texten handlar om något annat än det vi frågar om."
        REPEATED = "repeated", "Det finns redan ett påstående som säger samma sak."
        UNCLEAR = "unclear", "Det går inte att svara ”håller med” eller ”håller inte med” på texten."
        ADVERTISING = "advertising", "Texten är reklam."
        OTHER = "other", "Ett annat skäl."

    public_id = PublicIdField()
    dialogue = models.ForeignKey(Dialogue, on_delete=models.PROTECT, related_name="voices")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, null=True, blank=True, related_name="voices")
    text = models.CharField("text", max_length=280)
    state = models.CharField("läge", max_length=20, choices=State.choices, default=State.RECEIVED)
    reason = models.CharField("skäl", max_length=20, choices=Reason.choices, blank=True)
    note = models.CharField("granskarens egna ord", max_length=LONGEST_NOTE, blank=True)
    received_hour = models.DateTimeField("kom in (timme)")
    decided_at = models.DateTimeField("granskad", null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="a_held_or_declined_voice_has_a_reason",
                condition=~Q(state__in=["held", "declined"]) | ~Q(reason=""),
            ),
            models.CheckConstraint(name="another_reason_is_put_in_words", condition=~Q(reason="other") | ~Q(note="")),
            models.CheckConstraint(
                name="a_voice_is_decided_once_it_is_not_just_received",
                condition=Q(state="received", decided_at__isnull=True)
                | (~Q(state="received") & Q(decided_at__isnull=False)),
            ),
        ]
        indexes = [models.Index(fields=["dialogue", "state"], name="voices_by_state")]
        verbose_name = "synpunkt"
        verbose_name_plural = "synpunkter"

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def explanation(self) -> str:
        """Why it is held or declined, in the words that its sender reads."""
        sentence = "" if self.reason in ("", self.Reason.OTHER) else self.get_reason_display()
        return f"{sentence} {self.note}".strip()
