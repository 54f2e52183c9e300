"""What is said of a key that is missing, or that no model knows (KP101, KP102)."""

from __future__ import annotations

from kimplan.loader.faults import foreign
from kimplan.loader.faults.dates import plain
from kimplan.loader.faults.fault import (
    Error,
    Fault,
    Mend,
    cut,
    example_lines,
    model_at,
    named,
)
from kimplan.loader.faults.mends import renamed
from kimplan.loader.faults.pairs import pair_of, told
from kimplan.loader.faults.parts import IS_PLACE
from kimplan.loader.faults.shapes import instead_of_nobody
from kimplan.loader.faults.there import beside
from kimplan.model.date_words import suggest_due
from kimplan.model.fields import PlanModel
from kimplan.model.form import fields_of, type_of
from kimplan.model.nobody import nobody_of
from kimplan.model.rating import suggest_rating
from kimplan.model.recommendation import Action, Recommendation
from kimplan.model.value_forms import ROLE
from kimplan.source import KeyPath, shown

_SECTION = "with the id of a section of plan.yaml"


def missing(error: Error) -> Fault:
    """Return that a key is missing, and what it is to say."""
    parent, key = error.at[:-1], str(error.at[-1])
    where = f" in {named(parent)}" if parent else ""
    message = f"'{key}' is missing{where}"
    around = error.around if isinstance(error.around, dict) else {}
    model = model_at(error.model, parent)
    known = fields_of(model)
    others = [one for one in around if one not in known]
    for other in others:
        if pair_of(model, other, around):
            return Fault("KP101", message, parent, "", instead_of=(*parent, other))
    for other in others:
        is_title = key == "title" and model is Recommendation and foreign.is_title(other)
        if is_title or foreign.field_meant(model, other) == key:
            hint = f"Write '{key}' in place of {shown(other)}."
            return Fault("KP101", message, parent, hint, instead_of=(*parent, other))
    add = f"Add '{key}: …'" if parent else f"Add a line '{key}: …'"
    return Fault("KP101", message, parent, f"{add}{_says(error, model, key)}.")


def _says(error: Error, model: type[PlanModel], key: str) -> str:
    """Return what a missing key is to say, as the end of a sentence."""
    if model is Recommendation and key == "rag":
        words = error.scheme.words
        return f": {', '.join(words[:-1])} or {words[-1]}"
    if model is Recommendation and key == "section":
        return f" {_SECTION}"
    about = (fields_of(model)[key].description or "").rstrip(".")
    return f": {about[:1].lower()}{about[1:]}" if about else ""


def unknown(error: Error) -> Fault:
    """Return what a key that is not known stands for here, or where it belongs."""
    parent, key = error.at[:-1], str(error.at[-1])
    model = model_at(error.model, parent)
    present = error.around if isinstance(error.around, dict) else {}
    if pair := pair_of(model, key, present):
        hint, mend = told(pair, error.at)
    else:
        hint, mend = _hint(error, model, key, present)
    hint = hint or _elsewhere(error, parent, key, model)
    keys = ", ".join(fields_of(model))
    hint = hint or f"Allowed here: {keys}."
    return Fault("KP102", f"unknown key {shown(key)}", error.at, hint, key=True, mend=mend)


def _hint(
    error: Error, model: type[PlanModel], key: str, present: dict[str, object]
) -> tuple[str, Mend | None]:
    """Return what a key stands for, and how it is called right where its value can stay."""
    meant = foreign.field_meant(model, key)
    if meant:
        return _other_name(error, model, meant, present)
    remark = foreign.meant(model, key)
    if remark == foreign.STATE:
        return _state(error, present)
    if remark == foreign.MOVED:
        return _moved(error.found, present), None
    if remark == foreign.WORDS and "title" not in present and foreign.is_title(key):
        return _other_name(error, model, "title", present)
    if remark == foreign.OWN and "fields" in present:
        line = example_lines(f"  {_own_id(key)}: {cut(str(error.found)) or '…'}")
        return f"A field of your own is declared in plan.yaml: write {line} below 'fields:'.", None
    return _remark(remark, key, error.found, "progress" in present), None


