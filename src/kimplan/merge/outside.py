"""What was changed outside of the plan's table: it comes from the plan, and is not taken back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from kimplan.merge.base import Base
from kimplan.merge.finding import Finding, Kind
from kimplan.merge.sameness import fold, fold_name, says_nothing
from kimplan.report.document import (
    Element,
    Figure,
    Heading,
    Paragraph,
    ReportDocument,
    SectionRow,
    Table,
)
from kimplan.report.parts.plan import HEADING
from kimplan.sheet import Sheet, SheetFile, SheetRow

_ALIKE = 0.6
_LONGEST = 160
_MOST_LINES = 100  # of a document whose lines are held against each other


def tell_outside(file: SheetFile, base: Base, plan_sheets: Sequence[Sheet]) -> Iterator[Finding]:
    """Yield the figures, sentences and headings that say something else than the report did."""
    if base.document is None:
        return
    others = [sheet for sheet in file.sheets if sheet not in plan_sheets]
    for table in _tables(base.document, base):
        sheet = _find(others, table)
        if sheet is not None:
            others.remove(sheet)
            yield from _rows(file.name, table, sheet)
    yield from _lines(file, base.document, has_own_text=base.has_own_text)


def _elements(document: ReportDocument) -> Iterator[Element]:
    for part in document.parts:
        yield from part.elements


def _tables(document: ReportDocument, base: Base) -> Iterator[Table]:
    """Yield the tables that are not the plan's own."""
    titles = {HEADING} | {" ".join(one.title.split()) for one in base.settings.sections}
    for element in _elements(document):
        if isinstance(element, Table) and element.title not in titles:
            yield element


def _find(sheets: Sequence[Sheet], table: Table) -> Sheet | None:
    """Return the table of the file that has most of the labels, and as many columns."""
    labels = {fold_name(label) for label in table.labels}
    for sheet in sheets:
        words = [fold_name(cell.text) for cell in sheet.rows[0].cells] if sheet.rows else []
        if len(words) == len(table.labels) and 2 * len(labels & set(words)) >= len(labels):
            return sheet
    return None


def _rows(file: str, table: Table, sheet: Sheet) -> Iterator[Finding]:
    """Yield the cells of a table that say something else, by the first cell of their row."""
    there: dict[str, list[SheetRow]] = {}
    for row in sheet.rows[1:]:
        there.setdefault(fold_name(row.cells[0].text), []).append(row)
    for said in table.rows:
        if isinstance(said, SectionRow):
            continue
        name = fold(said.cells[0].text)
        found = there.get(fold_name(name))
        if not found:
            text = f"“{table.title}” has no row {name} any more; it is made of the plan"
            yield Finding(Kind.TOLD, "", "figures", text, value=name, file=file)
            continue
        cells = zip(table.labels, said.cells, found.pop(0).cells, strict=False)
        for label, one, other in cells:
            if not _is_same(one.text, other.text):
                text = (
                    f"“{table.title}”, {name}, {label} says “{_short(other.text)}” in place of "
                    f"“{_short(one.text)}”; it is made of the plan"
                )
                yield Finding(Kind.TOLD, "", "figures", text, value=fold(other.text), file=file)


def _is_same(one: str, other: str) -> bool:
    return fold_name(one) == fold_name(other) or (says_nothing(one) and says_nothing(other))


def _short(text: str) -> str:
    words = fold(text)
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]} …"


def _lines(file: SheetFile, document: ReportDocument, *, has_own_text: bool) -> Iterator[Finding]:
    """Yield the lines that were changed, added or taken away, where most of them are there."""
    said = [line for line in map(fold, _texts(document)) if line]
    says = [line for line in (fold(block.text) for block in file.text) if line]
    known, there = set(said), set(says)
    gone = [line for line in said if line not in there]
    new = [line for line in says if line not in known and line not in _titles(document)]
    if 2 * len(gone) > len(said) or len(gone) + len(new) > _MOST_LINES:
        return
    for line in gone:
        best = max(new, key=lambda one: _likeness(line, one), default="")
        if best and _likeness(line, best) >= _ALIKE:
            new.remove(best)
            text = f"a sentence says “{_short(best)}”; it said “{_short(line)}”, from the plan"
            yield Finding(Kind.TOLD, "", "text", text, value=best, file=file.name)
        else:
            text = f"a sentence is not in the file: “{_short(line)}”; it is made of the plan"
            yield Finding(Kind.TOLD, "", "text", text, value=line, file=file.name)
    for line in [] if has_own_text else new:
        text = f"a paragraph was added: “{_short(line)}”; it stays in Word"
        yield Finding(Kind.TOLD, "", "text", text, value=line, file=file.name)


def _texts(document: ReportDocument) -> Iterator[str]:
    for element in _elements(document):
        match element:
            case Heading() | Paragraph():
                yield element.text
            case Figure():
                yield element.whole_caption


def _titles(document: ReportDocument) -> set[str]:
    words = document.words
    return {fold(words.title), fold(words.subtitle), fold(words.organisation), fold(words.position)}


def _likeness(one: str, other: str) -> float:
    """Return which share of the words of two lines is in both."""
    words, others = Counter(one.casefold().split()), Counter(other.casefold().split())
    return 2 * (words & others).total() / (words.total() + others.total() or 1)
