"""What README.md and docs/*.md show: commands to type, with what they print, and YAML to copy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from conftest import REPOSITORY
from markdown_it import MarkdownIt
from markdown_it.token import Token

_GUIDE = REPOSITORY / "src/kimplan/starter/files/owners-guide.md"  # of every new repository
# rules.md is generated, and its examples are those of tests/examples.
PAGES = {
    path.relative_to(REPOSITORY).as_posix(): path
    for path in (REPOSITORY / "README.md", _GUIDE, *sorted((REPOSITORY / "docs").glob("*.md")))
    if path.name != "rules.md"
}
_PARSER = MarkdownIt("commonmark").enable("table")
_PROGRAMS = (
    "check-jsonschema|cmd|gh|git|kimplan|mkdir|cd|pdftoppm|pip|pipx|py|python3?|soffice|uv|winget"
)
_COMMAND = re.compile(rf"(?:{_PROGRAMS})(?: .*)?")
_INLINE = re.compile(r"(?:kimplan|pip|pipx|uv|winget) .+")
# An HTML comment above a block, which nobody sees: how its command ends where that is not with 0,
# that it is typed in the folder in which the page began, or which findings an example announces.
_NOTE = re.compile(r"<!-- (exit|folder|finds): (.*?) -->")
_BLOCKS = {"fence", "code_block"}


class Command(NamedTuple):
    """A line to type.

    `prints` is what the page shows below it, None where it shows nothing, and `lines` where that
    stands in the page, from which line up to which one. `is_inline` is one among words, and
    `is_anew` one that is typed in the folder in which the page began.
    """

    text: str
    code: int = 0
    prints: str | None = None
    lines: tuple[int, int] = (0, 0)
    is_inline: bool = False
    is_anew: bool = False


class Example(NamedTuple):
    """YAML to copy: the line of the page that it begins on, and the codes that are announced."""

    line: int
    text: str
    finds: tuple[str, ...] = ()


class _Seen(NamedTuple):
    token: Token
    note: dict[str, str]


def _tokens(page: Path) -> Iterator[_Seen]:
    note: dict[str, str] = {}
    for token in _PARSER.parse(page.read_text(encoding="utf-8")):
        if token.type == "html_block" and (found := _NOTE.search(token.content)):
            note = {found[1]: found[2]}
        elif token.type in _BLOCKS or token.type == "inline":
            yield _Seen(token, note if token.type in _BLOCKS else {})
            note = {}


def commands(page: Path) -> list[Command]:
    """Return the commands of a page, those of its blocks and those among its words, in order."""
    found: list[Command] = []
    for token, note in _tokens(page):
        if token.type == "inline":
            spans = [one.content for one in token.children or () if one.type == "code_inline"]
            found += [Command(one, is_inline=True) for one in spans if _INLINE.fullmatch(one)]
        elif token.info == "console":
            found += _console(token, int(note.get("exit", 0)))
        elif token.info in {"", "sh"} and not token.content.startswith("#!"):
            lines = [*filter(is_command, token.content.splitlines())]
            new = [Command(line, int(note.get("exit", 0))) for line in lines]
            found += [new[0]._replace(is_anew="folder" in note), *new[1:]] if new else []
    return found


def blocks(page: Path) -> list[list[str]]:
    """Return the lines of the blocks that may hold commands, without those that are blank."""
    return [
        [line.strip() for line in token.content.splitlines() if line.strip()]
        for token, _ in _tokens(page)
        if token.type in _BLOCKS and token.info in {"", "sh"}
    ]


def is_command(line: str) -> bool:
    """Return whether a line of a block is a command to type."""
    return _COMMAND.fullmatch(line) is not None


def _console(token: Token, code: int) -> Iterator[Command]:
    lines = token.content.splitlines(keepends=True)
    starts = [at for at, line in enumerate(lines) if line.startswith("$ ")]
    first = (token.map or [0])[0] + 1
    for at, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        prints = "".join(lines[at + 1 : end])
        yield Command(lines[at][2:].strip(), code, prints, (first + at + 1, first + end))


def examples(page: Path) -> list[Example]:
    """Return the YAML of a page."""
    return [
        Example((token.map or [0])[0] + 1, token.content, tuple(note.get("finds", "").split()))
        for token, note in _tokens(page)
        if token.type == "fence" and token.info == "yaml"
    ]
