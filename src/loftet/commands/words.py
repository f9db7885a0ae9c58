"""The language of the command line: Swedish where the locale is Swedish, English everywhere else.

Texts stand as pairs where they are used, so that nobody changes one and forgets the other.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

SWEDISH, ENGLISH = "sv", "en"
# Locales that ask for no language at all. They also switch LANGUAGE off, as they do for other programs.
_NONE = {"", "C", "POSIX"}


def language_of(environment: Mapping[str, str]) -> str:
    """Return "sv" or "en" for an environment, by the usual order of LANGUAGE, LC_ALL, LC_MESSAGES and LANG.

    >>> language_of({"LANG": "sv_SE.UTF-8"}), language_of({"LC_ALL": "C.UTF-8", "LANG": "sv_SE.UTF-8"})
    ('sv', 'en')
    """
    locale = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), None)
    if locale is not None and locale.partition(".")[0] in _NONE:
        return ENGLISH
    wishes = [*environment.get("LANGUAGE", "").split(":"), locale or ""]
    known = [wish[:2].lower() for wish in wishes if wish[:2].lower() in (SWEDISH, ENGLISH)]
    return known[0] if known else ENGLISH


LANGUAGE = language_of(os.environ)


def say(swedish: str, english: str) -> str:
    """Return the one of the two texts that the reader understands."""
    return swedish if LANGUAGE == SWEDISH else english


def quoted(text: object) -> str:
    """Return the text between the language's quotation marks."""
    return f"”{text}”" if LANGUAGE == SWEDISH else f"“{text}”"


def number_of(count: int, swedish: tuple[str, str], english: tuple[str, str]) -> str:
    """Return a count with its word, one or many: `number_of(2, ("fil", "filer"), ("file", "files"))`."""
    one, many = swedish if LANGUAGE == SWEDISH else english
    return f"{count} {one if count == 1 else many}"
