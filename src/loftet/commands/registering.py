"""`loftet register`: going on after a restore, and the witnesses of the register."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from loftet.commands import fetching, ground, keys, shell
from loftet.commands.words import say

TEXT = say("TEXT", "TEXT")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = shell.application(
        say(
            "Löftesboken: gå vidare efter en återställning, och ta emot vad vittnen har skrivit under.",
            "The register: go on after a restore, and take in what witnesses have signed.",
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
    shell.add(group, witness_add, "witness-add", say("Godta ett vittne.", "Accept a witness."))
    shell.add(group, witness_end, "witness-end", say("Godta inte ett vittne längre.", "Accept a witness no more."))
    shell.add(
        group,
        witnessed,
        "witnessed",
        say("Ta in en kontrollpunkt som ett vittne har skrivit under.", "Take in a checkpoint signed by a witness."),
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


def witness_add(
    key: Annotated[
        str, shell.argument(say("NYCKEL", "KEY"), say("Vittnets öppna nyckel.", "The witness's public key."))
    ],
) -> None:
    """Accept what a witness signs. Make sure first whose key it is."""
    ground.set_up()
    from loftet.domain.register import actions

    added = actions.add_witness(key=key)
    shell.tell(say(f"{added.name} är nu vittne.", f"{added.name} is now a witness."))


def witness_end(
    name: Annotated[str, shell.argument(say("NAMN", "NAME"), say("Vad vittnet heter.", "What it is called."))],
) -> None:
    """Accept no more from a witness. What it has signed stays."""
    ground.set_up()
    from loftet.domain.register import actions, queries

    found = [one for one in queries.witnesses() if one.name == name.strip()]
    if not found:
        raise shell.Stop(
            say(f"{name} är inte vittne här. Inget är ändrat.", f"{name} is no witness here. Nothing is changed.")
        )
    for one in found:
        actions.end_witness(witness=one)
    shell.tell(
        say(
            f"{name} är inte vittne längre. Det som är underskrivet är kvar.",
            f"{name} is a witness no more. What it has signed stays.",
        )
    )


def witnessed(
    source: Annotated[
        str,
        shell.argument(
            say("FIL eller ADRESS", "FILE or ADDRESS"),
            say("Kontrollpunkten som vittnet har skrivit under.", "The checkpoint that the witness has signed."),
        ),
    ],
) -> None:
    """Keep the witnesses' lines, and show them with the register from now on."""
    ground.set_up()
    from loftet.domain.register import actions

    text = fetching.text(source) if fetching.is_address(source) else keys.read_text(Path(source))
    new = actions.take_cosignatures(text=text)
    if not new:
        raise shell.Stop(
            say(
                "Där finns ingen ny rad av något av våra vittnen. Godta vittnet först med ”loftet register "
                "witness-add”.",
                "There is no new line by any of our witnesses. Accept the witness first with “loftet register "
                "witness-add”.",
            )
        )
    for one in new:
        shell.tell(
            say(
                f"{one.witness.name} har bevittnat {one.checkpoint.size} poster.",
                f"{one.witness.name} has witnessed {one.checkpoint.size} entries.",
            )
        )
