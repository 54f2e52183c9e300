"""The rows of a plan's table: which are records, which are sections, and which are neither."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kimplan.intake.entry import Cell, Entry
from kimplan.intake.headers import is_same_header
from kimplan.intake.headings import (
    NOTE,
    SUBJECTS,
    as_one,
    is_heading,
    is_numbered_heading,
    title_of_header,
)
from kimplan.intake.prose import clean, tidy, words_of
from kimplan.intake.refs import looks_like_a_ref
from kimplan.intake.tables import Found, Part, bare_name
from kimplan.model.prose import Block
from kimplan.sheet import Sheet, SheetCell, SheetFile, SheetRow

_LONG = 140  # characters; a heading is shorter


class Heading(NamedTuple):
    """A section as the source has it; without a title it is not named there."""

    title: str
    narrative: tuple[Block, ...] = ()
    place: str = ""


class Aside(NamedTuple):
    """Words that are no part of a record, where they stand, and in how many cells."""

    place: str
    text: str
    cells: int = 1


class Rows(NamedTuple):
    """What stands in the parts of a table."""

    entries: tuple[Entry, ...]
    sections: tuple[Heading, ...]
    asides: tuple[Aside, ...]
    cells: int  # with words in them, of headers and sections
    joined: tuple[str, ...]  # places of rows that go on with the record above


def read_rows(found: Found, file: SheetFile) -> Rows:
    """Return the records and sections of the table in all its parts."""
    reader = _Reader(has_several=len(found.parts) > 1)
    for part in found.parts:
        reader.read(part, file)
    for sheet in found.others:
        reader.set_aside(sheet)
    return reader.result()


class _Reader:
    """What is known while the rows are read from the top."""

    def __init__(self, *, has_several: bool) -> None:
        self._has_several = has_several
        self._entries: list[Entry] = []
        self._sections: list[Heading] = []
        self._by_title: dict[str, int] = {}
        self._asides: list[Aside] = []
        self._joined: list[str] = []
        self._waiting: list[Heading] = []
        self._now = -1
        self._cells = 0

    def read(self, part: Part, file: SheetFile) -> None:
        self._begin(part, file)
        above = part.sheet.rows[: part.header.first]
        title = title_of_header(part)
        for row in above[:-1] if title else above:
            self._aside(row, part.sheet)
        if title:
            self._cells += 1
            self._heading(title, f"{part.sheet.name}, row {above[-1].number}")
        for row in part.sheet.rows[part.header.first : part.header.end]:
            self._cells += _filled(row)
        before = part.header.end
        last_number = part.sheet.rows[before - 1].number if before else 0
        is_apart = False
        for row, cells in _with_spans(part.sheet.rows[before:]):
            if all(cell.is_blank for cell in cells):
                continue
            is_apart = is_apart or (bool(last_number) and row.number > last_number + 1)
            known = len(self._entries), len(self._asides)
            self._row(row, cells, part, is_apart=is_apart)
            is_apart = _stays_apart(known, (len(self._entries), len(self._asides)), is_apart)
            last_number = row.number
        self._drop_waiting()

    def _begin(self, part: Part, file: SheetFile) -> None:
        """Take the heading above a table for a section, where it is not the document's."""
        title = " ".join(clean(part.sheet.title).split())
        if not title and self._has_several and part.sheet.name.startswith("sheet "):
            title = bare_name(part.sheet.name)
        is_documents = title.casefold() == " ".join(file.title.split()).casefold()
        if title and not part.is_continued and not (is_documents and self._sections):
            self._waiting = [Heading(title, tidy(part.sheet.above), part.sheet.name)]

    def _row(
        self, row: SheetRow, cells: Sequence[SheetCell], part: Part, *, is_apart: bool
    ) -> None:
        place = f"{part.sheet.name}, row {row.number}"
        own = [cell for cell in row.cells if cell.blocks and not cell.is_covered]
        own = [cell for cell in own if not cell.is_blank] if len(own) < 3 else own
        if row.is_header or is_same_header(row, part.header):
            self._cells += _filled(row)
        elif self._goes_on(row, cells, part):
            self._join(row, cells, part, place)
        elif is_numbered_heading(own, row):
            self._cells += len(own)
            self._heading(as_one(own), place)
        elif len(own) == 1 and is_heading(own[0], row, part):
            self._cells += 1
            self._heading(own[0], place)
        elif _is_record(cells, part, is_apart=is_apart):
            self._record(row, cells, part, place)
        else:
            self._aside(row, part.sheet)

    def _goes_on(self, row: SheetRow, cells: Sequence[SheetCell], part: Part) -> bool:
        """Return whether the row belongs to the record above: its ref or its subject reaches on."""
        if not self._entries or self._waiting:
            return False
        fields = {column.field: at for at, column in enumerate(part.columns) if column.field}
        head = fields.get("ref", next((fields[one] for one in SUBJECTS if one in fields), None))
        if head is None:
            return False
        if not cells[head].is_blank:
            return row.cells[head].is_covered
        subjects = [fields[one] for one in ("ref", *SUBJECTS) if one in fields]
        says = [fields[one] for one in ("response", "progress", "evidence") if one in fields]
        is_bare = all(cells[at].is_blank for at in subjects)
        return (
            is_bare
            and any(not cells[at].is_blank and row.cells[at].across == 1 for at in says)
            and not NOTE.match(next(cell.text for cell in cells if not cell.is_blank))
        )

    def _join(self, row: SheetRow, cells: Sequence[SheetCell], part: Part, place: str) -> None:
        entry = self._entries[-1]
        for column, cell, raw in zip(part.columns, cells, row.cells, strict=True):
            if not raw.is_covered and not cell.is_blank:
                entry.add(Cell(column, cell))
        self._joined.append(place)

    def _heading(self, cell: SheetCell, place: str) -> None:
        blocks = tidy(cell.blocks)
        title = words_of(blocks[:1])
        is_text = len(title) > _LONG or (title.endswith(".") and len(title.split()) > 4)
        if self._waiting and is_text:
            above = self._waiting[-1]
            self._waiting[-1] = above._replace(narrative=(*above.narrative, *blocks))
            return
        self._drop_waiting()
        self._waiting = [Heading(title, blocks[1:], place)]

    def _drop_waiting(self) -> None:
        """Set headings aside that no record follows."""
        for heading in self._waiting:
            words = words_of(heading.narrative)
            self._asides.append(Aside(heading.place, f"{heading.title} {words}".strip()))
        self._waiting = []

    def _record(self, row: SheetRow, cells: Sequence[SheetCell], part: Part, place: str) -> None:
        own = [
            Cell(column, cell)
            for column, cell in zip(part.columns, cells, strict=True)
            if cell.blocks or cell.fill or cell.remarks
        ]
        named = [one.cell for one in own if one.column.field == "section" and not one.cell.is_blank]
        if named:
            self._drop_waiting()  # the section's column says it, whatever stands above
            blocks = tidy(named[0].blocks)
            self._open(Heading(words_of(blocks[:1]), blocks[1:], place))
        for heading in self._waiting:
            self._open(heading)
        self._waiting = []
        if self._now < 0:
            self._open(Heading(""))
        self._entries.append(Entry(own, self._now, place, row.is_hidden))

    def _open(self, heading: Heading) -> None:
        key = heading.title.casefold()
        if key in self._by_title:
            self._now = self._by_title[key]
            known = self._sections[self._now]
            if not known.narrative:
                self._sections[self._now] = known._replace(narrative=heading.narrative)
            return
        self._now = self._by_title[key] = len(self._sections)
        self._sections.append(heading)

    def set_aside(self, sheet: Sheet) -> None:
        """List the rows of a table that is no part of the plan's."""
        for row in sheet.rows:
            self._aside(row, sheet)

    def _aside(self, row: SheetRow, sheet: Sheet) -> None:
        texts = [words_of(cell.blocks) for cell in row.cells if not cell.is_covered]
        if text := " | ".join(filter(None, texts)):
            place = f"{sheet.name}, row {row.number}"
            self._asides.append(Aside(place, text, _filled(row)))

    def result(self) -> Rows:
        return Rows(
            tuple(self._entries),
            tuple(self._sections),
            tuple(self._asides),
            self._cells,
            tuple(self._joined),
        )


