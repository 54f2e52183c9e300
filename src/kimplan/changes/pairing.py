"""Which record is this? The records of two states that are the same recommendation.

A recommendation is known by the Ombudsman's words, which nobody may change, before its file's name
and its ref, which somebody may have exchanged.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeAlias

from kimplan.changes.words import likeness, ombudsmans_words, plain_words, word_counts
from kimplan.model.recommendation import Recommendation

State: TypeAlias = Mapping[str, Recommendation | None]
_Key: TypeAlias = tuple[str, str]
_Keys: TypeAlias = Callable[[State], Iterator[_Key]]
_LIKE_ITSELF = 0.4  # of the words: a record under the name that it had
_LIKE_ANOTHER = 0.76  # of the words: a record that has another name now
_MOST_COMPARISONS = 40_000


def pair_records(before: State, after: State) -> dict[str, str]:
    """Return the names in `before` of the records that are in `after` too, by their names there.

    The states are records by the names of their files, None for one that cannot be understood,
    which is known by its name only.
    """
    work = _Pairing(before, after)
    work.by_key(_words_once)
    work.by_name_and_words()
    work.by_key(_title_once)
    work.by_likeness()
    work.by_key(_name)
    work.by_key(_ref)
    return work.found


def is_same(before: Recommendation, after: Recommendation) -> bool:
    """Return whether two states alone are those of one recommendation: by its ref, or its words."""
    if before.ref.casefold() == after.ref.casefold():
        return True
    return _likeness(before, after) >= _LIKE_ANOTHER


class _Pairing:
    """The pairs that were found so far, and what is left of both states."""

    def __init__(self, before: State, after: State) -> None:
        self.found: dict[str, str] = {}
        self._before = dict(before)
        self._after = dict(after)

    def by_key(self, keys: _Keys) -> None:
        """Pair the records that have the same key."""
        earlier = dict(reversed([*keys(self._before)]))
        for key, name in [*keys(self._after)]:
            if key in earlier:
                self._pair(earlier.pop(key), name)

    def by_name_and_words(self) -> None:
        """Pair the records that kept their names and some of their words."""
        for name, item in [*self._after.items()]:
            before = self._before.get(name)
            if item and before and _likeness(before, item) >= _LIKE_ITSELF:
                self._pair(name, name)

    def by_likeness(self) -> None:
        """Pair the records that have most words in common, the most alike first."""
        old, new = (_counts(state) for state in (self._before, self._after))
        if len(old) * len(new) > _MOST_COMPARISONS:
            return
        alike = [
            (likeness(one, other), earlier, later)
            for earlier, one in old.items()
            for later, other in new.items()
        ]
        for degree, earlier, later in sorted(alike, key=lambda pair: -pair[0]):
            if degree >= _LIKE_ANOTHER and earlier in self._before and later in self._after:
                self._pair(earlier, later)

    def _pair(self, earlier: str, later: str) -> None:
        self.found[later] = earlier
        del self._before[earlier], self._after[later]


def _words_once(state: State) -> Iterator[_Key]:
    return _once((ombudsmans_words(item), name) for name, item in state.items() if item)


def _title_once(state: State) -> Iterator[_Key]:
    return _once((plain_words(item.title), name) for name, item in state.items() if item)


def _once(keys: Iterable[_Key]) -> Iterator[_Key]:
    """Yield the keys that one record alone has."""
    known = list(keys)
    number = Counter(key for key, _ in known)
    return (pair for pair in known if number[pair[0]] == 1)


def _name(state: State) -> Iterator[_Key]:
    return ((name.casefold(), name) for name in state)


def _ref(state: State) -> Iterator[_Key]:
    return ((item.ref.casefold(), name) for name, item in state.items() if item)


def _counts(state: State) -> dict[str, Counter[str]]:
    return {name: word_counts(item) for name, item in state.items() if item}


def _likeness(before: Recommendation, after: Recommendation) -> float:
    return likeness(word_counts(before), word_counts(after))
