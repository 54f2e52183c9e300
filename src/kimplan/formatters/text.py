"""Findings as lines for a person, each with the line of the file that it is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from kimplan.characters import make_visible
from kimplan.diagnostic import Correction, Diagnostic, Severity
from kimplan.plural import count

Paint = Callable[[str, str], str]
COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "blue"}
_WIDTH = 80
_MARGIN = 6  # the line's number stands in it


def no_paint(text: str, colour: str) -> str:
    """Return `text` as it is."""
    return text


def format_diagnostics(diagnostics: Sequence[Diagnostic], paint: Paint = no_paint) -> str:
    """Return for each finding a line, the file's line with a caret, its hint, what to write.

    Control characters are shown as escapes; a long line of a file is cut around the caret.
    """
    return "".join(f"{line}\n" for found in diagnostics for line in _lines(found, paint))


def _lines(found: Diagnostic, paint: Paint) -> Iterator[str]:
    place = found.location
    severity = paint(f"{found.severity} {found.code}", COLOURS[found.severity])
    path = make_visible(place.path)
    yield f"{path}:{place.line}:{place.column}: {severity} {make_visible(found.message)}"
    if found.excerpt.strip():
        text, indent = _cut(found.excerpt, place.column)
        yield f"{place.line:>{_MARGIN - 1}} | {text}".rstrip()
        yield f"{'':>{_MARGIN - 1}} | {'':>{indent}}{paint('^', COLOURS[found.severity])}"
    if found.hint:
        yield f"  hint: {make_visible(found.hint)}"
    if found.correction:
        yield from _correction(found.correction)


def _correction(correction: Correction) -> Iterator[str]:
    """Yield the lines to write, whole, behind the numbers that they will have."""
    for number, line in enumerate(correction.lines, correction.first):
        yield f"{number:>{_MARGIN - 1}} + {make_visible(line)}".rstrip()


def _cut(line: str, column: int) -> tuple[str, int]:
    """Return the part of `line` around `column` that fits, and the column's index in it."""
    before, text = make_visible(line[: column - 1]), make_visible(line)
    room = _WIDTH - _MARGIN - 2
    start = max(0, min(len(before) - room * 2 // 3, len(text) - room))
    shown = text[start : start + room]
    if start:
        shown = f"…{shown[1:]}"
    if start + room < len(text):
        shown = f"{shown[:-1]}…"
    return shown, len(before) - start


def format_totals(diagnostics: Sequence[Diagnostic], where: str) -> str:
    """Return how many findings there are, in one line; `where` is what was looked at."""
    said = (count(number, noun) for noun, number in _numbers(diagnostics))
    return f"{', '.join(said) or 'No problems'} in {where}.\n"


def format_left_out(diagnostics: Sequence[Diagnostic]) -> str:
    """Return how many findings a change's author is not shown, in one line; nothing for none."""
    said = " and ".join(count(number, noun) for noun, number in _numbers(diagnostics))
    return f"Not shown: {said} in files that this change did not touch.\n" if said else ""


def _numbers(diagnostics: Sequence[Diagnostic]) -> list[tuple[str, int]]:
    """Return the severities that occur, as people call them, and how often each does."""
    counts = Counter(found.severity for found in diagnostics)
    return [(name, counts[severity]) for severity, name in _NAMES.items() if counts[severity]]


_NAMES = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
