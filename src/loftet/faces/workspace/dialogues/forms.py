"""What staff fill in about a dialogue."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django import forms

from loftet.domain.base import clock
from loftet.domain.dialogues.models import Dialogue, Voice
from loftet.domain.parties.models import Organisation
from loftet.faces.workspace.fields import Day, Moment, StaffForm, StaffModelForm, rows

FIELDS = (
    "title",
    "question",
    "purpose",
    "can_influence",
    "cannot_influence",
    "what_happens",
    "opens_at",
    "closes_at",
    "answer_by",
    "minutes",
    "ladder",
    "sample_type",
    "legal_basis",
)
LEGAL_BASIS = "Uppgift av allmänt intresse: lag (2023:196) om kommuners ansvar för brottsförebyggande arbete"
WHAT_HAPPENS = (
    "Vi sammanställer svaren och visar dem här. Sedan skriver kommunen och polisen en gemensam problembild, "
    "lovar åtgärder och svarar er som var med."
)
# The ladder in the words of a person who answers, instead of the names that its steps have in the handbooks.
LADDER = [
    (Dialogue.Ladder.INFORMATION, "Information: vi berättar"),
    (Dialogue.Ladder.CONSULTATION, "Konsultation: vi frågar innan vi bestämmer"),
    (Dialogue.Ladder.DIALOGUE, "Dialog: vi resonerar tillsammans innan vi bestämmer"),
    (Dialogue.Ladder.INFLUENCE, "Inflytande: svaren styr vad vi föreslår"),
    (Dialogue.Ladder.CO_DECISION, "Medbeslutande: vi bestämmer tillsammans"),
]
OPENING_HOUR, CLOSING_HOUR = 8, 20


class DialogueForm(StaffModelForm):
    """All that a dialogue owes the participant. What can stand as it is lies folded."""

    folded = ("minutes", "ladder", "sample_type", "legal_basis")
    fold_title = "Mer om dialogen (redan ifyllt)"

    class Meta:
        model = Dialogue
        fields = FIELDS
        labels = {
            "minutes": "Minuter det tar att svara",
            "ladder": "Så mycket kan deltagarna påverka",
            "answer_by": "Ni svarar deltagarna senast",
        }
        widgets = {
            "question": rows(2),
            "purpose": rows(3),
            "can_influence": rows(3),
            "cannot_influence": rows(3),
            "what_happens": rows(3),
            "legal_basis": rows(2),
            "answer_by": Day(),
            "opens_at": Moment(),
            "closes_at": Moment(),
        }
        help_texts = {
            "title": "Kort, så att den går att känna igen. Till exempel Trygg i centrum.",
            "question": "Det invånarna svarar på. En fråga, utan fackord.",
            "purpose": "En eller två meningar: vad ni vill förstå, och vad det ska användas till.",
            "can_influence": "Till exempel var polisen går och hur det är upplyst.",
            "cannot_influence": "Till exempel vilka lagar som gäller. Då blir ingen besviken i efterhand.",
            "answer_by": "Dagen står på dialogens sida. Ni svarar också när svaret är nej.",
        }

    controller = forms.ChoiceField(
        label="Ansvarar för personuppgifterna",
        help_text="Bara den organisationens granskare läser det som inte är publicerat.",
    )

    def __init__(self, *args, controllers: Sequence[Organisation] = (), **kwargs):
        super().__init__(*args, **kwargs)
        self.offer("ladder", LADDER)
        if len(controllers) > 1:
            self.offer("controller", [(one.public_id, one.name) for one in controllers])
        else:
            del self.fields["controller"]

    def clean(self):
        """The times in order, said at the one to change."""
        super().clean()
        opens, closes = self.cleaned_data.get("opens_at"), self.cleaned_data.get("closes_at")
        answer = self.cleaned_data.get("answer_by")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", "Dialogen måste stänga efter att den öppnar. Välj en senare tid.")
        if closes and answer and answer < clock.day_of(closes):
            self.add_error("answer_by", "Ni kan inte svara innan dialogen har stängt. Välj en senare dag.")
        return self.cleaned_data


def defaults() -> dict:
    """A start that can be published as it stands once the words about the question itself are written."""
    tomorrow = clock.now().astimezone(clock.STOCKHOLM).replace(minute=0, second=0, microsecond=0) + timedelta(days=1)
    return {
        "opens_at": tomorrow.replace(hour=OPENING_HOUR),
        "closes_at": tomorrow.replace(hour=CLOSING_HOUR) + timedelta(days=28),
        "answer_by": clock.day_of(tomorrow + timedelta(days=90)),
        "minutes": 4,
        "ladder": Dialogue.Ladder.DIALOGUE,
        "sample_type": Dialogue.SampleType.SELF_SELECTED,
        "legal_basis": LEGAL_BASIS,
        "what_happens": WHAT_HAPPENS,
    }


class SeedForm(StaffForm):
    """Statements from the organisers, one a line."""

    text = forms.CharField(
        label="Nya påståenden",
        max_length=6000,
        widget=rows(4),
        help_text="Ett på varje rad. Något man kan hålla med om eller inte. En tanke, i vardagsspråk.",
        error_messages={"required": "Skriv minst ett påstående."},
    )

    @property
    def lines(self) -> list[str]:
        """The statements, without empty lines."""
        return [line.strip() for line in self.cleaned_data["text"].splitlines() if line.strip()]


class ModerationForm(StaffForm):
    """What becomes of a voice."""

    outcome = forms.ChoiceField(
        label="Beslut",
        choices=[
            (Voice.State.PUBLISHED, "Publicera som påstående"),
            (Voice.State.DECLINED, "Publicera inte"),
            (Voice.State.HELD, "Låt vila"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Välj vad som ska hända med texten."},
    )
    reason = forms.ChoiceField(
        label="Skäl till att inte publicera eller låta vila",
        required=False,
        choices=[("", "Inget skäl behövs för att publicera"), *Voice.Reason.choices],
    )
    note = forms.CharField(
        label="Tillägg till skälet", required=False, max_length=240, help_text="Den som skrev får läsa det."
    )

    def clean(self):
        """Say at the list that a no needs a reason."""
        data = super().clean() or {}
        if data.get("outcome") in {Voice.State.DECLINED, Voice.State.HELD} and "reason" in data and not data["reason"]:
            self.add_error("reason", "Välj ett skäl. Den som skrev får läsa det.")
        return data
