"""A place where a report does not say what the plan said."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from kimplan.verify.expected import SEAM

TEXT = "Text"


class Difference(NamedTuple):
    """A place where a report says something else than the plan did; empty where it says nothing.

    `where` is a table or a figure by its title, or `TEXT`; `row` is a ref or what a row is of.
    """

    where: str
    row: str
    column: str
    says: str
    said: str


def compare_cells(
    where: str, row: str, labels: Sequence[str], says: Sequence[str], said: Sequence[str]
) -> Iterator[Difference]:
    """Yield each of the texts in `says` that is not the one in `said`, by its label."""
    for label, left, right in zip_longest(labels, says, said, fillvalue=""):
        if not _is_same(left, right):
            text = left.replace(SEAM, "\n")
            yield Difference(where, row, label or "added cell", text, right)


def compare_places(
    where: str, says: str, said: str, lines: Collection[str]
) -> Iterator[Difference]:
    """Yield it if something stands below another of the report's `lines` than it should.

    A line that was changed is told as such. What stands first has only the template's lines above.
    """
    if said and says != said and says in lines:
        yield Difference(where, "", "place", f"below “{says}”", f"below “{said}”")


def _is_same(says: str, said: str) -> bool:
    """Return whether two texts are the same; where a cell was cut, a paragraph may go on or end."""
    if SEAM not in says:
        return says == said
    return says.split() == said.split()  # which takes a seam for a space
