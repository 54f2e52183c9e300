"""What is wrong with a plan, as data: every finding is a `Diagnostic`."""

from __future__ import annotations

import enum
from typing import NamedTuple


class Severity(enum.StrEnum):
    """How much a finding matters.

    An *error* means that a board should not be shown this; a *warning* is probably a mistake;
    *info* is worth knowing.
    """

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Location(NamedTuple):
    """A place in a file: `line` and `column` count characters from 1.

    `path` uses forward slashes. A finding about a whole file or folder stands at line 1, column 1.
    """

    path: str
    line: int = 1
    column: int = 1


class Correction(NamedTuple):
    """What a file should say: `lines` stand in place of its lines `first` to `last`, from 1.

    Where `last` is one less than `first`, they stand above line `first`; without `lines`, those of
    the file go. A line has no end here, and may hold anything, so whoever shows it makes it visible
    first. Following a correction to the letter leads to a file without that finding.
    """

    first: int
    last: int
    lines: tuple[str, ...]


class Diagnostic(NamedTuple):
    """One finding: a stable `code`, its severity, a sentence, its place and how to mend it.

    `excerpt` is the line of the file at that place as it stands there, or empty; it may hold
    anything, so whoever shows it makes it visible first. `correction` is the lines to write, where
    there is one right answer.
    """

    code: str
    severity: Severity
    message: str
    location: Location
    hint: str = ""
    excerpt: str = ""
    correction: Correction | None = None

    def __str__(self) -> str:
        """Return the finding on one line, as a compiler would, without its hint."""
        place = self.location
        return (
            f"{place.path}:{place.line}:{place.column}: {self.severity} {self.code} {self.message}"
        )
