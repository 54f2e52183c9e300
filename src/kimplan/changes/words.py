"""Whether two texts say the same: how they are laid out does not count."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from kimplan.characters import is_plain

if TYPE_CHECKING:
    from kimplan.model.fields import PlanModel

_BULLET = re.compile(r"^[ \t]*(?:[·•][ \t]*|\*[ \t]+)", re.MULTILINE)


@lru_cache(maxsize=4096)  # what a text was is what it became in the state before
def plain_words(text: str | None) -> str:
    """Return `text` on one line; how its lines are wrapped and its bullets typed does not count."""
    text = text or ""
    if "*" in text or "·" in text or "•" in text:  # beside the dash, which a bullet is written with
        text = _BULLET.sub("- ", text)
    if not is_plain(text):
        return " ".join(text.split())
    line = text.replace("\n", " ").strip()  # it has no other space: half the time of all its words
    while "  " in line:
        line = line.replace("  ", " ")
    return line


def plain_values(entry: PlanModel) -> tuple[object, ...]:
    """Return the values of an entry of a list, without the layout of its texts."""
    return tuple(_plain(value) for _, value in entry)


def _plain(value: object) -> object:
    from kimplan.model.fields import PlanModel  # here, since the rules are explained without it

    if isinstance(value, str):
        return plain_words(value)
    if isinstance(value, list):
        return tuple(_plain(one) for one in value)
    return plain_values(value) if isinstance(value, PlanModel) else value
