"""The tables of a report against what they should say: their place, rows, cells and colours."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from kimplan.changes.order import longest_rising
from kimplan.verify.difference import Difference, compare_cells, compare_places
from kimplan.verify.expected import Content, Grid
from kimplan.verify.rows import Matched, match_rows, row_name

ORDER = "order of the rows"
WHOLE_ROW, WHOLE_TABLE, ADDED_TABLE = "whole row", "whole table", "added table"
STRUCTURE = frozenset({WHOLE_ROW, WHOLE_TABLE, ADDED_TABLE})
_COLOUR = "colour"
_CONTINUED = "continued row"


def compare_tables(found: Content, right: Content, *, has_own_text: bool) -> Iterator[Difference]:
    """Yield what differs in the tables; in an organisation's own document others may be its own."""
    left = list(found.tables)
    pairs = []
    for grid in right.tables:
        table = _find(left, grid)
        if table:
            left.remove(table)
        pairs.append((grid, table))
    texts = {line.text for line in right.lines}
    for grid, table in pairs:
        if table is None:
            yield Difference(grid.title, "", WHOLE_TABLE, "", ", ".join(grid.labels))
            continue
        yield from compare_places(grid.title, table.below, grid.below, texts)
        yield from _table(grid, table)
    if not has_own_text:
        for table in left:
            text = " | ".join(table.labels)
            yield Difference(table.title or "Table", "", ADDED_TABLE, text, "")


def _find(tables: Sequence[Grid], grid: Grid) -> Grid | None:
    """Return the table that `grid` became: by title and header, by title, or by header."""
    alike = [
        [table for table in tables if table.title == grid.title and table.labels == grid.labels],
        [table for table in tables if table.title == grid.title],
        [table for table in tables if table.labels == grid.labels],
    ]
    return next((found[0] for found in alike if found), None)


def _table(grid: Grid, table: Grid) -> Iterator[Difference]:
    yield from compare_cells(grid.title, "header", grid.labels, table.labels, grid.labels)
    matched = match_rows(grid.rows, table.rows)
    for said, says in matched.pairs:
        yield from _row(grid, grid.rows[said], table.rows[says])
        yield from _colours(grid, said, table, says)
        yield from _refs(grid, said, table, says)
    for row in matched.gone:
        text = " | ".join(grid.rows[row])
        yield Difference(grid.title, row_name(grid.rows[row]), WHOLE_ROW, "", text)
    for row in matched.added:
        text = " | ".join(table.rows[row])
        yield Difference(grid.title, row_name(table.rows[row]), WHOLE_ROW, text, "")
    yield from _moved(grid, matched)


def _row(grid: Grid, said: tuple[str, ...], says: tuple[str, ...]) -> Iterator[Difference]:
    labels = ("Section",) if len(said) == 1 < len(grid.labels) else grid.labels
    yield from compare_cells(grid.title, row_name(said), labels, says, said)


def _colours(grid: Grid, said: int, table: Grid, says: int) -> Iterator[Difference]:
    """Yield each rating that stands in another's colour."""
    if not (grid.colours and table.colours):
        return
    for wanted, colour in zip(grid.colours[said], table.colours[says], strict=False):
        if wanted and colour != wanted:
            name = row_name(grid.rows[said])
            yield Difference(grid.title, name, _COLOUR, colour or "none", wanted)


def _refs(grid: Grid, said: int, table: Grid, says: int) -> Iterator[Difference]:
    """Yield each row that was cut and whose lower parts say that they belong to another one."""
    if grid.refs and table.refs and table.refs[says] not in {"", grid.refs[said]}:
        name = row_name(grid.rows[said])
        yield Difference(grid.title, name, _CONTINUED, table.refs[says], grid.refs[said])


def _moved(grid: Grid, matched: Matched) -> Iterator[Difference]:
    """Yield each row that stands elsewhere among the others: ``REC4`` *before REC3*."""
    order = [said for said, _ in sorted(matched.pairs, key=lambda pair: pair[1])]
    stayed, right = set(longest_rising(order)), sorted(order)
    for place, said in enumerate(order):
        if said not in stayed:
            later = bisect_left(right, said) + 1
            says = _before(grid, order[place + 1 : place + 2])
            wanted = _before(grid, right[later : later + 1])
            yield Difference(grid.title, row_name(grid.rows[said]), ORDER, says, wanted)


def _before(grid: Grid, following: Sequence[int]) -> str:
    """Return what a row stands before, in words."""
    if not following:
        return "stands last"
    return f"stands before {row_name(grid.rows[following[0]])}"
