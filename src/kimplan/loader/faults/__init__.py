"""pydantic's findings as ours: its error *types* become codes, words and hints.

Loaded only when something is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from kimplan.loader.faults import dates, handles, shapes, unknown, words
from kimplan.loader.faults.fault import Error, Fault
from kimplan.loader.faults.mends import on_one_line, says, spelt
from kimplan.model.fields import PlanModel
from kimplan.model.form_suggestion import suggest_form, suggest_time_zone
from kimplan.model.rating import Rating, Scheme
from kimplan.model.value_forms import HANDLE, LINE, LINK, SLUG, SWITCH, TIME_ZONE
from kimplan.source import shown

__all__ = ["Fault", "explain", "explain_all"]

_SWITCHES = {"yes": "true", "on": "true", "y": "true", "no": "false", "off": "false", "n": "false"}


def explain(
    value: Any, error: Mapping[str, Any], model: type[PlanModel], scheme: Scheme = Scheme.RAG
) -> Fault:
    """Return what one of pydantic's errors says of a file's `value`, which is to be a `model`.

    The words of ratings are those of the `scheme`.
    """
    context = error.get("ctx", {})
    found = Error(value, model, scheme, error["type"], error["loc"], context)
    return _EXPLAIN.get(found.kind, _malformed)(found)


def explain_all(
    value: Any,
    errors: Iterable[Mapping[str, Any]],
    model: type[PlanModel],
    scheme: Scheme = Scheme.RAG,
) -> list[Fault]:
    """Return what pydantic's errors say of a file's `value`, once for each thing to mend.

    A key that stands there by another name is not called missing as well.
    """
    faults = [explain(value, error, model, scheme) for error in errors]
    named = {fault.at for fault in faults if fault.key}
    return [fault for fault in faults if fault.instead_of not in named]


def _unknown_value(error: Error) -> Fault:
    if not error.found or not isinstance(error.found, str):
        return shapes.wrong_type(error._replace(kind="string_type"))
    is_rating = error.holds is not None and error.holds.kind is Rating
    return words.unknown_rating(error) if is_rating else words.unknown_word(error)


def _too_long(error: Error) -> Fault:
    length, limit = len(error.found), error.context["max_length"]
    message = f"'{error.name}' is too long: {length:,} characters, at most {limit:,}"
    hint = "Shorten it; keep long texts in a linked document."
    if error.at == ("title",):
        hint = "Keep its opening sentence, and put the rest into 'detail'."
    return Fault("KP106", message, error.at, hint)


def _malformed(error: Error) -> Fault:
    value = shown(error.found) if isinstance(error.found, str) else "this value"
    form = error.holds.form if error.holds else None
    if form is HANDLE and isinstance(error.found, str):
        return handles.no_handle(error)
    if form in {LINE, LINK} and isinstance(error.found, str) and "\n" in error.found.strip():
        return _goes_on(error)
    if form and (meant := suggest_form(form, error.found)):
        message = f"{error.name} {value} should be written {meant}"
        # An id is what others call a thing by: changed alone, it is nobody's.
        mend = None if form is SLUG else says(error.at, meant.strip('"'))
        return Fault("KP108", message, error.at, form.hint, mend=mend)
    message = f"{error.name} {value} is not written as it should be"
    if form is SWITCH and isinstance(error.found, str):
        folded = error.found.strip().casefold()
        word = _SWITCHES.get(folded, folded)
        if word in {"true", "false"}:
            hint = f"Write '{error.at[-1]}: {word}'."
            return Fault("KP108", message, error.at, hint, mend=spelt(error.at, word))
    hint = (form and form.hint) or "kimplan rule KP108 says more."
    return Fault("KP108", message, error.at, hint)


def _goes_on(error: Error) -> Fault:
    """Return that what is one line has a line end inside."""
    lines = error.found.split("\n")
    is_link = error.holds is not None and error.holds.form is LINK
    is_sure = not is_link or not any(" " in line.strip() for line in lines)
    new = ("" if is_link else " ").join(error.found.split())
    message = f"'{error.name}' goes on in the next line"
    mend = on_one_line(error.at, new) if is_sure else None
    return Fault("KP108", message, error.at, "Write it on one line.", mend=mend)


def _not_a_time_zone(error: Error) -> Fault:
    """Return that a time zone is unknown, or differs from machine to machine."""
    known = suggest_time_zone(error.found)
    wrong = f"should be {known}" if known else "is no time zone that every machine knows"
    message = f"{error.name} {shown(str(error.found))} {wrong}"
    mend = says(error.at, known) if known else None
    return Fault("KP108", message, error.at, TIME_ZONE.hint, mend=mend)


_EXPLAIN: dict[str, Callable[[Error], Fault]] = {
    "missing": unknown.missing,
    "extra_forbidden": unknown.unknown,
    "list_type": shapes.wrong_type,
    "string_type": shapes.wrong_type,
    "model_type": shapes.wrong_type,
    "model_attributes_type": shapes.wrong_type,
    "dict_type": shapes.wrong_type,
    "string_too_short": shapes.empty,
    "too_short": shapes.empty,
    "enum": _unknown_value,
    "other_scheme": words.other_scheme,
    "no_blue": words.no_blue,
    "dated_green": words.dated_green,
    "string_too_long": _too_long,
    "timezone": _not_a_time_zone,
    "due": dates.not_a_date,
    "day": dates.not_a_day,
    "backwards_interval": dates.backwards,
}
