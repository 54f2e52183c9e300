"""What is wrong in a file, each slip by its cause and with the lines that mend it.

The parser's complaint says where it gave up, which is often not where the slip is: the line whose
value, left out, lets it read on is the one that is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kimplan.characters import lines
from kimplan.model.fields import PlanModel
from kimplan.source import Document, KeyPath, Problem
from kimplan.source.syntax import SAYS_NOTHING
from kimplan.writing.repairs.dashed import without_dashes
from kimplan.writing.repairs.foreign import find_foreign
from kimplan.writing.repairs.indents import Indents, untabbed
from kimplan.writing.repairs.loose import Loose
from kimplan.writing.repairs.misread import as_entry, is_no_key, misread
from kimplan.writing.repairs.more_than_one import CONFLICT, SEVERAL, parted, twice
from kimplan.writing.repairs.one_line import several_keys
from kimplan.writing.repairs.proof import Faults, Ground
from kimplan.writing.repairs.slots import Slot, slots, split_comment
from kimplan.writing.repairs.values import Value

_MOST_SLIPS = 20
_MOST_OF_LONG = 5  # in a file that is longer than any record
_LONG = 16 * 1024
_MOST_ABOVE = 8
_LONGEST = 64 * 1024  # characters; a longer file is told as its parser tells it
_STOPPED_BY = {"KP003", "KP005", "KP107"}
_OF_CHARACTERS = {"KP107", "KP109"}
_UNKNOWN_ESCAPE = "an escape in this text makes"


class Told(NamedTuple):
    """The problems of a file, and the `paths` of values of which nothing else is to be said."""

    problems: list[Problem]
    paths: list[KeyPath]

    def explains(self, at: KeyPath) -> bool:
        """Return whether a fault at a path follows from one of the problems."""
        return any(at[: len(path)] == path for path in self.paths)


class _Slip(NamedTuple):
    """A slot that cannot be read, by what problem, and whether all of it was left out."""

    slot: Slot
    problem: Problem
    is_gone: bool
    is_sure: bool


def tell(document: Document, model: type[PlanModel], faults: Faults) -> Told:
    """Return what is wrong in the text of a `document` that is to be a `model`.

    `faults` says what is wrong with a value. Never raises for what the text holds.
    """
    if len(document.text) > _LONGEST:
        return Told(document.problems, [])
    if document.value is None and (foreign := find_foreign(document)):
        return Told([foreign], [])
    return _Telling(document, model, faults).told()


class _Telling:
    def __init__(self, document: Document, model: type[PlanModel], faults: Faults) -> None:
        self._document = document
        text = document.text.replace("\ufeff", " ")
        rows = tuple(lines(text.removesuffix("\n")))
        self._ground = Ground(rows, rows, model, faults)
        self._problems: list[Problem] = []
        self._slips: list[_Slip] = []
        self._paths: list[KeyPath] = []
        self._most = _MOST_SLIPS if len(text) < _LONG else _MOST_OF_LONG
        self._told = 0
        self._out: set[int] = set()  # the first lines of the slots that were left out

    def told(self) -> Told:
        """Return all that is wrong, in the order of the lines."""
        if self._document.problems and self._document.problems[-1].message.startswith(CONFLICT):
            return Told(self._document.problems, [])
        stopped = self._document.problems[-1:] if self._document.value is None else []
        if stopped and (dashed := without_dashes(self._ground, stopped[0])):
            return Told([dashed], [])
        self._ground, tabs = untabbed(self._ground)
        self._all_slots = list(_with_loose_entries(slots(self._ground.lines)))
        self._by_line = {
            line: slot for slot in self._all_slots for line in range(slot.first, slot.last + 1)
        }
        read = self._leave_out_what_stops()
        whole = self._ground
        if read.value is None:
            self._cut(read)
        self._problems += map(self._tell, self._slips)
        for problem in read.problems:
            stops = read.value is None and problem is read.problems[-1]
            self._add(problem, whole if stops else None)
        found = [*tabs, *self._problems, *self._of_lost_lines(), *self._misread()]
        return Told(sorted(found, key=lambda one: (one.line, one.column)), self._paths)

    def _add(self, problem: Problem, whole: Ground | None) -> None:
        """Add a problem of what was read; of the last, which stops it, `whole` is all the text."""
        slot = self._by_line.get(problem.line - 1)
        if problem.message == SEVERAL and whole:
            problem = parted(whole, problem)
        elif slot and not whole and self._told < self._most:
            self._told += 1
            if problem.code in {"KP003", "KP008"}:
                if slot.first in self._out:
                    return
                self._out.add(slot.first)
                problem = self._tell(_Slip(slot, problem, is_gone=False, is_sure=True))
            elif problem.code == "KP004":
                problem = twice(self._ground, self._all_slots, problem)
        self._problems.append(problem)

    def _misread(self) -> Iterator[Problem]:
        """Yield the slips that YAML reads as something else than their model asks for."""
        value = self._document.value
        faults = self._ground.faults(value) if value is not None else ()
        for at, _ in faults[: self._most]:
            if not any(at[: len(path)] == path for path in self._paths):
                if lost := self._not_indented(at):
                    yield lost
                    continue
                found = misread(self._ground, self._all_slots, at, value)
                if found:
                    self._paths.append(found[1])
                    yield found[0]

    def _not_indented(self, at: KeyPath) -> Problem | None:
        """Return that the text of an empty | stands below it, where it reads as keys."""
        slots = self._all_slots
        found = [n for n, one in enumerate(slots[:-1]) if one.is_block and not one.below]
        number = next((n for n in found if at and slots[n].key == at[-1]), None)
        if number is None or not _goes_on(slots[number], slots[number + 1]):
            return None
        run = self._whole(slots[number + 1])
        problem = Problem("KP104", "", "", run.first + 1, run.column + 1)
        above = slots[: number + 1]
        told = Loose(self._ground, run, above, self._keys()).told(problem)
        if told:
            self._paths += [at, *self._keys_on(run)]
        return told

    def _keys_on(self, run: Slot) -> Iterator[KeyPath]:
        """Yield the keys of the file that stand on the lines of a run."""
        for key in self._document.value or ():
            line, _ = self._document.locate((key,), key=True)
            if run.first < line <= run.last + 1:
                yield (key,)

    def _of_lost_lines(self) -> Iterator[Problem]:
        """Yield the problems of characters on lines that were left out."""
        for problem in self._document.problems:
            is_one = problem.code in _OF_CHARACTERS and problem not in self._problems
            if is_one and not problem.message.startswith(_UNKNOWN_ESCAPE):
                yield problem

    def _is_out(self, slot: Slot) -> bool:
        return slot.first in self._out

    # What stops the parser

    def _leave_out_what_stops(self) -> Document:
        """Leave out of the ground what cannot be read; return the rest, read."""
        is_as_read = self._ground.text == self._document.text
        read = self._document if is_as_read else self._ground.read()
        for _ in range(self._most):
            if read.value is not None:
                return read
            problem = read.problems[-1]
            step = None
            is_slip = not problem.message.startswith((_UNKNOWN_ESCAPE, SEVERAL))
            if problem.code in _STOPPED_BY and is_slip:
                step = self._step(problem)
            if not step:
                break
            self._slips.append(step[0])
            self._out.add(step[0].slot.first)
            self._ground = step[1]
            read = self._ground.read()
        return read

    def _cut(self, read: Document) -> None:
        """Leave out all from the line on that stops the parser for good."""
        line = read.problems[-1].line
        kept = [slot for slot in self._all_slots if slot.last < line - 1]
        end = kept[-1].last + 1 if kept else 0
        self._ground = self._ground._replace(lines=self._ground.lines[:end])

    def _step(self, problem: Problem) -> tuple[_Slip, Ground] | None:
        """Return the slip that makes the `problem`, and the ground without it."""
        best: tuple[_Slip, Ground] | None = None
        reached = (problem.line, problem.column)
        for slot in self._candidates(problem):
            for is_gone in (False, True) if not slot.is_loose else (True,):
                ground = self._ground.without(slot, is_gone=is_gone)
                after = ground.read()
                stop = after.problems[-1] if after.value is None else None
                at = (stop.line, stop.column) if stop else (len(ground.lines) + 2, 0)
                if at > reached and (not stop or at[0] > slot.last + 1):
                    best, reached = (_Slip(slot, problem, is_gone, is_sure=False), ground), at
                if not stop:
                    return best
        return best

    def _candidates(self, problem: Problem) -> Iterator[Slot]:
        """Yield the slot of the `problem`'s line and those above it, the nearest first."""
        above = [
            slot for slot in self._all_slots if slot.first < problem.line and not self._is_out(slot)
        ]
        nearest = list(reversed(above[-_MOST_ABOVE:]))
        for slot in nearest:
            yield self._whole(slot) if slot.is_loose else slot

    def _whole(self, loose: Slot) -> Slot:
        """Return the run of loose lines that `loose` is one of, as one slot."""
        at = self._all_slots.index(loose)
        first = last = at
        while first and _goes_on(loose, self._all_slots[first - 1]):
            first -= 1
        if not (first and self._all_slots[first - 1].is_block):
            first = next(n for n in range(first, at + 1) if self._all_slots[n].is_loose)
        while last + 1 < len(self._all_slots) and _goes_on(loose, self._all_slots[last + 1]):
            last += 1
        begins, ends = self._all_slots[first], self._all_slots[last]
        rows = self._ground.whole[begins.first : ends.last + 1]
        lead, rest = begins.pad, rows[0][len(begins.pad) :]
        return Slot(begins.first, ends.last, lead, "", has_dash=False, rest=rest, below=rows[1:])

    # What is said of it

    def _tell(self, slip: _Slip) -> Problem:
        problem, slot = slip.problem, slip.slot
        above = [one for one in self._all_slots if one.last < slot.first]
        if slot.is_loose:
            return Loose(self._ground, slot, above, self._keys()).told(problem) or problem
        value = Value(self._ground, slot, problem, is_sure=slip.is_sure)
        if problem.message.endswith(SAYS_NOTHING):
            self._paths += [value.path] if value.path else []
            return problem
        if (entry := as_entry(slot)) and self._ground.is_text(value.path[:-1]):
            slot = entry
            value = Value(self._ground, slot, problem, is_sure=slip.is_sure)
        if value.path:
            self._paths.append(value.path)
        siblings = set(self._ground.keys_at(value.path[:-1])) if value.path else set()
        near = above or [one for one in self._all_slots if one.first > slot.last][:1]
        indents = Indents(self._ground, slot, near, siblings)
        if found := several_keys(self._ground, slot, value.path, problem):
            return found
        if not slot.key and (found := Loose.of_entry(self._ground, slot, value.path, problem)):
            return found
        return indents.told(problem) or value.told() or indents.fallback(problem) or problem

    def _keys(self) -> set[str]:
        ground = self._ground
        known = set(ground.keys_at(()))
        for key in tuple(known):
            known |= set(ground.keys_at((key, 0))) | set(ground.keys_at((key,)))
        return known


