"""The proof that an edit of a file's text did what it was for and nothing else."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import Any, TypeAlias

from pydantic import ValidationError

from kimplan.model.fields import PlanModel
from kimplan.source import Document, KeyPath, find_ignores, parse
from kimplan.source.file import MAX_BYTES

Settle: TypeAlias = Callable[[Any], Any]
_BYTE_ORDER_MARK = 3  # bytes; one may stand before the text in its file
_BLANKS = re.compile(" +")


def is_proved(
    before: Document, text: str, expected: Any, model: type[PlanModel], settle: Settle
) -> bool:
    """Return whether `text` says what is `expected`, and has no problem that `before` had not.

    Both values are compared as `settle` makes them.
    """
    after = parse(text)
    return (
        settle(after.value) == settle(expected)
        and len(text.encode("utf-8", "surrogatepass")) <= MAX_BYTES - _BYTE_ORDER_MARK
        and _problems(after) <= _problems(before)
        and _faults(after, model) <= _faults(before, model)
    )


def as_it_is(value: Any) -> Any:
    """Return `value`."""
    return value


def settled(value: Any) -> Any:
    """Return `value` without what white space at the end of a line adds to a text."""
    if isinstance(value, dict):
        return {key: settled(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [settled(inner) for inner in value]
    lines = _BLANKS.sub(" ", value).split("\n")
    return "\n".join(line.rstrip(" ") for line in lines).rstrip("\n")


def _problems(document: Document) -> Counter[tuple[str, str]]:
    return Counter((problem.code, problem.message) for problem in document.problems)


def _faults(document: Document, model: type[PlanModel]) -> set[tuple[Any, ...]]:
    """Return what the model finds wrong with the values."""
    try:
        model.model_validate(document.value)
    except ValidationError as error:
        errors = error.errors(include_url=False, include_input=False, include_context=False)
        return {(found["type"], found["loc"]) for found in errors}
    return set()


def ignored(text: str) -> Counter[tuple[object, ...]]:
    """Return the comments of `text` that ignore something, with the lines that each counts for."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return Counter(
        (one.verb, one.codes, one.reason, *(lines[one.first - 1 : one.last]))
        if not one.is_for_file
        else (one.verb, one.codes, one.reason)
        for one in find_ignores(text)
    )


def put(value: Any, at: KeyPath, new: str) -> None:
    """Put `new` at the path `at` of `value`."""
    for step in at[:-1]:
        value = value[step]
    value[at[-1]] = new
