"""Which register a command is asked to check: an address, a file or the one here; and with which public key."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from loftet.commands import fetching, ground, keys, shell
from loftet.commands.fetching import Address
from loftet.commands.receipts import Wanted
from loftet.commands.words import say

if TYPE_CHECKING:
    from loftet.ledger.cosignatures import WitnessKey
    from loftet.ledger.keys import VerifierKey


@dataclass(frozen=True)
class Asked:
    """What is to be checked: an export at an address or in a file (neither: the register here), and which entry."""

    address: Address | None = None
    file: Path | None = None
    wanted: Wanted | None = None


def read(what: str | None, source: str | None) -> Asked:
    """Read the command line, or stop with a sentence."""
    wanted = Wanted.by_code(what or "")
    if wanted and what and Path(what).exists():
        wanted = None
    if source is not None and wanted is None:
        raise shell.Stop(
            say(
                "--from hör ihop med koden på ett kvitto, som 12-3fa9c1d2. Ange koden först.",
                "--from goes with the code on a receipt, such as 12-3fa9c1d2. Give the code first.",
            )
        )
    place = (source or _base_url()) if wanted else what
    if place is None:
        return Asked()
    if fetching.is_address(place):
        address = Address.parse(place)
        return Asked(address=address, wanted=wanted or Wanted.by_path(address.path))
    return Asked(file=Path(place), wanted=wanted)


def key_for(asked: Asked, *, same_address: bool) -> VerifierKey:
    """The key when none is given. A register from elsewhere never brings its own unless that is asked for."""
    if asked.address is None:
        if same_address:
            raise shell.Stop(
                say(
                    "--key-from-same-address gäller en webbadress. Ange nyckeln till en fil med --public-key.",
                    "--key-from-same-address is for a web address. Give the key to a file with --public-key.",
                )
            )
        return _read_key(ground.keys() / "log.pub")
    if same_address:
        url = asked.address.there("nyckel")
        key = _parse_key(fetching.text(url), url)
        shell.tell(say(f"Nyckeln på {url} är {key.vkey}", f"The key at {url} is {key.vkey}"))
        return key
    if asked.address.site == Address.parse(_base_url()).site and (ground.keys() / "log.pub").exists():
        return _read_key(ground.keys() / "log.pub")
    raise shell.Stop(
        say(
            f"Ange bokens öppna nyckel med --public-key, helst från någon annan än {asked.address.host}. Har du ingen "
            "annan källa: --key-from-same-address, men då visas bara att boken är hel.",
            f"Give the register's public key with --public-key, preferably from another than {asked.address.host}. If "
            "you have no other source: --key-from-same-address, but that shows only that the register is whole.",
        )
    )


def given_key(given: str | None) -> VerifierKey | None:
    """The key that was given, as a file or written out."""
    if given is None:
        return None
    if given.count("+") >= 2 and not Path(given).exists():
        return _parse_key(given, say("Det som du har angett", "What you have given"))
    return _read_key(Path(given))


def witness_key(given: str) -> WitnessKey:
    """A witness's key, as a file or written out."""
    from loftet.ledger.cosignatures import WitnessKey

    is_written = given.count("+") >= 2 and not Path(given).exists()
    try:
        return WitnessKey.parse((given if is_written else keys.read_text(Path(given))).strip())
    except ValueError as fault:
        raise shell.Stop(
            say(
                f"{given} är ingen nyckel till ett vittne. Den ska vara en rad: namn+id+nyckel.",
                f"{given} is not a witness's key. It is one line: name+id+key.",
            )
        ) from fault


@contextmanager
def lines_of(asked: Asked) -> Iterator[Iterable[bytes]]:
    """The lines of the export that is asked about."""
    if asked.address is not None:
        yield fetching.lines(asked.address.export)
    elif asked.file is not None:
        try:
            with asked.file.open("rb") as lines:
                yield lines
        except OSError as fault:
            raise shell.Stop(keys.cannot_read(asked.file, fault)) from fault
    else:
        ground.set_up()
        from loftet.domain.register import queries

        yield queries.export_lines()


def _base_url() -> str:
    """The address of the installation here. Needs no Django."""
    return os.environ.get("LOFTET_BASE_URL", "http://127.0.0.1:8000")


def _read_key(file: Path) -> VerifierKey:
    return _parse_key(keys.read_text(file), str(file))


def _parse_key(text: str, where: str) -> VerifierKey:
    from loftet.ledger.keys import VerifierKey

    try:
        # A register that has changed key tells the earlier ones below; any of them leads to the others.
        present, *_earlier = [VerifierKey.parse(line) for line in text.strip().split("\n")]
        return present
    except ValueError as fault:
        raise shell.Stop(
            say(
                f"{where} är ingen öppen nyckel. Den ska vara en rad: namn+id+nyckel.",
                f"{where} is no public key. It is one line: name+id+key.",
            )
        ) from fault
