"""How many recommendations stand where: ``kimplan summary``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from kimplan.answers.answer import Answer, Column, Heading, Line, Part, Table, Tone
from kimplan.answers.columns import TONES, later_facts_line
from kimplan.answers.group import (
    PlanOf,
    alone,
    are_several,
    due_soon_in,
    ratings_in,
    total_parts,
    totals_by_owner,
    totals_by_plan,
    totals_data,
)
from kimplan.answers.naming import one_line, undated_sentence
from kimplan.answers.overdue import Grouping, counted
from kimplan.model.due import show_day
from kimplan.model.plan import Plan
from kimplan.model.rating import Rating
from kimplan.model.recommendation import Recommendation
from kimplan.plural import count
from kimplan.schedule import Timed, later_facts
from kimplan.summary import Summary, summarise

_BAR = 20
_NONE = "-"
_PLAN = "plan"  # what several plans are grouped by, if nothing else is asked


def answer_summary(plan: Plan, as_of: date, by: Grouping = Grouping.SECTION) -> Answer:
    """Return the counts of all recommendations, and of each section or owner."""
    return answer_summary_in(alone(plan), as_of, by)


def answer_summary_in(plans: Sequence[PlanOf], as_of: date, by: Grouping | None = None) -> Answer:
    """Return the counts of several plans together, and of each plan, section or owner.

    Without `by` they are those of each plan, and then of each owner.
    """
    items = [item for of in plans for item in of.plan.recommendations]
    total, ratings = summarise(items, as_of), ratings_in(plans)
    soon = [owed.timed for owed in due_soon_in(plans, as_of)]
    within = {of.plan.settings.due_soon_days for of in plans}
    groups = _summaries(plans, by, as_of)
    parts: tuple[Part, ...] = (
        Heading(f"{_title(plans)} on {show_day(as_of)}"),
        _ratings(plans, total, ratings),
        *_sentences(total, soon, _ahead(within)),
        Heading(f"By {by or _PLAN}"),
        _table(groups, total, ratings, by),
        *(total_parts(plans, as_of)[2:] if by is None else ()),
        *later_facts_line(items, as_of),
    )
    data = {
        "as_of": as_of.isoformat(),
        "later_facts": len(later_facts(items, as_of)),
        **_counts(total, ratings),
        "compliant_percent": compliance(total),
        "due_soon": sum(one.action is None for one, _ in soon),
        "due_soon_actions": sum(one.action is not None for one, _ in soon),
        "due_soon_days": within.pop() if len(within) == 1 else None,
        "by": str(by or _PLAN),
        "groups": [{"name": name, **_counts(summary, ratings)} for name, summary in groups],
    }
    return Answer(parts, data | totals_data(plans, as_of))


def _title(plans: Sequence[PlanOf]) -> str:
    if are_several(plans):
        return count(len(plans), "plan")
    return one_line(plans[0].plan.settings.title)


def _ratings(plans: Sequence[PlanOf], total: Summary, ratings: Mapping[Rating, str]) -> Table:
    rows = [
        (name, f"{total.by_rating[rating]:,}", _bar(total, rating),
         f"{total.late[rating]:,} overdue" if total.late[rating] else "")
        for rating, name in ratings.items()
    ]  # fmt: skip
    tones = {name: TONES[rating] for rating, name in ratings.items()}
    return Table(
        (Column("RAG", tones=tones), Column("Number", is_number=True), Column("Share"),
         Column("Late", tone=Tone.LATE)), rows,
    )  # fmt: skip


def _ahead(within: set[int]) -> str:
    if len(within) == 1:
        return f"within {count(next(iter(within)), 'day')}"
    return "in the days that each plan looks ahead"


def _sentences(total: Summary, soon: list[Timed], ahead: str) -> Iterable[Line]:
    percent = compliance(total)
    if percent is not None:
        applies = total.total - total.by_rating[Rating.NOT_APPLICABLE]
        yield Line(f"{percent}% compliant: {total.complete:,} of the {applies:,} that apply.")
    numbers = ((total.overdue, "recommendation"), (total.late_actions, "action"))
    late = " and ".join(count(number, noun) for number, noun in numbers if number)
    text = f"{late} overdue." if late else "Nothing is overdue."
    yield Line(text, Tone.LATE if late else Tone.GREEN)
    if total.undated:
        yield Line(undated_sentence(total.undated))
    if total.completed:
        yield Line(f"{total.completed_late:,} of {total.completed:,} completed late.")
    number = counted(soon) or "Nothing"
    yield Line(f"{number} {'fall' if len(soon) > 1 else 'falls'} due {ahead}.")


def compliance(total: Summary) -> int | None:
    """Return what is complete in per cent of those that apply, rounded down; None if none does."""
    applies = total.total - total.by_rating[Rating.NOT_APPLICABLE]
    return 100 * total.complete // applies if applies else None


def _bar(total: Summary, rating: Rating) -> str:
    """Return a bar of the rating's share; a share above nothing has at least one block."""
    number = total.by_rating[rating]
    length = round(_BAR * number / total.total) if total.total else 0
    return "█" * max(length, 1 if number else 0)


