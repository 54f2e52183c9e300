"""``kimplan history``: who changed what, and when."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from kimplan.cli.answers import show_view
from kimplan.cli.options import PlanOption
from kimplan.cli.output import ANSWERS, AnswerFormat, read_formats
from kimplan.cli.progress import Patience
from kimplan.errors import KimplanError

EXAMPLES = """\b
Examples:
  kimplan history REC6                 the story of one, oldest first
  kimplan history REC6 --newest-first
  kimplan history                      of all of them
  kimplan history REC6 --format json   for another program

\b
Exit codes: 0 this is the answer, 2 there is and was no such recommendation,
or there is no version control."""


def history(
    ref: Annotated[
        str | None,
        typer.Argument(metavar="REF", help="A recommendation's ref.", show_default=False),
    ] = None,
    plan: PlanOption = None,
    newest_first: Annotated[
        bool, typer.Option("--newest-first", help="Begin with the latest change.")
    ] = False,
    formats: AnswerFormat = None,
) -> None:
    """Tell who changed what, when, and how often a date moved.

    Changes that are not committed yet are shown too, and marked so.
    """
    from kimplan.git.log import Log
    from kimplan.whereabouts import find_plan, find_repository

    root = find_plan(plan)
    outputs = read_formats(formats, ANSWERS, root)
    top = find_repository(root)
    log = Log(top) if top else None  # git begins while the models are imported and made
    from kimplan.answers.history import answer_history
    from kimplan.history.timeline import tell
    from kimplan.loader import PlanFolder
    from kimplan.snapshot.checkout import find_checkout

    checkout = find_checkout(root)
    folder = PlanFolder(root)
    settings = folder.settings().value
    item = folder.recommendation(ref.strip()) if ref else None
    timezone = settings.timezone if settings else "Europe/London"
    name = item.ref if item else ref.strip() if ref is not None else None
    with Patience("Reading the history"):
        story = tell(root, checkout, name, timezone, begun=log)
    if name is not None and not story.entries and item is None:
        raise _unknown(name, root)
    if name is not None and item is None:
        name = story.entries[-1].ref
    view = answer_history(story, name, item, settings, newest_first=newest_first)
    show_view("history", view, outputs)


def _unknown(ref: str, root: Path) -> KimplanError:
    from kimplan.model.suggestion import did_you_mean

    try:
        names = os.listdir(root / "recommendations")
    except OSError:
        names = []
    known = sorted(name.removesuffix(".yaml") for name in names if name.endswith(".yaml"))
    hint = did_you_mean(ref, known) or "kimplan list shows what there is."
    return KimplanError(f"there is and was no recommendation '{ref[:40]}'", hint)
