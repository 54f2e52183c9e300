"""``kimplan owners rename``: a role by another name, everywhere."""

from __future__ import annotations

from typing import Annotated

import typer

from kimplan.cli.options import PlanOption

EXAMPLES = """\b
Examples:
  kimplan owners rename "Head of Repairs" "Director of Homes"
  kimplan owners rename "Head of Repairs" "Director of Homes" --dry-run
                                 only shows what would change

\b
Exit codes: 0 changed, or it says so already; 1 a rule forbids it; 2 it could
not be done; 130 interrupted. Either all files are changed, or none is."""


def owners_rename(
    old: Annotated[str, typer.Argument(metavar="OLD", help="The role as owners.yaml spells it.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="What it is called from now on.")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only show what would change.")
    ] = False,
    plan: PlanOption = None,
) -> None:
    """Rename a role wherever it owns something, all at once.

    In owners.yaml, in every recommendation and action, and in CODEOWNERS. Who said or agreed
    something under the old name still did.
    """
    from kimplan.cli.role_changes import change_roles
    from kimplan.edits.texts import line
    from kimplan.roles.change import rename_role

    change_roles(
        plan,
        lambda root, show: rename_role(
            root, line(old, "OLD"), line(new, "NEW"), show, write=not dry_run
        ),
        is_dry=dry_run,
    )
