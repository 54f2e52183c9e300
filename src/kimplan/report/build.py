"""A plan and a date to the report as plain data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from kimplan.model.due import show_day
from kimplan.model.plan import Layout, Plan
from kimplan.model.prose import parse_prose
from kimplan.model.rating import Rating
from kimplan.model.recommendation import Recommendation
from kimplan.plural import count
from kimplan.report.cells import cell, due, line, linked, owners, row_cells
from kimplan.report.document import (
    Cell,
    Chart,
    Column,
    CountRow,
    Listing,
    Origin,
    ReportDocument,
    Row,
    Section,
    Series,
    Trend,
)
from kimplan.report.moves import list_moves
from kimplan.report.position import describe_position, rating_name
from kimplan.schedule import due_soon, overdue
from kimplan.summary import Summary, summarise

if TYPE_CHECKING:
    from kimplan.report.since import Since


class Request(NamedTuple):
    """What somebody asked of a report; None leaves a choice to the plan or the template.

    `version` says which version of the plan the report is of, for the footer, and `origin` the
    same for those who make it again. `since` is what happened since the last report.
    """

    as_of: date
    version: str
    layout: Layout | None = None
    font_size: float | None = None
    origin: Origin | None = None
    since: Since | None = None


def build_report(plan: Plan, request: Request) -> ReportDocument:
    """Return what the report of `plan` says on the day `request.as_of`."""
    settings, as_of = plan.settings, request.as_of
    summary = summarise(plan.recommendations, as_of)
    position = f"Position at {show_day(as_of)}"
    changes, trend = _since(plan, request)
    title = heading(settings.title)
    return ReportDocument(
        title=title,
        organisation=settings.organisation,
        subtitle=f"{settings.organisation} · Report to the {settings.audience} · {position}",
        header=f"{settings.organisation} – {title}",
        footer=f"{position} · {request.version}",
        as_of=as_of,
        position=describe_position(summary, settings.ratings, settings.organisation),
        counts=tuple(_counts(plan, summary)),
        counts_note=_counts_note(plan, as_of),
        chart=_chart(plan, as_of),
        changes=changes,
        overdue=_overdue(plan, as_of),
        due_soon=_due_soon(plan, as_of),
        plan_heading="Action plan",
        columns=tuple(Column(c.field, c.label, c.width) for c in settings.columns),
        sections=tuple(_sections(plan)),
        layout=request.layout or settings.report.layout,
        font_size=request.font_size or settings.report.font_size,
        trend=trend,
        moves=list_moves(plan),
        origin=request.origin,
    )


def _since(plan: Plan, request: Request) -> tuple[Listing | None, Trend | None]:
    """Return the changes and the trend, if they were asked for; only then is history loaded."""
    if request.since is None:
        return None, None
    from kimplan.report.change_table import list_changes
    from kimplan.report.trend import draw_trend

    return list_changes(plan, request.since), draw_trend(plan, request.as_of, request.since.months)


def heading(title: str) -> str:
    """Return a title as a heading or a label: on one line, without its full stop."""
    return " ".join(title.split()).removesuffix(".")


def _counts(plan: Plan, summary: Summary) -> Iterator[CountRow]:
    for rating, number in summary.by_rating.items():
        label = plan.settings.ratings[rating]
        yield CountRow(rating, label.label, label.meaning, number, summary.late[rating])
    yield CountRow(None, "Total", "All recommendations", summary.total, summary.overdue)


def _open_names(plan: Plan) -> str:
    labels = plan.settings.ratings
    return f"{rating_name(labels, Rating.AMBER)} or {rating_name(labels, Rating.RED)}"


def _counts_note(plan: Plan, as_of: date) -> str:
    return (
        f"An item is overdue when its rating is {_open_names(plan)} and the last day of its "
        f"estimated completion date is before {show_day(as_of)}."
    )


def _chart(plan: Plan, as_of: date) -> Chart:
    items: defaultdict[str, list[Recommendation]] = defaultdict(list)
    for item in plan.recommendations:
        items[item.section].append(item)
    sections = plan.settings.sections
    summaries = [summarise(items[section.id], as_of) for section in sections]
    categories = tuple(heading(section.title) for section in sections)
    series = tuple(one for one in rating_series(plan, summaries) if any(one.values))
    return Chart(
        caption="Figure 1. Recommendations by section and rating. "
        "The table of recommendations holds the same figures.",
        alt_text=describe_chart(
            "Bar chart of the recommendations by section and rating.", categories, series
        ),
        categories=categories,
        series=series,
    )


def rating_series(plan: Plan, summaries: Sequence[Summary]) -> Iterator[Series]:
    """Yield how many there are of each rating, those overdue apart, for each of `summaries`."""
    for rating in Rating:
        name = rating_name(plan.settings.ratings, rating)
        all_of_it = tuple(summary.by_rating[rating] for summary in summaries)
        late = tuple(summary.late[rating] for summary in summaries)
        if not rating.is_open:
            yield Series(name, rating, False, all_of_it)
            continue
        on_time = tuple(a - b for a, b in zip(all_of_it, late, strict=True))
        yield Series(f"{name}, on time", rating, False, on_time)
        yield Series(f"{name}, overdue", rating, True, late)


def describe_chart(first: str, categories: tuple[str, ...], series: tuple[Series, ...]) -> str:
    """Return all figures of a chart in words, after its `first` sentence."""
    sentences = [first]
    for index, category in enumerate(categories):
        parts = [f"{one.values[index]} {one.name}" for one in series if one.values[index]]
        sentences.append(f"{category}: {'; '.join(parts) or 'none'}.")
    return " ".join(sentences)


def _overdue(plan: Plan, as_of: date) -> Listing:
    rows = tuple(
        _listed(plan, item, Cell((line(count(days, "day"), bold=True),), late=True))
        for (item, action, _), days in overdue(plan, as_of)
        if action is None
    )
    text = "items whose estimated completion date has passed, oldest first."
    none = "item is past its estimated completion date."
    return Listing(
        heading=f"Overdue items ({len(rows)})",
        introduction=f"{_open_names(plan)} {text}" if rows else f"No {_open_names(plan)} {none}",
        labels=("Ref", "Recommendation", "Est completion date", "Overdue by", "Owner"),
        rows=rows,
    )


def _due_soon(plan: Plan, as_of: date) -> Listing:
    within = plan.settings.due_soon_days
    rows = tuple(
        _listed(plan, item, cell(count(days, "day") if days else "Due today"))
        for (item, action, _), days in due_soon(plan, as_of, within)
        if action is None
    )
    period = count(within, "day") if within > 1 else "day"
    some = f"{_open_names(plan)} items that fall due soon, earliest first."
    none = f"No {_open_names(plan)} item falls due in the next {period}."
    return Listing(
        heading=f"Due in the next {period} ({len(rows)})",
        introduction=some if rows else none,
        labels=("Ref", "Recommendation", "Est completion date", "Due in", "Owner"),
        rows=rows,
    )


def _listed(plan: Plan, item: Recommendation, days: Cell) -> tuple[Cell, ...]:
    settings = plan.settings
    return (
        linked(item.ref),
        cell(heading(item.title)),
        due(item, settings),
        days,
        owners(item, settings),
    )


def _sections(plan: Plan) -> Iterator[Section]:
    cells = row_cells(plan.settings)
    rows: defaultdict[str, list[Row]] = defaultdict(list)
    for item in plan.recommendations:
        rows[item.section].append(Row(item.ref, cells(item)))
    for section in plan.settings.sections:
        narrative = parse_prose(section.narrative or "")
        title = " ".join(section.title.split())
        yield Section(title, narrative, tuple(rows[section.id]))
