"""A face shows and asks; it calls a step's verb when something is to change.

No writing method, no transaction and no manager is named anywhere under `faces/`. The guard looks at names alone, so a
dictionary's `update` is caught too: write `{**one, **other}`.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

WRITES = {"save", "create", "update", "delete", "get_or_create", "update_or_create"}
WRITES |= {"bulk_create", "bulk_update", "raw", "execute", "executemany", "callproc", "set_autocommit"}
WRITES |= {f"a{name}" for name in WRITES}
MANAGERS = {"objects", "_default_manager", "_base_manager"}
DATABASE = {"transaction", "connection", "connections"}
READ = "Ask a question in the step's queries or access."
CALL = "Call a verb in the step's actions."


def writes(module: ast.Module) -> Iterator[tuple[int, str]]:
    """Each place where a module reaches for the database, with its line and the remedy."""
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES:
            yield node.lineno, f"{ast.unparse(node.func)}(…) writes. {CALL}"
        elif isinstance(node, ast.Attribute) and node.attr in MANAGERS:
            yield node.lineno, f"{ast.unparse(node)} is the database's side of a model. {READ}"
        elif isinstance(node, ast.ImportFrom) and node.module == "django.db":
            for alias in node.names:
                if alias.name in DATABASE:
                    yield node.lineno, f"django.db.{alias.name} is imported. {CALL}"
        elif isinstance(node, ast.Import | ast.ImportFrom):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names]
            if any(name.startswith("django.db.") and name.split(".")[2] in DATABASE for name in names):
                yield node.lineno, f"{names[0]} is imported. {CALL}"


def writing_faces(house, tree) -> list[str]:
    """The same for every module of every face."""
    return [f"{house.short(path)}:{line} {text}" for path in house.code("faces") for line, text in writes(tree(path))]


def test_faces_never_write(house, tree):
    found = writing_faces(house, tree)
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "text",
    [
        "promise.save()",
        "Promise(title='a').save(force_insert=True)",
        "form.save()",
        "promises.update(title='a')",
        "promise.delete()",
        "await promise.asave()",
        "things.bulk_create([])",
        "things.update_or_create(a=1)",
        "cursor.execute('DELETE')",
        "things.raw('SELECT 1')",
        "Promise.objects.all()",
        "Promise._default_manager.all()",
        "manager = Promise.objects",
        "from django.db import transaction",
        "from django.db import connection as c",
        "from django.db.transaction import atomic",
        "import django.db.transaction",
    ],
)
def test_a_writing_face_is_found(text, small_house, tree):
    house = small_house({"faces/public/promises/views.py": f"async def view(request):\n    {text}"})
    (found,) = writing_faces(house, tree)
    assert found.startswith(f"{house.package}/faces/public/promises/views.py:2 ")


def test_what_a_face_does_is_let_through(small_house, tree):
    text = """
from django.db import models
from HOUSE.domain.low import access, actions, queries

def view(request, slug):
    promise = access.for_signing(request.user, slug)
    if request.method == "POST":
        actions.sign(promise=promise, by=request.hat)
    return render(request, "a.html", {"promise": promise, "all": queries.public_promises().filter(a=1)[:20]})
"""
    modules = {"faces/public/views.py": text, "faces/public/tests/test_it.py": "Promise.objects.create()"}
    assert writing_faces(small_house(modules), tree) == []
