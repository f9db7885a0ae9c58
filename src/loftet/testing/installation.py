"""An installation as an operator runs it: a home of its own, its commands and its server."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path


def free_port() -> int:
    """A port that nothing listens on just now."""
    with socket.socket() as attempt:
        attempt.bind(("127.0.0.1", 0))
        return attempt.getsockname()[1]


@dataclass
class Installation:
    """A home of its own with database, keys and files, on which the command line and the server run as for real."""

    home: Path
    is_demo: bool = False
    port: int = field(default_factory=free_port)
    server: subprocess.Popen | None = None

    @property
    def address(self) -> str:
        """Where the server answers."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """The environment of its commands: nothing of the test run's own settings."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("LOFTET_", "DJANGO_", "LC_"))}
        kept |= {
            "LOFTET_HOME": str(self.home),
            "LOFTET_BASE_URL": self.address,
            "LANG": "sv_SE.UTF-8",
            "PYTHONUTF8": "1",
        }
        return {**kept, "LOFTET_DEMO": "1"} if self.is_demo else kept

    def command(self, *arguments: str, check: bool = True, typed: str | None = None) -> subprocess.CompletedProcess:
        """Run `loftet` with these arguments. Its words are in the result's stdout and stderr."""
        line = [sys.executable, "-m", "loftet.commands", *arguments]
        done = subprocess.run(line, env=self.environment, capture_output=True, text=True, timeout=600, input=typed)
        assert not check or done.returncode == 0, (
            f"loftet {' '.join(arguments)} ended with {done.returncode}:\n{done.stderr}"
        )
        return done

    def start(self) -> Installation:
        """Start the server and wait until it answers."""
        log = (self.home / "server.log").open("ab")
        line = [sys.executable, "-m", "loftet.commands", "serve", "--port", str(self.port), "--workers", "1"]
        with log:
            self.server = subprocess.Popen(
                line, env=self.environment, stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True
            )
        deadline = time.monotonic() + 60
        while not self._answers():
            if self.server.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise RuntimeError(f"The server did not start:\n{(self.home / 'server.log').read_text()}")
            time.sleep(0.1)
        return self

    def stop(self) -> None:
        """Stop the server and what it started, by its own process id."""
        if self.server is None:
            return
        self.server.terminate()
        try:
            self.server.wait(timeout=20)
        except subprocess.TimeoutExpired:
            os.killpg(self.server.pid, signal.SIGKILL)
            self.server.wait()
        self.server = None

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(self.address, timeout=5) as answer:
                return answer.status == 200
        except urllib.error.HTTPError as refusal:
            refusal.close()
            return True
        except OSError:
            return False


@contextlib.contextmanager
def running(prepared: Path, home: Path, *, is_demo: bool) -> Iterator[Installation]:
    """A running copy of a prepared home."""
    shutil.copytree(prepared, home, symlinks=True)
    installation = Installation(home, is_demo=is_demo)
    try:
        yield installation.start()
    finally:
        installation.stop()
