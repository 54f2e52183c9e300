"""Findings as lines for a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from kimplan.characters import make_visible
from kimplan.diagnostic import Diagnostic, Severity

Paint = Callable[[str, str], str]
COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "blue"}


def no_paint(text: str, colour: str) -> str:
    """Return `text` as it is."""
    return text


def format_diagnostics(diagnostics: Sequence[Diagnostic], paint: Paint = no_paint) -> str:
    """Return a line for each finding and its hint below, with control characters as escapes."""
    lines = []
    for found in diagnostics:
        place = found.location
        severity = paint(f"{found.severity} {found.code}", COLOURS[found.severity])
        path = make_visible(place.path)
        lines.append(
            f"{path}:{place.line}:{place.column}: {severity} {make_visible(found.message)}"
        )
        if found.hint:
            lines.append(f"  hint: {make_visible(found.hint)}")
    return "".join(f"{line}\n" for line in lines)


def format_totals(diagnostics: Sequence[Diagnostic], where: str) -> str:
    """Return how many findings there are, in one line; `where` is what was looked at."""
    counts = Counter(found.severity for found in diagnostics)
    said = [
        f"{counts[severity]:,} {severity}{'' if counts[severity] == 1 else 's'}"
        for severity in (Severity.ERROR, Severity.WARNING)
        if counts[severity]
    ]
    return f"{', '.join(said) or 'No problems'} in {where}.\n"
