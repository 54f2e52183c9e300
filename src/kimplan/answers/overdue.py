"""What is late and what falls due: ``kimplan overdue``."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple, TypeVar

from kimplan.answers.answer import Answer, Column, Heading, Line, Part, Table, Tone
from kimplan.answers.naming import (
    ACTION,
    NO_OWNER,
    date_column,
    item_data,
    later_facts_line,
    named,
    one_line,
    promise_data,
    slipped_from,
    undated_sentence,
)
from kimplan.model.due import show_day
from kimplan.model.plan import Plan
from kimplan.model.rating import Rating
from kimplan.model.recommendation import Recommendation
from kimplan.plural import count
from kimplan.schedule import Timed, due_soon, later_facts, overdue, undated

_T = TypeVar("_T")
_LATE = Column("Days late", is_number=True, tone=Tone.LATE)
_LEFT = Column("Days left", is_number=True)


class Grouping(enum.StrEnum):
    """What the items can be grouped by."""

    OWNER = "owner"
    SECTION = "section"


class Question(NamedTuple):
    """What is asked: on which day, how many days ahead, in which groups, of which ratings."""

    as_of: date
    within: int | None = None
    by: Grouping | None = None
    ratings: Sequence[Rating] = ()


def answer_overdue(plan: Plan, question: Question) -> Answer:
    """Return the overdue items and actions, oldest first, and what falls due, soonest first."""
    late = _chosen(overdue(plan, question.as_of), question)
    ahead = question.within
    soon = _chosen(due_soon(plan, question.as_of, ahead), question) if ahead is not None else []
    parts: list[Part] = []
    if late:
        parts += _listed(plan, late, question, _LATE)
    parts.append(_late_total(late, question))
    if ahead is not None:
        if soon:
            parts.append(Heading(f"Due within {count(ahead, 'day')}"))
            parts += _listed(plan, soon, question, _LEFT)
        parts.append(_soon_total(soon, ahead, question.as_of))
    open_ended = _undated(plan, question)
    if open_ended:
        refs = (item.ref for item in open_ended)
        parts.append(Line(undated_sentence(len(open_ended), refs)))
    parts += later_facts_line(plan.recommendations, question.as_of)
    return Answer(tuple(parts), _data(plan, late, soon, question))


def _chosen(items: Iterable[Timed], question: Question) -> list[Timed]:
    wanted = question.ratings or tuple(Rating)
    return [one for one in items if one.promise.item.rag in wanted]


def _undated(plan: Plan, question: Question) -> list[Recommendation]:
    wanted = question.ratings or tuple(Rating)
    return [item for item in undated(plan.recommendations) if item.rag in wanted]


def _listed(plan: Plan, items: list[Timed], question: Question, days: Column) -> list[Part]:
    """Return a table, or one for each group; all have the same columns, to be read as one."""
    by = question.by
    has_slipped = any(slipped_from(one) for one, _ in items)
    # Below an owner's name, only who else owns the item is news.
    has_owners = by is not Grouping.OWNER or any(len(set(one.owners)) > 1 for one, _ in items)
    columns = [
        Column("Ref"),
        Column("Recommendation", share=3),
        date_column("Promised"),
        days,
        *([date_column("Slipped from")] if has_slipped else []),
        *([Column("With" if by is Grouping.OWNER else "Owner", share=2)] if has_owners else []),
    ]

    def table(members: list[Timed], owner: str | None = None) -> Table:
        rows = [
            (
                one.item.ref,
                f"{ACTION}{one_line(one.title)}" if one.action else one_line(one.title),
                str(one.due),
                f"{number:,}",
                *([slipped_from(one)] if has_slipped else []),
                *([named(role for role in one.owners if role != owner)] if has_owners else []),
            )
            for one, number in members
        ]
        return Table(tuple(columns), rows)

    if by is None:
        return [table(items)]
    parts: list[Part] = []
    for name, members in groups(plan, items, by):
        owner = name if by is Grouping.OWNER else None
        parts += [Heading(f"{one_line(name)} ({len(members):,})"), table(members, owner)]
    return parts


def groups(plan: Plan, items: list[Timed], by: Grouping) -> list[tuple[str, list[Timed]]]:
    """Return the items by owner, the largest group first, or by section in the plan's order.

    An item of several owners stands in the group of each, one of none in a group of its own.
    """
    if by is Grouping.SECTION:
        sections = plan.settings.sections
        found: dict[str, list[Timed]] = {section.id: [] for section in sections}
        for timed in items:
            found[timed.promise.item.section].append(timed)
        return [(one_line(one.title), found[one.id]) for one in sections if found[one.id]]
    found = by_owner(items, lambda timed: timed.promise.owners)
    return sorted(found.items(), key=lambda group: (-len(group[1]), group[0].casefold()))


def by_owner(items: Iterable[_T], owners: Callable[[_T], Iterable[str]]) -> dict[str, list[_T]]:
    """Return the items by the roles that own them, each with all of its own."""
    found: dict[str, list[_T]] = {}
    for item in items:
        for role in dict.fromkeys(owners(item)) or (NO_OWNER,):
            found.setdefault(role, []).append(item)
    return found


def _late_total(late: list[Timed], question: Question) -> Line:
    day = show_day(question.as_of)
    if not late:
        what = f"{' or '.join(map(str, question.ratings))} " if question.ratings else ""
        return Line(f"Nothing {what}is overdue on {day}.", Tone.GREEN)
    numbers = [
        f"{number:,} {rating}"
        for rating in Rating
        if (number := sum(one.item.rag is rating and not one.action for one, _ in late))
    ]
    if actions := sum(one.action is not None for one, _ in late):
        numbers.append(count(actions, "action"))
    oldest, days = max(late, key=lambda timed: timed.days)
    total = f"{len(late):,} overdue on {day}: {', '.join(numbers)}."
    what = f"an action of {oldest.item.ref}" if oldest.action else oldest.item.ref
    return Line(f"{total} The oldest is {what}, {count(days, 'day')} late.", Tone.LATE)


def _soon_total(soon: list[Timed], within: int, as_of: date) -> Line:
    number = counted(soon) or "Nothing"
    verb = "fall" if len(soon) > 1 else "falls"
    return Line(f"{number} {verb} due within {count(within, 'day')} of {show_day(as_of)}.")


def counted(items: Sequence[Timed]) -> str:
    """Return how many recommendations and actions there are, in words; empty for none."""
    actions = sum(one.action is not None for one, _ in items)
    numbers = ((len(items) - actions, "recommendation"), (actions, "action"))
    return " and ".join(count(number, noun) for number, noun in numbers if number)


def _data(plan: Plan, late: list[Timed], soon: list[Timed], question: Question) -> dict[str, Any]:
    data: dict[str, Any] = {
        "as_of": question.as_of.isoformat(),
        "later_facts": len(later_facts(plan.recommendations, question.as_of)),
        "overdue": [promise_data(one, plan, question.as_of) for one, _ in late],
        "no_date_agreed": [
            item_data(item, plan, question.as_of) for item in _undated(plan, question)
        ],
    }
    if question.within is not None:
        data["within_days"] = question.within
        data["due_soon"] = [promise_data(one, plan, question.as_of) for one, _ in soon]
    if question.by is not None:
        data["by"] = str(question.by)
        data["groups"] = [
            {"name": name, "overdue": list(dict.fromkeys(one.item.ref for one, _ in members))}
            for name, members in groups(plan, late, question.by)
        ]
    return data
