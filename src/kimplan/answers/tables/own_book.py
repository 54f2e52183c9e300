"""What tells a workbook that kimplan made of one plan from any other: its sheet of settings."""

from __future__ import annotations

from datetime import date

SETTINGS = "Settings"
HEADER = ("Setting", "Value")
MARK = "kimplan workbook"
VERSION = "1"
POSITION = "position"
HOLDS = "holds"
_WHOLE, _PART = "the whole plan", "some recommendations of the plan"


def marks(as_of: date, *, is_whole: bool) -> list[tuple[str, str]]:
    """Return the first rows of the sheet of settings, before the plan's own."""
    return [
        (MARK, VERSION),
        (POSITION, as_of.isoformat()),
        (HOLDS, _WHOLE if is_whole else _PART),
    ]
