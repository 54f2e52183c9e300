"""The conditions of ``kimplan list --where``: what a field of a recommendation must say."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, TypeAlias

from kimplan.errors import KimplanError
from kimplan.model.due import Due, NotADateError, parse_due
from kimplan.model.own_field import OwnField
from kimplan.model.own_type import OwnType
from kimplan.model.plan import Plan
from kimplan.model.recommendation import Recommendation
from kimplan.model.suggestion import did_you_mean
from kimplan.model.value_forms import DUE_DATE

Test: TypeAlias = Callable[[Recommendation], bool]
_YEAR = re.compile("[0-9]{4}")
_FORM_HINT = "Write a field, =, and what it says: --where priority=High."


class Condition(NamedTuple):
    """A test of recommendations, and the field that it is about."""

    field: str
    passes: Test


def read_conditions(plan: Plan, texts: Iterable[str]) -> list[Condition]:
    """Return what each of `texts`, ``FIELD=VALUE``, asks for.

    A field is an own one, by its id or its label, or one of those that all recommendations have.
    Choices and ratings count in any capitals, of other words a part is enough, and a date passes if
    the other lies within it. Without a value, the field must be empty. Raises KimplanError for a
    field or a choice that there is not, and for a value that no record has and that is like one.
    """
    return [_condition(plan, text) for text in texts]


def meets(item: Recommendation, conditions: Sequence[Condition]) -> bool:
    """Return whether `item` meets a condition of each field that there are conditions of."""
    fields = {one.field for one in conditions}
    return fields <= {one.field for one in conditions if one.passes(item)}


def _condition(plan: Plan, text: str) -> Condition:
    name, sign, value = text.partition("=")
    value = " ".join(value.split())
    if not sign:
        raise KimplanError(f"--where '{text[:40]}' gives no value", _FORM_HINT)
    name = " ".join(name.split()).removeprefix("fields.")
    if field := _own(plan, name):
        return Condition(field.id, _own_test(plan, field, value))
    if name.casefold() in BUILT_IN:
        return Condition(name.casefold(), BUILT_IN[name.casefold()](plan, value))
    known = [*(field.id for field in plan.settings.fields), *BUILT_IN]
    hint = f"{did_you_mean(name, known)} Known: {', '.join(known)}.".strip()
    raise KimplanError(f"--where '{name[:40]}' is no field", hint)


def _own(plan: Plan, name: str) -> OwnField | None:
    folded = name.casefold()
    for field in plan.settings.fields:
        if folded in (field.id, " ".join(field.label.casefold().split())):
            return field
    return None


def _own_test(plan: Plan, field: OwnField, wanted: str) -> Test:
    def found(item: Recommendation) -> str:
        return item.fields.get(field.id, "")

    if not wanted:
        return lambda item: not found(item)
    if field.type is OwnType.CHOICE:
        choice = _one_of(field.id, wanted, field.choices)
        return lambda item: found(item) == choice
    if field.type is OwnType.DATE:
        due = _date(field.id, wanted)
        return lambda item: _lies_within(_parsed(found(item)), due)
    return _part(plan, field.id, wanted, lambda item: [found(item)])


def _one_of(name: str, wanted: str, known: Sequence[str]) -> str:
    for one in known:
        if one.casefold() == wanted.casefold():
            return one
    hint = f"{did_you_mean(wanted, known)} Choices: {', '.join(known[:20])}.".strip()
    raise KimplanError(f"--where {name}='{wanted[:40]}' is none of the choices", hint)


def _date(name: str, wanted: str) -> Due:
    from kimplan.model.date_words import suggest_due

    year = f"{wanted}-01/{wanted}-12" if _YEAR.fullmatch(wanted) else ""
    try:
        return parse_due(year or suggest_due(wanted) or wanted)
    except NotADateError:
        message = f"--where {name}='{wanted[:40]}' is not a date"
        raise KimplanError(message, f"{DUE_DATE.hint} A year will do, too.") from None


def _parsed(text: str) -> Due | None:
    try:
        return parse_due(text)
    except NotADateError:
        return None


def _lies_within(found: Due | None, wanted: Due) -> bool:
    if found is None:
        return False
    return wanted.first_day <= found.first_day and found.last_day <= wanted.last_day


def _part(
    plan: Plan, name: str, wanted: str, texts: Callable[[Recommendation], Sequence[str]]
) -> Test:
    """Return a test for a part of a text; refuse what no record says and looks like a slip."""
    folded = wanted.casefold()

    def passes(item: Recommendation) -> bool:
        return any(folded in " ".join(text.casefold().split()) for text in texts(item))

    if not any(map(passes, plan.recommendations)):
        said = dict.fromkeys(text for item in plan.recommendations for text in texts(item))
        if hint := did_you_mean(wanted, (text for text in said if 0 < len(text) <= 100)):
            raise KimplanError(f"--where {name}='{wanted[:40]}' is said nowhere", hint)
    return passes


def _rating(plan: Plan, wanted: str) -> Test:
    ratings = plan.settings.ratings
    labels = {ratings[one].label.casefold(): one.word for one in ratings.scheme.ratings}
    word = labels.get(wanted.casefold(), wanted.replace(" ", "-"))
    rating = ratings.scheme.read(_one_of("rag", word, ratings.scheme.words))
    return lambda item: item.rag is rating


def _section(plan: Plan, wanted: str) -> Test:
    sections = plan.settings.sections
    titles = {" ".join(one.title.casefold().split()): one.id for one in sections}
    known = _one_of("section", titles.get(wanted.casefold(), wanted), [one.id for one in sections])
    return lambda item: item.section == known


def _ref(plan: Plan, wanted: str) -> Test:
    ref = _one_of("ref", wanted, [item.ref for item in plan.recommendations])
    return lambda item: item.ref == ref


def _owners(plan: Plan, wanted: str) -> Test:
    return _words(plan, "owners", wanted, lambda item: item.owners)


def _words(
    plan: Plan, name: str, wanted: str, texts: Callable[[Recommendation], Sequence[str]]
) -> Test:
    return _part(plan, name, wanted, texts) if wanted else lambda item: not any(texts(item))


def _due(plan: Plan, wanted: str) -> Test:
    if not wanted:
        return lambda item: item.due is None
    due = _date("due", wanted)
    return lambda item: _lies_within(item.due, due)


def _completed(plan: Plan, wanted: str) -> Test:
    if not wanted:
        return lambda item: item.completed is None
    due = _date("completed", wanted)
    return lambda item: (
        item.completed is not None and due.first_day <= item.completed <= due.last_day
    )


BUILT_IN: dict[str, Callable[[Plan, str], Test]] = {
    "ref": _ref,
    "section": _section,
    "rag": _rating,
    "due": _due,
    "owners": _owners,
    "completed": _completed,
    "title": lambda plan, wanted: _words(plan, "title", wanted, lambda item: [item.title]),
    "response": lambda plan, wanted: _words(plan, "response", wanted, lambda item: [item.response]),
}
