"""What the cells of a workbook look like: how numbers are shown, and what colour is behind them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from kimplan.exchange.bounds import whole_number
from kimplan.exchange.colours import tinted
from kimplan.exchange.number_formats import format_code

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_ARGB = re.compile("[0-9A-Fa-f]{2}([0-9A-Fa-f]{6})")
# The palette of ECMA-376 part 1, 18.8.27, which old workbooks count their colours by.
_INDEXED = (
    "000000", "FFFFFF", "FF0000", "00FF00", "0000FF", "FFFF00", "FF00FF", "00FFFF", "000000",
    "FFFFFF", "FF0000", "00FF00", "0000FF", "FFFF00", "FF00FF", "00FFFF", "800000", "008000",
    "000080", "808000", "800080", "008080", "C0C0C0", "808080", "9999FF", "993366", "FFFFCC",
    "CCFFFF", "660066", "FF8080", "0066CC", "CCCCFF", "000080", "FF00FF", "FFFF00", "00FFFF",
    "800080", "800000", "008080", "0000FF", "00CCFF", "CCFFFF", "CCFFCC", "FFFF99", "99CCFF",
    "FF99CC", "CC99FF", "FFCC99", "3366FF", "33CCCC", "99CC00", "FFCC00", "FF9900", "FF6600",
    "666699", "969696", "003366", "339966", "003300", "333300", "993300", "993366", "333399",
    "333333",
)  # fmt: skip
# A theme names its colours in an order in which cells count the first four otherwise.
_THEME_ORDER = (1, 0, 3, 2, 4, 5, 6, 7, 8, 9, 10, 11)
_OFFICE = (
    "000000", "FFFFFF", "44546A", "E7E6E6", "4472C4", "ED7D31", "A5A5A5", "FFC000", "5B9BD5",
    "70AD47", "0563C1", "954F72",
)  # fmt: skip


class Style(NamedTuple):
    """The look of a cell: the format of its number, its colour as ``RRGGBB``, and a strike."""

    code: str = "General"
    fill: str = ""
    is_struck: bool = False


def is_on(look: Any, name: str) -> bool:
    """Return whether a font, or a run's look, has the property `name` and does not say no."""
    found = look.find(f"{MAIN}{name}") if look is not None else None
    return found is not None and found.get("val", "1") not in {"0", "false"}


def read_styles(root: Any, theme: Any) -> list[Style]:
    """Return the looks that the cells of a workbook name by their place; `root` may be None."""
    if root is None:
        return [Style()]
    own = {
        whole_number(one.get("numFmtId")): one.get("formatCode", "")
        for one in root.iter(f"{MAIN}numFmt")
    }
    colours = _theme_colours(theme)
    fills = [_fill(one, colours) for one in root.iterfind(f"{MAIN}fills/{MAIN}fill")]
    struck = [is_on(one, "strike") for one in root.iterfind(f"{MAIN}fonts/{MAIN}font")]
    found = []
    for one in root.iterfind(f"{MAIN}cellXfs/{MAIN}xf"):
        number, fill, font = (
            whole_number(one.get(name)) for name in ("numFmtId", "fillId", "fontId")
        )
        found.append(
            Style(format_code(number, own), _at(fills, fill, ""), _at(struck, font, False))
        )
    return found or [Style()]


def _at(values: Sequence[Any], place: int, otherwise: Any) -> Any:
    return values[place] if place < len(values) else otherwise


def _theme_colours(theme: Any) -> tuple[str, ...]:
    scheme = theme.find(f".//{_DRAWING}clrScheme") if theme is not None else None
    if scheme is None:
        return _OFFICE
    found = []
    for colour, usual in zip(scheme, _OFFICE, strict=False):
        inner = next(iter(colour), None)
        text = (inner.get("lastClr") or inner.get("val") or "") if inner is not None else ""
        found.append(text.upper() if re.fullmatch("[0-9A-Fa-f]{6}", text) else usual)
    return tuple(found) if len(found) == len(_OFFICE) else _OFFICE


def _fill(element: Any, theme: Sequence[str]) -> str:
    pattern = element.find(f"{MAIN}patternFill")
    if pattern is None or pattern.get("patternType", "none") in {"none", "gray125"}:
        return ""
    colour = pattern.find(f"{MAIN}fgColor")
    found = _colour(colour, theme) if colour is not None else ""
    return "" if found == "FFFFFF" else found


def _colour(element: Any, theme: Sequence[str]) -> str:
    if named := _ARGB.fullmatch(element.get("rgb", "")):
        base = named[1].upper()
    elif element.get("theme"):
        place = whole_number(element.get("theme"))
        base = theme[_THEME_ORDER[place]] if place < len(_THEME_ORDER) else ""
    elif element.get("indexed"):
        base = _at(_INDEXED, whole_number(element.get("indexed")), "")
    else:
        base = ""
    return tinted(base, _tint(element)) if base else ""


def _tint(element: Any) -> float:
    try:
        return min(max(float(element.get("tint") or 0), -1.0), 1.0)
    except ValueError:
        return 0.0
