"""What readers saw beside the words, said once for each record and field."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kimplan.intake.draft import Draft
from kimplan.intake.questions import Notebook, Question
from kimplan.intake.tables import Found, Part
from kimplan.sheet import Remark, RemarkKind, SheetFile


def say_remarks(file: SheetFile, found: Found, drafts: Sequence[Draft], notebook: Notebook) -> None:
    """Note every remark of the file, of its tables, and of their cells."""
    said = _Said(notebook)
    said.all(file.remarks, "", file.name)
    for draft in drafts:
        if draft.entry.is_hidden:
            said.all(
                (Remark(RemarkKind.HIDDEN, "the row is hidden"),), draft.ref, draft.entry.place
            )
        for column, cell in draft.entry.cells:
            where = f"{draft.ref}/{column.field or column.label}"
            said.all(cell.remarks, where, draft.entry.place)
            said.cells.add(id(cell))
    for part in found.parts:
        _say_of_part(part, said)
    for sheet in found.others:
        if sheet.is_hidden:
            said.all((Remark(RemarkKind.HIDDEN, "it is hidden, and not taken"),), "", sheet.name)
        said.all(sheet.remarks, "", sheet.name)


def _say_of_part(part: Part, said: _Said) -> None:
    """Note what is to be said of a table, and of those of its cells that no record has."""
    said.all(part.sheet.remarks, "", part.sheet.name)
    last = part.sheet.rows[-1]
    for column, cell in zip(part.columns, last.cells, strict=True):
        if cell.is_hidden and not last.is_hidden:
            text = f"the column '{column.label}' is hidden"
            said.all((Remark(RemarkKind.HIDDEN, text),), "", part.sheet.name)
    for row in part.sheet.rows:
        for cell in row.cells:
            if cell.remarks and not cell.is_covered and id(cell) not in said.cells:
                said.all(cell.remarks, "", f"{part.sheet.name}, row {row.number}")


class _Said:
    def __init__(self, notebook: Notebook) -> None:
        self._notebook = notebook
        self._seen: set[tuple[str, str, str, str]] = set()
        self.cells: set[int] = set()

    def all(self, remarks: Iterable[Remark], where: str, place: str) -> None:
        for remark in remarks:
            by = f" ({remark.by})" if remark.by else ""
            key = str(remark.kind), where, place, remark.text
            if key not in self._seen:
                self._seen.add(key)
                value = f"{' '.join(remark.text.split())}{by}".strip()
                self._notebook.say(Question(str(remark.kind), where, value, place=place))
