"""Running the checks and printing what they say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import typer

from loftet.commands import ground, shell
from loftet.commands.doctor.findings import Finding, State, wrong
from loftet.commands.words import number_of, say

Check = Callable[[], Iterator[Finding]]


def register(app: typer.Typer) -> None:
    """Add the command."""
    shell.add(
        app,
        doctor,
        "doctor",
        say("Kontrollera installationen och säg vad som ska göras.", "Check the installation and say what to do."),
    )


def doctor() -> None:
    """Print a line about each thing. Ends with 1 when something is wrong."""
    ground.set_up()
    found = []
    for finding in look_at_everything():
        found.append(finding)
        shell.tell(line(finding))
    faults = sum(finding.state is State.WRONG for finding in found)
    if faults:
        counted = number_of(faults, ("fel att rätta", "fel att rätta"), ("thing to mend", "things to mend"))
        shell.tell(f"{counted}.")
        raise typer.Exit(1)
    shell.tell(say("Inget är fel.", "Nothing is wrong."))


def look_at_everything() -> Iterator[Finding]:
    """Run every check in turn. A check that breaks is a finding of its own and stops no other."""
    from loftet.commands.doctor import database_checks, ground_checks, running_checks

    checks: list[Check] = [
        ground_checks.home,
        ground_checks.disk,
        ground_checks.keys,
        ground_checks.static_files,
        ground_checks.surroundings,
        running_checks.server,
    ]
    for_database: list[Check] = [
        database_checks.migrated,
        database_checks.protected,
        database_checks.sqlite,
        database_checks.runtime_role,
        running_checks.queue,
        database_checks.register,
    ]
    yield from _run(checks)
    answer = list(_run([database_checks.reachable]))
    yield from answer
    if all(finding.state is State.OK for finding in answer):
        yield from _run(for_database)


def line(finding: Finding) -> str:
    """Return a finding as it is printed: how it is, what it is, the detail and what to do."""
    width = max(len(say(*state.value)) for state in State)
    parts = [f"{say(*finding.state.value):<{width}}  {finding.what}"]
    if finding.detail:
        parts.append(f": {finding.detail}")
    if finding.remedy:
        parts.append(f" → {finding.remedy}")
    return "".join(parts)


def _run(checks: Iterable[Check]) -> Iterator[Finding]:
    for check in checks:
        try:
            yield from check()
        except Exception as error:
            detail = ground.database_sentence(error) or f"{type(error).__name__}: {error}"
            yield wrong(check.__name__, detail, say("Rätta det och kör igen.", "Mend it and run again."))
