"""What is said of a value of another shape than its field's, or of none (KP103, KP104)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from kimplan.loader.faults.dates import PROMISE_HINT, is_day
from kimplan.loader.faults.fault import Error, Fault, Mend, cut, example_lines
from kimplan.loader.faults.mends import (
    as_bullets,
    as_entry_text,
    as_only_entry,
    as_prose,
    dropped,
    listed,
    mapped,
    titled,
)
from kimplan.loader.faults.words import ratings_hint
from kimplan.model.date_words import suggest_day
from kimplan.model.fields import DUE_DATE, PROMISE, PROSE, PlanModel
from kimplan.model.form import EMPTY_HINT, TEXT_HINT, fields_of
from kimplan.model.form_suggestion import as_id
from kimplan.model.plan import Column, ColumnField, Section
from kimplan.model.rating import Rating
from kimplan.model.recommendation import (
    Action,
    Evidence,
    ProgressNote,
    Recommendation,
    Revision,
    Verification,
)
from kimplan.source import KeyPath, shown

_SEVERAL = re.compile(r"\s*[,;/\n]\s*")
IS_PLACE = re.compile(r"[a-z]+://|www\.|[\w -]+(?:/[\w -]+)+\.\w+\Z", re.IGNORECASE)
_NAMES = frozenset({"role", "owner", "name", "title", "post", "job title"})
_LIST_HINT = "Put each entry on a line of its own that begins with '- '."
_KEYS_HINT = "Write 'key: value' lines, indented by two spaces."
_EXAMPLES: dict[type[PlanModel], dict[str, str]] = {
    Verification: {"by": "Company Secretary", "on": "2024-08-02"},
    ProgressNote: {"on": "2024-05-02", "note": "…"},
    Revision: {"from": "2024-03", "to": "2024-07", "reason": "…", "on": "2024-03-20"},
    Evidence: {"title": "…"},
    Action: {"title": "…"},
    Section: {"id": "…", "title": "…"},
    Column: {"field": "…", "label": "…"},
}


def wrong_type(error: Error) -> Fault:
    """Return that a list, a text or keys stand where another of them belongs."""
    if error.found == "":
        return empty(error)
    if isinstance(error.found, str):
        return _text_for_list(error) if error.kind == "list_type" else _text_for_keys(error)
    if error.kind == "list_type":
        return _keys_for_list(error)
    if error.kind == "string_type":
        return _list_for_text(error) if isinstance(error.found, list) else _keys_for_text(error)
    return _list_for_keys(error)


def _fault(error: Error, wanted: str, found: str, hint: str, mend: Mend | None = None) -> Fault:
    message = f"'{error.name}' must be {wanted}, not {found}"
    return Fault("KP103", message, error.at, hint, mend=mend)


def empty(error: Error) -> Fault:
    """Return that nothing is there; the line can go where it may be missing."""
    message = f"'{error.name}' is empty"
    if isinstance(error.at[-1], int):
        hint = "Fill it in, or delete the line with its dash."
        return Fault("KP104", message, error.at, hint, key=True)
    if error.field is None:
        return Fault("KP104", message, error.at, EMPTY_HINT, key=True)
    is_open = error.model is Recommendation and (error.rating is None or error.rating.is_open)
    needed = _NEEDED.get(error.at) if is_open else None
    if needed or error.field.is_required():
        what = (error.field.description or "").rstrip(".")
        hint = needed or f"Fill it in: {what[:1].lower()}{what[1:]}."
        if error.holds and error.holds.kind is Rating:
            hint = ratings_hint(error.scheme)
        return Fault("KP104", message, error.at, hint, key=True)
    hint = "Fill it in, or delete the line."
    return Fault("KP104", message, error.at, hint, key=True, mend=dropped(error.at))


# What is missing from an open recommendation if the line goes.
_NEEDED: dict[KeyPath, str] = {
    ("due",): PROMISE_HINT,
    ("owners",): "Write each role that owns it on a line of its own below: '  - Head of Repairs'.",
    ("due_reason",): "Fill it in: why no date is agreed yet.",
}


# A text where more is wanted


def _text_for_list(error: Error) -> Fault:
    kind = error.holds.kind if error.holds else str
    hint, mend = _LIST_HINT, None
    key = error.at[-1]
    if issubclass(kind, PlanModel) and (kind in _EXAMPLES or _only_needed(kind)):
        parts, is_whole = _parts(kind, error.found)
        first, *rest = (f"{name}: {cut(text)}" for name, text in parts.items())
        lines = example_lines(f"  - {first}", *(f"    {line}" for line in rest))
        hint = f"Write '{key}:' and below it {lines}{_unknown_day(kind, is_whole)}."
        mend = listed(error.at, parts) if is_whole else None
    elif len(several := _SEVERAL.split(error.found.strip())) > 1:
        lines = example_lines(*(f"  - {cut(one)}" for one in several[:3] if one))
        hint = f"Write '{key}:' and below it a line for each: {lines}."
    else:
        hint = f"Write '{key}:' and below it '  - {cut(error.found.strip())}'."
        mend = listed(error.at, error.found.strip())
    return _fault(error, "a list", "text", hint, mend)


def _text_for_keys(error: Error) -> Fault:
    kind = error.holds.kind if error.holds else None
    is_known = kind is not None and issubclass(kind, PlanModel) and kind in _EXAMPLES
    if kind is None or not (is_known or (issubclass(kind, PlanModel) and _only_needed(kind))):
        is_own = error.holds is not None and error.holds.is_mapping
        hint = "Below it, write '  id: value' lines with the ids that plan.yaml declares."
        return _fault(error, "keys and values", "text", hint if is_own else _KEYS_HINT)
    parts, is_whole = _parts(kind, error.found)
    is_entry = isinstance(error.at[-1], int)
    first, *rest = (f"{name}: {cut(text)}" for name, text in parts.items())
    if is_entry:
        lines = example_lines(f"- {first}", *(f"  {line}" for line in rest))
        hint = f"Write {lines}"
    else:
        lines = example_lines(*(f"  {line}" for line in (first, *rest)))
        hint = f"Write '{error.at[-1]}:' and below it {lines}"
    needs = " and ".join(
        f"'{name}:'" for name, field in fields_of(kind).items() if field.is_required()
    )
    message = f"'{error.name}' is only text; it needs {needs}"
    mend = mapped(error.at, parts) if is_whole else None
    return Fault("KP103", message, error.at, f"{hint}{_unknown_day(kind, is_whole)}.", mend=mend)


def _unknown_day(kind: type[PlanModel], is_whole: bool) -> str:
    if is_whole or _only_needed(kind) or kind in {Section, Column}:
        return ""
    return ", with the day it was" if kind is ProgressNote else ", with what is true"


def _parts(kind: type[PlanModel], text: str) -> tuple[dict[str, str], bool]:
    """Return a text as the parts of a `kind`, and whether nothing has to be filled in."""
    words = text.strip()
    if kind is Evidence and IS_PLACE.match(words):
        return {"title": "…", "link": words}, False
    if name := _only_needed(kind):
        return {name: words}, "\n" not in words
    if kind is ProgressNote:
        day, rest = _day_before(words)
        return {"on": day or "2024-05-02", "note": rest}, bool(day and rest)
    return _of_settings(kind, words) or _of_check(kind, words)


def _of_check(kind: type[PlanModel], words: str) -> tuple[dict[str, str], bool]:
    """Return words as who verified it and when, or as the example of a `kind`."""
    example = dict(_EXAMPLES.get(kind, {}))
    if kind is Verification:
        name, day = _day_behind(words)
        if name and day:
            return {"by": name, "on": day}, True
        is_name = len(words) > 3 and not suggest_day(words) and not is_day(words)
        return example | ({"by": words} if is_name else {}), False
    return example, False


def _of_settings(kind: type[PlanModel], words: str) -> tuple[dict[str, str], bool] | None:
    """Return a section by its title or id, or a column by its field, as it is declared."""
    if kind is Section and (name := as_id(words)) and "\n" not in words:
        is_title = name != words
        return {"id": name, "title": words if is_title else "…"}, is_title
    if kind is Column and words in {*ColumnField}:
        label = words.upper() if words == "rag" else words.capitalize()
        return {"field": words, "label": label}, True
    return None


def _only_needed(kind: type[PlanModel]) -> str:
    """Return the one text that a `kind` cannot do without, nothing if it needs more."""
    needed = [name for name, field in fields_of(kind).items() if field.is_required()]
    return needed[0] if len(needed) == 1 and needed[0] in {"title", "role"} else ""


def _day_before(words: str) -> tuple[str, str]:
    """Return the day that words begin with, and the rest; or no day, and all of them."""
    parts = words.split(" ")
    for many in (3, 1):
        day = _day(" ".join(parts[:many]).rstrip(",:;-–"))
        if day:
            return day, " ".join(parts[many:]).lstrip(" -–—:,")
    return "", words


def _day_behind(words: str) -> tuple[str, str]:
    """Return the words before the day that ends them, and that day."""
    parts = words.rstrip(").").split(" ")
    for many in (3, 1):
        day = _day(" ".join(parts[-many:]).lstrip("("))
        if day and len(parts) > many:
            name = " ".join(parts[:-many]).rstrip(" ,;(-–—")
            return name.removesuffix(" on").rstrip(" ,;"), day
    return "", ""


def _day(words: str) -> str:
    return words if is_day(words) else suggest_day(words) or ""


# Keys, or a list, where another shape is wanted


def _keys_for_list(error: Error) -> Fault:
    kind = error.holds.kind if error.holds else str
    if issubclass(kind, PlanModel):
        hint = "It is a list, even of one: begin the first line with '- ' and indent the others as "
        hint += "far as its words."
        return _fault(error, "a list", "keys and values", hint, as_only_entry(error.at))
    line = f"  - {_a_value(error.found)}"
    hint = f"Write each on a line of its own below '{error.at[-1]}:', such as '{line}'."
    return _fault(error, "a list", "keys and values", hint)


def _a_value(found: Mapping[str, Any]) -> str:
    return next((cut(one) for one in found.values() if isinstance(one, str) and one), "…")


def _list_for_keys(error: Error) -> Fault:
    only = error.found[0] if isinstance(error.found, list) and len(error.found) == 1 else None
    if isinstance(only, dict):
        hint = "Delete the dash: there is only one."
        return _fault(error, "keys and values", "a list", hint)
    kind = error.holds.kind if error.holds else None
    if kind in {Evidence, Action} and isinstance(only, str) and only:
        hint = f"Write '- title: {cut(only)}', with one dash."
        return _fault(error, "keys and values", "a list", hint, titled(error.at, only.strip()))
    lines = [f"  {name}: {text}" for name, text in _EXAMPLES.get(kind, {}).items()] if kind else []
    hint = f"Write {example_lines(*lines)}, without a dash." if lines else _KEYS_HINT
    return _fault(error, "keys and values", "a list", hint)


def _list_for_text(error: Error) -> Fault:
    texts = [one for one in error.found if isinstance(one, str) and one.strip()]
    is_plain = len(texts) == len(error.found)
    is_own = bool(error.holds and error.holds.is_mapping)
    if is_plain and len(texts) == 1 and (is_own or not _is_prose(error)):
        line = _as_line(error.at, cut(texts[0]))
        without = "with one dash" if isinstance(error.at[-1], int) else "without a dash or brackets"
        hint = f"There is only one: write '{line}', {without}."
        return _fault(error, "text", "a list", hint, as_entry_text(error.at, texts[0].strip()))
    if is_plain and texts and _is_prose(error):
        hint = f"Write '{error.at[-1]}: |': the lines below that begin with '- ' are its bullets."
        return _fault(error, "text", "a list", hint, as_bullets(error.at, texts))
    if len(texts) > 1 and isinstance(error.at[-1], int):
        lines = example_lines(*(f"- {cut(one)}" for one in texts[:3]))
        return _fault(error, "text", "a list", f"Write each with one dash: {lines}.")
    if len(texts) > 1:
        hint = f"Keep one of them, as '{_as_line(error.at, cut(texts[0]))}'."
        if error.holds and error.holds.form in {DUE_DATE, PROMISE}:
            hint += f" From one to the other is '{cut(texts[0])}/{cut(texts[-1])}'."
        return _fault(error, "text", "a list", hint)
    return _fault(error, "text", "a list", TEXT_HINT)


def _as_line(at: KeyPath, text: str) -> str:
    return f"- {text}" if isinstance(at[-1], int) else f"{at[-1]}: {text}"


def _is_prose(error: Error) -> bool:
    return bool(error.holds and error.holds.form is PROSE)


def _keys_for_text(error: Error) -> Fault:
    key = next(iter(error.found), "")
    if isinstance(error.at[-1], int):
        only = error.found.get(key)
        if len(error.found) == 1 and key.casefold() in _NAMES and isinstance(only, str) and only:
            hint = f"Write '- {cut(only)}', without {shown(key)}."
            mend = as_entry_text(error.at, only.strip())
            return _fault(error, "text", "keys and values", hint, mend)
        if error.at[0] == "owners":
            return _keys_for_owner(error, key)
        hint = f"The colon behind {shown(key)} makes a key of it: put the text in quotation marks."
        return _fault(error, "text", "keys and values", hint)
    if " " in key and _is_prose(error):
        colon = f"The colon behind {shown(key)} makes a key of it"
        hint = f"{colon}: write '{error.at[-1]}: |' above the text."
        return _fault(error, "text", "keys and values", hint, as_prose(error.at))
    if error.holds and error.holds.kind is Rating:
        return _fault(error, "text", "keys and values", ratings_hint(error.scheme))
    form = error.holds.form.hint if error.holds else ""
    return _fault(error, "text", "keys and values", form or TEXT_HINT)


def _keys_for_owner(error: Error, key: str) -> Fault:
    """Return that an owner is more than a role: who holds it stands in owners.yaml."""
    role = next((one for name, one in error.found.items() if name.casefold() in _NAMES), key)
    role = role.strip() if isinstance(role, str) and role.strip() else key
    hint = f"Write the role alone, '- {cut(role)}'; who holds it stands in owners.yaml."
    mend = as_entry_text(error.at, role)
    return _fault(error, "a role", "keys and values", hint, mend)
