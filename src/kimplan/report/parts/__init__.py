"""The parts of the report, in its order: a row each. A new part is one module and one row."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from kimplan.model.plan import Plan
from kimplan.report.document import Element
from kimplan.report.parts import due_soon, evidence, moves, overdue, plan, summary, trend
from kimplan.report.request import Request


class Part(NamedTuple):
    """A part: its name, which is that of its marker in a template, and what builds it.

    One that `begins_page` does so below the changes since the last report, which fill the first
    page; a shorter first page goes on. One that `is_wide` has a table that needs a page across.
    """

    name: str
    build: Callable[[Plan, Request], Iterator[Element]]
    begins_page: bool = False
    is_wide: bool = False


def _changes(plan: Plan, request: Request) -> Iterator[Element]:
    """Yield what changed; a report that looks back at nothing does without knowing how."""
    if request.since is not None:
        from kimplan.report.parts import changes

        yield from changes.build(plan, request)


PARTS = (
    Part("summary", summary.build),
    Part("changes", _changes),
    Part("trend", trend.build),
    Part("overdue", overdue.build, begins_page=True),
    Part("due-soon", due_soon.build),
    Part("evidence", evidence.build),
    Part("plan", plan.build, begins_page=True, is_wide=True),
    Part("moves", moves.build, begins_page=True, is_wide=True),
)
NAMES = tuple(part.name for part in PARTS)
MAIN = "plan"  # which no report lacks
