"""What was seen in a copy, gathered cell by cell."""

from __future__ import annotations

from typing import NamedTuple

from kimplan.intake.dates import DateColumn
from kimplan.merge.base import Base, label_of
from kimplan.merge.edit import Edit, Value, key_of
from kimplan.merge.finding import Finding, Kind
from kimplan.model.rating import Rating
from kimplan.model.recommendation import Recommendation
from kimplan.report.document import Cell
from kimplan.sheet import SheetCell


class Seen(NamedTuple):
    """The edits and the findings of a copy."""

    edits: list[Edit]
    findings: list[Finding]


class Place(NamedTuple):
    """A cell of a copy, beside what it `said` where nobody changed it.

    `item` is the base's record, `rag` the rating that the copy gives it, and `roles` are those
    that an owner may have. `dates` is what the column proves about its dates. What is found goes to
    `seen`.
    """

    base: Base
    item: Recommendation
    field: str
    cell: SheetCell
    said: Cell
    rag: Rating
    roles: frozenset[str]
    dates: DateColumn
    file: str
    seen: Seen

    @property
    def label(self) -> str:
        """What the column is called."""
        return label_of(self.base.settings, self.field)

    def edit(self, was: Value, says: Value) -> None:
        """Take an edit, unless it says the same."""
        if says is None or key_of(was) != key_of(says):
            self.seen.edits.append(Edit(self.item.ref, self.field, was, says, self.file))

    def find(
        self, kind: Kind, what: str, text: str, hint: str = "", code: str = "", value: str = ""
    ) -> None:
        """Say something about the cell."""
        found = Finding(kind, self.item.ref, what, text, hint, code, value, self.file)
        self.seen.findings.append(found)
