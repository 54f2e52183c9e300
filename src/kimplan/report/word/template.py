"""A Word file from a user: vetted before anything opens it, and refused with what to do.

Bounds and dangers follow docs/architecture.md, "Hostile input": nothing in a template may run, and
nothing in it may fetch a file when the report is opened.
"""

from __future__ import annotations

import io
import os
import re
import stat
import zipfile
from pathlib import Path

import docx
from docx.document import Document

from kimplan.errors import TemplateError

MAX_PACKED = 20 * 1024 * 1024
MAX_UNPACKED = 50 * 1024 * 1024
MAX_PARTS = 2_000
MAX_RATIO = 100
_RATIO_MATTERS_FROM = 1024 * 1024
DEFAULT = Path(__file__).parent / "template"

_OLD_FORMAT = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE_AGAIN = "Open it in Word and save it as a Word document (.docx)."
_DANGEROUS_PARTS = re.compile(
    rb"vbaProject|vbaData|macroEnabled|activeX|oleObject|attachedToolbars"
)
_DECLARATION = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
_EXTERNAL = re.compile(rb"<[^<>]*TargetMode\s*=\s*[\"']\s*External[^<>]*>", re.IGNORECASE)
_HYPERLINK = re.compile(rb"Type\s*=\s*[\"'][^\"']*/hyperlink[\"']")
_SAFE_TARGET = re.compile(rb"Target\s*=\s*[\"'](https?://|mailto:)", re.IGNORECASE)


def open_default() -> Document:
    """Return the template that kimplan brings."""
    return docx.Document(str(DEFAULT))


def open_template(path: Path) -> Document:
    """Return the organisation's template at `path`, after vetting it.

    Raises TemplateError, which says what is wrong with the file and what to do about it.
    """
    data = _read(path)
    _vet(path, data)
    try:
        document = docx.Document(io.BytesIO(data))
        _ = document.sections[-1].page_width, document.styles.element
    except Exception as error:
        raise _refused(path, "Word's parts in it are broken or missing", _SAVE_AGAIN) from error
    return document


def _refused(path: Path, reason: str, hint: str) -> TemplateError:
    return TemplateError(f"the template {path} cannot be used: {reason}", hint)


def _read(path: Path) -> bytes:
    try:
        status = os.stat(path)
        if not stat.S_ISREG(status.st_mode):
            raise _refused(path, "it is not a file", "Name a Word document (.docx).")
        if status.st_size > MAX_PACKED:
            raise _refused(path, "it is larger than 20 MB", "Make its pictures smaller in Word.")
        return path.read_bytes()
    except FileNotFoundError:
        hint = "Check the name, or leave --template out to use the usual look."
        raise TemplateError(f"there is no template {path}", hint) from None
    except OSError as error:
        reason = error.strerror or "it cannot be read"
        raise _refused(path, reason, "Close it in Word and check that you may read it.") from error


def _vet(path: Path, data: bytes) -> None:
    if data.startswith(_OLD_FORMAT):
        reason = "it is protected by a password, or in the old .doc format"
        hint = "Open it in Word, take the password off (File > Info) and save it as .docx."
        raise _refused(path, reason, hint)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            _vet_package(path, package)
    except TemplateError:
        raise
    except Exception as error:
        # zipfile raises half a dozen kinds of error for a broken or encrypted archive.
        raise _refused(path, "it is not a Word document", _SAVE_AGAIN) from error


def _vet_package(path: Path, package: zipfile.ZipFile) -> None:
    entries = package.infolist()
    if len(entries) > MAX_PARTS:
        raise _refused(path, f"it has more than {MAX_PARTS:,} parts", _SAVE_AGAIN)
    names = [entry.filename.casefold() for entry in entries]
    if len(set(names)) != len(names):
        raise _refused(path, "it holds two parts of one name", _SAVE_AGAIN)
    if any(entry.flag_bits & 1 for entry in entries):
        raise _refused(path, "it is encrypted", "Take the password off and save it again.")
    if "word/document.xml" not in names:
        raise _refused(path, "it is not a Word document", _SAVE_AGAIN)
    for entry in entries:
        bomb = entry.file_size > max(_RATIO_MATTERS_FROM, MAX_RATIO * entry.compress_size)
        if bomb or sum(each.file_size for each in entries) > MAX_UNPACKED:
            reason = "it unpacks to far more than a Word document should"
            raise _refused(path, reason, "Make its pictures smaller, or begin with a new file.")
    for entry in entries:
        _vet_part(path, entry.filename, package.read(entry))


def _vet_part(path: Path, name: str, data: bytes) -> None:
    lower = name.lower()
    if _DANGEROUS_PARTS.search(name.encode("utf-8", "replace")):
        raise _refused(path, "it holds macros or active content", _NO_MACROS)
    if not lower.endswith((".xml", ".rels")):
        return
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in data:
        raise _refused(path, f"its part {name} is not UTF-8", _SAVE_AGAIN)
    if _DECLARATION.search(data):
        raise _refused(path, f"its part {name} declares entities", _SAVE_AGAIN)
    if lower == "[content_types].xml" and _DANGEROUS_PARTS.search(data):
        raise _refused(path, "it holds macros or active content", _NO_MACROS)
    if lower.endswith(".rels"):
        _vet_relationships(path, data)


_NO_MACROS = "Open it in Word and save it as a Word document (.docx), which holds no macros."


def _vet_relationships(path: Path, data: bytes) -> None:
    """Refuse what Word would fetch from elsewhere; a link to click on is no such thing."""
    for found in _EXTERNAL.findall(data):
        if not (_HYPERLINK.search(found) and _SAFE_TARGET.search(found)):
            reason = "it refers to a file outside itself (a linked picture, template or object)"
            hint = (
                "In Word, put linked pictures into the document (File > Info > Edit Links to "
                "Files) and choose Normal as its template (Developer > Document Template)."
            )
            raise _refused(path, reason, hint)
    if _DANGEROUS_PARTS.search(data):
        raise _refused(path, "it holds macros or active content", _NO_MACROS)
