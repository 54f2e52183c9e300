"""Evidence that no longer proves anything, or soon will not."""

from __future__ import annotations

from collections.abc import Iterator

from kimplan.model.plan import ColumnField, Plan, Settings
from kimplan.model.prose import Block
from kimplan.plural import count
from kimplan.report.cells import cell, line, linked, proof_spans
from kimplan.report.document import Cell, Element, TableColumn, TableRow, Width
from kimplan.report.listing import labelled, listing, ref_column
from kimplan.report.request import Request
from kimplan.schedule import Expiring, expiring


def build(plan: Plan, request: Request) -> Iterator[Element]:
    """Yield the evidence that has expired or expires within the days of ``due_soon_days``.

    Nothing where there is none. Of a plan whose board meets every three months, that is before the
    next meeting.
    """
    within = plan.settings.due_soon_days
    found = expiring(plan, request.as_of, within)
    if found:
        yield from listing(
            f"Evidence to renew ({len(found):,})",
            _introduction(sum(one.days < 0 for one in found), len(found), within),
            _columns(plan.settings),
            [_row(one) for one in found],
        )


def _introduction(expired: int, number: int, within: int) -> str:
    period = count(within, "day") if within > 1 else "day"
    expires = [f"expires in the next {period}"] if expired < number else []
    what = " or ".join([*(["has expired"] if expired else []), *expires])
    return f"Evidence that {what}, earliest first."


def _columns(settings: Settings) -> tuple[TableColumn, ...]:
    return (
        ref_column(settings),
        TableColumn("title", settings.label(ColumnField.EVIDENCE), Width(98, 55)),
        TableColumn("expires", "Expires", Width(43, 32)),
        TableColumn("days_left", "When", Width(36, 28)),
        labelled(settings, ColumnField.OWNERS, Width(73, 45)),
    )


def _row(one: Expiring) -> TableRow:
    proof = Cell((Block(tuple(proof_spans(one.evidence))),))
    expires = cell(str(one.expires), value=one.expires)
    return TableRow((linked(one.item.ref), proof, expires, _when(one.days), cell(*one.item.owners)))


def _when(days: int) -> Cell:
    if days < 0:
        return Cell((line(f"{count(-days, 'day')} ago", bold=True),), days, late=True)
    return cell(f"In {count(days, 'day')}" if days else "Today", value=days)
