"""Colours as style sheets name them."""

from __future__ import annotations

import pytest

from kimplan.exchange.colours import css_colour


@pytest.mark.parametrize(
    ("text", "colour"),
    [
        ("rgb(0, 128, 0)", "008000"), ("rgba(255,0,0,1)", "FF0000"),
        ("rgba(255, 0, 0, 0.05)", "FF0000"), ("rgba(0, 128, 0, 0)", ""), ("rgb(0 128 0 / 0%)", ""),
        ("rgba(0,0,0,0.0)", ""), ("#FFF", ""), ("#f00", "FF0000"), ("Orange", "FFA500"), ("x", ""),
    ],
)  # fmt: skip
def test_a_colour_that_is_seen(text: str, colour: str) -> None:
    assert css_colour(text) == colour