def _stays_apart(known: tuple[int, int], now: tuple[int, int], is_apart: bool) -> bool:
    """Return whether the next row is to show that it is a record: none was since a gap or note."""
    return now[0] == known[0] and (is_apart or now[1] > known[1])


def _filled(row: SheetRow) -> int:
    return sum(not cell.is_covered and not cell.is_blank for cell in row.cells)


def _with_spans(rows: Sequence[SheetRow]) -> Iterator[tuple[SheetRow, tuple[SheetCell, ...]]]:
    """Yield each row, and its cells with those empty that a cell to their left covers."""
    spans: dict[int, tuple[int, int]] = {}  # by first column: how many columns, and rows to come
    for row in rows:
        hidden = {
            at
            for start, (across, down) in spans.items()
            if down > 0
            for at in range(start + 1, start + across)
        }
        spans = {start: (across, down - 1) for start, (across, down) in spans.items() if down > 1}
        for at, cell in enumerate(row.cells):
            if not cell.is_covered and (cell.across > 1 or cell.down > 1):
                hidden.update(range(at + 1, at + cell.across))
                spans[at] = (cell.across, cell.down - 1)
        empty = SheetCell()
        yield (
            row,
            row.cells
            if not hidden
            else tuple(
                empty if at in hidden and cell.is_covered else cell
                for at, cell in enumerate(row.cells)
            ),
        )


def _words(cell: SheetCell | None) -> str:
    return " ".join(cell.text.split()) if cell else ""


def _is_record(cells: Sequence[SheetCell], part: Part, *, is_apart: bool) -> bool:
    """Return whether a row with several cells is a record; below a gap it has to show it."""
    by_field = {
        column.field: cell
        for column, cell in zip(part.columns, cells, strict=True)
        if not cell.is_blank
    }
    subject = _words(next((by_field[one] for one in SUBJECTS if one in by_field), None))
    ref, first = _words(by_field.get("ref")), _words(next(iter(by_field.values()), None))
    has_ref = looks_like_a_ref(ref)
    if not has_ref and NOTE.match(first):
        return False
    if is_apart and not has_ref:
        return len(subject) > 3 and len(by_field) * 2 >= len(part.columns)
    has_words = bool(re.search("[A-Za-z]{2}", subject))
    return has_words or (has_ref and len(by_field) > 1)
