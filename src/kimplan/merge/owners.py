"""The cell that holds the owners: a paragraph or a line each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from kimplan.merge.edit import Roles
from kimplan.merge.sameness import fold, fold_name, says_nothing
from kimplan.merge.seen import Place

_BULLET = re.compile(r"^(?:[-–•·*]|[0-9]{1,2}[.)])\s+")
_BETWEEN = re.compile(r"\s*(?:[,;/&+]|\band\b)\s*", re.IGNORECASE)


def read_owners(place: Place) -> None:
    """Take owners that were changed; several on a line are taken apart where all are known."""
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
    """Yield the roles that a line names, as they are registered; unknown words as they are."""
    if role := known.get(fold_name(words)):
        yield role
        return
    found = [known.get(fold_name(part)) for part in _BETWEEN.split(words) if part]
    if len(found) > 1 and all(found):
        yield from (role for role in found if role)
    else:
        yield words
