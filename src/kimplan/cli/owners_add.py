"""``kimplan owners add``: one more role."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from kimplan.cli.options import PlanOption

EXAMPLES = """\b
Examples:
  kimplan owners add "Head of Repairs"
  kimplan owners add "Head of Repairs" --handle @forge-name
                                 who is asked to review what it owns
  kimplan owners add "Head of Repairs" --dry-run
                                 only shows what would change

\b
Exit codes: 0 it is registered; 1 it is there already, or a rule forbids it;
2 it could not be done; 130 interrupted. Nothing is changed then."""


def _text(metavar: str, help_: str) -> Any:
    return typer.Option(metavar=metavar, help=help_, show_default=False)


def owners_add(
    role: Annotated[str, typer.Argument(metavar="ROLE", help="The role, not a person's name.")],
    handle: Annotated[
        str | None, _text("HANDLE", "The name on the forge of the person who holds it: @name.")
    ] = None,
    name: Annotated[str | None, _text("NAME", "The name of the person who holds it.")] = None,
    email: Annotated[str | None, _text("ADDRESS", "That person's email address.")] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only show what would change.")
    ] = False,
    plan: PlanOption = None,
) -> None:
    """Register a role in owners.yaml, below the others.

    One that is there already, or that reads like one, is refused.
    """
    from kimplan.cli.role_changes import change_roles
    from kimplan.edits.texts import line
    from kimplan.roles.change import add_role

    def entry() -> dict[str, str]:
        given = {"name": name, "email": email, "handle": handle}
        texts = {key: line(text, f"--{key}") for key, text in given.items() if text is not None}
        return {"role": line(role, "ROLE")} | texts

    change_roles(
        plan, lambda root, show: add_role(root, entry(), show, write=not dry_run), is_dry=dry_run
    )
