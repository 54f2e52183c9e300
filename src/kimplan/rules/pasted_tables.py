"""Tables pasted into a text, which are printed with their bars.

Loaded where a text holds a bar.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from kimplan.rules.phrases import Found, found_at

_ROW = re.compile(r"[ \t]*\|[^|\n]*\|.*\|[ \t]*")
_CELLS = re.compile(r"[^|]*\|.*")
_RULE = re.compile(r"[ \t|:+-]*-[ \t|:+-]*")
_SHOWN = 30


def find_table(text: str) -> Found | None:
    """Return the first row of a table: two rows in bars, or one above a line of dashes."""
    rows = list(_lines(text))
    for (start, row), (_, below) in pairwise(rows):
        is_headed = "|" in below and _RULE.fullmatch(below) and _CELLS.fullmatch(row)
        if is_headed or (_ROW.fullmatch(row) and _ROW.fullmatch(below)):
            begin = start + len(row) - len(row.lstrip())
            return found_at(text, begin, min(start + len(row.rstrip()), begin + _SHOWN))
    return None


def _lines(text: str) -> Iterator[tuple[int, str]]:
    at = 0
    for line in text.split("\n"):
        yield at, line
        at += len(line) + 1
