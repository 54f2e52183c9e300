"""How wide columns and how tall rows must be: no program works it out on opening."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kimplan.answers.tables.book import BookSheet, Shown, ShownRow
from kimplan.answers.tables.table import Kind
from kimplan.export.workbook_look import WIDEST, width_of

TALLEST = 409.0  # points, which a row of Excel cannot be taller than
_LINE = 13.0  # points of a line of the workbook's font
_AROUND = 3.0
_PAGE = 215.0  # digits across a landscape page, in letters that can still be read
_LETTERS = 1.17  # of a text for the width of a digit: letters are narrower, but words do not break
_MOST_LINES = int((TALLEST - _AROUND) / _LINE)


def widths(sheet: BookSheet) -> list[float]:
    """Return the width of each column, in digits; a long text gets more room than is usual."""
    found = []
    for at, column in enumerate(sheet.columns):
        width = width_of(column)
        if column.kind is Kind.PROSE and column.width is None:
            width = _roomy(width, (row[at] for row in sheet.rows))
        found.append(width)
    return found


def _roomy(width: float, values: Iterable[Shown]) -> float:
    texts = [value for value in values if isinstance(value, str)]
    while width < WIDEST and any(lines_of(text, width) > _MOST_LINES for text in texts):
        texts = [text for text in texts if lines_of(text, width) > _MOST_LINES]
        width = min(width + 8, WIDEST)
    return width


def printed(wide: Sequence[float], least: int) -> int:
    """Return how many columns a page has room for: `least`, and more while they can be read."""
    number = least
    while number < len(wide) and sum(wide[: number + 1]) <= _PAGE:
        number += 1
    return number


def height(sheet: BookSheet, row: ShownRow, wide: Sequence[float]) -> float:
    """Return the height of a row in points, so that the longest of its texts can be read."""
    lines = 1
    for column, value, width in zip(sheet.columns, row, wide, strict=True):
        if isinstance(value, str) and (len(value) > width * _LETTERS or "\n" in value):
            lines = max(lines, lines_of(value, width, is_prose=column.kind is Kind.PROSE))
    return min(lines * _LINE + _AROUND, TALLEST)


def lines_of(text: str, width: float, *, is_prose: bool = True) -> int:
    """Return how many lines a text takes in a column; in prose a paragraph's lines are one."""
    room = max(int(width * _LETTERS), 1)
    if not is_prose:
        return sum(-(-len(line) // room) or 1 for line in text.split("\n"))
    return sum(_paragraph(part, room) for part in text.split("\n\n")) + text.count("\n\n")


def _paragraph(text: str, room: int) -> int:
    if "\n" not in text:
        return -(-len(text) // room) or 1
    items = text.split("\n- ") if text.startswith("- ") or "\n- " in text else [text]
    return sum(-(-len(item) // room) or 1 for item in items)
