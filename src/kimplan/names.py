"""File names that every system can hold: what works on Linux may not be checked out on Windows.

The rules are those of https://learn.microsoft.com/windows/win32/fileio/naming-a-file.
"""

from __future__ import annotations

import re

_DEVICE = re.compile(
    r"(CON|PRN|AUX|NUL|COM[0-9¹²³]|LPT[0-9¹²³]|CONIN\$|CONOUT\$)\s*(\.|$)", re.IGNORECASE
)
_NOT_ALLOWED = re.compile(r'[<>:"/\\|?*\x00-\x1f]')


def is_device(name: str) -> bool:
    """Return whether Windows keeps `name` for a device, whatever stands behind a full stop."""
    return bool(_DEVICE.match(name))


def without_forbidden(name: str) -> str:
    """Return `name` with each character that Windows cannot hold as a space."""
    return _NOT_ALLOWED.sub(" ", name)


def fault_on_windows(name: str) -> str:
    """Return why Windows cannot hold a file of this `name`, or nothing if it can."""
    if is_device(name):
        return "Windows keeps this name for a device"
    if found := _NOT_ALLOWED.search(name):
        return f"Windows allows no {found.group()!r} in a name"
    if name.endswith((".", " ")):
        return "Windows drops a full stop or a space at the end of a name"
    return ""
