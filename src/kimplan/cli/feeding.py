"""What the exports for programs share: to standard output or a file, byte by byte."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from kimplan.cli.exporting import check_output, tell_written, write_file
from kimplan.cli.group import Group, find_group

OutputOption = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Where to write it; an existing file is replaced. If left out: standard output.",
        show_default=False,
    ),
]


def check_feed(
    output: Path | None, plan: Sequence[Path] | None, below: Path | None, suffix: str
) -> None:
    """Raise OutputError, before anything is read, for a file that may not be written.

    Raises PlanNotFoundError as `find_group` does.
    """
    if output is not None:
        check_output(output, [root for _, root in find_group(plan, below)], suffix)


def give(data: bytes, output: Path | None, what: str) -> None:
    """Write `data` where it belongs; `what` says in words what it holds. Raises OutputError."""
    if output is None:
        from kimplan.cli.streams import write_bytes

        write_bytes(data)
    else:
        write_file(output, data)
        tell_written(output, what)


def end(group: Group) -> None:
    """End the command with 1 where a plan was left out."""
    if not group.is_complete:
        raise typer.Exit(1)
