"""Whether a link is a web address, is meant for one, or is a path in the repository."""

from __future__ import annotations

import re
from functools import lru_cache


def is_address(link: str) -> bool:
    """Return whether `link` is meant to lead out of the repository."""
    return _address().match(link) is not None


def may_be_path(link: str) -> bool:
    """Return whether `link` looks like a path: not like words between which there are spaces."""
    return " " not in link or _path().search(link) is not None


def looks_like_site(link: str) -> bool:
    """Return whether `link` may be a web address without its ``https://``."""
    return _site().match(link) is not None


@lru_cache(maxsize=1)
def _address() -> re.Pattern[str]:
    marks = r"//|www\.|[(\[<\"'“‘]+(?:https?:|www\.)|\[\d+\]:?\s*https?:|\[[^\]]*\]\s*\(|https?\s*[.:;/]|[^/:]*\shttps?://"
    return re.compile(rf"[A-Za-z][A-Za-z0-9+.-]+:|{marks}", re.IGNORECASE)


@lru_cache(maxsize=1)
def _path() -> re.Pattern[str]:
    return re.compile(r"/|\.[A-Za-z0-9]{1,5}\Z")  # what words have that are the path of a file


@lru_cache(maxsize=1)
def _site() -> re.Pattern[str]:
    return re.compile(r"[\w-]+(\.[\w-]+)*\.(uk|com|org|net|eu|gov)(/|\Z)")
