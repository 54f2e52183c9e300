"""A Word file's comments, footnotes and endnotes, and who wrote something when."""

from __future__ import annotations

from datetime import date
from typing import Any

from kimplan.exchange.word_file import WordFile
from kimplan.model.due import NotADateError, parse_day
from kimplan.sheet import Remark, RemarkKind
from kimplan.word.tags import qn

_LONGEST = 10_000


class Notes:
    """The comments and notes of one file, found by the numbers that its text refers to."""

    def __init__(self, word: WordFile) -> None:
        self._notes = {
            name: {each.get(qn("w:id"), ""): each for each in getattr(word, name)}
            for name in ("comments", "footnotes", "endnotes")
        }

    def find(self, kind: str, number: str) -> Remark | None:
        """Return a comment, a footnote or an endnote; None where the file lacks it."""
        found = self._notes[kind].get(number)
        text = _paragraphs(found) if found is not None else ""
        if found is None or not text:
            return None
        what = RemarkKind.COMMENT if kind == "comments" else RemarkKind.FOOTNOTE
        short = text if len(text) <= _LONGEST else f"{text[:_LONGEST]} …"
        return Remark(what, short, *who(found))


def _paragraphs(note: Any) -> str:
    """Return the words of a note, with a blank line between its paragraphs."""
    texts = (" ".join("".join(one.itertext()).split()) for one in note.iter(qn("w:p")))
    return "\n\n".join(filter(None, texts))


def who(element: Any) -> tuple[str, date | None]:
    """Return who wrote a comment or made a tracked change, and on which day, if it says so."""
    author = " ".join(element.get(qn("w:author"), "").split())
    try:
        return author, parse_day(element.get(qn("w:date"), "")[:10])
    except NotADateError:
        return author, None
