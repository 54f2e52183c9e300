"""What is overdue, oldest first."""

from __future__ import annotations

from collections.abc import Iterator

from kimplan.answers.naming import undated_sentence
from kimplan.answers.why import why_late
from kimplan.model.column_field import ColumnField
from kimplan.model.language import Language
from kimplan.model.plan import Plan, Settings
from kimplan.model.prose import Block, Span
from kimplan.report.cells import EMPTY, cell, line
from kimplan.report.document import Cell, Element, Paragraph, Role, TableColumn, TableRow, Width
from kimplan.report.listing import (
    actions_among,
    dated_columns,
    dated_row,
    labelled,
    listing,
    ref_column,
)
from kimplan.report.position import open_names
from kimplan.report.request import Request
from kimplan.schedule import overdue, undated

_FIELD, _LABEL = "days_overdue", "Overdue by"


def build(plan: Plan, request: Request) -> Iterator[Element]:
    """Yield the open items and actions whose date has passed.

    Why each is late has a column if the plan says it of any.
    """
    settings, language = plan.settings, plan.settings.language
    late, names = overdue(plan, request.as_of), open_names(settings)
    rows = [dated_row(promise, _late(days, language), language) for promise, days in late]
    columns = dated_columns(settings, _FIELD, language.say(_LABEL))
    reasons = [why_late(promise, request.as_of, language) for promise, _ in late]
    if any(reasons):
        columns = _columns_with_reasons(settings)
        rows = [_with_reason(row, reason) for row, reason in zip(rows, reasons, strict=True)]
    heading = language.say("Overdue items ({number})", number=len(rows))
    introduction = language.say(
        "{names} items whose estimated completion date has passed, oldest first{actions}.",
        names=names, actions=actions_among(late, language),
    )  # fmt: skip
    if not rows:
        text = "No {names} item is past its estimated completion date."
        introduction = language.say(text, names=names)
    yield from listing(heading, introduction, columns, rows)
    yield from _undated(plan)


def _undated(plan: Plan) -> Iterator[Element]:
    """Yield which open items have no date agreed, each a link to its row, if there are any."""
    items = undated(plan.recommendations)
    if not items:
        return
    sentence = undated_sentence(len(items), language=plan.settings.language).removesuffix(".")
    spans = [Span(f"{sentence}: ")]
    for number, item in enumerate(items, 1):
        spans += [Span(item.ref, link=f"#{item.ref}"), Span(", " if number < len(items) else ".")]
    yield Paragraph(Block(tuple(spans)), Role.NOTE)


def _columns_with_reasons(settings: Settings) -> tuple[TableColumn, ...]:
    say = settings.language.say
    return (
        ref_column(settings),
        labelled(settings, ColumnField.RECOMMENDATION, Width(72, 45)),
        labelled(settings, ColumnField.DUE, Width(36, 30)),
        TableColumn(_FIELD, say(_LABEL), Width(22, 20)),
        labelled(settings, ColumnField.OWNERS, Width(42, 32)),
        TableColumn("why", say("Why"), Width(78, 45)),
    )


def _with_reason(row: TableRow, reason: str) -> TableRow:
    return row._replace(cells=(*row.cells, cell(reason) if reason else EMPTY))


def _late(days: int, language: Language) -> Cell:
    return Cell((line(language.counted(days, "day"), bold=True),), days, late=True)
