"""One walk over a file's YAML events: values as strings, positions, duplicate keys and bounds."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from typing import TYPE_CHECKING, Any, NoReturn, TypeAlias

from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    SequenceEndEvent,
)

from kimplan.characters import is_plain, position, replace_forbidden, shown
from kimplan.source.events import next_event
from kimplan.source.flat_events import ScalarEvent
from kimplan.source.problem import MOST_UNFIT, Problem, StopReadingError

if TYPE_CHECKING:
    from kimplan.source.slips import Slips

MAX_DEPTH = 16
MAX_EVENTS = 20_000
SURELY_FEW = MAX_EVENTS // 2  # characters: a ':' and a ',' in [ ] are a mapping of two that ends

# A scalar's marks are its start mark; a collection's are its start mark and its children's.
# A mapping's children are (mark of the key, marks of the value).
Marks: TypeAlias = Any

_BEHIND_COMMENTS = frozenset(["", " ", "\t", "\r", "\n", "!", "#"])
_NULLS = frozenset({"~", "null", "Null", "NULL"})


class Walk:
    """One walk over the events of one text; raises StopReadingError where it cannot go on."""

    __slots__ = (
        "_flow",
        "_get",
        "_has_backslash",
        "_is_odd",
        "_is_watched",
        "_problems",
        "_slips",
        "_text",
        "_unfit_left",
        "is_plain",
    )

    def __init__(
        self, text: str, problems: list[Problem], *, pure: bool, is_plain: bool = False
    ) -> None:
        """Begin a walk; `is_plain` says that the text has no odd character, where that is known."""
        self._text = text
        self._problems = problems
        get: Callable[[], Any] = next_event(self._text, pure=pure)
        self._get = get if len(text) <= SURELY_FEW else _counted(get)
        self._slips = self._made_slips() if _may_lose_text(text) else None
        self._flow: list[Any] = []  # the start marks of the open { and [, innermost last
        self._has_backslash = "\\" in text
        # Whether scalars must be looked at because of the text around them; always so in { and [.
        self._is_odd = bool(self._slips) or self._has_backslash or not is_plain
        self._is_watched = self._is_odd
        self._unfit_left = MOST_UNFIT
        self.is_plain = True

    def _made_slips(self) -> Slips:
        from kimplan.source.slips import Slips

        return Slips(self._text, self._problems)

    def run(self) -> tuple[dict[str, Any], Marks]:
        """Return the text's one mapping and its marks."""
        try:
            value, marks = self._only_document()
        except MarkedYAMLError as error:
            from kimplan.source.syntax import explain

            mark = self._flow[-1] if self._flow else None
            opened = (mark.line + 1, mark.column + 1) if mark else None
            raise StopReadingError(explain(error, self._text, opened)) from None
        if isinstance(value, dict):
            return value, marks
        what = "nothing" if not value else "a list" if isinstance(value, list) else "only text"
        hint = "Write 'key: value' lines; kimplan rule KP009 says which."
        raise StopReadingError(Problem("KP009", f"the file holds {what}, not keys", hint))

    def _only_document(self) -> tuple[Any, Marks]:
        found: tuple[Any, Marks] = None, None
        documents = 0
        while (event := self._get()) is not None:
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    from kimplan.source.syntax import several_documents

                    mark = event.start_mark
                    raise StopReadingError(several_documents(mark.line + 1, mark.column + 1))
            elif isinstance(event, NodeEvent):
                found = self._node(event, 0)
        return found

    def _node(self, event: Any, depth: int) -> tuple[Any, Marks]:
        """Return the value that begins with `event`, and its marks."""
        kind = type(event)
        if kind is ScalarEvent:
            return self._value(event), event.start_mark
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
        if event.flow_style:
            self._flow.append(event.start_mark)
            self._is_watched = True
        node = self._mapping if kind is MappingStartEvent else self._sequence
        found = node(event, depth + 1)
        if event.flow_style:
            self._flow.pop()
            self._is_watched = self._is_odd or bool(self._flow)
        return found

    def _mapping(self, start: Any, depth: int) -> tuple[dict[str, Any], Marks]:
        value: dict[str, Any] = {}
        marks: dict[str, tuple[Any, Marks]] = {}
        get = self._get
        while type(event := get()) is not MappingEndEvent:
            # Most keys and values are scalars with nothing odd, for which a call more is dear.
            if type(event) is ScalarEvent and event.anchor is event.ctag and not self._is_watched:
                key = event.value or self._key(event)
            else:
                key = self._key(event)
            if key in value:
                self._tell_twice(event, key)
            of_value = get()
            child: Any
            child_marks: Marks
            if type(of_value) is ScalarEvent:
                child, child_marks = self._value(of_value), of_value.start_mark
            else:
                child, child_marks = self._node(of_value, depth)
            if self._is_watched and (self._slips or (self._flow and (not child or " " in key))):
                self._look_at_key(event, child)
            if key not in value:
                value[key] = child
                marks[key] = event.start_mark, child_marks
        if self._slips and start.flow_style:
            self._slips.behind_braces(event.end_mark)
        return value, (start.start_mark, marks)

    def _sequence(self, start: Any, depth: int) -> tuple[list[Any], Marks]:
        value: list[Any] = []
        marks: list[Marks] = []
        get = self._get
        while type(event := get()) is not SequenceEndEvent:
            child, child_marks = self._node(event, depth)
            if self._slips and child == "" and not self._flow:
                self._slips.behind_dash(event)
            value.append(child)
            marks.append(child_marks)
        if self._slips and start.flow_style:
            self._slips.behind_braces(event.end_mark)
        return value, (start.start_mark, marks)

    def _key(self, event: Any) -> str:
        if type(event) is not ScalarEvent:
            if type(event) is AliasEvent:
                _refuse(event)
            _stop("KP003", "a key must be a plain word", event, "Write 'key: value'.")
        if not event.value:
            from kimplan.source.syntax import does_not_fit

            mark = event.start_mark
            raise StopReadingError(does_not_fit(mark.line + 1, mark.column + 1))
        return self._scalar(event)

    def _tell_twice(self, event: Any, key: str) -> None:
        mark = event.start_mark
        message = f"the key {shown(key)} stands twice"
        hint = "Keep one of the two; only you know which."
        self._problems.append(Problem("KP004", message, hint, mark.line + 1, mark.column + 1))

    def _value(self, event: Any) -> str:
        """Return what a scalar says that is no key."""
        text: str = event.value
        if self._is_watched or event.anchor is not None or event.ctag is not None:
            text = self._scalar(event)
        style = event.style
        if style != "|":
            if "\n" in text:
                text = text.replace("\n", "\n\n")  # YAML folds a blank line to one line end
            elif not style and text in _NULLS:
                text = ""
        return text

    def _scalar(self, event: Any) -> str:
        """Return the text of a scalar after a look at it, where the text around it asks for one."""
        if event.anchor is not None or event.ctag is not None:
            _refuse(event)
        text: str = event.value
        return self._looked_at(event, text) if self._is_watched else text

    def _looked_at(self, event: Any, text: str) -> str:
        if event.style:
            if self._slips and event.style in "'\"":
                self._slips.behind_braces(event.end_mark)
            if event.style == '"':
                return self._quoted(event)
            if self._slips and event.style in "|>":
                self._slips.behind_bar(event.start_mark)
        elif self._flow and (":" in text or "?" in text):
            from kimplan.source.syntax import needs_quotes

            character = next(one for one in text if one in ":?")
            index = self._text.index(character, event.start_mark.index)
            raise StopReadingError(needs_quotes(character, *position(self._text, index)))
        elif self._slips:
            self._slips.behind_text(event)
        return text

    def _quoted(self, event: Any) -> str:
        """Return the text between double quotes; its escapes may have made anything."""
        text: str = event.value
        is_odd = not text.replace("\n", "").isprintable()
        if (is_odd or self._has_backslash) and self._made_slips().path_in_quotes(event):
            return replace_forbidden(text)
        return self._escaped(event) if is_odd else text

    def _escaped(self, event: Any) -> str:
        """Return the text of an `event` that holds what nobody can see."""
        from kimplan.source.unfit import unfit_escapes

        if half := next((one for one in event.value if "\ud800" <= one <= "\udfff"), ""):
            from kimplan.source.syntax import bad_escape

            mark = event.start_mark  # the parser written in C stops here too
            raise StopReadingError(bad_escape(half, mark.line + 1, mark.column + 1))
        self.is_plain = self.is_plain and is_plain(event.value)
        span = event.start_mark.index, event.end_mark.index
        found = list(islice(unfit_escapes(self._text, *span), self._unfit_left))
        self._unfit_left -= len(found)
        self._problems += found
        return replace_forbidden(event.value)

    def _look_at_key(self, event: Any, child: Any) -> None:
        """Find the slips that YAML takes for part of a key, or for a comment behind it."""
        slips = self._slips or self._made_slips()
        if self._flow:
            slips.key_in_braces(event, is_empty=not child)
        else:
            slips.behind_key(event)


