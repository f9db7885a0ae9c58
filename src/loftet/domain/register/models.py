"""Löftesboken: the append-only public record. Texts lie beside the envelopes, so that one can be withheld by decision
while every proof still holds."""

from __future__ import annotations

from django.db import models

from loftet.domain.base.models import AppendOnly


class Entry(AppendOnly):
    """One line of the record: an envelope with salted commitments to each part of its content."""

    number = models.PositiveBigIntegerField("löpnummer", unique=True, help_text="Räknas från 0 utan luckor.")
    kind = models.CharField("slag", max_length=40)
    subject = models.CharField("beständigt id", max_length=12, db_index=True)
    envelope = models.TextField("kuvert", help_text="Kanonisk JSON (RFC 8785), precis de tecken som hashas.")
    leaf_hash = models.CharField("bladets hash", max_length=64)
    recorded_at = models.DateTimeField("infört")
    once_key = models.CharField(
        "engångsnyckel",
        max_length=120,
        unique=True,
        null=True,
        help_text="Gör att klockan inför ett faktum högst en gång.",
    )

    class Meta:
        ordering = ["number"]
        verbose_name = "införing"
        verbose_name_plural = "införingar"

    def __str__(self) -> str:
        return f"{self.number} {self.kind}"


class Content(AppendOnly):
    """The public text behind one commitment in an envelope."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="contents")
    part = models.CharField("del", max_length=40)
    salt = models.CharField("salt", max_length=64)
    text = models.TextField("text")

    # Without its salt a short text cannot be guessed from the commitment either.
    withholdable = {"salt": "", "text": ""}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "part"], name="one_content_per_part")]
        verbose_name = "innehåll"
        verbose_name_plural = "innehåll"

    def __str__(self) -> str:
        return f"{self.entry_id}/{self.part}"

    @property
    def is_withheld(self) -> bool:
        """Whether the text has been taken away by decision. The commitment in the envelope stands."""
        return not self.salt


class Node(AppendOnly):
    """The hash of a full subtree, so that a root or a proof is computed from a few of them and not from every entry."""

    level = models.PositiveSmallIntegerField("nivå", help_text="Noden står för 2 upphöjt till nivån införingar.")
    position = models.PositiveBigIntegerField("plats", help_text="Vilken i ordningen på sin nivå, från 0.")
    hash = models.CharField("hash", max_length=64)

    class Meta:
        ordering = ["level", "position"]
        constraints = [models.UniqueConstraint(fields=["level", "position"], name="one_node_per_place")]
        verbose_name = "nod"
        verbose_name_plural = "noder"

    def __str__(self) -> str:
        return f"{self.level}/{self.position} {self.hash[:12]}"


class Checkpoint(AppendOnly):
    """The signed root of the tree at a size: what a newspaper can print and anyone can check."""

    size = models.PositiveBigIntegerField("antal införingar", unique=True)
    root = models.CharField("rot", max_length=64)
    note = models.TextField("undertecknad anteckning", help_text="C2SP tlog-checkpoint.")
    signed_at = models.DateTimeField("undertecknad")

    class Meta:
        ordering = ["size"]
        verbose_name = "kontrollpunkt"
        verbose_name_plural = "kontrollpunkter"

    def __str__(self) -> str:
        return f"{self.size} {self.root[:12]}"


class Witness(models.Model):
    """Another, such as an archive, that signs our checkpoints when all that it has seen before is still there."""

    name = models.CharField("namn", max_length=200)
    key = models.CharField("öppen nyckel", max_length=300, unique=True)
    added_at = models.DateTimeField("tillagd")
    ended_at = models.DateTimeField("avslutad", null=True, blank=True)

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = "vittne"
        verbose_name_plural = "vittnen"

    def __str__(self) -> str:
        return self.name


class Cosignature(AppendOnly):
    """A witness's line under one checkpoint."""

    checkpoint = models.ForeignKey(Checkpoint, on_delete=models.PROTECT, related_name="cosignatures")
    witness = models.ForeignKey(Witness, on_delete=models.PROTECT, related_name="cosignatures")
    line = models.TextField("rad", help_text="C2SP tlog-cosignature, med radbrytning.")
    signed_at = models.DateTimeField("undertecknad")

    class Meta:
        ordering = ["checkpoint", "witness"]
        constraints = [models.UniqueConstraint(fields=["checkpoint", "witness"], name="a_witness_signs_once")]
        verbose_name = "vittnes underskrift"
        verbose_name_plural = "vittnens underskrifter"

    def __str__(self) -> str:
        return f"{self.witness}: {self.checkpoint}"
