"""The board's dashboard as a page; it is internal, and says so."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from kimplan.answers.board.dashboard import Dashboard, read_dashboard
from kimplan.answers.group import Owed, PlanOf
from kimplan.answers.naming import owner_name
from kimplan.answers.summary import compliance
from kimplan.answers.why import why_late
from kimplan.html.anchors import anchor_prefixes
from kimplan.html.bars import Chart, bar, chart
from kimplan.html.board_filters import filters_of
from kimplan.html.board_records import groups_of
from kimplan.html.page import STYLE, render, title_of
from kimplan.model.plan import Plan, Settings
from kimplan.model.prose import Block, Span, parse_prose
from kimplan.model.rating import Rating, Scheme
from kimplan.report.cells import EMPTY, as_label, cell
from kimplan.report.document import Cell, Element, Figure, TableColumn, TableRow, Width
from kimplan.report.listing import dated_columns, dated_row
from kimplan.report.parts import changes, evidence
from kimplan.report.parts.trend import LEAST, Point, draw_trend
from kimplan.report.position import describe_position, state_remarks
from kimplan.report.request import Request
from kimplan.report.since import Since

_WHY = Width(78, 45)
_MOST_CHANGES = 100  # of a plan; the others are counted


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


class _OwedTable(NamedTuple):
    """The columns of a table, and its rows behind the prefixes of their anchors."""

    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[str, TableRow], ...]


class _Trend(NamedTuple):
    """How the ratings moved: the report's figure, and its columns."""

    figure: Figure
    chart: Chart


def board_page(plans: Sequence[BoardPlan], day: date, warning: str = "") -> str:
    """Return the dashboard of one plan or more on a day, as a page.

    The `warning` says which plans are left out, if any.
    """
    board = read_dashboard([one.of for one in plans], day)
    prefixes = anchor_prefixes([one.of.name for one in plans])
    filters = filters_of(board)
    summary, settings = board.total.summary, _leading_settings(board.plans)
    return render(
        "board.html.j2",
        board.language,
        styles=(STYLE, "board.css"),
        scripts=("board.js",),
        board=board,
        plans=plans,
        audience=settings.audience,
        title=_title(board),
        tab=title_of(_title(board), board.language.say("Dashboard")),
        position="" if board.is_several else describe_position(summary, settings),
        remarks=(*filter(None, [warning]), *_remarks(board)),
        applying=summary.total - summary.by_rating[Rating.NOT_APPLICABLE],
        meanings={one: _meaning(board, one) for one in board.ratings},
        late=_owed_table(board, prefixes, board.late, is_late=True),
        soon=_owed_table(board, prefixes, board.soon, is_late=False),
        evidence=tuple(_told(board, plans, prefixes, evidence.build)),
        changes=tuple(_told(board, plans, prefixes, _changes)),
        soon_note=_soon_note(board),
        trend=_trend(board, plans),
        groups=groups_of(board, prefixes, filters),
        filters=filters,
        word=lambda name: owner_name(name, board.language),
        percent_of=compliance,
        bar_of=bar,
        parse_prose=parse_prose,
    )


def _leading_settings(plans: Sequence[PlanOf]) -> Settings:
    """Return the settings by whose words several plans are shown together.

    Their scheme is the larger one, if any plan has it, which can tell the ratings of the other.
    """
    found = [of.plan.settings for of in plans]
    return next((one for one in found if one.ratings.scheme is Scheme.BRAG), found[0])


def _title(board: Dashboard) -> str:
    if not board.is_several:
        return as_label(board.plans[0].plan.settings.title)
    number = len(board.plans)
    if number == 1:
        return board.language.say("1 action plan")
    return board.language.say("{number:,} action plans", number=number)


def _meaning(board: Dashboard, rating: Rating) -> str:
    """Return what a rating means in the first plan that has it."""
    known = (of.plan.settings.ratings for of in board.plans)
    return next(one[rating].meaning for one in known if rating in one.scheme.ratings)


def _soon_note(board: Dashboard) -> str:
    """Return how soon is soon, if all plans say the same, and whether actions are counted."""
    say, language = board.language.say, board.language
    has_actions = any(owed.timed.promise.action for owed in board.soon)
    ahead = language.counted(board.within, "day") if board.within else ""
    if not ahead:
        return say("with actions") if has_actions else ""
    if has_actions:
        return say("within {days}, with actions", days=ahead)
    return say("within {days}", days=ahead)


def _remarks(board: Dashboard) -> Iterator[str]:
    """Yield what a reader must know of the files' state, after the plan's name among several."""
    for one in board.plans:
        for remark in state_remarks(one.plan, board.day):
            yield f"{one.name}: {remark}" if board.is_several else remark


def _owed_table(
    board: Dashboard, prefixes: Sequence[str], found: Sequence[Owed], *, is_late: bool
) -> _OwedTable:
    """Return the table of what is late or falls due soon in all plans."""
    say = board.language.say
    places = dict(zip((of.name for of in board.plans), prefixes, strict=True))
    label = say("Overdue by") if is_late else say("Due in")
    columns = dated_columns(_leading_settings(board.plans), "days", label)
    rows = [_owed_row(board, one, is_late=is_late) for one in found]
    reasons = [why_late(one.timed.promise, board.day, board.language) for one in found]
    if is_late and any(reasons):
        columns = (*columns, TableColumn("why", say("Why"), _WHY))
        rows = [
            row._replace(cells=(*row.cells, cell(reason) if reason else EMPTY))
            for row, reason in zip(rows, reasons, strict=True)
        ]
    befores = (places[one.of.name] for one in found)
    return _OwedTable(columns, tuple(zip(befores, rows, strict=True)))


def _owed_row(board: Dashboard, owed: Owed, *, is_late: bool) -> TableRow:
    """Return a row as the report has it; among several plans its ref is behind the plan's name."""
    language, days = board.language, owed.timed.days
    text = language.counted(days, "day") if days else language.say("Due today")
    row = dated_row(owed.timed.promise, cell(text, value=days)._replace(late=is_late), language)
    anchor = f"#{owed.timed.promise.item.ref}"
    ref = Cell((Block((Span(owed.ref, link=anchor),)),))
    return row._replace(cells=(ref, *row.cells[1:]))


def _told(
    board: Dashboard,
    plans: Sequence[BoardPlan],
    prefixes: Sequence[str],
    build: Callable[[Plan, Request], Iterator[Element]],
) -> Iterator[_Told]:
    """Yield what the report says of each plan: the evidence to renew, or what changed."""
    for at, one in enumerate(plans):
        request = Request(board.day, one.version, since=one.since)
        if elements := tuple(build(one.of.plan, request)):
            yield _Told(one.of.name, prefixes[at], elements)


def _changes(plan: Plan, request: Request) -> Iterator[Element]:
    return changes.build(plan, request, _MOST_CHANGES)


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
    figure = draw_trend(points, _leading_settings(board.plans), board.language)
    return _Trend(figure, chart(figure, [point.day for point in points], board.language))
