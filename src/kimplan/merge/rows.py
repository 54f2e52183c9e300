"""The rows of a copy's tables, each with the recommendation that it is about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from kimplan.merge.base import BaseTable
from kimplan.merge.columns import PlanTable, match_header
from kimplan.merge.sameness import fold_name
from kimplan.model.column_field import ColumnField
from kimplan.model.language import known_languages, parse_language
from kimplan.model.plan import Settings
from kimplan.report.cells import CONTINUED
from kimplan.sheet import SheetCell, SheetRow


@lru_cache(maxsize=1)
def _continued() -> re.Pattern[str]:
    """Return how the first line of a row ends that goes on with the one above it."""
    said = (parse_language(tag).say(CONTINUED).strip() for tag in known_languages())
    return re.compile(rf"\s*(?:{'|'.join(map(re.escape, said))})\s*$", re.IGNORECASE)


class Row(NamedTuple):
    """A row of a copy: what stands in each field, and where it stands.

    `ref` is the base's, or empty where it has none, and `name` what the row calls itself. A row
    that was cut over pages has several `parts`, the uppermost first. `section` is the folded title
    of the section row above it, empty where there is none; `others` are the words of columns that
    are none of the plan's, by their labels.
    """

    ref: str
    name: str
    parts: tuple[Mapping[str, SheetCell], ...]
    section: str = ""
    others: tuple[tuple[str, str], ...] = ()
    is_hidden: bool = False


class SectionText(NamedTuple):
    """A row across the whole table: a section's title and its narrative."""

    title: str
    cell: SheetCell


def read_rows(
    tables: Sequence[PlanTable], base: BaseTable, settings: Settings
) -> tuple[list[Row], list[SectionText]]:
    """Return the rows of the plan's `tables`, those of one recommendation joined, and sections."""
    reader = _Reader(base, settings)
    for table in tables:
        reader.read(table)
    return reader.rows, reader.sections


class _Reader:
    """Reads one table after the other."""

    def __init__(self, base: BaseTable, settings: Settings) -> None:
        self._base = base
        self._settings = settings
        self._section = ""
        self.rows: list[Row] = []
        self.sections: list[SectionText] = []

    def read(self, table: PlanTable) -> None:
        """Read the rows of a table."""
        if table.sheet.title:
            self._section = fold_name(table.sheet.title)
        for row in table.rows:
            if section := _section(row):
                self._section = fold_name(section.title)
                self.sections.append(section)
            elif any(cell.text.strip() for cell in row.cells) and not self._is_header(row):
                self._add(self._row(row, table))

    def _is_header(self, row: SheetRow) -> bool:
        found = match_header(row, self._settings)
        return found is not None and not found.edited

    def _add(self, row: Row) -> None:
        if self.rows and _continued().search(row.name):
            above = self.rows[-1]
            name = _continued().sub("", row.name).strip()
            if fold_name(name) == fold_name(above.name):
                self.rows[-1] = above._replace(parts=(*above.parts, *row.parts))
                return
        self.rows.append(row)

    def _row(self, row: SheetRow, table: PlanTable) -> Row:
        places = table.columns.places
        cells = {field: row.cells[at] for field, at in places.items() if at < len(row.cells)}
        name = _name(cells)
        others = tuple(
            (label, row.cells[at].text.strip())
            for at, label in table.columns.added
            if at < len(row.cells) and row.cells[at].text.strip()
        )
        ref = self._find(name, cells)
        return Row(ref, name, (cells,), self._section, others, row.is_hidden)

    def _find(self, name: str, cells: Mapping[str, SheetCell]) -> str:
        """Return the ref of a row; one without a known ref is known by the Ombudsman's words."""
        if ref := self._base.ref(name):
            return ref
        said = cells.get(ColumnField.RECOMMENDATION)
        return self._base.by_words.get(fold_name(said.text), "") if said else ""


def _name(cells: Mapping[str, SheetCell]) -> str:
    cell = cells.get(ColumnField.REF) or cells.get(ColumnField.RECOMMENDATION)
    return cell.text.strip().partition("\n")[0] if cell else ""


def _section(row: SheetRow) -> SectionText | None:
    """Return the section that a row begins: one cell across the table, or one with words."""
    first, *others = row.cells
    is_across = first.across >= max(len(row.cells) - 1, 2)
    is_alone = len(others) > 1 and not any(cell.text.strip() for cell in others)
    if not first.text.strip() or not (is_across or (is_alone and first.is_heading)):
        return None
    return SectionText(first.text.strip().partition("\n")[0], first)


def own_rows(rows: Sequence[Row]) -> Iterator[tuple[str, list[Row]]]:
    """Yield each ref of the base that has rows, with all that have it."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        if row.ref:
            found.setdefault(row.ref, []).append(row)
    yield from found.items()
