"""Why something is late, in the plan's own words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from kimplan.model.language import ENGLISH, Language
from kimplan.model.prose import parse_prose
from kimplan.schedule import Promise

LONGEST = 300  # characters, with the ellipsis


class _Said(NamedTuple):
    """Something that was said on a day; of one day, what has the higher `rank` counts."""

    day: date
    rank: int
    text: str


def why_late(promise: Promise, as_of: date, language: Language = ENGLISH) -> str:
    """Return what was said last, until the day `as_of`, of what has not been done.

    That is the recommendation's latest progress note or the reason of the latest move of the date,
    the action's own if it is one; of the same day, the note. It begins with its day and has at most
    `LONGEST` characters: ``2 May 2024: The web form is live.`` Empty where nothing was said.
    """
    known = [said for said in _said(promise) if said.day <= as_of]
    if not known:
        return ""
    # Of entries of one kind and day the last counts, for they are only ever added.
    last = max(reversed(known), key=lambda said: (said.day, said.rank))
    return _shortened(f"{language.day(last.day)}: {last.text}")


def _said(promise: Promise) -> Iterator[_Said]:
    for move in (promise.action or promise.item).revisions:
        yield _Said(move.on, 0, in_plain_words(move.reason))
    for note in promise.item.progress:
        yield _Said(note.on, 1, in_plain_words(note.note))


def in_plain_words(text: str) -> str:
    """Return a text of the plan on one line, without the marks of its look."""
    return " ".join(block.text for block in parse_prose(text))


def _shortened(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    cut = text[: LONGEST - 1]
    whole_words = cut.rpartition(" ")[0] if not text[LONGEST - 1].isspace() else cut
    # A text without spaces is cut inside of its only word.
    kept = whole_words if len(whole_words) > LONGEST // 2 else cut
    return f"{kept.rstrip(' ,;:.–-')}…"
