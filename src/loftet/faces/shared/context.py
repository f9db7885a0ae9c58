"""What every page knows about the installation it belongs to."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

SITE_NAME = "Löftet"


def installation(_request: HttpRequest | None = None) -> dict[str, object]:
    """Return site name, base address and whether this is a demo. Asks no database: the error page uses it too."""
    return {
        "site_name": SITE_NAME,
        "base_url": settings.LOFTET_BASE_URL.rstrip("/"),
        "is_demo": bool(getattr(settings, "LOFTET_DEMO", False)),
    }
