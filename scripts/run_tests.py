"""Run the suites that are named, in order, each to its end, and close with pytest's own last line from each.

fast       what needs neither a browser nor processes of its own nor a long time, on SQLite in memory: the steps, what
           holds between them, and the house's guards
libraries  the same of the pure libraries: analysis, ledger and papers
faces      the same of the faces: the pages, asked for one by one as people come to them, and the commands
processes  the command line and the server as an operator runs them, and what takes long by its size
postgres   fast and faces, and what takes long, on a throw-away PostgreSQL, and what only PostgreSQL has
browser    the journeys in Debian's chromium
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass

from loftet.testing import postgres

PYTEST = [sys.executable, "-m", "pytest", "-q", "--color=no"]
SPREAD = ["-n", "auto", "--dist", "loadfile"]  # what a file makes ready is made once
FACES = ["src/loftet/faces", "src/loftet/commands"]
LIBRARIES = ["src/loftet/analysis", "src/loftet/ledger", "src/loftet/papers"]
QUICK = "not browser and not processes and not long and not postgres"
SUITES = {
    "fast": [*PYTEST, *SPREAD, "-m", QUICK, *(f"--ignore={folder}" for folder in (*FACES, *LIBRARIES))],
    "libraries": [*PYTEST, *SPREAD, "-m", QUICK, *LIBRARIES],
    "faces": [*PYTEST, *SPREAD, "-m", QUICK, *FACES],
    "processes": [*PYTEST, *SPREAD, "-m", "processes or (long and not postgres)"],
    "postgres": [
        *(*PYTEST, *SPREAD, "-m", "not browser and not processes"),
        *(f"--ignore={folder}" for folder in LIBRARIES),  # they have no database
    ],
    "browser": [*PYTEST, "-m", "browser"],
}
NO_TESTS = 5
ANSI = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True)
class Outcome:
    """How a suite ended: its exit code, and the line that says it."""

    name: str
    code: int
    line: str


def run(name: str) -> Outcome:
    """Run one suite, showing what it prints."""
    print(f"── {name} " + "─" * (70 - len(name)), flush=True)
    began = time.monotonic()
    if name == "postgres":
        try:
            with postgres.cluster() as address:
                code, line = shown(SUITES[name], {"LOFTET_TEST_DATABASE_URL": address})
        except postgres.PostgresUnavailable as reason:
            return passed_over(name, str(reason))
    else:
        code, line = shown(SUITES[name], {})
    print(flush=True)
    return Outcome(name, code, line or f"ended with {code} after {time.monotonic() - began:.0f} s")


def shown(command: list[str], more: dict[str, str]) -> tuple[int, str]:
    """Run a command, pass on what it prints as it comes, and return its exit code and last line."""
    last = ""
    # Each test file is compiled once for all processes and runs, whatever the machine is set to.
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with subprocess.Popen(
        command, env={**kept, **more}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, bufsize=1
    ) as process:
        for line in process.stdout or ():
            print(line, end="", flush=True)
            last = ANSI.sub("", line).strip() or last
    return process.returncode, last


def passed_over(name: str, reason: str) -> Outcome:
    """A suite that cannot run here. Under LOFTET_REQUIRE_ALL=1 that is a failure."""
    code = int(os.environ.get("LOFTET_REQUIRE_ALL") == "1")
    return Outcome(name, code, f"{'FAILED' if code else 'passed over'}: {reason}")


def main(names: list[str]) -> int:
    """Run the suites and print how each ended."""
    unknown = [name for name in names if name not in SUITES]
    if unknown or not names:
        print(f"Name some of: {', '.join(SUITES)}.", file=sys.stderr)
        return 2
    outcomes = [run(name) for name in names]
    print("── summary " + "─" * 62)
    for outcome in outcomes:
        print(f"{outcome.name:<9} {outcome.line}")
    failed = [outcome.name for outcome in outcomes if outcome.code]
    print(f"FAILED: {', '.join(failed)}" if failed else "All suites passed.", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
