"""What a column of a plan's own field says about a recommendation, and how wide it is."""

from __future__ import annotations

from kimplan.model.due import NotADateError, parse_due
from kimplan.model.language import Language
from kimplan.model.own_field import OwnField
from kimplan.model.own_type import OwnType
from kimplan.model.prose import Block, Span, parse_prose
from kimplan.report.document import Cell, Width

_WEB = ("http://", "https://")
_WIDTHS = {
    OwnType.LINE: Width(32, 26),
    OwnType.TEXT: Width(60, 35),
    OwnType.DATE: Width(25, 24),
    OwnType.CHOICE: Width(25, 22),
    OwnType.LINK: Width(45, 30),
}
_SHORT = frozenset({OwnType.DATE, OwnType.CHOICE})


def own_cell(field: OwnField | None, text: str, language: Language) -> Cell:
    """Return the cell of a value, as its type is shown; an empty one where there is none.

    Without the field's declaration the value is words and nothing more.
    """
    if not text:
        return Cell(())
    kind = field.type if field else OwnType.LINE
    if kind is OwnType.TEXT:
        return Cell(parse_prose(text))
    if kind is OwnType.LINK:
        return Cell((Block((Span(text, link=text if text.lower().startswith(_WEB) else ""),)),))
    if kind is OwnType.DATE:
        return _date(text, language)
    return Cell((Block((Span(text),)),))


def _date(text: str, language: Language) -> Cell:
    try:
        due = parse_due(text)
    except NotADateError:
        return Cell((Block((Span(text),)),))
    return Cell((Block((Span(language.due(due)),)),), due)


def own_width(field: OwnField | None) -> Width:
    """Return the room of a column that shows an own field."""
    return _WIDTHS[field.type if field else OwnType.LINE]


def is_short(field: OwnField | None) -> bool:
    """Return whether an own field says little in each cell, so that no word of it is broken."""
    return field is not None and field.type in _SHORT


def is_long(field: OwnField | None) -> bool:
    """Return whether an own field holds paragraphs, which a list of changes has no room for."""
    return field is not None and field.type is OwnType.TEXT
