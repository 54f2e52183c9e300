"""What would be done with the issues, and what was: the answers that ``kimplan remind`` shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kimplan.answers.answer import Answer, Heading, Line, Part, Prose
from kimplan.answers.letter_words import people
from kimplan.answers.naming import one_line
from kimplan.forge.decide import Deed, Step
from kimplan.forge.keep import Account, Done
from kimplan.forge.wanted import Wanted
from kimplan.model.prose import Block, Span
from kimplan.plural import count

_SHOWN = 3  # entries of an issue's text
_NO_TOKEN = "No token is given, so nothing was asked or changed. This is what would be done."  # noqa: S105
_HINT = "Give a token in KIMPLAN_FORGE_TOKEN, or in a workflow in GITHUB_TOKEN, to have it done."
_FUTURE = {
    Deed.OPEN: "open an issue for {role}",
    Deed.CHANGE: "bring up to date #{number}, of {role}",
    Deed.REOPEN: "open #{number} again, of {role}",
    Deed.CLOSE: "close #{number}: {role}",
    Deed.CLOSE_TWIN: "close #{number}, another one of {role}",
    Deed.LEAVE: "leave #{number} as it is, of {role}",
    Deed.LEAVE_ALONE: "leave alone #{number}, which {user} opened: {role}",
}
_PAST = {
    Deed.OPEN: "Opened #{number} for {role}: {url}",
    Deed.CHANGE: "Brought up to date #{number}, of {role}: {url}",
    Deed.REOPEN: "Opened #{number} again, of {role}: {url}",
    Deed.CLOSE: "Closed #{number}: {role}",
    Deed.CLOSE_TWIN: "Closed #{number}, another one of {role}",
    Deed.LEAVE: "Left #{number} as it was, of {role}",
    Deed.LEAVE_ALONE: "Left alone #{number}, which {user} opened: {role}",
}
_COUNTED = {
    Deed.OPEN: "opened",
    Deed.CHANGE: "brought up to date",
    Deed.REOPEN: "opened again",
    Deed.CLOSE: "closed",
    Deed.CLOSE_TWIN: "closed as a double",
    Deed.LEAVE: "left as they were",
}


def answer_preview(wanted: Sequence[Wanted], where: str) -> Answer:
    """Return what would be done if there were a token: each issue, and how its text begins.

    `where` is the repository, or nothing where none is known.
    """
    of = f" of {where}" if where else ""
    parts: list[Part] = [Line(_NO_TOKEN)]
    for one in wanted:
        parts += [Heading(one.title), *_described(one)]
    if wanted:
        said = f"{count(len(wanted), 'issue')}{of} would be opened, or brought up to date."
    else:
        said = "Nobody needs a reminder."
    parts += [Line(f"{said} One for whom nothing is left would be closed."), Line(_HINT)]
    return Answer(tuple(parts), {})


def _described(one: Wanted) -> Iterator[Part]:
    """Yield whom an issue is assigned to or calls, and how its text begins."""
    whose = "owners.yaml has no handle for it, so nobody is told of it."
    if one.handles:
        users = people([f"@{user}" for user in one.assignees])
        whose = f"Assigned to {users}." if users else f"It calls {one.handles}, a team."
    letter = one.letter
    sections = (section for part in letter.parts for section in part.sections)
    said = (f"{entry.ref}: {entry.title}" for section in sections for entry in section.entries)
    entries = list(dict.fromkeys(said))
    more = [f"and {len(entries) - _SHOWN:,} more"] if len(entries) > _SHOWN else []
    items = [Block((Span(text),), 1, bullet=True) for text in (*entries[:_SHOWN], *more)]
    lines = [Block((Span(text),)) for text in (whose, letter.opening)]
    yield Prose((*lines, *items))


def answer_steps(steps: Sequence[Step], where: str) -> Answer:
    """Return what is about to be done in the repository `where`."""
    lines = [Line(f"In {where}:")]
    for step in steps:
        lines.append(Line(f"- {_said(_FUTURE[step.deed], step)}"))
        if step.comment:
            lines.append(Line("  and say below it what is new"))
    return Answer(tuple(lines), {})


def answer_account(account: Account) -> Answer:
    """Return what was done, and in numbers what was not."""
    lines = [Line(_done(one)) for one in account.done]
    return Answer((*lines, Line(_total(account))), {})


def refusals(account: Account) -> Iterator[str]:
    """Yield a sentence for each step that the forge refused, and for one that was interrupted."""
    for failed in account.failed:
        yield f"{_which(failed.step)}: {failed.error.message}"
    if account.interrupt:
        yield f"interrupted: {_which(account.untried[0])} may be done or not"


def _which(step: Step) -> str:
    number = f"#{step.issue.number}" if step.issue else "the issue"
    return f"{number} of {one_line(step.role)}"


def _done(one: Done) -> str:
    step = Step(one.deed, one.role, one.issue, {})
    remark = f" ({one.remark})" if one.remark else ""
    return _said(_PAST[one.deed], step) + remark


def _said(form: str, step: Step) -> str:
    issue = step.issue
    return form.format(
        role=one_line(step.role),
        number=issue.number if issue else 0,
        url=issue.html_url if issue else "",
        user=issue.user.login if issue and issue.user else "nobody",
    )


def _total(account: Account) -> str:
    numbers = {
        words: sum(one.deed is deed for one in account.done) for deed, words in _COUNTED.items()
    }
    said = ", ".join(f"{number:,} {words}" for words, number in numbers.items() if number)
    left = len(account.failed) + len(account.untried)
    missing = f"; {left:,} not done" if left else ""
    total = sum(numbers.values())
    return f"{count(total, 'issue')}: {said}{missing}." if said else f"0 issues{missing}."
