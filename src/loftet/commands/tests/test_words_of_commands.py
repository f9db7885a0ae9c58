"""The language of the command line."""

from __future__ import annotations

import pytest

from loftet.commands.words import language_of, number_of, quoted, say


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "sv_SE.UTF-8"}, "sv"),
        ({"LANG": "sv"}, "sv"),
        ({"LANG": "sv_FI@euro"}, "sv"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "C"}, "en"),
        ({"LANG": "POSIX", "LANGUAGE": "sv"}, "en"),
        ({"LC_ALL": "C.UTF-8", "LANG": "sv_SE.UTF-8", "LANGUAGE": "sv"}, "en"),
        ({"LC_ALL": "", "LANG": "sv_SE.UTF-8"}, "sv"),
        ({"LC_ALL": "sv_SE.UTF-8", "LANG": "en_GB.UTF-8"}, "sv"),
        ({"LC_MESSAGES": "en_GB.UTF-8", "LANG": "sv_SE.UTF-8"}, "en"),
        ({"LANGUAGE": "sv:en"}, "sv"),
        ({"LANGUAGE": "de:sv", "LANG": "de_DE.UTF-8"}, "sv"),
        ({"LANGUAGE": "en:sv", "LANG": "sv_SE.UTF-8"}, "en"),
    ],
)
def test_the_locale_decides(environment, language):
    assert language_of(environment) == language


def test_swedish_texts():
    assert say("hej", "hi") == "hej"
    assert quoted("x") == "”x”"
    assert number_of(1, ("fil", "filer"), ("file", "files")) == "1 fil"
    assert number_of(0, ("fil", "filer"), ("file", "files")) == "0 filer"


def test_english_texts(in_english):
    assert say("hej", "hi") == "hi"
    assert quoted("x") == "“x”"
    assert number_of(2, ("fil", "filer"), ("file", "files")) == "2 files"
