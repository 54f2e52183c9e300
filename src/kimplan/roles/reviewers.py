"""The lines of a plan in CODEOWNERS as they are after a change of its roles."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from kimplan.codeowners import find_block, place_of, read_codeowners, written
from kimplan.codeowners.place import MOST_BYTES
from kimplan.edits.change import Changed, Prepared
from kimplan.edits.record_file import read_record
from kimplan.errors import KimplanError
from kimplan.linter import load_folder
from kimplan.roles.state import altered


class Reviewers(NamedTuple):
    """The change of CODEOWNERS, None where there is none, and what is to be said about it."""

    prepared: Prepared | None = None
    said: tuple[str, ...] = ()


def prepare_reviewers(root: Path, contents: Mapping[str, bytes]) -> Reviewers:
    """Return what becomes of CODEOWNERS if files of the plan in `root` have these `contents`.

    One without lines of this plan is left alone. Raises KimplanError for one that cannot be read.
    """
    place = place_of(root)
    if place.file is None:
        return Reviewers()
    path, text = _from_here(place.file), read_codeowners(place.file)
    try:
        if find_block(text, place.folder) is None:
            return Reviewers()
        plan = load_folder(altered(root, contents)).plan
        after = written(text, plan, place.folder) if plan else text
    except KimplanError as error:
        raise KimplanError(f"{path}: {error.message}", error.hint) from None
    if plan is None:
        left = f"{path} is left as it was, because the plan has errors"
        return Reviewers(None, (f"{left}; once they are mended, run kimplan codeowners.",))
    if after == text:
        return Reviewers()
    was = read_record(path, MOST_BYTES)
    if was != text.encode():
        raise KimplanError(f"{path} changed meanwhile", "Run the command again.")
    return Reviewers(Prepared(Changed(path, text, after), was, after.encode()))


def _from_here(path: Path) -> Path:
    try:
        return Path(os.path.relpath(path))
    except ValueError:  # another drive, on Windows
        return path
