"""The stylesheet: contrast of every pair of colours in light and dark, its size, and what a strict policy asks."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

SHARED = Path(__file__).resolve().parents[1]
TEXT, GRAPHICS = 4.5, 3.0
SURFACES = ("paper", "sheet")
WASHES = ("wash", "good-wash", "partly-wash", "bad-wash", "unsure-wash")
PAIRS = [
    *[(TEXT, word, surface) for word in ("ink", "soft", "accent", "accent-strong") for surface in SURFACES],
    *[(TEXT, tone, surface) for tone in ("good", "partly", "bad", "unsure") for surface in SURFACES],
    *[(TEXT, tone, f"{tone}-wash") for tone in ("good", "partly", "bad", "unsure")],
    *[(TEXT, word, wash) for word in ("ink", "soft", "accent", "accent-strong") for wash in WASHES],
    (TEXT, "on-accent", "accent"),
    (TEXT, "on-accent", "accent-strong"),
    (TEXT, "on-band", "band"),
    *[(GRAPHICS, "edge", surface) for surface in SURFACES],
    *[(GRAPHICS, mark, "hair") for mark in ("accent", "ink", "bad")],
]


def stylesheet() -> str:
    return Path(finders.find("shared/loftet.css")).read_text(encoding="utf-8")


def tokens(mode: str) -> dict[str, str]:
    """The colours of a mode; dark changes those of light."""
    light, dark = re.findall(r":root \{(.*?)\}", stylesheet(), re.S)[:2]
    read = [light] if mode == "light" else [light, dark]
    return {name: value for block in read for name, value in re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})\b", block)}


def luminance(colour: str) -> float:
    """Relative luminance by WCAG 2.2."""
    digits = colour.lstrip("#")
    digits = "".join(d * 2 for d in digits) if len(digits) == 3 else digits
    channels = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """The ratio by WCAG 2.2, 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_computed_as_wcag_does():
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#fff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize(("least", "front", "back"), PAIRS)
def test_colours_can_be_told_apart(mode, least, front, back):
    found = tokens(mode)
    ratio = contrast(found[front], found[back])
    assert ratio >= least, f"{front} on {back} in {mode} is {ratio:.2f}, at least {least} is needed."


def test_dark_has_values_of_its_own():
    light, dark = tokens("light"), tokens("dark")
    assert light.keys() == dark.keys()
    assert [name for name in light if light[name] == dark[name]] == []


def test_the_browsers_frame_has_the_papers_colour():
    base = (SHARED / "templates/shared/base.html").read_text(encoding="utf-8")
    assert f'(prefers-color-scheme: light)" content="{tokens("light")["paper"]}"' in base
    assert f'(prefers-color-scheme: dark)" content="{tokens("dark")["paper"]}"' in base


def test_it_is_small():
    packed = len(gzip.compress(stylesheet().encode(), 9))
    assert packed <= 6 * 1024, f"{packed} bytes compressed, at most 6 KB."


def test_it_loads_nothing():
    assert "url(" not in stylesheet()
    assert "@import" not in stylesheet()


@pytest.mark.parametrize("query", ["prefers-reduced-motion", "forced-colors: active", "@media print", "size: A4"])
def test_it_minds_motion_own_colours_and_paper(query):
    assert query in stylesheet()


@pytest.mark.parametrize("path", sorted(SHARED.glob("templates/**/*.html")), ids=lambda path: path.name)
def test_no_template_brings_style_or_script_of_its_own(path):
    html = path.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle=|<style|<script(?![^>]*\ssrc=)|\son\w+=", html)


def test_every_class_of_the_components_is_known_to_the_stylesheet():
    sheet = stylesheet()
    templates = "".join(path.read_text(encoding="utf-8") for path in SHARED.glob("templates/**/*.html"))
    code = "".join(path.read_text(encoding="utf-8") for path in SHARED.rglob("*.py") if "tests" not in path.parts)
    names = {
        name
        for value in re.findall(r'class="([^"{%]+)', templates + code)
        for name in value.split()
        if re.fullmatch(r"[a-z][a-z-]*[a-z]", name)
    }
    assert {name for name in names if f".{name}" not in sheet} == set()
    assert len(names) > 40
