"""Say whether the locks are in step with pyproject.toml: every dependency is pinned at a version it allows, and the two
locks agree. Asks no registry.
"""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[1]
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)


def pins(text: str) -> dict[str, set[Version]]:
    """The versions that a lock pins, by package: more than one where they differ between machines."""
    found: dict[str, set[Version]] = {}
    for name, version in PINNED.findall(text):
        found.setdefault(canonicalize_name(name), set()).add(Version(version))
    return found


def unmet(wanted: list[str], pinned: dict[str, set[Version]], lock: str) -> list[str]:
    """What is wanted and not pinned, or pinned at a version that is not allowed."""
    faults = []
    for requirement in map(Requirement, wanted):
        versions = pinned.get(canonicalize_name(requirement.name), set())
        allowed = [version for version in versions if requirement.specifier.contains(version, prereleases=True)]
        if not allowed:
            there = ", ".join(map(str, sorted(versions))) or "nothing"
            faults.append(f"{lock}: {requirement} is wanted, {there} is pinned")
    return faults


def main() -> int:
    """Check both locks."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    run, dev = (
        pins((ROOT / name).read_text(encoding="utf-8")) for name in ("requirements.lock", "requirements-dev.lock")
    )
    to_run = [*project["dependencies"], *extras["build"]]
    faults = unmet(to_run, run, "requirements.lock")
    faults += unmet([*to_run, *extras["dev"]], dev, "requirements-dev.lock")
    faults += [f"{name} differs between the locks" for name in run if name in dev and run[name] != dev[name]]
    faults += [f"{name} is missing in requirements-dev.lock" for name in run if name not in dev]
    for fault in faults:
        print(fault)
    if faults:
        print("Run “make lock”.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
