"""A figure over time, from its baseline to its target, each measurement with its uncertainty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from django.utils.safestring import SafeString

from loftet.faces.shared import text
from loftet.faces.shared.charts.figure import Chart, across, drawing, range_in_words, shape, units, with_unit

HEIGHT, TOP, BOTTOM = 232, 30, 188
LEFT, RIGHT = Decimal("0.13"), Decimal("0.92")
# A letter's width in the chart's text, and the narrowest picture that labels must fit in.
LETTER, NARROW = 8, 270
AT_MOST = {"down": "högst", "up": "minst"}


@dataclass(frozen=True)
class Point:
    """A measurement: its period in short words (”2025”, ”kv 1”), the value, and its interval where there is one."""

    period: str
    value: Decimal
    low: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True)
class _Plot:
    """Where values and periods land in the picture."""

    bottom: Decimal
    top: Decimal
    slots: int

    def x(self, slot: int) -> str:
        """The position across of a period."""
        share = Decimal(slot) / (self.slots - 1) if self.slots > 1 else Decimal("0.5")
        return across(LEFT + (RIGHT - LEFT) * share)

    def y(self, value: Decimal) -> str:
        """The position down of a value."""
        share = (value - self.bottom) / (self.top - self.bottom)
        return units(BOTTOM - float(share) * (BOTTOM - TOP))


def series_chart(
    points: Sequence[Point],
    *,
    baseline: Decimal | None,
    target: Decimal | None,
    due: date | None,
    unit: str,
    title: str,
    good: str,
    key: str,
) -> Chart:
    """Draw measurements as dots with intervals, the baseline as a dashed line, the target as a diamond at its year.

    `good` is `down` or `up`, as in `indicators.Series`. At least one point or a target is needed, else ValueError.
    """
    if not points and (target is None or due is None):
        raise ValueError("En serie behöver minst en mätning eller ett mål")
    numbers = [n for p in points for n in (p.value, p.low, p.high) if n is not None]
    numbers += [n for n in (baseline, target) if n is not None]
    ticks = nice_ticks(min(numbers), max(numbers))
    labels = [p.period for p in points]
    if target is not None and due is not None and labels[-1:] != [str(due.year)]:
        labels.append(str(due.year))
    # With nothing measured the target still stands at the end, with room for what is to come.
    plot = _Plot(bottom=ticks[0], top=ticks[-1], slots=len(labels) if points else 2)
    shapes = _grid(plot, ticks, unit)
    if baseline is not None:
        shapes.append(_baseline(plot, baseline))
    shapes += _measurements(plot, points)
    if target is not None and due is not None:
        shapes.append(_diamond(plot.x(plot.slots - 1), plot.y(target)))
    shapes += _periods(plot, labels)
    legend = _legend(points, baseline, target, due, unit, good)
    return Chart(
        kind="series",
        svg=drawing(key, title, legend, HEIGHT, shapes),
        title=title,
        desc=legend,
        legend=legend,
        columns=("Period", "Värde", "Troligen mellan"),
        rows=_rows(points, baseline, target, due, unit, good),
    )


def nice_ticks(least: Decimal, most: Decimal) -> list[Decimal]:
    """Three to six round numbers that span the values; from 0 when the values lie nearer to it than to each other.

    >>> [str(t) for t in nice_ticks(Decimal(12), Decimal(38))]
    ['0', '10', '20', '30', '40']
    """
    bottom = Decimal(0) if 0 <= least <= (most * 2) / 3 else least
    span = most - bottom or abs(most) or Decimal(1)
    rough = span / 4
    power = Decimal(1).scaleb(rough.adjusted())
    step = next(power * m for m in (1, 2, 5, 10) if power * m >= rough)
    first, last = (bottom / step).to_integral_value("ROUND_FLOOR"), (most / step).to_integral_value("ROUND_CEILING")
    if first == last:
        last += 1
    return [n * step for n in range(int(first), int(last) + 1)]


def _grid(plot: _Plot, ticks: Sequence[Decimal], unit: str) -> list[SafeString]:
    shapes = []
    for tick in ticks:
        y = plot.y(tick)
        # The unit stands once, at the top: on every line it would be noise.
        label = with_unit(tick, unit) if tick == ticks[-1] else text.number(tick)
        shapes.append(shape("line", "axis", x1=0, x2="100%", y1=y, y2=y))
        shapes.append(shape("text", words=label, x=0, y=units(float(y) - 5)))
    return shapes


def _baseline(plot: _Plot, value: Decimal) -> SafeString:
    return shape("line", "baseline", x1=across(LEFT), x2="100%", y1=plot.y(value), y2=plot.y(value))


def _measurements(plot: _Plot, points: Sequence[Point]) -> list[SafeString]:
    shapes = [
        shape("line", "path", x1=plot.x(i), y1=plot.y(a.value), x2=plot.x(i + 1), y2=plot.y(b.value))
        for i, (a, b) in enumerate(pairwise(points))
    ]
    for i, point in enumerate(points):
        x = plot.x(i)
        if point.low is not None and point.high is not None:
            shapes.append(shape("line", "span", x1=x, x2=x, y1=plot.y(point.low), y2=plot.y(point.high)))
        shapes.append(shape("circle", "dot", cx=x, cy=plot.y(point.value), r=5))
    return shapes


def _diamond(x: str, y: str) -> SafeString:
    """A nested picture carries the shape, because a path cannot stand at a percentage."""
    diamond = shape("path", "target", d="M0-9 9 0 0 9-9 0z")
    return shape("svg", words=diamond, x=x, y=y, width=1, height=1, overflow="visible", aria_hidden="true")


def _periods(plot: _Plot, labels: Sequence[str]) -> list[SafeString]:
    """Labels under the periods, as many as fit on the narrowest screen; the first and the last always."""
    last, offset = len(labels) - 1, plot.slots - len(labels)
    room = max(2, NARROW // (max(map(len, labels)) * LETTER + 10))
    step = max(1, -(-last // (room - 1)))
    shown = {i for i in range(0, last, step) if last - i >= step} | {last}
    return [_period(plot, i + offset, labels[i]) for i in sorted(shown)]


def _period(plot: _Plot, slot: int, label: str) -> SafeString:
    """A label under its period. A long one under the last period ends there, so that it stays within the picture."""
    anchor = "end" if slot == plot.slots - 1 and plot.slots > 1 and len(label) > 5 else "middle"
    return shape("text", words=label, x=plot.x(slot), y=BOTTOM + 26, text_anchor=anchor)


def _legend(points, baseline, target, due, unit, good) -> str:
    words = []
    if points:
        newest = points[-1]
        sentence = f"Senast {with_unit(newest.value, unit)} ({newest.period})"
        if newest.low is not None and newest.high is not None:
            sentence += f", troligen {range_in_words(newest.low, newest.high, unit)}"
        words.append(sentence + ".")
    else:
        words.append("Inget är mätt än.")
    if baseline is not None:
        words.append(f"Utgångsvärdet (streckad linje) är {with_unit(baseline, unit)}.")
    if target is not None and due is not None:
        words.append(f"Målet (romb) är {AT_MOST[good]} {with_unit(target, unit)} senast {text.day(due)}.")
    return " ".join(words)


def _rows(points, baseline, target, due, unit, good) -> tuple[tuple[str, ...], ...]:
    rows = [] if baseline is None else [("Utgångsvärde", with_unit(baseline, unit), "–")]
    for p in points:
        between = "–" if p.low is None or p.high is None else range_in_words(p.low, p.high, unit)
        rows.append((p.period, with_unit(p.value, unit), between))
    if target is not None and due is not None:
        rows.append((f"Mål senast {text.day(due)}", f"{AT_MOST[good]} {with_unit(target, unit)}", "–"))
    return tuple(rows)
