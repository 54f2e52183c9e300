"""What the file of a report is called, and what is said once it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kimplan.names import is_device, without_forbidden
from kimplan.plural import count

if TYPE_CHECKING:
    from datetime import date

    from kimplan.model.plan import Plan
    from kimplan.report.document import ReportDocument
    from kimplan.report.only import Only

_LONGEST_NAME = 160  # bytes, of the 255 that most file systems allow
_LONGEST_PART = 50


def file_name(document: ReportDocument, only: Only | None) -> str:
    """Return a name that Windows can hold: the organisation's plan, its part and the date."""
    safe = _safe(f"{document.words.organisation} - {document.words.title}")
    if is_device(safe):
        safe = f"Plan {safe}"
    part = f" - {_cut(_safe(', '.join(only.names)), _LONGEST_PART)}" if only else ""
    return f"{_cut(safe, _LONGEST_NAME)}{part} - {document.as_of.isoformat()}.docx"


def _safe(name: str) -> str:
    return " ".join(without_forbidden(name).split())


def _cut(name: str, longest: int) -> str:
    """Return as much of `name` as so many bytes hold."""
    return name.encode()[:longest].decode(errors="ignore").strip(" .,")


def counts(plan: Plan, only: Only | None, day: date) -> str:
    """Return how many recommendations the report has, and how many of each rating."""
    from kimplan.summary import summarise

    items = only.of(plan).recommendations if only else plan.recommendations
    number = f"{len(items):,} of " if only else ""
    summary = summarise(items, day)
    parts = [
        f"{summary.by_rating[rating]} {rating.word.replace('-', ' ')}"
        + (f" ({summary.late[rating]} overdue)" if summary.late[rating] else "")
        for rating in plan.settings.ratings.scheme.ratings
    ]
    return f"{number}{count(len(plan.recommendations), 'recommendation')}, {', '.join(parts)}"
