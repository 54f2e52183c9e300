"""One walk over a file's YAML events: values as strings, positions, duplicate keys and bounds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple, NoReturn, TypeAlias

from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
)

from kimplan.characters import (
    index,
    is_plain,
    lines,
    position,
    replace_forbidden,
)
from kimplan.diagnostic import Severity
from kimplan.source.events import HAS_C_PARSER, next_event
from kimplan.source.layout import is_tidy, prepare
from kimplan.source.problem import Problem, StopReadingError
from kimplan.source.syntax import (
    bad_escape,
    does_not_fit,
    explain,
    impossible_escape,
    needs_quotes,
    no_header,
    not_allowed,
    several_documents,
)

MAX_DEPTH = 16
MAX_EVENTS = 20_000
_LONGEST_LINE = 2_000

KeyPath: TypeAlias = tuple[str | int, ...]
# A scalar's marks are its start mark; a collection's are its start mark and its children's.
# A mapping's children are (mark of the key, marks of the value).
_Marks: TypeAlias = Any

_NEEDS_QUOTES = re.compile("[:?]")
_HEADER_COMMENT = re.compile("[|>][-+0-9]*#")
_LOST = re.compile(r"[ ]+#[^\s#!]")
_NULLS = frozenset({"~", "null", "Null", "NULL"})


class Words(NamedTuple):
    """Some words of a field: its text, and from where to where in it they stand."""

    text: str
    start: int
    end: int


class Document:
    """What one file says: `value` holds only dicts, lists and strings; None if it says nothing.

    `problems` are what is wrong with its text; a value that stands beside them is whole but for
    what the problems name. `text` is the file's own; `marks` are the parser's, for `locate` alone.
    `is_tidy` says that no line of the text holds a tab or ends with a space, `is_plain` that
    neither the text nor an escape in it has a character that nobody can see or takes for a space.
    """

    __slots__ = ("_lines", "is_plain", "is_tidy", "marks", "problems", "text", "value")

    def __init__(self, text: str = "", problems: list[Problem] | None = None) -> None:
        self.text = text
        self.is_tidy = is_tidy(text)
        self.is_plain = True
        self.value: dict[str, Any] | None = None
        self.problems: list[Problem] = problems if problems is not None else []
        self.marks: _Marks = None
        self._lines: list[str] | None = None

    def line(self, number: int) -> str:
        """Return the line `number`, from 1, as it stands in the file; empty if it is very long."""
        if self._lines is None:
            self._lines = list(lines(self.text))
        found = self._lines[number - 1] if number <= len(self._lines) else ""
        return found if len(found) <= _LONGEST_LINE else ""

    def locate_words(self, path: Sequence[str | int], words: Words) -> tuple[int, int]:
        """Return the line and column, from 1, of some words of the text at `path`.

        Where an escape hides them, it is the place of the whole text.
        """
        text, start, end = words
        pattern = re.compile(r"\s+".join(map(re.escape, text[start:end].split())))
        before = sum(1 for _ in pattern.finditer(text, 0, start))
        place = self.locate(path)
        start, end = index(self.text, *place), self._next_start(place)
        found = next(islice(pattern.finditer(self.text, start, end), before, None), None)
        return position(self.text, found.start()) if found else place

    def _next_start(self, place: tuple[int, int]) -> int:
        """Return the index of the first key or value behind the one at `place`, or of the end."""
        behind = (mark for mark in _starts(self.marks) if mark > place)
        found = min(behind, default=None)
        return index(self.text, *found) if found else len(self.text)

    def locate(self, path: Sequence[str | int], *, key: bool = False) -> tuple[int, int]:
        """Return the line and column, from 1, of the value at `path`, or of its nearest parent.

        With `key`, the place of the last step's key is returned rather than that of its value.
        """
        marks, place = self.marks, None
        for step in path:
            if not isinstance(marks, tuple):
                break
            try:
                found = marks[1][step]
            except (KeyError, IndexError, TypeError):
                place = None
                break
            if isinstance(step, str):
                place, marks = found
            else:
                place, marks = None, found
        if not key or place is None:
            place = marks[0] if isinstance(marks, tuple) else marks
        return (place.line + 1, place.column + 1) if place else (1, 1)


def parse(text: str, *, pure: bool = not HAS_C_PARSER) -> Document:
    """Return what the YAML `text` says, with every scalar as a string and its position.

    Refused, each with its place: syntax errors, duplicate keys, anchors, aliases, tags,
    directives, several documents, more than 16 levels or 20,000 events, and characters that
    Word or a terminal cannot be shown. Nothing is evaluated and nothing raised. `pure` asks for
    the parser written in Python, which gives the same answers more slowly.
    """
    problems: list[Problem] = []
    document = Document(text, problems)
    if not is_plain(text):
        from kimplan.source.unfit import unfit_characters

        document.is_plain = False
        problems += unfit_characters(text)
        text = replace_forbidden(text)
    try:
        walk = _Walk(prepare(text), problems, pure=pure)
        document.value, document.marks = walk.run()
        document.is_plain = document.is_plain and walk.is_plain
    except StopReadingError as stop:
        problems.append(stop.problem)
    except Exception:  # the pure parser raises other things too, none of which names a line
        unknown = Problem("KP003", "the file is not valid YAML")
        problems.append(impossible_escape(text) or unknown)
    return document


def _starts(marks: _Marks) -> Iterator[tuple[int, int]]:
    """Yield the line and column, from 1, of each key and value."""
    mark, children = marks if isinstance(marks, tuple) else (marks, ())
    yield mark.line + 1, mark.column + 1
    if isinstance(children, dict):
        for key, value in children.values():
            yield key.line + 1, key.column + 1
            yield from _starts(value)
    else:
        for value in children:
            yield from _starts(value)


class _Walk:
    """One walk over the events of one text; raises StopReadingError where it cannot go on."""

    __slots__ = ("_events", "_flow", "_get", "_has_hash", "_problems", "_text", "is_plain")

    def __init__(self, text: str, problems: list[Problem], *, pure: bool) -> None:
        self._text = text
        self._problems = problems
        self._get: Callable[[], Any] = next_event(self._text, pure=pure)
        self._has_hash = "#" in self._text
        self._flow: list[Any] = []  # the start marks of the open { and [, innermost last
        self.is_plain = True
        self._events = 5  # the stream and the document begin and end, and the value begins

    def run(self) -> tuple[dict[str, Any], _Marks]:
        """Return the text's one mapping and its marks."""
        try:
            value, marks = self._only_document()
        except MarkedYAMLError as error:
            mark = self._flow[-1] if self._flow else None
            opened = (mark.line + 1, mark.column + 1) if mark else None
            raise StopReadingError(explain(error, self._text, opened)) from None
        if isinstance(value, dict):
            return value, marks
        what = "nothing" if not value else "a list" if isinstance(value, list) else "only text"
        hint = "Write 'key: value' lines; kimplan rule KP009 says which."
        raise StopReadingError(Problem("KP009", f"the file holds {what}, not keys", hint))

    def _only_document(self) -> tuple[Any, _Marks]:
        found: tuple[Any, _Marks] = None, None
        documents = 0
        while (event := self._get()) is not None:
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    mark = event.start_mark
                    raise StopReadingError(several_documents(mark.line + 1, mark.column + 1))
            elif isinstance(event, NodeEvent):
                found = self._node(event, 0)
        return found

    def _node(self, event: Any, depth: int) -> tuple[Any, _Marks]:
        """Return the value that begins with `event`, and its marks."""
        kind = type(event)
        if kind is ScalarEvent:
            text = self._scalar(event)
            if not event.style and text in _NULLS:
                text = ""
            elif "\n" in text and event.style != "|":
                text = text.replace("\n", "\n\n")  # YAML folds a blank line to one line end
            return text, event.start_mark
        if kind is AliasEvent or event.anchor is not None or event.ctag is not None:
            _refuse(event)
        if depth == MAX_DEPTH:
            message = f"the file nests more than {MAX_DEPTH} levels"
            _stop(
                "KP006",
                message,
                event,
                "A plan needs three; kimplan schema --format text says which.",
            )
        self._count(event, 1)  # its end
        if event.flow_style:
            self._flow.append(event.start_mark)
        node = self._mapping if kind is MappingStartEvent else self._sequence
        found = node(event, depth + 1)
        if event.flow_style:
            self._flow.pop()
        return found

    def _mapping(self, start: Any, depth: int) -> tuple[dict[str, Any], _Marks]:
        value: dict[str, Any] = {}
        marks: dict[str, tuple[Any, _Marks]] = {}
        get = self._get
        while type(event := get()) is not MappingEndEvent:
            self._count(event, 2)
            key = self._key(event, value)
            child, child_marks = self._node(get(), depth)
            if key not in value:
                value[key] = child
                marks[key] = (event.start_mark, child_marks)
        return value, (start.start_mark, marks)

    def _sequence(self, start: Any, depth: int) -> tuple[list[Any], _Marks]:
        value: list[Any] = []
        marks: list[_Marks] = []
        get = self._get
        while type(event := get()) is not SequenceEndEvent:
            self._count(event, 1)
            child, child_marks = self._node(event, depth)
            value.append(child)
            marks.append(child_marks)
        return value, (start.start_mark, marks)

    def _count(self, event: Any, more: int) -> None:
        self._events += more
        if self._events > MAX_EVENTS:
            message = f"the file holds more than {MAX_EVENTS:,} YAML elements"
            _stop("KP006", message, event, "Shorten the file.")

    def _key(self, event: Any, mapping: dict[str, Any]) -> str:
        if type(event) is not ScalarEvent:
            if type(event) is AliasEvent:
                _refuse(event)
            _stop("KP003", "a key must be a plain word", event, "Write 'key: value'.")
        if not event.value:
            mark = event.start_mark
            raise StopReadingError(does_not_fit(mark.line + 1, mark.column + 1))
        key = self._scalar(event)
        if key in mapping:
            mark = event.start_mark
            message = f"the key {shown(key)} stands twice"
            hint = "Keep one of the two; only you know which."
            self._problems.append(Problem("KP004", message, hint, mark.line + 1, mark.column + 1))
        return key

    def _scalar(self, event: Any) -> str:
        if event.anchor is not None or event.ctag is not None:
            _refuse(event)
        text: str = event.value
        if event.style:
            if event.style == '"' and not text.replace("\n", "").isprintable():
                text = self._escaped(event)
            elif self._has_hash and event.style in "|>":
                self._check_header(event.start_mark)
        elif self._flow and (found := _NEEDS_QUOTES.search(text)):
            index = self._text.index(found.group(), event.start_mark.index)
            raise StopReadingError(needs_quotes(found.group(), *position(self._text, index)))
        elif self._has_hash:
            self._warn_of_lost_text(event)
        return text

    def _escaped(self, event: Any) -> str:
        """Return the text of an `event` in double quotes; its escapes may have made anything."""
        from kimplan.source.unfit import unfit_escapes

        if half := next((one for one in event.value if "\ud800" <= one <= "\udfff"), ""):
            mark = event.start_mark  # the parser written in C stops here too
            raise StopReadingError(bad_escape(half, mark.line + 1, mark.column + 1))
        self.is_plain = self.is_plain and is_plain(event.value)
        start, end = (self._index(mark) for mark in (event.start_mark, event.end_mark))
        self._problems += unfit_escapes(self._text, start, end)
        return replace_forbidden(event.value)

    def _index(self, mark: Any) -> int:
        return index(self._text, mark.line + 1, mark.column + 1)

    def _check_header(self, mark: Any) -> None:
        """Stop at a comment right behind a | or >, which only one of the parsers takes."""
        if _HEADER_COMMENT.match(self._text, mark.index):
            raise StopReadingError(no_header(mark.line + 1, mark.column + 1))

    def _warn_of_lost_text(self, event: Any) -> None:
        """Warn of ``see case #12``, where YAML takes the rest of the line for a comment."""
        found = _LOST.match(self._text, event.end_mark.index)
        if found and event.value:
            mark = event.end_mark
            place = mark.line + 1, mark.column + found.end() - 1 - mark.index
            self._problems.append(
                Problem("KP008", "the text from this # on is a comment and is not read",
                        "If it belongs to the value, put the value in double quotes; if it is a "
                        "comment, put a space after the #.", *place, Severity.WARNING)
            )  # fmt: skip


def shown(text: str) -> str:
    """Return `text` in single quotes, shortened to 60 characters."""
    return f"'{text}'" if len(text) <= 60 else f"'{text[:59]}…'"


def _stop(code: str, message: str, event: Any, hint: str) -> NoReturn:
    mark = event.start_mark
    raise StopReadingError(Problem(code, message, hint, mark.line + 1, mark.column + 1))


def _refuse(event: Any) -> NoReturn:
    if type(event) is AliasEvent:  # its name stands in its anchor
        kind = "alias"
    elif event.anchor is not None:
        kind = "anchor"
    else:
        kind = "tag"
    mark = event.start_mark
    raise StopReadingError(not_allowed(kind, mark.line + 1, mark.column + 1))