def _may_lose_text(text: str) -> bool:
    """Return whether a # in `text` may begin a comment that is none."""
    if "#" not in text:
        return False
    at = text.find(" #")
    while at >= 0:
        if text[at + 2 : at + 3] not in _BEHIND_COMMENTS:
            return True
        at = text.find(" #", at + 2)
    return "|#" in text or ">#" in text


def _counted(get: Callable[[], Any]) -> Callable[[], Any]:
    """Return a function that does what `get` does, and stops at what is beyond MAX_EVENTS.

    What begins something counts for its end too.
    """
    left = MAX_EVENTS - 4  # the stream and the document begin and end

    def get_counted() -> Any:
        nonlocal left
        event = get()
        if isinstance(event, NodeEvent):
            left -= 2 if isinstance(event, CollectionStartEvent) else 1
            if left < 0:
                message = f"the file holds more than {MAX_EVENTS:,} YAML elements"
                _stop("KP006", message, event, "Shorten the file.")
        return event

    return get_counted


def _stop(code: str, message: str, event: Any, hint: str) -> NoReturn:
    mark = event.start_mark
    raise StopReadingError(Problem(code, message, hint, mark.line + 1, mark.column + 1))


def _refuse(event: Any) -> NoReturn:
    from kimplan.source.syntax import not_allowed

    if type(event) is AliasEvent:  # its name stands in its anchor
        kind = "alias"
    elif event.anchor is not None:
        kind = "anchor"
    else:
        kind = "tag"
    mark = event.start_mark
    raise StopReadingError(not_allowed(kind, mark.line + 1, mark.column + 1))
