"""Whether a change touched what a recommendation promises."""

from __future__ import annotations

from kimplan.changes.words import plain_values, plain_words
from kimplan.model.recommendation import Recommendation, Revision


def touches_promise(before: Recommendation | None, after: Recommendation) -> bool:
    """Return whether the rating, a date, its revisions or an action's promise is another.

    That is so of a new recommendation, whose `before` is None. An action promises what it is
    about, until when and whether it is done; whose it is, and in which order they stand, is not
    among it.
    """
    return before is None or _promised(before) != _promised(after)


def _promised(item: Recommendation) -> tuple[object, ...]:
    actions = [
        (plain_words(action.title), str(action.due), str(action.done), _revisions(action.revisions))
        for action in item.actions
    ]
    revisions = _revisions(item.revisions)
    return item.rag, item.due, item.completed, revisions, sorted(actions, key=repr)


def _revisions(revisions: list[Revision]) -> list[tuple[object, ...]]:
    return [plain_values(revision) for revision in revisions]
