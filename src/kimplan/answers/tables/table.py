"""A table of plans as plain data: fields that say what they hold, and rows of typed values."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple, TypeAlias

from kimplan.model.choice import Choice

Value: TypeAlias = str | int | bool | date | tuple[str, ...] | None
Row: TypeAlias = tuple[Value, ...]


class Kind(Choice):
    """What the values of a field are; each field's value may be None, where there is none."""

    WORDS = "words", "Words on one line."
    PROSE = "prose", "Paragraphs, bullets, bold words and links, as the plan's files write them."
    NUMBER = "number", "A whole number."
    DAY = "day", "A day: a `date`."
    PROMISE = "promise", "A day, a month or an interval as it was written, or `none agreed`."
    SWITCH = "switch", "True or false."
    NAMES = "names", "A tuple of roles."
    LINK = "link", "A web address, or a path in the repository."


class Field(NamedTuple):
    """A column of a table: `key` is its name for programs, `label` for people.

    `about` says what it holds, for the documentation of the formats.
    """

    key: str
    label: str
    kind: Kind
    about: str


class RowTable(NamedTuple):
    """A table: its name for programs, its fields, and its rows, which can be read once.

    Each row has as many values as there are fields.
    """

    name: str
    fields: tuple[Field, ...]
    rows: Iterable[Row]
