"""What is said of a key that is missing, or that no model knows (KP101, KP102)."""

from __future__ import annotations

from kimplan.loader.faults import foreign
from kimplan.loader.faults.fault import (
    Error,
    Fault,
    Mend,
    cut,
    example_lines,
    model_at,
    named,
)
from kimplan.loader.faults.mends import dropped, renamed, titled
from kimplan.loader.faults.shapes import IS_PLACE
from kimplan.model.fields import PlanModel
from kimplan.model.form import fields_of, type_of
from kimplan.model.rating import suggest_rating
from kimplan.model.recommendation import Action, Evidence, Recommendation
from kimplan.model.suggestion import nearest
from kimplan.source import KeyPath, shown

_SECTION = "with the id of a section of plan.yaml"


def missing(error: Error) -> Fault:
    """Return that a key is missing, and what it is to say."""
    parent, key = error.at[:-1], str(error.at[-1])
    where = f" in {named(parent)}" if parent else ""
    message = f"'{key}' is missing{where}"
    around = error.around if isinstance(error.around, dict) else {}
    model = model_at(error.model, parent)
    if key == "title" and len(around) == 1 and model in {Evidence, Action}:
        (other,) = around
        if not _hint(error._replace(at=(*parent, other)), model, other, around)[0]:
            return Fault("KP101", message, parent, "", instead_of=(*parent, other))
    for other in around:
        if other not in fields_of(model) and _field_meant(model, other) == key:
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
    hint, mend = _hint(error, model, key, present)
    if (
        not hint
        and len(present) == 1
        and model in {Evidence, Action}
        and isinstance(error.found, str)
    ):
        hint, mend = _title_with_colon(parent, key, error.found)
    hint = hint or _elsewhere(error.model, parent, key, model)
    keys = ", ".join(fields_of(model))
    hint = hint or f"Allowed here: {keys}."
    return Fault("KP102", f"unknown key {shown(key)}", error.at, hint, key=True, mend=mend)


def _title_with_colon(parent: KeyPath, key: str, rest: str) -> tuple[str, Mend]:
    """Return that an entry was meant as words, whose colon made a key of the first of them."""
    words = f"{key}: {rest.strip()}"
    hint = f"The colon behind {shown(key)} makes a key of it: write '- title: \"{cut(words)}\"'."
    return hint, titled(parent, words)


def _hint(
    error: Error, model: type[PlanModel], key: str, present: dict[str, object]
) -> tuple[str, Mend | None]:
    """Return what a key stands for, and how it is called right where its value can stay."""
    meant = _field_meant(model, key)
    if meant:
        return _other_name(error, model, meant, present)
    remark = foreign.meant(model, key)
    if remark == foreign.STATE:
        return _state(error, present)
    return _remark(remark, key, error.found, "progress" in present), None


def _field_meant(model: type[PlanModel], key: str) -> str:
    """Return the field that a key surely stands for, or nothing."""
    known = {foreign.folded(name): name for name in fields_of(model)}
    wanted = foreign.folded(key)
    if wanted in known:
        return known[wanted]
    meant = foreign.meant(model, key)
    if meant in fields_of(model):
        return meant
    return "" if meant else known.get(nearest(wanted, known), "")


def _other_name(
    error: Error, model: type[PlanModel], meant: str, present: dict[str, object]
) -> tuple[str, Mend | None]:
    key = str(error.at[-1])
    is_slip = not foreign.meant(model, key)
    if meant in present:
        hint = f"Here it is '{meant}', which stands there already: keep one of the two."
        return hint, dropped(error.at) if present[meant] == error.found else None
    is_list = type_of(fields_of(model)[meant]).is_list
    as_list = ", and holds a list" if is_list and isinstance(error.found, str) else ""
    hint = f"Did you mean '{meant}'?" if is_slip else f"Here it is called '{meant}'{as_list}."
    if meant == "evidence" and isinstance(error.found, str) and IS_PLACE.match(error.found):
        hint = f"{example_lines('evidence:', '  - title: …', f'    link: {cut(error.found)}')}."
        return f"Write {hint}", None
    return hint, renamed(error.at, meant)


def _state(error: Error, present: dict[str, object]) -> tuple[str, Mend | None]:
    """Return what a status is: a rating, if it says one, or a note."""
    found = error.found if isinstance(error.found, str) else ""
    word = suggest_rating(found) or found
    if error.scheme.read(word):
        return _other_name(error, Recommendation, "rag", present | {str(error.at[-1]): word})
    return f"How far it is stands in 'rag'. {_note(found, 'progress' in present)}", None


def _remark(remark: str, key: str, found: object, has_notes: bool) -> str:
    text = found if isinstance(found, str) else ""
    own = example_lines("fields:", f"  {foreign.folded(key).replace(' ', '-')}: {cut(text) or '…'}")
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


def _note(text: str, has_notes: bool) -> str:
    """Return how a note is written, below those that are there or as the first one."""
    note = "  - on: 2024-05-02", f"    note: {cut(text, 30) or '…'}"
    if has_notes:
        return f"Write it with its day at the end of 'progress': {example_lines(*note)}."
    return f"Write it as a note with its day: {example_lines('progress:', *note)}."


def _elsewhere(top: type[PlanModel], parent: KeyPath, key: str, model: type[PlanModel]) -> str:
    """Return where a key belongs that another level knows."""
    wanted = foreign.folded(key)
    if top is not Recommendation:
        return ""
    if parent and wanted in map(foreign.folded, fields_of(top)):
        return f"'{key}' is the record's own: write it at the beginning of a line."
    homes = [
        name
        for name, field in fields_of(top).items()
        if issubclass(kind := type_of(field).kind, PlanModel)
        and kind is not model
        and wanted in map(foreign.folded, fields_of(kind))
    ]
    return f"It belongs into an entry below {' or '.join(map(repr, homes))}." if homes else ""
