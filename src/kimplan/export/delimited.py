"""Tables as comma-separated values (RFC 4180) that no spreadsheet takes for formulas."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache
from typing import TypeAlias

from kimplan.answers.group import PlanOf
from kimplan.answers.tables.parts import action_rows, evidence_rows, progress_rows, revision_rows
from kimplan.answers.tables.promised import overdue_rows
from kimplan.answers.tables.records import recommendation_rows
from kimplan.answers.tables.table import RowTable, Value

Build: TypeAlias = Callable[[Sequence[PlanOf], date], RowTable]
# The tables that there are, by the names of their option.
TABLES: dict[str, Build] = {
    "recommendations": recommendation_rows,
    "actions": action_rows,
    "revisions": lambda plans, _: revision_rows(plans),
    "evidence": lambda plans, _: evidence_rows(plans),
    "progress": lambda plans, _: progress_rows(plans),
    "overdue": overdue_rows,
}
MARK = "'"
SEPARATOR = "; "  # between the roles of one cell, because a role's name may hold commas
_BOM = "\ufeff"
_OWN = "fields."
_QUOTES = "'\"`\u2018\u2019\u201c\u201d"
_UNSEEN = "\u00ad\u200b-\u200f\u2060\ufeff"
# What begins a formula, as it is and in full width, also behind blanks and quotation marks; and a
# break, behind which a spreadsheet may look (https://owasp.org/www-community/attacks/CSV_Injection).
_RISKY = re.compile(
    f"[\\s{_QUOTES}{_UNSEEN}]*[=+\\-@\uff1d\uff0b\uff0d\uff20]|[{_QUOTES}{_UNSEEN}]*[\\t\\r\\n]"
)


def csv_file(table: RowTable, *, bom: bool = False) -> bytes:
    """Return `table` as a file holds it: UTF-8, the fields' keys first, each line ended by CRLF.

    With `bom` it begins with a byte order mark, without which Excel takes it for Windows-1252.
    """
    text = io.StringIO(newline="")
    if bom:
        text.write(_BOM)
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(field.key for field in table.fields)
    writer.writerows(map(_cell, row) for row in table.rows)
    return text.getvalue().encode()


def _cell(value: Value) -> str | int:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int):
        return value
    return marked(value if isinstance(value, str) else SEPARATOR.join(value))


def marked(text: str) -> str:
    """Return `text` with an apostrophe before it if a spreadsheet may take it for a formula."""
    return f"{MARK}{text}" if _RISKY.match(text) else text


def unmarked(text: str) -> str:
    """Return what `marked` was given."""
    is_marked = text.startswith(MARK) and _RISKY.match(text)
    return text.removeprefix(MARK) if is_marked else text


def is_exported(header: Sequence[str]) -> bool:
    """Return whether a table whose first row is `header` was written by `csv_file`."""
    return tuple(key for key in header if not key.startswith(_OWN)) in _headers()


@lru_cache(maxsize=1)
def _headers() -> frozenset[tuple[str, ...]]:
    tables = (build((), date.min) for build in TABLES.values())
    return frozenset(tuple(field.key for field in table.fields) for table in tables)
