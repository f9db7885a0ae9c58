"""`loftet serve`: web, one worker and one clock, kept running."""

from __future__ import annotations

import http.client
import os
import socket
import sys
import time
from collections.abc import Callable
from typing import Annotated

import typer

from loftet.commands import ground, instance, preparing, shell
from loftet.commands.supervisor import Child, NeverStarted, Supervisor
from loftet.commands.words import say

PORT, WORKERS = 8000, 2
HOST = "127.0.0.1"

Port = Annotated[
    int,
    shell.option(
        "--port",
        metavar="PORT",
        envvar="PORT",
        parser=shell.whole_number(1, 65535),
        help_text=say(f"Porten (annars PORT eller {PORT}).", f"The port (otherwise PORT or {PORT})."),
    ),
]
Host = Annotated[
    str,
    shell.option(
        "--host",
        metavar=say("ADRESS", "ADDRESS"),
        help_text=say(
            f"Adressen att lyssna på ({HOST}: bara den här datorn).",
            f"The address to listen on ({HOST}: only this machine).",
        ),
    ),
]
Workers = Annotated[
    int,
    shell.option(
        "--workers",
        metavar="N",
        parser=shell.whole_number(1, 64),
        help_text=say(f"Antal webbprocesser ({WORKERS}).", f"Number of web processes ({WORKERS})."),
    ),
]
WebOnly = Annotated[
    bool,
    shell.option(
        "--web-only",
        help_text=say(
            "Bara webben, när arbetaren och klockan körs någon annanstans.",
            "Only the web, when the worker and the clock run elsewhere.",
        ),
    ),
]


def register(app: typer.Typer) -> None:
    """Add the command."""
    shell.add(
        app,
        serve,
        "serve",
        say("Kör Löftet: webb, arbetare och klocka.", "Run Löftet: web, worker and clock."),
    )


def serve(port: Port = PORT, host: Host = HOST, workers: Workers = WORKERS, web_only: WebOnly = False) -> None:
    """Prepare what is missing and run until Ctrl-C or SIGTERM."""
    ground.set_up()
    must_be_free(host, port)
    with instance.held():
        for line in preparing.prepare():
            shell.tell(line)
        run(host=host, port=port, workers=workers, web_only=web_only)


def run(
    *, host: str, port: int, workers: int = WORKERS, web_only: bool = False, greeting: Callable[[], None] | None = None
) -> None:
    """Keep the processes running until a signal says stop. The home must be held and prepared."""
    from django.db import connections

    connections.close_all()  # no connection of ours is open while the children run
    children = [Child("web", web_command(host, port, workers))]
    if not web_only:
        ours = [sys.executable, "-m", "loftet.commands"]
        children += [Child("worker", [*ours, "work", "--name", "serve"]), Child("clock", [*ours, "tick", "--loop"])]
    address = f"http://{host}:{port}"

    def ready() -> None:
        shell.tell(
            say(f"Löftet körs på {address}/ (Ctrl-C avslutar).", f"Löftet runs on {address}/ (Ctrl-C stops it).")
        )
        if greeting:
            greeting()

    def tell(what: str, child: Child, code: int | None) -> None:
        instance.note({"address": address, "pid": os.getpid(), "children": _pids(children), "since": time.time()})
        if what != "started":
            shell.complain(_report(what, child, code))

    environment = {**os.environ, "LOFTET_HOME": str(ground.home()), "PYTHONUNBUFFERED": "1"}
    try:
        Supervisor(children, environment, tell, is_ready=lambda: answers(host, port), on_ready=ready).run()
    except NeverStarted as failure:
        raise shell.Stop(
            say(
                "Webben startar inte. Raderna ovanför säger varför. Kör ”loftet doctor”.",
                "The web does not start. The lines above say why. Run “loftet doctor”.",
            )
        ) from failure
    shell.tell(say("Löftet är stoppat.", "Löftet has stopped."))


def web_command(host: str, port: int, workers: int) -> list[str]:
    """Return the command that runs the web server. It keeps no log of requests: who read what is nobody's business."""
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi"),
        *("--host", host, "--port", str(port)),
        *("--workers", str(workers), "--blocking-threads", "1"),
        *("--respawn-failed-workers", "--workers-kill-timeout", "5", "--no-ws"),
        *("--log-level", "warning", "--no-access-log"),
        "loftet.config.wsgi:application",
    ]


def must_be_free(host: str, port: int) -> None:
    """Stop with a sentence when something else listens on the port."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind((host, port))
        except OSError as fault:
            raise shell.Stop(
                say(
                    f"Port {port} på {host} går inte att använda ({fault.strerror}). Välj en annan: "
                    f"”make run PORT={port + 1}” eller ”loftet serve --port {port + 1}”.",
                    f"Port {port} on {host} cannot be used ({fault.strerror}). Choose another: "
                    f"“make run PORT={port + 1}” or “loftet serve --port {port + 1}”.",
                )
            ) from fault


def answers(host: str, port: int) -> bool:
    """Tell whether the web answers with something else than a fault of its own."""
    target = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    connection = http.client.HTTPConnection(target, port, timeout=2)
    try:
        connection.request("HEAD", "/loftesboken/nyckel")
        return connection.getresponse().status < 500
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _pids(children: list[Child]) -> dict[str, int]:
    return {child.name: child.process.pid for child in children if child.process is not None}


def _report(what: str, child: Child, code: int | None) -> str:
    name = {
        "web": say("Webben", "The web"),
        "worker": say("Arbetaren", "The worker"),
        "clock": say("Klockan", "The clock"),
    }[child.name]
    if what == "killed":
        return say(f"{name} avslutades inte i tid och stoppades.", f"{name} did not end in time and was stopped.")
    return say(
        f"{name} avslutades oväntat (kod {code}) och startas om efter {child.pause:g} s.",
        f"{name} ended unexpectedly (code {code}) and is started again after {child.pause:g} s.",
    )
