"""``kimplan list``: the recommendations, filtered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from kimplan.cli.answers import Asked, answer
from kimplan.cli.group import BelowOption, PlansOption
from kimplan.cli.options import (
    AsOfOption,
    RagOption,
    read_ratings,
    read_section,
)
from kimplan.cli.output import AnswerFormat
from kimplan.cli.state import AtOption
from kimplan.errors import KimplanError

if TYPE_CHECKING:
    from kimplan.answers.answer import Answer
    from kimplan.answers.group import PlanOf
    from kimplan.answers.listing import Filters, Wanted
    from kimplan.model.plan import Plan

EXAMPLES = """\b
Examples:
  kimplan list                       all recommendations
  kimplan list --rag amber,red       what is still open
  kimplan list --owner people        what a role owns; a part of it is enough
  kimplan list --section repairs     one section
  kimplan list --overdue             what is late
  kimplan list --where priority=High what an own field says
  kimplan list --at board-2024-05    as the plan stood then

\b
Exit codes: 0 this is the answer, 1 the plan has errors, 2 there is no plan
to read, or no such owner, section or field."""


def list_(
    plan: PlansOption = None,
    plans: BelowOption = None,
    as_of: AsOfOption = None,
    at: AtOption = None,
    rag: RagOption = None,
    owner: Annotated[
        list[str] | None,
        typer.Option(
            "--owner",
            metavar="ROLE",
            help="Only what this role owns, actions included; a part of its name is enough.",
            show_default=False,
        ),
    ] = None,
    section: Annotated[
        list[str] | None,
        typer.Option(
            "--section",
            metavar="SECTION",
            help="Only this section, by its id in plan.yaml or its title.",
            show_default=False,
        ),
    ] = None,
    overdue: Annotated[bool, typer.Option("--overdue", help="Only what is overdue.")] = False,
    where: Annotated[
        list[str] | None,
        typer.Option(
            "--where",
            metavar="FIELD=VALUE",
            help="Only what says so in one of the plan's own fields, or in ref, section, rag, due, "
            "owners, completed, title or response; FIELD= is what says nothing there.",
            show_default=False,
        ),
    ] = None,
    formats: AnswerFormat = None,
) -> None:
    """List the recommendations, all of them or those asked for.

    They stand in the order of the report. Of several filters each must be met; of one that is given
    more than once, any.
    """

    def filters(plan: Plan) -> Filters:
        from kimplan.answers.listing import Filters
        from kimplan.answers.where import read_conditions

        ratings = read_ratings(rag, plan.settings.ratings.scheme)
        sections = [read_section(plan, text, "--section") for text in section or ()]
        owners = [_part_of_role(plan, text) for text in owner or ()]
        return Filters(ratings, owners, sections, overdue, read_conditions(plan, where or ()))

    def view(plans: Sequence[PlanOf], day: date) -> Answer:
        from kimplan.answers.listing import answer_list_in

        return answer_list_in(asked_of(plans, filters), day)

    answer("list", Asked(plan, plans, as_of, formats, at), view)


def asked_of(plans: Sequence[PlanOf], filters: Callable[[Plan], Filters]) -> list[Wanted]:
    """Return each plan with its filters, None for one that knows no such owner or section.

    Raises KimplanError where no plan knows it.
    """
    from kimplan.answers.listing import Wanted

    found: list[Wanted] = []
    unknown: KimplanError | None = None
    for of in plans:
        try:
            found.append(Wanted(of, filters(of.plan)))
        except KimplanError as error:
            unknown = unknown or error
            found.append(Wanted(of, None))
    if unknown and all(one.filters is None for one in found):
        raise unknown
    return found


def _part_of_role(plan: Plan, text: str) -> str:
    """Return `text`, which must be a part of a role: a slip is not to look like no work."""
    from kimplan.model.suggestion import did_you_mean

    part = " ".join(text.split())
    roles = [owner.role for owner in plan.owners]
    for item in plan.recommendations:
        roles += [*item.owners, *(action.owner for action in item.actions if action.owner)]
    if not part or not any(part.casefold() in role.casefold() for role in roles):
        hint = did_you_mean(part, dict.fromkeys(roles)) or "kimplan summary --by owner lists them."
        raise KimplanError(f"--owner '{text[:40]}' is no part of any role", hint)
    return part
