"""By which words a response says that something is not sure, is not all, or is still to be done.

They are looked up as words; what needs more than one word is a pattern, compiled where a text has
one of the words that it needs.
"""

from __future__ import annotations

import re
from functools import cache

_WORD = re.compile(r"\w+")
_NO_MORE = (
    r"\b(?:no\s+(?:further|more|additional|other)\s+\w+|not\s+only"
    r"|nothing\s+(?:further|more|else))\b"
)


class Signs:
    """Words, beginnings of words and phrases that say one thing.

    `of` are words of which each phrase has one; a phrase with a number has that.
    """

    __slots__ = ("_beginnings", "_of", "_phrases", "_words")

    def __init__(self, words: str, beginnings: str, phrases: str, of: str) -> None:
        self._words = frozenset(words.split())
        self._beginnings = tuple(beginnings.split())
        self._phrases = phrases
        self._of = frozenset(of.split())

    def are_in(self, text: str) -> bool:
        """Return whether one of them stands in `text`."""
        if "%" in text:
            return True
        words = words_of(text)
        if not self._words.isdisjoint(words):
            return True
        if any(word.startswith(self._beginnings) for word in words):
            return True
        may_be = not self._of.isdisjoint(words) or any(word[-1].isdigit() for word in words)
        return may_be and compiled(self._phrases).search(text) is not None


UNSURE = Signs(
    "not never no cannot none nor neither nothing nobody without hardly until unless till once "
    "when whenever if whether before after where wherever soon verify who should would could "
    "may might must will shall can plan plans planned planning provided part partly partially "
    "largely mostly mainly nearly almost half some most several few first interim temporary "
    "phase stage percent only recommends says said",
    "ensur check expect aim intend hope assum pilot trial draft target suggest claim",
    r"\b(?:so\s+that|to\s+be|(?:project|working|steering|task)\s+(?:team|group)"
    r"|(?:requested|recommended|evidence)\s+that)\b|n[’']t\b",
    "that be team group t",
)
_NUMBERS = "two|three|four|five|six|seven|eight|nine|ten"
CONTRAST = Signs(
    "but however although though except excluding remains remaining remainder outstanding still "
    "until only pending phase partly partially",
    "await extend expand",
    r"\b(?:apart\s+from|other\s+than|(?:not|n[’']t)\s+(?:yet|all|been|fully)|yet\s+to"
    r"|will\s+(?:be\s+)?(?:add|complet|introduc|implement|follow|cover|includ)\w*|follows?\s+in"
    r"|rest\s+of|in\s+part|to\s+follow|next\s+step|to\s+be\s+completed"
    rf"|\w+\s+(?:of|out\s+of)\s+(?:the|our|all)?\s*(?:\d+|{_NUMBERS})\b"
    rf"|(?:for|in|at|to|with)\s+(?:\d{{1,2}}|one|{_NUMBERS})\s+[a-z]"
    r"|(?:for|in|at|to)\s+(?:some|most|many|several|half|part))\b",
    "apart than not t yet will follow follows rest part step be one two three four five six seven "
    "eight nine ten some most many several half",
)
TO_DO = Signs(
    "not no yet still will shall due outstanding next further plan plans planned planning underway "
    "ongoing being developing development working pending began begun rollout rollingout part "
    "partly partially some most phase stage first only review reviewing need needs needed once "
    "when until",
    "remain schedul await expect target aim intend begin start tender draft pilot trial continu "
    "improv investigat follow progress",
    r"\b(?:going\s+to|to\s+be|under\sway|by\s+(?:the\s+end|\w+\s+20\d\d)|roll(?:ing)?[\s-]out"
    r"|(?:is|are)\s+(?:currently\s+|now\s+|also\s+)?\w+ing)\b|n[’']t\b",
    "going be way end out is are t",
)


def words_of(text: str) -> set[str]:
    """Return the words of `text` in small letters."""
    return set(_WORD.findall(text.lower()))


def no_more(text: str) -> str:
    """Return `text` without what says that there is no more: "no further work"."""
    may_be = not words_of(text).isdisjoint(("no", "not", "nothing"))
    return compiled(_NO_MORE).sub("", text) if may_be else text


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """Return a `pattern`, compiled when it is first needed, for which capitals do not count."""
    return re.compile(pattern, re.IGNORECASE)
