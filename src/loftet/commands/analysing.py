"""`loftet analyse`: opinion groups from a file of votes, on any machine, without an installation."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from loftet.commands import keys, shell, words
from loftet.commands.progress import shown
from loftet.commands.words import say

FILE = say("FIL", "FILE")
STANDARD_OUTPUT = Path("-")


def register(app: typer.Typer) -> None:
    """Add the command."""
    shell.add(
        app,
        analyse,
        "analyse",
        say(
            "Hitta grupper som svarar lika i en fil med svar.\n\n"
            "Filen är CSV eller CSV.gz med kolumnerna participant, statement, vote (1, 0 eller -1) och gärna time.",
            "Find groups that answer alike in a file of votes.\n\n"
            "The file is CSV or CSV.gz with the columns participant, statement, vote (1, 0 or -1) and, if there, time.",
        ),
    )


def analyse(
    votes: Annotated[Path, shell.argument(say("SVAR", "VOTES"), say("Filen med svar.", "The file of votes."))],
    statements: Annotated[
        Path | None,
        shell.option(
            "--statements",
            metavar=FILE,
            help_text=say(
                "CSV med påståenden: statement, moderated, is_meta, text.",
                "CSV of statements: statement, moderated, is_meta, text.",
            ),
        ),
    ] = None,
    to_json: Annotated[
        Path | None,
        shell.option(
            "--json",
            metavar=FILE,
            help_text=say("Skriv resultatet som JSON (- för standard ut).", "Write the result as JSON (- for stdout)."),
        ),
    ] = None,
) -> None:
    """Print what was found in plain words; with --json write all of it."""
    from loftet.commands.analyse import analyse_files, summary_lines
    from loftet.commands.votefiles import FileFault

    try:
        with shown(say("Analyserar", "Analysing")) as progress:
            result, known = analyse_files(votes, statements, progress=progress)
    except FileFault as fault:
        raise shell.Stop(fault.sentence(words.LANGUAGE)) from fault
    if to_json is not None:
        _write(result.as_json(), to_json)
    print_summary = shell.complain if to_json == STANDARD_OUTPUT else shell.tell
    for line in summary_lines(result, known, words.LANGUAGE):
        print_summary(line)


def _write(result: dict[str, Any], target: Path) -> None:
    """Write the JSON; a file is replaced when all of it is there, or left as it was."""
    text = json.dumps(result, ensure_ascii=False, indent=1) + "\n"
    if target == STANDARD_OUTPUT:
        sys.stdout.write(text)
        return
    draft = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        draft.write_text(text, encoding="utf-8")
        os.replace(draft, target)
    except OSError as fault:
        draft.unlink(missing_ok=True)
        raise shell.Stop(keys.cannot_write(target, fault)) from fault
