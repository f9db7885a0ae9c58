"""A QR code as a picture for paper."""

from __future__ import annotations

from io import BytesIO

import segno


def drawing(address: str) -> str:
    """The code of an address as an SVG document. Medium correction survives a crease."""
    drawn = BytesIO()
    segno.make(address, error="m").save(drawn, kind="svg", omitsize=True, border=2, dark="#000", light="#fff")
    return drawn.getvalue().decode()
