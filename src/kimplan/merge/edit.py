"""An edit that somebody made in a cell: what it said, and what it says."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date
from typing import NamedTuple, TypeAlias

from kimplan.merge.sameness import bare, fold_name, tidy
from kimplan.model.due import Due, show_day
from kimplan.model.plan import ColumnField
from kimplan.model.prose import Block
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


Value: TypeAlias = Rating | Due | date | Text | Roles | Note | Proof | None


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
    match field:
        case ColumnField.RAG:
            return item.rag
        case ColumnField.DUE:
            return item.due
        case ColumnField.OWNERS:
            return Roles(tuple(item.owners))
        case ColumnField.COMPLETED:
            return item.completed
        case ColumnField.RESPONSE:
            return Text(response)
    return None


def key_of(value: Value) -> Hashable:
    """Return what counts of a value when two are compared: not how it is laid out."""
    match value:
        case Due():
            return value.first_day, value.last_day
        case Text():
            return tuple(map(tidy, bare(value.blocks)))
        case Roles():
            return tuple(map(fold_name, value.roles))
        case Note():
            return fold_name(value.words)
        case Proof():
            return fold_name(value.title), value.link
    return value


def show_value(value: Value) -> str:
    """Return a value in words, on one line."""
    match value:
        case Text():
            shown = " / ".join(block.text for block in value.blocks)
        case Roles():
            shown = ", ".join(value.roles)
        case Note():
            shown = value.words
        case Proof():
            shown = f"{value.title} ({value.link})" if value.link else value.title
        case Rating() | Due():
            shown = str(value)
        case date():
            shown = show_day(value)
        case None:
            shown = ""
    return shown or "nothing"
