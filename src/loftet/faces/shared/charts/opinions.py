"""The opinion map: groups that answer alike, drawn as clusters of at least five people, never as single people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from loftet.faces.shared import text
from loftet.faces.shared.charts.figure import Chart, drawing, shape, units

WIDTH, HEIGHT, MARGIN = 320, 240, 26
SMALLEST, LARGEST = 11.0, 24.0
MINIMUM_SIZE = 5


@dataclass(frozen=True)
class MapPoint:
    """A cluster: its place on the map (any scale), how many people, and the letter of its group."""

    x: float
    y: float
    size: int
    group: str


def opinion_map(points: Sequence[MapPoint], *, key: str, title: str = "Grupper som svarar lika") -> Chart:
    """Draw the clusters, larger for more people, each with its group's letter. Raises ValueError below five people."""
    if not points:
        raise ValueError("En karta behöver minst en grupp")
    if min(p.size for p in points) < MINIMUM_SIZE:
        raise ValueError(f"En punkt på kartan är minst {MINIMUM_SIZE} personer")
    letters = sorted({p.group for p in points})
    sizes = {letter: sum(p.size for p in points if p.group == letter) for letter in letters}
    desc = (
        f"{text.capital(text.number_word(len(letters)))} {text.plural(len(letters), 'grupp', 'grupper')}: "
        + text.joined(f"{letter} med {text.number(sizes[letter])} deltagare" for letter in letters)
        + ". Punkter nära varandra svarar mer lika. Riktningarna har ingen egen betydelse."
    )
    placed = sorted(_place(points), key=lambda item: -item[2])
    shapes = [
        shape(
            "g",
            f"group group-{letters.index(p.group) % 6}",
            shape("circle", cx=units(x), cy=units(y), r=units(r))
            + shape("text", words=p.group, x=units(x), y=units(y)),
        )
        for x, y, r, p in placed
    ]
    return Chart(
        kind="opinions",
        svg=drawing(key, title, desc, HEIGHT, shapes, view_box=f"0 0 {WIDTH} {HEIGHT}"),
        title=title,
        desc=desc,
        legend="Varje cirkel är minst fem deltagare som svarar nästan lika. Större cirkel betyder fler. "
        "Cirklar nära varandra svarar mer lika.",
        columns=("Grupp", "Deltagare", "Cirklar"),
        rows=tuple(
            (f"Grupp {letter}", text.number(sizes[letter]), text.number(sum(p.group == letter for p in points)))
            for letter in letters
        ),
    )


def _place(points: Sequence[MapPoint]) -> list[tuple[float, float, float, MapPoint]]:
    """Fit the map into the picture with one scale for both directions, so that distances mean the same both ways."""
    left, right = min(p.x for p in points), max(p.x for p in points)
    low, high = min(p.y for p in points), max(p.y for p in points)
    width, height = WIDTH - 2 * MARGIN, HEIGHT - 2 * MARGIN
    scales = [room / span for room, span in ((width, right - left), (height, high - low)) if span > 0]
    scale = min(scales, default=1.0)
    most = max(p.size for p in points)
    return [
        (
            WIDTH / 2 + (p.x - (left + right) / 2) * scale,
            HEIGHT / 2 - (p.y - (low + high) / 2) * scale,
            max(SMALLEST, LARGEST * sqrt(p.size / most)),
            p,
        )
        for p in points
    ]
