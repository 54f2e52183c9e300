"""What several formats ask of findings: their order, their sentences and their fingerprints."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Sequence

from kimplan.characters import make_visible
from kimplan.diagnostic import Diagnostic, Severity

_CLOCK_CODES = "KP7"
_ORDER = list(Severity)


def errors_first(diagnostics: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Return the findings with the errors first, then the warnings, each in the given order."""
    return sorted(diagnostics, key=lambda found: _ORDER.index(found.severity))


def sentences(found: Diagnostic) -> str:
    """Return the message and the hint on one line, with control characters as escapes."""
    message = make_visible(found.message)
    if not found.hint:
        return message
    stop = "" if message.endswith((".", "!", "?")) else "."
    return f"{message}{stop} {make_visible(found.hint)}"


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
