"""What is said of a value of another shape than its field's, or of none (KP103, KP104)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from kimplan.loader.faults.dates import PROMISE_HINT
from kimplan.loader.faults.fault import Error, Fault, Mend, cut, example_lines
from kimplan.loader.faults.mends import (
    as_bullets,
    as_entries,
    as_entry_text,
    as_only_entry,
    as_only_keys,
    as_prose,
    dropped,
    listed,
    mapped,
    removed,
    titled,
)
from kimplan.loader.faults.pairs import Pair, pair_of
from kimplan.loader.faults.parts import EXAMPLES, only_needed, parts_of
from kimplan.loader.faults.words import ratings_hint
from kimplan.model.fields import PlanModel
from kimplan.model.form import EMPTY_HINT, TEXT_HINT, fields_of
from kimplan.model.nobody import nobody_of, says_nothing
from kimplan.model.plan import Column, Section
from kimplan.model.rating import Rating
from kimplan.model.recommendation import (
    Action,
    Evidence,
    ProgressNote,
    Recommendation,
    Verification,
)
from kimplan.model.value_forms import DUE_DATE, PROMISE, PROSE, ROLE
from kimplan.source import KeyPath, shown

_SEVERAL = re.compile(r"\s*[,;/\n]\s*")
_NAMES = frozenset({"role", "owner", "name", "title", "post", "job title"})
_LIST_HINT = "Put each entry on a line of its own that begins with '- '."
_KEYS_HINT = "Write 'key: value' lines, indented by two spaces."


def wrong_type(error: Error) -> Fault:
    """Return that a list, a text or keys stand where another of them belongs."""
    is_text = error.kind == "string_type" and error.field is not None
    if error.found == "" or (is_text and not error.found):
        return empty(error)
    if isinstance(error.found, str) and (nothing := _nothing(error, error.found)):
        return nothing
    if isinstance(error.found, str):
        return _text_for_list(error) if error.kind == "list_type" else _text_for_keys(error)
    if error.kind == "list_type":
        return _keys_for_list(error)
    if error.kind == "string_type":
        return _list_for_text(error) if isinstance(error.found, list) else _keys_for_text(error)
    return _list_for_keys(error)


def _nothing(error: Error, found: str) -> Fault | None:
    """Return that words in place of a list or of keys say that there is nothing, if they do."""
    is_entry = isinstance(error.at[-1], int)
    may_go = is_entry or (error.field is not None and not error.field.is_required())
    if of_roles(error) or not may_go or not says_nothing(found):
        return None
    message = f"{error.name} {shown(found)} says that there is nothing"
    is_only = is_entry and len(error.around) == 1
    both = f", and '{error.at[-2]}:' above it" if is_only else ""
    hint = f"Delete the line{both}: where there is none, nothing is written."
    return Fault(
        "KP103", message, error.at, hint, mend=(removed if is_entry else dropped)(error.at)
    )


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
    if error.at in {("completed",), ("verified",)} and error.rating and error.rating.is_open:
        hint = f"Delete the line while it is {error.rating}."
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
    if of_roles(error) and (nobody := nobody_of(error.found)):
        message = f"{error.name} {shown(error.found)} {nobody.why}"
        hint, mend = instead_of_nobody(error, nobody.hint)
        return Fault("KP103", message, error.at, hint, mend=mend)
    hint, mend = _LIST_HINT, None
    key = error.at[-1]
    if issubclass(kind, PlanModel) and (kind in EXAMPLES or only_needed(kind)):
        many = of_several(error.found) if kind in {Column, Section} else []
        parts, is_whole = parts_of(kind, many[0] if many else error.found)
        is_whole = is_whole and len(many) < 2 and not says_nothing(error.found)
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
    is_known = kind is not None and issubclass(kind, PlanModel) and kind in EXAMPLES
    if kind is None or not (is_known or (issubclass(kind, PlanModel) and only_needed(kind))):
        is_own = error.holds is not None and error.holds.is_mapping
        hint = "Below it, write '  id: value' lines with the ids that plan.yaml declares."
        return _fault(error, "keys and values", "text", hint if is_own else _KEYS_HINT)
    parts, is_whole = parts_of(kind, error.found)
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
    it_needs = f"is only text; it needs {needs}" if needs else "must be keys and values, not text"
    message = f"'{error.name}' {it_needs}"
    mend = mapped(error.at, parts) if is_whole else None
    hint = f"{hint}{_unknown_day(kind, is_whole)}."
    if kind is Verification and not is_whole and error.rating and error.rating.is_open:
        hint += f" While it is {error.rating}, delete it."
    return Fault("KP103", message, error.at, hint, mend=mend)


def _unknown_day(kind: type[PlanModel], is_whole: bool) -> str:
    if is_whole or only_needed(kind) or kind in {Section, Column}:
        return ""
    return ", with the day it was" if kind is ProgressNote else ", with what is true"


def of_several(words: str) -> list[str]:
    """Return the parts of a text that names several things."""
    return [one for one in _SEVERAL.split(words.strip()) if one]


def of_roles(error: Error) -> bool:
    """Return whether roles stand there."""
    return bool(error.holds and error.holds.form is ROLE)


def instead_of_nobody(error: Error, hint: str) -> tuple[str, Mend | None]:
    """Return what to write in place of words that name no owner; a closed record needs none."""
    if error.rating and not error.rating.is_open:
        return f"Delete the line: {error.rating} needs no owner.", dropped(error.at)
    return f"{hint}: write 'owners:' and below it '  - …' with the role.", None


# Keys, or a list, where another shape is wanted


def _keys_for_list(error: Error) -> Fault:
    kind = error.holds.kind if error.holds else str
    if issubclass(kind, PlanModel) and len(error.found) > 1 and (pairs := _pairs(error, kind)):
        first, *rest = (f"{name}: {cut(text)}" for name, text in pairs[0].parts.items())
        lines = example_lines(f"  - {first}", *(f"    {line}" for line in rest))
        hint = f"Write each as an entry, the first as {lines}."
        keyed = zip(error.found, pairs, strict=True)
        edits = [(key, one.first, one.parts[one.first], one.second) for key, one in keyed]
        return _fault(error, "a list", "keys and values", hint, as_entries(error.at, edits))
    if issubclass(kind, PlanModel):
        hint = "It is a list, even of one: begin the first line with '- ' and indent the others as "
        hint += "far as its words."
        return _fault(error, "a list", "keys and values", hint, as_only_entry(error.at))
    line = f"  - {_a_value(error.found)}"
    hint = f"Write each on a line of its own below '{error.at[-1]}:', such as '{line}'."
    return _fault(error, "a list", "keys and values", hint)


def _pairs(error: Error, kind: type[PlanModel]) -> list[Pair]:
    """Return the entries that each key of a mapping was meant to be, none if one of them is not."""
    found = [pair_of(kind, key, {key: rest}) for key, rest in error.found.items()]
    known = [one for one in found if one and one.is_whole and one.first]
    return known if len(known) == len(found) else []


def _a_value(found: Mapping[str, Any]) -> str:
    said = ((key if " " in key else one) for key, one in found.items())
    return next((cut(one) for one in said if isinstance(one, str) and one), "…")


def _list_for_keys(error: Error) -> Fault:
    only = error.found[0] if isinstance(error.found, list) and len(error.found) == 1 else None
    if isinstance(only, dict):
        hint = "Delete the dash, and begin all keys in one column: there is only one."
        return _fault(error, "keys and values", "a list", hint, as_only_keys(error.at))
    kind = error.holds.kind if error.holds else None
    if kind in {Evidence, Action} and isinstance(only, str) and only:
        hint = f"Write '- title: {cut(only)}', with one dash."
        return _fault(error, "keys and values", "a list", hint, titled(error.at, only.strip()))
    lines = [f"  {name}: {text}" for name, text in EXAMPLES.get(kind, {}).items()] if kind else []
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
        if is_own:
            hint = f"Keep one of them, as '{_as_line(error.at, cut(texts[0]))}'; if it is a text, "
            hint += f"write '{error.at[-1]}: |' above them."
        mend = None if is_own else as_bullets(error.at, texts)
        return _fault(error, "text", "a list", hint, mend)
    if len(texts) > 1 and isinstance(error.at[-1], int):
        lines = example_lines(*(f"- {cut(one)}" for one in texts[:3]))
        return _fault(error, "text", "a list", f"Write each with one dash: {lines}.")
    if len(texts) > 1:
        hint = f"Keep one of them, as '{_as_line(error.at, cut(texts[0]))}'."
        if error.holds and error.holds.form in {DUE_DATE, PROMISE}:
            hint += f" From one to the other is '{cut(texts[0])}/{cut(texts[-1])}'."
        return _fault(error, "text", "a list", hint)
    if _is_prose(error):
        hint = f"Write '{error.at[-1]}: |' above the lines: they are its text then."
        return _fault(error, "text", "a list", hint, as_prose(error.at))
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
            return _fault(
                error, "text", "keys and values", hint, as_entry_text(error.at, only.strip())
            )
        if of_roles(error):
            return _keys_for_owner(error, key)
        hint = f"The colon behind {shown(key)} makes a key of it: put the text in quotation marks."
        return _fault(error, "text", "keys and values", hint)
    if _is_prose(error):
        return _keys_for_prose(error, key)
    if error.holds and error.holds.kind is Rating:
        return _fault(error, "text", "keys and values", ratings_hint(error.scheme))
    form = error.holds.form.hint if error.holds else ""
    return _fault(error, "text", "keys and values", form or TEXT_HINT)


def _keys_for_prose(error: Error, key: str) -> Fault:
    """Return how lines that read as keys become a text."""
    texts = [f"{name}: {text}" for name, text in error.found.items() if isinstance(text, str)]
    if len(texts) == len(error.found) > 1:
        hint = f"Write '{error.at[-1]}: |' and each line below it as a bullet, '- {cut(texts[0])}'."
        return _fault(error, "text", "keys and values", hint, as_bullets(error.at, texts))
    colon = f"The colon behind {shown(key)} makes a key of it"
    hint = f"{colon}: write '{error.at[-1]}: |', and the text on the lines below it."
    return _fault(error, "text", "keys and values", hint, as_prose(error.at))


def _keys_for_owner(error: Error, key: str) -> Fault:
    """Return that an owner is more than a role: who holds it stands in owners.yaml."""
    role = next((one for name, one in error.found.items() if name.casefold() in _NAMES), key)
    role = role.strip() if isinstance(role, str) and role.strip() else key
    hint = f"Write the role alone, '- {cut(role)}'; who holds it stands in owners.yaml."
    mend = as_entry_text(error.at, role) if any(map(str.isalnum, role)) else None
    return _fault(error, "a role", "keys and values", hint, mend)
