"""`loftet import places` and `loftet import promises FILE`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from loftet.commands import ground, preparing, shell, words
from loftet.commands.progress import shown
from loftet.commands.words import say


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = shell.application(
        say("Läs in orter eller återgivna medborgarlöften.", "Import places or retold citizen promises.")
    )
    shell.add(
        group,
        places,
        "places",
        say("Läs in län, kommuner och polisområden som följer med.", "Load the counties and municipalities included."),
    )
    shell.add(
        group,
        promises,
        "promises",
        say("Läs in medborgarlöften som gjorts någon annanstans.", "Import promises that were made elsewhere."),
    )
    app.add_typer(group, name="import")


def places() -> None:
    """Load the bundled places. A second run changes nothing."""
    ground.set_up()
    shell.tell(preparing.import_places() or say("Alla orter fanns redan.", "All places were there already."))


def promises(
    file: Annotated[Path, shell.argument(say("FIL", "FILE"), say("JSON-fil med löften.", "JSON file of promises."))],
    replace: Annotated[
        bool,
        shell.option(
            "--replace",
            help_text=say(
                "Låt en ändrad återgivning ta den gamlas plats.", "Let a changed retelling replace the older one."
            ),
        ),
    ] = False,
) -> None:
    """Import retold promises, record by record, and report. Ends with 1 when any record was refused."""
    ground.set_up()
    from loftet.domain.promises.importers import retold

    document = _read(file)
    try:
        with shown(say("Läser in", "Importing")) as progress:
            report = retold.import_retold(document, replace=replace, progress=progress)
    except retold.ImportFault as fault:
        raise shell.Stop(
            say(
                f"{file}: {fault}",
                f"{file} must be a JSON object with one list “löften”. Nothing was imported.",
            )
        ) from fault
    for line in report.lines(words.LANGUAGE):
        shell.tell(line)
    if report.refused:
        raise typer.Exit(1)


def _read(file: Path) -> Any:
    from loftet.domain.promises.importers import retold

    try:
        return retold.read_document(file)
    except retold.ImportFault as fault:
        if words.LANGUAGE == words.SWEDISH:
            raise
        raise shell.Stop(_in_english(file, fault.__cause__)) from fault


def _in_english(file: Path, cause: BaseException | None) -> str:
    if isinstance(cause, OSError):
        return f"{file} could not be opened: {cause.strerror}. Nothing was imported."
    if isinstance(cause, UnicodeDecodeError):
        return f"{file} is not text in UTF-8. Nothing was imported."
    if isinstance(cause, json.JSONDecodeError):
        return f"{file} is not valid JSON (line {cause.lineno}, column {cause.colno}). Nothing was imported."
    return f"{file} holds a value that cannot be read. Nothing was imported."
