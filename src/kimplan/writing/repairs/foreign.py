"""Files, and parts of files, that are plainly something else than YAML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kimplan.characters import lines
from kimplan.diagnostic import Correction
from kimplan.source import Document, Problem, parse
from kimplan.source.syntax import pasted_table

_KINDS = (
    (
        re.compile(r"<(?:!doctype html|html|head|body|div|p|table)\b", re.IGNORECASE),
        "a web page (HTML)",
    ),
    (re.compile(r"<\?xml|<[A-Za-z]+:[A-Za-z]+[ >]"), "an XML file"),
    (re.compile(r"\{\\rtf"), "a rich text document (RTF)"),
    (re.compile(r'\{\s*"[^"\n]*"\s*:'), "JSON"),
)
_PREFIXES = (
    (
        re.compile(r"[ ]*(?:>[ ]?)+|[ ]*\Z"),
        "each line begins with >, as the lines of an e-mail do that was answered",
        "Take the > away",
    ),
    (
        re.compile(r"[ ]*[0-9]{1,4}(?:[.:|][ ]?|[ \t]|\Z)|\Z"),
        "each line begins with its number, which is no part of a record",
        "Take the numbers away",
    ),
)
_FEWEST, _MOST = 3, 30
_ELSEWHERE = "Put it elsewhere and link to it; kimplan new writes a record."
_KEY = re.compile(r"[ ]*(?:- )?[A-Za-z_]+:(?:\s|\Z)")
_ROW = re.compile(r"[ ]*\|.*\|.*|[^|\n]*\|[^|\n]*\|.*|[^\t\n]*[^\W\d_]{3}[^\t\n]*\t+\S.*")


def find_foreign(document: Document) -> Problem | None:
    """Return that the text of a document, which cannot be read, is no plan's, or holds a table."""
    text, problem = document.text.lstrip(), document.problems[-1]
    for pattern, kind in _KINDS:
        if pattern.match(text):
            return Problem(problem.code, f"this is {kind}, not a plan's file", _ELSEWHERE)
    if found := _with_prefixes(document.text):
        return found._replace(code=problem.code)
    if problem.code not in {"KP003", "KP009"} or problem.message.startswith("a merge"):
        return None
    rows = list(lines(document.text))
    at = next(_near_rows(rows, problem.line - 1), None)
    if at is None:
        return None
    line = rows[at]
    return pasted_table(at + 1, len(line) - len(line.lstrip()) + 1)._replace(code=problem.code)


def _with_prefixes(text: str) -> Problem | None:
    """Return that each line begins with what an e-mail or an editor's margin puts before it."""
    rows = list(lines(text.rstrip("\r\n")))
    for pattern, message, hint in _PREFIXES:
        found = [pattern.match(row) for row in rows]
        new = [row[one.end() :] for row, one in zip(rows, found, strict=True) if one]
        if len(new) != len(rows) or len(rows) < _FEWEST or not any(map(_KEY.match, new)):
            continue
        is_short = len(new) <= _MOST and parse("".join(f"{row}\n" for row in new)).value
        one = Correction(1, len(rows), tuple(new)) if is_short else None
        return Problem("KP003", message, f"{hint}:" if one else f"{hint}.", correction=one)
    return None


def _near_rows(rows: Sequence[str], at: int) -> Iterator[int]:
    """Yield the first line of a table that the line `at` is in or next to."""
    for number in (at, at + 1, at - 1):
        pair = rows[max(number, 0) : number + 2]
        if len(pair) == 2 and all(map(_is_row, pair)):
            first = max(number, 0)
            while first and _is_row(rows[first - 1]):
                first -= 1
            yield first


def _is_row(line: str) -> bool:
    return _ROW.fullmatch(line) is not None and not _KEY.match(line)
