"""`loftet key export` and `loftet key import`: the log key, kept and restored apart from the backups."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from loftet.commands import ground, shell
from loftet.commands.words import say

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from loftet.ledger.keys import VerifierKey

FILE = say("FIL", "FILE")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = shell.application(
        say(
            "Löftesbokens nyckel: kopiera den till en säker plats, eller lägg tillbaka den.",
            "The register's key: copy it to a safe place, or put it back.",
        )
    )
    shell.add(group, export_key, "export", say("Kopiera nyckeln till en fil.", "Copy the key to a file."))
    shell.add(group, import_key, "import", say("Lägg tillbaka nyckeln från en fil.", "Put the key back from a file."))
    shell.add(group, rotate, "rotate", say("Byt nyckel, öppet i löftesboken.", "Change key, openly in the register."))
    app.add_typer(group, name="key")


def export_key(
    file: Annotated[Path, shell.argument(FILE, say("Ny fil som nyckeln skrivs till.", "New file for the key."))],
) -> None:
    """Write the private log key to a file that only its owner can read."""
    ground.set_up()
    from loftet.config.keys import write_secret
    from loftet.domain.register import keys

    keys.private_key()  # says what is wrong when there is none, or when it is no key
    try:
        write_secret(file, keys.log_key_path().read_bytes())
    except FileExistsError:
        raise shell.Stop(already_there(file)) from None
    except OSError as fault:
        raise shell.Stop(cannot_write(file, fault)) from fault
    shell.tell(
        say(
            f"Nyckeln ligger i {file}. Den som har filen kan skriva under i installationens namn. Förvara den inlåst "
            "och skild från säkerhetskopiorna.",
            f"The key is in {file}. Whoever has the file can sign in the installation's name. Keep it locked away and "
            "apart from the backups.",
        )
    )


def import_key(
    file: Annotated[Path, shell.argument(FILE, say("Filen med nyckeln.", "The file with the key."))],
) -> None:
    """Put the private log key back, if it is the one that the register waits for."""
    ground.set_up()
    key = read_private_key(file)
    shell.tell(put_in_place(key))


def rotate(
    reason: Annotated[
        str,
        shell.option(
            "--reason",
            metavar=say("TEXT", "TEXT"),
            help_text=say("Varför. Skälet blir offentligt.", "Why. The reason becomes public."),
        ),
    ],
) -> None:
    """Change to a new log key. An entry says so, and the old key and the new both sign it."""
    ground.set_up()
    from loftet.domain.register import actions

    checkpoint = actions.change_key(reason=reason)
    shell.tell(
        say(
            f"Löftesboken har bytt nyckel i post {checkpoint.size - 1}. Kör ”loftet key export” och lås in kopian: "
            "den gamla kopian räcker inte längre. Berätta om den nya öppna nyckeln för dem som kontrollerar boken: "
            f"{actions.keys.public_key().vkey}",
            f"The register has changed key in entry {checkpoint.size - 1}. Run “loftet key export” and lock the copy "
            "away: the old copy is no longer enough. Tell those who check the register about the new public key: "
            f"{actions.keys.public_key().vkey}",
        )
    )


def read_private_key(file: Path) -> Ed25519PrivateKey:
    """Return the private key in a file, or stop with a sentence."""
    from loftet.ledger.keys import private_key_from_pem

    try:
        return private_key_from_pem(file.read_bytes())
    except OSError as fault:
        raise shell.Stop(cannot_read(file, fault)) from fault
    except ValueError as fault:
        raise shell.Stop(
            say(
                f"{file} är ingen nyckel till löftesboken. Inget är ändrat.",
                f"{file} is not a key to the register. Nothing is changed.",
            )
        ) from fault


def read_text(file: Path) -> str:
    """Return the text of a file, or stop with a sentence. Of what is no text nothing is returned."""
    try:
        return file.read_text(encoding="utf-8")
    except OSError as fault:
        raise shell.Stop(cannot_read(file, fault)) from fault
    except UnicodeDecodeError:
        return ""


def verifier_of(key: Ed25519PrivateKey) -> VerifierKey:
    """Return the public key of a private one, under this register's name."""
    from django.conf import settings

    from loftet.ledger.keys import VerifierKey

    return VerifierKey.of(settings.LOFTET_LOG_ORIGIN, key.public_key())


def put_in_place(key: Ed25519PrivateKey) -> str:
    """Store the private key unless it belongs to another register, and return what was done."""
    from loftet.config.keys import write_secret
    from loftet.domain.register import keys
    from loftet.ledger.keys import private_key_to_pem

    public = verifier_of(key)
    if keys.public_key_path().exists() and keys.public_key() != public:
        raise shell.Stop(
            say(
                "Nyckeln hör till en annan löftesbok än den som finns här. Inget är ändrat.",
                "The key belongs to another register than the one here. Nothing is changed.",
            )
        )
    if keys.log_key_path().exists():
        return say("Nyckeln finns redan på plats.", "The key is in place already.")
    write_secret(keys.log_key_path(), private_key_to_pem(key))
    if not keys.public_key_path().exists():
        keys.write_public_key(public)
    return say(
        "Nyckeln är på plats. Löftesboken kan skrivas under igen.", "The key is in place. The register can sign again."
    )


def already_there(file: Path) -> str:
    """The sentence about a file that would be overwritten."""
    return say(
        f"{file} finns redan och skrivs inte över. Välj ett annat namn.",
        f"{file} exists and is not overwritten. Choose another name.",
    )


def cannot_read(file: Path, fault: OSError) -> str:
    """The sentence about a file that cannot be opened."""
    return say(
        f"{file} går inte att läsa: {fault.strerror}. Inget är ändrat.",
        f"{file} cannot be read: {fault.strerror}. Nothing is changed.",
    )


def cannot_write(file: Path, fault: OSError) -> str:
    """The sentence about a file that cannot be written."""
    return say(
        f"{file} går inte att skriva: {fault.strerror}.",
        f"{file} cannot be written: {fault.strerror}.",
    )
