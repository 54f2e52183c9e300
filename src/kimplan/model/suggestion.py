"""Guesses at what a misspelt name was meant to be."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

_AT_MOST = 200  # comparing with more takes longer than a guess is worth


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return ``Did you mean 'amber'?`` for the nearest of `known`, or nothing if none is near."""
    near = nearest(name, known)
    return f"Did you mean '{near}'?" if near else ""


def nearest(name: str, known: Iterable[str]) -> str:
    """Return the one of `known` that `name` is near to, capitals or not; empty if none is near."""
    from difflib import get_close_matches

    by_folded = {word.casefold(): word for word in islice(known, _AT_MOST)}
    near = get_close_matches(name.casefold()[:100], by_folded, n=1, cutoff=0.6)
    return by_folded[near[0]] if near else ""
