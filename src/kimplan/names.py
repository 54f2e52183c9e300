"""File names that every system can hold: what works on Linux may not be checked out on Windows.

The rules are those of https://learn.microsoft.com/windows/win32/fileio/naming-a-file.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_DEVICE = re.compile(
    r"(CON|PRN|AUX|NUL|COM[0-9¹²³]|LPT[0-9¹²³]|CONIN\$|CONOUT\$)\s*(\.|$)", re.IGNORECASE
)
_LONGEST_STEM = 120  # bytes, of the 255 that most file systems allow
# As most names are; those of devices begin with other letters.
_SURELY_FIT = re.compile(r"[0-9BD-KMOQ-Z][\w.-]*\w", re.ASCII)
_NOT_ALLOWED = re.compile(r'[<>:"/\\|?*\x00-\x1f]')


def is_device(name: str) -> bool:
    """Return whether Windows keeps `name` for a device, whatever stands behind a full stop."""
    return bool(_DEVICE.match(name))


def without_forbidden(name: str) -> str:
    """Return `name` with each character that Windows cannot hold as a space."""
    return _NOT_ALLOWED.sub(" ", name)


def fault_on_windows(name: str) -> str:
    """Return why Windows cannot hold a file of this `name`, or nothing if it can."""
    if _SURELY_FIT.fullmatch(name):
        return ""
    if is_device(name):
        return "Windows keeps this name for a device"
    if found := _NOT_ALLOWED.search(name):
        return f"Windows allows no {found.group()!r} in a name"
    if name.endswith((".", " ")):
        return "Windows drops a full stop or a space at the end of a name"
    return ""


def file_names(texts: Iterable[str], suffix: str) -> dict[str, str]:
    """Return a file name for each of `texts`, which must all differ, ending with `suffix`.

    Every system can hold them beside one another: also where a name in small letters is the same
    as one in capitals, or an accent is kept as a letter of its own.
    """
    found: dict[str, str] = {}
    taken: set[str] = set()
    for text in texts:
        stem, number = _stem(text), 1
        while (key := _as_compared(name := _numbered(stem, number, suffix))) in taken:
            number += 1
        taken.add(key)
        found[text] = name
    return found


def _numbered(stem: str, number: int, suffix: str) -> str:
    return f"{stem} {number}{suffix}" if number > 1 else f"{stem}{suffix}"


def _stem(text: str) -> str:
    visible = "".join(char if char.isprintable() else " " for char in text)
    words = " ".join(without_forbidden(visible).split())
    cut = words.encode()[:_LONGEST_STEM].decode(errors="ignore").strip(" .")
    return f"_{cut}" if not cut or is_device(cut) or cut.startswith(("-", "~")) else cut


def _as_compared(name: str) -> str:
    return unicodedata.normalize("NFKC", name.casefold()).casefold()
