"""What a text says as the parts of an entry: a day and a note, a title and a link."""

from __future__ import annotations

import re
from collections.abc import Callable

from kimplan.loader.faults.dates import day_of, is_day
from kimplan.model.column_field import ColumnField
from kimplan.model.date_words import suggest_day
from kimplan.model.fields import PlanModel
from kimplan.model.form import fields_of
from kimplan.model.form_suggestion import as_id
from kimplan.model.labels import OpenRatingLabel, RatingLabel, RatingLabels
from kimplan.model.own_field import OwnField
from kimplan.model.plan import Column, Section
from kimplan.model.rating import Scheme
from kimplan.model.recommendation import (
    Action,
    Evidence,
    ProgressNote,
    Revision,
    Verification,
)

IS_PLACE = re.compile(r"[a-z]+://|www\.|[\w -]+(?:/[\w -]+)+\.\w+\Z", re.IGNORECASE)
EXAMPLES: dict[type[PlanModel], dict[str, str]] = {
    Verification: {"by": "Company Secretary", "on": "2024-08-02"},
    ProgressNote: {"on": "2024-05-02", "note": "…"},
    Revision: {"from": "2024-03", "to": "2024-07", "reason": "…", "on": "2024-03-20"},
    Evidence: {"title": "…"},
    Action: {"title": "…"},
    Column: {"field": "…", "label": "…"},
    RatingLabels: {"scheme": "brag"},
    RatingLabel: {"label": "…", "meaning": "…"},
    OpenRatingLabel: {"label": "…", "meaning": "…"},
    Section: {"id": "…", "title": "…"},
    OwnField: {"id": "…", "label": "…"},
}


def parts_of(kind: type[PlanModel], text: str) -> tuple[dict[str, str], bool]:
    """Return a text as the parts of a `kind`, and whether nothing has to be filled in."""
    words = text.strip()
    if read := _READ.get(kind):
        return read(words)
    if name := only_needed(kind):
        key, gap, said = words.partition(" ")  # its colon may be missing
        words = said.strip() if key.rstrip(":=;/") == name and gap else words
        return {name: words}, "\n" not in words
    return dict(EXAMPLES.get(kind, {})), False


def _evidence(words: str) -> tuple[dict[str, str], bool]:
    if IS_PLACE.match(words):
        return {"title": "…", "link": words}, False
    return _link_behind(words) or {"title": words}, "\n" not in words


def _note(words: str) -> tuple[dict[str, str], bool]:
    day, rest = _day_before(words)
    return {"on": day or "2024-05-02", "note": rest}, bool(day and rest)


def _check(words: str) -> tuple[dict[str, str], bool]:
    name, day = _day_behind(words)
    if name and day:
        return {"by": name, "on": day}, True
    words = " ".join(word for word in words.split() if not any(map(str.isdigit, word)))
    is_name = len(words) > 3 and not suggest_day(words) and not is_day(words)
    return EXAMPLES[Verification] | ({"by": words.rstrip(" ,(")} if is_name else {}), False


def _section(words: str) -> tuple[dict[str, str], bool]:
    name = as_id(words)
    if name == words:
        return {"id": name, "title": "…"}, False
    return {"id": name or "…", "title": words}, bool(name) and "\n" not in words


def _own_field(words: str) -> tuple[dict[str, str], bool]:
    return {"id": as_id(words) or "…", "label": words}, bool(as_id(words)) and "\n" not in words


def _ratings(words: str) -> tuple[dict[str, str], bool]:
    scheme = words.casefold()
    is_known = scheme in set(Scheme)
    return {"scheme": scheme if is_known else "brag"}, is_known


def _column(words: str) -> tuple[dict[str, str], bool]:
    if words not in {*ColumnField}:
        return {"field": words, "label": "…"}, False
    return {"field": words, "label": words.upper() if words == "rag" else words.capitalize()}, True


def _label(words: str) -> tuple[dict[str, str], bool]:
    return {"label": words, "meaning": "…"}, False


def _link_behind(words: str) -> dict[str, str]:
    """Return the title and the web address that ends the words, or nothing."""
    title, _, last = words.rpartition(" ")
    link, title = last.strip("()[]<>"), title.rstrip(" :-–—(")
    is_sure = link.startswith(("https://", "http://")) and "://" not in title
    return {"title": title, "link": link} if is_sure and title else {}


def only_needed(kind: type[PlanModel]) -> str:
    """Return the one text that a `kind` cannot do without, nothing if it needs more."""
    needed = [name for name, field in fields_of(kind).items() if field.is_required()]
    return needed[0] if len(needed) == 1 and needed[0] in {"title", "role"} else ""


def _day_before(words: str) -> tuple[str, str]:
    """Return the day that words begin with, and the rest; or no day, and all of them."""
    parts = words.split(" ")
    for many in (3, 1):
        day = day_of(" ".join(parts[:many]).rstrip(",:;-–"))
        if day:
            return day, " ".join(parts[many:]).lstrip(" -–—:,")
    return "", words


def _day_behind(words: str) -> tuple[str, str]:
    """Return the words before the day that ends them, and that day."""
    parts = words.rstrip(").").split(" ")
    for many in (3, 1):
        day = day_of(" ".join(parts[-many:]).lstrip("("))
        if day and len(parts) > many:
            name = " ".join(parts[:-many]).rstrip(" ,;(-–—")
            return name.removesuffix(" on").rstrip(" ,;"), day
    return "", ""


_READ: dict[type[PlanModel], Callable[[str], tuple[dict[str, str], bool]]] = {
    Evidence: _evidence,
    ProgressNote: _note,
    Verification: _check,
    Section: _section,
    OwnField: _own_field,
    RatingLabels: _ratings,
    RatingLabel: _label,
    OpenRatingLabel: _label,
    Column: _column,
}
