"""Several plans that are asked one question, and what they owe together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple

from kimplan.answers.answer import Column, Heading, Part, Table, Tone
from kimplan.answers.naming import NO_OWNER, one_line
from kimplan.model.plan import Plan
from kimplan.model.rating import Rating
from kimplan.schedule import Timed, due_soon, overdue
from kimplan.summary import Summary, summarise

_NONE = "-"


def ref_among(plan: str, ref: str) -> str:
    """Return a ref as it is called among several plans, or alone where `plan` is empty."""
    return f"{one_line(plan)} {ref}" if plan else ref


class PlanOf(NamedTuple):
    """A plan and its `name` among several, which stands before its refs; empty for one alone."""

    name: str
    plan: Plan

    def ref(self, ref: str) -> str:
        """Return a ref of the plan as it is called among several: ``north REC6``."""
        return ref_among(self.name, ref)


class Owed(NamedTuple):
    """A promise of one of several plans, and by how many days it is late or how many are left."""

    of: PlanOf
    timed: Timed

    @property
    def ref(self) -> str:
        """The ref of the recommendation, after the plan's name."""
        return self.of.ref(self.timed.promise.item.ref)


def alone(plan: Plan) -> tuple[PlanOf]:
    """Return a plan by itself."""
    return (PlanOf("", plan),)


def are_several(plans: Sequence[PlanOf]) -> bool:
    """Return whether refs need the names of their plans."""
    return any(one.name for one in plans)


def overdue_in(plans: Sequence[PlanOf], as_of: date) -> list[Owed]:
    """Return what is overdue in all of the plans, oldest first."""
    return _merged(plans, lambda plan: overdue(plan, as_of), lambda days: -max(days))


def due_soon_in(plans: Sequence[PlanOf], as_of: date, within: int | None = None) -> list[Owed]:
    """Return what falls due in all of the plans within so many days, soonest first.

    Without `within`, as many as each plan itself looks ahead.
    """

    def soon(plan: Plan) -> list[Timed]:
        ahead = plan.settings.due_soon_days if within is None else within
        return due_soon(plan, as_of, ahead)

    return _merged(plans, soon, min)


def _merged(
    plans: Sequence[PlanOf],
    found: Callable[[Plan], list[Timed]],
    rank: Callable[[Sequence[int]], int],
) -> list[Owed]:
    """Return what is found in each plan in one order, actions below their recommendations."""
    blocks = [
        [Owed(of, timed) for timed in block]
        for of in plans
        for _, block in groupby(found(of.plan), key=lambda timed: id(timed.promise.item))
    ]
    blocks.sort(key=lambda block: rank([owed.timed.days for owed in block]))
    return [owed for block in blocks for owed in block]


def plan_column(plans: Sequence[PlanOf]) -> list[Column]:
    """Return the column of the plans' names, where there are several."""
    return [Column("Plan", snug=12)] if are_several(plans) else []


def plan_cell(of: PlanOf) -> tuple[str, ...]:
    """Return the cell of that column, where there is one."""
    return (one_line(of.name),) if of.name else ()


def plan_key(of: PlanOf) -> dict[str, Any]:
    """Return the plan's name as a value for programs, where there are several."""
    return {"plan": of.name} if of.name else {}


class Total(NamedTuple):
    """What a plan or a role has: its recommendations, and how many of them are open."""

    name: str
    summary: Summary
    due_soon: int  # recommendations and actions

    @property
    def open(self) -> int:
        """How many recommendations are open."""
        return sum(number for rating, number in self.summary.by_rating.items() if rating.is_open)


def totals_by_plan(plans: Sequence[PlanOf], as_of: date) -> list[Total]:
    """Return the counts of each plan, in the order of the plans."""
    soon = Counter(owed.of.name for owed in due_soon_in(plans, as_of))
    return [
        Total(of.name, summarise(of.plan.recommendations, as_of), soon[of.name]) for of in plans
    ]


