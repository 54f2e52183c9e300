"""A workbook of plans as plain data: its sheets, their columns, and what each cell shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import NamedTuple, TypeAlias

from kimplan.answers.group import PlanOf
from kimplan.answers.naming import sentence_case
from kimplan.answers.tables.book_columns import (
    LAST_DAY,
    TOLD,
    BookColumn,
    plan_columns,
    table_columns,
)
from kimplan.answers.tables.book_owners import owner_sheet_rows, plan_rows
from kimplan.answers.tables.parts import action_rows, evidence_rows, progress_rows, revision_rows
from kimplan.answers.tables.promised import overdue_rows
from kimplan.answers.tables.records import own_fields, recommendation_rows
from kimplan.answers.tables.table import Kind, Row, RowTable, Value
from kimplan.answers.tables.told import told
from kimplan.model.column_field import ColumnField
from kimplan.model.due import Due, NotADateError, parse_promise, show_day
from kimplan.model.language import Language
from kimplan.model.plan import Settings

Shown: TypeAlias = str | int | date | None
ShownRow: TypeAlias = tuple[Shown, ...]

PLAN, OVERDUE, OWNERS, PLANS = "Action plan", "Overdue", "Owners", "Plans"
ACTIONS, REVISIONS, EVIDENCE, PROGRESS = "Actions", "Revisions", "Evidence", "Progress"
YES, NO = "Yes", "No"
_NONE = "No recommendation is among what was asked for."
_MOST_COLUMNS = 100  # which is what an import reads
_A_DAY = len("2024-07-31")
_FIRST_YEAR = 1000  # of those that are read again when they are shown in words


class BookSheet(NamedTuple):
    """A sheet: its name, its columns, its rows, and a sentence for when there are none."""

    name: str
    columns: tuple[BookColumn, ...]
    rows: list[ShownRow]
    otherwise: str = ""


def book_sheets(plans: Sequence[PlanOf], as_of: date) -> list[BookSheet]:
    """Return the sheets of a workbook of `plans` on the day `as_of`.

    Words stand as the first plan's language has them. Columns that say nothing are left out.
    """
    is_several = len(plans) > 1 or any(member.name for member in plans)
    day, settings = show_day(as_of), plans[0].plan.settings

    def sheet(name: str, table: RowTable, otherwise: str = "") -> BookSheet:
        columns = table_columns(table.fields, is_several=is_several)
        return _sheet(name, columns, table, settings.language, otherwise)

    actions, progress = action_rows(plans, as_of), progress_rows(plans)
    found = [
        _plan_sheet(plans, as_of, is_several=is_several),
        sheet(OVERDUE, overdue_rows(plans, as_of), f"Nothing is overdue on {day}."),
        sheet(OWNERS, owner_sheet_rows(plans, as_of), "Nobody owns anything."),
        *([sheet(PLANS, plan_rows(plans, as_of))] if is_several else []),
        sheet(ACTIONS, actions),
        sheet(REVISIONS, revision_rows(plans), "No date has moved."),
        sheet(EVIDENCE, evidence_rows(plans), "No evidence is recorded."),
        sheet(PROGRESS, progress),
    ]
    return [one for one in found if one.rows or one.otherwise]


def _plan_sheet(plans: Sequence[PlanOf], as_of: date, *, is_several: bool) -> BookSheet:
    settings = plans[0].plan.settings
    table = recommendation_rows(plans, as_of)
    columns = plan_columns(settings, own_fields(plans), is_several=is_several)
    found = _sheet(PLAN, columns, table, settings.language, _NONE, plans)
    if len(found.columns) <= _MOST_COLUMNS:
        return found
    short = [one for one in columns if not (one.is_derived and one.key.startswith("fields."))]
    return _sheet(PLAN, short, recommendation_rows(plans, as_of), settings.language, _NONE, plans)


def _sheet(
    name: str,
    columns: Sequence[BookColumn],
    table: RowTable,
    language: Language,
    otherwise: str,
    plans: Sequence[PlanOf] = (),
) -> BookSheet:
    at = {field.key: place for place, field in enumerate(table.fields)}
    rows = list(table.rows)
    stored: list[list[Shown]] = []
    kept: list[BookColumn] = []
    for column in columns:
        shown = _column(column, at, rows, language, plans)
        is_said = any(value is not None for value in shown)
        if column.is_kept or is_said or (otherwise and not rows):
            kept.append(column)
            stored.append(shown)
    found = list(zip(*stored, strict=True)) if rows else []
    return BookSheet(name, tuple(kept), found, otherwise)


def _column(
    column: BookColumn,
    at: dict[str, int],
    rows: Sequence[Row],
    language: Language,
    plans: Sequence[PlanOf],
) -> list[Shown]:
    """Return what a column shows in each row."""
    key = column.key
    if key.startswith(TOLD):
        field = ColumnField(key.removeprefix(TOLD))
        items = (item for member in plans for item in member.plan.recommendations)
        return [told(field, item, language) for item in items]
    if key.endswith(LAST_DAY):
        return _last_days(key.removesuffix(LAST_DAY), at, rows)
    if key == "section":
        return list(_sections(at, rows, plans))
    place = at[key]
    if key == "publish" and all(row[place] for row in rows):
        return [None] * len(rows)
    if key == "first_agreed":
        due = at["due"]
        return [_date(row[place], language) if row[place] != row[due] else None for row in rows]
    show = _SHOW.get(column.kind, _as_it_is)
    shown = [show(row[place], language) for row in rows]
    return _with_date_texts(shown, plans) if key == "due" and plans else shown


def _with_date_texts(shown: Sequence[Shown], plans: Sequence[PlanOf]) -> list[Shown]:
    """Return the dates of recommendations; a closed one without a date has its rating's text."""
    texts = (
        member.plan.settings.ratings.date_text(item.rag)
        for member in plans
        for item in member.plan.recommendations
    )
    return [text if value is None else value for value, text in zip(shown, texts, strict=True)]


