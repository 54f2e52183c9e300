"""The main part of a Word file as it comes: a row of a table is forgotten once it was read.

As a tree, a report of ten thousand rows takes half a gigabyte.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator
from typing import IO, Any

from lxml import etree

from kimplan.word.tags import qn

ROW, _TABLE, _BODY = qn("w:tr"), qn("w:tbl"), qn("w:body")


class Piece(enum.Enum):
    """What a piece of a document's body is: a table's begin, a child of it, its end, or another.

    Only the tables that stand in the body itself come in pieces.
    """

    TABLE = enum.auto()
    PART = enum.auto()
    END = enum.auto()
    OTHER = enum.auto()


def events(source: IO[bytes], kinds: tuple[str, ...], *tags: str) -> Any:
    """Return lxml's events of these `kinds` for elements with these `tags`.

    As `parse` does, it takes no entities and asks no network.
    """
    return etree.iterparse(
        source, kinds, tag=tags, resolve_entities=False, no_network=True, huge_tree=False
    )


def is_of_body(table: Any) -> bool:
    """Return whether an element is a table that stands in the body of a document itself."""
    if table is None or table.tag != _TABLE:
        return False
    body = table.getparent()
    document = body.getparent() if body is not None and body.tag == _BODY else None
    if document is None or document.getparent() is not None:
        return False
    return document.find(_BODY) is body


def forget(row: Any) -> None:
    """Empty a row that was read, and take away the one above it, which nothing follows on.

    The parser may be ahead, so the row itself stays where it is.
    """
    row.clear(keep_tail=True)
    above = row.getprevious()
    if above is not None and above.tag == ROW:
        row.getparent().remove(above)


def pieces(source: IO[bytes]) -> Iterator[tuple[Piece, Any]]:
    """Yield the pieces of the body in the main part that `source` holds, in their order.

    A row of a table is good until the next piece is asked for.
    """
    parsing = events(source, ("end",), ROW)
    table = last = None  # the table that was begun, and the piece of it or of the body before
    for _, row in parsing:
        parent = row.getparent()
        if parent is not table:
            if not is_of_body(parent):
                continue
            yield from _rest(table, last)
            yield from _others(parent.getparent(), table, parent)
            yield Piece.TABLE, parent
            table, last = parent, None
        for child in _between(table, last, row):
            yield Piece.PART, child
        yield Piece.PART, row
        forget(row)
        last = row
    yield from _rest(table, last)
    body = parsing.root.find(_BODY)
    if body is not None:
        yield from _others(body, table, None)


def _rest(table: Any, last: Any) -> Iterator[tuple[Piece, Any]]:
    if table is not None:
        for child in _between(table, last, None):
            yield Piece.PART, child
        yield Piece.END, table


def _others(body: Any, after: Any, before: Any) -> Iterator[tuple[Piece, Any]]:
    """Yield the pieces between two tables that have rows."""
    for child in _between(body, after, before):
        if child.tag == _TABLE:
            yield Piece.TABLE, child
            yield from _rest(child, None)
        else:
            yield Piece.OTHER, child


def _between(parent: Any, after: Any, before: Any) -> Iterator[Any]:
    """Yield the children that are elements behind one of them and before another."""
    children = parent.iterchildren("*") if after is None else after.itersiblings("*")
    for child in children:
        if child is before:
            return
        yield child
