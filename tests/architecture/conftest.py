"""What the guards of the house look at: its files, and the order of its steps as pyproject.toml gives it."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True)
class House:
    """A package with steps and faces, and where its parts are. The guards' own tests build small ones."""

    source: Path
    package: str
    ground: str
    steps: tuple[str, ...]
    faces: tuple[str, ...]

    @property
    def root(self) -> Path:
        """The folder of the package itself."""
        return self.source / self.package

    def height(self, step: str) -> int:
        """How far up the staircase a step is; the ground is lowest."""
        return -1 if f"{self.package}.domain.{step}" == self.ground else self.steps.index(step)

    def code(self, under: str = "") -> Iterator[Path]:
        """Every module of the product below a folder: no tests, no migrations, in a fixed order."""
        for path in sorted((self.root / under).rglob("*.py")):
            if not {"tests", "migrations", "conftest.py"} & set(path.relative_to(self.root).parts):
                yield path

    def short(self, path: Path) -> str:
        """A file's name for a message."""
        return path.relative_to(self.source).as_posix()


def read_tree(path: Path) -> ast.Module:
    """A module as a syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


@pytest.fixture(scope="session")
def repository(request) -> Path:
    """The root of the repository."""
    return request.config.rootpath


@pytest.fixture(scope="session")
def house(repository) -> House:
    """The house itself, in the order that stands in pyproject.toml and nowhere else."""
    order = tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["loftet"]
    return House(repository / "src", "loftet", order["ground"], tuple(order["steps"]), tuple(order["faces"]))


@pytest.fixture(scope="session")
def tree():
    """Reads a module as a syntax tree."""
    return read_tree


@pytest.fixture
def small_house(tmp_path, monkeypatch):
    """Builds a small house of two steps and two faces in which a test can plant a violation.

    Takes the text of modules by their path in the package. Each house has a package name of its own, so that none is
    found in place of another.
    """

    def build(modules: dict[str, str]) -> House:
        package = f"hus_{tmp_path.name.rstrip('_').lower()}".replace("-", "_")
        blocks = ["domain/base", "domain/low", "domain/high", "faces/shared", "faces/public", "faces/workspace"]
        blocks += ["analysis", "ledger", "commands", "testing"]
        for folder in ["", "domain", "faces", *blocks]:
            place = tmp_path / package / folder
            place.mkdir(parents=True, exist_ok=True)
            (place / "__init__.py").touch()
        for name, text in modules.items():
            path = tmp_path / package / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text.replace("HOUSE", package), encoding="utf-8")
        monkeypatch.syspath_prepend(str(tmp_path))
        return House(tmp_path, package, f"{package}.domain.base", ("low", "high"), ("public", "workspace"))

    return build
