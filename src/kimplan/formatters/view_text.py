"""An answer as plain text of a given width, for pipes, files and mail."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from kimplan.characters import make_visible
from kimplan.model.prose import Block
from kimplan.views.view import Column, Facts, Heading, Line, Part, Prose, Table, View

WIDTH = 80
_GAP = "  "
_LEAST = 14  # a column with a share is no narrower
_INDENT = 2


def format_text(view: View, width: int = WIDTH) -> str:
    """Return the parts of `view` in lines of at most `width` characters, with blank ones between.

    Only a word that is longer than its column is broken.
    """
    chunks = ["".join(f"{line.rstrip()}\n" for line in _lines(part, width)) for part in view.parts]
    text = ""
    for number, chunk in enumerate(chunks):
        is_below = number and isinstance(view.parts[number - 1], Heading)
        is_next = number and _is_line(view.parts[number - 1]) and _is_line(view.parts[number])
        text += chunk if not number or is_below or is_next else f"\n{chunk}"
    return text


def _is_line(part: Part) -> bool:
    return isinstance(part, Line)


def _lines(part: Part, width: int) -> Iterator[str]:
    match part:
        case Heading(text):
            yield from wrap(make_visible(text), width)
        case Line(text):
            yield from wrap(make_visible(text), width)
        case Prose(blocks):
            for number, block in enumerate(blocks):
                if number and not block.bullet:
                    yield ""
                yield from _block(block, width)
        case Facts(pairs):
            room = max(len(name) for name, _, _ in pairs)
            for name, value, _ in pairs:
                for index, line in enumerate(wrap(make_visible(value), width - room - 2)):
                    yield f"{name if not index else '':<{room}}{_GAP}{line}"
        case Table():
            yield from _table(part, width)


def _block(block: Block, width: int) -> Iterator[str]:
    text = "".join(
        f"{span.text} ({span.link})" if span.link and span.link != span.text else span.text
        for span in block.spans
    )
    indent = _INDENT * block.level
    for number, line in enumerate(wrap(make_visible(text), width - indent)):
        mark = "- " if block.bullet and not number else "  " if block.level else ""
        yield f"{'':<{max(indent - 2, 0)}}{mark}{line}"


def _table(table: Table, width: int) -> Iterator[str]:
    rows = [tuple(map(make_visible, row)) for row in table.rows]
    widths = column_widths(table.columns, rows, width)
    align = [str.rjust if column.is_number else str.ljust for column in table.columns]
    yield from _row([column.title for column in table.columns], widths, align)
    yield _GAP.join("-" * room for room in widths)
    for row in rows:
        yield from _row(row, widths, align)


def _row(cells: Sequence[str], widths: Sequence[int], align: Sequence[object]) -> Iterator[str]:
    if all(len(cell) <= room for cell, room in zip(cells, widths, strict=True)):
        yield _joined(cells, widths, align)
        return
    columns = [wrap(cell, room) for cell, room in zip(cells, widths, strict=True)]
    for line in zip_longest(*columns, fillvalue=""):
        yield _joined(line, widths, align)


def _joined(cells: Sequence[str], widths: Sequence[int], align: Sequence[object]) -> str:
    pads = zip(cells, widths, align, strict=True)
    return _GAP.join(pad(cell, room) for cell, room, pad in pads)  # type: ignore[operator]


def column_widths(
    columns: Sequence[Column], rows: Sequence[tuple[str, ...]], width: int
) -> list[int]:
    """Return the widths of a table's columns, so that it fits `width` where that is possible.

    Columns without a share are as wide as their widest cell, the others have the rest of the room
    by their shares, but no more than they need. Where it is too little for all, columns that say
    so are snug, and then the widest column without a share is narrowed.
    """
    natural = [
        max([len(column.title), *(len(row[at]) for row in rows)])
        for at, column in enumerate(columns)
    ]
    shares = [column.share for column in columns]
    room = width - len(_GAP) * (len(columns) - 1)
    fixed = [0 if share else need for share, need in zip(shares, natural, strict=True)]
    if sum(natural) > room:
        fixed = [
            min(need, column.snug) if column.snug else need
            for need, column in zip(fixed, columns, strict=True)
        ]
    least = sum(min(_LEAST, need) for share, need in zip(shares, natural, strict=True) if share)
    while sum(fixed) > room - least and max(fixed) > _LEAST:
        fixed[fixed.index(max(fixed))] -= 1
    return _shared(natural, shares, fixed, room - sum(fixed))


def _shared(
    natural: Sequence[int], shares: Sequence[int], fixed: Sequence[int], rest: int
) -> list[int]:
    widths = list(fixed)
    open_columns = [at for at, share in enumerate(shares) if share]
    while open_columns:
        total = sum(shares[at] for at in open_columns)
        content = [at for at in open_columns if natural[at] <= rest * shares[at] // total]
        for at in content:
            widths[at] = natural[at]
        if not content:
            for at in open_columns:
                widths[at] = max(rest * shares[at] // total, min(_LEAST, natural[at]))
            break
        rest -= sum(natural[at] for at in content)
        open_columns = [at for at in open_columns if at not in content]
    return widths


def wrap(text: str, width: int) -> list[str]:
    """Return `text` in lines of at most `width` characters, broken at spaces where it has any."""
    lines = []
    while len(text) > width:
        at = text.rfind(" ", 0, width + 1)
        if at <= 0:
            lines.append(text[:width])
            text = text[width:]
        else:
            lines.append(text[:at])
            text = text[at + 1 :]
    lines.append(text)
    return lines
