"""Which sub-action is this? The actions of two states of a recommendation that are the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from kimplan.changes.words import plain_words

if TYPE_CHECKING:
    from kimplan.model.recommendation import Action


class ActionPair(NamedTuple):
    """An action as it was and as it is, None where it was not or is no more.

    `number` is its place in the later list, counted from 0, or None.
    """

    before: Action | None
    after: Action | None
    number: int | None


def pair_actions(before: Sequence[Action], after: Sequence[Action]) -> list[ActionPair]:
    """Return the actions of both states, those of `after` in their order, what is gone at the end.

    They are known by their titles' words, and else by their places among those that are left.
    """
    old = list(before)
    found: dict[int, Action] = {}
    for index, action in enumerate(after):
        same = next((one for one in old if _title(one) == _title(action)), None)
        if same is not None:
            old.remove(same)
            found[index] = same
    renamed = [index for index in range(len(after)) if index not in found]
    if len(renamed) == len(old):
        found |= dict(zip(renamed, old, strict=True))
        old = []
    return [*_kept(after, found), *(ActionPair(action, None, None) for action in old)]


def _kept(after: Sequence[Action], found: dict[int, Action]) -> Iterator[ActionPair]:
    for index, action in enumerate(after):
        yield ActionPair(found.get(index), action, index)


def _title(action: Action) -> str:
    return plain_words(action.title).casefold()
