"""``kimplan lint``: what is wrong with the files."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from kimplan.characters import make_visible
from kimplan.cli.options import PlanOption
from kimplan.cli.progress import Progress
from kimplan.cli.streams import has_colour

EXAMPLES = """\b
Examples:
  kimplan lint                  the plan in this folder or above it
  kimplan lint plan/recommendations/REC6.yaml
                                only what is wrong with this file
  kimplan lint --plan ../plan   the plan somewhere else

\b
Exit codes: 0 no errors, 1 the plan has errors, 2 there is no plan to read."""


def lint(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PATH",
            help="Show only what is wrong with these files or folders of the plan.",
            show_default=False,
        ),
    ] = None,
    plan: PlanOption = None,
) -> None:
    """Find everything wrong with the plan's files that does not depend on today's date.

    Each finding names its file, line and column, what was found, and how to mend it. Nothing is
    changed.
    """
    from kimplan.formatters.text import format_diagnostics, format_totals, no_paint
    from kimplan.linter import lint as lint_plan
    from kimplan.loader import find_plan, find_plan_of_all

    named = [Path(path) for path in paths or ()]
    root = find_plan_of_all(named, plan) if named else find_plan(plan)
    progress = Progress("Read")
    result = lint_plan(root, progress.step)
    progress.done()
    where = f"{result.files:,} recommendation{'' if result.files == 1 else 's'}"
    if named:
        result, where = result.below(named), ", ".join(str(path) for path in named)
    paint = _paint if has_colour(sys.stdout) else no_paint
    sys.stdout.write(format_diagnostics(result.diagnostics, paint))
    sys.stdout.write(format_totals(result.diagnostics, make_visible(where)))
    if result.has_errors:
        raise typer.Exit(1)


def _paint(text: str, colour: str) -> str:
    return typer.style(text, fg=colour, bold=True)
