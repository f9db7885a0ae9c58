"""A share as a slim bar beside its number. The number stands in a table, so the bar itself is decoration."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString

from loftet.faces.shared.charts.figure import across, join, shape

HEIGHT = 12


def share_bar(share: float) -> SafeString:
    """Draw a share between 0 and 1 as a bar that is as wide as its place."""
    parts = [
        shape("rect", "track", x=0, y=2, width="100%", height=8, rx=4),
        shape("rect", "fill", x=0, y=2, width=across(share), height=8, rx=4),
    ]
    return format_html(
        '<svg width="100%" height="{}" aria-hidden="true" focusable="false">{}</svg>', HEIGHT, join(parts)
    )
