"""An answer for a terminal, in colour where that is wanted, laid out by rich."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.style import Style
from rich.table import Table as RichTable
from rich.text import Text

from kimplan.answers.answer import Answer, Facts, Heading, Line, Part, Prose, Table, Tone
from kimplan.formatters.answer_text import (
    Widths,
    fits,
    has_gap,
    shown,
    stacked,
    table_widths,
    visible_titles,
)
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
        console.print(_rendered(part, width, widths))
    return "".join(f"{line.rstrip(' ')}\n" for line in out.getvalue().splitlines())


def _rendered(part: Part, width: int, widths: Widths) -> RenderableType:
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
            room = widths[visible_titles(part)]
            return _table(part, room) if fits(room, width) else Group(*_stacked(part))


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


def _table(table: Table, widths: list[int]) -> RenderableType:
    rich = RichTable(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="bold underline")
    for title, column, room in zip(visible_titles(table), table.columns, widths, strict=True):
        rich.add_column(
            Text(title),
            width=room,
            justify="right" if column.is_number else "left",
            overflow="fold",
        )
    for row in table.rows:
        cells = zip(row, table.columns, strict=True)
        rich.add_row(*(Text(shown(cell), _STYLES[column.tone_of(cell)]) for cell, column in cells))
    return rich
