"""An answer for a terminal, in colour where that is wanted, laid out by rich."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, partial

from rich.color import ColorSystem
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.style import Style
from rich.table import Table as RichTable
from rich.text import Text

from kimplan.answers.answer import Answer, Column, Facts, Heading, Line, Part, Prose, Table, Tone
from kimplan.formatters.answer_text import (
    GAP,
    fits,
    has_gap,
    shown,
    stacked,
    table_widths,
    visible_titles,
)
from kimplan.formatters.width import padded, wrap
from kimplan.model.prose import Block, Span

_STYLES = {
    Tone.PLAIN: "",
    Tone.GREEN: "bold green",
    Tone.BLUE: "bold blue",
    Tone.AMBER: "bold yellow",
    Tone.RED: "bold red",
    Tone.QUIET: "dim",
    Tone.LATE: "bold red",
}
# What a link's escape sequence may hold, and nothing that could end it.
_ADDRESS = re.compile(r"https://[!-~]+", re.IGNORECASE)


def format_terminal(view: Answer, width: int, *, colour: bool) -> str:
    """Return the parts of `view` for a terminal that is `width` columns wide."""
    out = io.StringIO()
    console = Console(
        file=out,
        width=width,
        height=25,  # without it rich takes no width for a terminal that it does not know
        force_terminal=True,
        color_system="standard" if colour else None,
        no_color=not colour,
        legacy_windows=False,
        highlight=False,
        emoji=False,
        markup=False,
    )
    widths = table_widths(view.parts, width)
    for number, part in enumerate(view.parts):
        if number and has_gap(view.parts[number - 1], part):
            console.print()
        if isinstance(part, Table) and fits(room := widths[visible_titles(part)], width):
            _print_table(console, part, room, colour=colour)
        else:
            console.print(_rendered(part))
    return "".join(f"{line.rstrip(' ')}\n" for line in out.getvalue().splitlines())


def _rendered(part: Part) -> RenderableType:
    match part:
        case Heading(text):
            return Text(shown(text), style="bold")
        case Line(text, tone):
            return Text(shown(text), style=_STYLES[tone])
        case Prose(blocks):
            return Group(*_blocks(blocks))
        case Facts():
            return _facts(part)
        case Table():
            return Group(*_stacked(part))


def _blocks(blocks: tuple[Block, ...]) -> Iterator[RenderableType]:
    for number, block in enumerate(blocks):
        if number and not block.is_item:
            yield Text("")
        text = Text()
        for span in block.spans:
            text.append_text(_span(span))
        if not block.level:
            yield text
            continue
        grid = RichTable.grid(padding=(0, 1, 0, 0))
        grid.add_column(no_wrap=True)
        grid.add_column(overflow="fold")
        grid.add_row(block.marker or ("-" if block.bullet else " "), text)
        yield Padding(grid, (0, 0, 0, 2 * (block.level - 1)))


def _span(span: Span) -> Text:
    """Return the words of `span`; the address of a link can always be seen."""
    is_safe = _ADDRESS.fullmatch(span.link)
    style = Style(bold=span.bold, link=span.link if is_safe else None, underline=bool(is_safe))
    text = Text().append(shown(span.text), style)
    if span.link and span.link != span.text:
        text.append(f" ({shown(span.link)})", Style(bold=span.bold))
    return text


def _facts(facts: Facts) -> RenderableType:
    grid = RichTable.grid(padding=(0, 2, 0, 0))
    grid.add_column(overflow="fold")
    grid.add_column(overflow="fold")
    for name, value, tone in facts.pairs:
        grid.add_row(Text(shown(name), style="dim"), Text(shown(value), style=_STYLES[tone]))
    return grid


def _stacked(table: Table) -> Iterator[RenderableType]:
    for number, facts in enumerate(stacked(table)):
        if number:
            yield Text("")
        yield _facts(facts)


def _print_table(console: Console, table: Table, widths: list[int], *, colour: bool) -> None:
    """Print `table` as rich lays it out.

    It takes rich longer to lay out a row than all else takes that is done with it, so that only
    the rows are left to it which hold more than plain letters.
    """
    console.print(_grid(table, widths, (), has_header=True))
    styles = {tone: _escapes(style) if colour else ("", "") for tone, style in _STYLES.items()}
    cells = [
        cache(partial(_plain_cell, column=column, room=room, styles=styles))
        for column, room in zip(table.columns, widths, strict=True)
    ]
    for row in table.rows:
        lines = [of_cell(text) for of_cell, text in zip(cells, row, strict=True)]
        if all(lines):
            console.file.writelines(f"{line}\n" for line in _joined(lines, widths))
        else:
            console.print(_grid(table, widths, (row,)))


def _plain_cell(
    text: str, column: Column, room: int, styles: Mapping[Tone, tuple[str, str]]
) -> list[str]:
    """Return the lines of a cell, or none where it may be laid out in more than one way."""
    cell = shown(text)
    if not _is_plain(cell, room):
        return []
    before, behind = styles[column.tone_of(text)]
    lines = (padded(line, room, is_number=column.is_number) for line in wrap(cell, room))
    return [f"{before}{line}{behind}" for line in lines]


def _grid(
    table: Table, widths: list[int], rows: Sequence[Sequence[str]], *, has_header: bool = False
) -> RenderableType:
    """Return some rows of `table`, with or without its header."""
    rich = RichTable(
        box=None,
        padding=(0, 2, 0, 0),
        pad_edge=False,
        header_style="bold underline",
        show_header=has_header,
    )
    for title, column, room in zip(visible_titles(table), table.columns, widths, strict=True):
        rich.add_column(
            Text(title),
            width=room,
            justify="right" if column.is_number else "left",
            overflow="fold",
        )
    for row in rows:
        cells = zip(row, table.columns, strict=True)
        rich.add_row(*(Text(shown(cell), _STYLES[column.tone_of(cell)]) for cell, column in cells))
    return rich


def _escapes(style: str) -> tuple[str, str]:
    """Return what rich writes before and behind a text of this style."""
    if not style:
        return "", ""
    before, _, behind = (
        Style.parse(style).render("-", color_system=ColorSystem.STANDARD).partition("-")
    )
    return before, behind


def _is_plain(cell: str, width: int) -> bool:
    """Return whether there is only one way to break a `cell` of this width."""
    return (
        cell.isascii()
        and cell.isprintable()
        and "  " not in cell
        and not (cell.startswith(" ") or cell.endswith(" "))
        and (len(cell) <= width or max(map(len, cell.split(" "))) <= width)
    )


def _joined(cells: Sequence[Sequence[str]], widths: Sequence[int]) -> Iterator[str]:
    """Yield the lines of a row; those of each of its `cells` are as wide as its column."""
    for number in range(max(map(len, cells))):
        yield GAP.join(
            [
                lines[number] if number < len(lines) else " " * room
                for lines, room in zip(cells, widths, strict=True)
            ]
        )
