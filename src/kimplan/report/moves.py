"""Every move of a due date, with its reason: the report's appendix."""

from __future__ import annotations

from collections.abc import Iterator

from kimplan.model.due import show_day
from kimplan.model.plan import Plan
from kimplan.model.prose import parse_prose
from kimplan.model.recommendation import Recommendation, Revision
from kimplan.plural import count
from kimplan.report.cells import EMPTY, cell, linked
from kimplan.report.document import Cell, Listing

LABELS = ("Ref", "From", "To", "Days", "Reason", "Agreed by", "On")


def list_moves(plan: Plan) -> Listing | None:
    """Return all revisions of the plan in its order, oldest first in each record; None for none."""
    rows = tuple(_rows(plan))
    if not rows:
        return None
    items = sum(bool(item.revisions) for item in plan.recommendations)
    how_often = f" {count(len(rows), 'time')}" if len(rows) > items else ""
    what = "date of 1 recommendation" if items == 1 else f"dates of {items:,} recommendations"
    return Listing(
        heading=f"Appendix: every date moved ({len(rows):,})",
        introduction=f"The estimated completion {what} moved{how_often}. "
        "The days are counted between the last days that the dates cover.",
        labels=LABELS,
        rows=rows,
    )


def _rows(plan: Plan) -> Iterator[tuple[Cell, ...]]:
    for item in plan.recommendations:
        yield from (_row(item, revision) for revision in item.revisions)


def _row(item: Recommendation, revision: Revision) -> tuple[Cell, ...]:
    days = (revision.to.last_day - revision.from_.last_day).days
    return (
        linked(item.ref),
        cell(str(revision.from_)),
        cell(str(revision.to)),
        cell(f"{days:+,}" if days else "0"),
        Cell(parse_prose(revision.reason)),
        cell(revision.agreed_by) if revision.agreed_by else EMPTY,
        cell(show_day(revision.on)),
    )
