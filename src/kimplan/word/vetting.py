"""Whether a file from a user is a Word document that is safe to open and to hand on."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from lxml import etree

from kimplan.word.dangers import (
    FIELD_CODE,
    FIELD_TAGS,
    FieldMark,
    UnfitError,
    field_mark,
    refuse_active,
    refuse_fetching,
    refuse_fetching_fields,
)
from kimplan.word.flow import ROW, events, forget, is_of_body
from kimplan.word.kinds import SAVE_AGAIN, describe_file, describe_package
from kimplan.word.opc import (
    CONTENT_TYPES,
    DOCUMENT_TYPE,
    STRICT,
    TEMPLATE_TYPE,
    Package,
    ReadablePackage,
    parse,
)

MAX_UNPACKED = 50 * 1024 * 1024
MAX_PARTS = 2_000
MAX_RATIO = 100
_RATIO_MATTERS_FROM = 1024 * 1024
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_ENCODINGS = {"UTF-8", "US-ASCII", "ASCII", "UTF-16", "UTF-16LE", "UTF-16BE"}
_NOT_STRICT = (
    "In Word, choose File > Save As > Word Document (.docx), and not Strict Open XML Document."
)


def vet(data: bytes) -> dict[str, bytes]:
    """Raise UnfitError unless `data` is a Word document that is safe to open and to hand on.

    Return, by its name, the part whose body has tables, without their rows.
    """
    without_rows: dict[str, bytes] = {}

    def vet_part(package: Package, name: str, part: bytes) -> None:
        if name.casefold().endswith(".rels"):
            root = _vet_markup(package, name, part)
            for relationship in package.relationships(name, root):
                refuse_fetching(relationship)
        elif name.casefold() == CONTENT_TYPES.casefold():
            _vet_markup(package, name, part)
        elif rest := _vet_text(name, part):
            without_rows[name] = rest

    _vet(data, vet_part, Package)
    return without_rows


def vet_to_read(data: bytes) -> None:
    """Raise UnfitError unless `data` is a Word document that is safe to read.

    What Word would fetch from elsewhere does no harm then, for nobody fetches it.
    """
    _vet(data, _vet_to_read, ReadablePackage)


def _vet(data: bytes, vet_part: Callable[[Package, str, bytes], None], kind: type[Package]) -> None:
    if other := describe_file(data):
        raise UnfitError(*other)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            vet_archive(archive)
            _vet_package(kind(archive), vet_part)
    except UnfitError:
        raise
    except Exception as error:
        # zipfile raises half a dozen kinds of error for a broken archive.
        raise UnfitError("it is damaged", SAVE_AGAIN) from error


def vet_archive(archive: zipfile.ZipFile) -> None:
    """Raise UnfitError for an archive that is too large, or that says two things at once."""
    entries = archive.infolist()
    if len(entries) > MAX_PARTS:
        raise UnfitError(f"it has more than {MAX_PARTS:,} parts")
    if len({entry.filename.casefold() for entry in entries}) != len(entries):
        raise UnfitError("it holds two parts of one name")
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnfitError("it is encrypted", "Take the password off and save it again.")
    is_bomb = any(_is_bomb(entry) for entry in entries)
    if is_bomb or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        hint = "Make its pictures smaller, or begin with a new file."
        raise UnfitError("it unpacks to far more than a Word document should", hint)


def _is_bomb(entry: zipfile.ZipInfo) -> bool:
    """Return whether a part's markup unpacks to far more than any; an empty picture may do so."""
    is_markup = entry.filename.casefold().endswith((".xml", ".rels"))
    return is_markup and entry.file_size > max(_RATIO_MATTERS_FROM, MAX_RATIO * entry.compress_size)


