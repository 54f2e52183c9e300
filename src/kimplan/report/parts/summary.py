"""The position at a glance: sentences, the counts of each rating, and a chart of the sections."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from kimplan.model.column_field import ColumnField
from kimplan.model.language import Language
from kimplan.model.plan import Plan
from kimplan.model.prose import Block, Span
from kimplan.model.rating import Rating
from kimplan.model.recommendation import Recommendation
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
from kimplan.report.listing import in_language, labelled
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
    say = settings.language.say
    yield Heading(say(HEADING))
    columns = (
        labelled(settings, ColumnField.RAG, Width(31, 27)),
        *in_language(_COLUMNS, settings.language),
    )
    yield Table(say(HEADING), say(_DESCRIPTION), columns, tuple(_rows(plan, summary)))
    note = Span(_note(plan, as_of))
    yield Paragraph(Block((note, *_completed_late(plan, summary))), Role.NOTE)
    yield _chart(plan, as_of)


def _rows(plan: Plan, summary: Summary) -> Iterator[TableRow]:
    labels = plan.settings.ratings
    for rating in labels.scheme.ratings:
        label, number = labels[rating], summary.by_rating[rating]
        yield _row(label.label, label.meaning, number, summary.late[rating], rating)
    say = plan.settings.language.say
    yield _row(say("Total"), say("All recommendations"), summary.total, summary.overdue)


def _row(
    label: str, meaning: str, number: int, overdue: int, rating: Rating | None = None
) -> TableRow:
    name = Cell((line(label, bold=True),), rating)
    return TableRow((name, cell(meaning), _number(number), _number(overdue)))


def _number(number: int) -> Cell:
    return Cell((line(str(number), bold=True),), number)


def _note(plan: Plan, as_of: date) -> str:
    return plan.settings.language.say(
        "An item is overdue when its rating is {names} and the last day of its estimated "
        "completion date is before {day}.",
        names=open_names(plan.settings), day=plan.settings.language.day(as_of),
    )  # fmt: skip


def _completed_late(plan: Plan, summary: Summary) -> Iterator[Span]:
    """Yield which recommendations were completed after their date, and by how much, if any were.

    They stand with the latest first; each ref leads to its row.
    """
    closed = [item for item in plan.recommendations if not item.rag.is_open]
    late = [(days, item.ref) for item in closed if (days := completed_late(item) or 0) > 0]
    if not late:
        return
    late.sort(key=lambda one: -one[0])
    language = plan.settings.language
    yield Span(f" {_how_many_late(len(late), summary, language)} ")
    for number, (days, ref) in enumerate(late[:_MOST_REFS]):
        yield Span(ref, link=f"#{ref}")
        is_last = number + 1 == min(len(late), _MOST_REFS)
        by = language.say("by {days}", days=language.counted(days, "day"))
        yield Span(f" {by}{_rest(len(late), language) if is_last else ', '}")


def _how_many_late(number: int, summary: Summary, language: Language) -> str:
    items = language.counted(summary.completed, "completed recommendation")
    if number == 1:
        return language.say("1 of {items} with a promised date was late:", items=items)
    text = "{number:,} of {items} with a promised date were late:"
    return language.say(text, number=number, items=items)


def _rest(number: int, language: Language) -> str:
    left = number - _MOST_REFS
    return f"{language.say(', and {number:,} more', number=left)}." if left > 0 else "."


def _chart(plan: Plan, as_of: date) -> Figure:
    items: defaultdict[str, list[Recommendation]] = defaultdict(list)
    for item in plan.recommendations:
        items[item.section].append(item)
    sections = plan.settings.sections
    summaries = [summarise(items[section.id], as_of) for section in sections]
    categories = tuple(as_label(section.title) for section in sections)
    series, language = rating_series(plan.settings, summaries), plan.settings.language
    first = language.say("Bar chart of the recommendations by section and rating.")
    return Figure(
        caption=language.say(
            "Recommendations by section and rating. "
            "The table of recommendations holds the same figures."
        ),
        alt_text=describe_chart(first, categories, series, language),
        categories=categories,
        series=series,
        beside=True,
    )
