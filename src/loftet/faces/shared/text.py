"""Numbers, dates and amounts in Swedish words. Pure functions; the filters in `templatetags/words.py` call them.

Every function takes `Decimal`, `int`, `float` or a numeric string, and a decimal stays a decimal: a signed amount is
never rounded on its way through a float.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from loftet.domain.base.clock import STOCKHOLM, in_words

NBSP = "\u00a0"
MINUS = "\u2212"
SMALL_NUMBERS = ("noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv")
PER_WORDS = {
    "week": "i veckan",
    "month": "i månaden",
    "quarter": "per kvartal",
    "term": "per termin",
    "year": "om året",
    "whole": "under hela perioden",
}
AGGREGATION_WORDS = {"at_least": "minst", "average": "i snitt", "total": "totalt"}

Numeric = Decimal | int | float | str


def decimal_of(value: Numeric) -> Decimal:
    """Return the value as a decimal, a float by its shortest exact writing. Raises ValueError for what is no number."""
    if isinstance(value, bool):
        raise ValueError(f"Inte ett tal: {value!r}")
    try:
        result = value if isinstance(value, Decimal) else Decimal(str(value).strip())
    except InvalidOperation as error:
        raise ValueError(f"Inte ett tal: {value!r}") from error
    if not result.is_finite():
        raise ValueError(f"Inte ett tal: {value!r}")
    return result


def number(value: Numeric, decimals: int | None = None) -> str:
    """Write a number in Swedish: no-break spaces between thousands, a comma before decimals, a true minus sign.

    Without `decimals` all significant decimals are kept and trailing zeros dropped.

    >>> number(Decimal("12345.60")), number(-3), number("2.5", 0)
    ('12\\xa0345,6', '\\u22123', '3')
    """
    exact = decimal_of(value)
    if decimals is not None:
        exact = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    digits = f"{abs(exact):f}"
    whole, _, fraction = digits.partition(".")
    if decimals is None:
        fraction = fraction.rstrip("0")
    grouped = f"{int(whole):,}".replace(",", NBSP)
    sign = MINUS if exact < 0 and (int(whole) or fraction.strip("0")) else ""
    return f"{sign}{grouped},{fraction}" if fraction else f"{sign}{grouped}"


def percent(share: Numeric, decimals: int = 0) -> str:
    """Write a share between 0 and 1 as per cent: ”42 %” with a no-break space."""
    return f"{number(decimal_of(share) * 100, decimals)}{NBSP}%"


def out_of_ten(share: Numeric) -> str:
    """Say a share between 0 and 1 the way people do: ”ungefär 4 av 10”, ”nästan alla”, ”färre än 1 av 20”.

    Raises ValueError outside 0–1.

    >>> out_of_ten("0.42"), out_of_ten(0), out_of_ten(1), out_of_ten("0.97")
    ('ungefär 4 av 10', 'ingen', 'alla', 'nästan alla')
    """
    exact = decimal_of(share)
    if not 0 <= exact <= 1:
        raise ValueError(f"En andel ligger mellan 0 och 1, inte {share!r}")
    if exact == 0:
        return "ingen"
    if exact == 1:
        return "alla"
    if exact < Decimal("0.05"):
        return "färre än 1 av 20"
    if exact >= Decimal("0.95"):
        return "nästan alla"
    tenths = int((exact * 10).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    return "ungefär hälften" if tenths == 5 else f"ungefär {max(tenths, 1)} av 10"


def share_with_n(share: Numeric, n: int) -> str:
    """Say a share together with how many answered: ”ungefär 4 av 10, 212 svar”."""
    return f"{out_of_ten(share)}, {counted(n, 'svar', 'svar')}"


def about(value: Numeric, figures: int = 2) -> str:
    """Say a number roughly: ”ungefär 210”. What is already round to that many figures is said roughly all the same."""
    exact = decimal_of(value)
    if exact == 0:
        return "ungefär 0"
    place = exact.adjusted() - figures + 1
    if place > 0:
        exact = exact.quantize(Decimal(1).scaleb(place), rounding=ROUND_HALF_UP)
    else:
        exact = exact.quantize(Decimal(1), rounding=ROUND_HALF_UP)
    return f"ungefär {number(exact)}"


def plural(value: Numeric, one: str, many: str) -> str:
    """Choose the word for one or for several."""
    return one if decimal_of(value) == 1 else many


def counted(value: Numeric, one: str, many: str) -> str:
    """Write a number with its word: ”1 löfte”, ”12 löften”, joined by a no-break space."""
    return f"{number(value)}{NBSP}{plural(value, one, many)}"


def number_word(value: int) -> str:
    """Write whole numbers up to twelve as words, the rest in figures."""
    return SMALL_NUMBERS[value] if 0 <= value < len(SMALL_NUMBERS) else number(value)


def day_of(value: date | datetime) -> date:
    """The Swedish calendar day of a date or a moment."""
    if isinstance(value, datetime):
        return (value.astimezone(STOCKHOLM) if value.tzinfo else value).date()
    return value


def day(value: date | datetime) -> str:
    """Write a day: ”3 mars 2026”; day and month are never parted."""
    return in_words(day_of(value)).replace(" ", NBSP, 1)


def moment(value: datetime) -> str:
    """Write a moment in Swedish time: ”3 mars 2026 kl. 14.05”."""
    local = value.astimezone(STOCKHOLM) if value.tzinfo else value
    return f"{day(local)} kl.{NBSP}{local:%H.%M}"


def period(start: date | datetime, end: date | datetime) -> str:
    """Write a period of whole days, both ends included, without saying month or year twice.

    >>> period(date(2026, 1, 1), date(2026, 12, 31)).replace(NBSP, " ")
    '1 januari–31 december 2026'
    """
    first, last = day_of(start), day_of(end)
    if first == last:
        return day(last)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day(last)}"
    if first.year == last.year:
        without_year, _, _ = day(first).rpartition(" ")
        return f"{without_year}–{day(last)}"
    return f"{day(first)} – {day(last)}"


def years(start: date | datetime, end: date | datetime) -> str:
    """Write the years that a period touches: ”2026” or ”2026–2027”."""
    first, last = day_of(start).year, day_of(end).year
    return str(first) if first == last else f"{first}–{last}"


def joined(words: Iterable[str], last: str = "och") -> str:
    """Join words as a sentence does: ”polisen, kommunen och Morabostäder”."""
    items = [str(word) for word in words]
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def capital(value: str) -> str:
    """Make the first letter big and leave the rest, so that ”SKR” stays ”SKR”."""
    return value[:1].upper() + value[1:]


def quoted(value: str) -> str:
    """Put Swedish quotation marks around words; marks that stand there already are not doubled."""
    return f"”{value.strip().strip('”“„«»' + chr(34))}”"


def amount_in_words(amount: Numeric, unit: str, per: str = "", aggregation: str = "") -> str:
    """Say how much of a measure: ”minst 2 fotpatruller i veckan”, ”i snitt 4 timmar per kvartal”.

    `per` and `aggregation` are the keys of `plans.MeasureWording`; an unknown key raises KeyError.
    """
    # A total is over the whole period by its nature; saying so would only make the line long.
    over = "" if (per, aggregation) == ("whole", "total") else per
    words = [
        AGGREGATION_WORDS[aggregation] if aggregation else "",
        f"{number(amount)}{NBSP}{unit}" if unit else number(amount),
        PER_WORDS[over] if over else "",
    ]
    return " ".join(word for word in words if word)
