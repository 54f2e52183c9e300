"""Tables that stand beside the plan's on one sheet, behind a gap: they are none of its columns."""

from __future__ import annotations

from collections.abc import Iterator

from kimplan.intake.headers import find_header
from kimplan.sheet import Sheet, SheetFile

_MOST = 0.5  # of the plan's rows have words in a table beside it


def apart(file: SheetFile) -> SheetFile:
    """Return the file with each table that stands beside another as a sheet of its own."""
    return file._replace(sheets=tuple(one for sheet in file.sheets for one in _split(sheet)))


def _split(sheet: Sheet) -> Iterator[Sheet]:
    gap = _gap(sheet)
    if gap is None or not _is_other(sheet, gap):
        yield sheet
        return
    yield _cut(sheet, 0, gap)
    yield _cut(sheet, gap, None)._replace(name=f"{sheet.name}, beside the plan", title="", above=())


def _gap(sheet: Sheet) -> int | None:
    """Return the first column without any words that has some on both sides."""
    width = len(sheet.rows[0].cells) if sheet.rows else 0
    filled = [False] * width
    for row in sheet.rows:
        for at, cell in enumerate(row.cells):
            filled[at] = filled[at] or bool(cell.blocks) or bool(cell.fill)
    begins = next((at for at, one in enumerate(filled) if one), width)
    found = next((at for at in range(begins, width) if not filled[at]), None)
    return found if found is not None and any(filled[found:]) else None


def _is_other(sheet: Sheet, gap: int) -> bool:
    """Return whether what stands behind the gap is no part of the table before it."""
    header = find_header(_cut(sheet, 0, gap))
    if header is None or not header.is_sure:
        return False
    below = sheet.rows[header.end :]
    before = sum(any(cell.blocks for cell in row.cells[:gap]) for row in below)
    behind = sum(any(cell.blocks for cell in row.cells[gap:]) for row in below)
    return behind <= before * _MOST


def _cut(sheet: Sheet, first: int, end: int | None) -> Sheet:
    rows = tuple(row._replace(cells=row.cells[first:end]) for row in sheet.rows)
    return sheet._replace(rows=rows)
