"""What the tests of the command line share."""

from __future__ import annotations

import io
import itertools
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from loftet.commands import words


@dataclass(frozen=True)
class Said:
    """What a command ended with and printed."""

    code: int
    out: str
    err: str


@pytest.fixture
def loftet(capsys, monkeypatch) -> Callable[..., Said]:
    """Runs a command line in this process, in Swedish; `typed` is what comes on standard input."""

    def run(*arguments: object, typed: str | None = None) -> Said:
        from loftet.commands.main import main

        capsys.readouterr()
        if typed is not None:
            monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        code = main([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        return Said(code, printed.out, printed.err)

    return run


@pytest.fixture(autouse=True)
def _in_swedish(monkeypatch):
    monkeypatch.setattr(words, "LANGUAGE", words.SWEDISH)


@pytest.fixture
def in_english(monkeypatch) -> None:
    """The command line speaks English."""
    monkeypatch.setattr(words, "LANGUAGE", words.ENGLISH)


@pytest.fixture
def home(tmp_path, monkeypatch, settings) -> Path:
    """An empty home of the test's own, with keys of its own."""
    folder = tmp_path / "home"
    folder.mkdir(mode=0o700)
    monkeypatch.setenv("LOFTET_HOME", str(folder))
    monkeypatch.delenv("LOFTET_KEYS", raising=False)
    settings.LOFTET_HOME = folder
    settings.LOFTET_KEYS = folder / "keys"
    settings.STATIC_ROOT = folder / "static"
    return folder


@pytest.fixture
def plain_environment() -> dict[str, str]:
    """The environment without anything that concerns Löftet, Django or language."""
    told = ("LOFTET_", "DJANGO_", "LC_", "LANG", "PORT", "PYTEST_")
    return {name: value for name, value in os.environ.items() if not name.startswith(told)}


@pytest.fixture
def files(tmp_path, settings) -> Callable[[], Path]:
    """Each call moves the test to a new empty folder for uploaded files, and returns it."""
    numbers = itertools.count()

    def move() -> Path:
        folder = tmp_path / f"files-{next(numbers)}"
        backend = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": folder}}
        settings.STORAGES = {**settings.STORAGES, "default": backend}
        return folder

    return move
