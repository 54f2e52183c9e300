"""Marks and joiners that belong to the writing around them: Hebrew, Arabic, flags."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_MARKS = "\u061c\u200e\u200f"
_MARK = re.compile(f"[{_MARKS}]")
# The flags of England, Scotland and Wales: a black flag, and a region that only tags spell.
FLAG = re.compile(
    "\U0001f3f4(?:\U000e0067\U000e0062)(?:\U000e0065\U000e006e\U000e0067"
    "|\U000e0073\U000e0063\U000e0074|\U000e0077\U000e006c\U000e0073)\U000e007f"
)
_FARTHEST = 30  # characters, over which a mark may be from the letter that it is for
_SCRIPT = re.compile(
    "[\u0590-\u061b\u061d-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_TO_LEFT = {"R", "AL"}


@lru_cache(maxsize=2)
def needed_marks(text: str) -> frozenset[int]:
    """Return where in `text` a mark stands in or beside writing that runs to the left."""
    if not _SCRIPT.search(text):
        return frozenset()
    found = (mark.start() for mark in _MARK.finditer(text))
    return frozenset(at for at in found if _is_needed(text, at))


def _is_needed(text: str, index: int) -> bool:
    before = text[max(index - _FARTHEST, 0) : index]
    behind = text[index + 1 : index + 1 + _FARTHEST]
    return _is_to_left(reversed(before)) or _is_to_left(behind)


def _is_to_left(characters: Iterable[str]) -> bool:
    """Return whether the first letter of these runs to the left; a line end ends them."""
    for one in characters:
        if one in "\n\r":
            return False
        if one not in _MARKS and one.isalpha():
            return unicodedata.bidirectional(one) in _TO_LEFT
    return False
