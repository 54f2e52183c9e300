"""What was done to a copy's tables and texts, beside the cells of the plan's rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kimplan.changes.order import longest_rising
from kimplan.merge.base import Base, BaseTable
from kimplan.merge.columns import PlanTable
from kimplan.merge.dates import parse_words
from kimplan.merge.finding import Finding, Kind
from kimplan.merge.ratings import colour_of, parse_rating
from kimplan.merge.remarks import elsewhere, quoted, who
from kimplan.merge.rows import Row, SectionText
from kimplan.merge.sameness import fold, fold_name, words_of
from kimplan.model.column_field import ColumnField
from kimplan.model.prose import parse_prose
from kimplan.sheet import SheetFile


class Around(NamedTuple):
    """What a copy's structure is held against; `refs` are those that the plan has now."""

    file: SheetFile
    base: Base
    known: BaseTable
    refs: frozenset[str]

    def told(self, what: str, text: str, ref: str = "", value: str = "") -> Finding:
        """Return something that is said and not done."""
        return Finding(Kind.TOLD, ref, what, text, value=value, file=self.file.name)


def tell_structure(
    around: Around,
    tables: Sequence[PlanTable],
    rows: Sequence[Row],
    sections: Sequence[SectionText],
) -> Iterator[Finding]:
    """Yield the rows and columns that came, went or moved, and the headings that were changed."""
    yield from _columns(around, tables, rows)
    yield from _added(around, rows)
    yield from _removed(around, rows)
    yield from _moved(around, rows)
    yield from _sections(around, sections)
    beside = (one for sheet in around.file.sheets for one in sheet.remarks)
    remarks = (*around.file.remarks, *beside, *elsewhere(around.file.sheets, rows))
    for remark in dict.fromkeys(remarks):
        text = f"{remark.kind}{who(remark)} outside of the rows' cells{quoted(remark)}"
        yield around.told(remark.kind, text, value=" ".join(remark.text.split()))
    for row in rows:
        if row.is_hidden:
            yield around.told("hidden", "the row is hidden in Word, and counts", row.ref, row.name)


def _columns(around: Around, tables: Sequence[PlanTable], rows: Sequence[Row]) -> Iterator[Finding]:
    columns = [table.columns for table in tables]
    for label, words in dict.fromkeys(pair for one in columns for pair in one.edited):
        text = f"the heading “{label}” says “{fold(words)}”; headings are set in plan.yaml"
        yield around.told("heading", text, value=fold(words))
    for label in dict.fromkeys(label for one in columns for label in one.gone):
        text = f"the column “{label}” is not in the file, so nothing of it is taken"
        yield around.told("column-deleted", text, value=label)
    labels = (fold(label) for one in columns for _, label in one.added)
    for label in dict.fromkeys(filter(None, labels)):
        text = f"the column “{label}” is none of the plan's, so nothing of it is taken"
        yield around.told("column-added", text, value=label)
    for row in rows:
        for label, words in row.others:
            text = f"{fold(label) or 'a column without a heading'}: “{fold(words)[:200]}”"
            yield around.told("column-added", text, row.ref, fold(words))


def _added(around: Around, rows: Sequence[Row]) -> Iterator[Finding]:
    above = ""
    for row in rows:
        if row.ref:
            above = row.ref
        elif fold_name(row.name) in around.refs:
            text = "it came into the plan after this report, so its row is not compared"
            yield around.told("row-added", text, fold(row.name), fold(row.name))
        else:
            yield _new_record(around, row, above)


def _new_record(around: Around, row: Row, above: str) -> Finding:
    """Return what a row that was added says, and the command that would write it."""
    said = dict(_facts(around, row))
    where = f" below {above}" if above else ""
    facts = "; ".join(f"{name} {value}" for name, value in said.items())
    name = fold(row.name)
    is_ref = name and " " not in name and name != fold(said.get("title", ""))
    options = [f"--ref {name}"] if is_ref else []
    for option, key in _OPTIONS.items():
        options += [
            f"{option} {_quoted(value)}" for value in said.get(key, "").split("\n") if value
        ]
    text = f"a row was added{where}, and rows are not taken from Word: {_on_a_line(facts)}"
    hint = f"kimplan new {' '.join(options)}"
    return Finding(
        Kind.LEFT, name, "new-record", text, hint, "", _on_a_line(facts), around.file.name
    )


