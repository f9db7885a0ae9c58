"""Relations between tables go down the staircase too.

import-linter does not see a foreign key that is written as a string, so this guard asks Django for every relation.
"""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps


def step_of(model: type[models.Model]) -> str:
    """The step that a model belongs to, or an empty string when it is not ours."""
    parts = model.__module__.split(".")
    return parts[2] if parts[:2] == ["loftet", "domain"] else ""


def targets(field) -> list[type[models.Model] | None]:
    """The models that a relation points at, the table between two others included; None when it may be any."""
    through = getattr(field.remote_field, "through", None) if field.many_to_many else None
    return [field.related_model, *([through] if through is not None else [])]


def upward_relations(tables: Iterable[type[models.Model]], house) -> list[str]:
    """Each relation from a step to one above it, or out of the house."""
    found = []
    for table in tables:
        own = step_of(table)
        fields = [f for f in table._meta.get_fields(include_hidden=True) if f.is_relation and not f.auto_created]
        for field in fields:
            for target in targets(field):
                name = target._meta.label if target is not None else "anything at all"
                step = step_of(target) if target is not None else ""
                if not step:
                    found.append(f"{table._meta.label}.{field.name} points out of the steps, at {name}.")
                elif house.height(step) > house.height(own):
                    found.append(
                        f"{table._meta.label}.{field.name} ({own}) points up at {name} ({step}). Turn it round: the "
                        f"row above points at the one below, and {own} is asked from above."
                    )
    return found


def test_relations_go_down(house):
    tables = [table for table in apps.get_models() if step_of(table)]
    assert {step_of(table) for table in tables} == set(house.steps)
    found = upward_relations(tables, house)
    assert not found, "\n".join(found)


@isolate_apps()
def planted(kind: str) -> type[models.Model]:
    """A table of the step `places` that points at a promise."""
    other = type(
        "Promise",
        (models.Model,),
        {"__module__": "loftet.domain.promises.models", "Meta": type("Meta", (), {"app_label": "promises"})},
    )
    fields = {
        "by string": lambda: models.ForeignKey("promises.Promise", models.PROTECT),
        "by class": lambda: models.OneToOneField(other, models.PROTECT),
        "to many": lambda: models.ManyToManyField("promises.Promise"),
    }
    meta = type("Meta", (), {"app_label": "places"})
    return type(
        "Planted",
        (models.Model,),
        {"__module__": "loftet.domain.places.models", "Meta": meta, "promise": fields[kind]()},
    )


@pytest.mark.parametrize("kind", ["by string", "by class", "to many"])
def test_a_relation_upwards_is_found(kind, house):
    found = upward_relations([planted(kind)], house)
    assert found[0].startswith("places.Planted.promise (places) points up at promises.Promise (promises).")


@isolate_apps()
def test_a_table_between_two_others_is_looked_at_too(house):
    def table(name, step, **fields):
        meta = type("Meta", (), {"app_label": step})
        return type(name, (models.Model,), {"__module__": f"loftet.domain.{step}.models", "Meta": meta, **fields})

    table("Town", "places")
    table(
        "Link",
        "promises",
        town=models.ForeignKey("places.Town", models.CASCADE),
        road=models.ForeignKey("places.Road", models.CASCADE),
    )
    road = table("Road", "places", towns=models.ManyToManyField("places.Town", through="promises.Link"))
    assert [line.split(".")[:3] for line in upward_relations([road], house)] == [
        ["places", "Road", "towns (places) points up at promises"]
    ]


@isolate_apps()
def test_a_relation_out_of_the_steps_is_found(house):
    meta = type("Meta", (), {"app_label": "places"})
    table = type(
        "Planted",
        (models.Model,),
        {
            "__module__": "loftet.domain.places.models",
            "Meta": meta,
            "group": models.ForeignKey("auth.Group", models.PROTECT),
            "below": models.ForeignKey("register.Entry", models.PROTECT),
        },
    )
    type(
        "Group",
        (models.Model,),
        {"__module__": "django.contrib.auth.models", "Meta": type("Meta", (), {"app_label": "auth"})},
    )
    type(
        "Entry",
        (models.Model,),
        {"__module__": "loftet.domain.register.models", "Meta": type("Meta", (), {"app_label": "register"})},
    )
    assert upward_relations([table], house) == ["places.Planted.group points out of the steps, at auth.Group."]
