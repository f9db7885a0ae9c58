"""What goes with a thing to the diary, as data: see docs/reference/registration-format.md. Values in, bytes out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from loftet.domain.parties.models import Organisation
from loftet.domain.records.queries.register import Kept, Registered
from loftet.domain.register.models import Entry
from loftet.ledger.canonical import utc_text
from loftet.papers.record_copies import STANDARDS

FORM = "loftet.registration/1"
PAPER, METADATA = "handling.pdf", "metadata.json"


def metadata(
    row: Registered, *, to: Organisation, paper: bytes, entries: Iterable[Entry], base: str, at: datetime
) -> bytes:
    """The metadata of a thing as JSON in UTF-8, for one receiver. `base` is where the installation is reached."""
    one = row.handling
    told = {
        "form": FORM,
        "id": one.subject,
        "address": f"{base}/id/{one.subject}",
        "title": one.title,
        "document_type": {"code": one.document_type.value, "name": str(one.document_type.label)},
        "dated": one.dated.isoformat(),
        "closed": one.closed.isoformat() if one.closed else None,
        "version": one.version or None,
        "digest_sha256": one.digest or None,
        "receiver": to.public_id,
        "parties": [
            {"id": party.public_id, "name": party.name, "diary_number": number or None} for party, number in row.numbers
        ],
        "retention": [_kept(part) for part in row.kept],
        "register_entries": [
            {"number": entry.number, "kind": entry.kind, "recorded_at": utc_text(entry.recorded_at)}
            for entry in entries
        ],
        "files": [
            {
                "name": PAPER,
                "media_type": "application/pdf",
                "standards": list(STANDARDS),
                "sha256": hashlib.sha256(paper).hexdigest(),
            }
        ],
        "made_at": utc_text(at),
    }
    return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()


def _kept(part: Kept) -> dict[str, Any]:
    rule = part.rule
    decided = rule.decided
    return {
        "document_type": {"code": rule.document_type.value, "name": str(rule.document_type.label)},
        "outcome": "keep" if rule.is_kept else "weed",
        "months": rule.months,
        "earliest": part.due_on.isoformat() if part.due_on else None,
        "is_decided": rule.is_decided,
        "source": f"{decided.body} {decided.decided_on.isoformat()}: {decided.basis}" if decided else rule.source,
    }
