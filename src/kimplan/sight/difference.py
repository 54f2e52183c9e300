"""By which character two names differ that look the same."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from itertools import islice, zip_longest

from kimplan.sight.look_alikes import skeleton
from kimplan.sight.names import called, plainly

_AT_MOST = 1_000  # names are compared


def same_by_sight(name: str, known: Iterable[str]) -> str | None:
    """Return the one of `known` that looks the same as `name` and is another, None without one.

    One with more or fewer spaces does not look the same.
    """
    seen, words = skeleton(name), name.split()
    known = islice(known, _AT_MOST)
    return next((one for one in known if skeleton(one) == seen and one.split() != words), None)


def difference(name: str, other: str) -> tuple[str, str]:
    """Return the first character by which two names that look the same differ, in words.

    ``('a straight apostrophe', 'a curly quotation mark (U+2019)')``
    """
    one, two = (unicodedata.normalize("NFC", text) for text in (name, other))
    if one == two:
        return "an accent as a character of its own", "a letter with an accent"
    ours, theirs = next((a, b) for a, b in zip_longest(one, two, fillvalue=" ") if a != b)
    return _told(ours), _told(theirs)


def _told(character: str) -> str:
    return plainly(character) if character.isascii() else called(character)
