"""The sameness of words: how a text is wrapped, and how its bullets are typed, does not count."""

from __future__ import annotations

import re
from collections import Counter

from kimplan.model.recommendation import Recommendation

_BULLET = re.compile(r"^[ \t]*(?:[·•][ \t]*|[-*][ \t]+)", re.MULTILINE)
_WORD = re.compile(r"\w+")


def plain_words(text: str | None) -> str:
    """Return the words of `text` on one line, each bullet as ``- ``; empty for no text."""
    return " ".join(_BULLET.sub("- ", text or "").split())


def ombudsmans_words(item: Recommendation) -> str:
    """Return the words by which a recommendation is known: the Ombudsman's title and detail."""
    return plain_words(f"{item.title}\n{item.detail or ''}")


def word_counts(item: Recommendation) -> Counter[str]:
    """Return how often each word stands in the Ombudsman's title and detail."""
    return Counter(_WORD.findall(ombudsmans_words(item).casefold()))


def likeness(one: Counter[str], other: Counter[str]) -> float:
    """Return the share of words that two texts have in common (Dice's coefficient), 0 to 1."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 1.0
