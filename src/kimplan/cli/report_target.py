"""Where a report may be written: never over the plan, the template or what somebody else wrote."""

from __future__ import annotations

import os
from pathlib import Path

from kimplan.errors import OutputError


def check_suffix(target: Path) -> None:
    """Raise OutputError unless `target` is named as a Word document is."""
    if not target.name:
        raise OutputError(f"{target} is a folder", "Name a file in it: report.docx.")
    if target.suffix.lower() != ".docx":
        hint = f"Word documents end with .docx: {target.with_suffix('.docx').name}."
        raise OutputError(f"{target} does not end with .docx", hint)


def check_target(target: Path, root: Path, look: Path | None, *, force: bool) -> None:
    """Raise OutputError where a report of the plan in `root` may not be written.

    A file that is there is replaced if it is a report as kimplan wrote it, or if `force` says so.
    """
    if not os.path.isdir(target):
        check_suffix(target)
    resolved = Path(os.path.realpath(target))
    if resolved.is_relative_to(os.path.realpath(root)):
        raise OutputError(f"{target} is inside the plan", "Choose a name outside of it.")
    if look is not None and resolved == Path(os.path.realpath(look)):
        raise OutputError(f"{target} is the template itself", "Choose another name with --output.")
    if not force and os.path.isfile(target) and not os.path.islink(target):
        _refuse_somebodys(target)


def _refuse_somebodys(target: Path) -> None:
    from kimplan.word.digest import is_as_written

    if is_as_written(target):
        return
    other = target.with_stem(f"{target.stem} 2").name
    raise OutputError(
        f"{target} was changed since kimplan wrote it, or kimplan did not write it",
        f'Take edits made in Word back into the plan (kimplan merge "{target}"), write the '
        f'report elsewhere (--output "{other}"), or replace the file with --force.',
    )
