"""The board's dashboard as a page; it is internal, and says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from kimplan.answers.board.dashboard import Dashboard, read_dashboard
from kimplan.answers.board.entries import Urgent
from kimplan.answers.board.figures import Figures
from kimplan.answers.group import PlanOf
from kimplan.answers.naming import NO_OWNER
from kimplan.html.bars import Chart, chart, rating_segments, segments
from kimplan.html.board_records import STATES, groups_of, prefix_of
from kimplan.html.page import STYLE, render
from kimplan.model.prose import Span
from kimplan.report.cells import EMPTY, as_label, cell
from kimplan.report.document import Element, Figure, TableColumn, TableRow, Width
from kimplan.report.listing import dated_columns, dated_row
from kimplan.report.parts import changes, evidence
from kimplan.report.parts.trend import LEAST, Point, draw_trend
from kimplan.report.position import describe_position, state_remarks
from kimplan.report.request import Request
from kimplan.report.since import Since
from kimplan.report.why import why_late
from kimplan.summary import summarise

_WHY = Width(78, 45)
_STATES = {
    "open": "Open",
    "overdue": "Overdue",
    "soon": "Due soon",
    "undated": "Without a date",
    "closed": "Closed",
}


class BoardPlan(NamedTuple):
    """A plan of the dashboard: the version of its files in words, and what happened since."""

    of: PlanOf
    version: str = ""
    since: Since | None = None


class _Told(NamedTuple):
    """What the report says of a plan, with what stands before its refs in the page's anchors."""

    name: str
    prefix: str
    elements: tuple[Element, ...]


class _Trend(NamedTuple):
    """How the ratings moved: a chart of the months, and the same figures as a table."""

    figure: Figure
    chart: Chart
    months: tuple[Figures, ...]


def board_page(plans: Sequence[BoardPlan], day: date) -> str:
    """Return the dashboard of one plan or more on a day, as a page."""
    board = read_dashboard([one.of for one in plans], day)
    return render(
        "board.html.j2",
        board.language,
        styles=(STYLE, "board.css"),
        scripts=("board.js",),
        board=board,
        plans=plans,
        scheme=board.settings.ratings.scheme,
        labels=board.settings.ratings,
        title=_title(board),
        position="" if board.is_several else _position(board),
        remarks=tuple(_remarks(board)),
        late=_urgent_table(board, board.late, is_late=True),
        soon=_urgent_table(board, board.soon, is_late=False),
        evidence=tuple(_told(board, plans, with_evidence=True)),
        changes=tuple(_told(board, plans, with_evidence=False)),
        trend=_trend(board, plans),
        groups=groups_of(board),
        options=_options(board),
        segments=segments,
        rating_segments=rating_segments,
    )


def _options(board: Dashboard) -> dict[str, list[tuple[str, str]]]:
    """Return what can be chosen in each filter: the values in an address, and their words."""
    say, choices, labels = board.language.say, board.choices, board.settings.ratings
    states = (say(_STATES[state]) for state in STATES)
    return {
        "plan": [(name, name) for name in choices.plans],
        "rating": [(one.value, labels[one].label) for one in choices.ratings],
        "section": [(title, title) for title in choices.sections],
        "owner": [(o, say(NO_OWNER) if o == NO_OWNER else o) for o in choices.owners],
        "state": list(zip(STATES, states, strict=True)),
    }


def _title(board: Dashboard) -> str:
    if not board.is_several:
        return as_label(board.settings.title)
    return board.language.say("{number:,} action plans", number=len(board.plans))


def _position(board: Dashboard) -> str:
    return describe_position(board.total.summary, board.settings)


def _remarks(board: Dashboard) -> Iterator[str]:
    """Yield what a reader must know of the files' state, after the plan's name among several."""
    for one in board.plans:
        for remark in state_remarks(one.plan, board.day):
            yield f"{one.name}: {remark}" if board.is_several else remark


def _urgent_table(
    board: Dashboard, rows: Sequence[Urgent], *, is_late: bool
) -> tuple[tuple[TableColumn, ...], tuple[tuple[str, TableRow], ...]]:
    """Return the columns and the rows of what is late or soon, each with its anchors' prefix."""
    say = board.language.say
    label = say("Overdue by") if is_late else say("Due in")
    columns = dated_columns(board.settings, "days", label)
    shown = [(prefix_of(board, one.at), _urgent_row(board, one, is_late=is_late)) for one in rows]
    reasons = [why_late(one.timed.promise, board.day, board.language) for one in rows]
    if is_late and any(reasons):
        columns = (*columns, TableColumn("why", say("Why"), _WHY))
        shown = [
            (prefix, row._replace(cells=(*row.cells, cell(reason) if reason else EMPTY)))
            for (prefix, row), reason in zip(shown, reasons, strict=True)
        ]
    return columns, tuple(shown)


def _urgent_row(board: Dashboard, one: Urgent, *, is_late: bool) -> TableRow:
    """Return a row as the report has it; among several plans its ref is behind the plan's name."""
    language, days = board.language, one.timed.days
    text = language.counted(days, "day") if days else language.say("Due today")
    row = dated_row(one.timed.promise, cell(text, value=days)._replace(late=is_late), language)
    if not board.is_several:
        return row
    ref, *rest = row.cells
    spans = (Span(f"{one.of.name} "), *ref.blocks[0].spans)
    return row._replace(cells=(ref._replace(blocks=(ref.blocks[0]._replace(spans=spans),)), *rest))


def _told(
    board: Dashboard, plans: Sequence[BoardPlan], *, with_evidence: bool
) -> Iterator[_Told]:
    """Yield what the report says of each plan: the evidence to renew, or what changed."""
    build = evidence.build if with_evidence else changes.build
    for at, one in enumerate(plans):
        request = Request(board.day, one.version, since=one.since)
        if elements := tuple(build(one.of.plan, request)):
            yield _Told(one.of.name, prefix_of(board, at), elements)


def _trend(board: Dashboard, plans: Sequence[BoardPlan]) -> _Trend | None:
    """Return the ratings of all plans month by month; None of fewer than three points."""
    known = [one.since.months for one in plans if one.since]
    days = sorted({month.day for months in known for month in months})
    if len(known) < len(plans) or len(days) + 1 < LEAST:
        return None
    points = [
        Point(day, [
            item
            for months in known
            for item in next((one.items for one in reversed(months) if one.day <= day), ())
        ])
        for day in days
    ]  # fmt: skip
    points.append(Point(board.day, [entry.item for entry in board.entries]))
    figure = draw_trend(points, board.settings, board.language)
    months = tuple(
        Figures(name, summarise(items, day))
        for name, (day, items) in zip(figure.categories, points, strict=True)
    )
    return _Trend(figure, chart(figure, [day for day, _ in points], board.language), months)
