"""The installation's own administrator, who sets organisations up without acting for any of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from loftet.domain.parties.models import Membership


@dataclass(frozen=True)
class Nobodys:
    """No organisation: what the journal writes when nobody's hat was worn."""

    public_id: str = ""


@dataclass(frozen=True)
class Keeper:
    """Stands where a hat stands when an administrator of the installation acts. It signs nothing and reads nothing."""

    person: Any
    role: str = "installation"
    organisation: Nobodys = field(default_factory=Nobodys)


Actor = Membership | Keeper
