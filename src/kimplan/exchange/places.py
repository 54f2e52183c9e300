"""The places of a sheet as its formulas name them."""

from __future__ import annotations

import re

_PLACE = re.compile("([A-Z]{1,3})([1-9][0-9]{0,6})")


def place_of(text: str) -> tuple[int, int] | None:
    """Return the row from 1 and the column from 0 of a place such as ``B12``."""
    found = _PLACE.fullmatch(text)
    if not found:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]), column - 1
