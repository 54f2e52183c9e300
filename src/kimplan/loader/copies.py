"""Whether a file's name says that it is a copy of another one, and of which."""

from __future__ import annotations

import re
from functools import lru_cache

_MOST_MARKS = 4  # a copy of a copy of a copy


def original_of(stem: str) -> str:
    """Return the name, without its ending, of what a file called `stem` is a copy of, or nothing.

    Copies are what File Explorer, Finder, OneDrive, Dropbox, Syncthing and git's mergetool make,
    and what people call old, new, final or backup.
    """
    name = stem
    for _ in range(_MOST_MARKS):
        before = _before().match(name)
        shorter = name[before.end() :] if before else _behind().sub("", name)
        if shorter == name or not shorter:
            break
        name = shorter
    return name if name != stem else ""


@lru_cache(maxsize=1)
def _before() -> re.Pattern[str]:
    return re.compile(r"copy(?:\s*\(?\d{1,3}\)?)?[ _-]of[ _-]", re.IGNORECASE)


@lru_cache(maxsize=1)
def _behind() -> re.Pattern[str]:
    words = "copy|old|new|bak|backup|orig|original|final|draft|edited|updated|mine|theirs|latest"
    words += r"|amended|revised|recovered|duplicate|kopie|copie|copia|v\d{1,3}(?:\.\d{1,3})?"
    return re.compile(
        r"(?:"
        rf"[ ._-]{{1,3}}[(\[]?(?:{words})[)\]]?(?:[ _-]?\(?\d{{1,3}}\)?)?"
        r"|\s*(?:%20)?[(\[]\d{1,3}[)\]]"
        r"|\s\d"
        r"|[ _-]*\([^()]{0,80}(?:conflict|copy)[^()]{0,80}\)"
        r"|[._-]sync-conflict-[\w-]{1,60}"
        r"|[._-]conflict[\w-]{0,60}"
        r"|-(?:DESKTOP|LAPTOP)-[A-Z0-9]{1,15}|-[A-Z0-9]{1,15}-(?:PC|LAPTOP|MACBOOK)"
        r"|[._](?:BACKUP|BASE|LOCAL|REMOTE)(?:[._]\d{1,8})?"
        r")\Z",
        re.IGNORECASE,
    )
