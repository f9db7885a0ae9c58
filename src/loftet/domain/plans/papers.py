"""An agreement in force as a paper."""

from __future__ import annotations

from loftet.domain.base import clock
from loftet.domain.plans.queries import PublicAgreement
from loftet.domain.plans.status import Runs
from loftet.papers.agreements import AgreementPaper, Section, SignedBy
from loftet.papers.agreements import agreement as set_agreement


def agreement_pdf(shown: PublicAgreement, *, address: str, entry: int | None = None, mark: str = "") -> bytes:
    """The signed words as a tagged PDF. `entry` is its number in the register, `mark` what is said of an example."""
    words = shown.words
    return set_agreement(
        AgreementPaper(
            title=words.title,
            parties=tuple(party.name for party in words.parties),
            places=tuple(place.name for place in words.places),
            period=f"{clock.in_words(words.starts)} – {clock.in_words(words.ends)}",
            standing=standing_sentence(shown),
            sections=tuple(_sections(shown)),
            signatures=tuple(
                SignedBy(row.organisation.name, row.name, row.title, clock.in_words(clock.day_of(row.signed_at)))
                for row in shown.version.signatures.all()
            ),
            version=shown.version.number,
            digest=shown.version.digest,
            address=address,
            register="" if entry is None else f"Införd i Löftesboken som nummer {entry}.",
            mark=mark,
        )
    )


def standing_sentence(shown: PublicAgreement) -> str:
    """Whether the agreement runs, in a sentence."""
    day = clock.in_words(shown.standing.last_day)
    if shown.standing.termination:
        party = shown.standing.termination.organisation.name
        verb = "gällde" if shown.standing.is_over else "gäller"
        return f"{party} har sagt upp överenskommelsen. Den {verb} till och med {day}."
    return {
        Runs.COMING: f"Överenskommelsen är undertecknad och börjar gälla {clock.in_words(shown.words.starts)}.",
        Runs.EXPIRED: f"Överenskommelsen gällde till och med {day}.",
    }.get(shown.standing.runs, f"Överenskommelsen gäller till och med {day}.")


def _sections(shown: PublicAgreement):
    words = shown.words
    yield Section("Syfte", (words.purpose,))
    yield Section("Område", (words.area,))
    yield Section("Fokusområden", tuple(f"{number}. {text}" for number, text in enumerate(words.focus, 1)))
    if words.groups:
        rows = tuple((group.name, group.members, group.meets) for group in words.groups)
        yield Section("Så möts vi", (), ("Grupp", "Vilka", "Hur ofta"), rows)
    if words.followup:
        yield Section("Så följer vi upp", (words.followup,))
    if words.contacts:
        yield Section("Kontaktvägar", words.contacts)
    for declared in shown.terminations:
        told = f"Gäller till och med {clock.in_words(declared.last_day)}. Skäl: {declared.reason}"
        yield Section(f"Uppsagd av {declared.organisation.name}", (told,))
