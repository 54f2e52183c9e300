"""Keeps the issues up to date: one step after the other, and an account of what was done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from kimplan.answers.letter_words import people
from kimplan.forge.decide import Deed, Step
from kimplan.forge.errors import ForgeError, RefusedError
from kimplan.forge.issues import Issue, Issues


class Done(NamedTuple):
    """A step that was taken: what was done, whose it is, the issue, and what is to be known."""

    deed: Deed
    role: str
    issue: Issue
    remark: str = ""


class Failed(NamedTuple):
    """A step that the forge refused, and why."""

    step: Step
    error: ForgeError


class Account(NamedTuple):
    """What became of the steps: done, refused, and those that were not even tried, and why not.

    The first of those may have been done by the forge all the same.
    """

    done: tuple[Done, ...]
    failed: tuple[Failed, ...]
    untried: tuple[Step, ...] = ()
    stop: ForgeError | None = None
    interrupt: KeyboardInterrupt | None = None


def keep(issues: Issues, steps: Sequence[Step]) -> Account:
    """Take the steps, and return what became of them.

    The first error that is of all ends it, and so does whoever interrupts.

    Whatever was not done is done by the next run, which finds the issues as they are then.
    """
    done: list[Done] = []
    failed: list[Failed] = []
    for number, step in enumerate(steps):
        try:
            done.append(_take(issues, step))
        except RefusedError as error:
            failed.append(Failed(step, error))
        except ForgeError as error:
            return Account(tuple(done), tuple(failed), tuple(steps[number:]), error)
        except KeyboardInterrupt as error:
            return Account(tuple(done), tuple(failed), tuple(steps[number:]), interrupt=error)
    return Account(tuple(done), tuple(failed))


def _take(issues: Issues, step: Step) -> Done:
    if step.issue is None:
        return _open(issues, step)
    # Said before the text says that it was told: a run that ends between the two says it again.
    if step.comment:
        issues.comment(step.issue.number, step.comment)
    if not step.fields:
        return Done(step.deed, step.role, step.issue)
    return _change(issues, step, step.issue)


def _open(issues: Issues, step: Step) -> Done:
    title, body, asked = str(step.fields["title"]), str(step.fields["body"]), _assignees(step)
    try:
        made = issues.open(title, body, asked)
    except RefusedError as error:
        if not asked or "assignees" not in error.fields:
            raise
        made = issues.open(title, body, ())
    if not made.has_label:
        _take_back(issues, made)
    return Done(step.deed, step.role, made, _unassigned(made, asked))


def _take_back(issues: Issues, made: Issue) -> None:
    """Close an issue that could not be labelled, and stop: the next run would not find it."""
    issues.change(made.number, {"state": "closed", "state_reason": "not_planned"})
    raise ForgeError(
        f"the token may open issues but not label them, so #{made.number} was closed again",
        "It needs to write issues: in a workflow, permissions: issues: write.",
    )


def _change(issues: Issues, step: Step, issue: Issue) -> Done:
    asked = _assignees(step)
    try:
        made = issues.change(issue.number, step.fields)
    except RefusedError as error:
        if not asked or "assignees" not in error.fields:
            raise
        rest = {name: value for name, value in step.fields.items() if name != "assignees"}
        made = issues.change(issue.number, rest) if rest else issue
    deed = Deed.LEAVE if made is issue and not step.comment else step.deed
    return Done(deed, step.role, made, _unassigned(made, asked))


def _assignees(step: Step) -> list[str]:
    value = step.fields.get("assignees")
    return [str(name) for name in value] if isinstance(value, list) else []


def _unassigned(made: Issue, asked: Sequence[str]) -> str:
    """Return a remark on who could not be assigned, which the forge may also not say."""
    missing = people([f"@{name}" for name in made.without(asked)])
    return f"{missing} cannot be assigned to it" if missing else ""
