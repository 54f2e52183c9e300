"""``kimplan check``: what a pipeline runs."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from kimplan.characters import make_visible
from kimplan.cli.findings import (
    Findings,
    IgnoreOption,
    SelectOption,
    read_codes,
    show_findings,
)
from kimplan.cli.group import BelowOption, PlansOption, find_group
from kimplan.cli.options import AsOfOption, read_as_of, today_in
from kimplan.cli.output import FINDINGS, FindingsFormat, read_formats
from kimplan.cli.progress import Progress
from kimplan.errors import KimplanError
from kimplan.plural import count

if TYPE_CHECKING:
    from kimplan.formatters.stops import Stop
    from kimplan.linter import LintResult
    from kimplan.snapshot.earlier import Base

EXAMPLES = """\b
Examples:
  kimplan check                     everything counts: for a scheduled run
  kimplan check --base origin/main  what this change is to blame for
  kimplan check --format github     annotations; also gitlab, junit, sarif
  kimplan check --as-of 2024-05-31  as it was on another day
  kimplan check --plans landlords   all the plans below a folder

\b
Exit codes: 0 no errors, 1 the plan has errors or is late,
2 it could not be checked."""


def check(
    plan: PlansOption = None,
    plans: BelowOption = None,
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
    from kimplan.model.due import show_day

    codes = read_codes(select, "--select"), read_codes(ignore, "--ignore")
    day = read_as_of(as_of)
    places = find_group(plan, plans)
    outputs = read_formats(formats, FINDINGS, *(root for _, root in places))
    progress = Progress("Read")
    checked, stops = _check_all(places, base, day, progress)
    progress.done()
    shown = [Findings(one.root, one.result.chosen(*codes), one.touched) for one in checked]
    by_plan = {
        one.name: found.result.diagnostics
        for one, found in zip(checked, shown, strict=True)
        if one.name
    }
    show_findings(shown, outputs, _where(checked, show_day(checked[0].day)), by_plan, stops)
    if stops:
        raise typer.Exit(2)
    if any(one.result.has_errors for one in shown):
        raise typer.Exit(1)


class _Checked(NamedTuple):
    """A plan, by its name among several, and what was found in it."""

    name: str
    root: Path
    result: LintResult
    day: date
    base: Base | None

    @property
    def touched(self) -> frozenset[str] | None:
        """The paths of the files that a change touched, None without a change."""
        return self.base.changed if self.base else None


def _check_all(
    places: Sequence[tuple[str, Path]], base: str | None, day: date | None, progress: Progress
) -> tuple[list[_Checked], list[Stop]]:
    """Return what was found in each plan, and why others could not be checked.

    That is said on standard error, and does not hide the others. Raises KimplanError for a plan by
    itself, and where none could be checked.
    """
    checked: list[_Checked] = []
    stops: list[Stop] = []
    problem: KimplanError | None = None
    for name, root in places:
        try:
            checked.append(_check(name, root, base, day, progress))
        except KimplanError as error:
            from kimplan.formatters.stops import Stop

            problem = problem or error
            stops.append(Stop(error.message, error.hint, name))
            if name:
                progress.done()
                sys.stderr.write(f"kimplan: {make_visible(str(stops[-1]))}\n")
    if problem and not checked:
        raise problem
    return checked, stops


def _check(
    name: str, root: Path, base: str | None, day: date | None, progress: Progress
) -> _Checked:
    before = _read_base(root, base) if base is not None else None
    from kimplan.linter import Clock
    from kimplan.linter import lint as lint_plan

    day = day or today_in(root)
    return _Checked(name, root, lint_plan(root, progress.step, Clock(day, before)), day, before)


def _where(checked: Sequence[_Checked], day: str) -> str:
    """Return what was looked at: ``42 recommendations of 2 plans on 31 May 2024``."""
    number = count(sum(one.result.files for one in checked), "recommendation")
    of_plans = f" of {count(len(checked), 'plan')}" if checked[0].name else ""
    bases = dict.fromkeys(one.base.name for one in checked if one.base)
    compared = f", compared with {next(iter(bases))}" if bases else ""
    if len(bases) > 1:
        compared = ", each compared with its own base"
    return f"{number}{of_plans} on {day}{compared}"


def _read_base(root: Path, revision: str) -> Base:
    """Return what the plan is compared with, having said what cannot be seen of it."""
    from kimplan.snapshot.checkout import look_up_base

    begun = look_up_base(root, revision)  # git begins while the models are imported and made
    from kimplan.snapshot.base import read_base

    base, unseen = read_base(root, revision, begun)
    for sentence in unseen:
        sys.stderr.write(f"kimplan: {make_visible(sentence)}\n")
    return base
