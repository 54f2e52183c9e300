"""What can be wrong with the text of a file, before anyone asks what it means."""

from __future__ import annotations

from typing import NamedTuple

from kimplan.diagnostic import Correction, Severity

# What is said of a character that no plan may hold, and of one that nobody can see.
UNFIT = frozenset({"KP107", "KP109"})
MOST_UNFIT = 20  # of which a file is told


class Problem(NamedTuple):
    """A finding about a file's text; `line` and `column` count characters from 1."""

    code: str
    message: str
    hint: str = ""
    line: int = 1
    column: int = 1
    severity: Severity = Severity.ERROR
    correction: Correction | None = None


class StopReadingError(Exception):
    """Carries the problem after which the rest of a file cannot be understood."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem
