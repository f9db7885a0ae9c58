"""What the parties of the demo have registered and decided about keeping."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from loftet.domain.parties.models import Membership, Partnership
from loftet.domain.records import actions, queries
from loftet.domain.records.models import DocumentType


def load(partnership: Partnership, town: Membership, police: Membership, *, starts: date, at: datetime) -> None:
    """Both have registered what is signed; the dialogues are still to be. The municipality has decided one rule."""
    for number, one in enumerate(queries.registered(partnership, set(), at), 41):
        if one.handling.document_type == DocumentType.DIALOGUE:
            continue
        numbers = ((town, f"KS {starts.year}/{number}"), (police, f"A{number}.117/{starts.year}"))
        for hat, written in numbers:
            actions.enter_diary_number(
                partnership=partnership, subject=one.handling.subject, number=written, by=hat, at=at
            )
    actions.decide_rule(
        partnership=partnership,
        document_type=DocumentType.DECLINED,
        months=6,
        starts=starts,
        body="kommunstyrelsen § 31",
        decided_on=starts - timedelta(days=20),
        basis="Informationshanteringsplanen, punkt 4.2",
        by=town,
        at=at,
    )
