"""A throw-away PostgreSQL: a cluster of its own in a temporary folder, reached by a socket there, gone afterwards.

`python -m loftet.testing.postgres COMMAND …` runs a command with LOFTET_TEST_DATABASE_URL pointing at it. Several at
once never meet: there is no port to fight for.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

DEBIAN = Path("/usr/lib/postgresql")
PROGRAMS = ("initdb", "postgres")
SUPERUSER = "loftet"
SECONDS_TO_START, SECONDS_TO_STOP = 60.0, 20.0
# Nothing here has to survive anything.
CAREFREE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60", "listen_addresses=")


class PostgresUnavailable(RuntimeError):
    """PostgreSQL cannot be run here; the message says what to install."""


@dataclass(frozen=True)
class Account:
    """The account of the machine that the cluster runs as. PostgreSQL refuses to run as root."""

    user: int
    group: int

    @property
    def arguments(self) -> dict[str, Any]:
        """What `subprocess` needs to run something as this account."""
        return {"user": self.user, "group": self.group, "extra_groups": []} if os.geteuid() == 0 else {}


def programs() -> Path:
    """Return the folder with PostgreSQL's programs, the newest when there are several. Raises `PostgresUnavailable`."""
    versions = [folder for folder in DEBIAN.glob("*/bin") if folder.parent.name.isdigit()]
    folders = sorted(versions, key=lambda folder: int(folder.parent.name), reverse=True)
    if on_path := shutil.which("initdb"):
        folders.append(Path(on_path).resolve().parent)
    for folder in folders:
        if all((folder / name).exists() for name in PROGRAMS):
            return folder
    raise PostgresUnavailable("PostgreSQL's server is missing. Install Debian's package postgresql.")


@contextmanager
def cluster() -> Iterator[str]:
    """Run a cluster while the block runs, and yield the address of its database."""
    place, account = programs(), _account()
    folder = Path(tempfile.mkdtemp(prefix="loftet-pg-"))
    server = None
    try:
        os.chown(folder, account.user, account.group)
        _make(place, folder, account)
        server = _start(place, folder, account)
        _wait_until_ready(server, folder)
        yield f"postgresql://{SUPERUSER}@{quote(str(folder), safe='')}/postgres"
    finally:
        if server is not None:
            _stop(server)
        shutil.rmtree(folder, ignore_errors=True)


def main(command: Sequence[str]) -> int:
    """Run a command with a cluster of its own and return its exit code."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        with cluster() as address:
            return subprocess.run(command, env={**os.environ, "LOFTET_TEST_DATABASE_URL": address}).returncode
    except PostgresUnavailable as reason:
        print(reason, file=sys.stderr)
        return 69


def _account() -> Account:
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    raise PostgresUnavailable("There is no account to run PostgreSQL as: neither postgres nor nobody.")


def _make(place: Path, folder: Path, account: Account) -> None:
    line: list[str | Path] = [
        *(place / "initdb", "--pgdata", folder / "data", "--username", SUPERUSER),
        *("--auth", "trust", "--encoding", "UTF8", "--locale", "C", "--no-sync", "--no-instructions"),
    ]
    made = subprocess.run(line, cwd=folder, capture_output=True, text=True, **account.arguments)
    if made.returncode:
        raise PostgresUnavailable(f"PostgreSQL could not make a cluster: {made.stderr.strip()}")


def _start(place: Path, folder: Path, account: Account) -> subprocess.Popen[bytes]:
    settings = [part for setting in CAREFREE for part in ("-c", setting)]
    line: list[str | Path] = [place / "postgres", "-D", folder / "data", "-k", folder, *settings]
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(
            line,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,  # Ctrl-C is for us; we end it when its clients have gone
            **account.arguments,
        )


def _wait_until_ready(server: subprocess.Popen[bytes], folder: Path) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and server.poll() is None:
        try:
            # The last line of this file says how far the server has come.
            state = (folder / "data" / "postmaster.pid").read_text().splitlines()[7].strip()
        except (FileNotFoundError, IndexError):
            state = ""
        if state == "ready":
            return
        time.sleep(0.02)
    raise PostgresUnavailable(f"PostgreSQL did not start: {(folder / 'log').read_text().strip()}")


def _stop(server: subprocess.Popen[bytes]) -> None:
    server.send_signal(signal.SIGINT)  # its fast shutdown: clients are cut off
    try:
        server.wait(SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
