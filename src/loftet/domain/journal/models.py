"""Who did what when. No foreign keys, so that the history survives what it speaks of."""

from __future__ import annotations

from django.db import models

from loftet.domain.base.models import AppendOnly


class ThisTransaction(models.Func):
    """The number of the transaction that writes the row. SQLite has one writer at a time and needs none."""

    output_field = models.BigIntegerField()

    def as_sqlite(self, compiler, connection, **_context):
        return "0", []

    def as_postgresql(self, compiler, connection, **_context):
        return "pg_current_xact_id()::text::bigint", []


class TransactionField(models.BigIntegerField):
    """Filled in by the database. It means something in this database only, so no backup carries it along."""

    is_of_this_database = True

    def __init__(self, *args, **kwargs):
        kwargs |= {"db_default": ThisTransaction(), "editable": False}
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        """In the database it is a plain number."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.BigIntegerField", args, kwargs


class Event(AppendOnly):
    """One thing that a member of staff or the clock did, written in the same transaction as the thing itself."""

    at = models.DateTimeField("tid", db_index=True)
    verb = models.CharField("händelse", max_length=60)
    person = models.CharField("person", max_length=12, blank=True, help_text="Beständigt id; tomt för klockan.")
    role = models.CharField("roll", max_length=40)
    organisation = models.CharField("organisation", max_length=12, blank=True)
    subject_kind = models.CharField("slag", max_length=40)
    subject = models.CharField("beständigt id", max_length=12, db_index=True)
    data = models.JSONField("uppgifter", default=dict)
    partnership = models.CharField(
        "partnerskap", max_length=12, blank=True, default="", help_text="Beständigt id; tomt för det som är utanför."
    )
    # What one party keeps to itself when it is written stays its own in the history, also when the rest is shared.
    only_for = models.CharField(
        "bara för", max_length=12, blank=True, default="", help_text="Organisationens beständiga id; tomt för alla."
    )
    transaction = TransactionField("transaktion")

    withholdable = {"data": {}}

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["transaction", "id"], name="events_as_they_are_read"),
            models.Index(fields=["partnership", "id"], name="events_of_a_partnership"),
        ]
        verbose_name = "händelse"
        verbose_name_plural = "händelser"

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb} {self.subject}"


class Cursor(models.Model):
    """How far one consumer has read the history.

    A restored history is one transaction, and so is its cursor: what was read stays read, by the events' numbers.
    """

    consumer = models.CharField("läsare", max_length=60, unique=True)
    transaction = TransactionField("transaktion")
    event = models.BigIntegerField("händelse", default=0)

    class Meta:
        verbose_name = "läsmärke"
        verbose_name_plural = "läsmärken"

    def __str__(self) -> str:
        return f"{self.consumer} {self.transaction}/{self.event}"
