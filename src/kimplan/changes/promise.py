"""Whether a change touches what was promised, and not only what is told about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kimplan.changes.words import plain_words
from kimplan.model.due import Due
from kimplan.model.recommendation import Action, Recommendation, Revision


def touches_promise(before: Recommendation | None, after: Recommendation) -> bool:
    """Return whether the rating, a date, its revisions or the completion changed; None is new.

    A progress note, evidence, an owner and the layout of the file are no promise.
    """
    return before is None or _promised(before) != _promised(after)


def _promised(item: Recommendation) -> tuple[Any, ...]:
    actions = [_action(action) for action in item.actions]
    return item.rag, _days(item.due), item.completed, _moves(item.revisions), actions


def _action(action: Action) -> tuple[Any, ...]:
    title = plain_words(action.title)
    return title, _days(action.due), action.done, _moves(action.revisions)


def _moves(revisions: Sequence[Revision]) -> list[tuple[Any, ...]]:
    return [(_days(one.from_), _days(one.to), one.on) for one in revisions]


def _days(due: Due | None) -> tuple[Any, ...]:
    return (due.first_day, due.last_day) if due else ()
