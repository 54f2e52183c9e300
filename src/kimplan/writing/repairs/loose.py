"""Lines that are no key and no entry of a list: what they lack to be one, or part of a text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kimplan.diagnostic import Correction
from kimplan.source import KeyPath, Problem, shown
from kimplan.writing import scalar
from kimplan.writing.repairs.proof import Ground, is_no_worse
from kimplan.writing.repairs.slots import Slot, indent

_TIGHT = re.compile(r"([A-Za-z_]\w*):(?=[^\s:/])(.*)")
_OTHER_MARK = re.compile(r"([A-Za-z_]\w*)[ ]*(=>?|->|[-–—;：﹕∶])[ ]*(\S.*)")
_NO_MARK = re.compile(r"([A-Za-z_]\w*)[ ]+([^\s:=].*)")
_BARE = re.compile(r"([A-Za-z_]\w*)()")
_NO_DASH = re.compile(r"[ ]*([-–—•·*▪●◦‣⁃\uf0b7])[ ]*([^\s\-–—*•·].*)")
_HEADING = "Write it so:"
_MOST = 30


class _Told(NamedTuple):
    """A cause at a column, from 0, and the lines that may stand for the loose ones."""

    column: int
    message: str
    hint: str
    first: int
    lines: list[str]


class Loose:
    """Some loose lines, the slots that stand above them, and the keys that their model knows."""

    def __init__(self, ground: Ground, run: Slot, above: Sequence[Slot], keys: set[str]) -> None:
        self._ground, self._run, self._above, self._keys = ground, run, above, keys
        self._lines = [run.lead + run.rest, *run.below]

    def told(self, problem: Problem) -> Problem | None:
        """Return the problem with its cause and its correction; None if there is no cause."""
        first = None
        for told in self._causes():
            found = Problem(
                problem.code, told.message, told.hint, self._run.first + 1, told.column + 1
            )
            if self._is_proved(told):
                lines = tuple(told.lines)
                return found._replace(
                    hint=told.hint, correction=Correction(told.first + 1, self._run.last + 1, lines)
                )
            first = first or found
        return first and first._replace(hint=_without_lines(first.hint))

    @staticmethod
    def of_entry(ground: Ground, slot: Slot, path: KeyPath, problem: Problem) -> Problem | None:
        """Return that the first key of a list's entry lacks its colon, or the space behind it."""
        run = Slot(
            slot.first,
            slot.last,
            "",
            "",
            has_dash=False,
            rest=slot.lead + slot.rest,
            below=slot.below,
        )
        keys = set(ground.keys_at(path)) if path else set()
        return Loose(ground, run, (), keys)._first_key(len(slot.lead), slot, problem)

    def _first_key(self, column: int, slot: Slot, problem: Problem) -> Problem | None:
        for told in self._as_key(slot.rest.strip(" "), column):
            lead = slot.lead
            lines = [lead + told.lines[0].strip(" "), *slot.below]
            found = Problem(problem.code, told.message, told.hint, slot.first + 1, told.column + 1)
            old = self._ground.without(slot, is_gone=True)
            if is_no_worse(old, self._ground.with_lines(slot.first, slot.last, lines)):
                one = Correction(slot.first + 1, slot.first + 1, (lines[0],))
                return found._replace(correction=one)
            return found._replace(hint=_without_lines(told.hint))
        return None

    def _is_proved(self, told: _Told) -> bool:
        if not told.lines or len(told.lines) > _MOST:
            return False
        old = self._ground.with_lines(
            self._run.first, self._run.last, [""] * (self._run.last - self._run.first + 1)
        )
        new = self._ground.with_lines(told.first, self._run.last, told.lines)
        if not is_no_worse(old, new):
            return False
        return self._holds_all(old, new)

    def _holds_all(self, old: Ground, new: Ground) -> bool:
        """Return whether every word of the lines is among the values or keys of `new`."""
        before, after = _words(old.read().value), _words(new.read().value)
        return len(after) >= len(before)

    def _causes(self) -> Iterator[_Told]:
        line = self._lines[0]
        bare, column = line.strip(" "), indent(line)
        if len(self._lines) == 1:
            yield from self._as_key(bare, column)
        yield from self._as_entries(bare, column)
        yield from self._as_text(column)

    def _as_key(self, bare: str, column: int) -> Iterator[_Told]:
        """Yield what makes the line a key that a model knows."""
        pad = " " * column
        ways = (
            (_TIGHT, "a space is missing behind '{key}:'", 2),
            (_OTHER_MARK, "'{mark}' stands where the colon behind '{key}' belongs", 3),
            (_NO_MARK, "the colon behind '{key}' is missing", 2),
            (_BARE, "the colon behind '{key}' is missing", 2),
        )
        for pattern, message, group in ways:
            found = pattern.fullmatch(bare)
            if not found or found[1] not in self._keys or self._has(found[1], column):
                continue
            at = column + (found.end(1) if group == 2 else found.start(2))
            said = message.format(key=found[1], mark=found[2])
            lines = [f"{pad}{found[1]}: {found[group]}".rstrip(" ")]
            yield _Told(
                at, said, "Write a colon and a space behind the key:", self._run.first, lines
            )

    def _has(self, key: str, column: int) -> bool:
        """Return whether `key` stands above among the keys of the same mapping."""
        for slot in reversed(self._above):
            if slot.column < column:
                return False
            if slot.column == column and slot.key == key:
                return True
        return False

    def _as_entries(self, bare: str, column: int) -> Iterator[_Told]:
        """Yield what makes the lines entries of a list."""
        found = [_NO_DASH.fullmatch(line) for line in self._lines]
        if not self._above or not all(found):
            return
        last = self._above[-1]
        marks = [one[1] for one in found if one]
        pad = last.pad if last.has_dash else " " * column
        lines = [f"{pad}- {one[2]}" for one in found if one]
        message = f"'{marks[0]}' does not begin an entry of a list: a dash and a space do"
        if marks[0] == "-":
            message = "a space is missing behind the dash"
        if last.has_dash or not last.rest.strip():
            yield _Told(column, message, "Write it so:", self._run.first, lines)

    def _as_text(self, column: int) -> Iterator[_Told]:
        """Yield what makes the lines part of the text above them."""
        if not self._above:
            return
        last = self._above[-1]
        if not last.key:
            return
        message = f"this line is not indented, so it does not belong to {shown(last.key)} above it"
        hint = "Indent the text by two spaces more than its key:"
        deep = " " * (last.column + 2)
        own = [f"{deep}{line.strip(' ')}" if line.strip(" ") else "" for line in self._lines]
        if last.is_block:
            inner = next((line for line in last.below if line.strip()), deep)
            pad = " " * indent(inner) if inner.strip() else deep
            own = [f"{pad}{line.strip(' ')}" if line.strip(" ") else "" for line in self._lines]
            yield _Told(column, message, hint, self._run.first, own)
            return
        text = last.rest.strip(" ")
        if text[:1] in {"'", '"', "{", "[", "|", ">"} or " #" in text:
            yield _Told(column, message, hint, self._run.first, [])
            return
        upper = [line.strip(" ") for line in (text, *last.below) if line.strip(" ") or text]
        whole = [line for line in upper if line] + [line.strip(" ") for line in self._lines]
        below = scalar.block("\n".join(whole)) or []
        lines = [f"{last.lead.rstrip(' ')} |", *(f"{deep}{line}".rstrip(" ") for line in below)]
        yield _Told(column, message, hint, last.first, lines if below else [])


def _words(value: object) -> list[str]:
    if isinstance(value, dict):
        return [word for key, inner in value.items() for word in (key, *_words(inner))]
    if isinstance(value, list):
        return [word for inner in value for word in _words(inner)]
    return str(value).split()


def _without_lines(hint: str) -> str:
    """Return a hint that no lines follow."""
    return f"{hint.removesuffix(':')}." if hint.endswith(":") else hint
