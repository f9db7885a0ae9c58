"""Themes in Swedish free text, and statements that say nearly the same."""

from .find import find_themes
from .result import NumberOfThemes, Theme, ThemeError, Themes, ThemeWord, Voice

__all__ = ["NumberOfThemes", "Theme", "ThemeError", "ThemeWord", "Themes", "Voice", "find_themes"]
