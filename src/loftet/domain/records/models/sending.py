"""Sending what is to be registered to the registrar of each party: where to, what was asked, and what came of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from loftet.domain.base.ids import PublicIdField
from loftet.domain.base.models import AppendOnly
from loftet.domain.parties.models import Organisation, Partnership
from loftet.domain.records.models.keeping import DocumentType


class RegistryAddress(AppendOnly):
    """Where an organisation's registrar takes mail. A change is a new row; the latest holds, and empty means none."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="registry_addresses")
    email = models.EmailField("registratorns e-post", blank=True, help_text="En funktionsadress, inte en persons.")
    recorded_at = models.DateTimeField("infört")

    class Meta:
        ordering = ["id"]
        verbose_name = "registratur"
        verbose_name_plural = "registraturer"

    def __str__(self) -> str:
        return f"{self.organisation}: {self.email}"


class Dispatch(AppendOnly):
    """One thing on its way to one organisation's registrar. Sending it again is a new row."""

    class Way(models.TextChoices):
        MAIL = "mail", "e-post"
        FOLDER = "folder", "mapp"

    public_id = PublicIdField()
    subject = models.CharField("beständigt id", max_length=12, db_index=True)
    document_type = models.CharField("handlingstyp", max_length=20, choices=DocumentType.choices)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="dispatches")
    asked_by = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="dispatches")
    way = models.CharField("sätt", max_length=10, choices=Way.choices)
    email = models.EmailField("till", blank=True)
    asked_at = models.DateTimeField("beställd")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="mail_has_an_address", condition=~Q(way="mail") | ~Q(email="")),
        ]
        verbose_name = "sändning till diariet"
        verbose_name_plural = "sändningar till diariet"

    def __str__(self) -> str:
        return f"{self.subject} till {self.organisation}"


class DispatchTry(AppendOnly):
    """What came of one try: it went, with this file, or it did not, and why in words."""

    dispatch = models.ForeignKey(Dispatch, on_delete=models.PROTECT, related_name="tries")
    tried_at = models.DateTimeField("försökte")
    failure = models.CharField("fel", max_length=200, blank=True)
    digest = models.CharField("filens kontrollsumma", max_length=64, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="a_try_went_or_failed",
                condition=(Q(failure="") & ~Q(digest="")) | (~Q(failure="") & Q(digest="")),
            ),
            models.UniqueConstraint(fields=["dispatch"], condition=Q(failure=""), name="a_dispatch_goes_once"),
        ]
        verbose_name = "försök att sända"
        verbose_name_plural = "försök att sända"

    def __str__(self) -> str:
        return self.failure or "skickad"
