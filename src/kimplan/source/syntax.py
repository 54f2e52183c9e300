"""What a YAML parser's complaint means to somebody who fills in a form.

The two parsers word the same complaint differently, so their English is matched and never shown.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import Any, NamedTuple

from kimplan.characters import describe, lines, position
from kimplan.source.problem import Problem

_QUOTE = "To use these characters in text, put the whole value in double quotes or below a |."
_BEHIND_BAR = "after | stands something other than the end of the line"
_BELOW_BAR = "Write the text on the lines below the |, indented by two spaces."
_NOT_ALLOWED = {
    "alias": "a YAML alias (*)",
    "anchor": "a YAML anchor (&)",
    "tag": "a YAML tag (!)",
}
_DOES_NOT_FIT = "this line does not fit what stands above it"
_QUOTE_OR_ALIGN = (
    "If it belongs to the text, put the whole value in double quotes or below a |; "
    "if it is a key, start it in the same column as the other keys."
)
_INDENT = (
    "Keys of one list start in the same column, with spaces; text below a | is indented by two."
)


SAYS_NOTHING = "says nothing"  # of what stands alone behind a key


class _Meaning(NamedTuple):
    """What parsers say, what it means, how to mend it, and whether to point at where it began."""

    said: str
    message: str
    hint: str
    at_start: bool = False


_MEANINGS = (
    _Meaning("mapping values are not allowed", "a ': ' where no key may stand", _QUOTE_OR_ALIGN),
    _Meaning(
        "could not find expected ':'",
        "this line is neither 'key: value' nor indented text",
        "Write the key, a colon and a space, or indent the line as part of the text above.",
        at_start=True,
    ),
    _Meaning(
        "while (scanning|parsing) a (quoted|double-quoted|single-quoted)",
        "the quotation mark that opens here is never closed, or holds an unknown escape",
        'Close it; a quotation mark inside is written \\" and a backslash \\\\.',
        at_start=True,
    ),
    _Meaning(
        "while scanning a block scalar",
        _BEHIND_BAR,
        _BELOW_BAR,
        at_start=True,
    ),
    _Meaning("cannot start any token", "text may not begin with this character", _QUOTE),
    _Meaning(
        "sequence entries are not allowed",
        "'- ' is not a value",
        "Begin the list on the next line, or put the text in double quotes.",
    ),
    _Meaning(
        "expected the node content|did not find expected node content",
        "text may not begin with this character",
        _QUOTE,
    ),
    _Meaning(
        "expected <block end>|did not find expected (key|'-')",
        _DOES_NOT_FIT,
        _INDENT,
    ),
)
_SEPARATOR = re.compile(r"^(---|\.\.\.)(?=\s|\Z)", re.MULTILINE)
_ALONE = r"[ ]*(?:- +)?[A-Za-z_][\w-]*: +(?P<mark>[-?])[ ]*(?:#.*)?\Z"
_FORBIDDEN = re.compile("anchor|alias|tag")
_BEYOND_UNICODE = re.compile(r"\\U(?!000|0010)[0-9A-Fa-f]{8}")
_HEX = re.compile("[0-9A-Fa-f]{4,8}")


def explain(error: Any, text: str, opened: tuple[int, int] | None) -> Problem:
    """Return the problem that a parser's `error` about `text` means.

    `opened` is where the innermost open { or [ stands, from 1, if there is one: what is wrong
    inside it is told at the place where it was opened.
    """
    context, said = str(error.context or ""), str(error.problem or "")
    mark = error.problem_mark or error.context_mark
    if "invalid Unicode character escape" in said:
        return _bad_escape(error, text)
    if alone := _mark_alone(mark, text):
        return alone
    if "document start" in said:
        is_second = _SEPARATOR.search(text) is not None
        return (several_documents if is_second else does_not_fit)(*_place(mark, text))
    if found := _FORBIDDEN.search(context):
        return not_allowed(found.group(), *_place(error.context_mark, text))
    if opened and "while scanning" not in context and "quoted scalar" not in context:
        return _wrong_in_flow(mark, text, opened)
    return _meaning(error, f"{context}: {said}", text)


def _mark_alone(mark: Any, text: str) -> Problem | None:
    """Return the problem of a dash or a question mark that is all that stands behind a key."""
    line, column = _place(mark, text)
    found = re.match(_ALONE, next(islice(lines(text), line - 1, None), ""))
    if not found or not found.start("mark") < column <= found.end("mark") + 1:
        return None
    hint = "Fill it in, or say what is not known yet."
    message = f"'{found['mark']}' {SAYS_NOTHING}"
    return Problem("KP003", message, hint, line, found.start("mark") + 1)


def _wrong_in_flow(mark: Any, text: str, opened: tuple[int, int]) -> Problem:
    if text[mark.index : mark.index + 1] == "?":
        return needs_quotes("?", *_place(mark, text))
    message = "this { or [ is not closed as it should be"
    return Problem("KP003", message, "Close it, and put commas between its entries.", *opened)


def _meaning(error: Any, complaint: str, text: str) -> Problem:
    mark = error.problem_mark or error.context_mark
    if "unexpected ':'" in complaint:
        return needs_quotes(":", *_place(mark, text))
    for meaning in _MEANINGS:
        if re.search(meaning.said, complaint):
            place = error.context_mark if meaning.at_start and error.context_mark else mark
            return Problem("KP003", meaning.message, meaning.hint, *_place(place, text))
    return Problem("KP003", "this is not valid YAML", _INDENT, *_place(mark, text))


def several_documents(line: int, column: int) -> Problem:
    """Return the problem of a second document in a file."""
    message, hint = "several documents in one file", "Keep one record a file."
    return Problem("KP005", message, hint, line, column)


def pasted_table(line: int, column: int) -> Problem:
    """Return the problem of a table's lines, which YAML takes for one text."""
    message = "a table was pasted here, and a record holds text and lists only"
    hint = "Write each row as a sentence, or as a line with '- ' below a |, indented by two spaces."
    return Problem("KP003", message, hint, line, column)


def does_not_fit(line: int, column: int) -> Problem:
    """Return the problem of a line that is neither a key nor part of what stands above it."""
    return Problem("KP003", _DOES_NOT_FIT, _INDENT, line, column)


def needs_quotes(character: str, line: int, column: int) -> Problem:
    """Return the problem of an unquoted text inside { } or [ ] that holds a colon or a `?`."""
    message = f"a '{character}' inside {{ }} or [ ] needs quotation marks"
    hint = 'Put the value in double quotes: link: "https://…".'
    return Problem("KP003", message, hint, line, column)


def not_allowed(kind: str, line: int, column: int) -> Problem:
    """Return the problem of a YAML anchor, alias or tag."""
    message = f"{_NOT_ALLOWED[kind]} is not allowed in a plan"
    hint = "To begin text with this character, put the whole value in double quotes."
    return Problem("KP005", message, hint, line, column)


def no_header(line: int, column: int) -> Problem:
    """Return the problem of something that stands behind the | of a block of text."""
    return Problem("KP003", _BEHIND_BAR, _BELOW_BAR, line, column)


def bad_escape(character: str, line: int, column: int) -> Problem:
    """Return the problem of quoted text whose escapes make `character`, which no plan may hold."""
    message = f"an escape in this text makes {describe(character)}, which cannot stand in a plan"
    return Problem("KP107", message, "Delete the escape.", line, column)


def impossible_escape(text: str) -> Problem | None:
    """Return the problem of an escape beyond Unicode, on which the pure parser just gives up."""
    found = _BEYOND_UNICODE.search(text)
    if not found:
        return None
    return bad_escape("\uffff", *position(text, text.rfind('"', 0, found.start())))


def _bad_escape(error: Any, text: str) -> Problem:
    digits = _HEX.match(text, error.problem_mark.index)
    number = int(digits.group()[:8], 16) if digits else 0xFFFF
    character = chr(number) if number <= 0x10FFFF else "\uffff"
    return bad_escape(character, *_place(error.context_mark, text))


def _place(mark: Any, text: str) -> tuple[int, int]:
    """Return the mark's line and column, moved back to the last line that says anything."""
    end = position(text, len(text.rstrip()))
    return min((mark.line + 1, mark.column + 1), end) if mark else (1, 1)
