"""Icons as inline SVG. Drawn for Löftet on a 24-unit grid with one stroke width; always decoration beside a word.

They stand in the page itself: no extra request, no font, and they take the colour of the word they stand beside.
"""

from __future__ import annotations

from django.utils.safestring import SafeString, mark_safe

_RING = '<circle cx="12" cy="12" r="9"/>'
_HALF = '<path fill="currentColor" stroke="none" d="M12 3a9 9 0 0 1 0 18z"/>'

SHAPES: dict[str, str] = {
    # states
    "ring": _RING,
    "clock": f'{_RING}<path d="M12 7v5l3.5 2"/>',
    "running": f'{_RING}<path d="M10 8.5v7l5.5-3.5z" fill="currentColor"/>',
    "bell": '<path d="M6 16V11a6 6 0 0 1 12 0v5l1.5 2h-15zM10 21h4"/>',
    "alert": '<path d="M12 3.5 22 20.5H2zM12 10v4.5M12 17.4v.2"/>',
    "done": f'{_RING}<path d="m7.5 12.5 3 3 6-6.5"/>',
    "half": f"{_RING}{_HALF}",
    "cross-ring": f'{_RING}<path d="m8.5 8.5 7 7m0-7-7 7"/>',
    "minus-ring": f'{_RING}<path d="M7.5 12h9"/>',
    "question": f'{_RING}<path d="M9.3 9.6a2.8 2.8 0 1 1 4 2.7c-.9.4-1.3 1-1.3 2M12 17v.2"/>',
    "hourglass": '<path d="M6 3h12M6 21h12M7.5 3c0 5 4.5 6 4.5 9s-4.5 4-4.5 9m9-18c0 5-4.5 6-4.5 9s4.5 4 4.5 9"/>',
    "flag": '<path d="M5 21V4m0 0h13l-3 4.5 3 4.5H5"/>',
    "flag-down": '<path d="M5 21V4m0 9h6M5 4h5m5 0h3l-3 4.5 3 4.5h-2M3 3l18 18"/>',
    "draft": '<path d="M4 20l1-4L16 5l3 3L8 19zM14 7l3 3"/>',
    "lock": '<path d="M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3"/>',
    "open": '<path d="M4 5h16v11H11l-5 4v-4H4z"/>',
    "pen": '<path d="M3 20h18M6 16c3-9 6-13 9-11s-4 9-6 9 0-3 2-3 2 5 4 5 2-2 4-2"/>',
    "seal": '<circle cx="12" cy="9" r="6"/><path d="M8 14.5 6.5 22l5.5-3 5.5 3-1.5-7.5M9.5 9l2 2 3-3.5"/>',
    "pass-on": '<path d="M4 12h15m-6-6 6 6-6 6"/>',
    # controls
    "agree": '<path d="m4.5 12.5 5 5 10-11"/>',
    "disagree": '<path d="m6 6 12 12M18 6 6 18"/>',
    "skip": '<path d="m5 6 6 6-6 6m8-12 6 6-6 6"/>',
    "say": '<path d="M4 5h16v11H11l-5 4v-4H4zM8 9h8M8 12.5h5"/>',
    "back": '<path d="M20 12H5m6-6-6 6 6 6"/>',
    "forward": '<path d="M4 12h15m-6-6 6 6-6 6"/>',
    "external": '<path d="M10 5H5v14h14v-5M14 4h6v6m0-6-9 9"/>',
    "download": '<path d="M12 4v11m-5-5 5 5 5-5M5 20h14"/>',
    "print": '<path d="M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z"/>',
    "search": '<circle cx="10.5" cy="10.5" r="6.5"/><path d="m15.5 15.5 5 5"/>',
    "pin": '<path d="M12 21c-4.5-5-7-8.5-7-11.5a7 7 0 0 1 14 0c0 3-2 6.5-7 11.5z"/><circle cx="12" cy="9.5" r="2.5"/>',
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "trash": '<path d="M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v5m4-5v5"/>',
    "link": '<path d="M10 14a4 4 0 0 0 6 .5l3-3a4.2 4.2 0 0 0-6-6l-1 1"/>'
    '<path d="M14 10a4 4 0 0 0-6-.5l-3 3a4.2 4.2 0 0 0 6 6l1-1"/>',
    "info": f'{_RING}<path d="M12 11v6M12 7.4v.2"/>',
    "calendar": '<path d="M4 6h16v14H4zM4 10h16M8 3v4m8-4v4"/>',
    "people": '<circle cx="9" cy="8" r="3.5"/><path d="M2.5 20c0-4 3-6.5 6.5-6.5s6.5 2.5 6.5 6.5"/>'
    '<path d="M16 4.8a3.5 3.5 0 0 1 0 6.4M17.5 14c2.5.8 4 3 4 6"/>',
    "book": '<path d="M5 4h13v14H7a2 2 0 0 0-2 2zm0 16a2 2 0 0 0 2 2h11v-4"/>',
    "gap": '<circle cx="12" cy="12" r="9" stroke-dasharray="3.5 3.5"/>',
}


def icon(name: str, css: str = "icon") -> SafeString:
    """Return an icon by name, hidden from assistive technology: the word beside it says the same. Unknown: KeyError."""
    # mark_safe is right here: both parts come from this file and the callers' own constants, never from data.
    return mark_safe(
        f'<svg class="{css}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{SHAPES[name]}</svg>'
    )
