"""The retold real promises, in the demo only. They come in by the same importer as from the command line."""

from __future__ import annotations

import json
from datetime import datetime
from importlib.resources import files

from loftet.domain.promises.importers.retold import import_retold


def load(*, at: datetime, progress) -> None:
    """Import the bundled file of retold promises."""
    source = files("loftet.domain.promises") / "data" / "retold_promises.json"
    import_retold(json.loads(source.read_text(encoding="utf-8")), at=at, progress=progress)
