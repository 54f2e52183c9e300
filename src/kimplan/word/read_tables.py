"""The tables of a Word file as somebody sees them: hidden rows are not there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import zip_longest
from typing import Any, NamedTuple

from kimplan.model.language import known_languages, parse_language
from kimplan.report.cells import CONTINUED
from kimplan.verify.expected import SEAM, Grid
from kimplan.word.colours import FILLS, SECTION_FILL
from kimplan.word.tags import qn
from kimplan.word.usual_rows import UsualCell, usual_cells
from kimplan.word.visible import FALLBACK, OFF, Eye, is_too_small, property_of

_ROW, _TABLE = qn("w:tr"), qn("w:tbl")
_CELL_LOOK, _LOOKS = qn("w:tcPr"), {qn("w:pPr"), qn("w:rPr")}
_MERGED, _DELETED = qn("w:vMerge"), qn("w:cellDel")
_SHADING, _HIGHLIGHT = qn("w:shd"), qn("w:highlight")
_RATINGS = {fill: str(rating) for rating, fill in FILLS.items()}
_PLAIN = {"", "AUTO", "FFFFFF", SECTION_FILL}


@lru_cache(maxsize=1)
def _goes_on() -> tuple[str, ...]:
    """Return what stands behind the ref of a row that was cut, in every language."""
    return tuple(parse_language(name).say(CONTINUED) for name in known_languages())


class _Row(NamedTuple):
    """A row's words and colours, and what its lower parts say they belong to."""

    texts: tuple[str, ...]
    colours: tuple[str, ...]
    ref: str = ""


def is_outer(table: Any) -> bool:
    """Return whether a table stands in no other one."""
    return next(table.iterancestors(qn("w:tbl"), FALLBACK), None) is None


def read_table(table: Any, eye: Eye, goes_on: str, below: str) -> Grid:
    """Return a table; `goes_on` is as for `TableReader`, and `below` is the line above it."""
    reader = TableReader(eye, goes_on)
    for part in table.iterchildren("*"):
        reader.read(part)
    return reader.grid(table, below)


class TableReader:
    """Reads a table as it comes; a row whose first paragraph has the style `goes_on` goes on.

    It belongs to the row above it.
    """

    def __init__(self, eye: Eye, goes_on: str) -> None:
        self._eye = eye
        self._goes_on = goes_on
        self._rows: list[_Row] = []

    def read(self, part: Any) -> None:
        """Read a child of the table: a row, or what has rows in it."""
        if part.tag == _ROW and self._eye.sees_all_of(part):
            usual = usual_cells(part)
            if usual is not None:
                self._add([each.element for each in usual], _read_usual(usual))
                return
        for row in part.iter(_ROW):
            if next(row.iterancestors(_TABLE)) is part.getparent() and not _is_gone(row):
                self._read_row(row)

    def _read_row(self, row: Any) -> None:
        cells = list(_own(row, "w:tc", "w:tr"))
        self._add(cells, _read(cells, self._rows, self._eye))

    def _add(self, cells: Sequence[Any], read: _Row) -> None:
        rows = self._rows
        if rows and self._goes_on and cells and _style(cells[0]) == self._goes_on:
            rows[-1] = _joined(rows[-1], read)
        else:
            rows.append(read)

    def grid(self, table: Any, below: str) -> Grid:
        """Return the `table` whose children were read; `below` is the line above it."""
        caption = table.find(f"{qn('w:tblPr')}/{qn('w:tblCaption')}")
        header, *others = self._rows or [_Row((), ())]
        return Grid(
            caption.get(qn("w:val"), "") if caption is not None else "",
            header.texts,
            tuple(row.texts for row in others),
            tuple(row.colours for row in others),
            tuple(row.ref for row in others),
            below,
        )


