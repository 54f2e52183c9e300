"""Which action is this? The actions of two states of a recommendation, paired."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from kimplan.changes.words import plain_words
from kimplan.model.recommendation import Action


class ActionPair(NamedTuple):
    """The places of one action in two lists, None where it is not in one of them."""

    before: int | None
    after: int | None


def pair_actions(before: Sequence[Action], after: Sequence[Action]) -> list[ActionPair]:
    """Return the pairs in the order of `after`, what is gone at the end.

    An action is known by the words of its title, several of the same in their order; what is left
    then by its place among the rest.
    """
    places: dict[str, list[int]] = {}
    for place, action in enumerate(before):
        places.setdefault(plain_words(action.title), []).append(place)
    titles = [places.get(plain_words(action.title), []) for action in after]
    found = [same.pop(0) if same else None for same in titles]
    rest = iter(sorted(place for same in places.values() for place in same))
    paired = [next(rest, None) if place is None else place for place in found]
    gone = [ActionPair(place, None) for place in rest]
    return [*(ActionPair(old, new) for new, old in enumerate(paired)), *gone]
