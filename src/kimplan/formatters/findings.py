"""What several formats ask of findings: their order, their sentences and their fingerprints."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from kimplan.characters import make_visible
from kimplan.diagnostic import Diagnostic, Severity

_CLOCK_CODES = "KP7"
_ORDER = list(Severity)


class OfChange:
    """The findings in what a change touched, the errors in the rest, and what else is counted."""

    __slots__ = ("left_out", "others", "own")  # making a named tuple is dear to each start

    def __init__(
        self,
        own: Sequence[Diagnostic],
        others: Sequence[Diagnostic] = (),
        left_out: Sequence[Diagnostic] = (),
    ) -> None:
        self.own = own
        self.others = others
        self.left_out = left_out

    @property
    def shown(self) -> Sequence[Diagnostic]:
        """What the author of the change is shown, the change's own first."""
        return [*self.own, *self.others]


def of_change(diagnostics: Sequence[Diagnostic], touched: AbstractSet[str] | None) -> OfChange:
    """Return the findings in the files at the paths `touched`, then the errors in others.

    What is less than an error in a file that the change did not touch is left out. Where there is
    no change, `touched` is None, and everything is shown.
    """
    if touched is None:
        return OfChange(diagnostics)
    own = [found for found in diagnostics if found.location.path in touched]
    others = [found for found in diagnostics if found.location.path not in touched]
    errors = [found for found in others if found.severity is Severity.ERROR]
    rest = [found for found in others if found.severity is not Severity.ERROR]
    return OfChange(own, errors, rest)


def joined(parts: Sequence[OfChange]) -> OfChange:
    """Return those of several plans as one: what a change touched in any of them comes first."""
    return OfChange(
        [one for part in parts for one in part.own],
        [one for part in parts for one in part.others],
        [one for part in parts for one in part.left_out],
    )


def errors_first(diagnostics: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Return the findings with the errors first, then the warnings, each in the given order."""
    return sorted(diagnostics, key=lambda found: _ORDER.index(found.severity))


def sentences(found: Diagnostic) -> str:
    """Return the message and the hint on one line, with control characters as escapes.

    Behind them stands the line to write, if it is one.
    """
    lines = found.correction.lines if found.correction else ()
    write = f"Write: {lines[0].strip()}" if len(lines) == 1 else ""
    return in_one_line(found.message, found.hint, write)


def in_one_line(*texts: str) -> str:
    """Return a sentence and what follows it, what is empty left out, with controls as escapes."""
    shown = [make_visible(text) for text in texts if text]
    if len(shown) < 2:
        return "".join(shown)
    end = "" if shown[0].endswith((".", "!", "?")) else "."
    return f"{shown[0]}{end} {' '.join(shown[1:])}"


def fingerprints(diagnostics: Sequence[Diagnostic]) -> list[str]:
    """Return for each finding a name that no other has and that stays when its line moves.

    It is a SHA-256 of code, path and message, and of how many alike came before. The message is
    left out where the clock writes it anew each day (KP7xx).
    """
    seen: Counter[str] = Counter()
    names = []
    for found in diagnostics:
        message = "" if found.code.startswith(_CLOCK_CODES) else found.message
        what = json.dumps([found.code, found.location.path, message])
        names.append(hashlib.sha256(f"{what} {seen[what]}".encode()).hexdigest())
        seen[what] += 1
    return names
