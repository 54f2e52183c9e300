"""What people wrote at the cells of a sheet: notes, and conversations (threaded comments)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, TypeAlias

from kimplan.exchange.excel_book import Book, read_part
from kimplan.exchange.excel_styles import MAIN
from kimplan.exchange.places import place_of
from kimplan.model.due import NotADateError, parse_day
from kimplan.sheet import Remark, RemarkKind
from kimplan.word.opc import Relationship

_THREADED = "{http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments}"
_LONGEST = 1000
Notes: TypeAlias = dict[tuple[int, int], tuple[Remark, ...]]


def read_notes(book: Book, found: list[Relationship]) -> Notes:
    """Return the notes of a sheet by their places; a conversation in place of its stand-in."""
    notes: Notes = {}
    talks: Notes = {}
    for one in found:
        if one.target.casefold() not in book.package.names:
            continue
        if one.purpose == "comments":
            _gather(notes, _notes(read_part(book.package, one.target)))
        elif one.purpose == "threadedComment":
            _gather(talks, _talks(read_part(book.package, one.target), book.people))
    return notes | talks


def _gather(notes: Notes, found: Iterator[tuple[str, Remark]]) -> None:
    for text, remark in found:
        place = place_of(text)
        if place is not None and remark.text:
            notes[place] = (*notes.get(place, ()), remark)


def _notes(root: Any) -> Iterator[tuple[str, Remark]]:
    authors = [" ".join((one.text or "").split()) for one in root.iter(f"{MAIN}author")]
    for comment in root.iter(f"{MAIN}comment"):
        number = comment.get("authorId", "")
        place = int(number) if number.isdigit() and len(number) < 6 else len(authors)
        author = authors[place] if place < len(authors) else ""
        words = " ".join("".join(t.text or "" for t in comment.iter(f"{MAIN}t")).split())
        words = words.removeprefix(f"{author}:").strip() if author else words
        yield comment.get("ref", ""), Remark(RemarkKind.COMMENT, words[:_LONGEST], author)


def _talks(root: Any, people: dict[str, str]) -> Iterator[tuple[str, Remark]]:
    for comment in root.iter(f"{_THREADED}threadedComment"):
        words = " ".join((comment.findtext(f"{_THREADED}text") or "").split())
        author = people.get(comment.get("personId", ""), "")
        day = _day(comment.get("dT", ""))
        yield comment.get("ref", ""), Remark(RemarkKind.COMMENT, words[:_LONGEST], author, day)


def _day(text: str) -> date | None:
    try:
        return parse_day(text[:10])
    except NotADateError:
        return None
