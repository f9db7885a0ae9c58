"""Every change of a model comes with its migration."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import models
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.utils import translation


@pytest.fixture
def changes(settings):
    """What `makemigrations` would do, also in a run without migrations; a test may change the models' state first."""
    settings.MIGRATION_MODULES = {}

    def detect(change=lambda state: None) -> list[str]:
        with translation.override(None):  # as makemigrations does: names in migrations are in no language
            loader = MigrationLoader(None)
            state = ProjectState.from_apps(apps)
            change(state)
            found = MigrationAutodetector(loader.project_state(), state).changes(graph=loader.graph)
        return [
            f"{label}: {operation.describe()}"
            for label, migrations in sorted(found.items())
            for migration in migrations
            for operation in migration.operations
        ]

    return detect


def test_every_change_of_a_model_has_its_migration(changes):
    found = changes()
    assert not found, "Run makemigrations for:\n" + "\n".join(found)


def test_a_change_without_migration_is_found(changes):
    def plant(state):
        state.models["plans", "measure"].fields["planted"] = models.BooleanField("planterat", default=False)

    assert "plans: Add field planted to measure" in changes(plant)
