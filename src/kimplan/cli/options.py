"""The options that several commands share."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from kimplan.errors import KimplanError

PlanOption = Annotated[
    Path | None,
    typer.Option(
        "--plan",
        metavar="FOLDER",
        help="The folder that holds plan.yaml; searched for from here upwards if left out.",
        show_default=False,
    ),
]
AsOfOption = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="DATE",
        help="The day whose position is meant, as 2024-05-31; today if left out.",
        show_default=False,
    ),
]


def read_as_of(text: str | None) -> date | None:
    """Return the day that ``--as-of`` names, if it was given; raise KimplanError if it is none."""
    from kimplan.model.due import NotADateError, parse_day

    if text is None:
        return None
    try:
        return parse_day(text.strip())
    except NotADateError:
        hint = "Write the year, the month and the day: --as-of 2024-05-31."
        raise KimplanError(f"--as-of '{text[:40]}' is not a day", hint) from None


def today(timezone: str) -> date:
    """Return today's date where the plan lives: the one place that reads the clock."""
    from zoneinfo import ZoneInfo

    return datetime.now(ZoneInfo(timezone)).date()
