"""What a file holds more than once: a key, a record, the sides of a merge conflict."""

from __future__ import annotations

from collections.abc import Sequence

from kimplan.diagnostic import Correction
from kimplan.source import Problem, shown
from kimplan.writing.repairs.proof import Ground, is_no_worse
from kimplan.writing.repairs.slots import Slot, split_comment

CONFLICT = "a merge conflict"
SEVERAL = "several documents in one file"


def twice(ground: Ground, slots: Sequence[Slot], problem: Problem) -> Problem:
    """Return the problem of a key that stands twice, with both values."""
    at = next((n for n, slot in enumerate(slots) if slot.first == problem.line - 1), None)
    if at is None or not slots[at].key or slots[at].column != problem.column - 1:
        return problem
    second = slots[at]
    above = [one for one in slots[:at] if one.key == second.key and one.column == second.column]
    if not above:
        return problem
    first = above[-1]
    one, other = _said(first), _said(second)
    if one == other:
        gone = ground.with_lines(second.first, second.last, [])
        message = f"the key {shown(second.key)} stands twice: on line {first.first + 1}, and here"
        if not is_no_worse(ground, gone):
            return problem._replace(message=message)
        correction = Correction(second.first + 1, second.last + 1, ())
        return problem._replace(
            message=message, hint="Both say the same: delete this line.", correction=correction
        )
    if not one or not other:
        return problem
    message = (
        f"the key {shown(second.key)} stands twice: {_short(one)} on line {first.first + 1}, "
        f"{_short(other)} here"
    )
    hint = problem.hint
    if first.has_dash and not second.has_dash:
        hint = (
            f"If another entry begins here, write '- {second.key}:'; if not, keep one of the two."
        )
    return problem._replace(message=message, hint=hint)


def _said(slot: Slot) -> str:
    """Return what stands behind a key, on one line."""
    below = "" if not slot.is_block else " ".join(line.strip() for line in slot.below)
    return below or " ".join([split_comment(slot.rest)[0], *map(str.strip, slot.below)]).strip()


def _short(text: str) -> str:
    return f"'{text}'" if len(text) <= 30 else f"'{text[:29]}…'"


def parted(ground: Ground, problem: Problem) -> Problem:
    """Return the problem of a line that begins a second document: a stray one, or a record's."""
    at = problem.line - 1
    if at and ground.lines[at - 1].strip() == "..." and at < len(ground.lines):
        at -= 1
        problem = problem._replace(line=at + 1)
    line = ground.lines[at].strip() if at < len(ground.lines) else ""
    gone = ground.with_lines(at, at, [])
    if line in {"---", "..."}:
        read = gone.read()
        if read.value is not None and not any(one.code == "KP004" for one in read.problems):
            message = f"the line {line} parts this file into two records"
            correction = Correction(problem.line, problem.line, ())
            return problem._replace(message=message, hint="Delete it.", correction=correction)
    message = "a second record begins here, and a file holds one"
    hint = "Move what stands from here on to a file of its own, named as its ref."
    return problem._replace(message=message, hint=hint)
