"""CODEOWNERS from the plan: who is asked to review a change of which recommendation.

The file's form is GitHub's and GitLab's:
https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from kimplan.errors import KimplanError
from kimplan.model.plan import Plan
from kimplan.model.recommendation import Recommendation

_BEGIN = "# kimplan: begin"
_END = "# kimplan: end"
_ABOUT = "(written by kimplan codeowners from owners.yaml; do not edit)"
_MARK = re.compile(
    r"^# kimplan: (?P<which>begin|end)(?: of (?P<plan>[^\r\n(]*?))?(?: *\([^\r\n]*)?\r?$",
    re.MULTILINE,
)
_SPECIAL = re.compile(r"([ #\\*?\[\]])")


class Overriding(NamedTuple):
    """A line below kimplan's that names other reviewers for a record of the plan."""

    number: int
    line: str
    path: str


class _Block(NamedTuple):
    """Where a plan's lines stand, its markers included; the plan is not named in old files."""

    start: int
    end: int
    plan: str | None


def written(text: str, plan: Plan, folder: str) -> str:
    """Return the CODEOWNERS `text` with the lines of `plan` between markers that name its folder.

    All else stays, the lines of another plan too; markers that are not there are added at the end,
    and one pair that names no plan is taken over. `folder` is the plan's folder from the top of the
    repository, empty for the top. Raises KimplanError where the markers are not pairs, and where
    the folder's name would not stay on its line.
    """
    if not folder.replace(" ", "").isprintable() or "(" in folder:
        message = "the plan's folder has a name that cannot stand in CODEOWNERS"
        raise KimplanError(message, "Rename the folder.")
    newline = "\r\n" if "\r\n" in text else "\n"
    name = folder or "."
    begin, end = f"{_BEGIN} of {name} {_ABOUT}", f"{_END} of {name}"
    block = newline.join([begin, *_lines(plan, folder), end])
    found = _own(text, name)
    if found is None:
        gap = "" if not text else newline if text.endswith("\n") else newline * 2
        return f"{text}{gap}{block}{newline}"
    return text[: found.start] + block + text[found.end :]


def overriding(text: str, plan: Plan, folder: str) -> list[Overriding]:
    """Return the lines below those of `plan` that override one of them: the last match counts.

    Patterns are gitignore's, as GitHub and GitLab read them.
    """
    from pathspec import GitIgnoreSpec

    found = _own(text, folder or ".")
    if found is None:
        return []
    prefix = f"{folder}/" if folder else ""
    paths = [f"{prefix}recommendations/{item.ref}.yaml" for item in _reviewed(plan)]
    first = text.count("\n", 0, found.end) + 2
    overriders = []
    for number, line in enumerate(text[found.end :].splitlines()[1:], first):
        spec = GitIgnoreSpec.from_lines([_pattern(line)])
        hit = next((path for path in paths if spec.match_file(path)), None)
        if hit:
            overriders.append(Overriding(number, line.strip(), hit))
    return overriders


def _pattern(line: str) -> str:
    """Return the pattern of a line; empty for a comment, a section's name and an empty line."""
    bare = line.strip()
    if not bare or bare.startswith(("#", "[", "^[", "!")):
        return ""
    return re.split(r"(?<!\\)\s", bare)[0]


def _own(text: str, name: str) -> _Block | None:
    """Return the block of the plan `name`, or else the only one that names no plan."""
    blocks = list(_blocks(text))
    own = [block for block in blocks if block.plan == name]
    own = own or [block for block in blocks if block.plan is None]
    if len(own) > 1:
        raise _unpaired()
    return own[0] if own else None


def _blocks(text: str) -> Iterator[_Block]:
    marks = list(_MARK.finditer(text))
    if len(marks) % 2:
        raise _unpaired()
    for begin, end in zip(marks[::2], marks[1::2], strict=True):
        if (begin["which"], end["which"]) != ("begin", "end") or begin["plan"] != end["plan"]:
            raise _unpaired()
        stop = end.end() - (1 if end.group().endswith("\r") else 0)
        yield _Block(begin.start(), stop, begin["plan"])


def _unpaired() -> KimplanError:
    hint = f"Leave one line '{_BEGIN} …' and below it one line '{_END} …' a plan, or neither."
    return KimplanError("the file's lines of kimplan do not begin and end once", hint)


def _lines(plan: Plan, folder: str) -> Iterator[str]:
    """Yield a line for each recommendation that an owner with a handle has."""
    handles = _handles(plan)
    prefix = f"{folder}/" if folder else ""
    for item in _reviewed(plan):
        path = _SPECIAL.sub(r"\\\1", f"/{prefix}recommendations/{item.ref}.yaml")
        found = dict.fromkeys(handles[role] for role in _roles(item) if role in handles)
        yield f"{path} {' '.join(found)}"


def _handles(plan: Plan) -> dict[str, str]:
    return {owner.role: owner.handle for owner in plan.owners if owner.handle}


def _reviewed(plan: Plan) -> list[Recommendation]:
    """Return the recommendations for which somebody is asked."""
    handles = _handles(plan)
    return [item for item in plan.recommendations if any(role in handles for role in _roles(item))]


def _roles(item: Recommendation) -> list[str]:
    """Return whose the recommendation is, and its open actions."""
    return [*item.owners, *(one.owner for one in item.actions if one.is_open and one.owner)]
