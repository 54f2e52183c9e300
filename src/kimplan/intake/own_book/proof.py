"""The proof that nothing of a workbook is lost: the plan is read back and its workbook made again.

What a cell of that one shows must be what the cell that was read says. A cell whose value is worked
out from others is not taken, and listed where somebody has written something else there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from kimplan.answers.group import PlanOf
from kimplan.answers.tables import book
from kimplan.answers.tables.book_columns import BookColumn
from kimplan.answers.tables.book_settings import settings_rows
from kimplan.intake.own_book.book import BookTable, OwnBook
from kimplan.intake.own_book.values import Values
from kimplan.intake.proof import Lost, Proof
from kimplan.intake.questions import Kind as Asked
from kimplan.intake.questions import Notebook, Question
from kimplan.linter import load_folder
from kimplan.loader import PlanFolder
from kimplan.loader.files import MemoryFiles
from kimplan.model.plan import Plan
from kimplan.sheet import SheetCell, SheetRow

_KEYS = ("ref", "role")


class _Cell(NamedTuple):
    column: BookColumn
    cell: SheetCell
    text: str


def prove_book(own: OwnBook, files: Mapping[str, str], notebook: Notebook) -> Proof:
    """Hold every cell of the workbook against the plan that `files`, by their names, make."""
    memory = MemoryFiles({name: text.encode() for name, text in files.items()})
    plan = load_folder(PlanFolder(Path("plan"), memory), partial=True).plan
    prover = _Prover(own, plan, notebook)
    for name, table in own.tables.items():
        prover.table(name, table)
    prover.settings()
    for sheet in own.others:
        prover.set_aside(sheet.name, sheet.rows)
    return prover.proof()


class _Prover:
    def __init__(self, own: OwnBook, plan: Plan | None, notebook: Notebook) -> None:
        self._own, self._plan, self._notebook = own, plan, notebook
        self._answered: Container[str] = notebook.used
        self._open = {question.where for question in notebook.asked}
        self._values = Values(plan.settings if plan else own.settings)
        self._cells = self._placed = self._waiting = self._listed = 0
        self._lost: list[Lost] = []
        day = own.position or date.max
        sheets = book.book_sheets([PlanOf("", plan)], day) if plan else []
        self._again = {sheet.name: sheet for sheet in sheets}

    def table(self, name: str, table: BookTable) -> None:
        """Hold the rows of a sheet against those that it would have now."""
        filled = sum(bool(label) for label in table.labels)
        self._cells += filled
        self._placed += filled
        expected = self._expected(name)
        for row in table.rows:
            cells = self._cells_of(table, row)
            key = next((one.text for one in cells if one.column.key in _KEYS), "").casefold()
            near = expected.get(key, [])
            best = max(near, key=lambda one: _alike(cells, one), default=None)
            if best is not None:
                near.remove(best)
            self._row(name, table, row, cells, best)

    def _expected(self, name: str) -> dict[str, list[dict[str, str]]]:
        """Return the rows of the new workbook's sheet, by what they are about."""
        found: dict[str, list[dict[str, str]]] = defaultdict(list)
        sheet = self._again.get(name)
        for row in sheet.rows if sheet else ():
            pairs = zip(sheet.columns if sheet else (), row, strict=True)
            said = {column.key: self._values.shown(column, value) for column, value in pairs}
            found[next((said[key] for key in _KEYS if key in said), "").casefold()].append(said)
        return found

    def _cells_of(self, table: BookTable, row: SheetRow) -> list[_Cell]:
        pairs = zip(table.columns, row.cells, strict=True)
        return [
            _Cell(column, cell, self._values.read(column, cell))
            for column, cell in pairs
            if column and not cell.is_blank
        ]

    def _row(
        self,
        name: str,
        table: BookTable,
        row: SheetRow,
        cells: list[_Cell],
        best: dict[str, str] | None,
    ) -> None:
        place = f"{table.sheet.name}, row {row.number}"
        unknown = sum(
            not cell.is_blank
            for column, cell in zip(table.columns, row.cells, strict=True)
            if column is None
        )
        self._cells += len(cells) + unknown
        self._listed += unknown
        if best is None:
            self._without(name, place, cells)
            return
        ref = best.get("ref", "") or best.get("role", "")
        for one in cells:
            said = best.get(one.column.key, "")
            where = f"{ref}/{_where(one.column.key)}"
            is_order = one.column.key == "number" and one.text.isdecimal()
            if _same(one.text, said) or is_order:
                self._placed += 1
            elif where in self._open:
                self._waiting += 1
            elif one.column.is_derived or one.column.key == "number" or name == book.OVERDUE:
                self._say(one, place)
            elif where not in self._answered:
                self._placed += 1
                self._lost.append(Lost(where, one.column.label, one.text, one.cell.text))
            else:
                self._placed += 1

    def _without(self, name: str, place: str, cells: list[_Cell]) -> None:
        """Count the cells of a row that the new workbook does not have."""
        text = " | ".join(" ".join(one.cell.text.split()) for one in cells)
        is_sentence = len(cells) == 1 and text == self._otherwise(name)
        if is_sentence:
            self._placed += 1
            return
        self._listed += len(cells)
        question = Question(Asked.NOT_TAKEN, value=text, place=place)
        if cells and question not in self._notebook.said:
            self._notebook.say(question)

    def _otherwise(self, name: str) -> str:
        sheet = self._again.get(name)
        return sheet.otherwise if sheet else ""

    def _say(self, one: _Cell, place: str) -> None:
        self._listed += 1
        value = f"{one.column.label}: {' '.join(one.cell.text.split())}"
        self._notebook.say(Question(Asked.NOT_TAKEN, value=value, place=place))

    def settings(self) -> None:
        """Hold the settings against those of the new plan."""
        now = settings_rows(self._plan.settings) if self._plan else []
        said = {name: " ".join(value.split()) for name, value in now}
        for name, value in self._own.rows:
            self._cells += 2
            self._placed += 2
            words = " ".join(value.split())
            if self._plan and said.get(name, "") != words:
                self._lost.append(Lost(f"plan.yaml/{name}", name, words, value))

    def set_aside(self, name: str, rows: tuple[SheetRow, ...]) -> None:
        """List the rows of a sheet that is none of the export's."""
        for row in rows:
            texts = [" ".join(cell.text.split()) for cell in row.cells if not cell.is_blank]
            if texts:
                self._cells += len(texts)
                self._listed += len(texts)
                place = f"{name}, row {row.number}"
                self._notebook.say(Question(Asked.NOT_TAKEN, value=" | ".join(texts), place=place))

    def proof(self) -> Proof:
        lost = tuple(self._lost)
        placed = self._placed - len(lost)
        return Proof(self._cells, placed, self._waiting, self._listed, lost)


def _alike(cells: list[_Cell], said: Mapping[str, str]) -> int:
    return sum(_same(one.text, said.get(one.column.key, "")) for one in cells)


def _same(one: str, other: str) -> bool:
    return one == other or one.split() == other.split()


def _where(key: str) -> str:
    return "rag" if key == "rating" else key
