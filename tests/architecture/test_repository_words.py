"""The repository speaks of the product alone, and everything it offers is documented.

No file names a registry or a place on somebody's machine; the locks hold hashes; each dependency has its reason; each
step has its README; each setting, command and model stands in the documentation by its name.
"""

from __future__ import annotations

import re
import subprocess
import tomllib
from collections.abc import Iterable
from pathlib import Path

import pytest
from django.apps import apps
from django.apps.registry import Apps
from django.db import models

# Put together from parts, so that this file does not hold what it looks for.
REGISTRIES = ["python" + "hosted.org", "py" + "pi.org", "npm" + "js.org", "npm" + "js.com", "deb" + ".debian.org"]
REGISTRIES += ["yarnpkg" + ".com", "crates" + ".io", "proxy.golang" + ".org", "rubygems" + ".org", "ghcr" + ".io"]
HOST = re.compile("|".join(re.escape(name) for name in REGISTRIES), re.IGNORECASE)
MACHINE_PATH = re.compile(r"(?<![\w.$}~-])/(?:work|root|home|Users|tmp|farm|mnt|private)/[\w.-]|\b[A-Z]:\\Users\\")
SETTING = re.compile(r"\bLOFTET_[A-Z][A-Z_]*[A-Z]\b")
LOCKS = ("requirements.lock", "requirements-dev.lock")
PURE = ("analysis", "ledger", "papers")


def text_files(repository: Path) -> Iterable[tuple[str, str]]:
    """The name and text of every text file that is in the repository or on its way there."""
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    names = subprocess.run(listed, cwd=repository, capture_output=True, check=True).stdout.decode()
    for name in sorted(filter(None, names.split("\0"))):
        data = (repository / name).read_bytes() if (repository / name).is_file() else b"\0"
        if b"\0" not in data:
            yield name, data.decode("utf-8", errors="replace")


def matches(files: Iterable[tuple[str, str]], pattern: re.Pattern) -> list[str]:
    """Each place in the files that fits a pattern."""
    return [
        f"{name}:{text.count(chr(10), 0, found.start()) + 1} says {text[found.start() : found.end() + 30].split()[0]}"
        for name, text in files
        for found in pattern.finditer(text)
    ]


@pytest.fixture(scope="module")
def files(repository) -> list[tuple[str, str]]:
    return list(text_files(repository))


def test_no_file_names_a_registry(files):
    assert len(files) > 50
    found = matches(files, HOST)
    assert not found, "Take the host away; say which package and version instead.\n" + "\n".join(found)


def test_no_file_names_a_place_on_a_machine(files):
    found = matches(files, MACHINE_PATH)
    assert not found, "Say the path from the repository's root, or let it come from a setting.\n" + "\n".join(found)


@pytest.mark.parametrize(
    ("text", "pattern", "is_found"),
    [
        (f"ett https://files.{REGISTRIES[0]}/x", HOST, True),
        (f"index = {REGISTRIES[2].upper()}", HOST, True),
        ("pip install loftet", HOST, False),
        ("cd " + "/" + "home/anna/loftet", MACHINE_PATH, True),
        ('"' + "/" + 'tmp/x"', MACHINE_PATH, True),
        ("C:" + "\\Users\\anna", MACHINE_PATH, True),
        ("/usr/bin/chromium, /var/lib/loftet, /etc/loftet", MACHINE_PATH, False),
        ("https://www.example.se/home/start, src/work/x, ~/tmp/x, $HOME/tmp/x", MACHINE_PATH, False),
    ],
)
def test_hosts_and_paths_are_found_and_nothing_else(text, pattern, is_found):
    assert bool(matches([("a.txt", f"rad ett\n{text}")], pattern)) is is_found
    if is_found:
        assert matches([("a.txt", f"rad ett\n{text}")], pattern)[0].startswith("a.txt:2 says ")


# --- Dependencies --------------------------------------------------------------------------------------------------
def faults_in_lock(text: str) -> list[str]:
    """What is wrong with a lock: a package without a version or a hash, or an address."""
    found = [f"line {number} holds an address" for number, line in enumerate(text.splitlines(), 1) if "://" in line]
    for block in re.split(r"\n(?=[A-Za-z0-9])", re.sub(r"(?m)^\s*#.*\n?", "", text).strip()):
        name = block.split()[0] if block.split() else "nothing"
        if "==" not in name or not re.search(r"--hash=sha256:[0-9a-f]{64}", block):
            found.append(f"{name} has no pinned version with a hash")
    return found


def without_reason(text: str) -> list[str]:
    """The dependencies in a pyproject.toml that have no reason beside them."""
    project = tomllib.loads(text)["project"]
    groups = [project.get("dependencies", []), *project.get("optional-dependencies", {}).values()]
    wanted = [dependency for group in groups for dependency in group]
    return [d for d in wanted if not re.search(rf'^\s*"{re.escape(d)}",?\s*# \S.{{3,}}$', text, re.MULTILINE)]


@pytest.mark.parametrize("name", LOCKS)
def test_locks_hold_hashes_and_no_addresses(name, repository):
    found = faults_in_lock((repository / name).read_text(encoding="utf-8"))
    assert not found, f"{name}: {'; '.join(found)}. Compile it anew as CONTRIBUTING.md says."


def test_a_fault_in_a_lock_is_found():
    good = f"# made by uv\nnumpy==2.4 \\\n    --hash=sha256:{'a' * 64}\n    # via scipy\n"
    assert faults_in_lock(good) == []
    assert faults_in_lock(good + "scipy==1.0\n") == ["scipy==1.0 has no pinned version with a hash"]
    assert faults_in_lock(good + f"scipy>=1.0 --hash=sha256:{'a' * 64}\n") != []
    assert faults_in_lock("--index-url https://example.org/\n" + good)[0] == "line 1 holds an address"


