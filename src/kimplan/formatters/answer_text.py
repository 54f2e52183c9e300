"""An answer as plain text of a given width, for pipes, files and mail."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from itertools import zip_longest
from operator import itemgetter
from typing import TYPE_CHECKING, TypeAlias

from kimplan.answers.answer import Answer, Column, Facts, Heading, Line, Part, Prose, Table, Tone
from kimplan.characters import make_visible
from kimplan.formatters.width import padded, width_of, wrap

if TYPE_CHECKING:
    from kimplan.model.prose import Block

WIDTH = 80
GAP = "  "
_LEAST = 14  # a column with a share is no narrower
_COMFORT = 24  # what a column with a share wants for each part before others are snug
_INDENT = 2
_COMMAND = re.compile(":(?=:)")
Widths: TypeAlias = Mapping[tuple[str, ...], list[int]]


def format_text(view: Answer, width: int = WIDTH) -> str:
    """Return the parts of `view` in lines of at most `width` columns, with blank ones between.

    A word that is longer than its column of a table is broken; elsewhere it stands by itself.
    """
    widths = table_widths(view.parts, width)
    lines: list[str] = []
    for number, part in enumerate(view.parts):
        if number and has_gap(view.parts[number - 1], part):
            lines.append("")
        lines += _lines(part, width, widths)
    return "".join(f"{line.rstrip(' ')}\n" for line in lines)


def shown(text: str) -> str:
    """Return `text` so that neither a terminal nor GitHub's log can take a part for a command.

    The log obeys a line that begins with ``::``, and any word may come to stand there.
    """
    if text.isprintable() and "##" not in text and "::" not in text:
        return text
    text = make_visible(text)
    return _COMMAND.sub(r"\\x3a", text) if "::" in text else text


def has_gap(above: Part, part: Part) -> bool:
    """Return whether a blank line stands between two parts."""
    if isinstance(above, Line):
        return above.tone is not Tone.QUIET and not isinstance(part, Line)
    return not isinstance(above, Heading)


def _lines(part: Part, width: int, widths: Widths) -> Iterable[str]:
    match part:
        case Heading(text) | Line(text):
            return wrap(shown(text), width)
        case Prose(blocks):
            return _prose(blocks, width)
        case Facts():
            return _facts(part, width)
        case Table():
            return _table(part, width, widths)


def _prose(blocks: Sequence[Block], width: int) -> Iterator[str]:
    for number, block in enumerate(blocks):
        if number and not block.is_item:
            yield ""
        yield from _block(block, width)


def _block(block: Block, width: int) -> Iterator[str]:
    text = "".join(
        f"{span.text} ({span.link})" if span.link and span.link != span.text else span.text
        for span in block.spans
    )
    mark = f"{block.marker or ('-' if block.bullet else ' ')} " if block.level else ""
    lead = f"{'':<{_INDENT * (block.level - 1)}}{mark}" if block.level else ""
    for line in wrap(shown(text), width - len(lead), keeps_words=True):
        yield f"{lead}{line}"
        lead = " " * len(lead)


def _facts(facts: Facts, width: int) -> Iterator[str]:
    names = [shown(name) for name, _, _ in facts.pairs]
    room = min(max(map(width_of, names)), width // 2)
    for name, (_, value, _) in zip(names, facts.pairs, strict=True):
        sides = wrap(name, room), wrap(shown(value), width - room - len(GAP))
        for left, right in zip_longest(*sides, fillvalue=""):
            yield f"{padded(left, room)}{GAP}{right}"


def _table(table: Table, width: int, all_widths: Widths) -> list[str]:
    titles = visible_titles(table)
    widths = all_widths[titles]
    if not fits(widths, width):
        return list(_stacked(table, width))
    # Most texts of a column stand in it often: dates, owners, ratings.
    cells = [cache(partial(_cell, room=room)) for room in widths]
    plain = _plain_line(table.columns, widths)
    lines = [*_row(titles, widths, table.columns, plain, cells)]
    lines.append(GAP.join("-" * room for room in widths))
    for row in table.rows:
        lines += _row(row, widths, table.columns, plain, cells)
    return lines


def _stacked(table: Table, width: int) -> Iterator[str]:
    for number, facts in enumerate(stacked(table)):
        if number:
            yield ""
        yield from _facts(facts, width)


def _cell(text: str, room: int) -> list[str]:
    return wrap(shown(text), room)


def _plain_line(columns: Sequence[Column], widths: Sequence[int]) -> str:
    """Return the form of a line whose cells all are ASCII, in which no width is to be counted."""
    return GAP.join(
        f"%{room}s" if column.is_number else f"%-{room}s"
        for column, room in zip(columns, widths, strict=True)
    )


def _row(
    row: Sequence[str],
    widths: Sequence[int],
    columns: Sequence[Column],
    plain: str,
    cells: Sequence[Callable[[str], list[str]]],
) -> Iterable[str]:
    """Return the lines of a row."""
    parts = [lines(text) for lines, text in zip(cells, row, strict=True)]
    lines = zip_longest(*parts, fillvalue="")
    if "".join(row).isascii():
        return map(plain.__mod__, lines)
    return [
        GAP.join(
            padded(cell, room, is_number=column.is_number)
            for cell, room, column in zip(line, widths, columns, strict=True)
        )
        for line in lines
    ]


def visible_titles(table: Table) -> tuple[str, ...]:
    """Return the titles of the columns; some are the plan's own words."""
    return tuple(shown(column.title) for column in table.columns)


