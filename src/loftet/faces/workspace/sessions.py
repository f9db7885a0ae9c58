"""Where a member of staff is signed in, and the way to sign out everywhere else."""

from __future__ import annotations

from typing import Any

from allauth.usersessions.views import ListUserSessionsView

# What a browser calls itself, in the order in which the names must be looked for: most also name the others.
BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
)


def browser_of(user_agent: str) -> str:
    """A browser in words that its owner recognises.

    >>> browser_of("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36 Edg/126.0")
    'Edge på Windows'
    >>> browser_of("curl/8.0")
    'Okänd webbläsare'
    """
    browser = next((name for mark, name in BROWSERS if mark in user_agent), "")
    system = next((name for mark, name in SYSTEMS if mark in user_agent), "")
    if not browser:
        return "Okänd webbläsare"
    return f"{browser} på {system}" if system else browser


class SessionsView(ListUserSessionsView):
    """allauth's list, with browsers in words and the newest first."""

    def get_context_data(self, **words: Any) -> dict[str, Any]:
        """The sessions, each with its browser, and whether there is any to end."""
        context = super().get_context_data(**words)
        rows = [
            {"browser": browser_of(one.user_agent), "began": one.created_at, "is_this": one.is_current()}
            for one in reversed(context["sessions"])
        ]
        return {**context, "rows": rows, "others": sum(not row["is_this"] for row in rows)}
