"""The options that several commands share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import MAXYEAR, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kimplan.errors import KimplanError

if TYPE_CHECKING:
    from kimplan.answers.group import PlanOf
    from kimplan.answers.overdue import Grouping
    from kimplan.model.plan import Plan
    from kimplan.model.rating import Rating, Scheme

PlanOption = Annotated[
    Path | None,
    typer.Option(
        "--plan",
        metavar="FOLDER",
        help="The folder that holds plan.yaml. If left out, KIMPLAN_PLAN names it, or it is "
        "searched for from here upwards.",
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


def today_in(root: Path) -> date:
    """Return today's date where the plan in `root` lives."""
    return today(timezone_in(root))


def timezone_in(root: Path) -> str:
    """Return the time zone of the plan in `root`: London's where its settings cannot be read."""
    from kimplan.loader import PlanFolder

    settings = PlanFolder(root).settings().value
    return settings.timezone if settings else "Europe/London"


def today(timezone: str) -> date:
    """Return today's date where the plan lives: the one place that reads the clock."""
    from zoneinfo import ZoneInfo

    return datetime.now(ZoneInfo(timezone)).date()


RagOption = Annotated[
    list[str] | None,
    typer.Option(
        "--rag",
        metavar="RATING",
        help="Only this rating: green, amber, red or not-applicable, or blue where plan.yaml has "
        "it; may be given more than once.",
        show_default=False,
    ),
]
ByOption = Annotated[
    str | None,
    typer.Option(
        "--by", metavar="owner|section", help="Group by owner or by section.", show_default=False
    ),
]


def read_choice(text: str, option: str, known: Iterable[str]) -> str:
    """Return the one of `known` that an option names; raise KimplanError for anything else."""
    from kimplan.model.suggestion import did_you_mean

    names = [str(name) for name in known]
    word = text.strip().casefold().replace(" ", "-")
    if word not in names:
        hint = f"{did_you_mean(text, names)} Known: {', '.join(names)}.".strip()
        raise KimplanError(f"{option} '{text[:40]}' is not known", hint)
    return word


def read_section(plan: Plan, text: str, option: str) -> str:
    """Return the id of the section that an option names by its id or its title.

    Raises KimplanError for anything else.
    """
    words = text.casefold().split()
    for known in plan.settings.sections:
        if known.title.casefold().split() == words:
            return known.id
    return read_choice(text, option, [known.id for known in plan.settings.sections])


def read_ratings(texts: Iterable[str] | None, scheme: Scheme) -> tuple[Rating, ...]:
    """Return the ratings that ``--rag`` names, with commas between; KimplanError for others."""
    words = [word for text in texts or () for word in text.split(",")]
    return tuple(read_rating(word, scheme) for word in words)


def read_ratings_in(plans: Sequence[PlanOf], texts: Sequence[str] | None) -> tuple[Rating, ...]:
    """Return the ratings that ``--rag`` names in any of the plans; KimplanError where in none."""
    found: dict[Rating, None] = {}
    unknown: KimplanError | None = None
    for scheme in dict.fromkeys(of.plan.settings.ratings.scheme for of in plans):
        try:
            found |= dict.fromkeys(read_ratings(texts, scheme))
        except KimplanError as error:
            unknown = unknown or error
    if unknown and not found:
        raise unknown
    return tuple(found)


def read_rating(text: str, scheme: Scheme) -> Rating:
    """Return the rating of a plan's `scheme` that ``--rag`` names; KimplanError for another."""
    from kimplan.model.rating import Rating

    try:
        word = read_choice(text, "--rag", scheme.words)
    except KimplanError as error:
        hint = f"{error.hint} Where blue is complete, plan.yaml says ratings: {{scheme: brag}}."
        is_elsewhere = text.strip().casefold() == Rating.BLUE.word
        raise KimplanError(error.message, hint if is_elsewhere else error.hint) from None
    return next(rating for rating in scheme.ratings if rating.word == word)


def read_grouping(text: str | None) -> Grouping | None:
    """Return what ``--by`` names, if it was given; raise KimplanError for anything else."""
    from kimplan.answers.overdue import Grouping

    return None if text is None else Grouping(read_choice(text, "--by", Grouping))


def read_period(text: str, as_of: date, option: str = "--within") -> int:
    """Return the days from `as_of` that ``90``, ``90d``, ``6w``, ``3m`` or ``1y`` make.

    Months and years end on the same day of the month, or on its last. Raises KimplanError, which
    names the `option`, for anything else.
    """
    from calendar import monthrange

    found = re.fullmatch(r"([0-9]{1,4})\s*([dwmy]?)", text.strip().casefold())
    if not found:
        hint = "Write a number of days, weeks, months or years: 90d, 6w, 3m, 1y."
        raise KimplanError(f"{option} '{text[:40]}' is no period", hint)
    number, unit = int(found[1]), found[2]
    if unit in {"m", "y"}:
        months = as_of.year * 12 + as_of.month - 1 + number * (12 if unit == "y" else 1)
        year, month = months // 12, months % 12 + 1
        if year > MAXYEAR:
            raise KimplanError(f"{option} '{text[:40]}' is too long", "Choose fewer years.")
        return (date(year, month, min(as_of.day, monthrange(year, month)[1])) - as_of).days
    return number * (7 if unit == "w" else 1)