def test_every_dependency_has_its_reason(repository):
    found = without_reason((repository / "pyproject.toml").read_text(encoding="utf-8"))
    assert not found, f"Say after # in pyproject.toml what {', '.join(found)} is for."


def test_a_dependency_without_reason_is_found():
    text = '[project]\ndependencies = [\n  "a>=1",  # numbers in arrays\n  "b>=1",\n  "c>=1",  # x\n]\n'
    text += '[project.optional-dependencies]\ndev = [\n  "d[e]>=1",   # tests of pages\n  "f",\n]\n'
    assert without_reason(text) == ["b>=1", "c>=1", "f"]


# --- Documentation -------------------------------------------------------------------------------------------------
def page(repository: Path, name: str) -> str:
    """A page of the documentation; empty when it is missing."""
    path = repository / "docs" / name
    return path.read_text(encoding="utf-8") if path.exists() else ""


def unexplained(names: Iterable[str], text: str) -> list[str]:
    """The names that do not stand in a text, whole and marked as code."""
    marked = " ".join(re.findall(r"`([^`\n]+)`", text))
    return [name for name in sorted(set(names)) if not re.search(rf"(?<![\w.-]){re.escape(name)}(?![\w-])", marked)]


def without_readme(house) -> list[str]:
    """The steps and pure libraries that do not say what belongs in them."""
    folders = [house.root / "domain" / step for step in (*house.steps, house.ground.rpartition(".")[2])]
    folders += [house.root / name for name in PURE if (house.root / name).is_dir()]
    return [house.short(folder) for folder in folders if not (folder / "README.md").exists()]


def test_every_step_has_its_readme(house):
    missing = without_readme(house)
    assert not missing, f"Write README.md, five lines of what belongs there and what does not, in {', '.join(missing)}."


def test_a_step_without_readme_is_found(small_house):
    readmes = {f"{folder}/README.md": "# a" for folder in ("domain/base", "domain/low", "analysis")}
    house = small_house(readmes)
    assert without_readme(house) == [f"{house.package}/domain/high", f"{house.package}/ledger"]


def test_every_setting_is_documented(files, repository):
    code = [text for name, text in files if name.endswith((".py", "Makefile", ".sh", ".yml", ".toml", ".service"))]
    found = unexplained(SETTING.findall("\n".join(code)), page(repository, "reference/settings.md"))
    assert not found, f"Explain in docs/reference/settings.md, marked as `code`: {', '.join(found)}."


def commands(command, before: str = "loftet") -> list[str]:
    """Every command of the command line as it is typed, those in groups too."""
    inner = getattr(command, "commands", {})
    if not inner:
        return [before]
    return [name for key, child in inner.items() if not child.hidden for name in commands(child, f"{before} {key}")]


def test_every_command_is_documented(repository):
    from typer.main import get_command

    from loftet.commands.main import build

    offered = commands(get_command(build()))
    assert {"loftet migrate", "loftet serve"} <= set(offered)
    found = unexplained(offered, page(repository, "reference/commands.md"))
    assert not found, f"Explain in docs/reference/commands.md, marked as `code`: {', '.join(found)}."


def own_models() -> list[type[models.Model]]:
    """Every model of the steps, with those that Django makes for a many-to-many left out."""
    return [m for m in apps.get_models() if m.__module__.startswith("loftet.domain.")]


def faults_in_model(model: type[models.Model]) -> list[str]:
    """What a model lacks of words: a name for people, in one and many, and a sentence for developers."""
    found = []
    for wanted in ("verbose_name", "verbose_name_plural"):
        if wanted not in model._meta.original_attrs:
            found.append(f"{model._meta.label} has no {wanted}. Write in its Meta what people call it, in Swedish.")
    if (model.__doc__ or "").startswith(f"{model.__name__}(") or not (model.__doc__ or "").strip():
        found.append(f"{model._meta.label} has no docstring. Say in a sentence what a row is.")
    return found


def test_every_model_says_what_it_is():
    found = [sentence for model in own_models() for sentence in faults_in_model(model)]
    assert not found, "\n".join(found)


def test_a_model_without_words_is_found():
    meta = type("Meta", (), {"app_label": "architecture", "apps": Apps()})
    wordless = type("Wordless", (models.Model,), {"__module__": __name__, "Meta": meta})
    assert [fault.split(". ")[0] for fault in faults_in_model(wordless)] == [
        "architecture.Wordless has no verbose_name",
        "architecture.Wordless has no verbose_name_plural",
        "architecture.Wordless has no docstring",
    ]


def test_every_model_stands_in_the_glossary(repository):
    found = unexplained((model.__name__ for model in own_models()), page(repository, "glossary.md"))
    assert not found, f"Put in docs/glossary.md, marked as `code`, with the Swedish word: {', '.join(found)}."


def test_a_name_that_is_not_explained_is_found():
    text = "`LOFTET_HOME` is a folder. LOFTET_KEYS is not marked. `loftet serve --port N` starts. `Vote`, `Voices`"
    assert unexplained(["LOFTET_HOME", "LOFTET_KEYS", "LOFTET_" + "HO"], text) == ["LOFTET_" + "HO", "LOFTET_KEYS"]
    assert unexplained(["loftet serve", "loftet ser", "Vote", "Voice"], text) == ["Voice", "loftet ser"]
