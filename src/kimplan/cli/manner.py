"""How a run speaks: in colour, quietly, through a pager; said once, before anything is shown."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from kimplan.cli.shared_options import COLOURS
from kimplan.errors import KimplanError


class Manner:
    """How this run speaks."""

    colour = "auto"
    is_quiet = False
    has_pager = True

    def take(self, values: MutableMapping[str, Any]) -> None:
        """Take what the shared options say out of `values`; raise KimplanError for no colour."""
        colour = values.pop("_color", None)
        if colour is not None:
            self.colour = _read_colour(colour)
        self.is_quiet = bool(values.pop("_quiet", False)) or self.is_quiet
        self.has_pager = not values.pop("_no_pager", False) and self.has_pager


def _read_colour(text: str) -> str:
    word = text.strip().casefold()
    if word not in COLOURS:
        hint = f"Known: {', '.join(COLOURS)}."
        raise KimplanError(f"--color '{text[:40]}' is not known", hint)
    return word


manner = Manner()
