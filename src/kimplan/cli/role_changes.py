"""What the commands that change a role share: how a change is shown, and what is said of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import typer

if TYPE_CHECKING:
    from kimplan.roles.change import RoleChange, Show

Make: TypeAlias = "Callable[[Path, Show], RoleChange]"


def change_roles(plan: Path | None, make: Make, *, is_dry: bool) -> None:
    """Let `make` change the roles of the plan, show the change and say which files it is in.

    What a rule forbids ends the command with 1.
    """
    from kimplan.cli.changing import refused, tell
    from kimplan.edits.refusal import RefusedError
    from kimplan.loader import find_plan

    root = find_plan(plan)
    try:
        change = make(root, show_role_change)
    except RefusedError as error:
        refused("nothing is changed", error)
        raise typer.Exit(1) from None
    if not change.files:
        tell("the role is called that already; nothing is changed")
        return
    are = "is" if len(change.files) == 1 else "are"
    tell(f"{_named(change)} {'would be' if is_dry else are} changed{' so' if is_dry else ''}")


def show_role_change(change: RoleChange) -> None:
    """Show each file's change as a difference, and say what comes with it; raises as `show`."""
    from kimplan.cli.changing import show, show_findings, tell
    from kimplan.formatters.diff import format_diff

    changes = [one.changed for one in change.files]
    show(
        "".join(
            format_diff(one.path.as_posix(), one.before, one.after, are_moved=True)
            for one in changes
        ),
        "nothing is changed",
    )
    for sentence in (*(said for one in changes for said in one.said), *change.said):
        tell(sentence)
    show_findings(change.warnings)


def _named(change: RoleChange) -> str:
    """Return the files of a change: by their names, but for a number of recommendations."""
    from kimplan.loader.folder import RECOMMENDATIONS
    from kimplan.plural import count

    paths = [one.changed.path for one in change.files]
    records = [path for path in paths if path.parent.name == RECOMMENDATIONS]
    names = [path.as_posix() for path in paths if path not in records]
    if records:
        names.insert(1, count(len(records), "recommendation"))
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last
