"""`loftet witness`: reading another's register, and signing that it is still the one that was read before.

Needs no installation of its own, no database and no Django: an archive or a newspaper can run it from a schedule.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from loftet.commands import asking, ground, keys, shell
from loftet.commands.words import say

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from loftet.ledger.cosignatures import WitnessKey
    from loftet.ledger.keys import VerifierKey
    from loftet.ledger.report import VerificationReport

Where = Annotated[
    str,
    shell.argument(
        say("ADRESS eller FIL", "ADDRESS or FILE"),
        say("Var löftesboken finns, eller en export av den.", "Where the register is, or an export of it."),
    ),
]
PublicKey = Annotated[
    str | None,
    shell.option(
        "--public-key",
        metavar=say("FIL eller NYCKEL", "FILE or KEY"),
        help_text=say(
            "Bokens öppna nyckel (krävs första gången).", "The register's public key (needed the first time)."
        ),
    ),
]
Name = Annotated[
    str,
    shell.option(
        "--name",
        metavar=say("NAMN", "NAME"),
        help_text=say(
            "Vad vittnet heter, till exempel arkivet.example/vittne (krävs första gången).",
            "What the witness is called, such as archive.example/witness (needed the first time).",
        ),
    ),
]
Output = Annotated[
    Path | None,
    shell.option(
        "--output",
        metavar=say("FIL", "FILE"),
        help_text=say("Lägg den bevittnade kontrollpunkten också här.", "Put the witnessed checkpoint here too."),
    ),
]


def register(app: typer.Typer) -> None:
    """Add the command."""
    shell.add(
        app,
        witness,
        "witness",
        say("Bevittna en annans löftesbok.", "Witness another's register."),
    )


@dataclass(frozen=True)
class Seen:
    """What the witness keeps of one register: the key it trusted first, and the longest checkpoint it has signed."""

    folder: Path

    @classmethod
    def of(cls, origin: str) -> Seen:
        """What is kept of the register of this name, wherever it is read."""
        return cls(ground.home() / "witness" / hashlib.sha256(origin.encode()).hexdigest()[:16])

    @property
    def key(self) -> Path:
        """The register's public key."""
        return self.folder / "register.pub"

    @property
    def checkpoint(self) -> Path:
        """The longest checkpoint signed."""
        return self.folder / "checkpoint"


def witness(where: Where, public_key: PublicKey = None, name: Name = "", output: Output = None) -> None:
    """Check the whole register and that it begins as last time, and sign its newest checkpoint; or end with 1."""
    with _alone():
        _witness(where, public_key, name.strip(), output)


def _witness(where: str, public_key: str | None, name: str, output: Path | None) -> None:
    private, own = _own_key(name)
    seen, report = _read(where, public_key)
    shell.tell(say(report.sentence_sv, report.sentence_en))
    if not report.holds:
        shell.tell(
            say(
                f"Inget är bevittnat. Spara det som du har läst och det som du bevittnade förra gången "
                f"({seen.checkpoint}), och fråga den som för boken.",
                f"Nothing is witnessed. Keep what you have read and what you witnessed last time ({seen.checkpoint}), "
                "and ask whoever keeps the register.",
            )
        )
        raise typer.Exit(1)
    note = _cosigned(report.notes[-1].text, own, private)
    _write(seen.key, f"{report.public_key.vkey}\n")
    _write(seen.checkpoint, note)
    if output is not None:
        _write(output, note)
    shell.tell(
        say(
            f"Bevittnat: {report.size} poster. Skicka {output or seen.checkpoint} till den som för boken, eller "
            "publicera den.",
            f"Witnessed: {report.size} entries. Send {output or seen.checkpoint} to whoever keeps the register, or "
            "publish it.",
        )
    )


@contextmanager
def _alone() -> Iterator[None]:
    """Let one at a time read, compare and sign: two at once could sign registers that contradict each other."""
    folder = ground.home() / "witness"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = (folder / "lock").open("a")
    except OSError as fault:
        raise shell.Stop(keys.cannot_write(folder, fault)) from fault
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise shell.Stop(
                say(
                    "Vittnet läser redan en löftesbok. Inget är bevittnat. Försök igen när det är klart.",
                    "The witness is already reading a register. Nothing is witnessed. Try again when it is done.",
                )
            ) from None
        yield


