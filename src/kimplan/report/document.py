"""The report as plain data: every word it says and where, nothing of how Word says it.

A `Span` whose link begins with ``#`` leads to the row of that ref.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from kimplan.model.plan import ColumnField, Layout
from kimplan.model.prose import Block
from kimplan.model.rating import Rating

GLANCE = "Position at a glance"
COUNT_LABELS = ("RAG rating", "What it means", "Number", "Overdue")
NO_ROWS = "No recommendation stands in this section."


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
    """A colour of a chart and its value for each category."""

    name: str
    rating: Rating
    overdue: bool
    values: tuple[int, ...]


class Chart(NamedTuple):
    """Recommendations by rating for each category: stacked bars, or columns if `upright`."""

    caption: str
    alt_text: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    upright: bool = False


class Listing(NamedTuple):
    """A short table of recommendations with a reason to be listed, and what it leaves out."""

    heading: str
    introduction: str
    labels: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""


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


class Trend(NamedTuple):
    """The ratings over the months, under a heading of their own."""

    heading: str
    chart: Chart


class Origin(NamedTuple):
    """What somebody needs to make the report again: kept in the file, and shown nowhere.

    `commit` is the full name of the commit, or empty, and `modified` whether the plan's files
    differed from it; `folder` is the plan's in its repository, empty for the top. `since` is the
    commit that the changes are counted from, if any, and `since_day` how its day was called;
    `is_cut_off` tells that the clone lacked the older part of the history.
    """

    kimplan: str
    commit: str = ""
    modified: bool = False
    folder: str = ""
    since: str = ""
    since_day: date | None = None
    is_cut_off: bool = False


class ReportDocument(NamedTuple):
    """Everything the report says, in the order of its pages.

    `changes` are those since the last report, if they were asked for, and `trend` the ratings over
    the months; `moves` are all moves of dates, if there were any. `font_size` is that of the cells
    in points, or None for the template's own.
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
    trend: Trend | None = None
    moves: Listing | None = None
    origin: Origin | None = None
