"""What is to be done: the issues that should be there, held against those that are."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from kimplan.forge.issues import Issue
from kimplan.forge.marker import Key, Marker, is_alike, read_marker
from kimplan.forge.wanted import Wanted
from kimplan.model.due import show_day


class Deed(enum.StrEnum):
    """What is done with an issue."""

    OPEN = "opened"
    CHANGE = "brought up to date"
    REOPEN = "opened again"
    CLOSE = "closed"
    CLOSE_TWIN = "closed as another of the same"
    LEAVE = "left as it was"
    LEAVE_ALONE = "not ours"  # somebody else's with our marker, whatever it says


class Step(NamedTuple):
    """A deed, whose it is, the issue if there is one, what is changed in it, and what is said.

    For one that is opened, `fields` are its title, its text and whom it is assigned to.
    """

    deed: Deed
    role: str
    issue: Issue | None
    fields: dict[str, object]
    comment: str = ""


class Scope(NamedTuple):
    """Whose issues are looked at: those of one place, by its hash, and of it all roles, or some.

    `roles` are hashes too; None means that a role that is not wanted has nothing to do.
    """

    plan: str
    roles: frozenset[str] | None
    day: date

    def has(self, key: Key) -> bool:
        """Return whether the issue of this key is closed where nothing is wanted of it."""
        return key.plan == self.plan and (self.roles is None or key.role in self.roles)


def decide(
    wanted: Sequence[Wanted], found: Iterable[Issue], viewer: str, scope: Scope
) -> list[Step]:
    """Return a step for each issue that is wanted, and for each that no longer is.

    Only issues that `viewer` opened count as ours: a marker is easily copied. Of several with one
    key the oldest does; a list of the API's begins with it.
    """
    ours: dict[Key, list[tuple[Issue, Marker]]] = {}
    steps: list[Step] = []
    keys = {one.key for one in wanted}
    for issue in sorted(found, key=lambda one: one.number):
        marker = read_marker(issue.body)
        if marker is None or not (marker.key in keys or scope.has(marker.key)):
            continue
        if issue.user is None or issue.user.login.casefold() != viewer.casefold():
            steps.append(Step(Deed.LEAVE_ALONE, issue.title, issue, {}))
        else:
            ours.setdefault(marker.key, []).append((issue, marker))
    for one in wanted:
        steps += _kept(one, ours.pop(one.key, []))
    for known in ours.values():
        steps += (_closed(issue, marker, scope.day) for issue, marker in known if issue.is_open)
    return steps


def _kept(one: Wanted, known: Sequence[tuple[Issue, Marker]]) -> Iterator[Step]:
    if not known:
        fields: dict[str, object] = {"title": one.title, "body": one.body}
        yield Step(Deed.OPEN, one.role, None, fields | {"assignees": list(one.assignees)})
        return
    (issue, marker), *twins = known
    fields = _differences(one, issue)
    deed = Deed.CHANGE if fields else Deed.LEAVE
    yield Step(
        deed if issue.is_open else Deed.REOPEN, one.role, issue, fields, one.note(marker.told)
    )
    for twin, its in twins:
        if twin.is_open:
            body = f"{its}\nThis is the same as #{issue.number}, which is kept up to date.\n"
            yield _ended(Deed.CLOSE_TWIN, one.role, twin, body, "not_planned")


def _differences(one: Wanted, issue: Issue) -> dict[str, object]:
    fields: dict[str, object] = {}
    if issue.title.strip() != one.title.strip():
        fields["title"] = one.title
    if not is_alike(issue.body, one.body):
        fields["body"] = one.body
    if not issue.is_open:
        fields["state"] = "open"
    if issue.without(one.assignees):
        fields["assignees"] = list(one.assignees)
    return fields


def _closed(issue: Issue, marker: Marker, day: date) -> Step:
    """Return the step that closes an issue of which nothing is left, with thanks."""
    kept = Marker(marker.key)  # what comes back is told again
    body = (
        f"{kept}\nNothing waits for you, as of {show_day(day)}. Thank you.\n\n"
        "This issue opens again by itself as soon as something does.\n"
    )
    return _ended(Deed.CLOSE, issue.title, issue, body, "completed")


def _ended(deed: Deed, role: str, issue: Issue, body: str, reason: str) -> Step:
    fields: dict[str, object] = {"body": body, "state": "closed", "state_reason": reason}
    return Step(deed, role, issue, fields)
