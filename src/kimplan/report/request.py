"""What somebody asks of a report."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from kimplan.model.plan import Layout, Plan
from kimplan.report.only import Extract, Only
from kimplan.report.origin import Origin

if TYPE_CHECKING:
    from kimplan.report.since import Since


class Request(NamedTuple):
    """What somebody asked of a report; None leaves a choice to the plan or the template.

    `version` says which version of the plan the report is of, for the footer, and `origin` the
    same for those who make it again. `since` is what happened since the last report. `remarks` are
    sentences about the state of the files, which stand below the position. `only` is the part of
    the plan that is wanted, and `extract` says how much of it that is: `build_report` knows.
    """

    as_of: date
    version: str
    layout: Layout | None = None
    font_size: float | None = None
    origin: Origin | None = None
    since: Since | None = None
    remarks: tuple[str, ...] = ()
    only: Only | None = None
    extract: Extract | None = None

    def layout_of(self, plan: Plan) -> Layout:
        """Return the layout that was asked for, or else the plan's."""
        return self.layout or plan.settings.report.layout

    def font_size_of(self, plan: Plan) -> float | None:
        """Return the size in points that was asked for, or else the plan's, if it has one."""
        return self.font_size or plan.settings.report.font_size
