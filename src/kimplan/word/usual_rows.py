"""The rows of a table that nearly all of them are like: every element in them is known.

In such a row nothing hides, strikes out or moves what it says, so that one look at each element
tells all that many questions to each cell and run would.
"""

from __future__ import annotations

from typing import Any

from kimplan.verify.plain_text import plain
from kimplan.word.tags import qn
from kimplan.word.visible import SAYING, said

_CELL, _PARAGRAPH, _RUN, _LINK = qn("w:tc"), qn("w:p"), qn("w:r"), qn("w:hyperlink")
_SHADING = qn("w:shd")
_SAYING = frozenset(SAYING)
# Nobody who reads a row asks for these, wherever they stand in it. Any other element makes a row
# unusual: what is added here must be nothing that changes what is seen.
_SILENT = frozenset(map(qn, (
    "w:trPr", "w:cantSplit", "w:tblHeader",
    "w:tcPr", "w:tcW", "w:gridSpan",
    "w:pPr", "w:pStyle", "w:keepNext", "w:numPr", "w:ilvl", "w:numId", "w:ind",
    "w:r", "w:rPr", "w:rStyle", "w:b", "w:bCs", "w:hyperlink",
    "w:bookmarkStart", "w:bookmarkEnd", "w:proofErr",
)))  # fmt: skip


class UsualCell:
    """A cell of a usual row; one that `may_be_shaded` has a shading in it or behind it."""

    def __init__(self, element: Any) -> None:
        self.element = element
        self.said: list[str] = []  # a line break before each paragraph
        self.may_be_shaded = False

    @property
    def text(self) -> str:
        """Its words, as `Eye.cell` gives them where no style hides or strikes out text."""
        return plain("".join(self.said[1:]))


def usual_cells(row: Any) -> list[UsualCell] | None:
    """Return the cells of a row, or None for one that is not usual.

    What stands around the row is not looked at.
    """
    cells: list[UsualCell] = []
    cell = paragraph = None
    for each in row.iterdescendants():
        tag = each.tag
        if tag in _SILENT:
            continue
        parent = each.getparent()
        if tag in _SAYING:
            if parent.tag != _RUN or not _is_in(paragraph, parent):
                return None
            cells[-1].said.append(said(each))
        elif tag == _PARAGRAPH and cell is not None and parent is cell:
            paragraph = each
            cells[-1].said.append("\n")
        elif tag == _CELL and parent is row:
            cell, paragraph = each, None
            cells.append(UsualCell(cell))
        elif tag == _SHADING and cells:
            cells[-1].may_be_shaded = True
        else:
            return None
    return cells


def _is_in(paragraph: Any, run: Any) -> bool:
    """Return whether a run stands in a paragraph itself, or in a link there."""
    around = run.getparent()
    return around is paragraph or (around.tag == _LINK and around.getparent() is paragraph)
