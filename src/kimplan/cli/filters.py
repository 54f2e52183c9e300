"""The filters of recommendations that ``list`` and the exports share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from kimplan.cli.options import read_ratings, read_section
from kimplan.errors import KimplanError

if TYPE_CHECKING:
    from kimplan.answers.group import PlanOf
    from kimplan.answers.listing import Filters, Wanted
    from kimplan.model.plan import Plan

OwnerOption = Annotated[
    list[str] | None,
    typer.Option(
        "--owner",
        metavar="ROLE",
        help="Only what this role owns, actions included; a part of its name is enough.",
        show_default=False,
    ),
]
SectionOption = Annotated[
    list[str] | None,
    typer.Option(
        "--section",
        metavar="SECTION",
        help="Only this section, by its id in plan.yaml or its title.",
        show_default=False,
    ),
]
OverdueOption = Annotated[bool, typer.Option("--overdue", help="Only what is overdue.")]
WhereOption = Annotated[
    list[str] | None,
    typer.Option(
        "--where",
        metavar="FIELD=VALUE",
        help="Only what says so in one of the plan's own fields, or in ref, section, rag, due, "
        "owners, completed, title or response; FIELD= is what says nothing there.",
        show_default=False,
    ),
]


class FilterTexts(NamedTuple):
    """What the options of the filters say; None or empty where nothing is asked."""

    rag: list[str] | None = None
    owner: list[str] | None = None
    section: list[str] | None = None
    overdue: bool = False
    where: list[str] | None = None

    def filters(self, plan: Plan) -> Filters:
        """Return the filters of a plan; raise KimplanError for what it does not know."""
        from kimplan.answers.listing import Filters
        from kimplan.answers.where import read_conditions

        ratings = read_ratings(self.rag, plan.settings.ratings.scheme)
        sections = [read_section(plan, text, "--section") for text in self.section or ()]
        owners = [_part_of_role(plan, text) for text in self.owner or ()]
        conditions = read_conditions(plan, self.where or ())
        return Filters(ratings, owners, sections, self.overdue, conditions)


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
