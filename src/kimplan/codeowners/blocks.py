"""The lines of a plan in CODEOWNERS, between markers that name the plan's folder."""

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
    r"^# kimplan: (?P<which>begin|end)(?: +(?P<folder>/(?:\\.|[^\s\\])*))?(?![^\s(])[^\r\n]*",
    re.MULTILINE,
)
_SPECIAL = re.compile(r"([ #\\*?\[\]])")
_RECORD = re.compile(r"^(?P<folder>/(?:\S*/)?)recommendations/\S+\.yaml(?=\s)", re.MULTILINE)


class Block(NamedTuple):
    """Where the lines of a plan stand, with their markers; `folder` is empty in old files."""

    start: int
    end: int
    folder: str


def written(text: str, plan: Plan, folder: str) -> str:
    """Return the CODEOWNERS `text` with the lines of `plan` between markers that name its folder.

    All else stays, the lines of other plans too; markers that are not there are added at the end,
    and a pair that names no folder is taken over unless its lines are another plan's. `folder` is
    the plan's folder from the top of the repository, empty for the top. Raises KimplanError where
    the markers are not pairs, and where the folder's name would not stay on its line.
    """
    if not folder.replace(" ", "").isprintable():
        message = "the plan's folder has a name that cannot stand in CODEOWNERS"
        raise KimplanError(message, "Rename the folder.")
    newline = "\r\n" if "\r\n" in text else "\n"
    name = pattern_of(folder)
    lines = [f"{_BEGIN} {name} {_ABOUT}", *_lines(plan, name), f"{_END} {name}"]
    block = newline.join(lines)
    found = find_block(text, folder)
    if found is None:
        gap = "" if not text else newline if text.endswith("\n") else newline * 2
        return f"{text}{gap}{block}{newline}"
    return text[: found.start] + block + text[found.end :]


def pattern_of(folder: str) -> str:
    """Return the pattern of a folder, which begins at the top and ends with a slash."""
    return _SPECIAL.sub(r"\\\1", f"/{folder}/" if folder else "/")


def find_block(text: str, folder: str) -> Block | None:
    """Return where the lines of the plan in `folder` stand; raise KimplanError for odd markers."""
    blocks = list(_blocks(text))
    name = pattern_of(folder)
    own = [block for block in blocks if block.folder == name]
    own = own or [block for block in blocks if not block.folder and _may_be(text, block, name)]
    if len(own) > 1:
        raise _unpaired()
    return own[0] if own else None


def _blocks(text: str) -> Iterator[Block]:
    marks = list(_MARK.finditer(text))
    if len(marks) % 2:
        raise _unpaired()
    for begin, end in zip(marks[::2], marks[1::2], strict=True):
        if (begin["which"], end["which"]) != ("begin", "end") or begin["folder"] != end["folder"]:
            raise _unpaired()
        yield Block(begin.start(), end.end(), begin["folder"] or "")


def _may_be(text: str, block: Block, name: str) -> bool:
    """Return whether the lines of a block that names no folder may be those of the plan `name`."""
    folders = {found["folder"] for found in _RECORD.finditer(text, block.start, block.end)}
    return not folders or name in folders


def _unpaired() -> KimplanError:
    hint = f"Leave one line '{_BEGIN} …' and below it one line '{_END} …' a plan, or neither."
    return KimplanError("the file's lines of kimplan do not begin and end once", hint)


def _lines(plan: Plan, name: str) -> Iterator[str]:
    """Yield a line for each recommendation that somebody with a handle has."""
    handles = _handles(plan)
    for item in reviewed(plan):
        path = name + _SPECIAL.sub(r"\\\1", f"recommendations/{item.ref}.yaml")
        found = dict.fromkeys(handles[role] for role in _roles(item) if role in handles)
        yield f"{path} {' '.join(found)}"


def reviewed(plan: Plan) -> list[Recommendation]:
    """Return the recommendations for which somebody is asked."""
    handles = _handles(plan)
    return [item for item in plan.recommendations if any(role in handles for role in _roles(item))]


def _handles(plan: Plan) -> dict[str, str]:
    return {owner.role: owner.handle for owner in plan.owners if owner.handle}


def _roles(item: Recommendation) -> list[str]:
    """Return whose the recommendation is, and whose its sub-actions are, done or not."""
    return [*item.owners, *(action.owner for action in item.actions if action.owner)]
