"""The ground under the steps. After every migrate the triggers that protect append-only tables are installed again."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


def _make_way(sender, using, plan, **_ignored):
    from loftet.domain.base import protection

    if plan:
        protection.lift(using=using)


def _protect(sender, using, **_ignored):
    from loftet.domain.base import protection

    protection.install(using=using)


class BaseConfig(AppConfig):
    name = "loftet.domain.base"
    label = "base"
    verbose_name = "Grund"

    def ready(self):
        pre_migrate.connect(_make_way, sender=self, dispatch_uid="loftet.protection.lift")
        # Django rebuilds a table on SQLite by copying and renaming it, which silently drops its triggers.
        post_migrate.connect(_protect, sender=self, dispatch_uid="loftet.protection")
