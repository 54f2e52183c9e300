"""The dashboard of ``kimplan export html --for board``, from the plans and their histories."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kimplan.cli.progress import Patience
from kimplan.cli.since import read_story, read_version
from kimplan.cli.state import tell
from kimplan.errors import KimplanError

if TYPE_CHECKING:
    from kimplan.cli.group import Group, Member
    from kimplan.html.board import BoardPlan
    from kimplan.report.since import Since


def read_board_page(group: Group, since: str | None) -> str:
    """Return the dashboard of the plans, with what changed since a revision or a day.

    A plan of several whose history does not reach so far is there without its changes, which is
    said. Raises KimplanError where no plan's does.
    """
    from kimplan.html.board import board_page

    with Patience("Reading the history"):
        stories = _stories(group, since) if since is not None else {}
    plans = [_board_plan(member, stories.get(member.name)) for member in group.members]
    return board_page(plans, group.day, group.warning)


def _stories(group: Group, since: str) -> dict[str, Since]:
    found: dict[str, Since] = {}
    errors: dict[str, KimplanError] = {}
    for member in group.members:
        try:
            found[member.name] = _story(member, since)
        except KimplanError as error:
            errors[member.name] = error
    if not found:
        raise next(iter(errors.values()))
    for name, reason in errors.items():
        tell(f"its changes are left out, because {reason.message}", name)
    return found


def _story(member: Member, since: str) -> Since:
    return read_story(member.root, member.plan, member.past, since, member.day, member.name)


def _board_plan(member: Member, since: Since | None) -> BoardPlan:
    from kimplan.html.board import BoardPlan

    version = read_version(member.root, member.past, member.name)
    return BoardPlan(member.of, version.shown(member.plan.settings.language), since)
