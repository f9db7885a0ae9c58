"""The file that retold promises come in, and the one that lies in the product."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from loftet.domain.promises.importers.reading import JsonObject
from loftet.domain.promises.importers.report import ImportFault

BUNDLED = Path(__file__).resolve().parents[1] / "data" / "retold_promises.json"


def read_document(path: Path) -> Any:
    """Read a JSON file for `import_retold`. Raises `ImportFault` with a sentence when it is no JSON in UTF-8."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ImportFault(f"Filen {path} gick inte att öppna. Inget är inläst. Kontrollera sökvägen.") from error
    except UnicodeDecodeError as error:
        raise ImportFault(f"Filen {path} är inte text i UTF-8. Inget är inläst. Spara om den som UTF-8.") from error
    try:
        return json.loads(text, object_pairs_hook=JsonObject.of_pairs)
    except json.JSONDecodeError as error:
        where = f"rad {error.lineno}, tecken {error.colno}"
        raise ImportFault(f"Filen {path} är inte giltig JSON ({where}). Inget är inläst.") from error
    except (ValueError, RecursionError) as error:
        raise ImportFault(f"Filen {path} innehåller ett värde som inte går att läsa. Inget är inläst.") from error


def bundled_document() -> Any:
    """The retold promises that come with the product, for the demo. Nothing else loads them by itself."""
    return read_document(BUNDLED)
