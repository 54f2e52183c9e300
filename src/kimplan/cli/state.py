"""Which state of the plan a command reads: the files as they are, or with ``--at`` from git."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from kimplan.characters import make_visible
from kimplan.cli.options import timezone_in, today

if TYPE_CHECKING:
    from kimplan.linter import LoadResult
    from kimplan.model.plan import Plan
    from kimplan.snapshot.past import Past

AtOption = Annotated[
    str | None,
    typer.Option(
        "--at",
        metavar="REVISION|DATE",
        help="Read the plan as it was then, from git: a tag, branch or commit, or the end of a "
        "day. Without --as-of the position is that of the same day.",
        show_default=False,
    ),
]


class State(NamedTuple):
    """What was read, and where from: `past` is None for the files as they are."""

    result: LoadResult
    past: Past | None = None

    def day(self, as_of: date | None, plan: Plan) -> date:
        """Return the day whose position is meant: that of ``--as-of``, of ``--at``, or today."""
        if as_of is None and self.past is not None:
            return self.past.revision.day
        return as_of or today(plan.settings.timezone)


def read_state(
    root: Path,
    at: str | None,
    on_record: Callable[[], None],
    *,
    partial: bool = False,
    name: str = "",
) -> State:
    """Return the plan of the folder `root`, as it is or was, having said what is odd about it.

    `name` is what the plan is called among several.

    Raises KimplanError where there is no such revision or git cannot be asked.
    """
    from kimplan.linter import load, load_folder

    if at is None:
        return State(load(root, on_record, partial=partial))
    from kimplan.snapshot.past import read_past

    past = read_past(root, at, timezone_in(root), "--at")
    for note in (f"this is the plan as it was at {past.revision}", *past.notes):
        tell(note, name)
    return State(load_folder(past.snapshot.plan(), on_record, partial=partial), past)


def tell(sentence: str, name: str = "") -> None:
    """Say a sentence on standard error, after the name of the plan that it is about."""
    about = f"{make_visible(name)}: " if name else ""
    sys.stderr.write(f"kimplan: {about}{make_visible(sentence)}\n")
