"""An edit that somebody made in a cell: what it said, and what it says."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date
from typing import NamedTuple, TypeAlias

from kimplan.merge.sameness import bare, fold_name, tidy
from kimplan.model.column_field import ColumnField, as_own_column
from kimplan.model.due import Due, show_day
from kimplan.model.prose import Block, parse_prose
from kimplan.model.rating import Rating
from kimplan.model.recommendation import Recommendation


class Text(NamedTuple):
    """A longer text as blocks."""

    blocks: tuple[Block, ...]


class Roles(NamedTuple):
    """Owners, in their order."""

    roles: tuple[str, ...]


class Note(NamedTuple):
    """A progress note to add; `by` may be empty, and None is the day of the merge."""

    words: str
    by: str = ""
    on: date | None = None


class Proof(NamedTuple):
    """Evidence to add; `link` may be empty."""

    title: str
    link: str = ""


class Own(NamedTuple):
    """The value of an own field as a record holds it, empty for none; it may be `is_prose`."""

    id: str
    text: str
    is_prose: bool = False


Value: TypeAlias = Rating | Due | date | Text | Roles | Note | Proof | Own | None


class Edit(NamedTuple):
    """A field of the recommendation `ref` that the copy `file` says otherwise than it was.

    `reason` is why a date moved, where somebody said so beside it.
    """

    ref: str
    field: str
    was: Value
    says: Value
    file: str = ""
    reason: str = ""


def value_of(item: Recommendation, field: str, response: tuple[Block, ...] = ()) -> Value:
    """Return what a record says in a field; of its response as it was parsed, that is `response`.

    None for what is only ever added to.
    """
    if own := as_own_column(field):
        return Own(own.id, item.fields.get(own.id, ""))
    values: dict[str, Value] = {
        ColumnField.RAG: item.rag,
        ColumnField.DUE: item.due,
        ColumnField.OWNERS: Roles(tuple(item.owners)),
        ColumnField.COMPLETED: item.completed,
        ColumnField.RESPONSE: Text(response),
    }
    return values.get(field)


def key_of(value: Value) -> Hashable:
    """Return what counts of a value when two are compared: not how it is laid out."""
    key: Hashable = value
    match value:
        case Due():
            key = value.first_day, value.last_day
        case Text():
            key = tuple(map(tidy, bare(value.blocks)))
        case Roles():
            key = tuple(map(fold_name, value.roles))
        case Note():
            key = fold_name(value.words)
        case Proof():
            key = fold_name(value.title), value.link
        case Own():
            key = tuple(map(tidy, bare(parse_prose(value.text))))
    return key


def show_value(value: Value) -> str:
    """Return a value in words, on one line."""
    match value:
        case Text():
            shown = " / ".join(block.text for block in value.blocks)
        case Roles():
            shown = ", ".join(value.roles)
        case Note():
            shown = value.words
        case Own():
            shown = value.text
        case Proof():
            shown = f"{value.title} ({value.link})" if value.link else value.title
        case Rating() | Due():
            shown = str(value)
        case date():
            shown = show_day(value)
        case None:
            shown = ""
    return shown or "nothing"
