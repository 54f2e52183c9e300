"""How a report was made, as names and values that its file keeps: both ways."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from kimplan.model.due import parse_day
from kimplan.model.plan import Layout
from kimplan.report.only import Only, combine, split_term
from kimplan.report.origin import Origin
from kimplan.report.parts import NAMES

_COMMIT = re.compile("[0-9a-f]{40}(?:[0-9a-f]{24})?")
_CUT_OFF = "cut off"


class Made(NamedTuple):
    """How a report was made: of what, for which day, and what its template asked for.

    `parts` are the names of those that it has room for. `words` are those of the report that it
    asked for, once for each body, header or footer that has them; `has_own_text` tells that it
    says something itself. `margins` are the marks of its headers and footers.
    """

    origin: Origin
    as_of: date
    layout: Layout
    parts: tuple[str, ...]
    words: tuple[str, ...]
    has_own_text: bool
    margins: tuple[str, ...] = ()


class _Name:
    """What each property is called; files that were made long ago have these names."""

    VERSION = "version"
    AS_OF = "as of"
    LAYOUT = "layout"
    COMMIT = "commit"
    MODIFIED = "modified since"
    FOLDER = "plan"
    SINCE = "since"
    SINCE_DAY = "since day"
    HISTORY = "history"
    ONLY = "only"
    PARTS = "parts"
    WORDS = "words"
    OWN_TEXT = "own text"
    MARGINS = "margins"


def made_properties(made: Made) -> dict[str, str]:
    """Return the properties that tell how a report was made; those that are empty are left out."""
    origin = made.origin
    values = {
        _Name.VERSION: origin.kimplan,
        _Name.AS_OF: made.as_of.isoformat(),
        _Name.LAYOUT: made.layout,
        _Name.COMMIT: origin.commit,
        _Name.MODIFIED: _yes_no(origin.modified),
        _Name.FOLDER: origin.folder,
        _Name.SINCE: origin.since,
        _Name.SINCE_DAY: origin.since_day.isoformat() if origin.since_day else "",
        _Name.HISTORY: _CUT_OFF if origin.is_cut_off else "",
        _Name.ONLY: _terms(origin.only) if origin.only else "",
        _Name.PARTS: " ".join(made.parts),
        _Name.WORDS: " ".join(made.words),
        _Name.OWN_TEXT: _yes_no(made.has_own_text),
        _Name.MARGINS: " ".join(made.margins),
    }
    return {name: str(value) for name, value in values.items() if value}


def parse_made(properties: Mapping[str, str]) -> Made | None:
    """Return what `made_properties` wrote, or None if it wrote nothing.

    Raises ValueError for what it cannot have written. What is neither yes nor no counts as yes:
    that a plan was modified, and that a template has text of its own.
    """
    if not properties.get(_Name.VERSION):
        return None
    return Made(
        _origin(properties),
        parse_day(_required(properties, _Name.AS_OF)),
        Layout(_required(properties, _Name.LAYOUT)),
        _parts(properties),
        tuple(properties.get(_Name.WORDS, "").split()),
        _required(properties, _Name.OWN_TEXT) != _yes_no(False),
        tuple(properties.get(_Name.MARGINS, "").split()),
    )


def _origin(properties: Mapping[str, str]) -> Origin:
    since_day = properties.get(_Name.SINCE_DAY)
    return Origin(
        _required(properties, _Name.VERSION),
        _commit(properties.get(_Name.COMMIT, "")),
        _required(properties, _Name.MODIFIED) != _yes_no(False),
        _folder(properties.get(_Name.FOLDER, "")),
        _commit(properties.get(_Name.SINCE, "")),
        parse_day(since_day) if since_day else None,
        properties.get(_Name.HISTORY) == _CUT_OFF,
        _only(properties.get(_Name.ONLY, "")),
    )


def _terms(only: Only) -> str:
    import json

    return json.dumps(only.terms, ensure_ascii=False)


def _only(text: str) -> Only | None:
    """Return the part of the plan; files that say nothing of it are of the whole plan."""
    if not text:
        return None
    import json

    terms = json.loads(text)
    if not isinstance(terms, list) or not all(isinstance(one, str) for one in terms) or not terms:
        raise ValueError(text)
    return combine(map(split_term, terms))


def _required(properties: Mapping[str, str], name: str) -> str:
    found = properties.get(name)
    if found is None:
        raise ValueError(name)
    return found


def _parts(properties: Mapping[str, str]) -> tuple[str, ...]:
    names = tuple(properties.get(_Name.PARTS, "").split())
    if set(names) - set(NAMES):
        raise ValueError(names)
    return names


def _commit(text: str) -> str:
    if text and not _COMMIT.fullmatch(text):
        raise ValueError(text)
    return text


def _folder(text: str) -> str:
    if not text.isprintable() or text.startswith("/") or ".." in text.split("/"):
        raise ValueError(text)
    return text


def _yes_no(value: bool) -> str:
    return "yes" if value else "no"
