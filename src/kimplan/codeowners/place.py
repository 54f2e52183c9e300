"""Where a repository has its CODEOWNERS, and what is in it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from kimplan.errors import KimplanError, OutputError
from kimplan.loader import find_repository

PLACES = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS")
MOST_BYTES = 3 * 1024 * 1024  # GitHub reads no more


class Place(NamedTuple):
    """The `top` of a plan's repository, and the plan's `folder` from there; empty for the top."""

    top: Path
    folder: str

    @property
    def file(self) -> Path | None:
        """The CODEOWNERS that is there, None if there is none."""
        found = (self.top / name for name in PLACES)
        return next((path for path in found if os.path.lexists(path)), None)


def place_of(root: Path) -> Place:
    """Return the place of the plan in `root`; outside of a repository, the folder above is top."""
    real = Path(os.path.realpath(root))
    top = find_repository(root) or real.parent
    folder = real.relative_to(top).as_posix()
    return Place(top, "" if folder == "." else folder)


def read_codeowners(path: Path) -> str:
    """Return the text of the file at `path`, empty where there is none.

    Raises OutputError for what is no such file, and KimplanError for one that is not UTF-8.
    """
    try:
        if not os.path.lexists(path):
            return ""
        if not path.is_file() or path.stat().st_size > MOST_BYTES:
            raise OutputError(f"{path} is no CODEOWNERS file", "Choose another with --output.")
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        raise KimplanError(f"{path} is not UTF-8", "Save it as UTF-8.") from None
    except OSError as error:
        from kimplan.reasons import why

        raise OutputError(f"{path} cannot be read: {why(error)}") from None
