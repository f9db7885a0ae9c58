"""Hot spots on a map: where people's marks lie closer than chance would lay them."""

from .area import Area, HotSpotError, box
from .find import Cell, HotSpot, HotSpots, TooFewMarks, find_hot_spots
from .hexagons import Hexagons, hexagon
from .nearest import NearestNeighbours, nearest_neighbours

__all__ = [
    "Area",
    "Cell",
    "Hexagons",
    "HotSpot",
    "HotSpotError",
    "HotSpots",
    "NearestNeighbours",
    "TooFewMarks",
    "box",
    "find_hot_spots",
    "hexagon",
    "nearest_neighbours",
]
