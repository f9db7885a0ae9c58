"""The server as an operator runs it: starts, refuses, mends itself, stops."""

from __future__ import annotations

import json
import os
import signal
import socket
import time
import urllib.request
from pathlib import Path

import pytest

from loftet.commands import serving
from loftet.commands.shell import Stop


def test_a_taken_port_is_told_with_what_to_do():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(Stop) as stop:
            serving.must_be_free("127.0.0.1", port)
    assert str(stop.value).startswith(f"Port {port} på 127.0.0.1 går inte att använda (Address already in use).")
    assert f"make run PORT={port + 1}" in str(stop.value)
    serving.must_be_free("127.0.0.1", port)


def test_no_answer_is_no_answer():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        assert not serving.answers("127.0.0.1", other.getsockname()[1])


def test_the_web_keeps_no_log_of_who_asked_for_what():
    command = serving.web_command("127.0.0.1", 8000, 2)
    assert "--no-access-log" in command
    assert command[command.index("--interface") + 1] == "wsgi"
    assert command[command.index("--blocking-threads") + 1] == "1"


def children(installation) -> dict[str, int]:
    return json.loads((installation.home / "run/serve.json").read_text())["children"]


def is_alive(pid: int) -> bool:
    status = Path(f"/proc/{pid}/status")
    return status.exists() and "zombie" not in status.read_text()


def wait_for(condition) -> None:
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.mark.processes
def test_it_refuses_a_second_one_mends_what_dies_and_stops_whole(empty_installation):
    first = children(empty_installation)
    assert set(first) == {"web", "worker", "clock"}

    same_home = empty_installation.command("serve", "--port", "1", check=False)
    assert same_home.returncode == 1
    same_port = empty_installation.command("serve", "--port", str(empty_installation.port), check=False)
    assert same_port.returncode == 1
    assert "går inte att använda" in same_port.stderr
    assert empty_installation.command("doctor").stdout.splitlines()[-1] == "Inget är fel."

    for name in first:
        os.kill(first[name], signal.SIGKILL)
    wait_for(lambda: all(children(empty_installation).get(name, first[name]) != first[name] for name in first))
    wait_for(lambda: serving.answers("127.0.0.1", empty_installation.port))
    second = children(empty_installation)
    assert all(is_alive(pid) for pid in second.values())

    began = time.monotonic()
    empty_installation.stop()
    assert time.monotonic() - began < 10
    assert not any(is_alive(pid) for pid in {**first, **second}.values())
    log = (empty_installation.home / "server.log").read_text()
    assert "Webben avslutades oväntat (kod -9) och startas om efter" in log
    assert log.rstrip().endswith("Löftet är stoppat.")
    assert "Traceback" not in log
    assert not (empty_installation.home / "run/serve.json").exists()


@pytest.mark.processes
def test_starting_again_is_quick_and_keeps_what_there_is(empty_installation):
    key = urllib.request.urlopen(f"{empty_installation.address}/loftesboken/nyckel").read()
    empty_installation.stop()
    began = time.monotonic()
    empty_installation.start()
    assert time.monotonic() - began < 15
    assert urllib.request.urlopen(f"{empty_installation.address}/loftesboken/nyckel").read() == key
    log = (empty_installation.home / "server.log").read_text()
    assert log.count("Allt är redan förberett.") == 2
