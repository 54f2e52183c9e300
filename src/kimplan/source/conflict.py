"""The marks that git leaves in a file where two changes met."""

from __future__ import annotations

import re
from itertools import islice

from kimplan.characters import lines
from kimplan.plural import count
from kimplan.source.problem import Problem

_MARK = re.compile(r"[ \t]*(<{7}|\|{7}|={7}|>{7})(?:[ \t]+(.*?))?[ \t]*")
_MOST = 100


def find_conflict(text: str) -> Problem | None:
    """Return the problem of the first merge conflict in `text`, with the lines of both sides."""
    marks = _marks(text)
    for at, (kind, first, ours) in enumerate(marks):
        behind = marks[at + 1 :]
        last = next((one for one in behind if one[0] == ">"), None)
        parted = next((one for one in behind if one[0] == "="), None)
        if kind == "<" and last and parted and parted[1] < last[1]:
            base = next((one[1] for one in behind if one[0] == "|" and one[1] < parted[1]), 0)
            sides = (
                _side(first + 1, (base or parted[1]) - 1, ours or "one side"),
                _side(parted[1] + 1, last[1] - 1, last[2] or "the other side"),
            )
            gone = [first, *([base] if base else []), parted[1], last[1]]
            return _problem(first, sides, gone)
    return None


def _marks(text: str) -> list[tuple[str, int, str]]:
    """Return each line that may be a mark: its character, its number and its label."""
    found = ((number, _MARK.fullmatch(line)) for number, line in enumerate(lines(text), 1))
    marks = ((mark[1][0], number, (mark[2] or "")[:40]) for number, mark in found if mark)
    return list(islice(marks, _MOST))


def _side(first: int, last: int, label: str) -> str:
    if first > last:
        return f"nothing is from {label}"
    lines = f"line {first} is" if first == last else f"lines {first}–{last} are"
    return f"{lines} from {label}"


def _problem(line: int, sides: tuple[str, str], gone: list[int]) -> Problem:
    message = f"a merge conflict: {sides[0]}, {sides[1]}"
    numbers = f"{', '.join(map(str, gone[:-1]))} and {gone[-1]}"
    hint = (
        f"Keep the lines that are right, and delete the others and the {count(len(gone), 'mark')}, "
        f"on lines {numbers}."
    )
    return Problem("KP003", message, hint, line)
