"""Links out of the document and bookmarks within it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docx.opc.constants import RELATIONSHIP_TYPE

from kimplan.word.markup import quote

if TYPE_CHECKING:
    from docx.opc.part import Part

_LONGEST_NAME = 40  # Word's limit for a bookmark
_NOT_A_NAME = re.compile("[^A-Za-z0-9_]")


class Links:
    """Gives each row's ref a bookmark and each address one relationship of `part`.

    `anchors` are the refs of all rows that the document has.
    """

    def __init__(self, part: Part, first_id: int, taken: set[str], anchors: frozenset[str]) -> None:
        self._part = part
        self._anchors = anchors
        # A template that is an earlier report has such names already.
        self._prefix = "rIdKimplan"
        while any(name.startswith(self._prefix) for name in part.rels):
            self._prefix += "x"
        self._next_id = first_id
        self._taken = {name.casefold() for name in taken}
        self._names: dict[str, str] = {}
        self._relationships: dict[str, str] = {}

    def bookmark(self, ref: str) -> tuple[str, str]:
        """Return the elements that begin and end the bookmark of a row."""
        number, self._next_id = self._next_id, self._next_id + 1
        start = f'<w:bookmarkStart w:id="{number}" w:name="{self._name(ref)}"/>'
        return start, f'<w:bookmarkEnd w:id="{number}"/>'

    def opening(self, address: str) -> str:
        """Return the opening tag of a hyperlink to ``#REF`` or to a web address.

        It is empty for a ref when the document has no row to lead to.
        """
        if address.startswith("#"):
            if address[1:] not in self._anchors:
                return ""
            return f'<w:hyperlink w:anchor="{self._name(address[1:])}" w:history="1">'
        return f'<w:hyperlink r:id={quote(self._relationship(address))} w:history="1">'

    def _name(self, ref: str) -> str:
        if ref not in self._names:
            stem = name = f"kimplan_{_NOT_A_NAME.sub('_', ref)}"[:_LONGEST_NAME]
            number = 1
            while name.casefold() in self._taken:
                number += 1
                name = f"{stem[: _LONGEST_NAME - 6]}_{number}"
            self._taken.add(name.casefold())
            self._names[ref] = name
        return self._names[ref]

    def _relationship(self, address: str) -> str:
        found = self._relationships.get(address)
        if found is None:
            found = f"{self._prefix}{len(self._relationships) + 1}"
            self._part.rels.add_relationship(
                RELATIONSHIP_TYPE.HYPERLINK, address, found, is_external=True
            )
            self._relationships[address] = found
        return found
