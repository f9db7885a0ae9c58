"""The words of an agreement as they are signed. Staff by role and never by name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from loftet.domain.plans.models import Agreement
from loftet.domain.signing.canonical import plain, rebuild
from loftet.domain.situation.content import PartyText, PlaceText, parties_of, places_of

FORM = "loftet.agreement/1"


@dataclass(frozen=True)
class GroupText:
    """A group that meets: its name, who is in it and how often."""

    name: str
    members: str
    meets: str


@dataclass(frozen=True)
class AgreementText:
    """An agreement as it is signed."""

    form: str
    id: str
    title: str
    purpose: str
    area: str
    focus: tuple[str, ...]
    starts: date
    ends: date
    places: tuple[PlaceText, ...]
    parties: tuple[PartyText, ...]
    groups: tuple[GroupText, ...]
    followup: str
    contacts: tuple[str, ...]

    def as_content(self) -> dict:
        """Plain data, ready to be frozen."""
        return plain(self)

    @classmethod
    def from_content(cls, content: dict) -> AgreementText:
        """The same words read back from a signed version."""
        return rebuild(cls, content)


def words_of(agreement: Agreement) -> AgreementText:
    """The agreement's working copy in the form that is signed."""
    groups = (
        GroupText("Styrgrupp", agreement.steering_members, agreement.steering_meets),
        GroupText("Arbetsgrupp", agreement.working_members, agreement.working_meets),
    )
    return AgreementText(
        form=FORM,
        id=agreement.public_id,
        title=agreement.title,
        purpose=agreement.purpose,
        area=agreement.area,
        focus=_lines(agreement.focus),
        starts=agreement.starts,
        ends=agreement.ends,
        places=places_of(agreement.partnership),
        parties=parties_of(agreement.partnership),
        groups=tuple(group for group in groups if group.members or group.meets),
        followup=agreement.followup,
        contacts=_lines(agreement.contacts),
    )


def _lines(text: str) -> tuple[str, ...]:
    """The lines of a field where each line is a thing of its own."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())
