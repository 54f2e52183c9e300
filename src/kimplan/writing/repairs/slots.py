"""The lines of a text as a person reads them: each key, entry and loose line with its value.

No YAML parser is asked, so it does not matter whether the text can be read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

KEY = r"""(?:"[^"\s]+"|'[^'\s]+'|[A-Za-z_][\w-]*(?: [\w-]+){0,2})"""
_LINE = re.compile(rf"(?P<lead>[ ]*(?P<dash>-[ ]+|-\Z)?)(?:(?P<key>{KEY})[ ]*:(?:[ ]+|\Z))?")
_BAR = re.compile(r"[|>][-+0-9]*(?:[ ]+#.*|[ ]*)\Z")
_CLOSING = re.compile(r"[ ]*[\]}][ ]*(?:#.*)?\Z")
_COMMENT = re.compile(r"(?<= )#(?=[ !]|#|\Z|kimplan:).*")
_INDENT = re.compile("[ ]*")
# What is written in place of the dash of a list's entry, or without the space behind it.
ENTRY = re.compile(
    r"[ ]*([-–—•·*▪●◦‣⁃\uf0b7]|>(?=[ ])|(?:[0-9]{1,2}|[a-z])[.)](?=[ ]))[ ]*([^\s\-–—*•·].*)"
)


class Slot(NamedTuple):
    """A key, an entry of a list or a loose line, with its value.

    It stands on the lines `first` to `last` of the file, from 0. `lead` is what stands before the
    value, `key` the key in it. `rest` is what stands behind that, and `below` the lines below it.
    A slot without key and dash is a loose line, and all of it is `rest`.
    """

    first: int
    last: int
    lead: str
    key: str
    has_dash: bool
    rest: str
    below: tuple[str, ...]

    @property
    def column(self) -> int:
        """How far the key is indented, or the dash of an entry without one."""
        if not self.key:
            return indent(self.lead)
        return self.lead.index(self.key)

    @property
    def is_loose(self) -> bool:
        """Whether it is neither a key nor an entry of a list."""
        return not self.key and not self.has_dash

    @property
    def is_block(self) -> bool:
        """Whether its text stands below a | or >."""
        return _BAR.match(self.rest) is not None

    @property
    def pad(self) -> str:
        """What stands before the key or the dash."""
        return self.lead[: indent(self.lead)]


def other_mark(mark: str) -> str:
    """Return what is said of a `mark` that stands where the dash of an entry belongs."""
    if mark == "-":
        return "a space is missing behind the dash"
    return f"'{mark}' does not begin an entry of a list: a dash and a space do"


def indent(line: str) -> int:
    """Return by how many spaces `line` is indented."""
    found = _INDENT.match(line)
    return found.end() if found else 0


def split_comment(text: str) -> tuple[str, str]:
    """Return `text` without the comment at its end, and that comment."""
    found = _COMMENT.search(f" {text}")
    if not found:
        return text.rstrip(" "), ""
    return text[: found.start() - 1].rstrip(" "), found.group()


def is_comment(line: str) -> bool:
    """Return whether `line` is nothing but a comment that is meant to be one."""
    return _COMMENT.match(f" {line.strip()}", 1) is not None


def slots(lines: Sequence[str]) -> list[Slot]:
    """Return the slots of `lines`, in their order."""
    return list(_slots(lines))


def _slots(lines: Sequence[str]) -> Iterator[Slot]:
    at = 0
    while at < len(lines):
        line = lines[at]
        found = _LINE.match(line)
        if not found or not line.strip() or line.lstrip(" ").startswith("#"):
            at += 1
            continue
        lead, key = found.group(), found["key"] or ""
        if not key:
            lead = found["lead"]
        slot = Slot(at, at, lead, key, bool(found["dash"]), line[len(lead) :], ())
        end = at if slot.is_loose else _end(lines, slot)
        yield slot._replace(last=end, below=tuple(lines[at + 1 : end + 1]))
        at = end + 1


def _end(lines: Sequence[str], slot: Slot) -> int:
    """Return the last line of a slot's value."""
    value, _ = split_comment(slot.rest)
    if not value and not _has_text_below(lines, slot):
        return slot.first
    end, is_open = slot.first, value[:1] in {"{", "["}
    for at in range(slot.first + 1, len(lines)):
        line = lines[at]
        if not line.strip():
            continue
        is_deeper = indent(line) > slot.column
        if not is_deeper and not (is_open and _CLOSING.match(line) and end == at - 1):
            break
        end = at
    return end


def _has_text_below(lines: Sequence[str], slot: Slot) -> bool:
    """Return whether the value of a slot with nothing behind its key is a text below it."""
    for line in lines[slot.first + 1 :]:
        if not line.strip() or is_comment(line):
            continue
        found = _LINE.match(line)
        is_deeper = indent(line) > slot.column
        return bool(is_deeper and found and not found["dash"] and not found["key"])
    return False
