"""What a Word file from a user may not hold: nothing in it may run, and nothing fetch a file.

Bounds and dangers are those of docs/architecture.md, "Hostile input".
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

from docx.oxml.ns import qn
from lxml import etree

MAX_UNPACKED = 50 * 1024 * 1024
MAX_PARTS = 2_000
MAX_RATIO = 100
_RATIO_MATTERS_FROM = 1024 * 1024

_OLD_FORMAT = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SAVE_AGAIN = "Open it in Word and save it as a Word document (.docx)."
_NO_MACROS = "Open it in Word and save it as a Word document (.docx), which holds no macros."
_NO_LINKS = (
    "In Word, put linked pictures into the document (File > Info > Edit Links to Files) and choose "
    "Normal as its template (Developer > Document Template)."
)
_ACTIVE = re.compile(
    "vbaProject|vbaData|macroEnabled|activeX|oleObject|attachedToolbars", re.IGNORECASE
)
_FETCHING_FIELD = re.compile(
    r"(DDE|DDEAUTO|INCLUDEPICTURE|INCLUDETEXT|LINK|DATABASE|RD|IMPORT|INCLUDE)(?!\w)",
    re.IGNORECASE,
)
_SAFE_TARGET = re.compile("https?://|mailto:", re.IGNORECASE)


class UnfitError(Exception):
    """A file cannot be a template: the `reason` as half a sentence, and what to do."""

    def __init__(self, reason: str, hint: str = SAVE_AGAIN) -> None:
        super().__init__(reason)
        self.reason = reason
        self.hint = hint


def vet(data: bytes) -> None:
    """Raise UnfitError unless `data` is a Word document that is safe to open and to hand on."""
    if data.startswith(_OLD_FORMAT):
        hint = "Open it in Word, take the password off (File > Info) and save it as .docx."
        raise UnfitError("it is protected by a password, or in the old .doc format", hint)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            _vet_package(package)
    except UnfitError:
        raise
    except Exception as error:
        # zipfile raises half a dozen kinds of error for a broken or encrypted archive.
        raise UnfitError("it is not a Word document") from error


def _vet_package(package: zipfile.ZipFile) -> None:
    entries = package.infolist()
    if len(entries) > MAX_PARTS:
        raise UnfitError(f"it has more than {MAX_PARTS:,} parts")
    names = [entry.filename.casefold() for entry in entries]
    if len(set(names)) != len(names):
        raise UnfitError("it holds two parts of one name")
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnfitError("it is encrypted", "Take the password off and save it again.")
    if "word/document.xml" not in names:
        raise UnfitError("it is not a Word document")
    is_bomb = any(
        entry.file_size > max(_RATIO_MATTERS_FROM, MAX_RATIO * entry.compress_size)
        for entry in entries
    )
    if is_bomb or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        hint = "Make its pictures smaller, or begin with a new file."
        raise UnfitError("it unpacks to far more than a Word document should", hint)
    for entry in entries:
        if _ACTIVE.search(entry.filename):
            raise UnfitError("it holds macros or active content", _NO_MACROS)
        data = package.read(entry)
        is_markup = data[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
        if is_markup or entry.filename.casefold().endswith((".xml", ".rels")):
            _vet_part(entry.filename, data)


def _vet_part(name: str, data: bytes) -> None:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in data:
        raise UnfitError(f"its part {name} is not UTF-8")
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise UnfitError(f"its part {name} declares entities")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise UnfitError(f"its part {name} is broken") from error
    information: Any = root.getroottree().docinfo
    if (information.encoding or "UTF-8").upper() not in {"UTF-8", "US-ASCII", "ASCII"}:
        raise UnfitError(f"its part {name} is not UTF-8")
    if information.doctype:
        raise UnfitError(f"its part {name} declares entities")
    if name.casefold() == "[content_types].xml":
        _vet_content_types(root)
    elif name.casefold().endswith(".rels"):
        _vet_relationships(root)
    else:
        _vet_fields(root)


def _vet_content_types(root: Any) -> None:
    if any(_ACTIVE.search(value) for element in root.iter("*") for value in element.values()):
        raise UnfitError("it holds macros or active content", _NO_MACROS)


def _vet_relationships(root: Any) -> None:
    """Refuse what Word would fetch from elsewhere; a link to click on is no such thing."""
    for relationship in root.iter("*"):
        values = {etree.QName(name).localname: value for name, value in relationship.items()}
        kind, target = values.get("Type", ""), values.get("Target", "").strip()
        if kind.casefold().endswith("/afchunk"):
            raise UnfitError("it holds a piece of another document", SAVE_AGAIN)
        if _ACTIVE.search(kind):
            raise UnfitError("it holds macros or active content", _NO_MACROS)
        is_outside = any(
            name.casefold() == "targetmode" and value.strip().casefold() == "external"
            for name, value in values.items()
        )
        if is_outside and not (kind.endswith("/hyperlink") and _SAFE_TARGET.match(target)):
            reason = "it refers to a file outside itself (a linked picture, template or object)"
            raise UnfitError(reason, _NO_LINKS)


def _vet_fields(root: Any) -> None:
    """Refuse fields that fetch something, such as ``INCLUDEPICTURE``, however they are split."""
    codes = [element.get(qn("w:instr"), "") for element in root.iter(qn("w:fldSimple"))]
    codes += [
        "".join(code.text or "" for code in line.iter(qn("w:instrText")))
        for line in root.iter(qn("w:p"))
    ]
    if any(_FETCHING_FIELD.match(code.strip()) for code in codes):
        reason = "it has a field that fetches something from elsewhere (DDE, LINK, INCLUDE…)"
        raise UnfitError(reason, "In Word, click on the field and press Ctrl+Shift+F9.")
