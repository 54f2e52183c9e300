"""A workbook's parts, opened for reading: its sheets, and what their cells refer to."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any, NamedTuple

from lxml import etree

from kimplan.exchange.bounds import UnreadableError
from kimplan.exchange.excel_styles import MAIN, Style, is_on, read_styles
from kimplan.model.prose import Span
from kimplan.word.dangers import UnfitError, refuse_active
from kimplan.word.opc import Package, ReadablePackage, Relationship, parse

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_MAX_PARTS, _MAX_UNPACKED = 2_000, 200 * 1024 * 1024
_MAX_STRINGS = 500_000
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_SAVE = "Open it in Excel and save it as an Excel workbook (.xlsx)."
_TITLE = "{http://purl.org/dc/elements/1.1/}title"


class SheetPart(NamedTuple):
    """A sheet: what its tab says, whether that is hidden, and its part."""

    name: str
    is_hidden: bool
    part: str


class RichText(NamedTuple):
    """A string in runs of one look, and those of its words that are struck through."""

    spans: tuple[Span, ...] = ()
    struck: str = ""


class Book(NamedTuple):
    """A workbook that was opened."""

    package: Package
    sheets: tuple[SheetPart, ...]
    strings: list[RichText]
    styles: list[Style]
    people: dict[str, str]
    from_1904: bool
    title: str


def open_book(archive: zipfile.ZipFile) -> Book:
    """Return the parts of a workbook; raise UnreadableError for what is none, or is unsafe."""
    try:
        _vet(archive)
        return _opened(ReadablePackage(archive))
    except UnfitError as error:
        raise UnreadableError(error.reason, _SAVE) from error
    except (KeyError, etree.XMLSyntaxError, zipfile.BadZipFile, ValueError) as error:
        raise UnreadableError("its parts are damaged or missing", _SAVE) from error


def _vet(archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnreadableError("it is encrypted", "Take the password off and save it again.")
    if len(entries) > _MAX_PARTS or sum(one.file_size for one in entries) > _MAX_UNPACKED:
        hint = "Copy the plan's table to a new workbook, and save that."
        raise UnreadableError("it unpacks to far more than a plan's workbook should", hint)
    for entry in entries:
        refuse_active(entry.filename)


def read_part(package: Package, name: str) -> Any:
    """Return the root of a part; raise UnreadableError for one that declares entities."""
    return parse(checked(package.read(name)))


def checked(data: bytes) -> bytes:
    """Return a part's bytes; raise UnreadableError if they declare entities."""
    head = data.replace(b"\x00", b"") if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else data
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise UnreadableError("a part of it declares entities", _SAVE)
    return data


def _opened(package: Package) -> Book:
    main = package.main_part()
    if main is None:
        raise KeyError("the workbook")
    for name in ("[Content_Types].xml", *package.relationship_parts()):
        checked(package.read(name))
    for kind in package.content_types().values():
        refuse_active(kind)
    workbook = read_part(package, main.target)
    if workbook.tag != f"{MAIN}workbook":
        raise UnreadableError("it is no workbook that Excel knows", _SAVE)
    found = package.relationships_of(main.target)
    by_id = {one.element.get("Id", ""): one for one in found}
    settings = workbook.find(f"{MAIN}workbookPr")
    is_1904 = settings is not None and settings.get("date1904") in {"1", "true"}
    return Book(
        package, tuple(_sheets(workbook, by_id)), list(_strings(package, found)),
        read_styles(_first(package, found, "styles"), _first(package, found, "theme")),
        dict(_people(_first(package, found, "person"))), is_1904, _title(package),
    )  # fmt: skip


def _sheets(workbook: Any, by_id: dict[str, Relationship]) -> Iterator[SheetPart]:
    for sheet in workbook.iterfind(f"{MAIN}sheets/{MAIN}sheet"):
        leads = by_id.get(sheet.get(_RELATION, ""))
        if leads is not None and leads.purpose == "worksheet":
            hidden = sheet.get("state", "visible") != "visible"
            yield SheetPart(" ".join(sheet.get("name", "").split()), hidden, leads.target)


def _first(package: Package, found: list[Relationship], purpose: str) -> Any:
    name = package.led_to(found, purpose)
    return read_part(package, name) if name else None


def _strings(package: Package, found: list[Relationship]) -> Iterator[RichText]:
    name = package.led_to(found, "sharedStrings")
    if not name:
        return
    data = io.BytesIO(checked(package.read(name)))
    items = etree.iterparse(
        data, tag=f"{MAIN}si", resolve_entities=False, no_network=True, huge_tree=False
    )
    for number, (_, item) in enumerate(items):
        if number >= _MAX_STRINGS:
            hint = "Copy the plan's table to a new workbook, and save that."
            raise UnreadableError("it holds more texts than a plan should", hint)
        yield rich_text(item)
        item.clear()


def rich_text(item: Any) -> RichText:
    """Return the text of a string, in runs of one look; how it is pronounced is left out."""
    spans, struck = [], []
    for child in item:
        if child.tag == f"{MAIN}t":
            spans.append(Span(_unescaped(child.text or "")))
        elif child.tag == f"{MAIN}r":
            text = _unescaped(child.findtext(f"{MAIN}t") or "")
            look = child.find(f"{MAIN}rPr")
            spans.append(Span(text, is_on(look, "b")))
            if is_on(look, "strike"):
                struck.append(text)
    return RichText(tuple(spans), "".join(struck))


def _unescaped(text: str) -> str:
    """Return a text with the characters that XML cannot hold, but for those nobody can show."""
    if "_x" not in text:
        return text
    return _ESCAPE.sub(lambda found: _character(int(found[1], 16), found[0]), text)


def _character(code: int, otherwise: str) -> str:
    if code in {9, 10, 13} or (code >= 32 and not 0xD800 <= code <= 0xDFFF and code < 0xFFFE):
        return "\n" if code in {10, 13} else chr(code)
    return ""


def _people(root: Any) -> Iterator[tuple[str, str]]:
    for person in root if root is not None else ():
        yield person.get("id", ""), " ".join(person.get("displayName", "").split())


def _title(package: Package) -> str:
    root = _first(package, package.relationships("_rels/.rels"), "core-properties")
    return " ".join((root.findtext(_TITLE) or "").split()) if root is not None else ""
