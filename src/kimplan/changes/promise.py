"""Whether a change touched what a recommendation promises."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kimplan.changes.words import plain_values, plain_words

if TYPE_CHECKING:
    from kimplan.model.due import Due
    from kimplan.model.recommendation import Action, Recommendation, Revision


def touches_promise(before: Recommendation | None, after: Recommendation) -> bool:
    """Return whether the rating, a date, its revisions or an action's promise is another.

    That is so of a new recommendation, whose `before` is None. An action promises what it is
    about, until when and whether it is done; whose it is, and in which order they stand, is not
    among it.
    """
    return before is None or _promised(before) != _promised(after)


def _promised(item: Recommendation) -> tuple[object, ...]:
    actions = sorted(map(_action, item.actions), key=repr)
    return item.rag, _days(item.due), item.completed, _moves(item.revisions), actions


def _action(action: Action) -> tuple[object, ...]:
    title = plain_words(action.title)
    return title, _days(action.due), action.done, _moves(action.revisions)


def _days(due: Due | None) -> tuple[object, ...]:
    return (due.first_day, due.last_day) if due else ()


def _moves(revisions: list[Revision]) -> list[tuple[object, ...]]:
    return [plain_values(revision) for revision in revisions]
