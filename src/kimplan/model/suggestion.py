"""Guesses at what a misspelt name was meant to be."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

_AT_MOST = 200  # comparing with more takes longer than a guess is worth


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return ``Did you mean 'amber'?`` for the nearest of `known`, or nothing if none is near."""
    near = closest(name, known)
    return f"Did you mean '{near}'?" if near else ""


def closest(name: str, known: Iterable[str]) -> str:
    """Return the one of `known` that `name` is near to, capitals or not; empty if none is near."""
    from difflib import get_close_matches

    by_folded = {word.casefold(): word for word in islice(known, _AT_MOST)}
    near = get_close_matches(name.casefold()[:100], by_folded, n=1, cutoff=0.6)
    return by_folded[near[0]] if near else ""


def nearest(name: str, known: Iterable[str]) -> str:
    """Return the one of `known` that `name` is surely a misspelling of, or nothing.

    It differs by one slip of the fingers, or by two in a word of eight letters and more. Words that
    only look alike, grey and green, are not near.
    """
    folded = name.casefold()[:100]
    words = {word: word.casefold() for word in islice(known, _AT_MOST)}
    near = {word: slips(folded, other) for word, other in words.items()}
    close = [word for word, slips in near.items() if slips <= (2 if len(word) >= 8 else 1)]
    best = min(map(near.__getitem__, close), default=0)
    found = [word for word in close if near[word] == best]
    return found[0] if len(found) == 1 else ""


def slips(one: str, other: str) -> int:
    """Return how many letters were left out, added, mistaken or swapped between two words."""
    if abs(len(one) - len(other)) > 2:
        return 3
    rows: list[list[int]] = [list(range(len(other) + 1))]
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, there in enumerate(other, 1):
            cost = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (letter != there))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == there:
                cost = min(cost, rows[-2][j - 2] + 1)
            row.append(cost)
        rows.append(row)
    return rows[-1][-1]
