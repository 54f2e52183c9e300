"""Tables of text: comma-separated values (RFC 4180) and their kin with other delimiters."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from kimplan.exchange.blocks import text_blocks
from kimplan.exchange.bounds import MAX_COLUMNS, MAX_ROWS, UnreadableError
from kimplan.sheet import Sheet, SheetCell, SheetRow

_DELIMITERS = ",;\t|"
_SAMPLE = 200  # rows that the delimiter is told by
_LONGEST_FIELD = 256 * 1024
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


def read_delimited(data: bytes) -> Sheet:
    """Return the one table of a text file; raise UnreadableError for what is no such file."""
    text = decode(data)
    told, text = _told_delimiter(text)
    delimiter = told or _delimiter(text)
    try:
        rows = list(islice(_rows(text, delimiter), MAX_ROWS + 1))
        _refuse_open_quote(text, delimiter)
    except csv.Error as error:
        reason = f"its rows cannot be told apart ({error})"
        raise UnreadableError(reason, "Open it in Excel and save it again as CSV.") from None
    return _sheet(rows)


def _refuse_open_quote(text: str, delimiter: str) -> None:
    """Raise UnreadableError where a quotation mark is never closed: the rest would be one cell."""
    line = 0
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            line += bool(row)
    except csv.Error as error:
        if "unexpected end of data" in str(error):
            hint = f"It opens behind row {line}, empty ones not counted: close it there."
            raise UnreadableError("a quotation mark in it is never closed", hint) from None


def decode(data: bytes) -> str:
    """Return a text file's text: UTF-8, UTF-16 with its mark, or else Windows-1252.

    Raises UnreadableError for what is no text.
    """
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
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


def _told_delimiter(text: str) -> tuple[str, str]:
    """Return the delimiter that Excel's own first line names, and the rest of the text."""
    first, end, rest = text.partition("\n")
    line = first.strip().casefold()
    if end and line.startswith("sep=") and len(line) == len("sep=,"):
        return line[-1], rest
    if first.strip("\r").casefold() == "sep=\t":
        return "\t", rest
    return "", text


def _delimiter(text: str) -> str:
    """Return the sign by which most rows have the same number of fields, and several."""
    return max(_DELIMITERS, key=lambda sign: _fitness(text, sign))


def _fitness(text: str, sign: str) -> tuple[float, int]:
    try:
        widths = [len(row) for row in islice(_rows(text, sign), _SAMPLE) if any(row)]
    except csv.Error:
        return 0.0, 0
    counted = Counter(width for width in widths if width > 1)
    if not counted:
        return 0.0, 0
    width, number = max(counted.items(), key=lambda one: (one[1], one[0]))
    return number / len(widths), width


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    csv.field_size_limit(_LONGEST_FIELD)
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=False)


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
