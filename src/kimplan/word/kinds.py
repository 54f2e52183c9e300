"""What a file is that is no Word document (.docx), in the words that its owner knows it by."""

from __future__ import annotations

SAVE_AGAIN = "Open it in Word and save it as a Word document (.docx)."
_TAKE_IT_OFF = "Open it in Word, take the password off (File > Info) and save it as .docx."
_LIFT_IT = "Open it in Word, lift the restriction (File > Info > Protect Document) and save it."
_ANOTHER = "Name a Word document (.docx)."

_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK"
_BEGINNINGS = (
    (b"{\\rtf", "it is in the Rich Text Format (.rtf)", SAVE_AGAIN),
    (b"%PDF", "it is a PDF", "Name the Word document that the PDF was made of."),
    (b"MIME-Version:", "it is a saved web page (.mht)", SAVE_AGAIN),
)
_MARKUP = (
    (b"pkg:package", "it is a Word XML document (.xml)"),
    (b"w:wordDocument", "it is a Word 2003 XML document (.xml)"),
    (b"<html", "it is a web page (.html)"),
)
# The main part's content type says which program a package is for.
_PROGRAMS = {
    "spreadsheetml": "it is an Excel workbook",
    "ms-excel": "it is an Excel workbook",
    "presentationml": "it is a PowerPoint presentation",
    "ms-powerpoint": "it is a PowerPoint presentation",
}


def describe_file(data: bytes) -> tuple[str, str] | None:
    """Return why `data` is no Word document, as half a sentence, and what to do.

    Return None for a zip, of which only its parts can tell.
    """
    if not data:
        return "it is empty", _ANOTHER
    if data.startswith(_OLE2):
        return _describe_ole2(data)
    if data.startswith(_ZIP):
        return None
    for beginning, reason, hint in _BEGINNINGS:
        if data.startswith(beginning):
            return reason, hint
    head = data[:2000].lower()
    for mark, reason in _MARKUP:
        if mark.lower() in head:
            return reason, SAVE_AGAIN
    return "it is not a Word document", _ANOTHER


def _describe_ole2(data: bytes) -> tuple[str, str]:
    """Tell apart what Microsoft's older container holds ([MS-CFB], [MS-OFFCRYPTO])."""
    if _wide("DRMEncrypted") in data:
        return "it is protected by rights management", _LIFT_IT
    if _wide("EncryptedPackage") in data:
        return "it is protected by a password", _TAKE_IT_OFF
    if _wide("WordDocument") in data:
        return "it is in the old format of Word (.doc)", SAVE_AGAIN
    return "it is protected by a password, or in the old .doc format", _TAKE_IT_OFF


def _wide(name: str) -> bytes:
    return name.encode("utf-16-le")


def describe_package(names: set[str], main_type: str) -> str:
    """Return what a zip with parts of these names, and this main content type, is instead."""
    for mark, reason in _PROGRAMS.items():
        if mark in main_type:
            return reason
    if "mimetype" in names and "content.xml" in names:
        return "it is an OpenDocument file (.odt)"
    return "it is not a Word document"
