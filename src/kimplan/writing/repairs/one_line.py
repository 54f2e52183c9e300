"""Keys that stand on one line."""

from __future__ import annotations

from kimplan.diagnostic import Correction
from kimplan.source import KeyPath, Problem
from kimplan.writing.repairs.braces import read_braces
from kimplan.writing.repairs.lines_of import lines_of
from kimplan.writing.repairs.proof import Ground, is_no_worse
from kimplan.writing.repairs.slots import Slot


def several_keys(ground: Ground, slot: Slot, path: KeyPath, problem: Problem) -> Problem | None:
    """Return that the next key stands on the line of a `slot`, behind its value."""
    above = path[:-1]
    if not path or not slot.key or slot.below or not _is_short(ground, path):
        return None
    known = ground.keys_at(above)
    short = [key for key in known if _is_short(ground, (*above, key))]
    begins = f"{{{slot.key}: "
    inside = read_braces(f"{begins}{slot.rest}}}", known, short)
    if not inside or len(inside.parts) < 2:
        return None
    parts, pad = inside.parts, " " * slot.column
    lines = [f"{slot.lead}{parts[0].text}"]
    for part in parts[1:]:
        prose = ground.is_prose((*above, part.key))
        deep = slot.column + 2
        lines += lines_of(f"{pad}{part.key}: ", part.text, is_prose=prose, deep=deep)
    column = len(slot.lead) + parts[1].start - len(begins) - len(f"{parts[1].key}: ") + 1
    message = f"'{parts[1].key}' stands on the line of '{slot.key}'"
    told = Problem(problem.code, message, "", slot.first + 1, column)
    gone = ground.without(slot, is_gone=True)
    if is_no_worse(gone, ground.with_lines(slot.first, slot.last, lines)):
        correction = Correction(slot.first + 1, slot.last + 1, tuple(lines))
        hint = "Write each key on a line of its own, without commas:"
        return told._replace(hint=hint, correction=correction)
    return told._replace(hint="Write each key on a line of its own, without commas.")


def _is_short(ground: Ground, path: KeyPath) -> bool:
    """Return whether the field at `path` is neither prose nor a list, so that a key may follow."""
    return not ground.is_prose(path) and ground.is_text(path)
