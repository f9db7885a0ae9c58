"""From shapes in the plane to short SVG paths on a whole-number grid. Pure: no Django, no database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from shapely.geometry.base import BaseGeometry

Point = tuple[int, int]


@dataclass(frozen=True)
class Frame:
    """Where the drawing lies in the plane (kilometres) and how many units it is wide."""

    west: float
    north: float
    scale: float
    width: int
    height: int

    @property
    def view_box(self) -> str:
        """The value of the SVG attribute."""
        return f"0 0 {self.width} {self.height}"

    def point(self, x: float, y: float) -> Point:
        """A place in the plane as a point on the grid; north is up."""
        return round((x - self.west) * self.scale), round((self.north - y) * self.scale)


def frame_around(shapes: Iterable[BaseGeometry], *, width: int, height: int, margin: int = 2) -> Frame:
    """The largest frame within `width` × `height` units that holds all the shapes."""
    boxes = [shape.bounds for shape in shapes]
    west, south = min(b[0] for b in boxes), min(b[1] for b in boxes)
    east, north = max(b[2] for b in boxes), max(b[3] for b in boxes)
    scale = min((width - 2 * margin) / (east - west), (height - 2 * margin) / (north - south))
    return Frame(
        west=west - margin / scale,
        north=north + margin / scale,
        scale=scale,
        width=round((east - west) * scale) + 2 * margin,
        height=round((north - south) * scale) + 2 * margin,
    )


def path_of(shape: BaseGeometry, frame: Frame) -> str:
    """The shape as SVG path data with relative steps. Neighbours that share corners still share them on the grid."""
    polygons = getattr(shape, "geoms", [shape])
    rings = [ring for polygon in polygons for ring in (polygon.exterior, *polygon.interiors)]
    return "".join(_ring(_on_grid(ring.coords, frame)) for ring in rings)


def _on_grid(coordinates: Iterable[tuple[float, ...]], frame: Frame) -> list[Point]:
    points: list[Point] = []
    for x, y, *_height in coordinates:
        point = frame.point(x, y)
        if not points or point != points[-1]:
            points.append(point)
    return points


def _ring(points: list[Point]) -> str:
    if len(set(points)) < 3:
        return ""  # smaller than the grid: an islet that would be a speck
    (x, y), steps = points[0], []
    for nx, ny in points[1:-1]:
        steps.append(f"{nx - x}" + (f"{ny - y}" if ny < y else f" {ny - y}"))
        x, y = nx, ny
    joined = steps[0]
    for step in steps[1:]:
        joined += step if step.startswith("-") else f" {step}"
    return f"M{points[0][0]} {points[0][1]}l{joined}z"
