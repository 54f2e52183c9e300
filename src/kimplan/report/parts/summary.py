"""The position at a glance: sentences, the counts of each rating, and a chart of the sections."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from kimplan.model.due import show_day
from kimplan.model.plan import ColumnField, Plan
from kimplan.model.prose import Block, Span
from kimplan.model.rating import Rating
from kimplan.model.recommendation import Recommendation
from kimplan.plural import count
from kimplan.report.cells import as_label, cell, line
from kimplan.report.chart import describe_chart, rating_series
from kimplan.report.document import (
    Cell,
    Element,
    Figure,
    Heading,
    Paragraph,
    Role,
    Table,
    TableColumn,
    TableRow,
    Width,
)
from kimplan.report.listing import labelled
from kimplan.report.position import open_names, position_of
from kimplan.report.request import Request
from kimplan.schedule import completed_late
from kimplan.summary import Summary, summarise

HEADING = "Position at a glance"
_COLUMNS = (
    TableColumn("meaning", "What it means", Width(51, 26)),
    TableColumn("number", "Number", Width(20, 18)),
    TableColumn("overdue", "Overdue", Width(23, 20)),
)
_MOST_REFS = 10
_DESCRIPTION = (
    "For each RAG rating: its meaning, how many recommendations have it, and how many of them "
    "are overdue."
)


def build(plan: Plan, request: Request) -> Iterator[Element]:
    """Yield where the plan stands."""
    settings, as_of = plan.settings, request.as_of
    summary = summarise(plan.recommendations, as_of)
    yield Paragraph(line(position_of(plan, request)), Role.POSITION)
    for remark in request.remarks:
        yield Paragraph(line(remark), Role.REMARK)
    yield Heading(HEADING)
    columns = (labelled(settings, ColumnField.RAG, Width(31, 27)), *_COLUMNS)
    yield Table(HEADING, _DESCRIPTION, columns, tuple(_rows(plan, summary)))
    note = Span(_note(plan, as_of))
    yield Paragraph(Block((note, *_completed_late(plan, summary))), Role.NOTE)
    yield _chart(plan, as_of)


def _rows(plan: Plan, summary: Summary) -> Iterator[TableRow]:
    for rating, number in summary.by_rating.items():
        label = plan.settings.ratings[rating]
        yield _row(label.label, label.meaning, number, summary.late[rating], rating)
    yield _row("Total", "All recommendations", summary.total, summary.overdue)


def _row(
    label: str, meaning: str, number: int, overdue: int, rating: Rating | None = None
) -> TableRow:
    name = Cell((line(label, bold=True),), rating)
    return TableRow((name, cell(meaning), _number(number), _number(overdue)))


def _number(number: int) -> Cell:
    return Cell((line(str(number), bold=True),), number)


def _note(plan: Plan, as_of: date) -> str:
    return (
        f"An item is overdue when its rating is {open_names(plan.settings.ratings)} and the last "
        f"day of its estimated completion date is before {show_day(as_of)}."
    )


def _completed_late(plan: Plan, summary: Summary) -> Iterator[Span]:
    """Yield which recommendations were completed after their date, and by how much, if any were.

    They stand with the latest first; each ref leads to its row.
    """
    closed = [item for item in plan.recommendations if not item.rag.is_open]
    late = [(days, item.ref) for item in closed if (days := completed_late(item) or 0) > 0]
    if not late:
        return
    late.sort(key=lambda one: -one[0])
    were = "was" if len(late) == 1 else "were"
    completed = count(summary.completed, "completed recommendation")
    yield Span(f" {len(late):,} of {completed} with a promised date {were} late: ")
    for number, (days, ref) in enumerate(late[:_MOST_REFS]):
        yield Span(ref, link=f"#{ref}")
        is_last = number + 1 == min(len(late), _MOST_REFS)
        yield Span(f" by {count(days, 'day')}{_rest(len(late)) if is_last else ', '}")


def _rest(number: int) -> str:
    return f", and {number - _MOST_REFS:,} more." if number > _MOST_REFS else "."


def _chart(plan: Plan, as_of: date) -> Figure:
    items: defaultdict[str, list[Recommendation]] = defaultdict(list)
    for item in plan.recommendations:
        items[item.section].append(item)
    sections = plan.settings.sections
    summaries = [summarise(items[section.id], as_of) for section in sections]
    categories = tuple(as_label(section.title) for section in sections)
    series = rating_series(plan.settings.ratings, summaries)
    first = "Bar chart of the recommendations by section and rating."
    return Figure(
        caption="Recommendations by section and rating. "
        "The table of recommendations holds the same figures.",
        alt_text=describe_chart(first, categories, series),
        categories=categories,
        series=series,
        beside=True,
    )