def totals_by_owner(plans: Sequence[PlanOf], as_of: date) -> list[Total]:
    """Return the counts of each role in all of the plans, who owns most that is overdue first.

    What several roles own counts for each of them, an action for its own owner. Roles that own
    nothing are left out.
    """
    items: dict[str, list[Any]] = {}
    for of in plans:
        for item in of.plan.recommendations:
            for role in dict.fromkeys(item.owners) or (NO_OWNER,):
                items.setdefault(role, []).append(item)
    late = Counter(_owners(overdue_in(plans, as_of), actions_only=True))
    soon = Counter(_owners(due_soon_in(plans, as_of)))
    found = []
    for role in dict.fromkeys([*items, *late, *soon]):
        summary = summarise(items.get(role, ()), as_of)._replace(late_actions=late[role])
        found.append(Total(role, summary, soon[role]))
    return sorted(
        found,
        key=lambda one: (-one.summary.overdue - one.summary.late_actions, -one.open,
                         one.name.casefold()),
    )  # fmt: skip


def _owners(found: Sequence[Owed], *, actions_only: bool = False) -> Iterator[str]:
    for owed in found:
        promise = owed.timed.promise
        if promise.action or not actions_only:
            yield from dict.fromkeys(promise.owners) or (NO_OWNER,)


def total_parts(plans: Sequence[PlanOf], as_of: date) -> list[Part]:
    """Return the tables of totals by plan and by owner; nothing for a plan by itself."""
    if not are_several(plans):
        return []
    parts: list[Part] = []
    for title, totals in (
        ("Plan", totals_by_plan(plans, as_of)), ("Owner", totals_by_owner(plans, as_of)),
    ):  # fmt: skip
        parts += [Heading(f"By {title.lower()}"), _total_table(title, totals)]
    return parts


def _total_table(title: str, totals: Sequence[Total]) -> Table:
    late = Column("Overdue", is_number=True, tone=Tone.LATE, tones={_NONE: Tone.QUIET})
    columns = (
        Column(title, share=1),
        late,
        late._replace(title="Actions overdue", snug=len("Actions")),
        Column("Due soon", is_number=True, snug=len("Due")),
        Column("Open", is_number=True),
        Column("Total", is_number=True),
    )
    rows = [(one_line(total.name), *map(_number, _counts(total))) for total in totals]
    if title == "Plan":  # what two roles own would be counted twice
        sums = (sum(numbers) for numbers in zip(*map(_counts, totals), strict=True))
        rows.append(("All", *map(_number, sums)))
    return Table(columns, rows)


def _counts(total: Total) -> tuple[int, ...]:
    summary = total.summary
    return summary.overdue, summary.late_actions, total.due_soon, total.open, summary.total


def _number(number: int) -> str:
    return f"{number:,}" if number else _NONE


def totals_data(plans: Sequence[PlanOf], as_of: date) -> dict[str, Any]:
    """Return the totals by plan and by owner as values for programs; nothing for one alone."""
    if not are_several(plans):
        return {}
    names = ("overdue", "overdue_actions", "due_soon", "open", "total")
    settings = {of.name: of.plan.settings for of in plans}
    return {
        "plans": [
            {"plan": one.name, "title": settings[one.name].title,
             "organisation": settings[one.name].organisation,
             **dict(zip(names, _counts(one), strict=True))}
            for one in totals_by_plan(plans, as_of)
        ],
        "owners": [
            {"owner": one.name, **dict(zip(names, _counts(one), strict=True))}
            for one in totals_by_owner(plans, as_of)
        ],
    }  # fmt: skip


def ratings_in(plans: Sequence[PlanOf]) -> dict[Rating, str]:
    """Return the ratings that the plans have, in order, with what all of them call each.

    Where they call it differently, it has its own name; and where green is complete in one and on
    track in another, it says which.
    """
    labels: dict[Rating, set[str]] = {}
    for of in plans:
        ratings = of.plan.settings.ratings
        for rating in ratings.scheme.ratings:
            labels.setdefault(rating, set()).add(one_line(ratings[rating].label))
    names = {
        rating: labels[rating].copy().pop()
        if len(labels[rating]) == 1
        else rating.word.capitalize().replace("-", " ")
        for rating in Rating
        if rating in labels
    }
    often = Counter(name.casefold() for name in names.values())
    meanings = {Rating.GREEN: "complete", Rating.ON_TRACK: "on track"}
    return {
        rating: f"{name} ({meanings.get(rating, rating.word)})"
        if often[name.casefold()] > 1
        else name
        for rating, name in names.items()
    }
