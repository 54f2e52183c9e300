"""Why the system refused something, in plain words: the one place that reads an OSError."""

from __future__ import annotations

import errno
import os

_DISK_IS_FULL = "the disk is full"
_REASONS = {
    "ENOSPC": _DISK_IS_FULL,
    "EDQUOT": "your share of the disk is used up",
    "EFBIG": "the file would be larger than is allowed here",
    "EROFS": "the disk is read-only",
    "ENAMETOOLONG": "the name is too long",
    "EACCES": "permission is denied",
    "EPERM": "permission is denied",
    "ENOENT": "there is no such file or folder",
    "ENOTDIR": "a part of the path is a file, not a folder",
    "EISDIR": "it is a folder, not a file",
    "EEXIST": "it is there already",
    "ENOTEMPTY": "the folder is not empty",
    "EBUSY": "it is in use by another program",
    "ETXTBSY": "it is in use by another program",
    "ELOOP": "its links go round in a circle",
    "EMFILE": "too many files are open",
    "ENFILE": "too many files are open",
    "ENOMEM": "there is not enough memory",
    "EIO": "the disk, or the way to it, does not work",
    "ENXIO": "the device is not there",
    "ENODEV": "the device is not there",
    "ESTALE": "the network drive has gone",
    "ENOTCONN": "the network drive has gone",
    "EHOSTDOWN": "the network drive does not answer",
    "ETIMEDOUT": "the network drive does not answer",
    "EXDEV": "it is on another disk",
    "ENOEXEC": "it is no program for this system",
    "ENOLCK": "the disk has no locks",
    "EINVAL": "the name, or the disk, does not allow it",
}
_HINTS = {
    "ENOSPC": "Make room on the disk, or choose another.",
    "EDQUOT": "Delete what you do not need, or choose another disk.",
    "EFBIG": "Choose another disk, or ask whoever set the limit.",
    "EROFS": "Choose another disk.",
    "ENAMETOOLONG": "Choose a shorter name.",
    "ENOTDIR": "Check the path.",
    "EIO": "Choose another disk.",
    "ESTALE": "Connect the drive again, or choose another.",
    "EMFILE": "Close other programs, and try again.",
    "ENFILE": "Close other programs, and try again.",
}
IS_GONE = "The working folder is not there any more: go to a folder that is there."
# What Windows says of a file that another program holds, and of disks.
_WINDOWS = {
    32: "EBUSY", 33: "EBUSY", 39: "ENOSPC", 112: "ENOSPC", 1295: "EDQUOT", 19: "EROFS",
    206: "ENAMETOOLONG", 123: "EINVAL",
}  # fmt: skip


def why(error: OSError | ValueError) -> str:
    """Return why, without a full stop: ``the disk is full``.

    What no words are known for is said in the system's own.
    """
    if isinstance(error, ValueError):  # a name with a NUL in it, or a letter that no name can have
        return "its name cannot be one"
    return _REASONS.get(_name(error)) or error.strerror or str(error) or type(error).__name__


def hint_for(error: OSError | ValueError, otherwise: str = "") -> str:
    """Return what to do about a file that cannot be written, or `otherwise`."""
    return _HINTS.get(_name(error), otherwise) if isinstance(error, OSError) else otherwise


def is_of_the_output(error: OSError) -> bool:
    """Return whether `error` is what a stream that cannot take more says."""
    return _name(error) in {"ENOSPC", "EDQUOT", "EFBIG", "EIO", "EROFS"}


def working_folder_is_gone() -> bool:
    """Return whether the folder that kimplan was started in has been deleted."""
    try:
        os.getcwd()
    except OSError:
        return True
    return False


def _name(error: OSError) -> str:
    windows = getattr(error, "winerror", None)
    return _WINDOWS.get(windows or 0) or errno.errorcode.get(error.errno or 0, "")
