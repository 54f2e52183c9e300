"""A file that somebody chose to the tables in it, whatever its format is."""

from __future__ import annotations

from pathlib import Path

from kimplan.errors import KimplanError
from kimplan.sheet import SheetFile


def read_sheets(path: Path) -> SheetFile:
    """Return the tables of a Word, Excel, HTML, CSV or TSV file, by what it holds.

    Raises KimplanError, with what to do, for a file that is none of these, that is too large,
    damaged, encrypted or dangerous, or that cannot be read.
    """
    raise KimplanError(f"{path} cannot be read yet")
