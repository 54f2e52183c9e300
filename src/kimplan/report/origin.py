"""Which version of a plan a report was made of."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from kimplan.report.only import Only


class Origin(NamedTuple):
    """What somebody needs to make the report again: kept in the file, and shown nowhere.

    `commit` is the full name of the commit, or empty, and `modified` whether the plan's files
    differed from it; `folder` is the plan's in its repository, empty for the top. `since` is the
    commit that the changes are counted from, if any, and `since_day` how its day was called;
    `is_cut_off` tells that the clone lacked the older part of the history. `only` is the part of
    the plan that the report is of, if it is not all of it.
    """

    kimplan: str
    commit: str = ""
    modified: bool = False
    folder: str = ""
    since: str = ""
    since_day: date | None = None
    is_cut_off: bool = False
    only: Only | None = None
