"""What the file of a report or a page is called, and what is said once it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kimplan.names import is_device, without_forbidden
from kimplan.plural import count

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from kimplan.answers.group import PlanOf
    from kimplan.model.plan import Plan
    from kimplan.report.document import ReportDocument
    from kimplan.report.only import Only

_LONGEST_NAME = 160  # bytes, of the 255 that most file systems allow
_LONGEST_PART = 50


def file_name(document: ReportDocument, only: Only | None) -> str:
    """Return a name that Windows can hold: the organisation's plan, its part and the date."""
    words = document.words
    part = f" - {_cut(_safe(', '.join(only.names)), _LONGEST_PART)}" if only else ""
    return f"{_whose(words.organisation, words.title)}{part} - {document.as_of.isoformat()}.docx"


def page_name(plans: Sequence[PlanOf], day: date, audience: str) -> str:
    """Return such a name for a page of the plans: the same, and whom it is for."""
    settings = plans[0].plan.settings
    several = f"{len(plans)} plans"
    title = " ".join(settings.title.split()).removesuffix(".") if len(plans) == 1 else several
    return f"{_whose(settings.organisation, title)} - {audience} - {day.isoformat()}.html"


def _whose(organisation: str, title: str) -> str:
    safe = _safe(f"{organisation} - {title}")
    return _cut(f"Plan {safe}" if is_device(safe) else safe, _LONGEST_NAME)


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