def _sections(of: PlanOf) -> Iterator[tuple[str, list[Recommendation]]]:
    """Yield the sections of a plan, in its order, with what stands in each."""
    members: dict[str, list[Recommendation]] = {one.id: [] for one in of.plan.settings.sections}
    for item in of.plan.recommendations:
        members[item.section].append(item)
    for section in of.plan.settings.sections:
        title = one_line(section.title)
        yield f"{one_line(of.name)}: {title}" if of.name else title, members[section.id]


def _summaries(
    plans: Sequence[PlanOf], by: Grouping | None, as_of: date
) -> list[tuple[str, Summary]]:
    """Return the counts of each group; an overdue action counts for its own owner."""
    if by is Grouping.SECTION:
        found = [group for of in plans for group in _sections(of)]
        return [(name, summarise(items, as_of)) for name, items in found]
    if by is None:
        return [(total.name, total.summary) for total in totals_by_plan(plans, as_of)]
    known = {total.name: total.summary for total in totals_by_owner(plans, as_of)}
    roles = dict.fromkeys(owner.role for of in plans for owner in of.plan.owners)
    order = [role for role in (*roles, *known) if role in known]
    return [(role, known[role]) for role in dict.fromkeys(order)]


def _table(
    groups: list[tuple[str, Summary]],
    total: Summary,
    ratings: Mapping[Rating, str],
    by: Grouping | None,
) -> Table:
    has_actions = total.late_actions > 0
    late = Column("Overdue", is_number=True, tone=Tone.LATE, tones={_NONE: Tone.QUIET})
    columns = (
        Column(str(by or _PLAN).capitalize(), share=1),
        *map(_number_column, ratings.values()),
        late,
        *([late._replace(title="Actions overdue", snug=len("Actions"))] if has_actions else []),
        Column("Total", is_number=True),
    )
    rows = [_row(one_line(name), summary, ratings, has_actions) for name, summary in groups]
    if by is not Grouping.OWNER:  # an item of two owners would be counted twice
        rows.append(_row("All", total, ratings, has_actions))
    return Table(columns, rows)


def _number_column(title: str) -> Column:
    """Return a column that is as narrow as the longest word of its title where room is short."""
    return Column(title, is_number=True, snug=max(map(len, title.split()), default=0))


def _row(
    name: str, summary: Summary, ratings: Iterable[Rating], has_actions: bool
) -> tuple[str, ...]:
    late = [summary.overdue, *([summary.late_actions] if has_actions else [])]
    numbers = [*(summary.by_rating[rating] for rating in ratings), *late, summary.total]
    return name, *(f"{number:,}" if number else _NONE for number in numbers)


def _counts(summary: Summary, ratings: Iterable[Rating]) -> dict[str, Any]:
    known = list(ratings)
    # Where green is complete in one plan and on track in another, the second has its own name.
    is_mixed = Rating.GREEN in known and Rating.ON_TRACK in known
    return {
        "total": summary.total,
        "ratings": {
            rating.value if is_mixed else rating.word: summary.by_rating[rating] for rating in known
        },
        "overdue": summary.overdue,
        "overdue_actions": summary.late_actions,
        "no_date_agreed": summary.undated,
        "completed": summary.completed,
        "completed_late": summary.completed_late,
    }
