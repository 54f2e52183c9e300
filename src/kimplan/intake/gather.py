"""A file's tables to the records, sections, roles and columns of a plan, with what is open."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from typing import NamedTuple

from kimplan.errors import KimplanError
from kimplan.intake.asides import apart
from kimplan.intake.columns import Column
from kimplan.intake.draft import Draft
from kimplan.intake.entry import Entry
from kimplan.intake.leading_refs import with_leading_refs
from kimplan.intake.numbering import number
from kimplan.intake.prose import clean, to_prose, words_of
from kimplan.intake.questions import Kind, Notebook, Question
from kimplan.intake.rating_column import RatingColumn
from kimplan.intake.remarks import say_remarks
from kimplan.intake.rows import Heading, Rows, read_rows
from kimplan.intake.sections import with_ids
from kimplan.intake.tables import Found, find
from kimplan.intake.values import Values, blocks_of, is_nothing, study_table
from kimplan.model.rating import Rating, Scheme
from kimplan.sheet import RemarkKind, SheetFile

_MOST_OWN = 50
_GREEN = str(Rating.GREEN)


class Gathered(NamedTuple):
    """What a source says: a plan in the making; `sections` are ids with their headings."""

    file: SheetFile
    found: Found
    rows: Rows
    columns: tuple[Column, ...]
    sections: tuple[tuple[str, Heading], ...]
    drafts: tuple[Draft, ...]
    scheme: Scheme


def gather(
    file: SheetFile,
    notebook: Notebook,
    told: Mapping[str, str],
    table: str = "",
    known_refs: Sequence[str] = (),
    scheme: Scheme | None = None,
) -> Gathered:
    """Return what `file` says; questions go to `notebook`.

    `scheme` is that of the plan which is there; without one, the column of the ratings tells it.

    Raises KimplanError where there is no table, no record, or two claim one name.
    """
    file = apart(file)
    found = find(file, told, table)
    rows = read_rows(found, file)
    if not rows.entries:
        _refuse_nothing_but_formulas(found, file)
        hint = "The rows below the header hold no recommendation; or name another: --table NAME."
        raise KimplanError(f"{found.parts[0].sheet.name} of {file.name} has no records", hint)
    _refuse_formulas(rows.entries, file)
    columns = _columns(found, notebook)
    sections = with_ids(rows.sections, file, notebook)
    entries = with_leading_refs(rows.entries)
    refs = number(entries, notebook, known_refs)
    ratings = RatingColumn(entries, notebook, scheme)
    values = Values(study_table(entries), notebook)
    drafts = [
        _draft(ref, sections[entry.section][0], entry, values, ratings)
        for ref, entry in zip(refs, entries, strict=True)
    ]
    unclear = {one.where for one in notebook.asked}
    drafts = [_with_open_ref(one, unclear) for one in drafts]
    say_remarks(file, found, drafts, notebook)
    for place in rows.joined:
        notebook.say(Question(Kind.ROWS_JOINED, place=place, taken="the record above"))
    for aside in rows.asides:
        notebook.say(Question(Kind.NOT_TAKEN, value=aside.text, place=aside.place))
    return Gathered(file, found, rows, columns, sections, tuple(drafts), ratings.scheme)


def _refuse_formulas(entries: Sequence[Entry], file: SheetFile) -> None:
    for entry in entries:
        for column, cell in entry.cells:
            has_formula = any(one.kind is RemarkKind.FORMULA for one in cell.remarks)
            if has_formula and cell.is_blank:
                message = f"{file.name} holds formulas without results: {entry.place}"
                hint = f"Open it in Excel, save it, and import it again (column '{column.label}')."
                raise KimplanError(message, hint)


def _refuse_nothing_but_formulas(found: Found, file: SheetFile) -> None:
    for sheet in (part.sheet for part in found.parts):
        remarks = (one for row in sheet.rows for cell in row.cells for one in cell.remarks)
        if any(one.kind is RemarkKind.FORMULA for one in remarks):
            message = f"{file.name} holds formulas without results: {sheet.name}"
            raise KimplanError(message, "Open it in Excel, save it, and import it again.")


def _columns(found: Found, notebook: Notebook) -> tuple[Column, ...]:
    """Return the columns of all parts, each field once; say what became of the others."""
    columns: dict[str, Column] = {}
    for part in found.parts:
        for column in part.columns:
            if column.field and not part.is_continued:
                known = columns.setdefault(column.field, column)
                if column.is_text and not known.is_text:
                    columns[column.field] = known._replace(is_text=True)
    own = [column for column in columns.values() if column.own_id]
    if len(own) > _MOST_OWN:
        message = f"{len(own)} columns fit no field of a plan; at most {_MOST_OWN} can be own ones"
        raise KimplanError(message, 'Leave some out: --map "Label=none".')
    for column in own:
        notebook.say(Question(Kind.COLUMN_UNMAPPED, value=column.label, taken=column.field))
    for column in found.parts[0].columns:
        if not column.field and column.sample:
            notebook.say(Question(Kind.COLUMN_LEFT_OUT, value=column.label))
    return tuple(columns.values())


def _draft(ref: str, section: str, entry: Entry, values: Values, ratings: RatingColumn) -> Draft:
    left: list[tuple[str, str]] = []
    title, detail = values.title_and_detail(ref, entry)
    response = values.response(ref, entry)
    rated = ratings.read(ref, entry)
    rating = ratings.scheme.read(rated.rating)
    is_open = rating.is_open if rating else None
    due = values.due(ref, entry, is_open=is_open)
    completed, completed_left = values.completed(ref, entry)
    owners, owners_left = values.owners(ref, entry, is_open=bool(is_open))
    for name, words in (
        ("title", None if title else ""),
        ("response", None if response else entry.text("response")),
        ("rag", rated.left),
        ("due", due.left),
        ("completed", completed_left),
        ("owners", owners_left),
    ):
        if words is not None:
            left.append((name, words))
    return Draft(
        ref,
        section,
        entry,
        title,
        detail,
        response,
        rated.rating,
        due.due,
        due.reason,
        owners,
        completed,
        values.evidence(entry),
        values.progress(ref, entry),
        _own(entry),
        tuple(left),
        due.instead,
        rated.word,
    )


def _with_open_ref(draft: Draft, unclear: Set[str]) -> Draft:
    """Return a record whose ref is for now the next number with what the source says of it."""
    if f"{draft.entry.place}/ref" not in unclear:
        return draft
    return draft._replace(left=(("ref", draft.entry.text("ref")), *draft.left))


def _own(entry: Entry) -> tuple[tuple[str, str], ...]:
    """Return the values of the own fields, by their ids."""
    own = []
    for column in dict.fromkeys(one.column for one in entry.cells if one.column.own_id):
        blocks = blocks_of(entry, column.field)
        words = words_of(blocks)
        if words and not is_nothing(words):
            own.append((column.own_id, to_prose(blocks) if column.is_text else words))
    return tuple(own)


def organisation_in(columns: Sequence[Column]) -> str:
    """Return the landlord's name if the label of its response begins with it, or nothing."""
    label = next((one.label for one in columns if one.field == "response"), "")
    found = re.fullmatch(
        r"((?:[A-Z0-9][\w&'’.-]*|of|and|the|for|&)(?: (?:[A-Z0-9][\w&'’.-]*|of|and"
        r"|the|for|&))+?)(?:['’]s?)? [Rr]esponse",
        label,
    )
    if not found or re.match("(?i)the |our |landlord|management|organisation", found[1]):
        return ""
    return found[1]


def date_text(drafts: Sequence[Draft], rating: str) -> str:
    """Return what stands most often in the date column of a closed rating, or nothing."""
    texts = Counter(clean(one.date_text) for one in drafts if one.rag == rating and one.date_text)
    return texts.most_common(1)[0][0] if texts else ""


def rating_label(drafts: Sequence[Draft], rating: str) -> str:
    """Return the source's most frequent word for a rating, or nothing."""
    words = Counter(
        clean(one.rating_text) for one in drafts if one.rag == rating and one.rating_text
    )
    return words.most_common(1)[0][0] if words else ""
