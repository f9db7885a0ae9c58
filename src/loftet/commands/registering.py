"""`loftet register resume` and `loftet register restart`: going on after a restore."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from loftet.commands import ground, keys, shell
from loftet.commands.words import say

TEXT = say("TEXT", "TEXT")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = shell.application(
        say(
            "Löftesboken efter en återställning: låt den skrivas under igen.",
            "The register after a restore: let it be signed again.",
        )
    )
    shell.add(
        group,
        resume,
        "resume",
        say("Visa den senaste kontrollpunkten och gå vidare.", "Show the newest checkpoint and go on."),
    )
    shell.add(
        group,
        restart,
        "restart",
        say("Inför öppet att boken börjar om.", "Enter openly that the register begins anew."),
    )
    app.add_typer(group, name="register")


def resume(
    file: Annotated[
        Path,
        shell.argument(
            say("FIL", "FILE"),
            say("Den senaste kontrollpunkten som någon har sparat.", "The newest checkpoint that anyone has kept."),
        ),
    ],
) -> None:
    """Let signing go on, if the register begins as the checkpoint says."""
    ground.set_up()
    from loftet.domain.register import actions

    try:
        note = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        reason = fault if isinstance(fault, OSError) else OSError(0, "UTF-8")
        raise shell.Stop(keys.cannot_read(file, reason)) from fault
    actions.resume(note=note)
    shell.tell(
        say(
            "Löftesboken börjar som kontrollpunkten säger. Den kan skrivas under igen.",
            "The register begins as the checkpoint says. It can be signed again.",
        )
    )


def restart(
    reason: Annotated[
        str,
        shell.option(
            "--reason",
            metavar=TEXT,
            help_text=say("Varför. Skälet blir offentligt.", "Why. The reason becomes public."),
        ),
    ],
) -> None:
    """Enter in the register that it begins anew from what is left, and why."""
    ground.set_up()
    from loftet.domain.register import actions

    entry = actions.restart(reason=reason)
    shell.tell(
        say(
            f"Post {entry.number} säger att löftesboken börjar om, och varför. Den kan skrivas under igen.",
            f"Entry {entry.number} says that the register begins anew, and why. It can be signed again.",
        )
    )
