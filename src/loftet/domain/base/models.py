"""What several steps' models share."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from loftet.domain.base.errors import AppendOnlyError

# What people read where words have been taken away by decision.
WITHHELD = "[undanhållet]"
# What stands where words have been weeded but the row is still counted.
WEEDED = "[gallrat]"
REFUSAL = "Raden kan inte ändras eller tas bort. Det som står i den gäller; lägg till en ny rad i stället."


class AppendOnlyQuerySet(models.QuerySet):
    """Rows are added and read, nothing else."""

    def update(self, **_ignored):
        raise AppendOnlyError(REFUSAL)

    def delete(self):
        raise AppendOnlyError(REFUSAL)

    def bulk_update(self, *_ignored, **_ignored_too):
        raise AppendOnlyError(REFUSAL)

    def update_or_create(self, *_ignored, **_ignored_too):
        raise AppendOnlyError(REFUSAL)

    def bulk_create(self, objs, *args, update_conflicts=False, **kwargs):
        if update_conflicts:
            raise AppendOnlyError(REFUSAL)
        return super().bulk_create(objs, *args, **kwargs)


class AppendOnly(models.Model):
    """A row that is never updated in place and never deleted. The database refuses it too, see `protection`.

    The law asks for two exceptions, each by a recorded decision and through one door (`Door`): a field that a model
    calls `withholdable` may take the value named there in place of its words, and the rows of a model that is
    `weedable` may be deleted.
    """

    withholdable: ClassVar[dict[str, Any]] = {}
    weedable: ClassVar[bool] = False

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise AppendOnlyError(REFUSAL)
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise AppendOnlyError(REFUSAL)


class Door(models.Model):
    """One append-only row that may be emptied or deleted before the transaction ends.

    There is one concrete model, in the step that keeps the decisions. The database must refuse to commit a row here, so
    that no door is ever left open.
    """

    table = models.CharField("tabell", max_length=63)
    row = models.BigIntegerField("rad")

    class Meta:
        abstract = True
