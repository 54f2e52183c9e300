"""What a file says of characters that look like others, are unseen, or came here damaged.

Loaded only when there may be one. What only such a character makes wrong is not said beside it: the
other findings are those about the text as it is meant.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from kimplan.characters import first_forbidden, index, lines, position
from kimplan.diagnostic import Correction, Severity
from kimplan.model.fields import PlanModel
from kimplan.sight import damage
from kimplan.sight.look_alikes import DOUBLE_QUOTES, SINGLE_QUOTES
from kimplan.source import Document, Problem, shown
from kimplan.source.problem import UNFIT
from kimplan.source.unfit import after, beside, told, whole_word
from kimplan.writing.exact import exact_spans
from kimplan.writing.look_alikes import Kind, Swap, meant, runs

_QUOTES = f"{DOUBLE_QUOTES}{SINGLE_QUOTES}"
_MOST = 20
_CODES = {Kind.UNSEEN: "KP109", Kind.FORBIDDEN: "KP107", Kind.DAMAGE: "KP121"}
_EXACT = "KP120"
_HINTS = {
    "": "Write the line without it",
    " ": "Write a space of the keyboard",
    "-": "Write a hyphen of the keyboard",
    '"': "Write straight quotation marks",
    "'": "Write straight quotation marks",
    ":": "Write a colon of the keyboard",
    ": ": "Write a colon of the keyboard, and a space",
}


class Sight(NamedTuple):
    """What is found in a text by looking at it, and the document that it means."""

    problems: list[Problem]
    meant: Document


def look_at(document: Document, model: type[PlanModel]) -> Sight:
    """Return what is to be said of the characters in the text of a `document` of a `model`."""
    look = _Look(document, model)
    found = [*look.swapped(), *look.lost(), *look.left()]
    return Sight(found, look.meant)


class _Look:
    """One look at a text, and the text that it means."""

    def __init__(self, document: Document, model: type[PlanModel]) -> None:
        text, self._swaps = meant(document, model)
        self.meant = text.document
        self._document = document
        self._text = document.text
        self._exact = exact_spans(text, model)
        self._new_lines = list(lines(text.text))

    def swapped(self) -> Iterator[Problem]:
        """Yield what is said of each run of characters that the text should have otherwise."""
        quoted: set[int] = set()  # lines, of whose quotation marks one is enough
        shift = 0
        for run in runs(self._swaps)[:_MOST]:
            begin = run[0].start + shift
            shift += sum(len(one.new) - (one.end - one.start) for one in run)
            line, _ = position(self._text, run[0].start)
            is_quote = self._text[run[0].start] in _QUOTES
            if not (is_quote and line in quoted):
                yield self._problem(run, begin)
            if is_quote:
                quoted.add(line)

    def _problem(self, run: Sequence[Swap], begin: int) -> Problem:
        """Return what is said of a `run`, which begins at `begin` in the text that is meant."""
        first, end = run[0], run[-1].end
        code = self._code(first, begin)
        is_error = code in {"KP107", _EXACT}
        line, column = position(self._text, first.start)
        return Problem(
            code,
            self._message(first, end, begin),
            _hint(first),
            line,
            column,
            Severity.ERROR if is_error else Severity.WARNING,
            Correction(line, line, (self._new_lines[line - 1],)),
        )

    def _code(self, swap: Swap, begin: int) -> str:
        code = _CODES.get(swap.kind, _EXACT)
        if code == "KP109" and any(start <= begin <= end for start, end in self._exact):
            return _EXACT
        written = self._text[swap.start : swap.end]
        is_forbidden = code == "KP121" and first_forbidden(written)
        return "KP107" if is_forbidden else code

    def _message(self, first: Swap, end: int, begin: int) -> str:
        start, text = first.start, self._text
        if first.kind is Kind.DAMAGE:
            before, behind = whole_word(text, start, end)
            word, was = f"{before}{text[start:end]}{behind}", f"{before}{first.new}{behind}"
            return f"'{word}' was damaged on its way here: it means '{was.strip()}'"
        if text[start] == "\\":
            return f"the escape {text[start : first.end]} makes {told(first.found)}"
        if first.kind is Kind.NAME and first.new == " " and (name := self._name(begin)):
            return f"{told(first.found)}, stands in {shown(name)}"
        place = after if first.kind is Kind.MARK else beside
        return f"{told(first.found)}, stands {place(text, start, end)}"

    def _name(self, begin: int) -> str:
        """Return the exact text around a place of the text that is meant, as it stands there."""
        for start, end in self._exact:
            if start <= begin < end:
                return self.meant.text[start:end]
        return ""

    def lost(self) -> Iterator[Problem]:
        """Yield where a character is lost for good."""
        if self._text.isascii():
            return
        gone = (one for one in damage.find(self._text) if one.was is None)
        for start, end, _ in islice(gone, _MOST):
            word = self._text[start:end].join(whole_word(self._text, start, end))
            message = f"a character of '{word}' was lost on its way here"
            hint = "Type the word again, as it stands where it came from."
            place = position(self._text, start)
            yield Problem("KP121", message, hint, *place, Severity.WARNING)

    def left(self) -> Iterator[Problem]:
        """Yield what is said already of the characters that no swap takes away."""
        for problem in self._document.problems:
            at = index(self._text, problem.line, problem.column)
            is_swapped = any(one.start <= at < one.end for one in self._swaps)
            if problem.code in UNFIT and not is_swapped:
                yield problem


def _hint(swap: Swap) -> str:
    if swap.kind is Kind.DAMAGE:
        hint = "Write it as it was"
    else:
        hint = _HINTS.get(swap.new, f"Type '{swap.new}' again on the keyboard")
    return f"{hint}; kimplan lint --fix does so."
