"""What all commands share: Typer's help and errors in both languages, and the way a command stops with a sentence.

Typer writes most of its own words in English in the code, so help pages are laid out here and a faulty command line is
explained here, from what the error is and not from what it says.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from loftet.commands.words import number_of, quoted, say


class Stop(Exception):
    """A command cannot go on. The sentence says what happened, what was kept and what to do."""

    def __init__(self, sentence: str, code: int = 1) -> None:
        super().__init__(sentence)
        self.code = code


def tell(text: str = "") -> None:
    """Print a line for the person at the keyboard, at once also when it is piped."""
    print(text, flush=True)


def complain(text: str) -> None:
    """Print a line among the errors."""
    print(text, file=sys.stderr, flush=True)


def application(help_text: str | None = None) -> typer.Typer:
    """Return an empty command line, or a group of one, in our dress."""
    return typer.Typer(
        cls=Group,
        help=help_text,
        add_completion=False,
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        subcommand_metavar=say("KOMMANDO …", "COMMAND …"),
        options_metavar=say("[FLAGGOR]", "[OPTIONS]"),
    )


def add(app: typer.Typer, function: Callable[..., Any], name: str, help_text: str) -> None:
    """Add a command to the command line."""
    app.command(name, cls=Command, help=help_text, options_metavar=say("[FLAGGOR]", "[OPTIONS]"))(function)


def argument(metavar: str, help_text: str) -> Any:
    """Declare an argument."""
    return typer.Argument(metavar=metavar, help=help_text, show_default=False)


def option(*names: str, help_text: str, metavar: str | None = None, **more: Any) -> Any:
    """Declare an option. Its default stands in the help text, in words."""
    return typer.Option(*names, help=help_text, metavar=metavar, show_default=False, show_envvar=False, **more)


def whole_number(least: int, most: int) -> Callable[[str], int]:
    """Return a parser of whole numbers from `least` to `most`."""

    def parse(text: str | int) -> int:
        if re.fullmatch(r"\d{1,9}", str(text)) and least <= int(text) <= most:
            return int(text)
        raise typer.BadParameter(
            say(f"ska vara ett heltal från {least} till {most}", f"must be a whole number from {least} to {most}")
        )

    return parse


class _Swedish:
    """Help pages with our own words."""

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        pieces = " ".join(self.collect_usage_pieces(ctx)).translate({ord("{"): None, ord("}"): None})  # type: ignore[attr-defined]
        formatter.write_usage(ctx.command_path, pieces, prefix=say("Användning: ", "Usage: "))

    def get_help_option(self, ctx: Any) -> Any:
        found = super().get_help_option(ctx)  # type: ignore[misc]
        if found is not None:
            found.help = say("Visa den här hjälpen.", "Show this help.")
        return found

    def format_options(self, ctx: Any, formatter: Any) -> None:
        rows: dict[str, list[tuple[str, str]]] = {"argument": [], "option": []}
        for parameter in self.get_params(ctx):  # type: ignore[attr-defined]
            if parameter.param_type_name == "argument":
                rows["argument"].append((parameter.display_name_raw, parameter.help or ""))
            elif (record := parameter.get_help_record(ctx)) is not None:
                names, text = record
                rows["option"].append((names, text.replace("[required]", "").strip()))
        for kind, title in (("argument", say("Argument", "Arguments")), ("option", say("Flaggor", "Options"))):
            if rows[kind]:
                with formatter.section(title):
                    formatter.write_dl(rows[kind])
        if isinstance(self, TyperGroup):
            self.format_commands(ctx, formatter)


class Command(_Swedish, TyperCommand):
    """One command."""


class Group(_Swedish, TyperGroup):
    """Several commands under one name, in the order in which they were added."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        rows = [
            (name, (command.help or "").split("\n")[0]) for name, command in self.commands.items() if not command.hidden
        ]
        with formatter.section(say("Kommandon", "Commands")):
            formatter.write_dl(rows)

    def list_commands(self, ctx: Any) -> list[str]:
        return list(self.commands)


def explain(error: Any) -> str:
    """Return in words what was wrong with the command line."""
    sentence = _EXPLAIN.get(type(error).__name__, _other)(error)
    command = getattr(getattr(error, "ctx", None), "command_path", "loftet")
    return sentence + " " + say(f"Hjälp finns med ”{command} --help”.", f"For help, run “{command} --help”.")


def _missing(error: Any) -> str:
    if error.param.param_type_name == "argument":
        name = error.param.display_name_raw
        return say(f"Argumentet {name} saknas.", f"The argument {name} is missing.")
    return say(f"Flaggan {error.param.opts[0]} saknas.", f"The option {error.param.opts[0]} is missing.")


def _no_such_option(error: Any) -> str:
    sentence = say(f"Flaggan {error.option_name} finns inte.", f"There is no option {error.option_name}.")
    near = ", ".join(sorted(error.possibilities or ()))
    return sentence + (say(f" Menade du {near}?", f" Did you mean {near}?") if near else "")


def _bad_usage_of_option(error: Any) -> str:
    if "requires" in error.message:
        return say(f"Flaggan {error.option_name} ska följas av ett värde.", f"{error.option_name} needs a value.")
    return say(f"Flaggan {error.option_name} tar inget värde.", f"{error.option_name} takes no value.")


def _bad_value(error: Any) -> str:
    hint = error.param.opts[0] if error.param is not None and error.param.param_type_name == "option" else None
    hint = hint or (error.param.display_name_raw if error.param is not None else "")
    return say(f"Fel värde för {hint}: {error.message}.", f"Wrong value for {hint}: {error.message}.")


def _other(error: Any) -> str:
    message = error.format_message()
    if found := re.match(r"No such command '(.*?)'\.(?: Did you mean (.*)\?)?", message):
        near = (found[2] or "").replace("'", "")
        sentence = say(f"Kommandot {quoted(found[1])} finns inte.", f"There is no command {quoted(found[1])}.")
        return sentence + (say(f" Menade du {near}?", f" Did you mean {near}?") if near else "")
    if found := re.match(r"Got unexpected extra argument(?:\(s\)|s)? \((.*)\)", message):
        surplus = number_of(len(found[1].split()), ("argument", "argument"), ("argument", "arguments"))
        return say(f"{surplus} för mycket: {found[1]}.", f"{surplus} too many: {found[1]}.")
    if message.startswith("Missing command"):
        return say("Ange ett kommando.", "Name a command.")
    return message


_EXPLAIN: dict[str, Callable[[Any], str]] = {
    "MissingParameter": _missing,
    "NoSuchOption": _no_such_option,
    "BadOptionUsage": _bad_usage_of_option,
    "BadParameter": _bad_value,
}
