"""What a plan says that has not happened yet: no page or report says it of today."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from kimplan.cli.options import today
from kimplan.cli.painting import tell_findings

if TYPE_CHECKING:
    from kimplan.model.plan import Plan
    from kimplan.snapshot.past import Past


def refuse_future(root: Path, past: Past | None, plan: Plan, day: date, so: str) -> None:
    """End with 1 where the position of today or later is asked for, and holds later facts.

    `so` is what that means: ``no report was written``.
    """
    from kimplan.linter import Clock, lint_folder
    from kimplan.loader import PlanFolder
    from kimplan.rules.clock import FutureFact
    from kimplan.schedule import later_facts

    is_past = day < today(plan.settings.timezone)
    if is_past or not later_facts(plan.recommendations, day):
        return
    folder = past.snapshot.plan() if past else PlanFolder(root)
    found = lint_folder(folder, clock=Clock(day)).chosen([FutureFact.code], [])
    if found.diagnostics:
        tell_findings(found.diagnostics)
    sys.stderr.write(f"kimplan: {so}, because facts are not in the future\n")
    raise typer.Exit(1)
