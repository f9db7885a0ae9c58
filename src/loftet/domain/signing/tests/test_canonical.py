"""What is signed goes to canonical text and comes back the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as some

from loftet.domain.signing.canonical import digest_of, freeze, plain, rebuild, thaw


@dataclass(frozen=True)
class Part:
    name: str
    amount: Decimal | None


@dataclass(frozen=True)
class Whole:
    day: date
    parts: tuple[Part, ...]
    counted: bool


texts = some.text(alphabet=some.characters(codec="utf-8"), max_size=20)
numbers = some.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**9), max_value=10**9)
wholes = some.builds(
    Whole,
    day=some.dates(),
    parts=some.lists(some.builds(Part, name=texts, amount=some.none() | numbers), max_size=3).map(tuple),
    counted=some.booleans(),
)


@given(wholes)
def test_what_is_frozen_thaws_to_the_same_digest(whole):
    text, digest = freeze(plain(whole))
    assert digest == digest_of(text)
    again = rebuild(Whole, thaw(text))
    assert freeze(plain(again)) == (text, digest)
    assert again.day == whole.day
    assert [part.amount for part in again.parts] == [part.amount for part in whole.parts]


def test_the_order_in_which_a_content_was_written_does_not_matter():
    assert freeze({"a": 1, "b": "å"}) == freeze({"b": "å", "a": 1})


def test_a_decimal_is_text_and_never_a_float():
    assert freeze(plain(Part("x", Decimal("2.50"))))[0] == '{"amount":"2.5","name":"x"}'
