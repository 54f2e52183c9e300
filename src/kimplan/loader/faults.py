"""pydantic's findings as ours: its error *types* become codes, words and hints.

Loaded only when something is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from kimplan.diagnostic import Correction
from kimplan.model.due import suggest_day, suggest_due
from kimplan.model.fields import PlanModel
from kimplan.model.form import EMPTY_HINT, TEXT_HINT, FieldType, fields_of, type_of
from kimplan.model.form_suggestion import suggest_form, suggest_time_zone
from kimplan.model.suggestion import did_you_mean
from kimplan.source import KeyPath, shown

_KIND_HINTS = {
    "a list": "Put each entry on a line of its own that begins with '- '.",
    "text": TEXT_HINT,
    "keys and values": "Write 'key: value' lines, indented by two spaces.",
}
_KINDS = {"list_type": "a list", "string_type": "text"}


class Fault(NamedTuple):
    """What is wrong with a value: where it stands, or with `key` the key above it.

    `correction` is the lines to write, where there is one right answer.
    """

    code: str
    message: str
    at: KeyPath
    hint: str
    key: bool = False
    correction: Correction | None = None


class _Error(NamedTuple):
    """One of pydantic's errors about a file's `value` as a `model`."""

    value: Any
    model: type[PlanModel]
    kind: str
    at: KeyPath
    context: dict[str, Any]

    @property
    def found(self) -> Any:
        return _at(self.value, self.at)

    @property
    def name(self) -> str:
        return _name(self.at)


def explain(value: Any, error: Mapping[str, Any], model: type[PlanModel]) -> Fault:
    """Return what one of pydantic's errors says of a file's `value`, which is to be a `model`."""
    found = _Error(value, model, error["type"], error["loc"], error.get("ctx", {}))
    return _EXPLAIN.get(found.kind, _malformed)(found)


def _name(at: KeyPath) -> str:
    """Return the name of a field as its owner would say it: ``evidence[2].link``."""
    name = ""
    for step in at:
        name += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if name else step
    return name


def _at(value: Any, at: KeyPath) -> Any:
    for step in at:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def _keys(model: type[PlanModel], at: KeyPath) -> list[str]:
    """Return the keys that the model of the mapping at `at` knows."""
    holds = _type_at(model, at)
    return list(fields_of(holds.kind if holds else model))


def _type_at(model: type[PlanModel], at: KeyPath) -> FieldType | None:
    """Return what the field at `at`, or around that place, holds; None for the whole file."""
    holds = None
    for step in at:
        if isinstance(step, str) and not (holds and holds.is_mapping):
            holds = type_of(fields_of(holds.kind if holds else model)[step])
    return holds


def _missing(error: _Error) -> Fault:
    parent, key = error.at[:-1], error.at[-1]
    where = f" in {_name(parent)}" if parent else ""
    return Fault("KP101", f"'{key}' is missing{where}", parent, f"Add a line '{key}: …'.")


def _unknown(error: _Error) -> Fault:
    parent, key = error.at[:-1], str(error.at[-1])
    keys = _keys(error.model, parent)
    present = _at(error.value, parent)
    hint = did_you_mean(key, (name for name in keys if name not in present))
    hint = hint or f"Allowed here: {', '.join(keys)}."
    return Fault("KP102", f"unknown key {shown(key)}", error.at, hint, key=True)


def _wrong_type(error: _Error) -> Fault:
    if error.found == "":
        return _empty(error)
    wanted = _KINDS.get(error.kind, "keys and values")
    kinds = ((list, "a list"), (dict, "keys and values"))
    found = next((name for kind, name in kinds if isinstance(error.found, kind)), "text")
    message = f"'{error.name}' must be {wanted}, not {found}"
    return Fault("KP103", message, error.at, _KIND_HINTS[wanted])


def _empty(error: _Error) -> Fault:
    return Fault("KP104", f"'{error.name}' is empty", error.at, EMPTY_HINT, key=True)


def _unknown_value(error: _Error) -> Fault:
    if not error.found or not isinstance(error.found, str):
        return _wrong_type(error._replace(kind="string_type"))
    expected = error.context["expected"].replace(" or ", ", ").split(", ")
    allowed = [word.strip("'") for word in expected]
    hint = f"{did_you_mean(error.found, allowed)} Allowed: {', '.join(allowed)}.".strip()
    return Fault("KP105", f"{error.name} {shown(error.found)} is not known", error.at, hint)


def _other_scheme(error: _Error) -> Fault:
    """Return that a rating is one of the scheme that the plan does not use."""
    hint = (
        f"Allowed: {error.context['expected']}. Where blue is complete, and green on track, "
        "plan.yaml says so: ratings: {scheme: brag}."
    )
    message = f"{error.name} {shown(error.found)} is not known"
    return Fault("KP105", message, error.at, hint)


def _no_blue(error: _Error) -> Fault:
    hint = "Add 'scheme: brag' below 'ratings:', or delete this."
    message = f"'{error.name}' is for the scheme brag, and this plan's is rag"
    return Fault("KP105", message, error.at, hint, key=True)


def _dated_green(error: _Error) -> Fault:
    message = f"'{error.name}.date' is for what is complete, and green is on track in this scheme"
    hint = "Delete the line: what is on track prints its own date."
    return Fault("KP105", message, (*error.at, "date"), hint, key=True)


def _too_long(error: _Error) -> Fault:
    length, limit = len(error.found), error.context["max_length"]
    message = f"'{error.name}' is too long: {length:,} characters, at most {limit:,}"
    return Fault("KP106", message, error.at, "Shorten it; keep long texts in a linked document.")


def _malformed(error: _Error) -> Fault:
    value = shown(error.found) if isinstance(error.found, str) else "this value"
    holds = _type_at(error.model, error.at)
    meant = suggest_form(holds.form, error.found) if holds else ""
    wrong = f"should be written {meant}" if meant else "is not written as it should be"
    return Fault("KP108", f"{error.name} {value} {wrong}", error.at, _form_hint(error))


def _form_hint(error: _Error) -> str:
    """Return how the value is to be written."""
    holds = _type_at(error.model, error.at)
    return (holds and holds.form.hint) or "kimplan rule KP108 says more."


def _not_a_time_zone(error: _Error) -> Fault:
    """Return that a time zone is unknown, or differs from machine to machine."""
    known = suggest_time_zone(error.found)
    wrong = f"should be {known}" if known else "is no time zone that every machine knows"
    message = f"{error.name} {shown(error.found)} {wrong}"
    return Fault("KP108", message, error.at, _form_hint(error))


def _not_a_date(error: _Error) -> Fault:
    return _undated(error, "a date", suggest_due(error.found))


def _not_a_day(error: _Error) -> Fault:
    return _undated(error, "a day", suggest_day(error.found))


def _undated(error: _Error, what: str, suggested: str | None) -> Fault:
    """Return how to write a date: the one that is meant, if that is clear."""
    hint = f"Write {suggested}, or let kimplan lint --fix do it." if suggested else ""
    message = f"{error.name} {shown(error.found)} is not {what}"
    return Fault("KP201", message, error.at, hint or _form_hint(error))


def _backwards(error: _Error) -> Fault:
    message = f"{error.name} {shown(error.found)} ends before it begins"
    return Fault("KP202", message, error.at, "Put the earlier date before the slash.")


_EXPLAIN: dict[str, Callable[[_Error], Fault]] = {
    "missing": _missing,
    "extra_forbidden": _unknown,
    "list_type": _wrong_type,
    "string_type": _wrong_type,
    "model_type": _wrong_type,
    "model_attributes_type": _wrong_type,
    "dict_type": _wrong_type,
    "string_too_short": _empty,
    "too_short": _empty,
    "enum": _unknown_value,
    "other_scheme": _other_scheme,
    "no_blue": _no_blue,
    "dated_green": _dated_green,
    "string_too_long": _too_long,
    "due": _not_a_date,
    "day": _not_a_day,
    "backwards_interval": _backwards,
    "timezone": _not_a_time_zone,
}
