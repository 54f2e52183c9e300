"""What a sheet shows in place of a result that it could not reach: no words of the landlord's."""

from __future__ import annotations

import re

_ERROR = re.compile(
    r"#(?:N/A|REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!|BLOCKED!|FIELD!|#+)", re.IGNORECASE
)


def is_error(text: str) -> bool:
    """Return whether `text` is an error such as ``#N/A``, or the marks of too narrow a column."""
    return bool(_ERROR.fullmatch(text.strip()))
