"""Charts drawn on the server as SVG, each with a title, a description and its table.

    done_bar(done, promised, unit, key=…)      done against promised, late marked
    interval(value, low, high, unit, key=…)    a figure with its uncertainty
    series_chart([Point(…)], …, key=…)         baseline, measurements and target over time
    opinion_map([MapPoint(…)], key=…)          groups that answer alike

`key` must be unique on the page: the ids of title and description grow from it. Templates show a chart with
`{% chart c %}`. Positions across are percentages, so that a chart is as wide as its place and its text keeps its size.
"""

from loftet.faces.shared.charts.bars import done_bar, interval
from loftet.faces.shared.charts.figure import Chart, combined_table
from loftet.faces.shared.charts.opinions import MapPoint, opinion_map
from loftet.faces.shared.charts.series import Point, series_chart

__all__ = ["Chart", "MapPoint", "Point", "combined_table", "done_bar", "interval", "opinion_map", "series_chart"]
