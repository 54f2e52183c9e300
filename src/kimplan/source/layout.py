"""What is settled about a text before a YAML parser sees it, because the two parsers differ."""

from __future__ import annotations

import re

from kimplan.characters import position
from kimplan.source.problem import Problem, StopReadingError

_LINE_START = r"(?:\A|(?<=[\r\n]))"
_INDENT_TAB = re.compile(_LINE_START + r"[ ]*\t[ \t]*(?=[^ \t\r\n])")
_DIRECTIVE = re.compile(_LINE_START + "%")
_DOCUMENT_END = re.compile(_LINE_START + r"\.\.\.(?=\s|\Z)")
_BLANK_LINE = re.compile(_LINE_START + r"[ ]+(?=[\r\n])")


def is_tidy(text: str) -> bool:
    """Return whether no line of `text` holds a tab or ends with a space."""
    return not ("\t" in text or " \n" in text or ("\r" in text and " \r" in text))


def prepare(text: str, *, tidy: bool | None = None) -> str:
    """Return `text` with tabs as spaces and blank lines empty; lines and columns stay.

    `tidy` says whether it `is_tidy`, where that is known. Raises StopReadingError at a merge
    conflict, a tab in the indentation, a directive and a second document.
    """
    if "<" in text and "<<<<<<<" in text:  # one character is found far faster
        _stop_at_conflict(text)
    if not (is_tidy(text) if tidy is None else tidy):
        text = _without_odd_space(text)
    if "%" in text and (found := _DIRECTIVE.search(text)):
        hint = "Delete the line, or indent it if it is text."
        message = "a line that begins with % is a YAML directive"
        raise StopReadingError(Problem("KP005", message, hint, *position(text, found.start())))
    if "..." in text and len(ends := list(_DOCUMENT_END.finditer(text))) > 1:
        from kimplan.source.syntax import several_documents

        raise StopReadingError(several_documents(*position(text, ends[1].start())))
    return text


def _stop_at_conflict(text: str) -> None:
    from kimplan.source.conflict import find_conflict

    if problem := find_conflict(text):
        raise StopReadingError(problem)


def _stop_at_table(text: str) -> None:
    """Raise StopReadingError where two lines, one below the other, have cells between tabs."""
    cell = r"(?![^\t\r\n]*[:-][ ]?\t)[^\t\r\n]*[^\W\d_]{3}[^\t\r\n]*"  # no bullet, no number
    row = rf"{cell}\t+[ ]*[^\s#][^\r\n]*"
    if found := re.search(rf"{_LINE_START}{row}(?:\r\n|\r|\n){row}", text):
        from kimplan.source.syntax import pasted_table

        raise StopReadingError(pasted_table(*position(text, found.start())))


def _without_odd_space(text: str) -> str:
    if "\t" in text:
        if tab := _INDENT_TAB.search(text):
            place = position(text, text.index("\t", tab.start()))
            hint = "Use spaces: YAML does not take tabs at the start of a line."
            raise StopReadingError(Problem("KP003", "a tab in the indentation", hint, *place))
        _stop_at_table(text)
        text = text.replace("\t", " ")
    return _BLANK_LINE.sub("", text)
