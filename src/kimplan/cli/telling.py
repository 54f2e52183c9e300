"""What a command says of its own accord, which --quiet leaves out."""

from __future__ import annotations

import sys
from pathlib import Path

from kimplan.characters import make_visible
from kimplan.cli.manner import manner


def remark(text: str) -> None:
    """Write whole lines to standard output, unless nothing but the answer is wanted."""
    if not manner.is_quiet:
        sys.stdout.write(text)


def tell_written(target: Path | str, what: str = "", after: str = "") -> None:
    """Say on standard output that `target` was written and `what` stands in it; quietly, its name.

    A sentence `after` it is left out then too. A script can so read it:
    ``report=$(kimplan report --quiet)``.
    """
    name = make_visible(str(target))
    about = f": {make_visible(what)}" if what else ""
    sys.stdout.write(f"{name}\n" if manner.is_quiet else f"Wrote {name}{about}.{after}\n")
