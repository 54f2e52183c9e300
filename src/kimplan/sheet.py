"""A table from somebody's file: typed, rich cells, whatever the file's format was.

Every reader in `exchange` returns this shape and nothing reads a file but they; what makes records
of it knows no format.
"""

from __future__ import annotations

import enum
from datetime import date
from typing import NamedTuple

from kimplan.model.due import Due
from kimplan.model.prose import Block, Span


class RemarkKind(enum.StrEnum):
    """What a reader saw beside the words."""

    TRACKED = "tracked-changes"  # the words are as if they had been accepted
    COMMENT = "comment"
    FOOTNOTE = "footnote"
    HIDDEN = "hidden"  # a row, a column, a sheet or words that the file's reader does not see
    NESTED = "nested-table"  # its words are among the cell's
    FORMULA = "formula"  # the file holds no result of it
    PICTURE = "picture"
    STRUCK = "struck-through"  # the words stand in the cell, too
    LINK = "link"  # one that leads to no page, such as a file's, and is not kept
    CUT = "cut"  # words that could not be read whole


class Remark(NamedTuple):
    """Something that a reader saw: its words, and who wrote them when, where that is known."""

    kind: RemarkKind
    text: str = ""
    by: str = ""
    on: date | None = None


class SheetCell(NamedTuple):
    """A cell: its words as blocks, and what the file holds beside them.

    `due` is a date that the file holds as one, as precisely as it is shown (``Jul-24`` is the
    month); a day has the year that the file holds, which may not be shown. `is_number` tells that
    it holds a number, of which the words are the look. `fill` is what a reader sees behind the
    words, as ``RRGGBB`` in capitals, or empty. `across` and `down` are how many columns and rows
    it covers; a place that another cell covers `is_covered` and repeats that cell's words.
    `is_bold` tells that all its words are bold, which `blocks` then do not say; `kept` are its
    blocks without the words that are struck through, where some are. `raw` are the words as a
    workbook holds them, before they are parted into lines and lists.
    """

    blocks: tuple[Block, ...] = ()
    due: Due | None = None
    is_number: bool = False
    fill: str = ""
    across: int = 1
    down: int = 1
    is_covered: bool = False
    is_hidden: bool = False
    is_heading: bool = False
    remarks: tuple[Remark, ...] = ()
    is_bold: bool = False
    kept: tuple[Block, ...] | None = None
    raw: tuple[Span, ...] = ()

    @property
    def text(self) -> str:
        """The cell's words, a line a block."""
        if len(self.blocks) == 1:
            return self.blocks[0].text
        return "\n".join(block.text for block in self.blocks)

    @property
    def is_blank(self) -> bool:
        """Whether it has no words; quicker to ask than the words."""
        for block in self.blocks:
            if block.marker:
                return False
            for span in block.spans:
                if span.text and not span.text.isspace():
                    return False
        return True


class SheetRow(NamedTuple):
    """A row, with a cell for each column; `number` is what the file's reader calls it, from 1.

    `is_header` tells that the file says so (Word's repeated header row, HTML's ``thead``).
    """

    cells: tuple[SheetCell, ...]
    number: int
    is_header: bool = False
    is_hidden: bool = False


class Sheet(NamedTuple):
    """A table of a file.

    `name` is what to call it in a message: ``table 2``, ``sheet 'Plan'``. `title` is the heading
    that it stands below, and `above` the text between that heading (or the table before it) and
    the table. `rows` have equally many cells each.
    """

    name: str
    rows: tuple[SheetRow, ...]
    title: str = ""
    above: tuple[Block, ...] = ()
    is_hidden: bool = False
    remarks: tuple[Remark, ...] = ()


class SheetFile(NamedTuple):
    """All tables of a file in their order, and what is to be said of the whole file.

    `digest` is the SHA-256 of its bytes in hexadecimal. `commit` is that of kimplan's own report
    where the file is one, however it was saved since. `text` is the document's words outside of
    tables, as blocks, and `title` its title. `is_word` tells that it is a Word document.
    """

    name: str
    digest: str
    sheets: tuple[Sheet, ...]
    remarks: tuple[Remark, ...] = ()
    is_report: bool = False
    commit: str = ""
    title: str = ""
    text: tuple[Block, ...] = ()
    is_word: bool = False
