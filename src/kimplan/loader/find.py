"""Where the plan is: in the folder that was named, or in the working folder and above it."""

from __future__ import annotations

import os
from pathlib import Path

from kimplan.errors import PlanNotFoundError

SETTINGS = "plan.yaml"
_NAME = "plan"
_NO_SETTINGS = "A plan begins with a plan.yaml; docs/plan-format.md says what it holds."


def find_plan(named: Path | None = None) -> Path:
    """Return the folder that holds ``plan.yaml``, relative to the working folder where it can be.

    `named` is the plan's folder or the one that holds ``plan/``; without it, the working folder
    and those above it are searched. Raises PlanNotFoundError, which says where was looked.
    """
    if named is not None:
        return _named(named)
    here = Path.cwd()
    found = _search(here)
    if found is not None:
        return found
    if (here / _NAME).is_dir():
        raise PlanNotFoundError(f"the folder {_NAME} has no {SETTINGS}", _NO_SETTINGS)
    raise PlanNotFoundError(
        f"there is no {_NAME}/{SETTINGS} in {here} nor in a folder above it",
        "Go to the folder that holds plan/, or name it: --plan FOLDER.",
    )


def find_plan_of(path: Path) -> Path:
    """Return the folder of the plan that the file or folder `path` belongs to, or that it holds.

    Raises PlanNotFoundError when there is no such path or no plan around it.
    """
    if not os.path.lexists(path):
        raise PlanNotFoundError(f"there is no file or folder {path}", "Check the name.")
    found = _search(Path(os.path.abspath(path)))
    if found is None:
        raise PlanNotFoundError(
            f"{path} belongs to no plan", "A plan is a folder with a plan.yaml; see --plan."
        )
    return found


def _named(named: Path) -> Path:
    for candidate in (named, named / _NAME):
        if (candidate / SETTINGS).is_file():
            return candidate
    if not named.exists():
        raise PlanNotFoundError(f"there is no folder {named}", "Check the name after --plan.")
    if not named.is_dir():
        raise PlanNotFoundError(f"{named} is not a folder", "Name the folder that holds plan.yaml.")
    raise PlanNotFoundError(f"the folder {named} has no {SETTINGS}", _NO_SETTINGS)


def _search(start: Path) -> Path | None:
    for folder in (start, *start.parents):
        for candidate in (folder / _NAME, folder):
            if (candidate / SETTINGS).is_file():
                return _relative(candidate)
    return None


def _relative(path: Path) -> Path:
    try:
        return Path(os.path.relpath(path))
    except ValueError:  # another drive, on Windows
        return path
