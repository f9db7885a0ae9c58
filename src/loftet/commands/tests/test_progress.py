"""A bar on a terminal, lines elsewhere."""

from __future__ import annotations

import os
import pty
import subprocess
import sys

import pytest

from loftet.commands import progress

SCRIPT = """
from loftet.commands.progress import shown
with shown("Läser in") as advance:
    for done in range(1, 4):
        advance("rader", done, 3)
print("klart")
"""


def test_lines_where_nobody_watches(capsys, monkeypatch):
    monkeypatch.setattr(progress, "SECONDS_BETWEEN_LINES", 0.0)
    with progress.shown("Läser in") as advance:
        advance("rader", 1, 2)
        advance("rader", 2, 2)
    printed = capsys.readouterr()
    assert printed.err == "Läser in …\nLäser in: rader, 1 av 2\nLäser in: rader, 2 av 2\n"
    assert printed.out == ""


def test_lines_do_not_come_faster_than_they_can_be_read(capsys):
    with progress.shown("Läser in") as advance:
        for done in range(1000):
            advance("rader", done, 1000)
    assert capsys.readouterr().err == "Läser in …\n"


@pytest.mark.processes
def test_a_bar_on_a_terminal():
    ours, theirs = pty.openpty()
    done = subprocess.run([sys.executable, "-c", SCRIPT], stderr=theirs, stdout=subprocess.PIPE, text=True, check=True)
    os.close(theirs)
    drawn = b""
    try:
        while piece := os.read(ours, 4096):
            drawn += piece
    except OSError:  # the terminal is gone when nobody holds the other end
        pass
    os.close(ours)
    assert done.stdout == "klart\n"
    assert "Läser in: rader" in drawn.decode()
    assert "3/3" in drawn.decode()
