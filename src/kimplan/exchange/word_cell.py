"""What a cell of a Word table says beside its words: their look, and a day that was picked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from kimplan.exchange.blocks import Line, to_blocks
from kimplan.exchange.word_text import Struck
from kimplan.model.due import Due, NotADateError, parse_due
from kimplan.model.prose import Block
from kimplan.word.tags import qn

_FIGURES = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{2}|[0-9]{4})", re.ASCII)


def are_bold(lines: Sequence[Line]) -> bool:
    """Return whether all the words of `lines` are bold, and there are some."""
    looks = {span.bold for line in lines for span in line.spans if span.text.strip()}
    return looks == {True}


def without_struck(lines: Sequence[Line]) -> tuple[Block, ...] | None:
    """Return what `lines` say without what is struck through; None where nothing is."""
    kept = [
        line._replace(spans=tuple(span for span in line.spans if not isinstance(span, Struck)))
        for line in lines
    ]
    return None if kept == list(lines) else to_blocks(kept)


def picked_day(cell: Any, blocks: Sequence[Block]) -> Due | None:
    """Return the day that was picked in a cell's control, where the cell says it in figures.

    What they mean alone may be another day: ``03/09/2024``.
    """
    found = _FIGURES.fullmatch(blocks[0].text.strip()) if len(blocks) == 1 else None
    dates = list(cell.iter(qn("w:date"))) if found else []
    if not found or len(dates) != 1:
        return None
    try:
        due = parse_due(dates[0].get(qn("w:fullDate"), "")[:10])
    except NotADateError:
        return None
    day = due.first_day
    one, other, year = map(int, found.groups())
    is_it = sorted((one, other)) == sorted((day.day, day.month))
    return due if is_it and year in {day.year, day.year % 100} else None
