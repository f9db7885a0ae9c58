"""What several steps' models share."""

from __future__ import annotations

from django.db import models

from loftet.domain.base.errors import AppendOnlyError

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
    """A row that is never updated in place and never deleted. The database refuses it too, see `protection`."""

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
