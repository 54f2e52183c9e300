"""What the report's document says as HTML: runs, paragraphs, lists, ratings and rows of cells.

A page has many thousands of them, and a template's macro for each would take most of its time.
Every text goes through markupsafe, as it does in the templates; what is put together is marked as
markup once, where a template takes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from markupsafe import Markup, escape

from kimplan.html.address import address
from kimplan.html.prose import Listing, Node, breakable, nested
from kimplan.html.tables import class_of, kind_of
from kimplan.model.column_field import ColumnField
from kimplan.model.prose import Block, Span
from kimplan.model.rating import Rating
from kimplan.report.document import Cell, TableColumn, TableRow


def runs(spans: Iterable[Span], prefix: str = "") -> Markup:
    """Return words with their look and links; `prefix` stands before the refs of this page."""
    return _marked(_runs(spans, prefix))


def prose(blocks: Sequence[Block], prefix: str = "") -> Markup:
    """Return a text: its blocks as paragraphs and lists."""
    return _marked(_prose(blocks, prefix))


def rating(value: Rating, label: str) -> Markup:
    """Return a rating's word in its colours."""
    return _marked(_rating(value, label))


def row(found: TableRow, columns: Sequence[TableColumn], header: int, prefix: str = "") -> Markup:
    """Return a row of cells, of which the one at `header` names it.

    That one is a link to the row, where it is a ref and the row has an anchor.
    """
    anchor = f' id="{escape(prefix + found.anchor)}"' if found.anchor else ""
    cells = [
        _header(found, cell, column, prefix) if at == header else _cell(cell, column, prefix)
        for at, (cell, column) in enumerate(zip(found.cells, columns, strict=True))
    ]
    return _marked(f"<tr{anchor}>{''.join(cells)}</tr>\n")


def _header(found: TableRow, cell: Cell, column: TableColumn, prefix: str) -> str:
    words = _content(cell, prefix)
    if found.anchor and column.field == ColumnField.REF:
        target = escape(prefix + found.anchor)
        words = f'<a class="ref" href="#{target}">{escape(cell.text)}</a>'
    return f'<th scope="row" class="{escape(class_of(column))}">{words}</th>'


def _cell(cell: Cell, column: TableColumn, prefix: str) -> str:
    said = f'<div class="said">{_content(cell, prefix)}</div>' if cell.blocks else ""
    return f"{_opening(column, kind_of(cell))}{said}</td>"


@lru_cache(maxsize=256)
def _opening(column: TableColumn, kind: str) -> str:
    """Return what a cell begins with, which is the same in very many rows."""
    kinds = escape(f"{class_of(column)} {kind}".rstrip())
    return f'<td class="{kinds}" data-label="{escape(column.label)}">'


def _content(cell: Cell, prefix: str) -> str:
    """Return what a cell says; a single paragraph needs no element of its own."""
    blocks = cell.blocks
    if cell.rating:
        rest = (f"<p>{_runs(block.spans, prefix)}</p>" for block in blocks[1:])
        return f"{_rating(cell.rating, blocks[0].text)}{''.join(rest)}"
    if len(blocks) == 1 and not blocks[0].level:
        return _runs(blocks[0].spans, prefix)
    return _prose(blocks, prefix)


def _marked(markup: str) -> Markup:
    return Markup(markup)  # noqa: S704 - all that is not ours in it has been escaped


def _runs(spans: Iterable[Span], prefix: str) -> str:
    return "".join([_run(span, prefix) for span in spans])


def _run(span: Span, prefix: str) -> str:
    words: str = breakable(span.text)
    if span.bold:
        words = f"<strong>{words}</strong>"
    if span.link and (target := address(span.link, prefix)):
        return f'<a href="{escape(target)}">{words}</a>'
    return words


def _prose(blocks: Sequence[Block], prefix: str) -> str:
    if any(block.level for block in blocks):
        return _nodes(nested(blocks), prefix)
    return "".join([f"<p>{_runs(block.spans, prefix)}</p>" for block in blocks])


def _nodes(nodes: Iterable[Node], prefix: str) -> str:
    return "".join([_node(node, prefix) for node in nodes])


def _node(node: Node, prefix: str) -> str:
    if not isinstance(node, Listing):
        return f"<p>{_runs(node.spans, prefix)}</p>"
    items = (
        f"<li>{_marker(item.marker)}{_runs(item.spans, prefix)}{_nodes(item.below, prefix)}</li>"
        for item in node.entries
    )
    tag = "ol" if node.is_numbered else "ul"
    return f"<{tag}>{''.join(items)}</{tag}>"


def _marker(marker: str) -> str:
    return f'<span class="marker">{escape(marker)} </span>' if marker else ""


def _rating(value: Rating, label: str) -> str:
    return f'<span class="rating rating-{value.value}">{breakable(label)}</span>'