def _with_loose_entries(found: list[Slot]) -> Iterator[Slot]:
    """Yield the slots, those as loose that have a dash, but stand below a text in its column."""
    kept: list[Slot] = []
    for slot in found:
        is_entry = slot.has_dash and (not slot.key or is_no_key(slot.key))
        kept.append(slot)
        if is_entry and _is_below_a_text(slot, kept[:-1]):
            line = slot.lead + slot.rest
            kept[-1] = slot._replace(lead="", key="", has_dash=False, rest=line)
        yield kept[-1]


def _is_below_a_text(entry: Slot, above: list[Slot]) -> bool:
    """Return whether an entry's dash stands in the column of the key above it, which has a text."""
    column = len(entry.pad)
    for slot in reversed(above):
        if slot.is_loose:
            continue
        if slot.has_dash and len(slot.pad) == column:
            return False
        if (slot.column if slot.key else len(slot.pad)) <= column:
            text = split_comment(slot.rest)[0]
            is_text = bool(text) and text[:1] not in {"{", "["}
            return is_text and bool(slot.key) and slot.column == column
    return False


def _goes_on(loose: Slot, below: Slot) -> bool:
    """Return whether a slot below a loose line is of the same text, whatever its colon says."""
    is_text = below.key and is_no_key(below.key) and below.column == loose.column
    return below.is_loose or bool(is_text and not below.has_dash)
