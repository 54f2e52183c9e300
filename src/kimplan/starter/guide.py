"""The first page of a new repository, for whoever keeps the plan."""

from __future__ import annotations

from kimplan.starter.data import read_text
from kimplan.starter.start import Start


def readme(start: Start) -> str:
    """Return the text of ``README.md``: what to do next, for this content and on this forge."""
    text = read_text("readme.md")
    for name, word in {"first": start.content, "forge": start.forge}.items():
        text = text.replace(f"{{{name}}}\n", read_text(f"{name}-{word}.md"), 1)
    return text
