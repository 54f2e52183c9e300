"""``--only``: a report of a part of the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from kimplan.cli.options import read_section
from kimplan.errors import KimplanError

if TYPE_CHECKING:
    from kimplan.model.plan import Plan
    from kimplan.report.only import Only

OnlyOption = Annotated[
    list[str] | None,
    typer.Option(
        "--only",
        metavar="open|section=ID|owner=ROLE",
        help="Only a part of the plan, which the report says: what is open (amber or red), a "
        "section by its id or title, or what a role owns. Of several conditions each must be met; "
        "of several sections or owners, any.",
        show_default=False,
    ),
]


def read_only(texts: list[str] | None, plan: Plan) -> Only | None:
    """Return the part of `plan` that ``--only`` names, or None for all of it.

    Raises KimplanError for what is not known, and for a part that has no recommendation.
    """
    from kimplan.report.only import combine

    if not texts:
        return None
    only = combine(_read_term(text, plan) for text in texts)
    if not any(map(only.has, plan.recommendations)):
        said = f"no recommendation is among the {only.describe(plan.settings)}"
        raise KimplanError(said, "kimplan list shows what there is.")
    return only


def _read_term(text: str, plan: Plan) -> tuple[str, str]:
    from kimplan.model.suggestion import did_you_mean
    from kimplan.report.only import OPEN, OWNER, SECTION, split_term

    try:
        kind, name = split_term(text)
    except ValueError:
        guess = did_you_mean(text.partition("=")[0], [OPEN, SECTION, OWNER])
        hint = f"{guess} Write --only open, --only section=ID or --only owner=ROLE.".strip()
        raise KimplanError(f"--only '{text[:40]}' is not known", hint) from None
    if kind == SECTION:
        return kind, read_section(plan, name, "--only section")
    return kind, _read_role(plan, name) if kind == OWNER else ""


def _read_role(plan: Plan, text: str) -> str:
    """Return the role that `text` spells, capitals aside; raise KimplanError if there is none."""
    from kimplan.model.suggestion import did_you_mean

    roles = [owner.role for owner in plan.owners]
    for item in plan.recommendations:
        roles += [*item.owners, *(action.owner for action in item.actions if action.owner)]
    wanted = " ".join(text.split()).casefold()
    found = next((role for role in roles if role.casefold() == wanted), None)
    if found is None:
        hint = did_you_mean(text, dict.fromkeys(roles)) or "kimplan summary --by owner lists them."
        raise KimplanError(f"--only owner '{text[:40]}' is not a role of the plan", hint)
    return found
