"""The plan's table among the tables of a file, with the parts into which it is cut."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from kimplan.errors import KimplanError
from kimplan.intake.columns import Column, guess
from kimplan.intake.headers import Header, find_header
from kimplan.intake.labels import plain
from kimplan.intake.prose import words_of
from kimplan.model.suggestion import did_you_mean
from kimplan.sheet import Sheet, SheetFile

_ENOUGH_ROWS = 100  # to tell which of several tables is the plan
_ENOUGH = 0.6  # of the labels are the same in a part of the same table


class Part(NamedTuple):
    """A sheet that holds the plan or a part of it, with the header and columns that it has."""

    sheet: Sheet
    header: Header
    columns: tuple[Column, ...]
    is_continued: bool = False  # without a header of its own


class Found(NamedTuple):
    """The plan's table in its parts, and the sheets that are no part of it."""

    parts: tuple[Part, ...]
    others: tuple[Sheet, ...]


def find(file: SheetFile, told: Mapping[str, str], named: str = "") -> Found:
    """Return the plan's table; `named` is the sheet that was asked for.

    Raises KimplanError where there is none, or none with a header.
    """
    headers = {at: find_header(sheet) for at, sheet in enumerate(file.sheets)}
    wanted = [at for at, one in headers.items() if one and (one.is_sure or told)]
    wanted = [at for at in wanted if not file.sheets[at].is_hidden] or wanted
    if named:
        wanted = [_named(file, named)]
    best = max(wanted, key=lambda at: _worth(file.sheets[at], headers[at]), default=-1)
    header = headers.get(best)
    if header is None:
        raise _refusal(file)
    main = Part(file.sheets[best], header, guess_columns(file.sheets[best], header, told))
    parts = (main,) if named else _parts(file, headers, main, told)
    taken = [part.sheet for part in parts]
    others = [sheet for sheet in file.sheets if not any(sheet is one for one in taken)]
    return Found(parts, tuple(others))


def _named(file: SheetFile, named: str) -> int:
    names = [sheet.name for sheet in file.sheets]
    for at, name in enumerate(names):
        if plain(named) in {plain(name), plain(bare_name(name)), plain(file.sheets[at].title)}:
            return at
    hint = (
        f"{did_you_mean(named, map(bare_name, names))} There is: {', '.join(names[:20])}.".strip()
    )
    raise KimplanError(f"there is no table '{named[:60]}'", hint)


def bare_name(name: str) -> str:
    """Return a sheet's name without the word for what it is: ``Plan`` of ``sheet 'Plan'``."""
    found = re.fullmatch(r"[a-z]+ ['‘\"](.*)['’\"]", name)
    return found[1] if found else name


def _refusal(file: SheetFile) -> KimplanError:
    if not any(sheet.rows for sheet in file.sheets):
        hint = "kimplan reads tables: one row a recommendation, with a header above."
        return KimplanError(f"{file.name} holds no table", hint)
    shown = ", ".join(sheet.name for sheet in file.sheets[:5])
    hint = (
        "Give its first row labels such as Ref, Recommendation, Response, RAG, Due date, Owner; "
        'or say what a column is: --map "Lead=owners".'
    )
    return KimplanError(f"no table of {file.name} has a header that is understood ({shown})", hint)


def _worth(sheet: Sheet, header: Header | None) -> tuple[int, int]:
    """Return how much speaks for a sheet: the fields of its header, then its rows."""
    columns = guess_columns(sheet, header, {}, lenient=True) if header else ()
    fields = {column.field for column in columns if column.field and not column.own_id}
    return len(fields), len(sheet.rows)


def guess_columns(
    sheet: Sheet, header: Header, told: Mapping[str, str], *, lenient: bool = False
) -> tuple[Column, ...]:
    """Return the columns of `sheet`; with `lenient` none where two claim one field."""
    below = sheet.rows[header.end : header.end + _ENOUGH_ROWS if lenient else None]
    rows = [row for row in below if all(cell.across <= 2 for cell in row.cells)]
    cells = [[row.cells[at].text.strip() for row in rows] for at in range(len(header.labels))]
    fills = [[row.cells[at].fill for row in rows] for at in range(len(header.labels))]
    try:
        return guess(header.labels, cells, told, fills)
    except KimplanError:
        if lenient:
            return ()
        raise


def _parts(
    file: SheetFile, headers: Mapping[int, Header | None], main: Part, told: Mapping[str, str]
) -> tuple[Part, ...]:
    """Return the sheets that are parts of the table `main`, itself among them."""
    parts: list[Part] = []
    is_open = False
    for at, sheet in enumerate(file.sheets):
        part = (
            main if sheet is main.sheet else _part(sheet, headers[at], main, told, is_open=is_open)
        )
        if part is not None:
            parts.append(part)
        is_open = part is not None
    return tuple(parts)


def _part(
    sheet: Sheet, header: Header | None, main: Part, told: Mapping[str, str], *, is_open: bool
) -> Part | None:
    """Return `sheet` as a part of the table `main`, or None if it is another table."""
    if sheet.is_hidden != main.sheet.is_hidden or not sheet.rows:
        return None
    if header and _is_alike(header.labels, main.header.labels):
        known = {plain(label) for label in header.labels}
        own = {key: to for key, to in told.items() if plain(key) in known}
        columns = guess_columns(sheet, header, own)
        return Part(sheet, header, tuple(_as_in(main, column) for column in columns))
    is_bare = header is None or not header.is_sure
    if is_open and is_bare and len(sheet.rows[0].cells) == len(main.columns):
        above = Header(0, 0, main.header.labels)
        if _continues(sheet, main):
            return Part(sheet, above, main.columns, is_continued=True)
    return None


def _as_in(main: Part, column: Column) -> Column:
    """Return a column with the field of the one that is called the same in the table `main`."""
    fields = {one.field for one in main.columns if plain(one.label) == plain(column.label)}
    return column._replace(field=fields.pop()) if len(fields) == 1 else column


def _is_alike(labels: Sequence[str], others: Sequence[str]) -> bool:
    one, other = ({plain(label) for label in side if label} for side in (labels, others))
    return len(one & other) >= max(2, _ENOUGH * max(len(one), len(other)))


def _continues(sheet: Sheet, main: Part) -> bool:
    """Return whether a table without a header holds rows of the table `main`."""
    at = next((n for n, one in enumerate(main.columns) if one.field == "rag"), None)
    if at is None:
        return True
    from kimplan.intake.ratings import read_rating

    return any(read_rating(words_of(row.cells[at].blocks)).rating for row in sheet.rows[:20])
