"""The columns of a workbook's sheets: which there are, in which order, and what they are called.

Who writes a workbook and who reads one back both ask here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from kimplan.answers.tables.records import RECORD_FIELDS
from kimplan.answers.tables.table import Field, Kind
from kimplan.model.column_field import ColumnField
from kimplan.model.plan import Settings

TOLD = "told."  # before the field of a column that tells what another sheet holds
LAST_DAY = "_last_day"  # behind the key of a date
_DERIVED = frozenset(
    {"plan", "first_agreed", "days_late", "completed_late_days", "action_title", "total"}
    | {"complete", "open", "undated", "overdue", "overdue_actions", "due_soon"}
)
_OF_COLUMN = {
    ColumnField.REF: ("ref",),
    ColumnField.RECOMMENDATION: ("title", "detail"),
    ColumnField.RESPONSE: ("response",),
    ColumnField.RAG: ("rating",),
    ColumnField.DUE: ("due", "due_last_day", "due_reason"),
    ColumnField.OWNERS: ("owners",),
    ColumnField.COMPLETED: ("completed", "completed_late_days"),
    ColumnField.EVIDENCE: (f"{TOLD}evidence",),
    ColumnField.VERIFIED: ("verified_by", "verified_on"),
    ColumnField.PROGRESS: (f"{TOLD}progress",),
    ColumnField.ACTIONS: (f"{TOLD}actions",),
}
_REST = (
    "ref", "section", "title", "detail", "response", "rating", "due", "due_last_day", "due_reason",
    "first_agreed", "days_late", "owners", "completed", "completed_late_days", "verified_by",
    "verified_on", "superseded_by", "publish",
)  # fmt: skip
_ALWAYS = frozenset({"ref", "section", "title", "response", "rating", "due", "owners"})
_LABELS = {"section": "Section", "title": "Recommendation", "due": "Due"}
_SELDOM = frozenset({"action", "name", "email", "handle"})  # of tables; left out where unused
_LEFT_OUT = frozenset({"due_shown", "due_first_day", "rag"})


class BookColumn(NamedTuple):
    """A column of a sheet: `key` is that of its field, `label` is what stands in the header.

    It `is_derived` where its values are worked out from others. Without a value it is left out,
    unless it `is_kept`. In the sheet of the plan it `is_main` if the report has it, too. `width`
    is in millimetres, where the plan's settings say one.
    """

    key: str
    label: str
    kind: Kind
    is_derived: bool = False
    is_kept: bool = False
    is_main: bool = True
    width: int | None = None


def plan_columns(
    settings: Settings, own: Sequence[Field], *, is_several: bool
) -> tuple[BookColumn, ...]:
    """Return all that the sheet of the plan may have, the report's columns first."""
    found: dict[str, BookColumn] = {}
    fields = {field.key: field for field in (*RECORD_FIELDS, *own)}
    if is_several:
        _add(found, fields, "plan", is_kept=True)
    for column in settings.columns:
        is_usual = isinstance(column.field, ColumnField)
        first, *more = _OF_COLUMN[ColumnField(column.field)] if is_usual else (str(column.field),)
        _add(found, fields, first, column.label, is_kept=True, width=column.width)
        for key in more:
            _add(found, fields, key)
        _add_last_day(found, fields, first)
    of_the_report = set(found)
    for key in (*_REST, *(field.key for field in own)):
        _add(found, fields, key, is_kept=key in _ALWAYS)
        _add_last_day(found, fields, key)
    return _with_labels_of_their_own(
        column._replace(is_main=key in of_the_report) for key, column in found.items()
    )


def _add(
    found: dict[str, BookColumn],
    fields: dict[str, Field],
    key: str,
    label: str = "",
    *,
    is_kept: bool = False,
    width: int | None = None,
) -> None:
    if key in found:
        return
    field = fields.get("section_title" if key == "section" else key)
    usual = _LABELS.get(key) or (field.label if field else key)
    kind = field.kind if field else Kind.WORDS
    is_derived = _is_derived(key) or field is None
    found[key] = BookColumn(key, label or usual, kind, is_derived, is_kept, width=width)


def _add_last_day(found: dict[str, BookColumn], fields: dict[str, Field], key: str) -> None:
    """Add the column of the last day of a date of the plan's own, which no field holds."""
    if key.startswith("fields.") and key in fields and fields[key].kind is Kind.PROMISE:
        label = f"{found[key].label}, last day"
        column = BookColumn(f"{key}{LAST_DAY}", label, Kind.DAY, is_derived=True)
        found.setdefault(column.key, column)


def _is_derived(key: str) -> bool:
    return key in _DERIVED or key.startswith(TOLD) or key.endswith(LAST_DAY)


def table_columns(fields: Iterable[Field], *, is_several: bool) -> tuple[BookColumn, ...]:
    """Return all columns that the sheet of a table may have."""
    return tuple(
        BookColumn(
            field.key,
            _LABELS.get(field.key, field.label) if field.key == "due" else field.label,
            field.kind,
            _is_derived(field.key),
            field.key == "plan" or not (_is_derived(field.key) or field.key in _SELDOM),
        )
        for field in fields
        if field.key not in _LEFT_OUT and (is_several or field.key != "plan")
    )


def labels_of(columns: Iterable[BookColumn]) -> tuple[str, ...]:
    """Return the words of a sheet's header."""
    return tuple(column.label for column in columns)


def _with_labels_of_their_own(columns: Iterable[BookColumn]) -> tuple[BookColumn, ...]:
    """Return columns of which no two are called the same, so that a label tells which it is."""
    return tuple(_labelled(columns))


def _labelled(columns: Iterable[BookColumn]) -> Iterator[BookColumn]:
    taken: set[str] = set()
    for column in columns:
        base = label = " ".join(column.label.split())
        number = 2
        while label.casefold() in taken:
            label, number = f"{base} ({number})", number + 1
        taken.add(label.casefold())
        yield column._replace(label=label)
