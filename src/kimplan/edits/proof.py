"""The proof of an edit: the result, parsed again, says what it should and nothing else."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import Any, TypeAlias

from pydantic import ValidationError

from kimplan.model.fields import PlanModel
from kimplan.model.rating import Scheme
from kimplan.source.file import MAX_BYTES
from kimplan.writing.parsed_text import ParsedText

Settle: TypeAlias = Callable[[Any], Any]
BYTE_ORDER_MARK = b"\xef\xbb\xbf"  # may stand before the text in its file
_UNSEEN = "KP109"  # a character that nobody can see: lint warns of it, an update may bring one
_BLANKS = re.compile(" +")


def says_only(before: ParsedText, after: ParsedText, expected: Any, settle: Settle) -> bool:
    """Return whether `after` says what is `expected`, and has no problem that `before` had not.

    Both values are compared as `settle` makes them.
    """
    return (
        after.document.value is not None
        and settle(after.value) == settle(expected)
        and fits(after.text)
        and _problems(after) <= _problems(before)
    )


def breaks_nothing(before: ParsedText, after: ParsedText, model: type[PlanModel]) -> bool:
    """Return whether `model` finds nothing wrong with `after` that it did not with `before`."""
    return _faults(after, model) <= _faults(before, model)


def keeps_comments(before: ParsedText, after: ParsedText, gone: Counter[str]) -> bool:
    """Return whether each comment on a line of its own is still one, but for those `gone`."""
    return before.comments() - gone <= after.comments()


def fits(text: str) -> bool:
    """Return whether a file may hold `text`."""
    size = len(text.encode("utf-8", "surrogatepass"))
    return size <= MAX_BYTES - len(BYTE_ORDER_MARK)


def as_it_is(value: Any) -> Any:
    """Return `value`."""
    return value


def as_models_see(value: Any) -> Any:
    """Return `value` without line ends behind the last words, which mean nothing."""
    if isinstance(value, dict):
        return {key: as_models_see(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_models_see(inner) for inner in value]
    return value.rstrip("\n")


def without_stray_space(value: Any) -> Any:
    """Return `value` without what white space at the end of a line adds to a text."""
    if isinstance(value, dict):
        return {key: without_stray_space(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [without_stray_space(inner) for inner in value]
    lines = _BLANKS.sub(" ", value).split("\n")
    return "\n".join(line.rstrip(" ") for line in lines).rstrip("\n")


def _problems(text: ParsedText) -> Counter[tuple[str, str]]:
    found = (problem for problem in text.document.problems if problem.code != _UNSEEN)
    return Counter((problem.code, problem.message) for problem in found)


def _faults(text: ParsedText, model: type[PlanModel]) -> set[tuple[Any, ...]]:
    try:
        model.model_validate(text.value, context=Scheme.BRAG)  # has the words of all schemes
    except ValidationError as error:
        errors = error.errors(include_url=False, include_input=False, include_context=False)
        return {(found["type"], found["loc"]) for found in errors}
    return set()
