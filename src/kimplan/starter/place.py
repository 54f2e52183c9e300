"""Where a new plan goes: a folder that may be new, and the repository that it may lie in."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from kimplan.errors import OutputError, PlanNotFoundError
from kimplan.loader import find_plan_of, find_repository
from kimplan.names import fault_on_windows
from kimplan.plural import count
from kimplan.reasons import why

_MANY = 5  # names of files in the way that are said
_IN_THE_WAY = "Nothing is overwritten: choose another folder, or move what is there away."


class Place(NamedTuple):
    """A `folder` for a plan, with every link followed.

    `there` is the folder, or the nearest above it that is there. `top` is that of the repository
    around it, None outside of one.
    """

    folder: Path
    there: Path
    top: Path | None

    @property
    def below(self) -> str:
        """The folder as it is called from the top of the repository; empty for the top itself."""
        below = self.folder.relative_to(self.top).as_posix() if self.top else "."
        return "" if below == "." else below


def find_place(named: Path) -> Place:
    """Return where the plan in the folder `named` will be.

    Raises OutputError where there can be none: for a file, a link that leads nowhere, a name that
    Windows cannot hold, or a folder that is part of a plan or git's own.
    """
    folder = Path(os.path.realpath(_checked(named)))
    there = folder
    while not os.path.lexists(there):
        _check_name(there)
        there = there.parent
    if not os.path.isdir(there):
        raise OutputError(f"{there} is not a folder", "Choose another name.")
    _check_git(there)
    _check_plan(folder, there)
    return Place(folder, there, find_repository(there))


def _checked(named: Path) -> Path:
    if not str(named).isprintable():
        raise OutputError(f"no folder can be called '{named}'", "Choose another name.")
    if os.path.islink(named) and not os.path.exists(named):
        hint = "Mend the link, or choose another name."
        raise OutputError(f"{named} is a link that leads nowhere", hint)
    return named


def _check_name(folder: Path) -> None:
    if fault := fault_on_windows(folder.name):
        raise OutputError(f"the folder cannot be called {folder.name}: {fault}", "Choose another.")


def _check_plan(folder: Path, there: Path) -> None:
    """Raise OutputError where `folder` lies inside a plan: beside its files, or below them."""
    try:
        plan = Path(os.path.realpath(find_plan_of(there)))
    except PlanNotFoundError:
        return
    if folder.is_relative_to(plan):
        raise OutputError(f"{folder} is inside the plan {plan}", "Choose a folder outside of it.")


def _check_git(there: Path) -> None:
    """Raise OutputError inside the folder that git keeps its own files in."""
    for folder in (there, *there.parents):
        if all(os.path.exists(folder / name) for name in ("HEAD", "objects", "refs")):
            hint = "Choose a folder outside of it."
            raise OutputError(f"{folder} is where git keeps its own files", hint)


def check_empty(plan: Path) -> None:
    """Raise OutputError if anything stands in the folder `plan`, or it cannot be read."""
    try:
        is_empty = not os.path.isdir(plan) or not os.listdir(plan)
    except OSError as error:
        raise OutputError(f"{plan} cannot be read: {why(error)}", _IN_THE_WAY) from None
    if not is_empty:
        raise OutputError(f"{plan} is there already", _IN_THE_WAY)


def check_free(base: Path, paths: Iterable[str]) -> None:
    """Raise OutputError that names what stands where the files at `paths` below `base` will be.

    A folder that is there already is used; a link is not followed.
    """
    taken = list(dict.fromkeys(found for path in paths if (found := _taken(base, path))))
    if not taken:
        return
    names = ", ".join(taken[:_MANY])
    rest = f" and {count(len(taken) - _MANY, 'other')}" if len(taken) > _MANY else ""
    verb = "is" if len(taken) == 1 else "are"
    raise OutputError(f"{base}: {names}{rest} {verb} there already", _IN_THE_WAY)


def _taken(base: Path, path: str) -> str:
    """Return the first part of `path` that is something else than a folder, or all if it is one."""
    here = base
    parts = path.split("/")
    for number, part in enumerate(parts, 1):
        here /= part
        is_folder = os.path.isdir(here) and not os.path.islink(here)
        if os.path.lexists(here) and (number == len(parts) or not is_folder):
            return "/".join(parts[:number])
    return ""
