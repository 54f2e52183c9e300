"""The board's page of some plans: what the history says of each is read here."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from kimplan.characters import make_visible
from kimplan.cli.group import Group, Member
from kimplan.cli.progress import Patience

if TYPE_CHECKING:
    from kimplan.report.since import Since


def read_board_page(group: Group, since: str | None) -> str:
    """Return the dashboard of the plans, with what happened since a revision or a day, if given.

    What cannot be seen of the history is said on standard error. Raises KimplanError where there is
    no such revision.
    """
    from kimplan.html.board import BoardPlan, board_page

    found = [BoardPlan(one.of, _version(one), _read_since(one, since)) for one in group.members]
    return board_page(found, group.day)


def _read_since(member: Member, revision: str | None) -> Since | None:
    """Return what happened since `revision`, having said what cannot be seen of it."""
    from kimplan.report.since import read_since, read_since_at

    if revision is None:
        return None
    with Patience("Reading the history"):
        if member.past is None:
            since = read_since(member.root, member.plan, revision, member.day)
        else:
            snapshot = member.past.snapshot
            since = read_since_at(
                snapshot.checkout, member.plan, revision, snapshot.commit, member.day
            )
    for note in since.notes:
        _tell(member, note)
    return since


def _version(member: Member) -> str:
    """Return which version of the files the page is of, in the words of the plan's language."""
    from kimplan.snapshot.version import source_version, version_of

    if member.past is not None:
        version = version_of(member.past.snapshot)
    else:
        version = source_version(member.root)
        if version.problem:
            _tell(member, f"the page names no version, because {version.problem}")
    return version.shown(member.plan.settings.language)


def _tell(member: Member, sentence: str) -> None:
    name = f"{member.name}: " if member.name else ""
    sys.stderr.write(f"kimplan: {make_visible(f'{name}{sentence}')}\n")
