"""The code on paper is a picture that needs no style of its own and differs with the address."""

from __future__ import annotations

from html5lib import parseFragment

from loftet.faces.shared.qr import qr

ADDRESS = "https://exempel.example/id/abc123def456"


def test_it_is_a_picture_without_inline_style():
    drawn = qr(ADDRESS)
    assert drawn.startswith("<svg")
    assert "style=" not in drawn
    assert parseFragment(drawn) is not None


def test_another_address_is_another_code_and_the_same_is_the_same():
    assert qr(ADDRESS) == qr(ADDRESS)
    assert qr(ADDRESS) != qr(ADDRESS + "x")


def test_an_address_is_never_markup():
    assert "<script>" not in qr("https://exempel.example/<script>")
