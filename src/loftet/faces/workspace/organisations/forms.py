"""Forms about organisations, their people and their cooperation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms

from loftet.domain.parties import rules
from loftet.domain.parties.models import Membership, Organisation
from loftet.domain.parties.roles import ROLES
from loftet.faces.shared import text
from loftet.faces.workspace.fields import Day, StaffForm

GOES_ON = "Lämna tomt om det gäller tills vidare."


class NamesForm(StaffForm):
    """What an organisation is called."""

    name = forms.CharField(label="Namn", max_length=160, help_text="Till exempel Socialnämnden i Mora kommun.")
    short_name = forms.CharField(
        label="Kort namn", max_length=60, help_text="Står i löpande text, till exempel socialnämnden."
    )


class MemberForm(StaffForm):
    """A colleague, the role, and from when to when."""

    email = forms.EmailField(label="E-postadress", help_text="Adressen som personen loggar in med.")
    name = forms.CharField(
        label="Namn", max_length=120, required=False, help_text="Behövs för den som inte har något konto än."
    )
    is_role_account = forms.BooleanField(
        label="Ett funktionskonto",
        required=False,
        help_text="Flera läser dess e-post. Ett sådant konto kan inte skriva under.",
    )
    role = forms.ChoiceField(label="Roll", widget=forms.RadioSelect)
    title = forms.CharField(
        label="Funktion", max_length=120, required=False, help_text="Till exempel kommunstyrelsens ordförande."
    )
    starts = forms.DateField(label="Från och med", widget=Day)
    ends = forms.DateField(label="Till och med", widget=Day, required=False, help_text=GOES_ON)

    def __init__(self, *args, organisation: Organisation, **kwargs):
        super().__init__(*args, **kwargs)
        fitting = [role for role in ROLES if rules.fits(role.key, organisation)]
        self.offer("role", [(role.key, f"{text.capital(role.name)}. {role.description}") for role in fitting])

    def clean(self):
        """The last day does not lie before the first."""
        self.must_follow("starts", "ends", "Den sista dagen ligger före den första.")
        return self.cleaned_data


class LastDayForm(StaffForm):
    """Until when something holds."""

    last_day = forms.DateField(label="Till och med", widget=Day, required=False, help_text=GOES_ON)


class LeaveForm(StaffForm):
    """The day after which a party is no party."""

    last_day = forms.DateField(label="Sista dag", widget=Day, help_text="Organisationen är med hela den dagen.")


class PartyForm(StaffForm):
    """An organisation that is to be a party: one that is known, or another promiser by its name."""

    organisation = forms.ChoiceField(label="Organisation", required=False)
    name = forms.CharField(
        label="Namn på en ny organisation",
        max_length=160,
        required=False,
        help_text="För den som inte står i listan, till exempel ett bostadsbolag.",
    )
    starts = forms.DateField(label="Från och med", widget=Day)
    signs = forms.BooleanField(
        label="Ska skriva under gemensamma dokument",
        required=False,
        help_text="Det som redan är framlagt påverkas inte.",
    )

    def __init__(self, *args, known: Sequence[Organisation], **kwargs):
        super().__init__(*args, **kwargs)
        self.offer("organisation", [("", "Välj"), *((one.public_id, one.name) for one in known)])
        if not known:
            del self.fields["organisation"]
            self.fields["name"].required = True

    def clean(self):
        """One of the two, and not both."""
        chosen, named = self.cleaned_data.get("organisation"), self.cleaned_data.get("name")
        if bool(chosen) == bool(named) and not self.errors:
            self.add_error("name", "Välj en organisation i listan eller skriv namnet på en ny, inte båda.")
        return self.cleaned_data


class HandoverForm(StaffForm):
    """The last day, and who takes over each hat."""

    last_day = forms.DateField(
        label="Sista dag", widget=Day, help_text="Uppdragen gäller hela den dagen. Den som tar över börjar dagen efter."
    )

    def __init__(self, *args, hats: Iterable[tuple[Membership, Sequence[Any]]], **kwargs):
        super().__init__(*args, **kwargs)
        self.heirs: dict[int, dict[str, Any]] = {}
        for hat, colleagues in hats:
            self.heirs[hat.pk] = {one.public_id: one for one in colleagues}
            if colleagues:
                self.fields[f"heir_{hat.pk}"] = forms.ChoiceField(
                    label=f"Vem tar över som {hat.get_role_display()} hos {hat.organisation.name}?",
                    required=False,
                    choices=[("", "Ingen nu"), *((one.public_id, one.name) for one in colleagues)],
                )

    def successors(self) -> dict[int, Any]:
        """Who takes over which hat, by its primary key."""
        chosen = {pk: self.cleaned_data.get(f"heir_{pk}") for pk in self.heirs}
        return {pk: self.heirs[pk][public_id] for pk, public_id in chosen.items() if public_id}


def first_day(today: date) -> dict[str, Any]:
    """What a form about something that begins is filled in with."""
    return {"starts": today}
