"""Findings and differences in colour, where the stream that they go to wants it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, TextIO

from kimplan.cli.streams import has_colour

if TYPE_CHECKING:
    from kimplan.diagnostic import Diagnostic


def painted_findings(found: Sequence[Diagnostic], stream: TextIO) -> str:
    """Return `found` as lines for `stream`."""
    from kimplan.formatters.text import format_diagnostics, no_paint

    return format_diagnostics(found, _paint if has_colour(stream) else no_paint)


def tell_findings(found: Sequence[Diagnostic]) -> None:
    """Write `found` to standard error."""
    sys.stderr.write(painted_findings(found, sys.stderr))


def painted_diff(diff: str, stream: TextIO) -> str:
    """Return a unified diff for `stream`."""
    if not has_colour(stream):
        return diff
    from kimplan.formatters.diff import paint_diff

    return paint_diff(diff, _paint)


def _paint(text: str, colour: str) -> str:
    import typer

    return typer.style(text, fg=colour, bold=True)
