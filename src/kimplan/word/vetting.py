"""Whether a file from a user is a Word document that is safe to open and to hand on."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

from lxml import etree

from kimplan.word.dangers import (
    UnfitError,
    refuse_active,
    refuse_fetching,
    refuse_fetching_fields,
)
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


def vet(data: bytes) -> None:
    """Raise UnfitError unless `data` is a Word document that is safe to open and to hand on."""
    _vet(data, _vet_part, Package)


def vet_to_read(data: bytes) -> None:
    """Raise UnfitError unless `data` is a Word document that is safe to read.

    What Word would fetch from elsewhere does no harm then, for nobody fetches it.
    """
    _vet(data, _vet_text, ReadablePackage)


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


def _vet_part(package: Package, name: str, data: bytes) -> None:
    root = _vet_markup(package, name, data)
    if name.casefold().endswith(".rels"):
        for relationship in package.relationships(name, root):
            refuse_fetching(relationship)
    elif name.casefold() != CONTENT_TYPES.casefold():
        refuse_fetching_fields(root)


def _vet_text(package: Package, name: str, data: bytes) -> None:
    root = _vet_markup(package, name, data)
    if name.casefold().endswith(".rels"):
        for relationship in package.relationships(name, root):
            refuse_active(relationship.kind)


def _vet_markup(package: Package, name: str, data: bytes | None = None) -> Any:
    """Return the root of a part; raise UnfitError if it is broken or declares entities."""
    data = package.read(name) if data is None else data
    _refuse_declarations(name, data)
    try:
        root = parse(data)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise UnfitError(f"its part {name} is broken") from error
    information: Any = root.getroottree().docinfo
    if (information.encoding or "UTF-8").upper() not in _ENCODINGS:
        raise UnfitError(f"its part {name} is in an unusual encoding")
    if information.doctype:
        raise UnfitError(f"its part {name} declares entities")
    return root


def _refuse_declarations(name: str, data: bytes) -> None:
    """Raise UnfitError before a parser sees an entity, in each encoding that it may be in."""
    text = data
    if data.startswith(_UTF16):
        text = data.decode("utf-16", "replace").encode("utf-8", "replace")
    elif b"\x00" in data:
        raise UnfitError(f"its part {name} is in an unusual encoding")
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        raise UnfitError(f"its part {name} declares entities")
