"""Lines that begin in the wrong column, or with a tab."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kimplan.diagnostic import Correction
from kimplan.source import Problem, shown
from kimplan.writing.repairs.proof import Ground, is_no_worse
from kimplan.writing.repairs.slots import KEY, Slot, indent

_TABBED = re.compile(r"[ ]*\t[ \t]*(?=[^ \t])")
_KEY_LINE = re.compile(rf"[ ]*(?P<key>{KEY})[ ]*:(?: |\Z)")
_WIDTHS = (2, 4, 8, 1, 3)
_MOST_LINES = 30


def untabbed(ground: Ground) -> tuple[Ground, list[Problem]]:
    """Return the ground with spaces for tabs, and the problem of each run of lines with tabs."""
    tabbed = [n for n, line in enumerate(ground.lines) if _TABBED.match(line)]
    problems = []
    if tabbed:
        ground = _best(ground)
    for first, last in _runs(tabbed):
        new = ground.lines[first : last + 1]
        old_line = first + 1
        hint = "Write spaces, as YAML takes no tabs at the beginning of a line:"
        correction = Correction(first + 1, last + 1, tuple(new))
        message = "this line begins with a tab"
        if last > first:
            message = f"lines {first + 1} to {last + 1} begin with tabs"
        is_short = len(new) <= _MOST_LINES and ground.read().value is not None
        problems.append(
            Problem("KP003", message, hint if is_short else f"{hint[:-1]}.", old_line, 1)._replace(
                correction=correction if is_short else None
            )
        )
    spaced = tuple(line.replace("\t", " ") for line in ground.lines)
    return ground._replace(lines=spaced, whole=spaced), problems


def _best(ground: Ground) -> Ground:
    """Return the ground with each tab as so many spaces as make the best of it."""
    ways = [_spaced(ground, width) for width in _WIDTHS]
    readable = [one for one in ways if one.read().value is not None]
    if not readable:
        return ways[0]
    return min(readable, key=lambda one: len(one.faults(one.read().value or {})))


def _spaced(ground: Ground, width: int) -> Ground:
    def spaced(line: str) -> str:
        found = _TABBED.match(line)
        if not found:
            return line
        return found.group().replace("\t", " " * width) + line[found.end() :].replace("\t", " ")

    return ground._replace(lines=tuple(map(spaced, ground.lines)))


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last of each run of numbers."""
    start = None
    for at, number in enumerate(numbers):
        start = number if start is None else start
        if at + 1 == len(numbers) or numbers[at + 1] != number + 1:
            yield start, number
            start = None


