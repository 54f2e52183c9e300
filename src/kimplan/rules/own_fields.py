"""What the plan's own fields hold in a record (KP111 to KP114)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from kimplan.characters import shown
from kimplan.model.due import BackwardsIntervalError, NotADateError, parse_due
from kimplan.model.own_type import MOST_OWN_FIELDS, OwnType
from kimplan.model.suggestion import did_you_mean, nearest
from kimplan.rules.addresses import is_address, may_be_path
from kimplan.rules.base import Context, Rule

if TYPE_CHECKING:
    from kimplan.diagnostic import Correction, Diagnostic
    from kimplan.loader import LoadedFile
    from kimplan.model.own_field import OwnField
    from kimplan.model.recommendation import Recommendation
    from kimplan.source import KeyPath

_LONGEST_LINE = 300
_MOST_NAMES = 20  # that a hint lists


def listed(names: list[str]) -> str:
    """Return names for a hint, the first ones if there are many."""
    more = ", …" if len(names) > _MOST_NAMES else ""
    return f"{', '.join(names[:_MOST_NAMES])}{more}"


def _written(file: LoadedFile[Recommendation], at: KeyPath, text: str) -> Correction | None:
    """Return the lines of a file in which `text` stands at `at`."""
    from kimplan.writing import keys
    from kimplan.writing.correction import by_edit

    return by_edit(file.document, lambda now: keys.set_text(now, at, text))


def _renamed(file: LoadedFile[Recommendation], at: KeyPath, name: str) -> Correction | None:
    """Return the lines of a file in which the key at `at` is called `name`."""
    from kimplan.loader.faults.mends import renamed
    from kimplan.writing.correction import by_edit

    return by_edit(file.document, renamed(at, name))


class _OwnFieldRule(Rule):
    """A rule about the own fields; it knows those that the plan declares."""

    code = ""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        settings = context.settings.value
        self._known = {one.id: one for one in settings.fields} if settings else None

    def _values(self, item: Recommendation) -> Iterator[tuple[OwnField, str]]:
        """Yield the values of the fields that are declared, no more than there may be."""
        known = self._known or {}
        values = ((known[name], text) for name, text in item.fields.items() if name in known)
        return islice(values, MOST_OWN_FIELDS)


class UnknownOwnField(_OwnFieldRule):
    """A record has an own field that the plan does not declare.

    Such a value stands in no report and in no list. Correct the id, or declare the field below
    `fields` in ``plan.yaml``:

        fields:
          - {id: priority, label: Priority, type: choice, choices: [High, Medium, Low]}
    """

    code = "KP111"
    can_be_ignored = False
    about = frozenset({"fields"})

    def check(self, file: LoadedFile[Recommendation], item: Recommendation) -> Iterator[Diagnostic]:
        """Find it, and of very many the first ones."""
        if not item.fields or self._known is None:
            return
        unknown = (name for name in item.fields if name not in (self._known or {}))
        for name in islice(unknown, MOST_OWN_FIELDS):
            message = f"the own field {shown(name)} is not declared in {self.context.settings.path}"
            hint, lines = self._hint(name, item), self._lines(file, name, item)
            yield self.finding(file, message, ("fields", name), hint, key=True, correction=lines)

    def _lines(
        self, file: LoadedFile[Recommendation], name: str, item: Recommendation
    ) -> Correction | None:
        """Return the line with the id that is surely meant, if its value is one of that field."""
        free = [one for one in self._known or () if one not in item.fields]
        field = (self._known or {}).get(nearest(name.replace("_", "-"), free))
        if field is None or _wrong(field, item.fields[name]):
            return None
        if field.type is OwnType.LINK and not is_address(item.fields[name]):
            return None  # a path may lead to nothing
        return _renamed(file, ("fields", name), field.id)

    def _hint(self, name: str, item: Recommendation) -> str:
        known = list(self._known or ())
        if not known:
            both = " and 'fields:' above it" if len(item.fields) == 1 else ""
            return f"Declare it below 'fields' in plan.yaml, or delete the line{both}."
        free = [one for one in known if one not in item.fields]
        return did_you_mean(name, free) or f"Declared: {listed(known)}."


class NoSuchChoice(_OwnFieldRule):
    """An own field says something that is none of its choices.

    The choices stand in ``plan.yaml``. A word beside them is missing from every list and every
    count of the others. Use one of the choices, in their spelling, or add it to them.
    """

    code = "KP112"
    about = frozenset({"fields"})

    def check(self, file: LoadedFile[Recommendation], item: Recommendation) -> Iterator[Diagnostic]:
        """Find it."""
        for field, text in self._values(item) if item.fields else ():
            if field.type is OwnType.CHOICE and text not in field.choices:
                message = f"fields.{field.id} {shown(text)} is none of the choices"
                place = ("fields", field.id)
                near = "" if "?" in text else nearest(text.strip(), field.choices)
                guess = f"Did you mean '{near}'? " if near else ""
                is_same = near.casefold() == text.strip().casefold()
                lines = _written(file, place, near) if near and is_same else None
                hint = f"{guess}Choices: {listed(field.choices)}."
                yield self.finding(file, message, place, hint, correction=lines)


class MissingOwnField(_OwnFieldRule):
    """A record lacks an own field that the plan requires.

    ``plan.yaml`` says `required: true` of it. Add it below `fields:` of the record, or let
    `kimplan update REF --set ID=VALUE` do it.
    """

    code = "KP113"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._required = [one for one in (self._known or {}).values() if one.required]

    def check(self, file: LoadedFile[Recommendation], item: Recommendation) -> Iterator[Diagnostic]:
        """Find it."""
        for field in self._required[:MOST_OWN_FIELDS]:
            if field.id not in item.fields:
                at = ("fields",) if item.fields else ()
                choices = f", one of {listed(field.choices)}" if field.choices else ""
                where = "" if item.fields else " below a line 'fields:'"
                hint = f"Add '  {field.id}: …'{where}{choices}."
                message = f"the own field '{field.id}' ({shown(field.label)}) is missing"
                yield self.finding(file, message, at, hint, key=True)


class _Wrong(NamedTuple):
    """What is wrong with a value, as the end of a sentence, how to write it, and what is meant."""

    what: str
    hint: str
    new: str = ""


def _wrong_date(text: str) -> _Wrong | None:
    from kimplan.loader.faults.dates import offers_hint
    from kimplan.model.date_words import read_words

    try:
        parse_due(text)
    except BackwardsIntervalError:
        return _Wrong("ends before it begins", "Put the earlier date before the slash.")
    except NotADateError:
        reading = read_words(text)
        if reading.due:
            hint = f"Write {reading.due}."
            return _Wrong("is not written as a plan writes dates", hint, reading.due)
        from kimplan.model.value_forms import DUE_DATE

        hint = offers_hint(reading) or f"{DUE_DATE.hint} Where there is none, delete the line."
        return _Wrong(reading.why or "is not a date", hint)
    return None


def _wrong_link(text: str) -> _Wrong | None:
    if is_address(text):
        from kimplan.rules.links import judge

        wrong = judge(text)
        return (
            _Wrong(wrong.what, wrong.hint, wrong.better)
            if wrong and not wrong.is_doubtful
            else None
        )
    if any(map(str.isspace, text)) and not may_be_path(text):
        from kimplan.model.value_forms import LINK

        return _Wrong("is no link", LINK.hint)
    return None


def _wrong_line(text: str) -> _Wrong | None:
    if "\n" in text:
        return _Wrong("has several lines", "Write it on one line, or declare 'type: text'.")
    if len(text) > _LONGEST_LINE:
        what = f"is too long: {len(text):,} characters, at most {_LONGEST_LINE}"
        return _Wrong(what, "Shorten it, or declare 'type: text'.")
    return None


_WRONG: dict[OwnType, Callable[[str], _Wrong | None]] = {
    OwnType.LINE: _wrong_line,
    OwnType.DATE: _wrong_date,
    OwnType.LINK: _wrong_link,
}


def _wrong(field: OwnField, text: str) -> bool:
    """Return whether `text` is no value of a `field`."""
    judge = _WRONG.get(field.type)
    is_no_choice = field.type is OwnType.CHOICE and text not in field.choices
    return is_no_choice or bool(judge and judge(text))


class WrongOwnValue(_OwnFieldRule):
    """An own field holds a value that is not of its type.

    A date is a day, a month or an interval, written as due dates are: ``2024-07-31``, ``2024-07``,
    ``2023-12/2024-03``. A link is a web address, or a path in the repository. A line is one line of
    at most 300 characters; what needs more is a `text`. Correct the value, or the field's `type` in
    ``plan.yaml``.
    """

    code = "KP114"
    about = frozenset({"fields"})

    def check(self, file: LoadedFile[Recommendation], item: Recommendation) -> Iterator[Diagnostic]:
        """Find it."""
        for field, text in self._values(item) if item.fields else ():
            judge = _WRONG.get(field.type)
            if judge and (wrong := judge(text)):
                at = ("fields", field.id)
                said = f"fields.{field.id} {shown(text)} {wrong.what}"
                lines = _written(file, at, wrong.new) if wrong.new else None
                yield self.finding(file, said, at, wrong.hint, correction=lines)
