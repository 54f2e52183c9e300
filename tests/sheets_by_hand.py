"""Tables made by hand, for tests of what is made of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

from kimplan.intake.gather import Gathered, gather
from kimplan.intake.questions import Notebook
from kimplan.model.prose import Block, Span
from kimplan.sheet import Sheet, SheetCell, SheetFile, SheetRow

Row: TypeAlias = Sequence["str | SheetCell"]
HEADER = ("Ref", "Recommendation", "Response", "RAG", "Due date", "Owner")


def paragraphs(text: str) -> tuple[Block, ...]:
    return tuple(Block((Span(line),)) for line in text.split("\n") if line)


def cell(text: str = "", **about: Any) -> SheetCell:
    return SheetCell(paragraphs(text), **about)


def row(ref: str, /, **instead: str | SheetCell) -> Row:
    """Return a record's row with the columns of HEADER."""
    usual: dict[str, str | SheetCell] = {
        "ref": ref,
        "recommendation": f"Do the thing {ref}.",
        "response": f"We did {ref}.",
        "rag": "Amber",
        "due": "July 2024",
        "owner": "Data Manager",
    }
    return tuple((usual | instead).values())


def across(text: str, columns: int = len(HEADER)) -> Row:
    """Return a row of one cell that covers all columns."""
    covered = [cell(text, is_covered=True)] * (columns - 1)
    return (cell(text, across=columns), *covered)


def sheet(*rows: Row, name: str = "table 1", **about: Any) -> Sheet:
    made = (
        SheetRow(tuple(cell(one) if isinstance(one, str) else one for one in cells), number)
        for number, cells in enumerate(rows, 1)
    )
    return Sheet(name, tuple(made), **about)


def source(*sheets: Sheet, **about: Any) -> SheetFile:
    return SheetFile("plan.docx", "0" * 64, sheets, **about)


def gathered(
    *sheets: Sheet, answers: dict[str, str] | None = None, **about: Any
) -> tuple[Gathered, Notebook]:
    """Return what is made of the tables, and what is asked and said."""
    notebook = Notebook(answers)
    told, table = about.pop("told", {}), about.pop("table", "")
    return gather(source(*sheets, **about), notebook, told, table), notebook


def asked(notebook: Notebook) -> list[tuple[str, str, str]]:
    return [(str(one.kind), one.where, one.value) for one in notebook.asked]


def said(notebook: Notebook, kind: str) -> list[tuple[str, str, str]]:
    return [(one.where, one.value, one.taken) for one in notebook.said if one.kind == kind]
