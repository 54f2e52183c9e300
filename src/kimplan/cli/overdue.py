"""``kimplan overdue``: what is late, and whose it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from kimplan.cli.answers import Asked, answer
from kimplan.cli.group import BelowOption, PlansOption
from kimplan.cli.options import (
    AsOfOption,
    ByOption,
    RagOption,
    read_grouping,
    read_period,
    read_ratings_in,
)
from kimplan.cli.output import AnswerFormat
from kimplan.cli.state import AtOption

if TYPE_CHECKING:
    from kimplan.answers.answer import Answer
    from kimplan.answers.group import PlanOf

EXAMPLES = """\b
Examples:
  kimplan overdue                      what is late today, oldest first
  kimplan overdue --as-of 2024-05-31   what is late on another day
  kimplan overdue --at 2024-05-31      what the plan of that day said was late
  kimplan overdue --within 90d         and what falls due soon; also 6w, 3m
  kimplan overdue --by owner           whose it is
  kimplan overdue --rag amber          only the amber ones
  kimplan overdue --format html        for an e-mail; markdown for a forge

\b
Exit codes: 0 this is the answer, 1 the plan has errors, or something is
overdue and --check was given, 2 there is no plan to read."""


def overdue(
    plan: PlansOption = None,
    plans: BelowOption = None,
    as_of: AsOfOption = None,
    at: AtOption = None,
    within: Annotated[
        str | None,
        typer.Option(
            "--within",
            metavar="PERIOD",
            help="Show also what falls due within this time: 90d, 6w or 3m.",
            show_default=False,
        ),
    ] = None,
    by: ByOption = None,
    rag: RagOption = None,
    check: Annotated[
        bool, typer.Option("--check", help="End with 1 when something is overdue.")
    ] = False,
    formats: AnswerFormat = None,
) -> None:
    """Show what is overdue, oldest first, and whose it is.

    Recommendations that are open, as amber and red ones are, are overdue after the last day of
    their due date.
    """
    grouping = read_grouping(by)
    if within is not None:
        read_period(within, date(2000, 1, 1))  # a slip is told before the plan is read

    def view(plans: Sequence[PlanOf], day: date) -> Answer:
        from kimplan.answers.overdue import Question, answer_overdue_in

        ahead = None if within is None else read_period(within, day)
        return answer_overdue_in(plans, Question(day, ahead, grouping, read_ratings_in(plans, rag)))

    shown = answer("overdue", Asked(plan, plans, as_of, formats, at), view)
    if check and shown.data["overdue"]:
        raise typer.Exit(1)
