"""The report as plain data: every word it says and where, nothing of how Word says it.

A `Span` whose link begins with ``#`` leads to the row of that ref.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from kimplan.model.plan import ColumnField, Layout
from kimplan.model.prose import Block
from kimplan.model.rating import Rating


class Cell(NamedTuple):
    """A table cell; `rating` gives it that rating's colours, `late` the colour of overdue text."""

    blocks: tuple[Block, ...]
    rating: Rating | None = None
    late: bool = False

    @property
    def text(self) -> str:
        """The cell's words, a line a block."""
        return "\n".join(block.text for block in self.blocks)


class CountRow(NamedTuple):
    """A row of the counts; the row of the total has no rating."""

    rating: Rating | None
    label: str
    meaning: str
    number: int
    overdue: int


class Series(NamedTuple):
    """A colour of the chart and its value for each section."""

    name: str
    rating: Rating
    overdue: bool
    values: tuple[int, ...]


class Chart(NamedTuple):
    """Recommendations by section and rating, as stacked bars."""

    caption: str
    alt_text: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]


class Listing(NamedTuple):
    """A short table of recommendations with a reason to be listed."""

    heading: str
    introduction: str
    labels: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


class Column(NamedTuple):
    """A column of the plan's table; `width` is in millimetres, or None for the field's own."""

    field: ColumnField
    label: str
    width: int | None = None


class Row(NamedTuple):
    """A recommendation in the plan's table; its cells are in the order of the columns."""

    ref: str
    cells: tuple[Cell, ...]


class Section(NamedTuple):
    """A section of the plan's table: its title, its text and its rows."""

    title: str
    narrative: tuple[Block, ...]
    rows: tuple[Row, ...]


class ReportDocument(NamedTuple):
    """Everything the report says, in the order of its pages.

    `changes` is the place of the table of changes since the last report. `font_size` is that of
    the cells in points, or None for the template's own.
    """

    title: str
    organisation: str
    subtitle: str
    header: str
    footer: str
    as_of: date
    position: str
    counts: tuple[CountRow, ...]
    counts_note: str
    chart: Chart
    changes: Listing | None
    overdue: Listing
    due_soon: Listing
    plan_heading: str
    columns: tuple[Column, ...]
    sections: tuple[Section, ...]
    layout: Layout
    font_size: float | None
