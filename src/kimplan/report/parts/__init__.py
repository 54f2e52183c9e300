"""The parts of the report, in its order: a row each. A new part is one module and one row."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterator
from typing import NamedTuple

from kimplan.model.plan import Plan
from kimplan.report.document import Element
from kimplan.report.parts import changes, due_soon, evidence, moves, overdue, plan, summary, trend
from kimplan.report.request import Request


class Page(enum.Enum):
    """Whether a part begins a new page."""

    GOES_ON = enum.auto()
    BELOW_CHANGES = enum.auto()  # which fill the first page, if the report has them
    NEW = enum.auto()


class Part(NamedTuple):
    """A part: its name, which is that of its marker in a template, and what builds it.

    One that `is_wide` has a table that needs a page across.
    """

    name: str
    build: Callable[[Plan, Request], Iterator[Element]]
    page: Page = Page.GOES_ON
    is_wide: bool = False


PARTS = (
    Part("summary", summary.build),
    Part("changes", changes.build),
    Part("trend", trend.build),
    Part("overdue", overdue.build, Page.BELOW_CHANGES),
    Part("due-soon", due_soon.build),
    Part("evidence", evidence.build),
    Part("plan", plan.build, Page.BELOW_CHANGES, is_wide=True),
    Part("moves", moves.build, Page.NEW, is_wide=True),
)
NAMES = tuple(part.name for part in PARTS)
MAIN = "plan"  # which no report lacks