def table_widths(parts: Sequence[Part], width: int) -> Widths:
    """Return the widths of the columns of all tables by the tables' titles.

    Tables with the same titles have the same widths, so that they can be read one below the other.
    """
    alike: dict[tuple[str, ...], tuple[tuple[Column, ...], list[tuple[str, ...]]]] = {}
    for part in parts:
        if isinstance(part, Table):
            _, rows = alike.setdefault(visible_titles(part), (part.columns, []))
            rows += part.rows
    return {titles: column_widths(*found, width) for titles, found in alike.items()}


def fits(widths: Sequence[int], width: int) -> bool:
    """Return whether columns of these widths fit on a line."""
    return sum(widths) + len(GAP) * (len(widths) - 1) <= width


def stacked(table: Table) -> Iterator[Facts]:
    """Yield each row as names and values, for lines that are too short for the table."""
    for row in filter(any, table.rows):
        cells = zip(visible_titles(table), row, table.columns, strict=True)
        yield Facts(
            tuple((title, cell, column.tone_of(cell)) for title, cell, column in cells if cell)
        )


def column_widths(
    columns: Sequence[Column], rows: Sequence[tuple[str, ...]], width: int
) -> list[int]:
    """Return the widths of a table's columns, so that it fits `width` where that is possible.

    Columns without a share are as wide as their widest cell, the others have the rest of the room
    by their shares, but no more than they need. Where it is too little for all, columns that say
    so are snug, and then the widest column without a share is narrowed.
    """
    natural = [
        max(width_of(shown(text)) for text in {column.title, *map(itemgetter(at), rows)})
        for at, column in enumerate(columns)
    ]
    shares = [column.share for column in columns]
    room = width - len(GAP) * (len(columns) - 1)
    fixed = [0 if share else need for share, need in zip(shares, natural, strict=True)]
    needs = [(need, share) for need, share in zip(natural, shares, strict=True) if share]
    if sum(fixed) + sum(min(need, _COMFORT * share) for need, share in needs) > room:
        fixed = [
            min(need, column.snug) if column.snug else need
            for need, column in zip(fixed, columns, strict=True)
        ]
    least = sum(min(_LEAST, need) for need, _ in needs)
    while sum(fixed) > room - least and max(fixed) > _LEAST:
        fixed[fixed.index(max(fixed))] -= 1
    return _shared(natural, shares, fixed, room - sum(fixed))


def _shared(
    natural: Sequence[int], shares: Sequence[int], fixed: Sequence[int], rest: int
) -> list[int]:
    """Return `fixed` with the columns that have a share, each at least `_LEAST` if it needs it."""
    widths = list(fixed)
    left = {at: share for at, share in enumerate(shares) if share}
    while left:
        parts = {at: rest * share // sum(left.values()) for at, share in left.items()}
        least = {at: min(_LEAST, natural[at]) for at in left}
        settled = {at: least[at] for at in left if parts[at] < least[at]} or {
            at: natural[at] for at in left if parts[at] >= natural[at]
        }
        for at, room in (settled or parts).items():
            widths[at] = room
            rest -= room
            del left[at]
    return widths
