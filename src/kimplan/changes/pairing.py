"""Which record is this? The records of two states of a plan, paired."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple, TypeAlias

from kimplan.changes.words import plain_words
from kimplan.model.recommendation import Recommendation

_ALIKE = 0.8  # of the words of both are in both
_MOST_SHARING = 50  # a word that more records have tells nothing of them
_WORD = re.compile(r"\w+")
State: TypeAlias = Mapping[str, Recommendation | None]


def pair_records(before: State, after: State) -> dict[str, str]:
    """Return the names in `before` of the records that are in `after` too, by their names there.

    The states are records by any names, None for one that could not be understood. A record is
    known by the Ombudsman's words, where no other has the same, so that records that were given
    each other's refs are not taken for each other. Where a few of the words were changed too, it
    is known by its name or ref; without one, by its title, or by most of its words. What is left
    then is known by its name or ref alone.
    """
    return _Pairing(before, after).found


def is_same(before: Recommendation, after: Recommendation) -> bool:
    """Return whether two states are those of one recommendation: by its ref, or else its words."""
    return before.ref.casefold() == after.ref.casefold() or is_alike(before, after)


def has_same_words(before: Recommendation, after: Recommendation) -> bool:
    """Return whether the Ombudsman's words of two states are the same, whatever their refs."""
    texts = (before.title, before.detail) == (after.title, after.detail)  # quick, and mostly so
    return texts or _words(before) == _words(after)


def is_alike(before: Recommendation, after: Recommendation) -> bool:
    """Return whether the Ombudsman's words of two states are the same, but for a few of them."""
    return (
        plain_words(before.title) == plain_words(after.title)
        or _likeness(_word_set(before), _word_set(after)) >= _ALIKE
    )


class _Pairing:
    """The pairs that were found, and what is left of both states."""

    def __init__(self, before: State, after: State) -> None:
        self._before = dict(before)
        self._after = dict(after)
        self.found: dict[str, str] = {}
        self._pair_unique(_words)
        self._pair_names(only_alike=True)
        self._pair_unique(_title)
        for one in _most_alike(self._before, self._after):
            self._pair(one.before, one.after)
        self._pair_names(only_alike=False)

    def _pair(self, old: str, new: str) -> None:
        if old in self._before and new in self._after:
            del self._before[old], self._after[new]
            self.found[new] = old

    def _pair_unique(self, key: Callable[[Recommendation], str]) -> None:
        old, new = _unique(self._before, key), _unique(self._after, key)
        for words, name in new.items():
            if words in old:
                self._pair(old[words], name)

    def _pair_names(self, *, only_alike: bool) -> None:
        for keys in (_refs, _names) if only_alike else (_names, _refs):
            old = dict(keys(self._before))
            for key, name in list(keys(self._after)):
                if key not in old:
                    continue
                was, is_now = self._before[old[key]], self._after[name]
                if not only_alike or (was and is_now and is_alike(was, is_now)):
                    self._pair(old.pop(key), name)


def _names(items: State) -> Iterator[tuple[str, str]]:
    return ((name, name) for name in items)


def _refs(items: State) -> Iterator[tuple[str, str]]:
    return ((item.ref.casefold(), name) for name, item in items.items() if item)


def _title(item: Recommendation) -> str:
    return plain_words(item.title)


def _words(item: Recommendation) -> str:
    return f"{plain_words(item.title)}\n{plain_words(item.detail)}"


def _unique(items: State, key: Callable[[Recommendation], str]) -> dict[str, str]:
    """Return the names of the records by their words, of those that no other has."""
    words = {name: key(item) for name, item in items.items() if item}
    counts = Counter(words.values())
    return {text: name for name, text in words.items() if counts[text] == 1}


class _Likeness(NamedTuple):
    share: float
    before: str
    after: str


def _most_alike(before: State, after: State) -> list[_Likeness]:
    """Return the records of both states that have most words in common, the most alike first.

    Not all are held against all: those that share so much share one of their rarest words.
    """
    old = {name: _word_set(item) for name, item in before.items() if item}
    new = {name: _word_set(item) for name, item in after.items() if item}
    common = Counter(word for words in (*old.values(), *new.values()) for word in words)
    having: dict[str, list[str]] = {}
    for name, words in old.items():
        for word in _rarest(words, common):
            having.setdefault(word, []).append(name)
    found = []
    for name, words in new.items():
        sharing = [having.get(word, []) for word in _rarest(words, common)]
        near = {one: None for names in sharing if len(names) <= _MOST_SHARING for one in names}
        found += [_Likeness(_likeness(old[one], words), one, name) for one in near]
    alike = (one for one in found if one.share >= _ALIKE)
    return sorted(alike, key=lambda one: -one.share)


def _rarest(words: frozenset[str], common: Mapping[str, int]) -> list[str]:
    """Return so many of the rarest words that whoever has none of them is not alike."""
    ordered = sorted(words, key=lambda word: (common[word], word))
    least = _ALIKE / (2 - _ALIKE) * len(words)  # in both, if the other has no other words
    return ordered[: int(len(words) - least) + 1]


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Return which share of the words of both is in both."""
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def _word_set(item: Recommendation) -> frozenset[str]:
    return frozenset(_WORD.findall(_words(item).casefold()))
