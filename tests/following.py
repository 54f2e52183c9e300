"""An owner who does what a finding says, to the letter: its lines go into the file, and no others.

Import the functions with ``from following import …``.
"""

from __future__ import annotations

from pathlib import Path

from conftest import companions, make_record, write_file, write_plan

from kimplan.diagnostic import Diagnostic, Severity
from kimplan.linter import lint
from kimplan.writing.correction import corrected

_MOST_ROUNDS = 20


class Desk:
    """A small sound plan in which one record is edited again and again; read anew each time."""

    def __init__(self, folder: Path, *, settings: str | None = None, owners: str | None = None):
        self.plan = write_plan(folder, records=companions(), settings=settings, owners=owners)

    def findings(self, text: str | bytes, ref: str = "REC1") -> tuple[Diagnostic, ...]:
        """Return what lint finds in the record `ref` when it says `text`."""
        path = write_file(self.plan / "recommendations" / f"{ref}.yaml", text)
        found = lint(self.plan).diagnostics
        path.unlink()
        return tuple(one for one in found if one.location.path.endswith(f"/{path.name}"))

    def errors(self, text: str | bytes, ref: str = "REC1") -> list[Diagnostic]:
        """Return the errors among them."""
        return [one for one in self.findings(text, ref) if one.severity is Severity.ERROR]

    def follow(self, text: str, ref: str = "REC1") -> str:
        """Return `text` after following the first finding that says which lines to write.

        And so on, until none does.
        """
        for _ in range(_MOST_ROUNDS):
            corrections = [one.correction for one in self.findings(text, ref) if one.correction]
            if not corrections:
                return text
            text = corrected(text, corrections[0])
        raise AssertionError(f"the findings never end: {text}")


def edited(line: str, by: str, text: str | None = None) -> str:
    """Return a sound record, or `text`, in which the one line that begins with `line` says `by`."""
    text = make_record() if text is None else text
    (before,) = (one for one in text.splitlines(keepends=True) if one.startswith(line))
    return text.replace(before, f"{by}\n")
