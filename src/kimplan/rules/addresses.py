"""Whether a link is a web address, is meant for one, or is a path in the repository."""

from __future__ import annotations

import re

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:|//|www\.", re.IGNORECASE)
_WEB = re.compile(r"https?://[^\s/?#]", re.IGNORECASE)
_PATH = re.compile(r"/|\.[A-Za-z0-9]{1,5}\Z")  # what words have that are the path of a file


def is_address(link: str) -> bool:
    """Return whether `link` is meant to lead out of the repository."""
    return _ADDRESS.match(link) is not None


def is_web_address(link: str) -> bool:
    """Return whether `link` is an address that everybody can follow."""
    return _WEB.match(link) is not None


def may_be_path(link: str) -> bool:
    """Return whether `link` looks like a path: not like words between which there are spaces."""
    return " " not in link or _PATH.search(link) is not None
