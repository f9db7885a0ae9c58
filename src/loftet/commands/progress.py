"""Telling how far long work has come: a bar on a terminal, plain lines in a file or a log."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from loftet.commands.shell import complain
from loftet.commands.words import say

SECONDS_BETWEEN_LINES = 2.0


class Progress(Protocol):
    """Told what is being done, how much of it is done and how much there is."""

    def __call__(self, what: str, done: int, total: int) -> None: ...


@contextmanager
def shown(title: str) -> Iterator[Progress]:
    """Show how the work goes while the block runs. Everything goes to standard error; results own standard output."""
    if sys.stderr.isatty():
        with _bar(title) as advance:
            yield advance
    else:
        yield _lines(title)


@contextmanager
def _bar(title: str) -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        bar = bars.add_task(title, total=None)

        def advance(what: str, done: int, total: int) -> None:
            bars.update(bar, description=f"{title}: {what}", completed=done, total=total)

        yield advance


def _lines(title: str) -> Progress:
    told_at = time.monotonic()
    complain(f"{title} …")

    def advance(what: str, done: int, total: int) -> None:
        nonlocal told_at
        if time.monotonic() - told_at >= SECONDS_BETWEEN_LINES:
            told_at = time.monotonic()
            complain(f"{title}: {what}, {done} " + say("av", "of") + f" {total}")

    return advance
