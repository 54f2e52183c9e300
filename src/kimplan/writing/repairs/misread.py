"""Texts that YAML reads as keys and values, and lists that it reads as texts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kimplan.diagnostic import Correction
from kimplan.model.fields import PlanModel
from kimplan.model.value_forms import ROLE
from kimplan.source import KeyPath, Problem
from kimplan.writing.parsed_text import value_at
from kimplan.writing.repairs.proof import Ground, is_no_worse, place_of
from kimplan.writing.repairs.slots import ENTRY, Slot, indent, other_mark
from kimplan.writing.repairs.values import Value


def misread(
    ground: Ground, slots: Sequence[Slot], at: KeyPath, value: Any
) -> tuple[Problem, KeyPath] | None:
    """Return what makes the value at the path `at` something else than its field holds.

    With it comes the path of all that it explains.
    """
    found, holds = value_at(value, at), ground.type_at(at) if at else None
    if holds is None or issubclass(holds.kind, PlanModel) or (holds.is_mapping and len(at) < 2):
        return None
    is_role = holds.form is ROLE  # and no text that a colon may stand in
    is_list = holds.is_list and not isinstance(at[-1], int)
    problem: Problem | None = None
    path = at
    if is_list and isinstance(found, str) and found:
        problem = _without_dashes(ground, slots, at)
    elif not is_list and isinstance(found, dict) and any(map(is_no_key, found)) and not is_role:
        problem, path = _with_colon(ground, slots, at)
    return (problem, path) if problem else None


def _without_dashes(ground: Ground, slots: Sequence[Slot], at: KeyPath) -> Problem | None:
    """Return that the lines below a list's key lack their dashes, or the space behind them."""
    slot = _slot_of(slots, str(at[-1]))
    rows = [row for row in slot.below if row.strip()] if slot else []
    entries = [ENTRY.fullmatch(row) for row in rows]
    if not slot or slot.rest.strip() or not entries:
        return None
    is_plain = len(rows) > 1 and not any(entries) and not ground.keys_at((*at, 0))
    if not all(entries) and not is_plain:
        return None
    marks = [one[1] for one in entries if one]
    message = "each entry of a list begins with a dash and a space"
    message = other_mark(marks[0]) if marks else message
    lines = [
        f"{' ' * indent(row)}- {one[2] if one else row.strip()}"
        for row, one in zip(rows, entries, strict=True)
    ]
    first = slot.last - len(slot.below) + 1
    problem = Problem("KP103", message, "Write it so:", first + 1, indent(slot.below[0]) + 1)
    new = ground.with_lines(first, slot.last, lines)
    if not is_no_worse(ground, new):
        return problem._replace(hint="Begin each entry with a dash and a space.")
    return problem._replace(correction=Correction(first + 1, slot.last + 1, tuple(lines)))


def _with_colon(
    ground: Ground, slots: Sequence[Slot], at: KeyPath
) -> tuple[Problem | None, KeyPath]:
    """Return that a colon makes a key of a part of a text."""
    place = place_of(ground, at)
    slot = next((one for one in slots if place and one.first <= place[0] - 1 <= one.last), None)
    if slot and slot.rest[:1] != "[":
        slot = as_entry(slot) if isinstance(at[-1], int) else _as_text(ground, slots, at)
    if not slot or slot.rest[:1] == "{":
        return None, at
    problem = Problem("KP103", "", "", slot.first + 1, slot.column + 1)
    value = Value(ground, slot, problem, is_sure=False)
    return value.told(), value.path or at


def as_entry(slot: Slot) -> Slot | None:
    """Return the first key of a list's entry as the text that it was meant to be."""
    if not slot.has_dash or not slot.key:
        return slot if slot.has_dash else None
    lead = slot.lead[: slot.lead.index(slot.key)]
    return slot._replace(lead=lead, key="", rest=slot.lead[len(lead) :] + slot.rest)


def _as_text(ground: Ground, slots: Sequence[Slot], at: KeyPath) -> Slot | None:
    """Return a key with all that stands below it as its text."""
    slot = _slot_of(slots, str(at[-1]))
    if not slot or slot.rest.strip():
        return None
    end = slot.first + 1
    while end < len(ground.lines) and _is_below(ground.lines[end], slot):
        end += 1
    return slot._replace(last=end - 1, below=tuple(ground.whole[slot.first + 1 : end]))


def _is_below(line: str, slot: Slot) -> bool:
    return not line.strip() or indent(line) > slot.column


def _slot_of(slots: Sequence[Slot], key: str) -> Slot | None:
    found = [one for one in slots if one.key == key]
    return found[0] if len(found) == 1 else None


def is_no_key(key: str) -> bool:
    """Return whether a key is rather the beginning of a text: no plan's key looks like this."""
    return not key.islower() or " " in key
