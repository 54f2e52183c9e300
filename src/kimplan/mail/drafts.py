"""Mails as ``.eml`` files: to look at, to keep, or to open in Outlook and send."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from kimplan.errors import OutputError
from kimplan.files import write_whole
from kimplan.mail.message import Mail
from kimplan.names import without_forbidden
from kimplan.reasons import why

_LONGEST = 80  # characters of a name without its day and its end


def write_drafts(folder: Path, mails: Iterable[Mail], day: str) -> list[str]:
    """Write each mail to a file in `folder`, which is made if it is not there.

    A file of the same name is replaced. Returns the names of mails of the same day that an earlier
    run left there and this one did not replace. Raises OutputError.
    """
    try:
        folder.mkdir(exist_ok=True)
    except (OSError, ValueError) as error:
        hint = "Name a folder, or one that can be made in a folder that is there."
        raise OutputError(f"cannot make the folder {folder}: {why(error)}", hint) from None
    written = set()
    for name, mail in named(mails, day):
        data = mail.message.as_bytes()
        write_whole(folder / name, lambda file, data=data: file.write(data))  # type: ignore[misc]
        written.add(name)
    there = (path.name for path in folder.glob(f"{day} *.eml"))
    return sorted(name for name in there if name not in written)


def named(mails: Iterable[Mail], day: str) -> Iterator[tuple[str, Mail]]:
    """Yield a file name for each mail, no two alike and one that every system can hold.

    It begins with the day, so that none is the name of a device and each run's stand together.
    """
    taken: set[str] = set()
    for mail in mails:
        stem = file_stem(mail.recipient.roles[0] or "Secretary")
        number, name = 1, f"{day} {stem}.eml"
        while os.path.normcase(name).casefold() in taken:
            number += 1
            name = f"{day} {stem} {number}.eml"
        taken.add(os.path.normcase(name).casefold())
        yield name, mail


def file_stem(role: str) -> str:
    """Return a role as part of a file's name."""
    import unicodedata

    plain = unicodedata.normalize("NFC", without_forbidden(role))
    kept = "".join(char if char.isprintable() else " " for char in plain)
    stem = " ".join(kept.split())
    while len(stem) > _LONGEST or len(stem.encode("utf-8", "replace")) > 2 * _LONGEST:
        stem = stem[:-1]
    return stem.strip(" .") or "owner"
