"""One mechanism for all that equals sign: a document, its numbered versions, each party's decision and signature."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from loftet.domain.base.ids import PublicIdField
from loftet.domain.base.models import WITHHELD, AppendOnly
from loftet.domain.parties.models import Organisation, Partnership
from loftet.domain.records.models import WeedingDecision


class Document(models.Model):
    """Something that a partnership signs. Its words live in versions; the thing itself belongs to a step above."""

    public_id = PublicIdField()
    kind = models.CharField("slag", max_length=30)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="documents")
    drafted_by = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Vars eget utkastet är tills det delas eller läggs fram. Tomt: hela partnerskapets från början.",
    )
    created_at = models.DateTimeField("skapat")

    class Meta:
        verbose_name = "dokument"
        verbose_name_plural = "dokument"

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"


class Sharing(AppendOnly):
    """A draft was shown to the other parties for comments, on purpose: who did it and when. It is never unshared."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="sharings")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    role = models.CharField("roll", max_length=120)
    shared_at = models.DateTimeField("delat")

    withholdable = {"role": WITHHELD}

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["document"], name="a_draft_is_shared_once")]
        verbose_name = "delning för synpunkter"
        verbose_name_plural = "delningar för synpunkter"

    def __str__(self) -> str:
        return f"{self.document} delat av {self.organisation}"


class Comment(AppendOnly):
    """A short note on a draft, by organisation and role. It is never part of what is signed."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="comments")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    role = models.CharField("roll", max_length=120)
    text = models.CharField("synpunkt", max_length=1000)
    commented_at = models.DateTimeField("skriven")

    withholdable = {"role": WITHHELD, "text": WITHHELD}

    class Meta:
        ordering = ["id"]
        constraints = [models.CheckConstraint(name="a_comment_says_something", condition=~Q(text=""))]
        verbose_name = "synpunkt på utkast"
        verbose_name_plural = "synpunkter på utkast"

    def __str__(self) -> str:
        return f"{self.organisation}: {self.text}"


class Version(AppendOnly):
    """The exact words that are put forward for signing, frozen. A new wording is a new version."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField("version")
    content = models.TextField("innehåll", help_text="Kanonisk JSON (RFC 8785).")
    digest = models.CharField("kontrollsumma", max_length=64, help_text="SHA-256 av innehållet.")
    proposed_at = models.DateTimeField("föreslagen")
    proposed_by = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")

    withholdable = {"content": ""}

    class Meta:
        ordering = ["document_id", "number"]
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="one_version_per_number")]
        verbose_name = "version"
        verbose_name_plural = "versioner"

    def __str__(self) -> str:
        return f"{self.document} version {self.number}"

    @property
    def is_withheld(self) -> bool:
        """Whether the words have been taken away by decision. The digest that was signed stands."""
        return not self.content


class Masking(AppendOnly):
    """What a version says with the words taken out that a decision withholds. The newest is what is read."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="maskings")
    content = models.TextField("innehåll", help_text="JSON, med ett märke där ord är undanhållna.")
    decision = models.ForeignKey(WeedingDecision, on_delete=models.PROTECT, related_name="maskings")
    masked_at = models.DateTimeField("maskerat")

    withholdable = {"content": ""}

    class Meta:
        ordering = ["id"]
        verbose_name = "maskerad text"
        verbose_name_plural = "maskerade texter"

    def __str__(self) -> str:
        return f"{self.version}, maskerad"


class RequiredParty(AppendOnly):
    """An organisation whose signature this version needs, fixed when it was proposed."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="required")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "organisation"], name="a_party_is_required_once")]
        verbose_name = "part som ska underteckna"
        verbose_name_plural = "parter som ska underteckna"

    def __str__(self) -> str:
        return f"{self.organisation} för {self.version}"


