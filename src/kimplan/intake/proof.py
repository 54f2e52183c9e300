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
from kimplan.intake.entry import Cell
from kimplan.intake.gather import Gathered
from kimplan.intake.prose import clean, words_of
from kimplan.intake.values import is_nothing
from kimplan.model.prose import parse_prose
from kimplan.source import parse

_WORD = re.compile(r"\w+")
_COMMENT = re.compile(r"^ *#( .*)$", re.MULTILINE)
_TYPED = Counter({"o": 99})  # a bullet as it is typed
_BETWEEN_ROLES = Counter({"and": 99})
_NONE: Counter[str] = Counter()
_VALUES = frozenset({"rag", "due", "completed"})
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
        waiting = {name for name, _ in draft.left}
        for one in draft.entry.cells:
            if not one.column.field or one.cell.is_blank:
                continue
            field = one.column.field
            missing = _missing(one, draft, value, sections, date_texts)
            if field in waiting or (field == "progress" and any(not n.on for n in draft.progress)):
                open_ += 1
                missing = missing - _count(" ".join(_COMMENT.findall(text)))
            else:
                placed += 1
            where = f"{draft.entry.place if field == 'ref' else draft.ref}/{field}"
            if missing and where not in answered:
                words = " ".join(missing.elements())
                lost.append(Lost(where, one.column.label, words, words_of(one.cell.blocks)))
    listed = sum(aside.cells for aside in gathered.rows.asides)
    unplaced = sum(
        not one.column.field and not one.cell.is_blank
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
    if field in _VALUES and value.get(field) and value[field] == getattr(draft, field):
        return _NONE  # it was read as the value that the record has
    text = clean(one.cell.text)
    if is_nothing(text) or not field:
        return _NONE
    if field == "section":
        return _count(text) - sections.get(str(value.get("section")), _NONE)
    if field in _VALUES:
        is_instead = field == "due" and " ".join(text.split()) in date_texts
        return _NONE if is_instead else _count(text)
    if _says_it(value, field, text) or (field == "ref" and _squashed(text) == _squashed(draft.ref)):
        return _NONE
    said = _count(" ".join(_texts(value, field, draft)))
    are_several = field == "owners" and len(draft.owners) > 1
    return _count(text) - said - _TYPED - (_BETWEEN_ROLES if are_several else _NONE)


def _squashed(text: str) -> str:
    return "".join(_WORD.findall(text)).casefold()


def _says_it(value: Mapping[str, Any], field: str, text: str) -> bool:
    """Return whether the keys of a field say a cell's text word by word, as nearly all do."""
    said = [value.get(key, "") for key in _TEXTS.get(field, ())]
    if len(said) == 1 and isinstance(said[0], list):
        said = said[0]
    written = " ".join(one for one in said if isinstance(one, str))
    is_same = written.replace("\n- ", "\n").split() == text.split()  # the quicker look
    return is_same or _WORD.findall(written) == _WORD.findall(text)


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
