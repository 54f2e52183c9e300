"""Where the plan is: in the folder that was named, or in the working folder and above it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from kimplan.errors import PlanNotFoundError

SETTINGS = "plan.yaml"
_NAME = "plan"
_RECORDS = "recommendations"
_NO_SETTINGS = (
    "A plan begins with a plan.yaml; kimplan schema plan --format text says what it holds."
)


def find_plan(named: Path | None = None) -> Path:
    """Return the folder that holds ``plan.yaml``, relative to the working folder where it can be.

    `named` is the plan's folder or the one that holds ``plan/``; without it, the working folder
    and those above it are searched. Raises PlanNotFoundError, which says where was looked.
    """
    if named is not None:
        return _named(named)
    try:
        here = Path.cwd()
    except OSError:
        message = "the working folder is not there any more"
        raise PlanNotFoundError(message, "Go to a folder that is there.") from None
    found = _search(here)
    if found is not None:
        return found
    if os.path.isdir(here / _NAME):
        raise PlanNotFoundError(f"the folder {_NAME} has no {SETTINGS}", _NO_SETTINGS)
    raise PlanNotFoundError(
        f"there is no {_NAME}/{SETTINGS} in {here} nor in a folder above it",
        "Go to the folder that holds plan/, or name it: --plan FOLDER.",
    )


def _record_of(path: Path) -> Path | None:
    """Return the record of the plan here or above that a ref or a file's name may mean."""
    try:
        here = Path.cwd()
    except OSError:
        return None
    plan = _search(here)
    records = sorted((plan / _RECORDS).glob("*.yaml")) if plan else []
    ref = path.stem.casefold() if path.suffix in {".yaml", ".yml"} else path.name.casefold()
    found = next((one for one in records if one.stem.casefold() == ref), None)
    return Path(os.path.relpath(found, here)) if found else None


def find_plan_of(path: Path) -> Path:
    """Return the folder of the plan that the file or folder `path` belongs to, or that it holds.

    Raises PlanNotFoundError when there is no such path or no plan around it.
    """
    if not os.path.lexists(path):
        near = _record_of(path)
        hint = f"Did you mean {near}?" if near else "Check the name."
        raise PlanNotFoundError(f"there is no file or folder {path}", hint)
    found = _search(Path(os.path.abspath(path)))
    if found is None or not _belongs(path, found):
        hint = "A plan is a folder with a plan.yaml; see --plan."
        raise PlanNotFoundError(f"{path} belongs to no plan", hint)
    return found


def find_plan_of_all(paths: Sequence[Path], named: Path | None = None) -> Path:
    """Return the folder of the one plan that all of `paths` belong to; `named` is it, if given.

    Raises PlanNotFoundError when a path does not exist, or belongs to no plan or to another one.
    """
    roots = [find_plan_of(path) for path in paths]
    root = find_plan(named) if named is not None else roots[0]
    for path, found in zip(paths, roots, strict=True):
        if os.path.realpath(found) != os.path.realpath(root):
            hint = "Another plan needs a run of its own."
            raise PlanNotFoundError(f"{path} does not belong to the plan {root}", hint)
    return root


def find_repository(folder: Path) -> Path | None:
    """Return the root of the git work tree that holds `folder`, or None."""
    here = folder.resolve()
    for candidate in (here, *here.parents):
        if (candidate / ".git").exists():
            return candidate
    return None


def _belongs(path: Path, root: Path) -> bool:
    """Return whether `path` lies in the plan's folder, or holds it."""
    place, plan = Path(os.path.realpath(path)), Path(os.path.realpath(root))
    return place.is_relative_to(plan) or plan.is_relative_to(place)


def _named(named: Path) -> Path:
    for candidate in (named, named / _NAME):
        if os.path.isfile(candidate / SETTINGS):
            return candidate
    if not os.path.exists(named):
        raise PlanNotFoundError(f"there is no folder {named}", "Check the name after --plan.")
    if not os.path.isdir(named):
        raise PlanNotFoundError(f"{named} is not a folder", "Name the folder that holds plan.yaml.")
    raise PlanNotFoundError(f"the folder {named} has no {SETTINGS}", _NO_SETTINGS)


def _search(start: Path) -> Path | None:
    for folder in (start, *start.parents):
        for candidate in (folder / _NAME, folder):
            if os.path.isfile(candidate / SETTINGS):
                return _relative(candidate)
    return None


def _relative(path: Path) -> Path:
    try:
        return Path(os.path.relpath(path))
    except (ValueError, FileNotFoundError):  # another drive, on Windows; a folder that was deleted
        return path
