"""The press: a template and data become a PDF that says its language, its title and its structure (PDF/UA-1).

The text of people is handed over as JSON and set as text, never as markup, so that no character in it can do anything.
The same data give the same bytes: no date of printing is kept, and no font of the machine is used.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Final, Literal

import typst

TEMPLATES = Path(__file__).parent / "templates"
Standard = Literal["ua-1", "a-2a"]
STANDARD: Final[tuple[Standard, ...]] = ("ua-1",)
# For the archive also PDF/A-2a: all that is needed to read it in fifty years is inside. It wants a date.
ARCHIVE: Final[tuple[Standard, ...]] = ("a-2a", "ua-1")
# How typst names a character that none of its own fonts (Libertinus Serif, DejaVu Sans Mono) has.
_NO_GLYPH = re.compile(r'the text `"(.+?)"` could not be displayed')
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}")
_CODE_SENTENCE = "Tecken som typsnittet saknar står som sin Unicode-kod inom klamrar, till exempel [U+1F642]."


class PaperError(RuntimeError):
    """A paper could not be set. The message is typst's own."""


def print_paper(template: str, data: dict[str, Any], *, standards: tuple[Standard, ...] = STANDARD) -> bytes:
    """Set `data` with a template and return the PDF.

    A character that the fonts lack is written as its code, and the paper says so: what is signed must never lose a
    character unseen. Raises `PaperError` when the template itself is at fault.
    """
    try:
        return _compile(template, data, standards)
    except typst.TypstError as error:
        missing = _without_glyph(error)
        if not missing:
            raise PaperError(str(error)) from error
    try:
        return _compile(template, {**_coded(data, missing), "note": _CODE_SENTENCE}, standards)
    except typst.TypstError as error:
        raise PaperError(str(error)) from error


def _compile(template: str, data: dict[str, Any], standards: tuple[Standard, ...]) -> bytes:
    made = typst.compile(
        TEMPLATES / template,
        root=TEMPLATES,
        format="pdf",
        ignore_system_fonts=True,
        pdf_standards=[*standards],
        sys_inputs={"data": json.dumps({"note": "", **data}, ensure_ascii=False)},
    )
    if not isinstance(made, bytes):
        raise PaperError(f"{template} became no single PDF")
    return made


def _without_glyph(error: typst.TypstError) -> frozenset[str]:
    found = (_ESCAPE.sub(_character, text) for text in _NO_GLYPH.findall(error.diagnostic))
    return frozenset(character for text in found for character in text)


def _character(match: re.Match[str]) -> str:
    return chr(int(match[1], 16))


def _coded(value: Any, missing: frozenset[str]) -> Any:
    """The data with each missing character as its code."""
    if isinstance(value, dict):
        return {key: _coded(item, missing) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_coded(item, missing) for item in value]
    if isinstance(value, str):
        return "".join(f"[U+{ord(c):04X}]" if c in missing else c for c in value)
    return value
