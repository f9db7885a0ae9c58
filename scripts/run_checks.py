"""Everything that can be checked without running the suite. Changes nothing, runs each check to its end, and says last
which of them found something. What `make fix` cannot mend by itself is told by the check.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

BIN = Path(sys.executable).parent
STYLED = ["src", "tests", "conftest.py", "scripts", "bench"]
CHECKS: dict[str, list[str | Path]] = {
    "ruff": [BIN / "ruff", "check", *STYLED],
    "ruff format": [BIN / "ruff", "format", "--check", *STYLED],
    "imports": [sys.executable, "-m", "pytest", "-q", "tests/architecture/test_staircase.py"],
    "mypy": [BIN / "mypy", "src/loftet"],
    "djlint": [BIN / "djlint", "--lint", "src/loftet"],
    "migrations": [sys.executable, "-m", "django", "makemigrations", "--check", "--dry-run"],
    "locks": [sys.executable, "scripts/check_locks.py"],
}
# Makes a home of its own: a check must not touch an installation.
ENVIRONMENT = {**os.environ, "DJANGO_SETTINGS_MODULE": "loftet.config.settings.testing"}


def main() -> int:
    """Run every check."""
    failed = []
    for name, command in CHECKS.items():
        done = subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True)
        print(f"{'ok  ' if done.returncode == 0 else 'FAIL'} {name}", flush=True)
        if done.returncode:
            failed.append(name)
            print(done.stdout + done.stderr, flush=True)
    print(f"Something to mend: {', '.join(failed)}." if failed else "Nothing to mend.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
