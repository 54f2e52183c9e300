"""Tables as comma-separated values (RFC 4180) that no spreadsheet takes for formulas."""

from __future__ import annotations

import csv
import io
from datetime import date

from kimplan.answers.tables.formula_mark import marked
from kimplan.answers.tables.table import RowTable, Value

SEPARATOR = "; "  # between the roles of one cell, because a role's name may hold commas
_BOM = "\ufeff"


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
