"""A person's name as texts write it: whole, turned round, with an initial or a title."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cached_property

from kimplan.model.due import MONTHS

_TITLES = "mr|mrs|ms|miss|mx|dr|prof|professor|sir|dame|cllr|councillor"
_TITLE = re.compile(rf"(?:{_TITLES})\.?", re.IGNORECASE)
_NOBODY = {"tbc", "tba", "tbd", "vacant", "vacancy", "post", "none", "n/a", "nobody", "unknown"}
_BETWEEN = r"[\W_]{1,3}"
_SHORTEST = 3  # letters of a part of a name that is looked for by itself


def is_name(text: str) -> bool:
    """Return whether the registry names somebody so: nobody is called ``vacant post``."""
    return any(word.strip("().-").casefold() not in _NOBODY for word in text.split())


class Person:
    """Somebody whom ``owners.yaml`` names."""

    def __init__(self, name: str) -> None:
        words = unicodedata.normalize("NFC", name).split()
        self._parts = [word for word in words if not _TITLE.fullmatch(word)] or words
        self._last = self._parts[-1].casefold()

    def may_be_in(self, folded: str) -> bool:
        """Return whether a text, case-folded, can hold the name at all."""
        return self._last in folded

    def is_in(self, text: str) -> bool:
        """Return whether the name stands in `text`."""
        return self.may_be_in(text.casefold()) and bool(self.pattern.search(text))

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What finds the name, in any case and however its parts are joined."""
        escaped = [re.escape(part) for part in self._parts]
        ways = [_BETWEEN.join(escaped)]
        if len(escaped) > 1:
            first, last = escaped[0], escaped[-1]
            initial = re.escape(self._parts[0][0].upper())
            ways += [
                _BETWEEN.join((first, last)),
                _BETWEEN.join((last, *escaped[:-1])),
                _BETWEEN.join((last, first)),
                rf"(?-i:{initial}){_BETWEEN}(?-i:{last})",
                rf"(?:{_TITLES})\b{_BETWEEN}{last}",
            ]
        return re.compile(rf"(?<![^\W_])(?:{'|'.join(ways)})(?![^\W_])", re.IGNORECASE)

    def parts_in(self, text: str, folded: str) -> Iterator[str]:
        """Yield the parts of the name that stand in `text` by themselves, as they are written.

        They are words like any other, so a person has to look: Grant, Price, Will.
        """
        for part in self._parts if len(self._parts) > 1 else ():
            is_odd = len(part) < _SHORTEST or part in MONTHS
            if not is_odd and part.casefold() in folded and _stands_in(part, text):
                yield part


def _stands_in(part: str, text: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(part)}(?!\w)", text))
