"""The cell that holds the owners: a paragraph or a line each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from kimplan.merge.edit import Roles
from kimplan.merge.sameness import fold, fold_name, says_nothing
from kimplan.merge.seen import Place

_BULLET = re.compile(r"^(?:[-–•·*]|[0-9]{1,2}[.)])\s+")
_BETWEEN = re.compile(r"\s*[,;/&+]\s*(?:and\s+)?|\s+and\s+")


def read_owners(place: Place) -> None:
    """Take owners that were changed; several on a line are taken apart where all are known."""
    if fold_name(place.cell.text) == fold_name(place.said.text):
        return
    known = {fold_name(role): role for role in place.roles}
    roles = tuple(dict.fromkeys(_roles(place, known)))
    place.edit(Roles(tuple(place.item.owners)), Roles(roles))


def _roles(place: Place, known: Mapping[str, str]) -> Iterator[str]:
    if says_nothing(place.cell.text, place.base.settings.report.empty_cell):
        return
    for line in place.cell.text.split("\n"):
        words = _BULLET.sub("", fold(line)).rstrip(",;")
        if words:
            yield from _on_a_line(words, known)


def _on_a_line(words: str, known: Mapping[str, str]) -> Iterator[str]:
    """Yield the roles that a line names, as they are registered; unknown words as they are.

    Several are taken apart only where all of them are known: roles hold commas, too.
    """
    found: list[str] = []
    rest = fold_name(words)
    while rest:
        names = (name for name in known if rest.startswith(name))
        longest = max((name for name in names if _ends(rest, name)), key=len, default="")
        if not longest:
            yield words
            return
        found.append(known[longest])
        rest = _BETWEEN.sub("", rest[len(longest) :], count=1)
    yield from found


def _ends(text: str, name: str) -> bool:
    """Return whether a name ends where the text does, or where another begins."""
    return len(text) == len(name) or bool(_BETWEEN.match(text, len(name)))
