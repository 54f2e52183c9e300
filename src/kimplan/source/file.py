"""One file to text: plain files only, bounded, strict UTF-8; nothing here can hang."""

from __future__ import annotations

import os
import stat

from kimplan.characters import position
from kimplan.source.problem import Problem

MAX_BYTES = 256 * 1024
_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_NOFOLLOW", 0)  # of what was no link when it was looked at
)
_KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)
_UTF8_HINT = (
    "Save the file as UTF-8: in Notepad, File > Save As > Encoding: UTF-8; a forge's web editor "
    "does so by itself."
)
_OTHER_FILES = {
    b"\xff\xfe": "",  # UTF-16
    b"\xfe\xff": "",
    b"PK\x03\x04": "a Word, Excel or zip file",
    b"%PDF-": "a PDF file",
    b"\xd0\xcf\x11\xe0": "an older Word or Excel file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
}
_STARTS = tuple(_OTHER_FILES)
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
MISSING = Problem("KP001", "the file is missing", "Put it there; kimplan rule KP001 says more.")


def read(path: str, root: str) -> tuple[str | None, list[Problem]]:
    """Return the text of the file at `path`, or None and what is wrong with it.

    A byte order mark is taken off; line endings stay. A link is followed only to a file inside
    the folder `root`. Never raises for what the file is or holds.
    """
    try:
        data = _read_bytes(path, root)
    except FileNotFoundError:
        return None, [MISSING]
    except OSError as error:
        from kimplan.reasons import why

        return None, [
            Problem("KP001", f"the file cannot be read: {why(error)}", _permission_hint(error))
        ]
    except RecursionError:
        return None, [Problem("KP001", "the file cannot be read: its links never end")]
    if isinstance(data, Problem):
        return None, [data]
    return decode(data)


def leads_out(path: str, root: str) -> bool:
    """Return whether `path`, with its links followed, lies outside the folder `root`."""
    root = os.path.realpath(root)
    try:
        return os.path.commonpath([root, os.path.realpath(path)]) != root
    except ValueError:  # another drive, on Windows
        return True


def _permission_hint(error: OSError) -> str:
    is_forbidden = isinstance(error, PermissionError)
    return "Ask whoever set up this folder for the right to read it." if is_forbidden else ""


def _read_bytes(path: str, root: str) -> bytes | Problem:
    mode = os.lstat(path).st_mode
    if stat.S_ISLNK(mode):
        target = os.path.realpath(path, strict=True)
        if leads_out(target, root):
            return Problem("KP001", "the file is a link that leaves the plan", "Put the file here.")
        path, mode = target, os.lstat(target).st_mode
    if not stat.S_ISREG(mode):
        return _not_a_file(mode)
    descriptor = os.open(path, _FLAGS)
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            return _not_a_file(status.st_mode)
        if status.st_size > MAX_BYTES:
            return _too_large(status.st_size)
        # A buffer of MAX_BYTES for every small file takes longer than the file.
        data = os.read(descriptor, status.st_size + 1)
        while len(data) != status.st_size and len(data) <= MAX_BYTES:  # it grows, or comes in parts
            more = os.read(descriptor, MAX_BYTES)
            if not more:
                break
            data += more
    finally:
        os.close(descriptor)
    return data if len(data) <= MAX_BYTES else _too_large(len(data))


def _not_a_file(mode: int) -> Problem:
    kind = next((name for test, name in _KINDS if test(mode)), "not a plain file")
    return Problem("KP001", f"this is {kind}, not a file", "Move it out of the plan.")


def _too_large(size: int) -> Problem:
    return Problem(
        "KP006",
        f"the file is too large: {size:,} bytes, at most {MAX_BYTES:,} are read",
        "A record is a few pages of text at most; keep documents elsewhere and link to them.",
    )


def decode(data: bytes) -> tuple[str | None, list[Problem]]:
    """Return the text of a file's content, without a byte order mark, or None and what is wrong."""
    if len(data) > MAX_BYTES:
        return None, [_too_large(len(data))]
    if data.startswith(_STARTS):
        return None, [_other_file(data)]
    data = data.removeprefix(_BYTE_ORDER_MARK)  # the codec that does so is written in Python
    try:
        return data.decode(), []
    except UnicodeDecodeError as error:
        before = data[: error.start].decode()
        line, column = position(before, len(before))
        return None, [_not_utf8(data[error.start], line, column)]


def _other_file(data: bytes) -> Problem:
    kind = next(kind for start, kind in _OTHER_FILES.items() if data.startswith(start))
    if not kind:
        return Problem("KP002", "the file is not UTF-8 but UTF-16", _UTF8_HINT)
    hint = "Put it elsewhere and link to it; kimplan new writes a record."
    return Problem("KP002", f"this is {kind} with the name of a text", hint)


def _not_utf8(byte: int, line: int, column: int) -> Problem:
    message = f"the file is not UTF-8: byte 0x{byte:02X}"
    character = bytes([byte]).decode("cp1252", errors="replace")
    if character.isprintable() and character != "\ufffd":
        message += f", which is {character} in Windows-1252, the encoding of older Word and Excel"
    return Problem("KP002", message, _UTF8_HINT, line, column)
