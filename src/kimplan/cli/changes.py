"""``kimplan changes``: what moved since the last board meeting."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from kimplan.characters import make_visible
from kimplan.cli.answers import show_view, tell_unread
from kimplan.cli.group import NOT_WHOLE
from kimplan.cli.options import AsOfOption, PlanOption, read_as_of, today
from kimplan.cli.output import ANSWERS, AnswerFormat, read_formats
from kimplan.cli.progress import Patience

EXAMPLES = """\b
Examples:
  kimplan changes --since board-2024-05          since a tag
  kimplan changes --since 2024-05-31             since the end of a day
  kimplan changes --since HEAD~3 --until HEAD    between two commits
  kimplan changes --since main --format markdown for a pull request

\b
Exit codes: 0 this is the answer, 1 a file of the plan cannot be
understood now, 2 there is no such revision, or no version control."""

SinceOption = Annotated[
    str,
    typer.Option(
        "--since",
        metavar="REVISION|DATE",
        help="A tag, branch or commit, or a day: its last commit.",
        show_default=False,
    ),
]


def changes(
    since: SinceOption,
    until: Annotated[
        str | None,
        typer.Option(
            "--until",
            metavar="REVISION|DATE",
            help="The later state; the files as they are now if left out.",
            show_default=False,
        ),
    ] = None,
    plan: PlanOption = None,
    as_of: AsOfOption = None,
    formats: AnswerFormat = None,
) -> None:
    """Show what changed since another time, and why.

    That is what was completed, is newly overdue, moved its date, or changed in any other way.
    """
    from kimplan.snapshot.checkout import find_checkout
    from kimplan.whereabouts import find_plan, find_repository

    day = read_as_of(as_of)
    root = find_plan(plan)
    outputs = read_formats(formats, ANSWERS, root)
    checkout = find_checkout(root) if find_repository(root) else None
    # git begins while the models are imported and made, and the files are read.
    begun = checkout.look_up(since, *(() if until else ("HEAD",))) if checkout else None
    from kimplan.answers.change_list import answer_changes
    from kimplan.changes.between import read_between
    from kimplan.linter import load

    loaded = load(root, partial=True)
    if loaded.plan is None:
        tell_unread(loaded.errors)
        raise typer.Exit(1)
    settings = loaded.plan.settings
    with Patience("Comparing the two states"):
        day = day or today(settings.timezone)
        between = read_between(root, loaded.plan, since, until, day, checkout, begun)
    for note in (*between.remarks, *between.notes):
        sys.stderr.write(f"kimplan: {make_visible(note)}\n")
    view = answer_changes(between, settings)
    show_view("changes", view, outputs, "" if between.is_complete else NOT_WHOLE)
    if not between.is_complete:
        raise typer.Exit(1)
