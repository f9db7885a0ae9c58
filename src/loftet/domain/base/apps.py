"""The ground under the steps. After every migrate the triggers that protect append-only tables are installed again."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


def _protect(sender, using, **_ignored):
    from loftet.domain.base import protection

    protection.install(using=using)


class BaseConfig(AppConfig):
    name = "loftet.domain.base"
    label = "base"
    verbose_name = "Grund"

    def ready(self):
        # Django rebuilds a table on SQLite by copying and renaming it, which silently drops its triggers.
        post_migrate.connect(_protect, sender=self, dispatch_uid="loftet.protection")
