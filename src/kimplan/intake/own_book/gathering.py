"""A workbook of kimplan's own as what an import gathers: sections, records and what is open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from kimplan.answers.tables import book
from kimplan.answers.tables.book_settings import Tree
from kimplan.answers.tables.table import Kind
from kimplan.errors import KimplanError
from kimplan.intake.columns import Column
from kimplan.intake.draft import Draft
from kimplan.intake.entry import Cell, Entry
from kimplan.intake.gather import Gathered
from kimplan.intake.headers import Header
from kimplan.intake.own_book.book import BookTable, OwnBook
from kimplan.intake.own_book.records import Line, Reader, Record, prose_keys
from kimplan.intake.own_book.values import Values
from kimplan.intake.questions import Kind as Asked
from kimplan.intake.questions import Notebook, Question
from kimplan.intake.remarks import say_remarks
from kimplan.intake.rows import Heading, Rows
from kimplan.intake.sections import slug
from kimplan.intake.tables import Found, Part
from kimplan.intake.trees import tree_lines
from kimplan.model.prose import parse_prose
from kimplan.sheet import SheetFile

_FIELDS = {"rating": "rag", "verified_by": "verified", "verified_on": "verified"}


class GatheredBook(NamedTuple):
    """What a workbook says: what an import gathers, and the files of a new plan's settings.

    `owners` are the roles with who holds them, as ``owners.yaml`` has them.
    """

    gathered: Gathered
    tree: dict[str, Tree]
    owners: list[Tree]


def gather_book(file: SheetFile, own: OwnBook, notebook: Notebook) -> GatheredBook:
    """Return what the workbook says; questions go to `notebook`.

    Raises KimplanError where its sheet of the plan has no record.
    """
    values = Values(own.settings)
    reader = Reader(own, values, notebook)
    taken = reader.read()
    if not taken.records:
        hint = "Each row below its header needs a ref; or export the plan again."
        raise KimplanError(f"the sheet {book.PLAN} of {file.name} has no records", hint)
    tree = dict(own.tree)
    sections = _sections(tree, taken.records, notebook)
    table = own.tables[book.PLAN]
    columns = _columns(table)
    prose = prose_keys(table.columns)
    ranks = {name: at for at, (name, _) in enumerate(sections)}
    drafts = [
        _draft(record, taken.lines[ref], columns, ranks, prose)
        for ref, record in taken.records.items()
    ]
    found = _found(own, columns)
    rows = Rows((), tuple(heading for _, heading in sections), (), 0, ())
    gathered = Gathered(
        file, found, rows, columns, sections, tuple(drafts), own.settings.ratings.scheme
    )
    for each in own.tables.values():
        _say_left_out(each, notebook)
    say_remarks(file, found, drafts, notebook)
    return GatheredBook(gathered, tree, _owners(reader, drafts))


def _say_left_out(table: BookTable, notebook: Notebook) -> None:
    """Note each column of a sheet that somebody has added to it."""
    for at, (label, column) in enumerate(zip(table.labels, table.columns, strict=True)):
        words = (row.cells[at].text for row in table.rows if not row.cells[at].is_blank)
        sample = next(words, "")
        if column is None and (label or sample):
            name = label or sample
            notebook.say(Question(Asked.COLUMN_LEFT_OUT, value=name, place=table.sheet.name))


def _columns(table: BookTable) -> tuple[Column, ...]:
    """Return the columns of the plan's sheet as an import tells of them."""
    found = []
    for at, (label, one) in enumerate(zip(table.labels, table.columns, strict=True)):
        sample = next((row.cells[at].text for row in table.rows if not row.cells[at].is_blank), "")
        field = "" if one is None or one.is_derived else _FIELDS.get(one.key, one.key)
        is_text = one is not None and one.kind is Kind.PROSE
        found.append(Column(label, field, sample, is_text))
    return tuple(found)


def _sections(
    tree: dict[str, Tree], records: Mapping[str, Record], notebook: Notebook
) -> tuple[tuple[str, Heading], ...]:
    """Return the sections with their headings, those that the settings lack as new ones."""
    listed = tree.get("sections")
    known = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    ids = [str(one.get("id", "")) for one in known]
    new: dict[str, str] = {}
    for ref, record in records.items():
        name = str(record.get("section", ""))
        if not name:
            notebook.say(Question(Asked.SECTION_MISSING, f"{ref}/section", taken=ids[0]))
            record["section"] = ids[0]
        elif name not in ids:
            if name not in new:
                new[name] = slug(name, [*ids, *new.values()])
            record["section"] = new[name]
    known += [{"id": name, "title": title} for title, name in new.items()]
    tree["sections"] = [*known]
    return tuple((str(one["id"]), _heading(one)) for one in known)


def _heading(section: Mapping[str, Tree]) -> Heading:
    narrative = str(section.get("narrative", ""))
    return Heading(str(section.get("title", "")), parse_prose(narrative) if narrative else ())


def _draft(
    record: Record,
    line: Line,
    columns: tuple[Column, ...],
    ranks: Mapping[str, int],
    prose: frozenset[str],
) -> Draft:
    pairs = zip(columns, line.row.cells, strict=True)
    cells = [Cell(column, cell) for column, cell in pairs if cell.blocks or cell.remarks]
    section = str(record["section"])
    entry = Entry(cells, ranks[section], line.place, line.row.is_hidden)
    title, rag = str(record.get("title", "")), str(record.get("rag", ""))
    ref = str(record["ref"])
    lines = tree_lines(record, prose)
    text = "\n".join(lines) + "\n"
    return Draft(ref, section, entry, title, rag=rag, owners=_roles(record), text=text)


def _roles(record: Record) -> tuple[str, ...]:
    """Return the roles that a record names, those of its actions among them."""
    owners, actions = record.get("owners"), record.get("actions")
    roles = [*owners] if isinstance(owners, list) else []
    steps = [one for one in actions if isinstance(one, dict)] if isinstance(actions, list) else []
    roles += [step["owner"] for step in steps if "owner" in step]
    return tuple(dict.fromkeys(map(str, roles)))


def _found(own: OwnBook, columns: tuple[Column, ...]) -> Found:
    """Return the sheets that were read, the plan's first."""
    parts = []
    for name, table in own.tables.items():
        header = Header(0, 1, table.labels)
        told = tuple(Column(label, "") for label in table.labels)
        parts.append(Part(table.sheet, header, columns if name == book.PLAN else told))
    return Found(tuple(parts), own.others)


def _owners(reader: Reader, drafts: list[Draft]) -> list[Tree]:
    """Return the roles with who holds them: those of the owners' sheet, and those of records."""
    found: dict[str, dict[str, Tree]] = {}
    for line in reader.lines(book.OWNERS):
        role = line.values.get("role", "")
        if role and len(line.values) > 1:
            keys = ("role", "name", "email", "handle")
            found.setdefault(role, {key: line.values[key] for key in keys if key in line.values})
    for draft in drafts:
        for role in draft.owners:
            found.setdefault(role, {"role": role})
    return [*found.values()]
