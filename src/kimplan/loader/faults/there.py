"""A key by another name whose own key stands there as well: ``owner:`` beside ``owners:``."""

from __future__ import annotations

from kimplan.loader.faults.dates import plain
from kimplan.loader.faults.fault import Error, Mend, cut, example_lines
from kimplan.loader.faults.mends import dropped, moved
from kimplan.loader.faults.parts import parts_of
from kimplan.loader.faults.shapes import of_several
from kimplan.model.date_words import suggest_due
from kimplan.model.fields import PlanModel
from kimplan.model.form import FieldType, fields_of, type_of
from kimplan.model.nobody import nobody_of
from kimplan.model.value_forms import DUE_DATE, PROMISE, ROLE
from kimplan.source import shown


def beside(
    error: Error, model: type[PlanModel], meant: str, present: dict[str, object]
) -> tuple[str, Mend | None]:
    """Return what to do with a key that stands for the field `meant`, which is `present`."""
    holds, found = type_of(fields_of(model)[meant]), error.found
    if present[meant] == found:
        return f"Delete it: '{meant}' says so already.", dropped(error.at)
    if holds.is_list:
        return _in_list(error, holds, meant, present[meant])
    if holds.form in {DUE_DATE, PROMISE} and isinstance(found, str):
        return _date(error, meant, present), None
    hint = f"Here it is '{meant}', which stands there already: delete this line, or write there "
    return f"{hint}what it says.", None


def _in_list(error: Error, holds: FieldType, meant: str, there: object) -> tuple[str, Mend | None]:
    """Return how what is said becomes an entry of the list that is there."""
    found = error.found
    if isinstance(found, list) and len(found) == 1 and isinstance(found[0], str):
        (found,) = found
    if not isinstance(found, str) or not found.strip():
        hint = f"Move what stands below it to the end of '{meant}', and delete this line."
        return hint, None
    words, known = found.strip(), there if isinstance(there, list) else []
    if holds.form is ROLE:
        if words in known:
            return f"Delete the line: {shown(words)} is among the {meant} already.", dropped(
                error.at
            )
        if nobody_of(words):
            return f"Delete the line: {shown(words)} is no owner.", dropped(error.at)
    many = of_several(words) if holds.kind is str else []
    if len(many) > 1:
        new = [one for one in many if one not in known]
        lines = example_lines(*(f"  - {cut(one)}" for one in new[:3])) if new else ""
        if not new:
            return f"Delete the line: all of them are among the {meant} already.", dropped(error.at)
        hint = f"Here it is '{meant}': add {lines} at the end of that list, and delete this line."
        return hint, None
    parts, is_whole = ({}, True) if holds.kind is str else parts_of(holds.kind, words)
    first, *rest = [f"{name}: {cut(text)}" for name, text in parts.items()] or [cut(words)]
    lines = example_lines(f"  - {first}", *(f"    {line}" for line in rest))
    hint = f"Here it is '{meant}': add {lines} at the end of that list, and delete this line."
    return hint, moved(error.at, meant, parts or words) if is_whole else None


def _date(error: Error, meant: str, present: dict[str, object]) -> str:
    """Return what to do with a second date: it is a move, perhaps, which has a reason."""
    old = str(present[meant]).strip()
    new = plain(error.found) or suggest_due(error.found) or "…"
    hint = f"Here it is '{meant}', which stands there already: delete this line"
    if meant != "due" or not plain(old):
        return f"{hint}, or write its date there."
    entry = example_lines(f"  - from: {old}", f"    to: {new}", "    reason: …", "    on: …")
    below = "at the end of 'revisions'" if present.get("revisions") else "below 'revisions:'"
    return f"{hint}. If the date moved, write 'due: {new}', and {entry} {below}."
