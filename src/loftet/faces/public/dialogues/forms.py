"""What residents fill in."""

from __future__ import annotations

from django import forms

from loftet.domain.dialogues import codes
from loftet.domain.dialogues.models import Voice, Vote

LONGEST = Voice._meta.get_field("text").max_length


class VoteForm(forms.Form):
    """An answer to one statement."""

    statement = forms.IntegerField(min_value=1)
    value = forms.TypedChoiceField(choices=Vote.Value.choices, coerce=int)


class ReturnForm(forms.Form):
    """The code that somebody wrote down."""

    code = forms.CharField(
        label="Din kod",
        help_text="16 tecken. Stora eller små bokstäver och mellanslag spelar ingen roll.",
        max_length=200,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "class": "code"}
        ),
        error_messages={
            "required": "Skriv koden först.",
            "max_length": "Koden har 16 tecken. Det här är längre. Titta på lappen och skriv igen.",
        },
    )

    def clean_code(self) -> str:
        """The code without spaces."""
        code = codes.read(self.cleaned_data["code"])
        if not code:
            raise forms.ValidationError(
                "Koden har 16 tecken, bokstäver och siffror. Titta på lappen och skriv igen. Inget är ändrat."
            )
        return code


class SayForm(forms.Form):
    """One's own words."""

    text = forms.CharField(
        label="Vad vill du säga?",
        help_text=f"En tanke i taget, högst {LONGEST} tecken. Skriv inte någons namn, telefonnummer eller adress.",
        # The step above says what is too long in one sentence; here only what no browser would send by mistake.
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Skriv något först."},
    )
    # A button's, beside what the guard gave back.
    insists = forms.BooleanField(required=False)
