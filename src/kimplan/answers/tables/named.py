"""The tables that there are, by their names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache
from typing import TypeAlias

from kimplan.answers.group import PlanOf
from kimplan.answers.tables.parts import action_rows, evidence_rows, progress_rows, revision_rows
from kimplan.answers.tables.promised import overdue_rows
from kimplan.answers.tables.records import recommendation_rows
from kimplan.answers.tables.table import RowTable

Build: TypeAlias = Callable[[Sequence[PlanOf], date], RowTable]
TABLES: dict[str, Build] = {
    "recommendations": recommendation_rows,
    "actions": action_rows,
    "revisions": lambda plans, _: revision_rows(plans),
    "evidence": lambda plans, _: evidence_rows(plans),
    "progress": lambda plans, _: progress_rows(plans),
    "overdue": overdue_rows,
}
_OWN = "fields."


def is_header(header: Sequence[str]) -> bool:
    """Return whether `header` are the keys of one of the tables, own fields aside."""
    return tuple(key for key in header if not key.startswith(_OWN)) in _headers()


@lru_cache(maxsize=1)
def _headers() -> frozenset[tuple[str, ...]]:
    tables = (build((), date.min) for build in TABLES.values())
    return frozenset(tuple(field.key for field in table.fields) for table in tables)
