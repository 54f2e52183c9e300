"""The proof that nothing is lost: each cell of the source held against the plan's files.

The files are read again from their text, so that what counts is what a plan says, not what was
meant to be written.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from kimplan.intake.draft import Draft
from kimplan.intake.gather import Gathered
from kimplan.intake.prose import clean, words_of
from kimplan.intake.rows import Cell
from kimplan.intake.values import is_nothing
from kimplan.model.prose import parse_prose
from kimplan.source import parse

_WORD = re.compile(r"\w+")
_COMMENT = re.compile(r"^ *#( .*)$", re.MULTILINE)
_TYPED = Counter({"o": 99})  # a bullet as it is typed
_BETWEEN_ROLES = Counter({"and": 99})
_VALUES = {"rag": "rag", "due": "due", "completed": "completed"}
_TEXTS = {
    "ref": ("ref",),
    "recommendation": ("title", "detail"),
    "title": ("title", "detail"),
    "detail": ("title", "detail"),
    "response": ("response",),
    "owners": ("owners",),
    "evidence": ("evidence",),
}


class Lost(NamedTuple):
    """Words of a cell that are not in the plan."""

    where: str
    label: str
    words: str
    text: str


class Proof(NamedTuple):
    """How many cells with words the source's table has, and where they are.

    `placed` are in the plan, `open_` wait for a decision, `listed` are none of a record's. `lost`
    are the cells of records whose words are not all in the plan.
    """

    cells: int
    placed: int
    open_: int
    listed: int
    lost: tuple[Lost, ...]


def prove(
    gathered: Gathered,
    files: Mapping[str, str],
    settings: str,
    answered: Container[str] = frozenset(),
) -> Proof:
    """Hold every cell against `files`, the records' texts by ref, and the plan's `settings`.

    A cell whose question is `answered` is what the answer says, and listed with it.
    """
    plan = parse(settings).value or {}
    date_texts = _date_texts(plan)
    sections = _section_words(plan)
    placed = open_ = 0
    lost: list[Lost] = []
    for draft in gathered.drafts:
        text = files.get(draft.ref, "")
        value: Mapping[str, Any] = parse(text).value or {}
        kept = _count(" ".join(_COMMENT.findall(text)))
        waiting = {name for name, _ in draft.left}
        for one in draft.entry.cells:
            if not one.cell.text.strip() or not one.column.field:
                continue
            field = one.column.field
            missing = _missing(one, draft, value, sections, date_texts)
            if field in waiting or (field == "progress" and any(not n.on for n in draft.progress)):
                open_ += 1
                missing -= kept
            else:
                placed += 1
            where = f"{draft.ref}/{field}"
            if missing and where not in answered:
                words = " ".join(missing.elements())
                lost.append(Lost(where, one.column.label, words, words_of(one.cell.blocks)))
    listed = sum(aside.cells for aside in gathered.rows.asides)
    unplaced = sum(
        not one.column.field and bool(one.cell.text.strip())
        for draft in gathered.drafts
        for one in draft.entry.cells
    )
    placed += gathered.rows.cells
    total = placed + open_ + listed + unplaced
    return Proof(total, placed - len(lost), open_, listed + unplaced, tuple(lost))


def _missing(
    one: Cell,
    draft: Draft,
    value: Mapping[str, Any],
    sections: Mapping[str, Counter[str]],
    date_texts: frozenset[str],
) -> Counter[str]:
    """Return the words of a cell that the record does not say."""
    field = one.column.field
    text = clean(one.cell.text)
    if is_nothing(text) or not field:
        return Counter()
    if field == "section":
        return _count(text) - sections.get(str(value.get("section")), Counter())
    if field in _VALUES:
        return _unread(field, text, draft, value, date_texts)
    if field == "ref":
        squashed = "".join(_WORD.findall(text)).casefold()
        own = "".join(_WORD.findall(str(value.get("ref", "")))).casefold()
        return Counter() if squashed == own or draft.ref else _count(text)
    if _says_it(value, field, text):
        return Counter()
    said = _count(" ".join(_texts(value, field, draft)))
    are_several = field == "owners" and len(draft.owners) > 1
    return _count(text) - said - _TYPED - (_BETWEEN_ROLES if are_several else Counter())


def _says_it(value: Mapping[str, Any], field: str, text: str) -> bool:
    """Return whether the keys of a field say a cell's text word by word, as nearly all do."""
    keys = _TEXTS.get(field, ())
    written = " ".join(str(value[key]) for key in keys if isinstance(value.get(key), str))
    return _WORD.findall(written) == _WORD.findall(text)


def _unread(
    field: str,
    text: str,
    draft: Draft,
    value: Mapping[str, Any],
    date_texts: frozenset[str],
) -> Counter[str]:
    """Return nothing if the cell was read as the value that the record has."""
    written = str(value.get(field, ""))
    if written and written == getattr(draft, field):
        return Counter()
    if field == "due" and " ".join(text.split()) in date_texts:
        return Counter()
    return _count(text)


def _texts(value: Mapping[str, Any], field: str, draft: Draft) -> Iterator[str]:
    """Yield the words that the record has in the keys of a column's field."""
    if field == "progress":
        yield from (note.said for note in draft.progress if note.on)
        keys: tuple[str, ...] = ("progress",)
    elif field.startswith("fields."):
        own = value.get("fields")
        found = own.get(field.removeprefix("fields."), "") if isinstance(own, dict) else ""
        yield from _said(found)
        return
    else:
        keys = _TEXTS[field]
    for key in keys:
        yield from _said(value.get(key, ""))


def _said(value: object) -> Iterator[str]:
    if isinstance(value, str):
        for block in parse_prose(value):
            yield block.text
            yield from (span.link for span in block.spans if span.link)
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _said(inner)
    elif isinstance(value, Iterable):
        for inner in value:
            yield from _said(inner)


def _section_words(plan: Mapping[str, Any]) -> dict[str, Counter[str]]:
    found = plan.get("sections")
    return {
        str(one.get("id")): _count(" ".join(_said(one)))
        for one in (found if isinstance(found, list) else [])
        if isinstance(one, Mapping)
    }


def _date_texts(plan: Mapping[str, Any]) -> frozenset[str]:
    ratings = plan.get("ratings")
    found = ratings.values() if isinstance(ratings, Mapping) else ()
    texts = (one.get("date", "") for one in found if isinstance(one, Mapping))
    return frozenset(filter(None, texts))


def _count(text: str) -> Counter[str]:
    return Counter(_WORD.findall(text))
