"""A short table of recommendations with a reason to be listed, below its heading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kimplan.model.column_field import ColumnField
from kimplan.model.language import Language
from kimplan.model.plan import Settings
from kimplan.report.cells import as_label, cell, line, linked, promised
from kimplan.report.document import (
    Cell,
    Element,
    Heading,
    Paragraph,
    Role,
    Table,
    TableColumn,
    TableRow,
    Width,
)
from kimplan.schedule import Promise, Timed


def listing(
    heading: str,
    introduction: str,
    columns: tuple[TableColumn, ...],
    rows: Sequence[TableRow],
    note: str = "",
) -> Iterator[Element]:
    """Yield a heading, a sentence, a table unless it has no rows, and a note if there is one."""
    yield Heading(heading)
    yield Paragraph(line(introduction), Role.INTRODUCTION)
    if rows:
        yield Table(heading, introduction, columns, tuple(rows))
    if note:
        yield Paragraph(line(note), Role.NOTE)


def labelled(settings: Settings, field: ColumnField, width: Width) -> TableColumn:
    """Return a column that is called what the plan calls its own column of `field`."""
    return TableColumn(field, settings.label(field), width)


def in_language(columns: Iterable[TableColumn], language: Language) -> tuple[TableColumn, ...]:
    """Return columns with their labels, which are English, in a language."""
    return tuple(column._replace(label=language.say(column.label)) for column in columns)


def ref_column(settings: Settings) -> TableColumn:
    """Return the column of the refs that lead to their rows."""
    return labelled(settings, ColumnField.REF, Width(17, 16))


def dated_columns(settings: Settings, field: str, label: str) -> tuple[TableColumn, ...]:
    """Return the columns of recommendations with their dates; one of them counts days."""
    return (
        ref_column(settings),
        labelled(settings, ColumnField.RECOMMENDATION, Width(96, 55)),
        labelled(settings, ColumnField.DUE, Width(56.5, 36)),
        TableColumn(field, label, Width(24, 22)),
        labelled(settings, ColumnField.OWNERS, Width(73.5, 45)),
    )


def actions_among(items: Sequence[Timed], language: Language) -> str:
    """Return how many of the rows are actions, which the counts of recommendations leave out."""
    number = sum(one.action is not None for one, _ in items)
    if not number:
        return ""
    if number == len(items):
        if number == 1:
            return language.say("; it is an action")
        return language.say("; all {number:,} are actions", number=number)
    if number == 1:
        return language.say("; 1 of the {all:,} is an action", all=len(items))
    return language.say("; {number:,} of the {all:,} are actions", number=number, all=len(items))


def next_days(within: int, language: Language) -> str:
    """Return so many days as what comes next: ``90 days``, and ``day`` for one."""
    return language.counted(within, "day") if within > 1 else language.say("day")


def dated_row(promise: Promise, days: Cell, language: Language) -> TableRow:
    """Return the row of a recommendation or an action, whose ref leads to its row in the plan."""
    title = as_label(promise.title)
    moves = (promise.action or promise.item).revisions
    return TableRow(
        (
            linked(promise.item.ref),
            cell(language.say("Action: {title}", title=title) if promise.action else title),
            promised(promise.due, moves, language),
            days,
            cell(*promise.owners),
        )
    )
