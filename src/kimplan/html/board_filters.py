"""What the recommendations of the dashboard can be filtered by, and by which choices each is found.

A recommendation names its choices by their places in the filter's list, which are short and need no
quotation marks; an address names them by their values, which stay what they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kimplan.answers.board.dashboard import Dashboard
from kimplan.answers.board.entries import Entry
from kimplan.answers.naming import owner_name

_STATES = {
    "open": "Open",
    "overdue": "Overdue",
    "soon": "Due soon",
    "undated": "Without a date",
    "complete": "Complete",
}


class Choice(NamedTuple):
    """What can be chosen: its value in an address, and its words."""

    value: str
    words: str


class Filter(NamedTuple):
    """A filter: its choices, and the place of each by its value."""

    choices: tuple[Choice, ...]
    places: dict[str, str]


def filters_of(board: Dashboard) -> dict[str, Filter]:
    """Return the filters by their names; the plans' is there where there are several."""
    say, choices = board.language.say, board.choices
    found = {
        "rating": [Choice(one.value, label) for one, label in board.ratings.items()],
        "section": [Choice(title, title) for title in choices.sections],
        "owner": [Choice(role, owner_name(role, board.language)) for role in choices.owners],
        "state": [Choice(state, say(_STATES[state])) for state in _STATES],
    }
    if choices.plans:
        found["plan"] = [Choice(name, name) for name in choices.plans]
    return {name: _filter(known) for name, known in found.items()}


def _filter(choices: list[Choice]) -> Filter:
    return Filter(tuple(choices), {one.value: str(at) for at, one in enumerate(choices)})


def places_of(entry: Entry, filters: dict[str, Filter]) -> dict[str, str]:
    """Return the places of a recommendation's choices, by the names of the filters."""
    values = {
        "rating": [entry.item.rag.value],
        "section": [entry.section],
        "owner": entry.owners,
        "state": list(_states(entry)),
        "plan": [entry.of.name],
    }
    return {
        name: " ".join(known.places[value] for value in values[name])
        for name, known in filters.items()
    }


def _states(entry: Entry) -> Iterator[str]:
    if entry.item.rag.is_open:
        yield "open"
    if entry.item.rag.is_complete:
        yield "complete"
    if entry.is_late:
        yield "overdue"
    if entry.is_soon:
        yield "soon"
    if entry.item.lacks_date:
        yield "undated"
