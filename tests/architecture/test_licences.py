"""What we depend on and ship may be combined with the EUPL-1.2 and offered by anyone: permissive or weak copyleft."""

from __future__ import annotations

import re
from importlib import metadata
from pathlib import Path

import pytest

LOCK = Path(__file__).parents[2] / "requirements.lock"
# Weak copyleft of libraries that we use and do not change, and that the EUPL names as compatible. In fido2
# (BSD) it is the list of top domains alone.
WEAK = {"psycopg": "LGPL", "psycopg-binary": "LGPL", "pathspec": "Mozilla", "fido2": "Mozilla", "certifi": "Mozilla"}
STRONG = re.compile(r"\b(A?GPL|GNU (Affero )?General Public|SSPL|BUSL|Commons Clause)", re.IGNORECASE)
COPYLEFT = re.compile(r"\b(LGPL|Lesser|MPL|Mozilla|EPL|CDDL)", re.IGNORECASE)


def locked() -> list[str]:
    lines = LOCK.read_text().splitlines()
    return sorted({line.partition("==")[0].partition("[")[0] for line in lines if re.match(r"[a-z0-9].*==", line)})


def licence_of(package: str) -> str:
    about = metadata.metadata(package)
    classifiers = [c for c in about.get_all("Classifier") or [] if c.startswith("License")]
    first_line = (about.get("License") or "").partition("\n")[0]
    return " | ".join(filter(None, [about.get("License-Expression"), first_line, *classifiers]))


def installed() -> list[str]:
    names = {(d.metadata["Name"] or "").lower().replace("_", "-") for d in metadata.distributions()}
    return [package for package in locked() if package in names]


def test_most_of_what_is_locked_is_here_to_be_asked():
    """A package for another system (Windows, another Python) is not installed; nearly everything else is."""
    assert len(installed()) >= len(locked()) - 3


@pytest.mark.parametrize("package", installed())
def test_its_licence_is_known_and_allowed(package):
    licence = licence_of(package)
    assert licence, f"{package} names no licence. Find it and decide before shipping it."
    assert not STRONG.search(licence.replace("LGPL", "")), f"{package} is {licence}: not to be shipped with EUPL-1.2."
    if COPYLEFT.search(licence):
        assert WEAK.get(package, "?") in licence, f"{package} is {licence}: decide, and name it in WEAK."
