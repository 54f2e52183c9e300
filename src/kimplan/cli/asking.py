"""Questions to somebody at a terminal."""

from __future__ import annotations

import sys

from kimplan.characters import make_visible
from kimplan.cli.streams import typed_on_terminal
from kimplan.errors import KimplanError


def can_ask() -> bool:
    """Return whether somebody sits at a terminal who can answer a question."""
    return bool(sys.stdin and sys.stdin.isatty() and sys.stderr.isatty())


def is_agreed(question: str, unanswered: KimplanError) -> bool:
    """Return whether `question` is answered with yes; raise `unanswered` if it is not answered."""
    try:
        typed = typed_on_terminal(make_visible(f"{question} [y/N] "))
    except KimplanError:
        raise unanswered from None
    return typed.casefold() in {"y", "yes"}
