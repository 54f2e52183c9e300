"""Which plans there are below a folder, and what each is called among them."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from kimplan.characters import make_visible
from kimplan.errors import PlanNotFoundError
from kimplan.whereabouts import SETTINGS

_USUAL = "plan"
_RECORDS = "recommendations"
_PASSED_OVER = {"node_modules", "site-packages", "__pycache__"}
_DEEPEST = 12  # folders below the one that was named


def find_plans(below: Path) -> list[Path]:
    """Return the folders below `below`, or `below` itself, that hold a plan, in order of name.

    A folder of records without a ``plan.yaml`` is among them, so that it is missed by somebody.
    So is one that cannot be read, which may hold a plan. Links are not followed, and hidden folders
    are passed over. Raises PlanNotFoundError where there is none, or no such folder.
    """
    if not below.is_dir():
        said = "is not a folder" if below.exists() else "is not there"
        raise PlanNotFoundError(f"{below} {said}", "Check the name after --plans.")
    found = list(_plans(str(below), 0))
    if not found:
        hint = f"A plan is a folder with a {SETTINGS}, at most {_DEEPEST} folders down."
        raise PlanNotFoundError(f"there is no plan below {below}", hint)
    return [Path(folder) for folder in found]


def _plans(folder: str, depth: int) -> Iterator[str]:
    try:
        with os.scandir(folder) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        if depth:
            yield folder
            return
        from kimplan.reasons import why

        message = f"the folder {folder} cannot be read: {why(error)}"
        raise PlanNotFoundError(message, "Check who may read it.") from None
    names = {entry.name for entry in found}
    if SETTINGS in names or _RECORDS in names:
        yield folder
        return
    if depth == _DEEPEST:
        return
    for entry in found:
        is_wanted = not entry.name.startswith(".") and entry.name not in _PASSED_OVER
        if is_wanted and entry.is_dir(follow_symlinks=False):
            yield from _plans(entry.path, depth + 1)


def plan_names(roots: Sequence[Path], below: Path | None = None) -> list[str]:
    """Return what each of the plans in `roots` is called among them: no two alike.

    One below `below` is called by its path from there, any other by its folder; a folder that is
    called ``plan``, as most are, by the one around it. Where two would be called alike, folders
    further up part them. What no output could hold of a folder's name is an escape.
    """
    top = _visible(Path(os.path.abspath(below))) if below is not None else ()
    parts = [_parts(root) for root in roots]
    sizes = [_usual_size(found, top) for found in parts]
    while True:
        names = ["/".join(found[-size:]) for found, size in zip(parts, sizes, strict=True)]
        often = Counter(name.casefold() for name in names)
        alike = [
            at
            for at, name in enumerate(names)
            if often[name.casefold()] > 1 and sizes[at] < len(parts[at])
        ]
        if not alike:
            return names
        for at in alike:
            sizes[at] += 1


def _parts(root: Path) -> tuple[str, ...]:
    """Return the names of a plan's folder and of those around it, outermost first."""
    found = _visible(Path(os.path.abspath(root)))
    return (found[:-1] if len(found) > 1 and found[-1] == _USUAL else found) or (str(root),)


def _visible(path: Path) -> tuple[str, ...]:
    return tuple(map(make_visible, path.parts[1:]))


def _usual_size(parts: tuple[str, ...], above: tuple[str, ...]) -> int:
    """Return how many of the names from the end a plan is called by, if no other is alike."""
    is_below = len(parts) > len(above) and parts[: len(above)] == above
    return len(parts) - len(above) if above and is_below else 1