def _cosigned(note: str, own: WitnessKey, private: Ed25519PrivateKey) -> str:
    from loftet.ledger.checkpoints import CheckpointFormatError
    from loftet.ledger.cosignatures import cosign

    try:
        return cosign(note, name=own.name, private_key=private, at=datetime.now(UTC))
    except CheckpointFormatError:
        raise shell.Stop(
            say(
                "Kontrollpunkten har redan så många underskrifter att ingen mer får plats. Inget är bevittnat.",
                "The checkpoint has so many signatures that there is no room for another. Nothing is witnessed.",
            )
        ) from None


def _read(where: str, given: str | None) -> tuple[Seen, VerificationReport]:
    from loftet.ledger.verification import verify_against_older, verify_export

    with asking.lines_of(asking.read(where, None)) as lines:
        rest = iter(lines)
        first = next(rest, b"")
        seen = Seen.of(_origin(first))
        report = verify_export(chain([first], rest), _trusted(seen, given))
    if seen.checkpoint.exists():
        report = verify_against_older(report, keys.read_text(seen.checkpoint))
    return seen, report


def _origin(header: bytes) -> str:
    """What a register says that it is called. That it is, the verification tells."""
    try:
        return str(json.loads(header)["origin"])
    except (ValueError, TypeError, KeyError):
        return ""


def _trusted(seen: Seen, given: str | None) -> VerifierKey:
    """The key that was trusted the first time, or the one that is given then."""
    if seen.key.exists():
        kept = asking.given_key(str(seen.key))
        if kept is not None and given is None:
            return kept
    key = asking.given_key(given)
    if key is None:
        raise shell.Stop(
            say(
                "Ange bokens öppna nyckel med --public-key första gången, helst från någon annan än den som för boken.",
                "Give the register's public key with --public-key the first time, preferably from another than whoever "
                "keeps the register.",
            )
        )
    return key


def _own_key(name: str) -> tuple[Ed25519PrivateKey, WitnessKey]:
    """The witness's own key, made the first time it is given a name."""
    from loftet.config.keys import write_secret
    from loftet.ledger.cosignatures import WitnessKey
    from loftet.ledger.keys import generate_private_key, private_key_to_pem

    private_path, public_path = ground.keys() / "witness.key", ground.keys() / "witness.pub"
    if not private_path.exists():
        if not name:
            raise shell.Stop(
                say(
                    "Ange med --name vad vittnet heter. Namnet står vid varje underskrift och ändras aldrig.",
                    "Give with --name what the witness is called. It stands at every signature and never changes.",
                )
            )
        private = generate_private_key()
        try:
            own = WitnessKey.of(name, private.public_key())
        except ValueError:
            raise shell.Stop(
                say(
                    f"{name} kan inte vara ett namn: utan blanksteg och +.", f"{name} cannot be a name: no spaces or +."
                )
            ) from None
        write_secret(private_path, private_key_to_pem(private))
        _write(public_path, f"{own.vkey}\n")
        shell.tell(say(f"Vittnets öppna nyckel: {own.vkey}", f"The witness's public key: {own.vkey}"))
        return private, own
    private = keys.read_private_key(private_path)
    if not public_path.exists() and name:  # it ended between the two files last time
        _write(public_path, f"{WitnessKey.of(name, private.public_key()).vkey}\n")
    own = asking.witness_key(str(public_path))
    if own != WitnessKey.of(own.name, private.public_key()):
        raise shell.Stop(
            say(
                f"Nyckeln i {private_path} hör inte ihop med den i {public_path}. Inget är bevittnat. Lägg tillbaka "
                "båda ur samma kopia.",
                f"The key in {private_path} does not belong with the one in {public_path}. Nothing is witnessed. Put "
                "both back from the same copy.",
            )
        )
    if name and name != own.name:
        raise shell.Stop(say(f"Vittnet heter redan {own.name}.", f"The witness is called {own.name} already."))
    return private, own


def _write(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    draft = path.with_name(f"{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with draft.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())  # what is signed must be remembered before anyone is shown it
        os.replace(draft, path)
    except OSError as fault:
        raise shell.Stop(keys.cannot_write(path, fault)) from fault
