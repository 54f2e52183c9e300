"""Where this kimplan is at home on the web, as far as whoever built or installed it has said."""

from __future__ import annotations

import re

from kimplan.starter.origin import UNKNOWN, own_origin

_HOMEPAGE = re.compile(r"homepage\s*,\s*(https://\S+)", re.IGNORECASE)


def homepage() -> str:
    """Return the address of its repository, or nothing.

    A release names it in its metadata (.ci/addresses.py), and an installer says from which
    repository it took a commit.
    """
    origin = own_origin()
    return _of_release() or ("" if origin == UNKNOWN else origin.url.removesuffix(".git"))


def _of_release() -> str:
    from importlib.metadata import PackageNotFoundError, metadata

    try:
        said = metadata("kimplan").get_all("Project-URL") or []
    except (PackageNotFoundError, OSError):
        return ""
    return next((found[1] for one in said if (found := _HOMEPAGE.fullmatch(str(one)))), "")
