"""What ``kimplan remind`` is asked, and the digests that answer it, whatever carries them."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from kimplan.characters import make_visible
from kimplan.cli.group import Group, Member
from kimplan.cli.options import read_period
from kimplan.cli.progress import Patience
from kimplan.cli.streams import fitted
from kimplan.errors import KimplanError

if TYPE_CHECKING:
    from kimplan.answers.letter import Occasion
    from kimplan.answers.reminders import Digest, Reminded
    from kimplan.changes.between import Between


class Asked(NamedTuple):
    """What is asked of the digests: the options of that name."""

    within: str | None
    since: str | None
    owners: Sequence[str]
    secretary: str
    link_base: str
    sparing: bool


class Digests(NamedTuple):
    """What is to be told, on which occasion, and the time zone of each plan by its name.

    `left_out` are the names of the plans that could not be read, None for a plan by itself.
    """

    digests: Sequence[Digest]
    occasion: Occasion
    timezones: Mapping[str, str]
    left_out: Sequence[str] | None = None


def check_asked(asked: Asked) -> None:
    """Raise KimplanError for a slip that can be told before a plan is read."""
    from kimplan.answers.edit_link import check_base
    from kimplan.mail.address import fault

    if asked.within is not None:
        read_period(asked.within, date(2000, 1, 1))
    if asked.link_base:
        check_base(asked.link_base)
    if "@" in asked.secretary and (problem := fault(asked.secretary)):
        raise KimplanError(f"--secretary: {problem}", "Name an address, or a role of owners.yaml.")


def read_digests(group: Group, asked: Asked) -> Digests:
    """Return who is to be told what of the plans that were read.

    Raises KimplanError for a role that no plan has, or a time that none knows.
    """
    from kimplan.answers.letter import Occasion
    from kimplan.answers.reminders import Question, digests, is_day_for
    from kimplan.model.due import show_day

    _check_roles(group, asked)
    day = group.day
    within = None if asked.within is None else read_period(asked.within, day)
    since = [_since(member, asked.since) for member in group.members]
    plans = [_reminded(*pair, asked) for pair in zip(group.members, since, strict=True)]
    found = digests(plans, Question(day, within, asked.owners, asked.secretary))
    if asked.sparing:
        found = [digest for digest in found if is_day_for(digest, day)]
    began = next((show_day(between.since_day) for between in since if between), "")
    zones = {member.name: member.plan.settings.timezone for member in group.members}
    left_out = group.broken if group.is_several else None
    return Digests(found, Occasion(day, began), zones, left_out)


def _since(member: Member, since: str | None) -> Between | None:
    """Return what has changed in a plan, having said what is odd about it; None if not asked."""
    from kimplan.changes.between import read_between

    if since is None:
        return None
    with Patience("Comparing the two states"):
        between = read_between(member.root, member.plan, since, None, member.day)
    about = f"{member.name}: " if member.name else ""
    for note in (*between.remarks, *between.notes):
        say(about + note)
    return between


def _reminded(member: Member, between: Between | None, asked: Asked) -> Reminded:
    from kimplan.answers.edit_link import edit_links
    from kimplan.answers.reminders import Reminded

    records = between.records if between else ()
    return Reminded(member.of, edit_links(member.root, asked.link_base), records)


def _check_roles(group: Group, asked: Asked) -> None:
    """Raise KimplanError for a role that no plan has; one of an earlier state may be told too."""
    from kimplan.answers.reminders import find_secretary
    from kimplan.model.suggestion import did_you_mean

    roles = dict.fromkeys(one.role for member in group.members for one in member.plan.owners)
    known = {" ".join(role.casefold().split()) for role in roles}
    for name in asked.owners if asked.since is None else ():
        if " ".join(name.casefold().split()) not in known:
            hint = did_you_mean(name, roles) or "The roles stand in owners.yaml."
            raise KimplanError(f"--owner '{name[:80]}' is no role of the plan", hint)
    secretary = asked.secretary
    if secretary and not any(find_secretary(one.plan, secretary) for one in group.members):
        hint = did_you_mean(secretary, roles) or "Name a role of owners.yaml, or an address."
        raise KimplanError(f"--secretary '{secretary[:80]}' is neither role nor address", hint)


def say(text: str) -> None:
    """Tell the user something at once, on standard error."""
    sys.stderr.write(fitted(f"kimplan: {make_visible(text)}\n", sys.stderr))
    sys.stderr.flush()
