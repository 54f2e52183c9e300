"""The plan as it was at a commit."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from typing import NamedTuple

from kimplan.loader.loaded_file import load_bytes
from kimplan.model.recommendation import Recommendation
from kimplan.snapshot.checkout import Checkout
from kimplan.snapshot.tree import RECORDS, SETTINGS, read_blobs, read_tree


class Records(NamedTuple):
    """The blobs of a plan's records by their names in its folder, and that folder if another."""

    blobs: Mapping[str, str]
    was: str | None = None


def read_records(checkout: Checkout, commit: str, like: Collection[str] = ()) -> Records:
    """Return the plan's records at `commit`.

    If there was no plan in its folder, they are those of the folder that it was in: one that holds
    a plan no more, and most records of the names `like`, or else of those on disk.
    """
    tree = read_tree(checkout.root, commit)
    files = tree.plan(checkout.below)
    if files:
        return Records(_only_records(files))
    found = {
        "" if folder == "." else folder: _only_records(tree.plan(folder))
        for folder in tree.plans()
        if not os.path.exists(checkout.root / folder / SETTINGS)
    }
    like = set(like or _names_here(checkout))
    alike = {folder: len(blobs.keys() & like) for folder, blobs in found.items()}
    was = max(alike, key=lambda folder: alike[folder], default="")
    return Records(found[was], was) if alike.get(was) else Records({})


def _names_here(checkout: Checkout) -> list[str]:
    try:
        return [f"{RECORDS}{name}" for name in os.listdir(checkout.root / checkout.below / RECORDS)]
    except OSError:
        return []


def _only_records(files: Mapping[str, str]) -> dict[str, str]:
    return {name: blob for name, blob in files.items() if name.startswith(RECORDS)}


def read_items(
    checkout: Checkout, records: Mapping[str, str], known: Mapping[str, Recommendation]
) -> dict[str, Recommendation | None]:
    """Return what the `records` say by their names, None for one that cannot be understood.

    `known` are recommendations whose blobs need not be read.
    """
    wanted = sorted({blob for blob in records.values() if blob not in known})
    contents = zip(wanted, read_blobs(checkout.root, wanted), strict=True)
    read = {blob: load_bytes(blob, data, Recommendation).value for blob, data in contents}
    return {name: known.get(blob) or read.get(blob) for name, blob in records.items()}
