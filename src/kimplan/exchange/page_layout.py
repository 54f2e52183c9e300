"""Tables of a page that are there only to lay it out."""

from __future__ import annotations

from typing import Any

_FRAME_ROWS = 3  # of a table that lays out the page around a larger one


def is_layout(table: Any) -> bool:
    """Return whether a table is there only to lay out the page, and holds a larger one."""
    inner = [len(_own_cells(one)) for one in table.iterdescendants("table")]
    cells = _own_cells(table)
    is_frame = len(cells) == 1 or table.get("role") == "presentation"
    is_small = len({one.getparent() for one in cells}) <= _FRAME_ROWS
    return bool(inner) and (is_frame or (is_small and max(inner) > len(cells)))


def _own_cells(table: Any) -> list[Any]:
    return [one for one in table.iter("td", "th") if owner(one) is table]


def owner(element: Any) -> Any:
    """Return the table that an element stands in, or None."""
    return next(element.iterancestors("table"), None)
