"""How a workbook looks: the formats of its cells, the colours of ratings, and widths."""

from __future__ import annotations

from typing import Any, NamedTuple

from kimplan.answers.tables.book_columns import TOLD, BookColumn
from kimplan.answers.tables.table import Kind
from kimplan.model.rating import Rating
from kimplan.report.colours import COLOURS as REPORTED

FONT, SIZE = "Arial", 10
DATE = "d mmm yyyy"
LATE = "#8A1C1C"
_LINES = "#BFC7D1"
COLOURS = {rating: (f"#{fill}", f"#{text}") for rating, (fill, text) in REPORTED.items()}
_WIDTHS = {
    "ref": 9, "section": 18, "title": 30, "detail": 36, "response": 52, "rating": 13, "due": 17,
    "owners": 22, "role": 40, "reason": 44, "note": 64, "name": 24, "email": 30, "handle": 20,
    "number": 6, "action": 8, "link": 44, "plan": 20, "setting": 34, "value": 100,
    "due_reason": 30, "plan_title": 44, "from": 17, "to": 17, "expires": 17, "action_title": 30,
    "verified_by": 18, "agreed_by": 18, "days_late": 8,
}  # fmt: skip
_BY_KIND = {
    Kind.PROSE: 40,
    Kind.NUMBER: 10,
    Kind.DAY: 12,
    Kind.SWITCH: 10,
    Kind.NAMES: 22,
    Kind.PROMISE: 17,
}
_USUAL = 18
WIDEST = 110.0
_MILLIMETRES = 1.9  # of a page, for a digit's width


class Look(NamedTuple):
    """The formats of one workbook."""

    header: Any
    text: Any
    quoted: Any
    link: Any
    date: Any
    number: Any
    bold: Any
    plain: Any
    note: Any
    late: Any
    ratings: dict[Rating, Any]


def make_look(book: Any) -> Look:
    """Return the formats, made in the workbook `book`."""
    body = {
        "font_name": FONT,
        "font_size": SIZE,
        "valign": "top",
        "border": 1,
        "border_color": _LINES,
    }
    wrapped = body | {"text_wrap": True}
    header = wrapped | {
        "bold": True,
        "font_color": "#FFFFFF",
        "bg_color": "#1F3A5F",
        "valign": "vcenter",
    }
    run = {"font_name": FONT, "font_size": SIZE}
    return Look(
        book.add_format(header),
        book.add_format(wrapped),
        book.add_format(wrapped | {"quote_prefix": True}),
        book.add_format(wrapped | {"font_color": "#1F3A5F", "underline": 1}),
        book.add_format(body | {"num_format": DATE, "align": "left"}),
        book.add_format(body | {"num_format": "#,##0", "align": "center"}),
        book.add_format(run | {"bold": True}),
        book.add_format(run),
        book.add_format(run | {"italic": True}),
        book.add_format({"font_color": LATE, "bold": True}),
        {
            rating: book.add_format({"bg_color": fill, "font_color": text, "bold": True})
            for rating, (fill, text) in COLOURS.items()
        },
    )


def width_of(column: BookColumn) -> float:
    """Return the width of a column in digits of the workbook's font; its label's words fit."""
    if column.width:
        return max(column.width / _MILLIMETRES, 8)
    words = max(map(len, column.label.split()), default=0) + 2
    if column.key.startswith(TOLD):
        return 40
    usual = _WIDTHS.get(column.key) or _BY_KIND.get(column.kind, _USUAL)
    return max(usual, min(words, 20))
