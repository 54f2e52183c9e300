"""``kimplan check``: what a pipeline runs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kimplan.characters import make_visible
from kimplan.cli.findings import (
    IgnoreOption,
    SelectOption,
    annotated,
    read_codes,
    show_findings,
)
from kimplan.cli.options import AsOfOption, PlanOption, read_as_of, today_in
from kimplan.cli.output import FINDINGS, FindingsFormat, read_formats
from kimplan.cli.progress import Progress
from kimplan.plural import count

if TYPE_CHECKING:
    from kimplan.snapshot.earlier import Base

EXAMPLES = """\b
Examples:
  kimplan check                     everything counts: for a scheduled run
  kimplan check --base origin/main  what this change is to blame for
  kimplan check --format github     annotations on GitHub; also gitlab, junit, sarif
  kimplan check --as-of 2024-05-31  as it was on another day

\b
Exit codes: 0 no errors, 1 the plan has errors or is late, 2 it could not be checked."""


def check(
    plan: PlanOption = None,
    base: Annotated[
        str | None,
        typer.Option(
            "--base",
            metavar="REVISION",
            help="The branch, tag or commit that this change will be merged into. Only what the "
            "change touches can then fail for being late, and what a change may not do is looked "
            "for: a date moved without a reason, history rewritten. Where git cannot tell, the "
            "check fails.",
            show_default=False,
        ),
    ] = None,
    as_of: AsOfOption = None,
    select: SelectOption = None,
    ignore: IgnoreOption = None,
    formats: FindingsFormat = None,
) -> None:
    """Check files, due dates and, with --base, a change.

    This is what a pipeline runs. Nothing in the plan is changed.
    """
    from kimplan.linter import Clock
    from kimplan.linter import lint as lint_plan
    from kimplan.loader import find_plan
    from kimplan.model.due import show_day

    wanted, unwanted = read_codes(select, "--select"), read_codes(ignore, "--ignore")
    day = read_as_of(as_of)
    root = find_plan(plan)
    outputs = read_formats(formats, FINDINGS, root)
    with annotated(outputs):
        before = _read_base(root, base) if base is not None else None
    where = f", compared with {before.name}" if before else ""
    day = day or today_in(root)
    progress = Progress("Read")
    result = lint_plan(root, progress.step, Clock(day, before))
    progress.done()
    number = count(result.files, "recommendation")
    result = result.chosen(wanted, unwanted)
    touched = before.changed if before else None
    show_findings(result, outputs, f"{number} on {show_day(day)}{where}", root, touched)
    if result.has_errors:
        raise typer.Exit(1)


def _read_base(root: Path, revision: str) -> Base:
    """Return what the plan is compared with, having said what cannot be seen of it."""
    from kimplan.snapshot.base import read_base

    base, unseen = read_base(root, revision)
    for sentence in unseen:
        sys.stderr.write(f"kimplan: {make_visible(sentence)}\n")
    return base
