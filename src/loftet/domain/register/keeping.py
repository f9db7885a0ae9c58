"""The newest checkpoint, kept outside the database beside the key: what the register must still begin with.

Whoever puts an older database back has a register that no longer holds what was signed. Here it is noticed before
anything new is signed, because two checkpoints that contradict each other cannot be taken back.
"""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from django.conf import settings

from loftet.domain.base.errors import DomainError
from loftet.domain.register import keys, queries
from loftet.ledger.checkpoints import Checkpoint, CheckpointError, verify_checkpoint

HOW = (
    "Hämta tillbaka det som saknas ur en nyare säkerhetskopia, eller inför öppet att boken börjar om: "
    "”loftet register restart --reason …”."
)


class NotAsSigned(DomainError):
    """The register does not begin with what has been signed before, or nobody has shown that it does."""


def kept_path() -> Path:
    """Where the newest checkpoint lies."""
    return Path(settings.LOFTET_KEYS) / "log.checkpoint"


def waiting_path() -> Path:
    """A file that stands here as long as signing waits for someone to show the newest checkpoint."""
    return Path(settings.LOFTET_KEYS) / "log.waiting"


def kept() -> str:
    """The kept checkpoint's text; empty when there is none."""
    try:
        return kept_path().read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""


def keep(note: str) -> None:
    """Keep a checkpoint, whole or not at all. Signing then waits for nothing more."""
    path = kept_path()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f"{path.name}.new")
    with draft.open("w", encoding="utf-8") as file:
        file.write(note)
        file.flush()
        os.fsync(file.fileno())
    os.replace(draft, path)
    waiting_path().unlink(missing_ok=True)


def let_go(at: datetime) -> None:
    """Put the kept checkpoint aside: the register has openly begun anew."""
    if kept_path().exists():
        os.replace(kept_path(), kept_path().with_name(f"log.checkpoint.before-{at:%Y%m%d-%H%M%S}"))
    waiting_path().unlink(missing_ok=True)


def wait() -> None:
    """Let signing wait until someone shows the newest checkpoint, unless the one that is kept does."""
    if not kept():
        waiting_path().touch(mode=0o600)


def fault() -> str:
    """Why nothing may be signed now, in a sentence; empty when all is well."""
    note = kept()
    if note:
        return fault_against(note)
    if waiting_path().exists():
        return (
            "Löftesboken är återställd, och ingen har visat att inget fattas. Ge den senaste kontrollpunkten som någon "
            "har sparat: ”loftet register resume FIL”. Finns ingen: ”loftet register restart --reason …”."
        )
    return ""


def fault_against(note: str) -> str:
    """Why the register does not begin as a checkpoint of ours says, in a sentence; empty when it does."""
    try:
        signed = verify_checkpoint(note, {keys.public_key(), *queries.log_keys()})
    except CheckpointError:
        return "Kontrollpunkten är inte underskriven med den här löftesbokens nyckel."
    return _difference(signed)


def _difference(signed: Checkpoint) -> str:
    size = queries.size()
    if signed.size > size:
        return f"Löftesboken har {size} poster, men {signed.size} är underskrivna tidigare. {HOW}"
    if queries.root(signed.size) != signed.root:
        return f"Löftesboken börjar inte med de {signed.size} poster som är underskrivna tidigare. {HOW}"
    return ""
