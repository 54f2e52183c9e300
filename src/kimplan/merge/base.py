"""The plan that a Word copy was made of, as far as its table says it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cached_property
from typing import NamedTuple

from kimplan.merge.sameness import fold_name, words_of
from kimplan.model.plan import Plan, Settings
from kimplan.model.prose import parse_prose
from kimplan.model.rating import Rating
from kimplan.model.recommendation import Recommendation
from kimplan.report.cells import row_cells
from kimplan.report.document import Cell, ReportDocument


class Base(NamedTuple):
    """What a copy says where nobody changed it.

    `plan` is the plan of its version, or the part of it that it is a report of; `version` names
    that in messages. `fills` are the colours of the ratings as ``RRGGBB``. `document` is the whole
    report as it was, where that is known; `has_own_text` tells that its template may have said
    something, too.
    """

    plan: Plan
    version: str
    fills: Mapping[str, Rating]
    document: ReportDocument | None = None
    has_own_text: bool = True

    @property
    def settings(self) -> Settings:
        """The settings of that version."""
        return self.plan.settings


def label_of(settings: Settings, field: str) -> str:
    """Return what the plan's column of `field` is called, or the field itself without one."""
    labels = (column.label for column in settings.columns if column.field == field)
    return next(labels, field.capitalize())


class BaseTable:
    """The rows of the base's own table, each found by what stands in its key column."""

    def __init__(self, base: Base) -> None:
        self._cells = row_cells(base.settings)
        self.items = {item.ref: item for item in base.plan.recommendations}
        self._refs = {fold_name(ref): ref for ref in self.items}

    def ref(self, text: str) -> str:
        """Return the ref that a cell names, in the base's spelling; empty where it has none."""
        name = fold_name(text)
        return self._refs.get(name) or self._refs.get(name.replace(" ", ""), "")

    def cells(self, ref: str) -> tuple[Cell, ...]:
        """Return what each cell of a row said, in the order of the columns."""
        return self._cells(self.items[ref])

    @cached_property
    def by_words(self) -> dict[str, str]:
        """The refs by the folded words of their recommendations, of those that no other has."""
        words = {ref: said_words(item) for ref, item in self.items.items()}
        number = Counter(words.values())
        return {said: ref for ref, said in words.items() if number[said] == 1}


def said_words(item: Recommendation) -> str:
    """Return the Ombudsman's words of a record as its cell says them, folded."""
    return fold_name(" ".join([item.title, words_of(parse_prose(item.detail or ""))]))
