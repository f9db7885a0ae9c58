"""From a position to a municipality."""

from __future__ import annotations

from dataclasses import dataclass

import shapely

from loftet.domain.places import geometry
from loftet.domain.places.models import Municipality
from loftet.domain.places.queries.municipalities import addressed


@dataclass(frozen=True)
class Nearest:
    """The municipality at or nearest a position."""

    municipality: Municipality
    is_inside: bool
    distance_km: float


def nearest(lat: float, lon: float) -> Nearest | None:
    """The municipality whose boundary holds the position, or else the one whose boundary is nearest. Two queries.

    None if no boundaries are loaded or the position is no position on earth.
    """
    if not (-90 < lat < 90 and -180 <= lon <= 180):
        return None
    rows = list(Municipality.objects.filter(boundary__isnull=False).order_by("code").values_list("pk", "boundary"))
    if not rows:
        return None
    shapes = [geometry.as_shape(boundary) for _pk, boundary in rows if boundary]
    inside = shapely.STRtree(shapes).query(shapely.Point(lon, lat), predicate="intersects")
    if len(inside):
        return Nearest(addressed().get(pk=rows[min(inside)][0]), True, 0.0)
    point = geometry.to_plane(shapely.Point(lon, lat))
    distances = shapely.distance([geometry.to_plane(shape) for shape in shapes], point)
    number = int(distances.argmin())
    return Nearest(addressed().get(pk=rows[number][0]), False, float(distances[number]))