def _last_days(key: str, at: dict[str, int], rows: Sequence[Row]) -> list[Shown]:
    """Return the last days of dates, or nothing where all dates are days."""
    dates = [_due(row[at[key]]) for row in rows]
    if all(due is None or len(due.text) == _A_DAY for due in dates):
        return [None] * len(rows)
    return [due.last_day if due and due.is_agreed else None for due in dates]


def _sections(at: dict[str, int], rows: Sequence[Row], plans: Sequence[PlanOf]) -> Iterator[Shown]:
    names = section_names(plans[0].plan.settings) if len(plans) == 1 else {}
    for row in rows:
        yield names.get(str(row[at["section"]])) or str(row[at["section_title"]])


def section_names(settings: Settings) -> dict[str, str]:
    """Return what a workbook calls each section, by its id: no two the same."""
    titles = {one.id: " ".join(one.title.split()) for one in settings.sections}
    times = Counter(title.casefold() for title in titles.values())
    return {
        name: title if times[title.casefold()] == 1 else f"{title} ({name})"
        for name, title in titles.items()
    }


def _as_it_is(value: Value, language: Language) -> Shown:
    if isinstance(value, tuple):
        return "\n".join(value) or None
    return value


def _switch(value: Value, language: Language) -> Shown:
    return YES if value else NO


def _date(value: Value, language: Language) -> Shown:
    """Return a promise as a workbook shows it: a day as one, anything else in words."""
    due = _due(value)
    if due is None:
        return str(value) if value else None
    if due.first_day.year < _FIRST_YEAR:
        return due.text
    if due.is_agreed and len(due.text) == _A_DAY:
        return due.first_day
    return sentence_case(language.due(due))


def _due(value: Value) -> Due | None:
    try:
        return parse_promise(str(value)) if value else None
    except NotADateError:
        return None


_SHOW: dict[Kind, Callable[[Value, Language], Shown]] = {
    Kind.PROMISE: _date,
    Kind.SWITCH: _switch,
}
