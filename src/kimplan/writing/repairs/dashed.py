"""The keys of a file that begin with a dash, as if they were entries of a list."""

from __future__ import annotations

import re

from kimplan.source import Problem
from kimplan.writing.correction import difference
from kimplan.writing.repairs.proof import Ground

_KEY = re.compile(r"- +([A-Za-z_]\w*):(?= |\Z)")


def without_dashes(ground: Ground, problem: Problem) -> Problem | None:
    """Return that the first key begins with a dash, and the lines without dashes."""
    rows = ground.lines
    at = next((n for n, row in enumerate(rows) if row.strip()), 0)
    found = _KEY.match(rows[at]) if rows else None
    known = ground.keys_at(())
    if not found or found[1] not in known:
        return None
    is_whole = all(row[:2] in {"- ", "  ", ""} for row in rows)
    for new in (_all(rows), _keys(rows)) if is_whole else (_keys(rows), _all(rows)):
        read = ground.with_lines(0, len(rows) - 1, list(new)).read()
        if read.value is not None and not read.problems and set(read.value) <= set(known):
            break
    else:
        return None
    message = "a dash begins an entry of a list, and these are the keys of the file"
    old, text = ("".join(f"{row}\n" for row in lines) for lines in (rows, list(new)))
    one = difference(old, text) if not ground.faults(read.value) else None
    hint = "Write the keys without dashes, in the first column"
    problem = Problem(problem.code, message, f"{hint}:" if one else f"{hint}.", at + 1)
    return problem._replace(correction=one)


def _all(rows: tuple[str, ...]) -> tuple[str, ...]:
    """Return `rows` without the dash and the indentation of the entries of a list."""
    return tuple(row[2:] if row[:2] in {"- ", "  "} else row for row in rows)


def _keys(rows: tuple[str, ...]) -> tuple[str, ...]:
    """Return `rows` without the dash of those that begin with one and a key."""
    return tuple(row[2:] if _KEY.match(row) else row for row in rows)
