"""One `loftet serve` at a time for each home, and where others can read how it is doing."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from loftet.commands import ground
from loftet.commands.shell import Stop
from loftet.commands.words import say


def folder() -> Path:
    """Where running processes leave their notes."""
    return ground.home() / "run"


@contextmanager
def held() -> Iterator[None]:
    """Hold the home while the block runs, or stop when a server already runs on it.

    The lock is the open file's, so it ends with the process however that ends; processes that the server starts do
    not inherit it.
    """
    folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    with (folder() / "serve.lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Stop(_already_running()) from None
        try:
            yield
        finally:
            with suppress(FileNotFoundError):
                _notes().unlink()


def is_running() -> bool:
    """Tell whether a server runs on this home."""
    try:
        with (folder() / "serve.lock").open("r") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False


def note(facts: dict[str, Any]) -> None:
    """Write down how the server is doing: its address and the process id of each of its children."""
    draft = _notes().with_suffix(".new")
    draft.write_text(json.dumps(facts))
    os.replace(draft, _notes())


def noted() -> dict[str, Any]:
    """Return what the server has written down; nothing when none runs."""
    try:
        return json.loads(_notes().read_text())
    except (FileNotFoundError, ValueError):
        return {}


def _notes() -> Path:
    return folder() / "serve.json"


def _already_running() -> str:
    address = noted().get("address", "")
    where = say(f" på {address}", f" on {address}") if address else ""
    return say(
        f"Löftet körs redan{where} med {ground.home()}. Stoppa det först, eller välj en annan mapp med LOFTET_HOME.",
        f"Löftet already runs{where} with {ground.home()}. Stop it first, or choose another folder with LOFTET_HOME.",
    )
