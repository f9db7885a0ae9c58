"""Help and faults of the command line, in both languages, and how little it takes to say them."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from typer.main import get_command

from loftet.commands.main import build

ENGLISH_OF_TYPER = re.compile(r"Usage|Options|Arguments|Commands|Show this|Missing|required|default|Error|Try '")


def every_command(command=None, before: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """Every command and group, as it is typed after `loftet`."""
    command = command or get_command(build())
    inner = getattr(command, "commands", {})
    return [before, *(name for key, child in inner.items() for name in every_command(child, (*before, key)))]


@pytest.fixture(scope="module")
def help_of():
    """The help of every command in a language, printed by one process as a user would see it."""
    script = (
        "import sys, json\nfrom loftet.commands.main import main\n"
        "for name in json.loads(sys.argv[1]):\n    print('@@', *name)\n    assert main([*name, '--help']) == 0\n"
        "print('@@ modules', 'django' in sys.modules, 'numpy' in sys.modules)\n"
    )

    def pages(locale: str) -> str:
        import json
        import os

        environment = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG"))}
        done = subprocess.run(
            [sys.executable, "-c", script, json.dumps(every_command())],
            env={**environment, "LC_ALL": locale, "PYTHONUTF8": "1"},
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    return pages


@pytest.mark.processes
def test_help_is_swedish_through_and_through(help_of):
    pages = help_of("sv_SE.UTF-8")
    assert pages.count("Användning: loftet") == len(every_command())
    assert pages.count("Visa den här hjälpen.") == len(every_command())
    assert "Kommandon:" in pages
    assert "Flaggor:" in pages
    assert not ENGLISH_OF_TYPER.findall(pages)


@pytest.mark.processes
def test_help_is_english_elsewhere(help_of):
    pages = help_of("C.UTF-8")
    assert pages.count("Usage: loftet") == len(every_command())
    assert pages.count("Show this help.") == len(every_command())
    rest = re.sub(r"Löftet|Medborgarlöften|“[^”]*”", "", pages)
    assert not re.findall(r"[åäöÅÄÖ”]", rest)


@pytest.mark.processes
def test_help_needs_neither_django_nor_numbers(help_of):
    assert "@@ modules False False" in help_of("C.UTF-8")


@pytest.mark.parametrize(
    ("line", "swedish", "english"),
    [
        (
            ["srve"],
            "Kommandot ”srve” finns inte. Menade du serve? Hjälp finns med ”loftet --help”.",
            "There is no command “srve”. Did you mean serve? For help, run “loftet --help”.",
        ),
        (
            ["xyzzy"],
            "Kommandot ”xyzzy” finns inte. Hjälp finns med ”loftet --help”.",
            "There is no command “xyzzy”. For help, run “loftet --help”.",
        ),
        (
            ["serve", "--prt", "3"],
            "Flaggan --prt finns inte. Menade du --port? Hjälp finns med ”loftet serve --help”.",
            "There is no option --prt. Did you mean --port? For help, run “loftet serve --help”.",
        ),
        (
            ["serve", "--port", "70000"],
            "Fel värde för --port: ska vara ett heltal från 1 till 65535. Hjälp finns med ”loftet serve --help”.",
            "Wrong value for --port: must be a whole number from 1 to 65535. For help, run “loftet serve --help”.",
        ),
        (
            ["serve", "--workers"],
            "Flaggan --workers ska följas av ett värde. Hjälp finns med ”loftet --help”.",
            "--workers needs a value. For help, run “loftet --help”.",
        ),
        (
            ["serve", "--web-only=ja"],
            "Flaggan --web-only tar inget värde. Hjälp finns med ”loftet --help”.",
            "--web-only takes no value. For help, run “loftet --help”.",
        ),
        (
            ["backup"],
            "Argumentet FIL saknas. Hjälp finns med ”loftet backup --help”.",
            "The argument FIL is missing. For help, run “loftet backup --help”.",
        ),
        (
            ["backup", "a", "b", "c"],
            "2 argument för mycket: b c. Hjälp finns med ”loftet backup --help”.",
            "2 arguments too many: b c. For help, run “loftet backup --help”.",
        ),
    ],
)
def test_a_faulty_command_line_is_explained(line, swedish, english, loftet, monkeypatch, request):
    # Names of arguments are chosen when the module is read; the sentence around them when it is said.
    said = loftet(*line)
    assert (said.code, said.out, normal(said.err)) == (2, "", swedish)
    request.getfixturevalue("in_english")
    said = loftet(*line)
    assert (said.code, said.out, normal(said.err)) == (2, "", english)


def normal(text: str) -> str:
    return text.strip().replace("FILE", "FIL")


def test_a_group_without_a_command_shows_what_there_is(loftet):
    for line in ([], ["import"], ["key"]):
        said = loftet(*line)
        assert said.code == 2
        assert "Kommandon:" in said.err


def test_the_version_is_that_of_the_package(loftet):
    from importlib.metadata import version

    assert loftet("--version").out.strip() == version("loftet")


def test_a_fault_of_the_domain_is_told_in_its_own_sentence(loftet, monkeypatch, home):
    from loftet.commands import preparing
    from loftet.domain.base.errors import DomainError

    def refuse():
        raise DomainError("Det går inte just nu.")

    monkeypatch.setattr(preparing, "prepare", refuse)
    said = loftet("migrate")
    assert (said.code, said.err) == (1, "Det går inte just nu.\n")


def test_a_fault_of_our_own_is_not_hidden(loftet, monkeypatch, home):
    from loftet.commands import preparing

    monkeypatch.setattr(preparing, "prepare", lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        loftet("migrate")


def test_an_interrupt_is_told_and_counted_as_one(loftet, monkeypatch, home):
    from loftet.commands import preparing

    def interrupted():
        raise KeyboardInterrupt

    monkeypatch.setattr(preparing, "prepare", interrupted)
    assert loftet("migrate").code == 130


@pytest.mark.processes
@pytest.mark.parametrize(
    ("variables", "swedish"),
    [
        ({"LOFTET_HOME": "/proc/loftet"}, "Det går inte att läsa eller skriva i /proc"),
        ({"LOFTET_DATABASE_URL": "kanin://x"}, "LOFTET_DATABASE_URL går inte att tolka"),
        (
            {"LOFTET_DATABASE_URL": "postgresql://a@127.0.0.1:1/a?connect_timeout=2"},
            "Databasen svarar inte som den ska",
        ),
    ],
)
def test_a_faulty_surrounding_is_told_in_a_sentence(variables, swedish, plain_environment, tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "loftet.commands", "migrate"],
        env={**plain_environment, "LANG": "sv_SE.UTF-8", "LOFTET_HOME": str(tmp_path / "home"), **variables},
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert done.stderr.startswith(swedish), done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


@pytest.mark.processes
def test_a_database_that_is_not_prepared_says_so(plain_environment, tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "loftet.commands", "import", "places"],
        env={**plain_environment, "LANG": "sv_SE.UTF-8", "LOFTET_HOME": str(tmp_path / "home")},
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr.splitlines()[-1]) == (
        1,
        "Databasen är inte förberedd. Kör ”loftet migrate” först.",
    )
    assert oct((tmp_path / "home").stat().st_mode)[-3:] == "700"