def _is_gone(row: Any) -> bool:
    """Return whether a row was deleted in a tracked change, is hidden, or has no height."""
    properties = row.find(qn("w:trPr"))
    if properties is None:
        return False
    hidden, height = properties.find(qn("w:hidden")), properties.find(qn("w:trHeight"))
    is_hidden = hidden is not None and hidden.get(qn("w:val"), "true") not in OFF
    is_flat = height is not None and is_too_small(height, qn("w:hRule"), qn("w:val"))
    return is_hidden or is_flat or properties.find(qn("w:del")) is not None


def _read(cells: Sequence[Any], above: Sequence[_Row], eye: Eye) -> _Row:
    """Return a row; a cell that is merged with the one above it shows what that says."""
    texts: list[str] = []
    for at, cell in enumerate(cells):
        merged = property_of(cell, _CELL_LOOK, _MERGED)
        if merged is not None and merged.get(qn("w:val"), "continue") == "continue" and above:
            texts.append(above[-1].texts[at] if at < len(above[-1].texts) else "")
        elif property_of(cell, _CELL_LOOK, _DELETED) is not None:
            texts.append("")
        else:
            texts.append(eye.cell(cell))
    return _Row(tuple(texts), tuple(map(_colour, cells)))


def _read_usual(cells: Sequence[UsualCell]) -> _Row:
    texts = tuple(each.text for each in cells)
    return _Row(texts, tuple(_colour(each.element) if each.may_be_shaded else "" for each in cells))


def _colour(cell: Any) -> str:
    """Return the rating whose colour a cell has, or what else it looks like; empty for a plain one.

    Whatever stands behind the words besides the fill, or in its place, is another look.
    """
    shading = property_of(cell, _CELL_LOOK, _SHADING)
    fill = (shading.get(qn("w:fill"), "") if shading is not None else "").upper()
    found = _RATINGS.get(fill, "" if fill in _PLAIN else f"#{fill}")
    if shading is not None and (
        shading.get(qn("w:val"), "clear") not in {"clear", "nil"} or shading.get(qn("w:themeFill"))
    ):
        found = f"{found} with a pattern".strip()
    marks = (mark for mark in cell.iter(_SHADING, _HIGHLIGHT) if mark.getparent().tag in _LOOKS)
    is_marked = any(map(_is_behind, marks))
    return f"{found} with a mark behind the words".strip() if is_marked else found


def _is_behind(mark: Any) -> bool:
    """Return whether a shading or a highlight can be seen."""
    colour = mark.get(qn("w:fill"), mark.get(qn("w:val"), ""))
    return bool(mark.get(qn("w:themeFill"))) or colour.lower() not in {"", "auto", "none", "clear"}


def _own(element: Any, tag: str, within: str) -> Iterator[Any]:
    """Yield the elements below `element` that belong to it, and not to a table in one of them."""
    for found in element.iter(qn(tag)):
        if next(found.iterancestors(qn(within))) is element:
            yield found


def _style(cell: Any) -> str:
    """Return the id of the style of a cell's first paragraph."""
    return next((style.get(qn("w:val"), "") for style in cell.iter(qn("w:pStyle"))), "")


def _joined(above: _Row, below: _Row) -> _Row:
    """Return a row that was cut; each part has the colours of the whole and says its ref."""
    colours = (
        upper if upper == lower else f"{upper} and {lower or 'none'}"
        for upper, lower in zip_longest(above.colours, below.colours, fillvalue="")
    )
    label, _, rest = below.texts[0].partition("\n")
    ref = next((label.removesuffix(one) for one in _goes_on() if label.endswith(one)), label)
    names = dict.fromkeys(filter(None, [above.ref, ref]))
    texts = zip_longest(above.texts, (rest, *below.texts[1:]), fillvalue="")
    return _Row(tuple(_text(*pair) for pair in texts), tuple(colours), ", ".join(names))


def _text(upper: str, lower: str) -> str:
    """Return a cell of a row that was cut; what the lower part repeats is said once.

    A paragraph may have been cut, too: `SEAM` stands where it was, or where one ended.
    """
    if not lower or lower == upper:
        return upper
    return f"{upper}{SEAM}{lower}" if upper else lower
