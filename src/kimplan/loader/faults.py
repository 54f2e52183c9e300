"""pydantic's findings as ours: its error *types* become codes, words and hints at their line.

Loaded only when something is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

from kimplan.diagnostic import Diagnostic
from kimplan.model.due import suggest_day, suggest_due
from kimplan.model.fields import PlanModel
from kimplan.model.suggestion import did_you_mean
from kimplan.source import KeyPath, shown

if TYPE_CHECKING:
    from kimplan.loader.loaded_file import LoadedFile

_DATE_HINT = "Write a day (2024-07-31), a month (2024-07) or an interval (2023-12/2024-03)."
_DAY_HINT = "Write the year, the month and the day: 2024-07-31."
_SEE_FORMAT = "See docs/plan-format.md."
_SLUG_HINT = "An id is small letters, digits and hyphens: governance-and-culture."
_FORM_HINTS = {
    "ref": "A ref is letters and digits and begins with a letter, such as REC6 or A-12.",
    "section": _SLUG_HINT,
    "id": _SLUG_HINT,
    "link": "A link is a web address or a path in the repository, without spaces around it.",
    "handle": "A handle is a name on the forge, or an e-mail address: @name, @organisation/team.",
    "ignore": "Write a code such as KP303, or its beginning: KP6.",
    "points": "Write a size in points from 6 to 24, such as 10.5.",
    "switch": "Write true or false.",
    "timezone": "Write a name of the time zone database, such as Europe/London.",
}
_KIND_HINTS = {
    "a list": "Put each entry on a line of its own that begins with '- '.",
    "text": "Write the text behind the key, or below a |.",
    "keys and values": "Write 'key: value' lines, indented by two spaces.",
}
_KINDS = {"list_type": "a list", "string_type": "text"}


class _Fault(NamedTuple):
    """One of pydantic's errors: where it is, and the value that stands there in the file."""

    loaded: LoadedFile[Any]
    model: type[PlanModel]
    kind: str
    at: KeyPath
    context: dict[str, Any]

    @property
    def found(self) -> Any:
        return _at(self.loaded.document.value, self.at)

    @property
    def name(self) -> str:
        return _name(self.at)

    def finding(self, code: str, message: str, hint: str, *, key: bool = False) -> Diagnostic:
        return self.loaded.finding(code, message, self.at, hint, key=key)


def explain(
    loaded: LoadedFile[Any], error: Mapping[str, Any], model: type[PlanModel]
) -> Diagnostic:
    """Return the diagnostic of one of pydantic's errors about the file `loaded` as a `model`."""
    fault = _Fault(loaded, model, error["type"], error["loc"], error.get("ctx", {}))
    return _EXPLAIN.get(fault.kind, _malformed)(fault)


def _name(at: tuple[str | int, ...]) -> str:
    """Return the name of a field as its owner would say it: ``evidence[2].link``."""
    name = ""
    for step in at:
        name += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if name else step
    return name


def _at(value: Any, at: tuple[str | int, ...]) -> Any:
    for step in at:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def _keys(model: type[PlanModel], at: tuple[str | int, ...]) -> list[str]:
    """Return the keys that the model of the mapping at `at` knows."""
    for step in at:
        if isinstance(step, str):
            fields = {field.alias or name: field for name, field in model.model_fields.items()}
            model = _inner_model(fields[step].annotation)
    return [field.alias or name for name, field in model.model_fields.items()]


def _inner_model(annotation: Any) -> type[PlanModel]:
    """Return the model inside ``Model``, ``Model | None`` or ``list[Model]``."""
    if isinstance(annotation, type) and issubclass(annotation, PlanModel):
        return annotation
    return next(_inner_model(inner) for inner in get_args(annotation) if inner is not type(None))


def _missing(fault: _Fault) -> Diagnostic:
    parent, key = fault.at[:-1], fault.at[-1]
    where = f" in {_name(parent)}" if parent else ""
    return fault.loaded.finding(
        "KP101", f"'{key}' is missing{where}", parent, f"Add a line '{key}: …'."
    )


def _unknown(fault: _Fault) -> Diagnostic:
    parent, key = fault.at[:-1], str(fault.at[-1])
    keys = _keys(fault.model, parent)
    present = _at(fault.loaded.document.value, parent)
    hint = did_you_mean(key, (name for name in keys if name not in present))
    hint = hint or f"Allowed here: {', '.join(keys)}."
    return fault.finding("KP102", f"unknown key {shown(key)}", hint, key=True)


def _wrong_type(fault: _Fault) -> Diagnostic:
    if fault.found == "":
        return _empty(fault)
    wanted = _KINDS.get(fault.kind, "keys and values")
    kinds = ((list, "a list"), (dict, "keys and values"))
    found = next((name for kind, name in kinds if isinstance(fault.found, kind)), "text")
    message = f"'{fault.name}' must be {wanted}, not {found}"
    return fault.finding("KP103", message, _KIND_HINTS[wanted])


def _empty(fault: _Fault) -> Diagnostic:
    hint = "Fill it in, or delete the line if the field is optional."
    return fault.finding("KP104", f"'{fault.name}' is empty", hint, key=True)


def _unknown_value(fault: _Fault) -> Diagnostic:
    if not fault.found or not isinstance(fault.found, str):
        return _wrong_type(fault._replace(kind="string_type"))
    expected = fault.context["expected"].replace(" or ", ", ").split(", ")
    allowed = [word.strip("'") for word in expected]
    hint = f"{did_you_mean(fault.found, allowed)} Allowed: {', '.join(allowed)}.".strip()
    return fault.finding("KP105", f"{fault.name} {shown(fault.found)} is not known", hint)


def _too_long(fault: _Fault) -> Diagnostic:
    length, limit = len(fault.found), fault.context["max_length"]
    message = f"'{fault.name}' is too long: {length:,} characters, at most {limit:,}"
    return fault.finding("KP106", message, "Shorten it; keep long texts in a linked document.")


def _malformed(fault: _Fault) -> Diagnostic:
    if fault.kind.startswith("whole_"):
        _, lowest, highest = fault.kind.split("_")
        hint = f"Write a whole number from {lowest} to {highest}."
    else:
        field = next(step for step in reversed(fault.at) if isinstance(step, str))
        hint = _FORM_HINTS.get(fault.kind) or _FORM_HINTS.get(field, _SEE_FORMAT)
    value = shown(fault.found) if isinstance(fault.found, str) else "this value"
    return fault.finding("KP108", f"{fault.name} {value} is not written as it should be", hint)


def _not_a_date(fault: _Fault) -> Diagnostic:
    hint = _date_hint(suggest_due(fault.found)) or _DATE_HINT
    return fault.finding("KP201", f"{fault.name} {shown(fault.found)} is not a date", hint)


def _date_hint(suggested: str | None) -> str:
    """Return how to write a date whose one meaning is clear; empty if it is not."""
    return f"Write {suggested}, or let kimplan lint --fix do it." if suggested else ""


def _not_a_day(fault: _Fault) -> Diagnostic:
    hint = _date_hint(suggest_day(fault.found)) or _DAY_HINT
    return fault.finding("KP201", f"{fault.name} {shown(fault.found)} is not a day", hint)


def _backwards(fault: _Fault) -> Diagnostic:
    message = f"{fault.name} {shown(fault.found)} ends before it begins"
    return fault.finding("KP202", message, "Put the earlier date before the slash.")


_EXPLAIN: dict[str, Callable[[_Fault], Diagnostic]] = {
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
    "string_too_long": _too_long,
    "due": _not_a_date,
    "day": _not_a_day,
    "backwards_interval": _backwards,
}