def _other_name(
    error: Error, model: type[PlanModel], meant: str, present: dict[str, object]
) -> tuple[str, Mend | None]:
    key = str(error.at[-1])
    is_slip = not foreign.meant(model, key)
    if meant in present and model is Action and meant == "title":
        return _note(cut(str(error.found)), "progress" in error.value), None
    if meant in present:
        return beside(error, model, meant, present)
    is_list = type_of(fields_of(model)[meant]).is_list
    as_list = ", and holds a list" if is_list and isinstance(error.found, str) else ""
    hint = f"Did you mean '{meant}'?" if is_slip else f"Here it is called '{meant}'{as_list}."
    if meant == "evidence" and isinstance(error.found, str) and IS_PLACE.match(error.found):
        hint = f"{example_lines('evidence:', '  - title: …', f'    link: {cut(error.found)}')}."
        return f"Write {hint}", None
    is_role = type_of(fields_of(model)[meant]).form is ROLE
    if is_role and isinstance(error.found, str) and (nobody := nobody_of(error.found)):
        return instead_of_nobody(error, nobody.hint)
    return hint, renamed(error.at, meant)


def _state(error: Error, present: dict[str, object]) -> tuple[str, Mend | None]:
    """Return what a status is: a rating, if it says one, or a note."""
    found = error.found if isinstance(error.found, str) else ""
    word = suggest_rating(found) or found
    if error.scheme.read(word):
        return _other_name(error, Recommendation, "rag", present | {str(error.at[-1]): word})
    return f"How far it is stands in 'rag'. {_note(found, 'progress' in present)}", None


def _moved(found: object, present: dict[str, object]) -> str:
    """Return how a new date is written, and the move to it."""
    new = (suggest_due(found) or plain(found) or "…") if isinstance(found, str) else "…"
    old = present.get("due")
    entry = f"  - from: {cut(old) if isinstance(old, str) and old else '…'}", f"    to: {new}"
    lines = example_lines(*entry, "    reason: …", "    on: …")
    below = "at the end of 'revisions'" if present.get("revisions") else "below 'revisions:'"
    return f"A move is written as 'due: {new}', and {lines} {below}; delete this line."


def _remark(remark: str, key: str, found: object, has_notes: bool) -> str:
    text = found if isinstance(found, str) else ""
    own = example_lines("fields:", f"  {_own_id(key)}: {cut(text) or '…'}")
    hints = {
        foreign.NOTE: _note(text, has_notes),
        foreign.OWN: f"A field of your own is declared in plan.yaml, and written {own}.",
        foreign.EITHER_DATE: "What was promised is 'due: 2024-07', what was done "
        "'completed: 2024-07-19': write the one that it is.",
        foreign.WORDS: "The Ombudsman's words stand in 'title' and 'detail', yours in 'response'.",
        foreign.CHECKED: "Who checked what is complete: "
        f"{example_lines('verified:', '  by: Company Secretary', '  on: 2024-08-02')}.",
        foreign.REASON: "Why there is no date yet is 'due_reason', why it moved stands in "
        "'revisions', anything else in 'response'.",
    }
    return hints.get(remark, "")


def _own_id(key: str) -> str:
    return foreign.folded(key).replace(" ", "-")


def _note(text: str, has_notes: bool) -> str:
    """Return how a note is written, below those that are there or as the first one."""
    note = "  - on: 2024-05-02", f"    note: {cut(text, 30) or '…'}"
    if has_notes:
        return f"Write it with its day at the end of 'progress': {example_lines(*note)}."
    return f"Write it as a note with its day: {example_lines('progress:', *note)}."


def _elsewhere(error: Error, parent: KeyPath, key: str, model: type[PlanModel]) -> str:
    """Return where a key belongs that another level knows."""
    top, whole = error.model, error.value if isinstance(error.value, dict) else {}
    wanted = foreign.folded(key)
    if model is Action and wanted in {"rag", "status", "state"}:
        return "An action has no rating, but 'done: 2024-06-11' once it is. Delete the line."
    if parent and top is Recommendation and wanted in map(foreign.folded, fields_of(top)):
        if wanted in map(foreign.folded, whole):
            return f"'{key}' is the record's own, which has it already: delete this line."
        return f"'{key}' is the record's own: write it at the beginning of a line."
    homes = [
        name
        for name, field in fields_of(top).items()
        if issubclass(kind := type_of(field).kind, PlanModel)
        and kind is not model
        and wanted in map(foreign.folded, fields_of(kind))
    ]
    if not homes:
        return ""
    is_list = all(type_of(fields_of(top)[name]).is_list for name in homes)
    into = "into an entry below" if is_list else "below"
    return f"It belongs {into} {' or '.join(map(repr, homes))}, indented."
