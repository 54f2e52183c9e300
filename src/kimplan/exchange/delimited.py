"""Tables of text: comma-separated values (RFC 4180) and their kin with other delimiters."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from kimplan.exchange.blocks import text_blocks
from kimplan.exchange.bounds import MAX_COLUMNS, MAX_ROWS, UnreadableError
from kimplan.sheet import Sheet, SheetCell, SheetRow

_DELIMITERS = ",;\t|"
_SAMPLE = 200  # rows that the delimiter is told by
_LONGEST_FIELD = 256 * 1024
_HEAD = 4096  # bytes that the encoding is told by
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


class _Dialect(NamedTuple):
    """What parts the fields, and whether a quoted one may stand behind spaces."""

    delimiter: str
    skips_spaces: bool = False


def read_delimited(data: bytes) -> Sheet:
    """Return the one table of a text file; raise UnreadableError for what is no such file."""
    text = decode(data)
    told, text = _told_delimiter(text)
    dialect = _dialect(text, told or _DELIMITERS)
    try:
        rows = list(islice(_rows(text, dialect), MAX_ROWS + 1))
        _refuse_open_quote(text, dialect)
    except csv.Error as error:
        reason = f"its rows cannot be told apart ({error})"
        raise UnreadableError(reason, "Open it in Excel and save it again as CSV.") from None
    return _sheet(_as_exported(rows))


def _as_exported(rows: list[list[str]]) -> list[list[str]]:
    """Return the rows without what an export puts before cells that look like formulas."""
    if not rows or rows[0][:1] != ["plan"]:
        return rows
    from kimplan.answers.tables.formula_mark import unmarked
    from kimplan.answers.tables.named import is_header

    return [list(map(unmarked, row)) for row in rows] if is_header(rows[0]) else rows


def _refuse_open_quote(text: str, dialect: _Dialect) -> None:
    """Raise UnreadableError where a quotation mark is never closed: the rest would be one cell."""
    line = 0
    try:
        for row in _rows(text, dialect, is_strict=True):
            line += bool(row)
    except csv.Error as error:
        if "unexpected end of data" in str(error):
            hint = f"It opens behind row {line}, empty ones not counted: close it there."
            raise UnreadableError("a quotation mark in it is never closed", hint) from None


def decode(data: bytes) -> str:
    """Return a text file's text: UTF-8, UTF-16, or else Windows-1252.

    Raises UnreadableError for what is no text.
    """
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), "")
    encoding = marked or _unmarked_utf16(data) or "utf-8"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        try:
            text = data.decode("cp1252")
        except UnicodeDecodeError:
            hint = "Save it as CSV UTF-8 in Excel (File > Save As)."
            raise UnreadableError("it is no text in a known encoding", hint) from None
    if "\x00" in text:
        raise UnreadableError("it is no text", "Name a Word, Excel, HTML or CSV file.")
    return text


def _unmarked_utf16(data: bytes) -> str:
    """Return the name of UTF-16 where every other byte is nought, as in Latin letters; or nothing.

    https://www.rfc-editor.org/rfc/rfc2781 has no mark in UTF-16LE and UTF-16BE.
    """
    head = data[:_HEAD]
    first, second = head[0::2].count(0), head[1::2].count(0)
    if not first and second * 4 > len(head):
        return "utf-16-le"
    return "utf-16-be" if not second and first * 4 > len(head) else ""


def _told_delimiter(text: str) -> tuple[str, str]:
    """Return the delimiter that Excel's own first line names, and the rest of the text."""
    first, end, rest = text.partition("\n")
    line = first.strip().casefold()
    if end and line.startswith("sep=") and len(line) == len("sep=,"):
        return line[-1], rest
    if first.strip("\r").casefold() == "sep=\t":
        return "\t", rest
    return "", text


def _dialect(text: str, delimiters: str) -> _Dialect:
    """Return that by which most rows have the same number of fields, and several."""
    tried = [_Dialect(sign) for sign in delimiters]
    tried += [_Dialect(sign, True) for sign in delimiters if f'{sign} "' in text]
    return max(tried, key=lambda dialect: _fitness(text, dialect))


def _fitness(text: str, dialect: _Dialect) -> tuple[float, int]:
    """Return the share of sound rows of the usual width, and that width."""
    try:
        rows = [row for row in islice(_rows(text, dialect), _SAMPLE) if any(row)]
    except csv.Error:
        return 0.0, 0
    counted = Counter(len(row) for row in rows if len(row) > 1 and not _is_torn(row))
    if not counted:
        return 0.0, 0
    width, number = max(counted.items(), key=lambda one: (one[1], one[0]))
    return number / len(rows), width


def _is_torn(row: Sequence[str]) -> bool:
    """Return whether a quotation mark opens in one field of a row and closes in another."""
    return any(field.count('"') % 2 and field.lstrip().startswith('"') for field in row)


def _rows(text: str, dialect: _Dialect, *, is_strict: bool = False) -> Iterator[list[str]]:
    csv.field_size_limit(_LONGEST_FIELD)
    return csv.reader(
        io.StringIO(text, newline=""),
        delimiter=dialect.delimiter,
        skipinitialspace=dialect.skips_spaces,
        strict=is_strict,
    )


def _sheet(rows: Sequence[list[str]]) -> Sheet:
    while_words = [number for number, row in enumerate(rows) if any(map(str.strip, row))]
    last = while_words[-1] + 1 if while_words else 0
    if len(rows) > MAX_ROWS:
        raise UnreadableError(f"it has more than {MAX_ROWS:,} rows", "Keep only the plan's table.")
    width = max((_width(row) for row in rows[:last]), default=0)
    if width > MAX_COLUMNS:
        hint = "Keep only the plan's columns."
        raise UnreadableError(f"it has more than {MAX_COLUMNS} columns", hint)
    return Sheet("the table", tuple(_sheet_rows(rows[:last], width)))


def _width(row: Sequence[str]) -> int:
    return max((at + 1 for at, text in enumerate(row) if text.strip()), default=0)


def _sheet_rows(rows: Iterable[Sequence[str]], width: int) -> Iterator[SheetRow]:
    for number, row in enumerate(rows, 1):
        texts = [*row[:width], *([""] * (width - len(row)))]
        yield SheetRow(tuple(SheetCell(text_blocks(text)) for text in texts), number)
