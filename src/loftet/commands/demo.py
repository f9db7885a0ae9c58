"""`loftet demo`: a demonstration municipality, built once, shown with accounts to try."""

from __future__ import annotations

import json
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from loftet.commands import ground, instance, preparing, serving, shell
from loftet.commands.progress import shown
from loftet.commands.words import say

MARK = "demo.json"


def register(app: typer.Typer) -> None:
    """Add the command."""
    shell.add(
        app,
        demo,
        "demo",
        say("Bygg en påhittad kommun att prova i.", "Build an invented municipality to try things in."),
    )


def demo(
    serve: Annotated[
        bool, shell.option("--serve", help_text=say("Kör Löftet när den är byggd.", "Run Löftet when it is built."))
    ] = False,
    reset: Annotated[
        bool,
        shell.option(
            "--reset",
            help_text=say("Ta bort den som finns och bygg en ny.", "Take away the one there is and build anew."),
        ),
    ] = False,
    port: serving.Port = serving.PORT,
    host: serving.Host = serving.HOST,
    workers: serving.Workers = serving.WORKERS,
) -> None:
    """Build the demo unless it is there. Never touches an installation that holds something else."""
    os.environ["LOFTET_DEMO"] = "1"
    os.environ.setdefault("LOFTET_BASE_URL", f"http://{host}:{port}")
    ground.home().mkdir(parents=True, exist_ok=True, mode=0o700)
    with instance.held():
        if reset:
            take_away()
        ground.set_up()
        if serve:
            serving.must_be_free(host, port)
        build_unless_there()
        if serve:
            serving.run(host=host, port=port, workers=workers, greeting=greet)
        elif not reset:
            greet()


def build_unless_there() -> None:
    """Prepare the installation and build the demo in it, or stop when it holds something that is not the demo."""
    from loftet.testing import demo as municipality

    migrated = not preparing.waiting_migrations()
    there = migrated and municipality.is_built()
    if migrated and not there and holds_something():
        raise shell.Stop(
            say(
                "Databasen innehåller redan annat än demon, så demon byggs inte här. Välj en annan "
                "mapp med LOFTET_HOME.",
                "The database already holds something else than the demo, so it is not built here. Choose another "
                "folder with LOFTET_HOME.",
            )
        )
    for line in preparing.prepare():
        shell.tell(line)
    if not there:
        with shown(say("Bygger demon", "Building the demo")) as progress:
            municipality.build(progress=progress)
        shell.tell(say("Demon är byggd.", "The demo is built."))
    if not mark().exists():
        mark().write_text(json.dumps({"noted_at": datetime.now(UTC).isoformat()}) + "\n")


def take_away() -> None:
    """Delete the demo's database, files and keys. Refuses what is not a demo."""
    if not mark().exists():
        if not any(ground.home().glob("*.sqlite3")):
            return
        raise shell.Stop(
            say(
                f"{ground.home()} innehåller ingen demo, så inget tas bort.",
                f"{ground.home()} holds no demo, so nothing is taken away.",
            )
        )
    if os.environ.get("LOFTET_DATABASE_URL"):
        raise shell.Stop(
            say(
                "Demon ligger i databasen som LOFTET_DATABASE_URL pekar på. Töm den själv (DROP DATABASE, CREATE "
                f"DATABASE), ta bort {mark()} och kör ”loftet demo”.",
                "The demo lies in the database that LOFTET_DATABASE_URL points at. Empty it yourself (DROP DATABASE, "
                f"CREATE DATABASE), remove {mark()} and run “loftet demo”.",
            )
        )
    # The mark goes last: whatever interrupts this, the next attempt still knows that it may take the rest away.
    for file in ground.home().glob("loftet.sqlite3*"):
        file.unlink()
    shutil.rmtree(ground.home() / "files", ignore_errors=True)
    for file in ground.keys().glob("log.*"):
        file.unlink()
    (instance.folder() / "places").unlink(missing_ok=True)
    mark().unlink()


def holds_something() -> bool:
    """Tell whether anyone has an account here, or anything stands in the register."""
    from loftet.domain.people.models import Person
    from loftet.domain.register import queries

    return Person.objects.exists() or queries.entries().exists()


def greet() -> None:
    """Print the demo accounts and what to try."""
    from loftet.testing import demo as municipality

    base = os.environ["LOFTET_BASE_URL"].rstrip("/")
    shell.tell()
    shell.tell(say("Konton i demon:", "Accounts in the demo:"))
    accounts = list(municipality.accounts())
    for email, password, description in accounts:
        shell.tell(f"  {email:<{max(len(row[0]) for row in accounts)}}  {password}  {description}")
    shell.tell()
    shell.tell(say("Prova det här:", "Things to try:"))
    for hint in municipality.hints():
        shell.tell(f"  • {base + hint if hint.startswith('/') else hint}")
    shell.tell()


def mark() -> Path:
    """The file that says that this home holds the demo and nothing else."""
    return ground.home() / MARK
