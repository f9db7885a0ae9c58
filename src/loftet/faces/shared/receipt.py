"""The receipt: a promise as one calm sheet that reads top to bottom.

Plain fields and no rules: a face fills them from a promise, signed or retold, and `{% receipt receipt %}` draws them.
Everything that is text is in words already (amounts, days, periods); everything that is empty is left out of the sheet,
except what is a fact in itself: an unsigned line stays and says that it waits, a voice that has not spoken says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.safestring import SafeString

from loftet.faces.shared import text
from loftet.faces.shared.charts import Chart, combined_table


@dataclass(frozen=True)
class Band:
    """The thin band on top: which place, which years, what kind of paper (”Medborgarlöfte”)."""

    place: str
    period: str
    kind: str = "Medborgarlöfte"


@dataclass(frozen=True)
class Source:
    """What something rests on, with its date in words, and an address where there is one."""

    text: str
    dated: str = ""
    url: str = ""


@dataclass(frozen=True)
class ProblemPart:
    """The problem as signed: what, where, when, for whom, how much."""

    what: str
    where: str = ""
    when: str = ""
    for_whom: str = ""
    extent: str = ""
    sources: tuple[Source, ...] = ()

    @property
    def facts(self) -> list[tuple[str, str]]:
        """The short answers, in fixed order, those that there are."""
        pairs = [("Var", self.where), ("När", self.when), ("För vilka", self.for_whom), ("Omfattning", self.extent)]
        return [(term, value) for term, value in pairs if value]


@dataclass(frozen=True)
class MeasureLine:
    """One measure: a line with dotted leaders to its amount, under it who, where and when, its bar and its status.

    `amount` is in words (”minst 2 i veckan”, or what will be in place). `status` is a key of the family measure, `why`
    the sentence behind it, `source` who says so and when. `depends_on` names who decides when it is not the parties.
    """

    text: str
    amount: str
    who: str
    when: str = ""
    where: str = ""
    depends_on: str = ""
    status: str = ""
    why: str = ""
    source: Source | None = None
    bar: Chart | None = None


@dataclass(frozen=True)
class TargetLine:
    """How it is followed up: what is measured, from where to where, by when, and how it goes."""

    title: str
    baseline: str
    goal: str
    method: str = ""
    source: str = ""
    caution: str = ""
    status: str = ""
    why: str = ""
    chart: Chart | None = None


@dataclass(frozen=True)
class Answer:
    """A voice of the four: what it says, or nothing yet. Each stands by itself and changes none of the others."""

    text: str = ""
    source: Source | None = None


@dataclass(frozen=True)
class Voices:
    """The four voices on a promise, kept apart: the parties, the measurement, the residents, an independent review."""

    parties: Answer = Answer()
    measurement: Answer = Answer()
    residents: Answer = Answer()
    reviewer: Answer = Answer()

    @property
    def rows(self) -> list[tuple[str, Answer, str]]:
        """Heading, answer, and the sentence that stands there until the voice has spoken."""
        return [
            ("Parterna säger", self.parties, "Parterna har inte rapporterat än."),
            ("Mätningen säger", self.measurement, "Inget är mätt än."),
            ("De som bor här säger", self.residents, "Vi har inte frågat än om det märks någon skillnad."),
            ("En oberoende granskare säger", self.reviewer, "Ingen oberoende har granskat än."),
        ]


@dataclass(frozen=True)
class SignatureLine:
    """One of the signature lines, all equal in size. Without `signed_on` the line waits and says so."""

    organisation: str
    name: str = ""
    role: str = ""
    signed_on: str = ""
    note: str = ""


def signed_line(organisation: Any, signature: Any) -> SignatureLine:
    """The line of a party that has signed, on the screen or by hand."""
    note = "på papper, bekräftat av den andra parten" if signature.paper_id else ""
    return SignatureLine(organisation.name, signature.name, signature.title, text.day(signature.signed_at), note)


@dataclass(frozen=True)
class Receipt:
    """Everything on the sheet. `label` is `sharp`, `ambition` or empty (a retold promise has no label of ours).

    `missing` are the sentences of what an ambition lacks. `did_we` and `did_it_help` are a sentence each, never merged.
    `simulated` says why figures are made up, `retold` where the promise is retold from. `register_code` is the short
    code of its entry in Löftesboken. `address` is printed as text, `qr` (an SVG) only on paper. `heading_level` is 1
    where the receipt is the page, 2 where it stands in one. `key` makes ids unique where several share a page.
    """

    band: Band
    title: str
    summary: str = ""
    label: str = ""
    missing: tuple[str, ...] = ()
    problem: ProblemPart | None = None
    measures: tuple[MeasureLine, ...] = ()
    targets: tuple[TargetLine, ...] = ()
    followup: str = ""
    no_target_reason: str = ""
    did_we: str = ""
    did_it_help: str = ""
    voices: Voices | None = None
    signatures: tuple[SignatureLine, ...] = ()
    register_code: str = ""
    register_url: str = ""
    versions: str = ""
    versions_url: str = ""
    heard: str = ""
    chain_url: str = ""
    simulated: str = ""
    retold: str = ""
    retold_source: Source | None = None
    address: str = ""
    qr: SafeString = field(default=SafeString(""))
    heading_level: int = 1
    key: str = "kvitto"

    @property
    def heading(self) -> str:
        """The element of the title."""
        return f"h{self.heading_level}"

    @property
    def subheading(self) -> str:
        """The element of the sections' headings."""
        return f"h{self.heading_level + 1}"

    @property
    def numbers(self) -> SafeString:
        """All bars of the sheet as one table."""
        return combined_table("Gjort mot lovat", "Åtgärd", _bars(self.measures))

    @property
    def numbers_note(self) -> str:
        """What the marks in the bars mean, said once for the sheet."""
        return next((bar.note for _, bar in _bars(self.measures) if bar.note), "")


def _bars(measures: Sequence[MeasureLine]) -> list[tuple[str, Chart]]:
    return [(line.text, line.bar) for line in measures if line.bar]
