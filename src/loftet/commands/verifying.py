"""`loftet verify`: the register of this installation, or an export of any, checked with nothing but a public key."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from loftet.commands import ground, keys, shell
from loftet.commands.words import number_of, say

if TYPE_CHECKING:
    from loftet.ledger.keys import VerifierKey

FILE = say("FIL", "FILE")


def register(app: typer.Typer) -> None:
    """Add the command."""
    shell.add(
        app,
        verify,
        "verify",
        say("Kontrollera löftesboken, eller en export av den.", "Check the register, or an export of one."),
    )


def verify(
    file: Annotated[
        Path | None,
        shell.argument(
            FILE,
            say("En export (utan fil: den här installationens bok).", "An export (without: the register here)."),
        ),
    ] = None,
    public_key: Annotated[
        Path | None,
        shell.option(
            "--public-key",
            metavar=FILE,
            help_text=say(
                "Fil med den öppna nyckeln (annars installationens egen).",
                "File with the public key (otherwise the installation's own).",
            ),
        ),
    ] = None,
    checkpoint: Annotated[
        Path | None,
        shell.option(
            "--checkpoint",
            metavar=FILE,
            help_text=say(
                "En äldre kontrollpunkt som boken ska börja med.", "An older checkpoint that it must begin with."
            ),
        ),
    ] = None,
) -> None:
    """Say in a sentence whether all holds. Ends with 1 when anything does not. A file is checked offline."""
    if file is None and checkpoint is None:
        holds = _own(public_key)
    else:
        holds = _export(file, public_key, checkpoint)
    if not holds:
        raise typer.Exit(1)


def _own(public_key: Path | None) -> bool:
    ground.set_up()
    from loftet.commands import registercheck
    from loftet.domain.base import protection
    from loftet.domain.register import keys as stored

    outcome = registercheck.check(_read_key(public_key) if public_key else stored.public_key())
    for sentence in outcome.sentences():
        shell.tell(sentence)
    missing = protection.missing()
    if missing:
        guards = number_of(len(missing), ("spärr", "spärrar"), ("guard", "guards"))
        shell.tell(
            say(
                f"{guards} mot ändring saknas i databasen ({', '.join(missing[:3])}). Kör ”loftet migrate”.",
                f"{guards} against change missing in the database ({', '.join(missing[:3])}). Run “loftet migrate”.",
            )
        )
    return outcome.holds and not missing


def _export(file: Path | None, public_key: Path | None, checkpoint: Path | None) -> bool:
    from loftet.ledger.verification import verify_against_older, verify_export

    key = _read_key(public_key or ground.keys() / "log.pub")
    try:
        if file is None:
            ground.set_up()
            from loftet.domain.register import queries

            report = verify_export(queries.export_lines(), key)
        else:
            with file.open("rb") as lines:
                report = verify_export(lines, key)
    except OSError as fault:
        raise shell.Stop(keys.cannot_read(file or Path(), fault)) from fault
    if checkpoint is not None:
        report = verify_against_older(report, _read_text(checkpoint))
    shell.tell(say(report.sentence_sv, report.sentence_en))
    return report.holds


def _read_key(file: Path) -> VerifierKey:
    from loftet.ledger.keys import VerifierKey

    try:
        return VerifierKey.parse(_read_text(file).strip())
    except ValueError as fault:
        raise shell.Stop(
            say(
                f"{file} är ingen öppen nyckel. Den ska vara en rad: namn+id+nyckel.",
                f"{file} is no public key. It is one line: name+id+key.",
            )
        ) from fault


def _read_text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except OSError as fault:
        raise shell.Stop(keys.cannot_read(file, fault)) from fault
    except UnicodeDecodeError:
        return ""
