"""The command `loftet`: everything an operator does. `run` is the door; each command has its module."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Annotated

import typer
from typer.exceptions import TyperException

from loftet.commands import (
    analysing,
    backup,
    clock,
    demo,
    doctor,
    establishing,
    identities,
    importing,
    keys,
    preparing,
    registering,
    serving,
    shell,
    verifying,
    witnessing,
    worker,
)
from loftet.commands.ground import database_sentence
from loftet.commands.words import say

INTERRUPTED = 130
# In the order in which help shows them.
COMMANDS = (
    serving,
    worker,
    clock,
    demo,
    preparing,
    establishing,
    importing,
    analysing,
    backup,
    verifying,
    doctor,
    identities,
    keys,
    registering,
    witnessing,
)


def build() -> typer.Typer:
    """Return the whole command line."""
    app = shell.application(
        say(
            "Medborgarlöften från dialog till svar. Så här driver du en installation.",
            "Medborgarlöften from dialogue to answer. How to run an installation.",
        )
    )
    app.callback()(_about)
    for module in COMMANDS:
        module.register(app)
    return app


def main(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code. Faults are told in one sentence on standard error."""
    try:
        result = typer.main.get_command(build()).main(list(arguments), prog_name="loftet", standalone_mode=False)
        return result if isinstance(result, int) else 0
    except shell.Stop as stop:
        shell.complain(str(stop))
        return stop.code
    except TyperException as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            shell.complain(error.format_message())
        else:
            shell.complain(shell.explain(error))
        return error.exit_code
    except (KeyboardInterrupt, typer.Abort):
        shell.complain(say("Avbrutet.", "Interrupted."))
        return INTERRUPTED
    except BrokenPipeError:
        sys.stdout = None  # whoever read us has gone; say no more, not even at exit
        return 1
    except Exception as error:
        return _tell_of(error)


def run() -> None:
    """The entry point of the installed command."""
    sys.exit(main(sys.argv[1:]))


def _tell_of(error: Exception) -> int:
    from loftet.domain.base.errors import DomainError

    sentence = str(error) if isinstance(error, DomainError) else database_sentence(error)
    if sentence is None:
        raise error
    shell.complain(sentence)
    return 1


def _show_version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        shell.tell(version("loftet"))
        raise typer.Exit


def _about(
    version: Annotated[
        bool,
        shell.option(
            "--version", help_text=say("Visa versionen.", "Show the version."), is_eager=True, callback=_show_version
        ),
    ] = False,
) -> None:
    """Options of `loftet` itself. What they do, they do when they are read."""


if __name__ == "__main__":
    run()
