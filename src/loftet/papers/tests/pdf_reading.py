"""Reading back what a PDF from typst says: enough to see that every character came out and how it is tagged.

Objects are read as they stand; streams are inflated. A glyph becomes text by its font's own table (ToUnicode), which is
what a screen reader and a search use too.
"""

from __future__ import annotations

import re
import zlib

_OBJECT = re.compile(rb"(?<![0-9])(\d+) 0 obj\b(.*?)endobj", re.S)
_FONTS = re.compile(rb"/Font<<(.*?)>>", re.S)
_MARKED = re.compile(rb"/Artifact<<[^>]*>>BDC.*?EMC", re.S)
_TOKEN = re.compile(rb"/(f\d+) [-\d.]+ Tf|<([0-9A-Fa-f]+)>|(\()", re.S)
_IN_STRING = re.compile(rb"\\[0-7]{1,3}|\\.|[()]", re.S)
_ESCAPED = re.compile(rb"\\([0-7]{1,3}|.)", re.S)
_LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


class Pdf:
    """A PDF as its objects by number."""

    def __init__(self, data: bytes):
        self.objects = {int(number): body for number, body in _OBJECT.findall(data)}

    def stream(self, number: int) -> bytes:
        """The content of a stream, inflated."""
        head, _, rest = self.objects[number].partition(b"stream")
        body = rest.lstrip(b"\r\n")
        return zlib.decompressobj().decompress(body) if b"FlateDecode" in head else body

    def tags(self) -> list[str]:
        """The kinds of all elements of the structure tree, in the order in which they are stored."""
        found = [body for body in self.objects.values() if b"/StructElem" in body]
        return [match[1].decode() for body in found if (match := re.search(rb"/S/(\w+)", body))]

    def catalog(self) -> bytes:
        """The dictionary that everything hangs from."""
        return next(body for body in self.objects.values() if b"/Type/Catalog" in body)

    def text(self) -> str:
        """All text of all pages as it is drawn, without spaces, line breaks and what is no content (the footer)."""
        pages = [body for body in self.objects.values() if re.search(rb"/Type/Page\b", body)]
        return "".join("".join("".join(self._page(page)) for page in pages).split())

    def _page(self, page: bytes):
        fonts = {}
        for name, number in re.findall(rb"/(f\d+) (\d+) 0 R", self._resources(page)):
            fonts[name] = self._letters(int(number))
        shown = b"".join(self.stream(int(n)) for n in re.findall(rb"/Contents (\d+) 0 R", page))
        letters: dict[int, str] = {}
        for font, glyphs in _strings(_MARKED.sub(b"", shown)):
            letters = fonts[font] if font else letters
            for at in range(0, len(glyphs) - 1, 2):
                yield letters.get(int.from_bytes(glyphs[at : at + 2]), "")

    def _resources(self, page: bytes) -> bytes:
        direct = _FONTS.search(page)
        if direct:
            return direct[1]
        found = re.search(rb"/Resources (\d+) 0 R", page)
        inner = self.objects[int(found[1])] if found else b""
        match = _FONTS.search(inner)
        return match[1] if match else b""

    def _letters(self, font: int) -> dict[int, str]:
        number = re.search(rb"/ToUnicode (\d+) 0 R", self.objects[font])
        table = self.stream(int(number[1])) if number else b""
        pairs = re.findall(rb"<([0-9A-F]{4})> <([0-9A-F]+)>\n", table)
        return {int(glyph, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for glyph, text in pairs}


def _strings(shown: bytes):
    """Each font that is chosen, and each string of glyphs."""
    at = 0
    while token := _TOKEN.search(shown, at):
        at = token.end()
        if token[1]:
            yield token[1], b""
        elif token[2]:
            yield b"", bytes.fromhex(token[2].decode())
        else:
            end = _closing(shown, at)
            yield b"", _ESCAPED.sub(_unescaped, shown[at:end])
            at = end + 1


def _closing(shown: bytes, start: int) -> int:
    """Where a literal string ends; parentheses within it come in pairs or are escaped."""
    depth, at = 1, start
    while found := _IN_STRING.search(shown, at):
        at = found.end()
        depth += {b"(": 1, b")": -1}.get(found[0], 0)
        if depth == 0:
            return found.start()
    raise ValueError("a string without an end")


def _unescaped(match: re.Match[bytes]) -> bytes:
    code = match[1]
    return bytes([int(code, 8)]) if code[:1].isdigit() else _LETTERS.get(code, code)