_OPTIONS = {"--section": "section", "--title": "title", "--rag": "rag", "--due": "due",
            "--owner": "owners"}  # fmt: skip


def _facts(around: Around, row: Row) -> Iterator[tuple[str, str]]:
    """Yield what a row says of a recommendation, by the names of the fields."""
    cells, settings = row.parts[0], around.base.settings
    titles = {fold_name(one.title): one.id for one in settings.sections}
    if row.section in titles:
        yield "section", titles[row.section]
    for field, cell in cells.items():
        words = cell.text.strip()
        if field is ColumnField.RECOMMENDATION and words:
            yield "title", words.partition("\n")[0]
            if rest := words.partition("\n")[2]:
                yield "detail", rest
        elif field is ColumnField.RAG and (rating := parse_rating(cell, settings)):
            yield "rag", str(rating)
            colour = colour_of(cell, around.base.fills, settings.ratings.scheme)
            if colour and colour is not rating:
                yield "colour", str(colour)
        elif field is ColumnField.DUE and (
            due := cell.due or parse_words(words, settings.language)
        ):
            yield "due", due.text
        elif field is not ColumnField.REF and words:
            yield str(field), words


def _on_a_line(text: str) -> str:
    return fold(text.replace("\n", ", "))


def _quoted(text: str) -> str:
    return f'"{fold(text)}"' if " " in text else text


def _removed(around: Around, rows: Sequence[Row]) -> Iterator[Finding]:
    there = {row.ref for row in rows}
    for ref in around.known.items:
        if ref not in there:
            text = "its row is not in the file; recommendations are not removed in Word"
            yield around.told("row-removed", text, ref, ref)


def _moved(around: Around, rows: Sequence[Row]) -> Iterator[Finding]:
    items, titles = around.known.items, _section_titles(around)
    numbers = {ref: number for number, ref in enumerate(items)}
    there = [row for row in rows if row.ref]
    stayed = set(longest_rising([numbers[row.ref] for row in there]))
    is_known = set(titles.values()) & {row.section for row in rows}
    for row in there:
        section = titles.get(items[row.ref].section, "")
        if section in is_known and row.section in is_known - {section}:
            text = "its row stands in another section; recommendations are not moved in Word"
            yield around.told("row-moved", text, row.ref, row.section)
        elif numbers[row.ref] not in stayed:
            text = "its row stands elsewhere among the others; rows are not moved in Word"
            yield around.told("row-moved", text, row.ref, row.ref)


def _section_titles(around: Around) -> dict[str, str]:
    return {one.id: fold_name(one.title) for one in around.base.settings.sections}


def _sections(around: Around, sections: Sequence[SectionText]) -> Iterator[Finding]:
    """Yield the section rows whose title or narrative says something else."""
    said = {
        fold_name(one.title): words_of(parse_prose(one.narrative or ""))
        for one in around.base.settings.sections
    }
    there = {fold_name(section.title) for section in sections}
    for one in around.base.settings.sections if there else ():
        if fold_name(one.title) not in there:
            text = f"the row of the section “{fold(one.title)}” is not in the file"
            yield around.told("section", text, value=fold(one.title))
    for section in sections:
        title = fold_name(section.title)
        words = words_of(section.cell.blocks[1:])
        if title not in said:
            text = f"a row says “{fold(section.title)[:80]}”, which is no section of the plan"
            yield around.told("section", text, value=fold(section.title))
        elif words != said[title]:
            text = f"the text of the section “{fold(section.title)}” was changed; it stays as it is"
            yield around.told("narrative", text, value=words)
