"""A plan out of version control into a folder of its own, as it was at a commit."""

from __future__ import annotations

import os
import posixpath
import re
from pathlib import Path

from kimplan.errors import KimplanError
from kimplan.snapshot.checkout import Checkout
from kimplan.snapshot.tree import RECORDS, SETTINGS, read_blobs, read_tree

_OWNERS = "owners.yaml"
_NAME = re.compile(r"(?:recommendations/)?[\w .()&+,-]*\w\.yaml")


def extract(checkout: Checkout, commit: str, folder: Path) -> None:
    """Write the plan's files as they were at `commit` into the empty `folder`.

    They become plain files, whatever git has of them. Raises KimplanError where there was no plan,
    and GitError where git cannot be asked.
    """
    tree = read_tree(checkout.root, commit)
    files = tree.plan(checkout.below)
    owners = tree.files.get(posixpath.join(checkout.below, _OWNERS))
    if SETTINGS not in files:
        where = f" in {checkout.below}" if checkout.below else ""
        raise KimplanError(f"there was no plan{where} at {commit[:7]}")
    if owners:
        files[_OWNERS] = owners
    if odd := next((name for name in files if not _NAME.fullmatch(name)), None):
        raise KimplanError(f"the plan at {commit[:7]} has a file with an odd name: {odd[:60]}")
    os.mkdir(folder / RECORDS[:-1])
    for name, content in zip(files, read_blobs(checkout.root, list(files.values())), strict=True):
        (folder / name).write_bytes(content)
