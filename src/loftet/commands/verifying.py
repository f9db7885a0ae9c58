"""`loftet verify`: the register of this installation, or an export of any, checked with nothing but a public key."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from loftet.commands import asking, ground, keys, shell
from loftet.commands.words import number_of, say

if TYPE_CHECKING:
    from loftet.ledger.cosignatures import WitnessKey
    from loftet.ledger.keys import VerifierKey

FILE = say("FIL", "FILE")
What = Annotated[
    str | None,
    shell.argument(
        say("FIL, ADRESS eller KOD", "FILE, ADDRESS or CODE"),
        say(
            "En export, en webbadress eller koden på ett kvitto (utan: den här installationens bok).",
            "An export, a web address or the code on a receipt (without: the register here).",
        ),
    ),
]
PublicKey = Annotated[
    str | None,
    shell.option(
        "--public-key",
        metavar=say("FIL eller NYCKEL", "FILE or KEY"),
        help_text=say(
            "Den öppna nyckeln, i en fil eller utskriven (annars installationens egen).",
            "The public key, in a file or written out (otherwise the installation's own).",
        ),
    ),
]
Older = Annotated[
    Path | None,
    shell.option(
        "--checkpoint",
        metavar=FILE,
        help_text=say(
            "En äldre kontrollpunkt som boken ska börja med.", "An older checkpoint that it must begin with."
        ),
    ),
]
From = Annotated[
    str | None,
    shell.option(
        "--from",
        metavar=say("ADRESS eller FIL", "ADDRESS or FILE"),
        help_text=say(
            "Var boken finns som koden hör till (annars den här installationens adress).",
            "Where the register of the code is (otherwise this installation's address).",
        ),
    ),
]
Witnesses = Annotated[
    list[str] | None,
    shell.option(
        "--witness",
        metavar=say("FIL eller NYCKEL", "FILE or KEY"),
        help_text=say(
            "Ett vittnes öppna nyckel. Boken ska bära dess underskrift. Kan anges flera gånger.",
            "A witness's public key. The register must bear its signature. May be given several times.",
        ),
    ),
]
SameAddress = Annotated[
    bool,
    shell.option(
        "--key-from-same-address",
        help_text=say(
            "Hämta nyckeln från samma ställe som boken. Visar bara att boken är hel.",
            "Fetch the key from where the register is. Shows only that it is whole.",
        ),
    ),
]


def register(app: typer.Typer) -> None:
    """Add the command."""
    shell.add(
        app,
        verify,
        "verify",
        say("Kontrollera löftesboken, eller en export av den.", "Check the register, or an export of one."),
    )


def verify(
    what: What = None,
    public_key: PublicKey = None,
    checkpoint: Older = None,
    source: From = None,
    witness: Witnesses = None,
    same_address: SameAddress = False,
) -> None:
    """Say in a sentence whether all holds. Ends with 1 when anything does not. A file is checked offline."""
    if what is None and source is None and checkpoint is None and not witness:
        holds = _own(asking.given_key(public_key))
    else:
        asked, given = asking.read(what, source), asking.given_key(public_key)
        key = given or asking.key_for(asked, same_address=same_address)
        holds = _export(asked, key, checkpoint, [asking.witness_key(one) for one in witness or []])
        if same_address and given is None:
            shell.tell(
                say(
                    "Nyckeln och boken kommer från samma ställe. Det visar att boken är hel, inte vem som har skrivit "
                    "under den.",
                    "The key and the register come from the same place. That shows that it is whole, not who has "
                    "signed it.",
                )
            )
    if not holds:
        raise typer.Exit(1)


def _own(public_key: VerifierKey | None) -> bool:
    ground.set_up()
    from loftet.commands import registercheck
    from loftet.domain.base import protection
    from loftet.domain.register import keys as stored

    outcome = registercheck.check(public_key or stored.public_key())
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


def _export(asked: asking.Asked, key: VerifierKey, checkpoint: Path | None, witnesses: list[WitnessKey]) -> bool:
    from loftet.ledger.verification import verify_against_older, verify_export, verify_witnessed

    older = keys.read_text(checkpoint) if checkpoint is not None else None
    with asking.lines_of(asked) as lines:
        report = verify_export(asked.wanted.watch(lines) if asked.wanted else lines, key)
    if older is not None:
        report = verify_against_older(report, older)
    report = verify_witnessed(report, witnesses)
    shell.tell(say(report.sentence_sv, report.sentence_en))
    if asked.wanted is None:
        return report.holds
    stands, sentence = asked.wanted.outcome(report)
    shell.tell(sentence)
    return stands
