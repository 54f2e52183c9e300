"""The report as a sequence of elements: every word it says and where, nothing of any format.

A document is its parts in their order, and a part is a sequence of `Heading`, `Paragraph`, `Table`
and `Figure`. A `Span` whose link begins with ``#`` leads to the row with that anchor.
"""

from __future__ import annotations

import enum
from datetime import date
from typing import NamedTuple, TypeAlias

from kimplan.model.due import Due
from kimplan.model.language import Language
from kimplan.model.plan import Layout, PageChoice
from kimplan.model.prose import Block
from kimplan.model.rating import Rating
from kimplan.report.origin import Origin

Value: TypeAlias = Due | date | int | Rating


class Cell(NamedTuple):
    """A table cell: the words that it shows, and what they say where that is more than words.

    `value` is the promised date, the day, the number or the rating; a link stands in the words.
    `late` tells that the words say that something is overdue.
    """

    blocks: tuple[Block, ...]
    value: Value | None = None
    late: bool = False

    @property
    def rating(self) -> Rating | None:
        """The rating that the cell says, in whose colours it is shown."""
        return self.value if isinstance(self.value, Rating) else None

    @property
    def text(self) -> str:
        """The cell's words, a line a block."""
        return "\n".join(block.text for block in self.blocks)


class Heading(NamedTuple):
    """A heading: of a part at `level` 1, and of a section in it at 2."""

    text: str
    level: int = 1


class Role(enum.StrEnum):
    """What a paragraph is there for."""

    POSITION = "position"
    REMARK = "remark"
    INTRODUCTION = "introduction"  # to the table that follows, if any
    NARRATIVE = "narrative"  # of a section, above its table
    NOTE = "note"  # below what it is about


class Paragraph(NamedTuple):
    """A paragraph or a bullet outside of tables."""

    block: Block
    role: Role

    @property
    def text(self) -> str:
        """The paragraph's words without their look."""
        return self.block.text


class Width(NamedTuple):
    """The room of a column, in millimetres of an A4 landscape page: the usual and the least.

    It is meant for text of 10.5 points, unless somebody has set it.
    """

    usual: float
    least: float
    is_set: bool = False


class TableColumn(NamedTuple):
    """A column of a table: the name of what it shows, for programs, and its label for people."""

    field: str
    label: str
    width: Width


class TableRow(NamedTuple):
    """A row, whose cells are in the order of the columns; `anchor` is the ref that leads here."""

    cells: tuple[Cell, ...]
    anchor: str = ""


class SectionRow(NamedTuple):
    """A row across all columns that begins a section: its title and its text."""

    title: str
    narrative: tuple[Block, ...]


class Table(NamedTuple):
    """A table with its title and, for those who do not see it, what it holds."""

    title: str
    description: str
    columns: tuple[TableColumn, ...]
    rows: tuple[TableRow | SectionRow, ...]

    @property
    def labels(self) -> tuple[str, ...]:
        """The words of the header row."""
        return tuple(column.label for column in self.columns)


class Series(NamedTuple):
    """A colour of a chart and its value for each category."""

    name: str
    rating: Rating
    overdue: bool
    values: tuple[int, ...]


class Figure(NamedTuple):
    """A chart of recommendations by rating: stacked bars, or columns if `upright`.

    `beside` tells that it may stand beside what comes before it below the same heading. `label` is
    what it is called, by its place among the document's figures.
    """

    caption: str
    alt_text: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    upright: bool = False
    beside: bool = False
    label: str = "Figure 1"

    @property
    def whole_caption(self) -> str:
        """The caption after the figure's label."""
        return f"{self.label}. {self.caption}"


Element: TypeAlias = Heading | Paragraph | Table | Figure


class DocumentPart(NamedTuple):
    """A part of the report, by its name in the table of parts; it may begin a new page.

    One that `is_wide` has a table that needs a page across.
    """

    name: str
    elements: tuple[Element, ...]
    begins_page: bool = False
    is_wide: bool = False


class Words(NamedTuple):
    """The words that stand outside of the parts, or that a template may put anywhere."""

    title: str
    subtitle: str
    organisation: str
    position: str
    header: str
    footer: str


class ReportDocument(NamedTuple):
    """Everything the report says; a part that has nothing to say is not among `parts`.

    `layout` is that of the plan's part; `font_size` is that of the cells in points, or None for
    the template's own. `page` says which way the page of a wide part lies. `language` is what the
    words are in, or None for English in a document of any language.
    """

    words: Words
    as_of: date
    parts: tuple[DocumentPart, ...]
    layout: Layout
    font_size: float | None
    origin: Origin | None = None
    page: PageChoice = PageChoice.LANDSCAPE
    language: Language | None = None
