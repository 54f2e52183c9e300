"""What is late and what falls due: ``kimplan overdue``."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple, TypeVar

from kimplan.answers.answer import Answer, Column, Heading, Line, Part, Table, Tone
from kimplan.answers.columns import date_column, later_facts_line
from kimplan.answers.group import (
    Owed,
    PlanOf,
    alone,
    due_soon_in,
    overdue_in,
    plan_cell,
    plan_column,
    plan_key,
    total_parts,
    totals_data,
)
from kimplan.answers.naming import (
    ACTION,
    NO_OWNER,
    item_data,
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
from kimplan.schedule import Timed, later_facts, undated

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
    return answer_overdue_in(alone(plan), question)


def answer_overdue_in(plans: Sequence[PlanOf], question: Question) -> Answer:
    """Return the same of several plans in one order, with the totals of each plan and owner."""
    late = _chosen(overdue_in(plans, question.as_of), question)
    ahead = question.within
    soon = [] if ahead is None else _chosen(due_soon_in(plans, question.as_of, ahead), question)
    items = [item for of in plans for item in of.plan.recommendations]
    parts: list[Part] = []
    if late:
        parts += _listed(plans, late, question, _LATE)
    parts.append(_late_total(late, question))
    if ahead is not None:
        if soon:
            parts.append(Heading(f"Due within {count(ahead, 'day')}"))
            parts += _listed(plans, soon, question, _LEFT)
        parts.append(_soon_total(soon, ahead, question.as_of))
    open_ended = _undated(plans, question)
    if open_ended:
        refs = (of.ref(item.ref) for of, item in open_ended)
        parts.append(Line(undated_sentence(len(open_ended), refs)))
    parts += total_parts(plans, question.as_of)
    parts += later_facts_line(items, question.as_of)
    return Answer(tuple(parts), lambda: _data(plans, late, soon, question))


def _chosen(found: Iterable[Owed], question: Question) -> list[Owed]:
    wanted = question.ratings or tuple(Rating)
    return [owed for owed in found if owed.timed.promise.item.rag in wanted]


def _undated(plans: Sequence[PlanOf], question: Question) -> list[tuple[PlanOf, Recommendation]]:
    wanted = question.ratings or tuple(Rating)
    return [
        (of, item)
        for of in plans
        for item in undated(of.plan.recommendations)
        if item.rag in wanted
    ]


def _listed(
    plans: Sequence[PlanOf], found: list[Owed], question: Question, days: Column
) -> list[Part]:
    """Return a table, or one for each group; all have the same columns, to be read as one."""
    by = question.by
    promises = [owed.timed.promise for owed in found]
    has_slipped = any(map(slipped_from, promises))
    # Below an owner's name, only who else owns the item is news.
    has_owners = by is not Grouping.OWNER or any(len(set(one.owners)) > 1 for one in promises)
    columns = [
        *plan_column(plans),
        Column("Ref"),
        Column("Recommendation", share=3),
        date_column("Promised"),
        days,
        *([date_column("Slipped from")] if has_slipped else []),
        *([Column("With" if by is Grouping.OWNER else "Owner", share=2)] if has_owners else []),
    ]

    def table(members: list[Owed], owner: str | None = None) -> Table:
        rows = [
            (
                *plan_cell(of),
                one.item.ref,
                f"{ACTION}{one_line(one.title)}" if one.action else one_line(one.title),
                str(one.due),
                f"{number:,}",
                *([slipped_from(one)] if has_slipped else []),
                *([named(role for role in one.owners if role != owner)] if has_owners else []),
            )
            for of, (one, number) in members
        ]
        return Table(tuple(columns), rows)

    if by is None:
        return [table(found)]
    parts: list[Part] = []
    for name, members in _groups_in(found, by):
        owner = name if by is Grouping.OWNER else None
        parts += [Heading(f"{one_line(name)} ({len(members):,})"), table(members, owner)]
    return parts


def _groups_in(found: list[Owed], by: Grouping) -> list[tuple[str, list[Owed]]]:
    """Return the items of all plans in groups: those of a role together, whosever plan it is in."""
    place = {id(owed.timed): (at, owed) for at, owed in enumerate(found)}
    own: dict[str, list[Owed]] = {}
    for owed in found:
        own.setdefault(owed.of.name, []).append(owed)
    parts = [
        (of, name, [place[id(one)] for one in timed])
        for of, members in ((members[0].of, members) for members in own.values())
        for name, timed in groups(of.plan, [owed.timed for owed in members], by)
    ]
    if by is Grouping.SECTION:
        return [
            (f"{of.name}: {name}" if of.name else name, [owed for _, owed in members])
            for of, name, members in parts
        ]
    joined: dict[str, list[tuple[int, Owed]]] = {}
    for _, name, members in parts:
        joined.setdefault(name, []).extend(members)
    ordered = sorted(joined.items(), key=lambda group: (-len(group[1]), group[0].casefold()))
    return [
        (name, [owed for _, owed in sorted(members, key=lambda pair: pair[0])])
        for name, members in ordered
    ]


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


def _late_total(late: list[Owed], question: Question) -> Line:
    day = show_day(question.as_of)
    if not late:
        what = f"{' or '.join(map(str, question.ratings))} " if question.ratings else ""
        return Line(f"Nothing {what}is overdue on {day}.", Tone.GREEN)
    promises = [owed.timed.promise for owed in late]
    numbers = [
        f"{number:,} {rating}"
        for rating in Rating
        if (number := sum(one.item.rag is rating and not one.action for one in promises))
    ]
    if actions := sum(one.action is not None for one in promises):
        numbers.append(count(actions, "action"))
    oldest = max(late, key=lambda owed: owed.timed.days)
    total = f"{len(late):,} overdue on {day}: {', '.join(numbers)}."
    what = f"an action of {oldest.ref}" if oldest.timed.promise.action else oldest.ref
    days = count(oldest.timed.days, "day")
    return Line(f"{total} The oldest is {what}, {days} late.", Tone.LATE)


def _soon_total(soon: list[Owed], within: int, as_of: date) -> Line:
    number = counted([owed.timed for owed in soon]) or "Nothing"
    verb = "fall" if len(soon) > 1 else "falls"
    return Line(f"{number} {verb} due within {count(within, 'day')} of {show_day(as_of)}.")


def counted(items: Sequence[Timed]) -> str:
    """Return how many recommendations and actions there are, in words; empty for none."""
    actions = sum(one.action is not None for one, _ in items)
    numbers = ((len(items) - actions, "recommendation"), (actions, "action"))
    return " and ".join(count(number, noun) for number, noun in numbers if number)


def _data(
    plans: Sequence[PlanOf], late: list[Owed], soon: list[Owed], question: Question
) -> dict[str, Any]:
    day = question.as_of
    items = [item for of in plans for item in of.plan.recommendations]
    data: dict[str, Any] = {
        "as_of": day.isoformat(),
        "later_facts": len(later_facts(items, day)),
        "overdue": [_entry(owed, day) for owed in late],
        "no_date_agreed": [
            plan_key(of) | item_data(item, of.plan, day) for of, item in _undated(plans, question)
        ],
    }
    if question.within is not None:
        data["within_days"] = question.within
        data["due_soon"] = [_entry(owed, day) for owed in soon]
    if question.by is not None:
        data["by"] = str(question.by)
        data["groups"] = [
            {"name": name, "overdue": list(dict.fromkeys(owed.ref for owed in members))}
            for name, members in _groups_in(late, question.by)
        ]
    return data | totals_data(plans, day)


def _entry(owed: Owed, as_of: date) -> dict[str, Any]:
    return plan_key(owed.of) | promise_data(owed.timed.promise, owed.of.plan, as_of)
