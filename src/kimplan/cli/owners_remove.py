"""``kimplan owners remove``: a role less, with what it owns given to another one."""

from __future__ import annotations

from typing import Annotated

import typer

from kimplan.cli.options import PlanOption

EXAMPLES = """\b
Examples:
  kimplan owners remove "Head of Repairs"
                                 where it owns nothing
  kimplan owners remove "Head of Repairs" --reassign-to "Director of Homes"
                                 the other role has all of it then
  kimplan owners remove "Head of Repairs" --dry-run
                                 only shows what would change

\b
Exit codes: 0 it is removed; 1 it owns something, or a rule forbids it; 2 it
could not be done; 130 interrupted. Either all files are changed, or none is."""


def owners_remove(
    role: Annotated[str, typer.Argument(metavar="ROLE", help="The role as owners.yaml spells it.")],
    reassign_to: Annotated[
        str | None,
        typer.Option(
            metavar="ROLE",
            help="The role of owners.yaml that has what it owns from now on.",
            show_default=False,
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only show what would change.")
    ] = False,
    plan: PlanOption = None,
) -> None:
    """Remove a role, and give what it owns to another one.

    One that owns something is refused unless it is said whose that is from now on.
    """
    from kimplan.cli.role_changes import change_roles
    from kimplan.edits.texts import line
    from kimplan.roles.change import remove_role

    def heir() -> str | None:
        return None if reassign_to is None else line(reassign_to, "--reassign-to")

    change_roles(
        plan,
        lambda root, show: remove_role(root, line(role, "ROLE"), heir(), show, write=not dry_run),
        is_dry=dry_run,
    )
