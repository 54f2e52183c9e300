"""``kimplan lint``: what is wrong with the files."""

from __future__ import annotations

import sys
from collections.abc import Sequence
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
from kimplan.cli.output import FINDINGS, FindingsFormat, Output, read_formats
from kimplan.cli.progress import Progress
from kimplan.errors import KimplanError
from kimplan.plural import count

EXAMPLES = """\b
Examples:
  kimplan lint                  the plan in this folder or above it
  kimplan lint plan/recommendations/REC6.yaml
                                only what is wrong with this file
  kimplan lint --select KP6     only the wording
  kimplan lint --fix            mend what has one right answer
  kimplan lint --diff           show what --fix would do
  kimplan lint - < draft.yaml   a record that is not in the plan yet
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
            help="Show only what is wrong with these files or folders of the plan; - is a file "
            "on standard input.",
            show_default=False,
        ),
    ] = None,
    stdin_filename: Annotated[
        str | None,
        typer.Option(
            "--stdin-filename",
            metavar="FILE",
            help="With -, the file of the plan that standard input stands for, such as "
            "plan/owners.yaml; left out, its ref says it.",
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
    if "-" in (paths or ()) or stdin_filename is not None:
        outputs = read_formats(formats, FINDINGS)
        _lint_typed(paths or [], stdin_filename, plan, outputs, (wanted, unwanted), (fix, diff))
        return
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
        result, where = result.below(named), _shortly(named)
    result = result.chosen(wanted, unwanted)
    show_findings([Findings(root, result)], outputs, where)
    if not is_done:
        raise typer.Exit(2)
    if result.has_errors:
        raise typer.Exit(1)


def _shortly(named: Sequence[Path]) -> str:
    """Return what was named: its name if it is one, else how many they are."""
    if len(named) == 1:
        return str(named[0])
    are_files = all(path.is_file() for path in named)
    return count(len(named), "file") if are_files else f"{len(named)} files and folders"


def _lint_typed(
    paths: list[str],
    filename: str | None,
    plan: Path | None,
    outputs: list[Output],
    codes: tuple[list[str], list[str]],
    mends: tuple[bool, bool],
) -> None:
    """Lint what comes on standard input; ends with 1 where it has errors."""
    from kimplan.cli.typed import found_in, mended, read_typed, show

    if paths != ["-"]:
        hint = "kimplan lint - --stdin-filename plan/recommendations/REC6.yaml"
        if "-" in paths:
            raise KimplanError("standard input is linted by itself", hint)
        raise KimplanError("--stdin-filename is for standard input, which is -", hint)
    fix, diff = mends
    typed = read_typed(filename, plan)
    content = mended(typed, diff=diff) if fix or diff else None
    if diff:
        return
    result = found_in(typed, content).chosen(*codes)
    show(typed, result, outputs, beside=fix)
    if result.has_errors:
        raise typer.Exit(1)
