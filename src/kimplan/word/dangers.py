"""What a Word file may not hold: nothing in it may run, and nothing fetch a file.

Bounds and dangers are those of docs/architecture.md, "Hostile input".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from kimplan.word.kinds import SAVE_AGAIN
from kimplan.word.opc import Relationship
from kimplan.word.tags import qn, text_of

NO_MACROS = "Open it in Word and save it as a Word document (.docx), which holds no macros."
_MACROS = re.compile("vbaProject|vbaData|macroEnabled|attachedToolbars", re.IGNORECASE)
_CONTROLS = re.compile("activeX", re.IGNORECASE)
_FETCHING_FIELD = re.compile(
    r"\s*(DDE|DDEAUTO|INCLUDEPICTURE|INCLUDETEXT|LINK|DATABASE|RD|IMPORT|INCLUDE)(?!\w)",
    re.IGNORECASE,
)
_SCRIPT = r"[\s\x00-\x20]*(javascript|vbscript|data)\s*:"  # compiled where a link leads out
NOWHERE = "NULL"  # what Word writes for a picture that it lost
_LONGEST = 60

_BREAK_LINK = "In Word, choose File > Info > Edit Links to Files > Break Link, and save it."
_OUTSIDE = {
    "image": ("it shows a picture that is linked to and not in it", _BREAK_LINK),
    "oleObject": ("it shows an object that is linked to and not in it", _BREAK_LINK),
    "subDocument": (
        "a part of it is in another file",
        "In Word, choose View > Outline > Show Document > Unlink, and save it.",
    ),
    "attachedTemplate": (
        "it takes its template from elsewhere",
        "In Word, choose Normal as its template (Developer > Document Template), and save it.",
    ),
    "mailMergeSource": (
        "it is joined to the list of a mail merge",
        "In Word, choose Mailings > Start Mail Merge > Normal Word Document, and save it.",
    ),
    "frame": ("it is a page of frames, which are in other files", SAVE_AGAIN),
}
_OUTSIDE["mailMergeHeaderSource"] = _OUTSIDE["mailMergeSource"]
_ELSEWHERE = ("it refers to a file outside itself", _BREAK_LINK)


_SIMPLE, FIELD_CODE = qn("w:fldSimple"), qn("w:instrText")
FIELD_TAGS = (_SIMPLE, qn("w:fldChar"), FIELD_CODE)


class FieldMark(NamedTuple):
    """An element that a field is made of: its tag, what it says to do, and what kind it is of."""

    tag: str
    text: str
    kind: str


class UnfitError(Exception):
    """A file cannot be a template: the `reason` as half a sentence, and what to do."""

    def __init__(self, reason: str, hint: str = SAVE_AGAIN) -> None:
        super().__init__(reason)
        self.reason = reason
        self.hint = hint


def refuse_active(name: str) -> None:
    """Raise UnfitError if a part's name, its content type or a relationship's is of what runs."""
    if _MACROS.search(name):
        raise UnfitError("it holds macros", NO_MACROS)
    if _CONTROLS.search(name):
        hint = "Delete its ActiveX controls in Word (Developer > Design Mode), and save it."
        raise UnfitError("it holds ActiveX controls", hint)


def refuse_fetching(relationship: Relationship) -> None:
    """Raise UnfitError for what Word would run, or fetch from elsewhere.

    A link to click on is no such thing, and a template that is attached to the settings is left
    out of the report.
    """
    refuse_active(relationship.kind)
    purpose, target = relationship.purpose, relationship.target
    if purpose.casefold() == "afchunk":
        raise UnfitError("it holds a piece of another document", SAVE_AGAIN)
    if purpose == "hyperlink":
        if re.match(_SCRIPT, target, re.IGNORECASE):
            raise UnfitError("it has a link that runs a script", "Take the link out in Word.")
    elif relationship.is_external and target != NOWHERE and not is_attached(relationship):
        reason, hint = _OUTSIDE.get(purpose, _ELSEWHERE)
        raise UnfitError(f"{reason} ({target[:_LONGEST]})" if target else reason, hint)


def is_attached(relationship: Relationship) -> bool:
    """Return whether it is the template that somebody attached to a document, in its settings."""
    return relationship.purpose == "attachedTemplate" and "settings" in relationship.source


def refuse_fetching_fields(marks: Iterable[FieldMark]) -> None:
    """Raise UnfitError for fields that fetch something, such as ``INCLUDEPICTURE``."""
    for code in field_codes(marks):
        if found := _FETCHING_FIELD.match(code):
            reason = f"it has a field that fetches something from elsewhere ({found[1].upper()})"
            raise UnfitError(reason, "In Word, click on the field and press Ctrl+Shift+F9.")


def field_mark(element: Any) -> FieldMark:
    """Return the mark of a field that an element is, which has one of the `FIELD_TAGS`."""
    text = element.get(qn("w:instr"), "") if element.tag == _SIMPLE else text_of(element)
    return FieldMark(element.tag, text, element.get(qn("w:fldCharType"), ""))


def field_codes(marks: Iterable[FieldMark]) -> Iterator[str]:
    """Yield what each field says to do, however many runs and paragraphs it is split over."""
    open_codes: list[list[str]] = []
    for tag, text, kind in marks:
        if tag == _SIMPLE:
            yield text
        elif tag == FIELD_CODE:
            if open_codes:
                open_codes[-1].append(text)
            else:
                yield text
        elif kind == "begin":
            open_codes.append([])
        elif open_codes and (code := "".join(open_codes[-1])):
            yield code
            open_codes[-1] = []
        if kind == "end" and open_codes:
            open_codes.pop()
    yield from ("".join(code) for code in open_codes)
