"""Themes in Swedish free text, and statements that say nearly the same."""

from .find import find_themes
from .near import NearStatement, StatementIndex, likeness, say_opposite_or_other
from .result import NumberOfThemes, Theme, ThemeError, Themes, ThemeWord, Voice

__all__ = [
    "NearStatement",
    "NumberOfThemes",
    "StatementIndex",
    "Theme",
    "ThemeError",
    "ThemeWord",
    "Themes",
    "Voice",
    "find_themes",
    "likeness",
    "say_opposite_or_other",
]
