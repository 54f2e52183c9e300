"""What the commands below ``export`` share: where a file goes, and how that is said."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from kimplan.errors import OutputError

OutputOption = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Where to write it; an existing file is replaced.",
        show_default=False,
    ),
]


def check_output(target: Path, roots: Iterable[Path], suffix: str) -> None:
    """Raise OutputError where an export of the plans in `roots` may not be written.

    `suffix` is what its name must end with, such as ``.xlsx``.
    """
    if os.path.isdir(target) or not target.name:
        hint = f"Name a file in it: {target / f'plan{suffix}'}."
        raise OutputError(f"{target} is a folder", hint)
    if target.suffix.lower() != suffix:
        hint = f"Choose a name that ends with {suffix}: {target.with_suffix(suffix).name}."
        raise OutputError(f"{target} does not end with {suffix}", hint)
    check_outside(target, roots)


def check_outside(target: Path, roots: Iterable[Path]) -> None:
    """Raise OutputError if `target` is inside one of the plans in `roots`."""
    resolved = Path(os.path.realpath(target))
    if any(resolved.is_relative_to(os.path.realpath(root)) for root in roots):
        raise OutputError(f"{target} is inside the plan", "Choose a name outside of it.")


def write_file(target: Path, data: bytes) -> None:
    """Write `data` to the file `target`, whole or not at all; raise OutputError where it cannot."""
    from kimplan.files import write_whole

    write_whole(target, lambda file: file.write(data))
