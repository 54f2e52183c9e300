"""Where this kimplan was installed from, so that a pipeline can install the same."""

from __future__ import annotations

import json
import re
from typing import NamedTuple

_URL = re.compile(r"https://[a-z0-9.-]+(?::[0-9]+)?(?:/[A-Za-z0-9._-]+){1,8}")
_GITHUB = re.compile(r"https://github\.com/([A-Za-z0-9-]+/[A-Za-z0-9._-]+?)(?:\.git)?")
_COMMIT = re.compile("[0-9a-f]{40}")


class Origin(NamedTuple):
    """A repository of kimplan by its web address, and the full name of a commit there."""

    url: str
    commit: str

    @property
    def on_github(self) -> str:
        """``owner/name`` where the repository is GitHub's, or nothing."""
        found = _GITHUB.fullmatch(self.url)
        return found[1] if found else ""


UNKNOWN = Origin("https://github.com/OWNER/kimplan", "0" * 40)


def own_origin() -> Origin:
    """Return where the installer says that it found this kimplan, or `UNKNOWN`."""
    from importlib.metadata import PackageNotFoundError, distribution

    try:
        return read_origin(distribution("kimplan").read_text("direct_url.json") or "")
    except (PackageNotFoundError, OSError):
        return UNKNOWN


def read_origin(text: str) -> Origin:
    """Return what a ``direct_url.json`` says, or `UNKNOWN` if it names no commit on the web.

    The file's form is https://packaging.python.org/specifications/direct-url.
    """
    try:
        said = json.loads(text)
        found = Origin(said["url"], said["vcs_info"]["commit_id"])
        is_fit = bool(_URL.fullmatch(found.url) and _COMMIT.fullmatch(found.commit))
    except (ValueError, KeyError, TypeError):
        return UNKNOWN
    return found if is_fit else UNKNOWN
