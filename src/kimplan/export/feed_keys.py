"""What a line of the feed holds: each key with its schema, and how its value is read.

What the plan's files hold comes from the models, so that no field can be forgotten; what is
reckoned of them for a day stands here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache
from operator import attrgetter
from typing import Any, NamedTuple, TypeAlias

from kimplan.answers.tables.dates import late
from kimplan.model.due import Due
from kimplan.model.fields import PlanModel
from kimplan.model.form import FieldType, description_of, type_of
from kimplan.model.plan import Settings
from kimplan.model.rating import Rating, Scheme
from kimplan.model.recommendation import Action, Recommendation
from kimplan.schedule import Promise, completed_late, promises, slippage

Schema: TypeAlias = dict[str, Any]
Json: TypeAlias = dict[str, Any]
VERSION = 1
TYPE = "recommendation"
_TEXT: Schema = {"type": "string"}
_NUMBER: Schema = {"type": "integer"}
_SWITCH: Schema = {"type": "boolean"}
_DAY: Schema = {"type": "string", "format": "date"}
_WORDS = list(dict.fromkeys(word for scheme in Scheme for word in scheme.words))


class Context(NamedTuple):
    """The plan that a record is of, and the day whose position is meant.

    `name` is the plan's among several, `titles` are those of its sections by their ids.
    """

    name: str
    settings: Settings
    as_of: date
    titles: dict[str, str]


class Subject(NamedTuple):
    """What a key is read from: a part of a record, the record itself included."""

    item: Recommendation
    part: Any


_Get: TypeAlias = Callable[[Subject], Any]
_Read: TypeAlias = Callable[[Subject, Context], Any]


class Key(NamedTuple):
    """A key of an object: its name, the schema of its value, and how that is read."""

    name: str
    schema: Schema
    read: _Read


def _key(name: str, schema: Schema, about: str, read: _Read) -> Key:
    return Key(name, {"description": about} | schema, read)


def _texts() -> Schema:
    return {"type": "array", "items": _TEXT}


def _or_null(schema: Schema) -> Schema:
    return schema | {"type": [schema["type"], "null"]}


@lru_cache(maxsize=1)
def record_keys() -> tuple[Key, ...]:
    """Return the keys of a line, in their order."""
    return (*_HEAD, *_keys_of(Recommendation), *_STANDING, *_RECORD_STANDING)


def to_json(keys: tuple[Key, ...], subject: Subject, context: Context) -> Json:
    """Return the values of `keys` as JSON knows them."""
    return {key.name: key.read(subject, context) for key in keys}


def object_schema(keys: tuple[Key, ...]) -> Schema:
    """Return the schema of an object with `keys`, all of which are there."""
    return {
        "type": "object",
        "properties": {key.name: key.schema for key in keys},
        "required": [key.name for key in keys],
        "additionalProperties": False,
    }


# What the models hold


def _keys_of(model: type[PlanModel]) -> Iterator[Key]:
    """Yield the keys of the fields of `model`, in the usual order of a file."""
    for attribute, field in model.model_fields.items():
        name, holds = field.alias or attribute, type_of(field)
        get = attrgetter(f"part.{attribute}")
        is_always_there = field.is_required() or field.default is not None
        if issubclass(holds.kind, Due):
            yield from _due_keys(name, description_of(field), get)
        else:
            schema, read = _value(holds, get)
            if not is_always_there and not holds.is_list and not holds.is_mapping:
                schema = _or_null(schema)
            yield _key(name, schema, field.description or "", read)


def _value(holds: FieldType, get: _Get) -> tuple[Schema, _Read]:
    if issubclass(holds.kind, PlanModel):
        return _objects(tuple(_part_keys(holds.kind)), get, is_list=holds.is_list)
    if holds.is_list:
        return _texts(), lambda at, _: list(get(at))
    if holds.is_mapping:
        return {"type": "object", "additionalProperties": _TEXT}, lambda at, _: dict(get(at))
    return _single(holds.kind, get)


def _objects(keys: tuple[Key, ...], get: _Get, *, is_list: bool) -> tuple[Schema, _Read]:
    schema = object_schema(keys)

    def inner(at: Subject, part: object, context: Context) -> Json | None:
        return None if part is None else to_json(keys, Subject(at.item, part), context)

    if is_list:
        listed: Schema = {"type": "array", "items": schema}
        return listed, lambda at, context: [inner(at, part, context) for part in get(at)]
    return schema, lambda at, context: inner(at, get(at), context)


def _single(kind: type, get: _Get) -> tuple[Schema, _Read]:
    if issubclass(kind, Rating):
        return {"type": "string", "enum": _WORDS}, lambda at, _: get(at).word
    if issubclass(kind, date):
        return _DAY, lambda at, _: _iso(get(at))
    return (_SWITCH if issubclass(kind, bool) else _TEXT), lambda at, _: get(at)


def _part_keys(model: type[PlanModel]) -> Iterator[Key]:
    yield from _keys_of(model)
    if model is Action:
        yield _key(
            "open", _SWITCH, "Whether it is still to be done.", lambda at, _: at.part.is_open
        )
        yield _key(
            "owned_by",
            _texts(),
            "The roles whose it is: its owner, or else the recommendation's owners.",
            lambda at, _: _promise(at).owners,
        )
        yield from _STANDING


def _due_keys(name: str, about: str, get: _Get) -> Iterator[Key]:
    """Yield the keys of a date: as it is written, and the first and last day that it covers."""
    yield _key(name, _or_null(_TEXT), about, lambda at, _: getattr(get(at), "text", None))
    for end, words in (("first_day", "first"), ("last_day", "last")):
        said = f"The {words} day that `{name}` covers; null where no date is agreed."
        yield _key(f"{name}_{end}", _or_null(_DAY), said, _end_of(get, end))


def _end_of(get: _Get, end: str) -> _Read:
    def read(at: Subject, _: Context) -> str | None:
        due = get(at)
        return _iso(getattr(due, end)) if due is not None and due.is_agreed else None

    return read


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


# What is reckoned of them


def _promise(at: Subject) -> Promise:
    action = at.part if isinstance(at.part, Action) else None
    return Promise(at.item, action, at.part.due)


def _left(at: Subject, context: Context) -> int | None:
    """Return the days that are left of what is still promised, negative when it is late."""
    if at.part.due is None:
        return None
    wanted = at.part if isinstance(at.part, Action) else None
    found = (one for one in promises(at.item) if one.action is wanted)
    promise = next(found, None)
    return promise.days_left(context.as_of) if promise else None


_HEAD = (
    _key("type", {"const": TYPE}, "What the line is about.", lambda _, __: TYPE),
    _key(
        "version",
        {"const": VERSION},
        "The version of this schema: another where a key goes or means something else; a new key "
        "may come without one.",
        lambda _, __: VERSION,
    ),
    _key("plan", _TEXT, "The plan's name among several; empty for one alone.", lambda _, c: c.name),
    _key(
        "organisation", _TEXT, "The landlord's name.", lambda _, c: c.settings.organisation
    ),
    _key("plan_title", _TEXT, "The plan's title.", lambda _, c: c.settings.title),
    _key(
        "as_of", _DAY, "The day whose position is meant.", lambda _, c: c.as_of.isoformat()
    ),
)  # fmt: skip
_STANDING = (
    *_due_keys(
        "first_agreed", "The date that was promised first.", lambda at: at.part.first_agreed
    ),
    _key(
        "slipped_days",
        _or_null(_NUMBER),
        "Days from the last day of `first_agreed` to that of `due`; negative when earlier.",
        lambda at, _: slippage(at.part),
    ),
    _key(
        "days_left",
        _or_null(_NUMBER),
        "Days from `as_of` to the last day of `due`, negative when late; null where nothing is "
        "promised any more, or no date is agreed.",
        _left,
    ),
    _key(
        "days_late",
        _or_null(_NUMBER),
        "By how many days it is overdue; null if it is not.",
        lambda at, context: late(_left(at, context)),
    ),
    _key(
        "overdue",
        _SWITCH,
        "Whether it is open and the last day of `due` is before `as_of`.",
        lambda at, context: late(_left(at, context)) is not None,
    ),
)
_RECORD_STANDING = (
    _key(
        "section_title",
        _TEXT,
        "The heading of its section.",
        lambda at, context: context.titles.get(at.item.section, at.item.section),
    ),
    _key(
        "rating",
        _TEXT,
        "What the plan calls the rating.",
        lambda at, context: context.settings.ratings[at.item.rag].label,
    ),
    _key("open", _SWITCH, "Whether work is still promised.", lambda at, _: at.item.rag.is_open),
    _key("complete", _SWITCH, "Whether the work is done.", lambda at, _: at.item.rag.is_complete),
    _key(
        "no_date_agreed",
        _SWITCH,
        "Whether it is open and says that no date is agreed yet.",
        lambda at, _: at.item.lacks_date,
    ),
    _key(
        "completed_late_days",
        _or_null(_NUMBER),
        "Days from the last day of `due` to the completion; negative when early.",
        lambda at, _: completed_late(at.item),
    ),
)
