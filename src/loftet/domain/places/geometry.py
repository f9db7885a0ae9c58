"""Shapes of places: from GeoJSON to a plane where kilometres are kilometres. Pure, no database."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

EARTH_RADIUS_KM = 6371.0
CENTRAL_MERIDIAN = 15.0


def as_shape(geojson: dict[str, Any]) -> BaseGeometry:
    """A GeoJSON geometry as a shape in degrees."""
    return shape(geojson)


def as_geojson(geometry: BaseGeometry, decimals: int = 4) -> dict[str, Any]:
    """A shape in degrees as a GeoJSON geometry, always a MultiPolygon, with rings in a canonical order."""
    whole = shapely.MultiPolygon([geometry]) if isinstance(geometry, shapely.Polygon) else geometry
    return {
        "type": "MultiPolygon",
        "coordinates": [
            [[[round(x, decimals), round(y, decimals)] for x, y in ring] for ring in polygon]
            for polygon in mapping(shapely.normalize(whole))["coordinates"]
        ],
    }


def to_plane(geometry: BaseGeometry) -> BaseGeometry:
    """Project degrees to kilometres: transverse Mercator on a sphere, central meridian 15° E as in SWEREF 99 TM.

    Good to about half a per cent over Sweden, which is enough for maps to look at and for "nearest".
    Source: J. P. Snyder, Map Projections: A Working Manual (USGS Professional Paper 1395), equations 8-1 to 8-4.
    """
    return shapely.transform(geometry, _project)


def _project(degrees: np.ndarray) -> np.ndarray:
    longitude, latitude = np.radians(degrees[:, 0] - CENTRAL_MERIDIAN), np.radians(degrees[:, 1])
    x = np.arctanh(np.cos(latitude) * np.sin(longitude))
    y = np.arctan2(np.tan(latitude), np.cos(longitude))
    return np.column_stack([x, y]) * EARTH_RADIUS_KM


def simplify_together(shapes: list[BaseGeometry], tolerance: float) -> list[BaseGeometry]:
    """Simplify shapes that share borders so that the borders stay shared and no gap opens between neighbours.

    `tolerance` is a length in the shapes' own unit: corners that span an area of less than about its square go.
    """
    return list(shapely.coverage_simplify(shapes, tolerance))
