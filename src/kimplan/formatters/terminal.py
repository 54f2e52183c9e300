"""An answer for a terminal, in colour where that is wanted, laid out by rich."""

from __future__ import annotations

import io

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.style import Style
from rich.table import Table as RichTable
from rich.text import Text

from kimplan.characters import make_visible
from kimplan.formatters.view_text import column_widths
from kimplan.model.prose import Block
from kimplan.views.view import Column, Facts, Heading, Line, Part, Prose, Table, Tone, View

_STYLES = {
    Tone.PLAIN: "",
    Tone.GREEN: "bold green",
    Tone.AMBER: "bold yellow",
    Tone.RED: "bold red",
    Tone.QUIET: "dim",
    Tone.LATE: "bold red",
}


def format_terminal(view: View, width: int, *, colour: bool) -> str:
    """Return the parts of `view` for a terminal that is `width` columns wide."""
    out = io.StringIO()
    console = Console(
        file=out,
        width=width,
        force_terminal=True,
        color_system="standard" if colour else None,
        no_color=not colour,
        legacy_windows=False,
        highlight=False,
        emoji=False,
        markup=False,
    )
    for number, part in enumerate(view.parts):
        above = view.parts[number - 1] if number else Heading("")
        if number and not isinstance(above, Heading) and not isinstance(part, type(above)):
            console.print()
        console.print(_rendered(part, width))
    return "".join(f"{line.rstrip()}\n" for line in out.getvalue().splitlines())


def _rendered(part: Part, width: int) -> RenderableType:
    match part:
        case Heading(text):
            return Text(f"{make_visible(text)}", style="bold")
        case Line(text, tone):
            return Text(make_visible(text), style=_STYLES[tone])
        case Prose(blocks):
            return Group(*map(_block, blocks))
        case Facts():
            return _facts(part)
        case Table():
            return _table(part, width)


def _block(block: Block) -> RenderableType:
    text = Text()
    for span in block.spans:
        style = Style(bold=span.bold, link=span.link or None, underline=bool(span.link))
        text.append(make_visible(span.text), style)
        if span.link and span.link != span.text:
            text.append(f" ({make_visible(span.link)})")
    if not block.level:
        return Padding(text, (0, 0, 1, 0))
    grid = RichTable.grid(padding=(0, 1, 0, 0))
    grid.add_row("-" if block.bullet else " ", text)
    return Padding(grid, (0, 0, 0, 2 * (block.level - 1)))


def _facts(facts: Facts) -> RenderableType:
    grid = RichTable.grid(padding=(0, 2, 0, 0))
    for name, value, tone in facts.pairs:
        grid.add_row(Text(name, style="dim"), Text(make_visible(value), style=_STYLES[tone]))
    return grid


def _table(table: Table, width: int) -> RenderableType:
    shown = [tuple(map(make_visible, row)) for row in table.rows]
    widths = column_widths(table.columns, shown, width)
    rich = RichTable(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="bold underline")
    for column, room in zip(table.columns, widths, strict=True):
        rich.add_column(
            Text(column.title),
            width=room,
            justify="right" if column.is_number else "left",
            overflow="fold",
        )
    for row in shown:
        rich.add_row(*(_cell(*pair) for pair in zip(row, table.columns, strict=True)))
    return rich


def _cell(text: str, column: Column) -> Text:
    tone = column.tones.get(text, column.tone)
    return Text(text, style=_STYLES[tone])
