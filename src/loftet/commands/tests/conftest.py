"""What the tests of the command line share."""

from __future__ import annotations

import io
import itertools
import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
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


@dataclass
class Site:
    """What a server answers: a body, a status, or an act of its own, by path. `asked` is what was asked for."""

    address: str = ""
    answers: dict[str, bytes | int | Callable[[BaseHTTPRequestHandler], None]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)


class Server(ThreadingHTTPServer):
    """A server that says nothing when a visitor leaves before the answer is over."""

    daemon_threads = True

    def handle_error(self, *_ignored):
        """Say nothing."""


@pytest.fixture
def web(monkeypatch) -> Iterator[Site]:
    """A server on this machine that answers as it is told to."""
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    told = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            told.asked.append(self.path)
            answer = told.answers.get(self.path, 404)
            if callable(answer):
                answer(self)
                return
            body = answer if isinstance(answer, bytes) else b""
            self.send_response(answer if isinstance(answer, int) else 200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_ignored):
            """Say nothing."""

    with Server(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        told.address = f"http://127.0.0.1:{server.server_address[1]}"
        yield told
        server.shutdown()
        thread.join()
