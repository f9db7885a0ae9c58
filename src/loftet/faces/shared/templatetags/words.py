"""Filters and tags that put numbers, dates and amounts into Swedish words. Loaded on every page without `{% load %}`.

Filters:
    {{ 12345.6|number }} → 12 345,6             {{ 0.4|number:2 }} → 0,40
    {{ share|percent }} → 42 %                  {{ share|out_of_ten }} → ungefär 4 av 10
    {{ 212|about }} → ungefär 210               {{ 7|number_word }} → sju
    {{ n|plural:"löfte,löften" }} → löften      {{ n|counted:"löfte,löften" }} → 12 löften
    {{ date|day }} → 3 mars 2026                {{ datetime|moment }} → 3 mars 2026 kl. 14.05
    {{ names|joined }} → a, b och c             {{ text|capital }}   {{ text|quoted }} → ”…”
    {{ title|breakable }} → a heading whose longest word may break between its parts on a phone
Tags:
    {% period start end %} → 1 januari–31 december 2026      {% years start end %} → 2026–2027
    {% share_of share n %} → ungefär 4 av 10, 212 svar
    {% amount measure %} → minst 2 fotpatruller i veckan (or what will be in place)
    {% time_of datetime_or_date %} → <time datetime="2026-03-03">3 mars 2026</time>

An empty value (None or "") gives an empty string from every filter; what is wrong in another way raises, so that a page
never shows a guess.
"""

from __future__ import annotations

import re
from datetime import date, datetime

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import mark_safe

from loftet.faces.shared import text

register = template.Library()
# ”Samverkansöverenskommelse” is wider than a phone in a heading.
_LONG_WORD = re.compile(r"(samverkans)(överenskommelse)", re.IGNORECASE)


def _is_empty(value) -> bool:
    return value is None or value == ""


def _pair(forms: str) -> tuple[str, str]:
    one, _, many = forms.partition(",")
    return one, many or one


@register.filter
def number(value, decimals=None):
    """Swedish number: 12 345,6."""
    return "" if _is_empty(value) else text.number(value, None if decimals is None else int(decimals))


@register.filter
def percent(share, decimals=0):
    """A share between 0 and 1 as per cent."""
    return "" if _is_empty(share) else text.percent(share, int(decimals))


@register.filter
def out_of_ten(share):
    """A share between 0 and 1 in words."""
    return "" if _is_empty(share) else text.out_of_ten(share)


@register.filter
def about(value, figures=2):
    """A number said roughly."""
    return "" if _is_empty(value) else text.about(value, int(figures))


@register.filter
def number_word(value):
    """Whole numbers up to twelve as words."""
    return "" if _is_empty(value) else text.number_word(int(value))


@register.filter
def plural(value, forms):
    """The word for one or for several: `{{ n|plural:"löfte,löften" }}`."""
    return "" if _is_empty(value) else text.plural(value, *_pair(forms))


@register.filter
def counted(value, forms):
    """The number with its word: `{{ n|counted:"löfte,löften" }}`."""
    return "" if _is_empty(value) else text.counted(value, *_pair(forms))


@register.filter
def day(value):
    """A day in words."""
    return "" if _is_empty(value) else text.day(value)


@register.filter
def moment(value):
    """A moment in words, Swedish time."""
    return "" if _is_empty(value) else text.moment(value)


@register.filter
def joined(words):
    """Several words as a sentence joins them."""
    return "" if _is_empty(words) else text.joined(words)


@register.filter
def breakable(title):
    """A heading in which the field's longest word may break where its parts meet, and nowhere else."""
    return mark_safe(_LONG_WORD.sub(r"\1<wbr>\2", escape(title)))


@register.filter
def capital(value):
    """The first letter big, the rest as it was."""
    return "" if _is_empty(value) else text.capital(str(value))


@register.filter
def quoted(value):
    """Swedish quotation marks around words."""
    return "" if _is_empty(value) else text.quoted(str(value))


@register.simple_tag
def period(start, end):
    """A period of whole days in words."""
    return text.period(start, end)


@register.simple_tag
def years(start, end):
    """The years a period touches."""
    return text.years(start, end)


@register.simple_tag
def share_of(share, n):
    """A share with how many answered; a suppressed share (None) says so."""
    return "för få svar för att visas" if share is None else text.share_with_n(share, n)


@register.simple_tag
def amount(measure):
    """How much of a measure, or what will be in place; a measure that says neither says so."""
    if measure.amount is not None:
        return text.amount_in_words(measure.amount, measure.unit, measure.per, measure.aggregation)
    return getattr(measure, "deliverable", "") or "mängden är inte angiven"


@register.simple_tag
def time_of(value: date | datetime):
    """A day or a moment in a time element, so that machines read it too."""
    words = text.moment(value) if isinstance(value, datetime) else text.day(value)
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), words)
