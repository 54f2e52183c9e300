"""Values of own fields as they are given on the command line, made fit to stand in a record."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kimplan.edits.due_dates import read_due
from kimplan.edits.request import OwnValue
from kimplan.edits.texts import line, prose
from kimplan.errors import KimplanError
from kimplan.loader import PlanFolder
from kimplan.model.form import fields_of
from kimplan.model.own_field import OwnField
from kimplan.model.own_type import OwnType
from kimplan.model.recommendation import Recommendation
from kimplan.model.suggestion import did_you_mean

_FORM_HINT = "Write an id of plan.yaml, =, and the value: --set priority=High."


def read_own_values(root: Path, texts: Iterable[str]) -> tuple[OwnValue, ...]:
    """Return what each of `texts`, ``ID=VALUE``, asks for in the plan in `root`.

    A choice counts in any capitals, and a date in plain words if it means one date only. Nothing
    behind the ``=`` takes the value away. Raises KimplanError for a field that the plan does not
    declare and for what is no such pair.
    """
    settings = PlanFolder(root).settings().value
    declared = {field.id: field for field in settings.fields} if settings else {}
    found: dict[str, OwnValue] = {}
    for text in texts:
        name, sign, value = text.partition("=")
        if not sign:
            raise KimplanError(f"--set '{text[:40]}' gives no value", _FORM_HINT)
        field = _declared(name.strip().removeprefix("fields."), declared)
        if field.id in found:
            raise KimplanError(f"--set gives '{field.id}' twice", "Give each field once.")
        found[field.id] = _value(field, value)
    return tuple(found.values())


def _declared(name: str, declared: dict[str, OwnField]) -> OwnField:
    """Return the field with an id or a label, capitals or not."""
    folded = " ".join(name.casefold().split())
    for field in declared.values():
        if folded in (field.id, " ".join(field.label.casefold().split())):
            return field
    raise KimplanError(f"the plan has no own field '{name[:40]}'", _unknown_hint(name, declared))


def _unknown_hint(name: str, declared: dict[str, OwnField]) -> str:
    if name in fields_of(Recommendation):
        return "It is no own field: kimplan update --help lists what changes it, or use --edit."
    if not declared:
        return "Declare it below 'fields' in plan.yaml first."
    return did_you_mean(name, declared) or f"Declared: {', '.join(declared)}."


def _value(field: OwnField, text: str) -> OwnValue:
    option = f"--set {field.id}"
    if not text.strip():
        return OwnValue(field.id, "")
    if field.type is OwnType.TEXT:
        return OwnValue(field.id, prose(text, option), is_prose=True)
    value = line(text, option)
    if field.type is OwnType.DATE:
        value = read_due(value, option).text
    elif field.type is OwnType.CHOICE:
        same = (one for one in field.choices if one.casefold() == value.casefold())
        value = next(same, value)
    return OwnValue(field.id, value)
