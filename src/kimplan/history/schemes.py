"""By which scheme of ratings each version of a record was written: that of its own time."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping, Sequence

from kimplan.git.log import Commit
from kimplan.loader.scheme import scheme_in
from kimplan.model.rating import Scheme
from kimplan.snapshot.checkout import Checkout
from kimplan.snapshot.layout import SETTINGS


def settings_by_blob(log: Sequence[Commit], checkout: Checkout) -> dict[str, str]:
    """Return the blob of the settings beside which each blob of the `log` was committed first.

    The log is that of all files, newest first; the plan is followed to the folders that it was in.
    A blob beside no settings is not there.
    """
    folders = _folders(log, checkout)
    at: dict[str, str] = {}
    found: dict[str, str] = {}
    for commit in reversed(log):
        settings = at.get(commit.parents[0], "") if commit.parents else ""
        for change in commit.files:
            if change.new_path.endswith(SETTINGS):
                folder, name = posixpath.split(change.new_path)
                if name == SETTINGS and folder in folders:
                    settings = change.new_blob
        at[commit.name] = settings
        for change in commit.files:
            if settings and change.new_blob:
                found.setdefault(change.new_blob, settings)
    return found


def _folders(log: Iterable[Commit], checkout: Checkout) -> set[str]:
    folders = {checkout.below}
    for commit in log:
        for change in commit.files:
            if change.new_path.endswith(SETTINGS):
                old, new = posixpath.split(change.old_path), posixpath.split(change.new_path)
                if old[1] == SETTINGS == new[1] and new[0] in folders:
                    folders.add(old[0])
    return folders


def schemes_of(beside: Mapping[str, str], contents: Mapping[str, bytes]) -> dict[str, Scheme]:
    """Return the scheme of each blob by that of the settings `beside` it, whose `contents` are."""
    known = {blob: scheme_in(content) for blob, content in contents.items()}
    return {blob: known.get(settings, Scheme.RAG) for blob, settings in beside.items()}
