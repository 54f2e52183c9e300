"""Where a value or a key that must be exact holds the double of a character: a role, a ref, a link.

In longer texts and titles such characters are good typography, and nothing is found there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from typing import Any, NamedTuple

from kimplan.model import value_forms as kinds
from kimplan.model.fields import PlanModel
from kimplan.model.form import FieldType, Form, fields_of, type_of
from kimplan.sight.look_alikes import DOUBLE_QUOTES, SINGLE_QUOTES, SPACES, letters, plain
from kimplan.source import KeyPath
from kimplan.source.splice import Edit
from kimplan.source.unfit import Unit, escapes
from kimplan.writing.parsed_text import ParsedText

_DATES = (kinds.DUE_DATE, kinds.PROMISE, kinds.DAY)
_LOOSE = (kinds.PROSE, kinds.LINE, kinds.MARK)
_WORD_FORM = Form("word")  # of a key, and of a word that the model knows
_WORD = re.compile(r"\w+")
_QUOTES = f"{DOUBLE_QUOTES}{SINGLE_QUOTES}"


class Exact(NamedTuple):
    """A key, or a value that must be exact, and which it is."""

    at: KeyPath
    text: str
    form: Form
    is_key: bool = False


def exact_texts(value: Any, model: type[PlanModel]) -> Iterator[Exact]:
    """Yield the keys and the exact values of a file's `value` that are no ASCII."""
    return (
        one for one in _texts(value, model, ()) if not one.text.isascii() and _is_exact(one.form)
    )


def loose_texts(value: Any, model: type[PlanModel]) -> Iterator[tuple[KeyPath, str]]:
    """Yield the titles and longer texts of a file's `value`, and where they stand."""
    for one in _texts(value, model, ()):
        if one.form in _LOOSE and one.form is not kinds.ROLE:
            yield one.at, one.text


def exact_spans(text: ParsedText, model: type[PlanModel]) -> list[tuple[int, int]]:
    """Return from where to where in a text its keys stand, and all values but its texts."""
    found = _texts(text.value, model, ())
    exact = (one for one in found if one.form is kinds.ROLE or one.form not in _LOOSE)
    return [span for one in exact if (span := _span(text, one))]


def _span(text: ParsedText, one: Exact) -> tuple[int, int] | None:
    node = text.nodes.get(one.at)
    if node is None:
        return None
    if one.is_key:
        start = node.start if node.key is None else node.key
        return start, start + len(one.text) + (2 if text.text[start] in {'"', "'"} else 0)
    return node.start, node.end


def _texts(value: Any, model: type[PlanModel], at: KeyPath) -> Iterator[Exact]:
    """Yield the keys of a file's `value` and the texts whose fields its `model` knows."""
    if not isinstance(value, dict):
        return
    known = fields_of(model)
    for key, inner in value.items():
        yield Exact((*at, key), key, _WORD_FORM, is_key=True)
        field = known.get(key) or known.get(plain(key).strip())
        if field is not None:
            yield from _inside(inner, type_of(field), (*at, key))


def _inside(value: Any, holds: FieldType, at: KeyPath) -> Iterator[Exact]:
    if isinstance(value, list):
        for number, one in enumerate(value):
            yield from _inside(one, holds, (*at, number))
    elif holds.is_mapping and isinstance(value, dict):
        one = FieldType(holds.kind, holds.is_list, holds.limits, holds.form)
        for key, inner in value.items():
            yield Exact((*at, key), key, kinds.SLUG, is_key=True)
            yield from _inside(inner, one, (*at, key))
    elif issubclass(holds.kind, PlanModel):
        yield from _texts(value, holds.kind, at)
    elif isinstance(value, str):
        yield Exact(at, value, _WORD_FORM if issubclass(holds.kind, Enum) else holds.form)


def _is_exact(form: Form) -> bool:
    """Return whether a text of this `form` must be written with the keyboard's characters."""
    return form is kinds.ROLE or form not in (*_LOOSE, *_DATES)


def doubles_in(text: ParsedText, one: Exact) -> Iterator[Edit]:
    """Yield the edits that put the keyboard's characters where `one` has their doubles."""
    units = list(_units(text, one))
    made = "".join(unit.character for unit in units)
    swapped = swaps(made, one.form)
    for unit, new in zip(units, swapped, strict=True):
        if new != unit.character:
            yield Edit(unit.start, unit.end, new)


def _units(text: ParsedText, one: Exact) -> Iterator[Unit]:
    """Yield the characters of a key or a value as they are written."""
    start, end = _span(text, one) or (0, 0)
    if text.text[start : start + 1] == '"':
        yield from escapes(text.text, start, end)
    else:
        yield from (Unit(text.text[at], at, at + 1) for at in range(start, end))


def swaps(text: str, form: Form) -> list[str]:
    """Return what to write for each character of a `text` of a `form`: often the same."""
    if form is kinds.LINK:
        return _link(text)
    new = _role(text) if form is kinds.ROLE else [plain(one) for one in text]
    return _bare(text, new)


def _bare(text: str, new: list[str]) -> list[str]:
    """Return `new` without the odd spaces at either end of `text`."""
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    return [
        "" if one in SPACES and not start <= at < end else other
        for at, (one, other) in enumerate(zip(text, new, strict=True))
    ]


def _role(text: str) -> list[str]:
    """Return a role's characters: its words may have dashes and curly apostrophes."""
    new = [" " if one in SPACES else one for one in text]
    for word in _WORD.finditer(text):
        if _is_mixed(word.group(), text):
            at = slice(*word.span())
            new[at] = [letters()[one][0] if one in letters() else one for one in word.group()]
    return new


def _is_mixed(word: str, text: str) -> bool:
    """Return whether a `word` of a `text` with letters of the keyboard has doubles of others."""
    others = [one for one in word if not one.isascii()]
    is_latin = any(one.isascii() and one.isalpha() for one in text)
    return is_latin and bool(others) and all(one in letters() for one in others)


def _link(text: str) -> list[str]:
    """Return a link's characters without curly quotation marks at its ends."""
    start, end = len(text) - len(text.lstrip(_QUOTES)), len(text.rstrip(_QUOTES))
    inner = text.strip(_QUOTES)
    if not inner or any(one in inner for one in _QUOTES):
        return list(text)
    return [one if start <= at < end else "" for at, one in enumerate(text)]
