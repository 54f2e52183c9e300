"""A file that somebody chose to the tables in it, whatever its format is."""

from __future__ import annotations

import hashlib
import os
import re
import stat
import zipfile
from io import BytesIO
from pathlib import Path

from kimplan.errors import KimplanError
from kimplan.exchange.bounds import MAX_BYTES, UnreadableError
from kimplan.reasons import why
from kimplan.sheet import SheetFile

_ZIP, _OLE2 = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_KNOWN = "Name a Word (.docx), Excel (.xlsx), HTML, CSV or TSV file."
_BEGINNINGS = (
    (b"%PDF", "it is a PDF", "Name the Word or Excel file that the PDF was made of."),
    (b"{\\rtf", "it is in the Rich Text Format (.rtf)", "Open it in Word and save it as .docx."),
    (
        b"MIME-Version:",
        "it is a web page in one file (.mht)",
        "Save the page again as Web page, HTML only.",
    ),
)
_HTML = re.compile(rb"<\s*(?:!doctype\s+html|html|head|body|table|meta|div|p)\b", re.IGNORECASE)
_HEAD = 4096
_OPEN_DOCUMENT = {
    "text": ("it is an OpenDocument text (.odt)", "Save it as a Word document (.docx)."),
    "spreadsheet": ("it is an OpenDocument sheet (.ods)", "Save it as an Excel workbook (.xlsx)."),
}


def read_sheets(path: Path) -> SheetFile:
    """Return the tables of a Word, Excel, HTML, CSV or TSV file, by what it holds.

    Raises KimplanError, with what to do, for a file that is none of these, that is too large,
    damaged, encrypted or dangerous, or that cannot be read.
    """
    data = _bytes_of(path)
    try:
        found = _read(data)
    except UnreadableError as error:
        raise KimplanError(f"{path} cannot be read: {error.reason}", error.hint) from error
    return found._replace(name=path.name, digest=hashlib.sha256(data).hexdigest())


def _bytes_of(path: Path) -> bytes:
    try:
        status = os.stat(path)
        if not stat.S_ISREG(status.st_mode):
            raise KimplanError(f"{path} is not a file", _KNOWN)
        if status.st_size > MAX_BYTES:
            hint = "Keep only the plan's table in it, and make its pictures smaller."
            raise KimplanError(f"{path} is larger than 50 MB", hint)
        return path.read_bytes()
    except FileNotFoundError:
        raise KimplanError(f"there is no file {path}", "Check the name.") from None
    except OSError as error:
        hint = "Close it in Word or Excel, and check that you may read it."
        raise KimplanError(f"{path} cannot be read: {why(error)}", hint) from error


def _read(data: bytes) -> SheetFile:
    if not data.strip(b"\x00 \t\r\n"):
        raise UnreadableError("it is empty", _KNOWN)
    if data.startswith(_ZIP):
        return _read_zip(data)
    if data.startswith(_OLE2):
        raise _old(data)
    for beginning, reason, hint in _BEGINNINGS:
        if data.startswith(beginning):
            raise UnreadableError(reason, hint)
    if _is_html(data):
        return _read_html(data)
    from kimplan.exchange.delimited import read_delimited

    return SheetFile("", "", (read_delimited(data),))


def _is_html(data: bytes) -> bool:
    head = data[:_HEAD].replace(b"\x00", b"")
    return bool(_HTML.search(head)) and head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")[:1] == b"<"


def _read_html(data: bytes) -> SheetFile:
    from kimplan.exchange.html import read_html

    page = read_html(data)
    return SheetFile("", "", page.sheets, page.remarks, title=page.title, text=page.text)


def _read_zip(data: bytes) -> SheetFile:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = {name.casefold() for name in archive.namelist()}
            kind = _kind(archive) if "mimetype" in names else ""
    except (zipfile.BadZipFile, KeyError, OSError, ValueError, RuntimeError) as error:
        hint = "Open it in the program that wrote it, and save it again."
        raise UnreadableError("it is damaged", hint) from error
    for word, (reason, hint) in _OPEN_DOCUMENT.items():
        if word in kind:
            raise UnreadableError(reason, hint)
    if any(name.startswith("xl/") for name in names):
        return _read_excel(data)
    if any(name.startswith("ppt/") for name in names):
        raise UnreadableError("it is a PowerPoint presentation", _KNOWN)
    if "[content_types].xml" not in names:
        raise UnreadableError("it is an archive of files (.zip)", "Take the file out of it.")
    return _read_word(data)


def _kind(archive: zipfile.ZipFile) -> str:
    """Return what an OpenDocument says it is, of which no more is unpacked than is needed."""
    with archive.open("mimetype") as part:
        return part.read(100).decode("ascii", "replace")


def _read_word(data: bytes) -> SheetFile:
    from kimplan.exchange.word import read_word

    found = read_word(data)
    word = found.word
    return SheetFile(
        "",
        "",
        found.sheets,
        found.remarks,
        word.is_report,
        word.commit,
        word.title,
        found.text,
        is_word=True,
    )


def _read_excel(data: bytes) -> SheetFile:
    from kimplan.exchange.excel import read_excel

    book = read_excel(data)
    return SheetFile("", "", book.sheets, book.remarks, title=book.title)


def _old(data: bytes) -> UnreadableError:
    """Return what Microsoft's older container is ([MS-CFB], [MS-OFFCRYPTO], [MS-XLS])."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        hint = "Open it, take the password off (File > Info), and save it."
        return UnreadableError("it is protected by a password", hint)
    if "WordDocument".encode("utf-16-le") in data:
        hint = "Open it in Word and save it as a Word document (.docx)."
        return UnreadableError("it is in the old format of Word (.doc)", hint)
    if any(name.encode("utf-16-le") in data for name in ("Workbook", "Book")):
        hint = "Open it in Excel and save it as an Excel workbook (.xlsx)."
        return UnreadableError("it is in the old format of Excel (.xls)", hint)
    hint = "Open it in the program that wrote it, and save it as .docx or .xlsx."
    return UnreadableError("it is in an old format of Microsoft Office", hint)
