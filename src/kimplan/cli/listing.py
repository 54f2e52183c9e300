"""``kimplan list``: the recommendations, filtered."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from kimplan.cli.answers import Asked, answer
from kimplan.cli.options import AsOfOption, PlanOption, RagOption, read_choice, read_ratings
from kimplan.cli.output import AnswerFormat

if TYPE_CHECKING:
    from kimplan.model.plan import Plan
    from kimplan.views.view import View

EXAMPLES = """\b
Examples:
  kimplan list                       all recommendations
  kimplan list --rag amber,red       what is still open
  kimplan list --owner "people"      what a role owns; a part of its name is enough
  kimplan list --section repairs     one section
  kimplan list --overdue             what is late

\b
Exit codes: 0 this is the answer, 1 the plan has errors, 2 there is no plan to read."""


def list_(
    plan: PlanOption = None,
    as_of: AsOfOption = None,
    rag: RagOption = None,
    owner: Annotated[
        list[str] | None,
        typer.Option(
            "--owner",
            metavar="ROLE",
            help="Only what this role owns; a part of its name is enough.",
            show_default=False,
        ),
    ] = None,
    section: Annotated[
        list[str] | None,
        typer.Option(
            "--section",
            metavar="ID",
            help="Only this section, by its id in plan.yaml.",
            show_default=False,
        ),
    ] = None,
    overdue: Annotated[bool, typer.Option("--overdue", help="Only what is overdue.")] = False,
    formats: AnswerFormat = None,
) -> None:
    """List the recommendations in the order of the report, all or those that are asked for."""
    ratings = read_ratings(rag)

    def view(plan: Plan, day: date) -> View:
        from kimplan.views.listing import Filters, view_list

        ids = [known.id for known in plan.settings.sections]
        sections = [read_choice(text, "--section", ids) for text in section or ()]
        return view_list(plan, Filters(ratings, owner or (), sections, overdue), day)

    answer("list", Asked(plan, as_of, formats), view)
