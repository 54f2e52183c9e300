"""One recommendation as a person would read it: ``kimplan show``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from pydantic import BaseModel

from kimplan.answers.answer import Answer, Heading, Part
from kimplan.answers.columns import later_facts_line
from kimplan.answers.naming import item_data, one_line
from kimplan.answers.story import tell_stories
from kimplan.model.due import Due
from kimplan.model.plan import Plan
from kimplan.model.recommendation import Recommendation
from kimplan.schedule import later_facts


def answer_records(plan: Plan, items: list[Recommendation], as_of: date) -> Answer:
    """Return each of the recommendations, with where its date stands on the day `as_of`."""
    stories = tell_stories(plan, items, as_of)
    parts = tuple(
        part
        for item, story in zip(items, stories, strict=True)
        for part in _parts(item, story, as_of)
    )
    records = [_data(plan, item, as_of) for item in items]
    return Answer(
        parts,
        {
            "as_of": as_of.isoformat(),
            "later_facts": len(later_facts(items, as_of)),
            "recommendations": records,
        },
    )


def _parts(item: Recommendation, story: Iterable[Part], as_of: date) -> Iterator[Part]:
    yield Heading(f"{item.ref}  {one_line(item.title)}")
    yield from story
    yield from later_facts_line([item], as_of)


def _data(plan: Plan, item: Recommendation, as_of: date) -> dict[str, Any]:
    data = item_data(item, plan, as_of)
    return data | {name: value for name, value in _stored(item).items() if name not in data}


def _stored(model: BaseModel) -> dict[str, Any]:
    """Return the fields of `model` by the names that they have in the plan's files."""
    fields = type(model).model_fields.items()
    return {field.alias or name: _plain(getattr(model, name)) for name, field in fields}


def _plain(value: Any) -> Any:
    """Return `value` with dates as they are written in the plan's files."""
    if isinstance(value, Due):
        return value.text
    if isinstance(value, BaseModel):
        return _stored(value)
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value
