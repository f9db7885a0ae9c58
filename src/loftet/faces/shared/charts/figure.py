"""What all charts share: the finished figure, its table, and safe building of SVG."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from loftet.faces.shared import text

KEY = re.compile(r"[a-z][a-z0-9-]*")


@dataclass(frozen=True)
class Chart:
    """A figure ready for a page.

    `legend` says the same as the picture, `note` what a mark in it means, `table` holds every number.
    """

    kind: str
    svg: SafeString
    title: str
    desc: str
    legend: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""

    @property
    def table(self) -> SafeString:
        """The chart's numbers as an HTML table, its title as the caption."""
        return html_table(self.title, self.columns, self.rows)


def html_table(caption: str, columns: Iterable[str], rows: Iterable[Iterable[str]]) -> SafeString:
    """Build a table with a caption; the first cell of each row is its heading."""
    head = format_html_join("", '<th scope="col">{}</th>', ((column,) for column in columns))
    body = [
        format_html(
            '<tr><th scope="row">{}</th>{}</tr>', first, format_html_join("", "<td>{}</td>", ((c,) for c in rest))
        )
        for first, *rest in rows
    ]
    return format_html(
        "<table><caption>{}</caption><thead><tr>{}</tr></thead><tbody>{}</tbody></table>",
        caption,
        head,
        join(body),
    )


def combined_table(caption: str, first_column: str, charts: Iterable[tuple[str, Chart]]) -> SafeString:
    """One table for several charts of the same kind, a row each, so that a page need not carry many small tables."""
    named = list(charts)
    if not named:
        return SafeString("")
    columns = (first_column, *named[0][1].columns[1:])
    return html_table(caption, columns, [(name, *row[1:]) for name, chart in named for row in chart.rows])


def drawing(
    key: str, title: str, desc: str, height: int, shapes: Iterable[SafeString], view_box: str = ""
) -> SafeString:
    """Wrap shapes in an SVG that is named and described. Without a view box it is as wide as its place allows."""
    if not KEY.fullmatch(key):
        raise ValueError(f"En nyckel består av a–z, 0–9 och bindestreck, inte {key!r}")
    size = format_html('viewBox="{}"', view_box) if view_box else format_html('width="100%" height="{}"', height)
    return format_html(
        '<svg {} role="img" aria-labelledby="{}-title {}-desc" focusable="false">'
        '<title id="{}-title">{}</title><desc id="{}-desc">{}</desc>{}</svg>',
        size,
        *(key, key, key, title, key, desc),
        join(shapes),
    )


def shape(name: str, css: str = "", words: str | SafeString = "", **places: str | int | float) -> SafeString:
    """One SVG element with its class, its places (`text_anchor` becomes text-anchor) and what stands in it, escaped."""
    given = {"class": css, **{key.replace("_", "-"): value for key, value in places.items()}}
    attributes = format_html_join("", ' {}="{}"', ((key, value) for key, value in given.items() if value != ""))
    return format_html("<{}{}>{}</{}>", name, attributes, words, name)


def join(parts: Iterable[SafeString]) -> SafeString:
    """Join safe parts; a part that is not safe is escaped."""
    return format_html_join("", "{}", ((part,) for part in parts))


def across(share: Decimal | float) -> str:
    """A position across as a percentage, held within the picture."""
    return f"{min(max(float(share), 0.0), 1.0) * 100:.2f}%"


def units(value: float) -> str:
    """A length in the picture's own units."""
    return f"{value:.1f}"


def with_unit(value: text.Numeric, unit: str) -> str:
    """A number with its unit: ”34 %”, ”12 fotpatruller”."""
    return f"{text.number(value)}{text.NBSP}{unit}" if unit else text.number(value)


def range_in_words(low: text.Numeric, high: text.Numeric, unit: str) -> str:
    """An interval with its unit: ”29–39 %”; ”till” instead of a dash when a number is negative."""
    dash = " till " if text.decimal_of(low) < 0 or text.decimal_of(high) < 0 else "–"
    return f"{text.number(low)}{dash}{with_unit(high, unit)}"
