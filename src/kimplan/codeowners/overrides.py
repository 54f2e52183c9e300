r"""Lines of CODEOWNERS that take a plan's reviewers away: of several that match, the last counts.

The forges' patterns are like those of .gitignore, with differences: there is no ``!`` and no
``[a-z]``, and ``/docs/*`` is about the files in ``docs`` itself. In GitLab a pattern without a
slash at its beginning may stand at any depth, one that ends with none is no folder, and each
``[section]`` has a last match of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from kimplan.codeowners.blocks import find_block, reviewed
from kimplan.model.plan import Plan

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_FIRST_WORD = re.compile(r"(?:\\.|[^\s\\])+")
_SECTION = re.compile(r"\^?\[(?P<name>[^\]]+)\]")
_WILD = {"**/": "(?:.*/)?", "/**": "/.*", "?": "[^/]"}
_PART = re.compile(r"\\.|\*\*/|/\*\*\Z|\*+|.", re.DOTALL)


class Forge(StrEnum):
    """Whose reading of CODEOWNERS counts."""

    GITHUB = "GitHub"
    GITLAB = "GitLab"


class Overriding(NamedTuple):
    """A line, by its number from 1, that names other reviewers for the records at `paths`."""

    number: int
    line: str
    paths: tuple[str, ...]


def find_overriding(text: str, plan: Plan, folder: str, forge: Forge) -> list[Overriding]:
    """Return the lines of `text` that override those of `plan`, which are there.

    `folder` is the plan's folder from the top of the repository, empty for the top.
    """
    block = find_block(text, folder)
    if block is None:
        return []
    prefix = f"{folder}/" if folder else ""
    left = [f"{prefix}recommendations/{item.ref}.yaml" for item in reviewed(plan)]
    found = []
    for number, line in reversed(list(_rivals(text, block.end, forge))):
        pattern = _FIRST_WORD.match(line)
        hits = tuple(path for path in left if pattern and matches(pattern[0], path, forge))
        if hits:
            found.append(Overriding(number, line, hits))
            left = [path for path in left if path not in hits]
    return found[::-1]


def _rivals(text: str, end: int, forge: Forge) -> Iterator[tuple[int, str]]:
    """Yield the number and the words of each line below `end` that competes with those above."""
    at, section, ours = 0, "", ""
    for number, raw in enumerate(_LINE.findall(text), 1):
        begin, at = at, at + len(raw)
        line = raw.strip()
        if forge is Forge.GITLAB and (found := _SECTION.match(line)):
            section = found["name"].strip().casefold()
            continue
        if begin < end:
            ours = section
        elif line and not line.startswith("#") and section == ours:
            yield number, line


def matches(pattern: str, path: str, forge: Forge) -> bool:
    """Return whether the file at `path`, from the top of the repository, is among a `pattern`'s."""
    return re.fullmatch(_expression(pattern, forge), path, re.DOTALL) is not None


def _expression(pattern: str, forge: Forge) -> str:
    bare = pattern.strip("/")
    is_folder = pattern.endswith("/")
    has_slash = pattern.startswith("/") or (forge is Forge.GITHUB and "/" in bare)
    parts = _PART.findall(bare)
    body = "".join(map(_piece, parts))
    lead = "" if has_slash else "(?:.*/)?"
    if is_folder:
        return f"{lead}{body}/.*" if bare else ".*"
    is_files_only = forge is Forge.GITLAB or (has_slash and _last_part(parts) == "*")
    return f"{lead}{body}" if is_files_only else f"{lead}{body}(?:/.*)?"


def _last_part(parts: Sequence[str]) -> str:
    return "".join(parts).rpartition("/")[2]


def _piece(part: str) -> str:
    """Return the regular expression of one part of a pattern."""
    if part in _WILD:
        return _WILD[part]
    if part.startswith("*"):
        return "[^/]*"
    return re.escape(part[1:] if part.startswith("\\") and len(part) > 1 else part)