class Decision(AppendOnly):
    """What one party decided about a version: approved, or sent back with a reason."""

    class Outcome(models.TextChoices):
        APPROVED = "approved", "godkänd"
        SENT_BACK = "sent_back", "återsänd"

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="decisions")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField("beslut", max_length=20, choices=Outcome.choices)
    body = models.CharField("beslutande organ", max_length=120)
    decided_on = models.DateField("beslutsdatum")
    paragraph = models.CharField("paragraf", max_length=20, blank=True)
    diary_number = models.CharField("diarienummer", max_length=40, blank=True)
    authority = models.CharField("grund för behörighet", max_length=200, blank=True)
    is_delegated = models.BooleanField("fattat på delegation", default=False)
    countersigned_by = models.CharField("kontrasignerat av", max_length=120, blank=True)
    reason = models.TextField("skäl", blank=True)
    recorded_at = models.DateTimeField("infört")

    withholdable = {"body": WITHHELD, "authority": WITHHELD, "countersigned_by": WITHHELD, "reason": WITHHELD}

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="sent_back_with_a_reason", condition=~Q(outcome="sent_back") | ~Q(reason="")),
        ]
        verbose_name = "beslut"
        verbose_name_plural = "beslut"

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_outcome_display()} {self.version}"


class DecisionStep(AppendOnly):
    """What happened to a party's decision afterwards: its minutes were announced, or it was reported to the board."""

    class Kind(models.TextChoices):
        ANNOUNCED = "announced", "protokollet anslogs"
        REPORTED = "reported", "beslutet anmäldes"

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField("vad", max_length=20, choices=Kind.choices)
    on = models.DateField("dag")
    recorded_at = models.DateTimeField("infört")

    class Meta:
        ordering = ["on", "id"]
        constraints = [models.UniqueConstraint(fields=["decision", "kind"], name="a_step_of_a_decision_once")]
        verbose_name = "steg efter beslut"
        verbose_name_plural = "steg efter beslut"

    def __str__(self) -> str:
        return f"{self.decision}: {self.get_kind_display()} {self.on}"


class Paper(AppendOnly):
    """A printed version, signed by hand, as one party entered it. It counts when another party confirms it."""

    public_id = PublicIdField()
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="papers")
    entered_by = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField("infört")
    scan = models.BinaryField("inskannat papper", editable=True)
    scan_kind = models.CharField("filslag", max_length=40)
    scan_digest = models.CharField("filens kontrollsumma", max_length=64)

    class Meta:
        ordering = ["id"]
        verbose_name = "påskrivet papper"
        verbose_name_plural = "påskrivna papper"

    def __str__(self) -> str:
        return f"{self.version} på papper"


class PaperLine(AppendOnly):
    """Whose signature a paper bears: the organisation, who signed for it, and the day that stands there."""

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="lines")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    name = models.CharField("namn", max_length=120, help_text="Står på dokumentet, aldrig i löftesboken.")
    title = models.CharField("funktion", max_length=120)
    signed_on = models.DateField("datum på papperet")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["paper", "organisation"], name="a_party_once_on_a_paper")]
        verbose_name = "rad på papperet"
        verbose_name_plural = "rader på papperet"

    def __str__(self) -> str:
        return f"{self.organisation} på {self.paper}"


class PaperAnswer(AppendOnly):
    """Another party's word on a paper: it is right, or it is not and why."""

    paper = models.OneToOneField(Paper, on_delete=models.PROTECT, related_name="answer")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    is_right = models.BooleanField("stämmer")
    reason = models.TextField("skäl", blank=True)
    answered_at = models.DateTimeField("besvarat")

    withholdable = {"reason": WITHHELD}

    class Meta:
        constraints = [
            models.CheckConstraint(name="a_paper_is_refused_with_a_reason", condition=Q(is_right=True) | ~Q(reason="")),
        ]
        verbose_name = "svar om papper"
        verbose_name_plural = "svar om papper"

    def __str__(self) -> str:
        return f"{self.paper}: {'stämmer' if self.is_right else 'stämmer inte'}"


class Signature(AppendOnly):
    """One party's signature on one digest: by someone signed in, or on a paper that another party confirmed."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="signatures")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField("kontrollsumma", max_length=64)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    paper = models.ForeignKey(Paper, null=True, on_delete=models.PROTECT, related_name="signatures")
    name = models.CharField("namn", max_length=120, help_text="Står på dokumentet, aldrig i löftesboken.")
    title = models.CharField("funktion", max_length=120)
    signed_at = models.DateTimeField("undertecknat")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["version", "organisation"], name="a_party_signs_a_version_once"),
            models.CheckConstraint(
                name="a_signature_is_by_a_person_or_on_paper",
                condition=Q(person__isnull=False, paper__isnull=True) | Q(person__isnull=True, paper__isnull=False),
            ),
        ]
        verbose_name = "underskrift"
        verbose_name_plural = "underskrifter"

    def __str__(self) -> str:
        return f"{self.organisation} på {self.version}"
