"""Tables as text: everything that a reader found, a line a cell."""

from __future__ import annotations

from collections.abc import Iterator

from kimplan.model.prose import Block
from kimplan.sheet import Remark, Sheet, SheetCell, SheetFile, SheetRow


def dump(file: SheetFile) -> str:
    """Return all that was read of a file, but for its digest."""
    return "\n".join(_file(file)) + "\n"


def rows(sheet: Sheet) -> list[list[str]]:
    """Return the words of a table, cell by cell; what is covered is empty."""
    return [["" if cell.is_covered else cell.text for cell in row.cells] for row in sheet.rows]


def _file(file: SheetFile) -> Iterator[str]:
    yield f"{file.name}, title {file.title!r}" + (f", report of {file.commit}" * file.is_report)
    yield from (f"  {_remark(one)}" for one in file.remarks)
    for sheet in file.sheets:
        yield f"== {sheet.name} below {sheet.title!r}" + ", hidden" * sheet.is_hidden
        yield from (f"  above: {show(block)}" for block in sheet.above)
        yield from (f"  {_remark(one)}" for one in sheet.remarks)
        for row in sheet.rows:
            yield from _row(row)


def _row(row: SheetRow) -> Iterator[str]:
    yield f"-- row {row.number}" + ", header" * row.is_header + ", hidden" * row.is_hidden
    for column, cell in enumerate(row.cells):
        if not cell.is_covered:
            yield from _cell(column, cell)


def _cell(column: int, cell: SheetCell) -> Iterator[str]:
    marks = [
        *([f"#{cell.fill}"] if cell.fill else []),
        *([f"{cell.across}x{cell.down}"] if (cell.across, cell.down) != (1, 1) else []),
        *([f"due {cell.due.text}"] if cell.due else []),
        *(["number"] if cell.is_number else []),
        *(["heading"] if cell.is_heading else []),
        *(["hidden"] if cell.is_hidden else []),
    ]
    yield f"   {column}: {', '.join(marks)}".rstrip()
    yield from (f"     {show(block)}" for block in cell.blocks)
    yield from (f"     {_remark(one)}" for one in cell.remarks)


def show(block: Block) -> str:
    """Return a block with the marks of its look."""
    words = "".join(
        f"[{text}]({span.link})" if span.link else text
        for span in block.spans
        for text in [f"**{span.text}**" if span.bold else span.text]
    )
    mark = block.marker or ("-" if block.bullet else "+" if block.level else "")
    return f"{'  ' * max(block.level - 1, 0)}{mark} {words}" if mark else words


def _remark(one: Remark) -> str:
    who = ", ".join(filter(None, [one.by, one.on.isoformat() if one.on else ""]))
    return f"({one.kind}{f' by {who}' if who else ''}{f': {one.text}' if one.text else ''})"
