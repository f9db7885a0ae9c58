"""Keeping a few processes running: one that dies is started again, and all end together."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

PR_SET_PDEATHSIG = 1


class NeverStarted(Exception):
    """A process that everything rests on was never ready: it ended again and again, or did not do its work."""


@dataclass(frozen=True)
class Patience:
    """How long to wait, in seconds."""

    first_pause: float = 0.5
    longest_pause: float = 30.0
    # A process that has run this long was well; the next pause is the first one again.
    healthy_after: float = 60.0
    # From asking the processes to end to ending them.
    grace: float = 8.0
    look: float = 0.2
    # How many times the first process may end, and how long it may take, before it was ever ready.
    attempts: int = 3
    ready_within: float = 60.0
    ask: float = 0.5


@dataclass
class Child:
    """A process to keep running."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    start_at: float = 0.0
    pause: float = 0.0
    ends: int = 0

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None


@dataclass
class Supervisor:
    """Runs the children until a signal asks it to stop.

    `tell` is given each thing that happens (what, child, exit code); `is_ready` asks whether the first child does its
    work, and `on_ready` is called once when it does.
    """

    children: Sequence[Child]
    environment: Mapping[str, str]
    tell: Callable[[str, Child, int | None], None]
    is_ready: Callable[[], bool] = lambda: True
    on_ready: Callable[[], None] = lambda: None
    patience: Patience = field(default_factory=Patience)
    _stop: threading.Event = field(default_factory=threading.Event)
    _ready: bool = False
    _began_at: float = 0.0
    _ask_at: float = 0.0

    def run(self) -> None:
        """Run until SIGINT or SIGTERM; then end every child and return. Raises `NeverStarted`."""
        before = {number: signal.signal(number, self._ask_to_stop) for number in (signal.SIGINT, signal.SIGTERM)}
        self._began_at = time.monotonic()
        try:
            while not self._stop.is_set():
                for child in self.children:
                    self._look_after(child)
                self._look_for_ready()
                self._stop.wait(self.patience.look)
        finally:
            self._end_all()
            for number, handler in before.items():
                signal.signal(number, handler)

    def stop(self) -> None:
        """Ask `run` to end the children and return."""
        self._stop.set()

    def _ask_to_stop(self, _number: int, _frame: object) -> None:
        self._stop.set()

    def _look_after(self, child: Child) -> None:
        now = time.monotonic()
        if child.process is None:
            if now >= child.start_at:
                self._start(child)
        elif (code := child.process.poll()) is not None:
            _kill_group(child)  # a web server's own processes must let go of the port
            child.process, child.ends = None, child.ends + 1
            if child is self.children[0] and not self._ready and child.ends >= self.patience.attempts:
                raise NeverStarted(child.name)
            well = now - child.started_at >= self.patience.healthy_after
            longer = min(child.pause * 2, self.patience.longest_pause)
            child.pause = self.patience.first_pause if well or not child.pause else longer
            child.start_at = now + child.pause
            self.tell("ended", child, code)

    def _start(self, child: Child) -> None:
        # A session of its own: Ctrl-C reaches only us, and we end the children in order, once each.
        child.process = subprocess.Popen(
            child.command,
            env=dict(self.environment),
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=end_with_parent,
        )
        child.started_at = time.monotonic()
        self.tell("started", child, None)

    def _look_for_ready(self) -> None:
        now = time.monotonic()
        if self._ready or now < self._ask_at:
            return
        self._ask_at = now + self.patience.ask
        if self.children[0].is_running and self.is_ready():
            self._ready = True
            self.on_ready()
        elif now - self._began_at > self.patience.ready_within:
            raise NeverStarted(self.children[0].name)

    def _end_all(self) -> None:
        running = [child for child in self.children if child.is_running]
        for child in running:
            _send(child, signal.SIGTERM)
        deadline = time.monotonic() + self.patience.grace
        for child in running:
            try:
                child.process.wait(max(0.0, deadline - time.monotonic()))  # type: ignore[union-attr]
            except subprocess.TimeoutExpired:
                self.tell("killed", child, None)
            # Whatever it had started and left behind ends too.
            _kill_group(child)


def end_with_parent() -> None:
    """Make this process receive SIGTERM when the one that started it dies, also when that is killed outright."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _send(child: Child, number: signal.Signals) -> None:
    if child.process is not None:
        child.process.send_signal(number)


def _kill_group(child: Child) -> None:
    if child.process is None:
        return
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.process.pid, signal.SIGKILL)
    child.process.wait()
