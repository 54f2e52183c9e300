"""``kimplan lint``: what is wrong with the files."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from kimplan.cli.findings import (
    Findings,
    IgnoreOption,
    SelectOption,
    read_codes,
    show_findings,
)
from kimplan.cli.options import PlanOption
from kimplan.cli.output import FINDINGS, FindingsFormat, read_formats
from kimplan.cli.progress import Progress
from kimplan.plural import count

EXAMPLES = """\b
Examples:
  kimplan lint                  the plan in this folder or above it
  kimplan lint plan/recommendations/REC6.yaml
                                only what is wrong with this file
  kimplan lint --select KP6     only the wording
  kimplan lint --fix            mend what has one right answer
  kimplan lint --diff           show what --fix would do
  kimplan lint --format sarif=findings.sarif
                                for another program

\b
Exit codes: 0 no errors, 1 the plan has errors,
2 there is no plan to read, or a file could not be mended."""


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
    select: SelectOption = None,
    ignore: IgnoreOption = None,
    formats: FindingsFormat = None,
    fix: Annotated[
        bool,
        typer.Option(
            "--fix",
            help="Mend what has one right answer: dates in plain words, typed bullets, the order "
            "of keys, stray white space. Comments stay.",
        ),
    ] = False,
    diff: Annotated[
        bool, typer.Option("--diff", help="Show what --fix would change, and change nothing.")
    ] = False,
) -> None:
    """Find what is wrong with the plan's files.

    That is everything that does not depend on today's date.
    Each finding names its file, line and column, what was found, and how to mend it; kimplan rule
    CODE says more. Nothing is changed without --fix.
    """
    from kimplan.linter import lint as lint_plan
    from kimplan.loader import find_plan, find_plan_of_all

    wanted, unwanted = read_codes(select, "--select"), read_codes(ignore, "--ignore")
    named = [Path(path) for path in paths or ()]
    root = find_plan_of_all(named, plan) if named else find_plan(plan)
    outputs = read_formats(formats, FINDINGS, root)
    is_done = True
    if fix or diff:
        from kimplan.cli.fixing import fix as mend

        is_for_people = all(output.file or output.name == "text" for output in outputs)
        is_done = mend(root, named, diff=diff, out=sys.stdout if is_for_people else sys.stderr)
        if diff:
            raise typer.Exit(0 if is_done else 2)
    progress = Progress("Read")
    result = lint_plan(root, progress.step)
    progress.done()
    where = count(result.files, "recommendation")
    if named:
        result, where = result.below(named), ", ".join(str(path) for path in named)
    result = result.chosen(wanted, unwanted)
    show_findings([Findings(root, result)], outputs, where)
    if not is_done:
        raise typer.Exit(2)
    if result.has_errors:
        raise typer.Exit(1)