class Indents:
    """A slot that may begin in the wrong column, or hold a key that does."""

    def __init__(self, ground: Ground, slot: Slot, near: Sequence[Slot], keys: set[str]) -> None:
        self._ground, self._slot, self._near, self._keys = ground, slot, near, keys

    def told(self, problem: Problem) -> Problem | None:
        """Return that a key begins in another column than those around it, and its lines."""
        if out := self._left_of_others(problem):
            return out
        number = self._key_below()
        if not number or not has_text(self._slot):
            return None
        return self._as_entry(problem, number) or self._too_far(problem, number)

    def _key_below(self) -> int:
        """Return the number of the row below the slot's first that is a key; 0 if none is."""
        for number, row in enumerate(self._slot.below, 1):
            found = _KEY_LINE.match(row)
            is_text = self._slot.is_block and indent(row) >= self._inner
            if found and found["key"] in self._keys and not is_text:
                return number
        return 0

    def _too_far(self, problem: Problem, number: int) -> Problem | None:
        """Return that the key in a row below a text is indented further than those above it."""
        slot, rows = self._slot, self._slot.below[number - 1 :]
        shift = indent(rows[0]) - slot.column
        if any(indent(row) < shift for row in rows if row.strip()):
            return None
        moved = [row[shift:] if row.strip() else row for row in rows]
        first = slot.first + number + 1
        key = rows[0].partition(":")[0].strip(" ")
        message = f"{shown(key)} is indented further than the keys above it"
        hint = "If it is a key, begin it in the same column; if it is text, put it below a |."
        told = Problem(problem.code, message, hint, first, indent(rows[0]) + 1)
        if not self._is_proved(self._kept_above(number), moved):
            return told
        correction = Correction(first, slot.last + 1, tuple(moved))
        return told._replace(hint="Begin it in the same column:", correction=correction)

    def _as_entry(self, problem: Problem, number: int) -> Problem | None:
        """Return that the slot is the first key of an entry that lacks its dash.

        The keys below it begin on the row of that `number`.
        """
        slot, path = self._slot, self._ground.path_of(self._slot)
        if not path or not self._ground.is_list(path[:-1]) or slot.has_dash:
            return None
        above = self._kept_above(number)
        shift = indent(slot.below[number - 1]) - slot.column - 2
        lines = [
            f"{slot.pad}- {above[0][len(slot.pad) :]}",
            *(_shifted(row, 2) for row in above[1:]),
        ]
        lines += [_shifted(row, -shift) for row in slot.below[number - 1 :]]
        gone = self._ground.without(slot, is_gone=True)
        new = self._ground.with_lines(slot.first, slot.last, lines)
        if len(lines) > _MOST_LINES or not is_no_worse(gone, new):
            return None
        message = f"the dash that begins an entry of {shown(str(path[-2]))} is missing"
        hint = "Begin the entry with a dash and a space:"
        told = Problem(problem.code, message, hint, slot.first + 1, slot.column + 1)
        one = Correction(slot.first + 1, slot.last + 1, tuple(lines))
        return told._replace(correction=one)

    def _left_of_others(self, problem: Problem) -> Problem | None:
        """Return that the slot begins left of the keys above and below it."""
        slot = self._slot
        columns = {one.column for one in self._near if one.key and one.column > slot.column}
        keys = [row for row in slot.below if _KEY_LINE.match(row) and indent(row) in columns]
        if not slot.key or slot.has_dash or not keys or slot.is_block:
            return None
        own = slot.lead + slot.rest
        moved = _shifted(own, indent(keys[0]) - slot.column)
        gone = self._ground.without(slot, is_gone=True)
        new = self._ground.with_lines(slot.first, slot.last, [moved, *slot.below])
        if not is_no_worse(gone, new):
            return None
        message = f"{shown(slot.key)} begins left of the keys above and below it"
        told = Problem(problem.code, message, "Begin it in the same column:", slot.first + 1)
        one = Correction(slot.first + 1, slot.first + 1, (moved,))
        return told._replace(column=slot.column + 1, correction=one)

    @property
    def _inner(self) -> int:
        """How far the first line below a | is indented."""
        return next((indent(row) for row in self._slot.below if row.strip()), 0)

    def _kept_above(self, number: int) -> list[str]:
        slot = self._slot
        return [slot.lead + slot.rest, *slot.below[: number - 1]]

    def _is_proved(self, above: list[str], moved: list[str]) -> bool:
        slot = self._slot
        old = self._ground.without(slot)
        new = self._ground.with_lines(slot.first, slot.last, [*above, *moved])
        return len(moved) <= _MOST_LINES and is_no_worse(old, new)

    def fallback(self, problem: Problem) -> Problem | None:
        """Return that the slot begins in another column than those above it."""
        slot = self._slot
        if not problem.message.startswith("this line does not fit") or not self._near:
            return None
        what = "this key" if slot.key else "this entry"
        said = f"{what} begins in column {slot.column + 1}, where no other one near it does"
        problem = problem._replace(
            message=said,
            hint="Keys of one list, and its dashes, begin in the same column.",
            line=slot.first + 1,
            column=slot.column + 1,
        )
        ways = list(self._ways())
        if len(ways) == 1:
            correction = Correction(slot.first + 1, slot.last + 1, tuple(ways[0]))
            hint = "Begin it in the same column as the others:"
            if not slot.has_dash and ways[0][0].lstrip(" ").startswith("- "):
                hint = "Begin the entry with a dash and a space:"
            return problem._replace(hint=hint, correction=correction)
        return problem

    def _is_entry(self) -> bool:
        """Return whether the entries near it have their dashes where it begins."""
        return any(one.has_dash and len(one.pad) == self._slot.column for one in self._near)

    def _ways(self) -> Iterator[list[str]]:
        slot = self._slot
        gone = self._ground.without(slot, is_gone=True)
        own = [slot.lead + slot.rest, *slot.below]
        if slot.key and not slot.has_dash and self._is_entry():
            dashed = [
                f"{slot.pad}- {own[0][len(slot.pad) :]}",
                *(_shifted(row, 2) for row in own[1:]),
            ]
            if is_no_worse(gone, self._ground.with_lines(slot.first, slot.last, dashed)):
                yield dashed
        columns = {one.column for one in self._near if bool(one.key) == bool(slot.key)}
        if slot.has_dash and slot.key:
            bare = [slot.pad + slot.lead[slot.lead.index(slot.key) :] + slot.rest]
            bare += [_shifted(row, slot.pad.count(" ") - slot.column) for row in slot.below]
            if is_no_worse(gone, self._ground.with_lines(slot.first, slot.last, bare)):
                yield bare
        for column in sorted(columns - {slot.column}):
            shift = column - slot.column
            lines = [_shifted(row, shift) for row in own]
            new = self._ground.with_lines(slot.first, slot.last, lines)
            if is_no_worse(gone, new) and len(lines) <= _MOST_LINES:
                yield lines


def _shifted(line: str, by: int) -> str:
    if not line.strip():
        return line
    return " " * by + line if by > 0 else line[min(-by, indent(line)) :]


def has_text(slot: Slot) -> bool:
    """Return whether something stands behind the slot's key."""
    return bool(slot.rest.strip()) and slot.rest[:1] not in {"{", "["}