def _vet_package(package: Package, vet_part: Callable[[Package, str, bytes], None]) -> None:
    if CONTENT_TYPES.casefold() not in package.names:
        raise UnfitError(describe_package(set(package.names), ""))
    _vet_markup(package, CONTENT_TYPES)
    types = package.content_types()
    for name in package.names.values():
        refuse_active(name)
        refuse_active(types.get(name.casefold(), ""))
        data = package.read(name)
        if _is_read_as_markup(name.casefold(), types.get(name.casefold(), ""), data):
            vet_part(package, name, data)
    _vet_main_part(package, types)


def _is_read_as_markup(name: str, kind: str, data: bytes) -> bool:
    """Return whether a program reads a part as markup; no picture is, whatever it is written in."""
    if kind.startswith("image/") and not name.endswith((".xml", ".rels")):
        return False
    begins = data[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
    return begins or data.startswith(_UTF16) or name.endswith((".xml", ".rels"))


def _vet_main_part(package: Package, types: dict[str, str]) -> None:
    """Raise UnfitError unless the package leads to a document that can be read."""
    main = package.main_part()
    kind = types.get(main.target.casefold(), "") if main else ""
    if main is not None and main.kind.startswith(STRICT):
        raise UnfitError("it is a Strict Open XML document", _NOT_STRICT)
    if kind not in {DOCUMENT_TYPE, TEMPLATE_TYPE}:
        raise UnfitError(describe_package(set(package.names), kind), SAVE_AGAIN)


def _vet_to_read(package: Package, name: str, data: bytes) -> None:
    root = _vet_markup(package, name, data)
    if name.casefold().endswith(".rels"):
        for relationship in package.relationships(name, root):
            refuse_active(relationship.kind)


def _vet_text(name: str, data: bytes) -> bytes:
    """Return a part without the rows of its tables, or nothing if it has none in its body.

    Raises UnfitError if it is broken, declares entities, or has a field that fetches something.
    """
    _refuse_declarations(name, data)
    marks: list[FieldMark] = []
    unread: list[int] = []  # the places of codes whose text the parser has not come to the end of
    has_rows = False
    with _refusing_broken(name):
        parsing = events(io.BytesIO(data), ("start", "end"), ROW, *FIELD_TAGS)
        for event, element in parsing:
            if element.tag == ROW:
                if event == "end" and is_of_body(element.getparent()):
                    forget(element)
                    has_rows = True
            elif event == "start":
                if element.tag == FIELD_CODE:
                    unread.append(len(marks))
                marks.append(field_mark(element))
            elif element.tag == FIELD_CODE:
                marks[unread.pop()] = field_mark(element)
    _refuse_unusual(name, parsing.root)
    refuse_fetching_fields(marks)
    return etree.tostring(parsing.root, encoding="UTF-8") if has_rows else b""


def _vet_markup(package: Package, name: str, data: bytes | None = None) -> Any:
    """Return the root of a part; raise UnfitError if it is broken or declares entities."""
    data = package.read(name) if data is None else data
    _refuse_declarations(name, data)
    with _refusing_broken(name):
        root = parse(data)
    _refuse_unusual(name, root)
    return root


@contextmanager
def _refusing_broken(name: str) -> Iterator[None]:
    """Raise UnfitError where a parser cannot read the part `name`."""
    try:
        yield
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise UnfitError(f"its part {name} is broken") from error


def _refuse_unusual(name: str, root: Any) -> None:
    information: Any = root.getroottree().docinfo
    if (information.encoding or "UTF-8").upper() not in _ENCODINGS:
        raise UnfitError(f"its part {name} is in an unusual encoding")
    if information.doctype:
        raise UnfitError(f"its part {name} declares entities")


def _refuse_declarations(name: str, data: bytes) -> None:
    """Raise UnfitError before a parser sees an entity, in each encoding that it may be in."""
    text = data
    if data.startswith(_UTF16):
        text = data.decode("utf-16", "replace").encode("utf-8", "replace")
    elif b"\x00" in data:
        raise UnfitError(f"its part {name} is in an unusual encoding")
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        raise UnfitError(f"its part {name} declares entities")
