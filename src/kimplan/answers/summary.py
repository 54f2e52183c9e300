"""How many recommendations stand where: ``kimplan summary``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from kimplan.answers.answer import Answer, Column, Heading, Line, Part, Table, Tone
from kimplan.answers.naming import (
    NO_OWNER,
    later_facts_line,
    one_line,
    rating_tones,
    undated_sentence,
)
from kimplan.answers.overdue import Grouping, counted
from kimplan.model.due import show_day
from kimplan.model.plan import Plan
from kimplan.model.rating import Rating, Scheme
from kimplan.model.recommendation import Recommendation
from kimplan.plural import count
from kimplan.schedule import Timed, due_soon, later_facts, overdue
from kimplan.summary import Summary, summarise

_BAR = 20
_NONE = "-"


def answer_summary(plan: Plan, as_of: date, by: Grouping = Grouping.SECTION) -> Answer:
    """Return the counts of all recommendations, and of each section or owner."""
    total = summarise(plan.recommendations, as_of)
    within = plan.settings.due_soon_days
    soon = due_soon(plan, as_of, within)
    labels = plan.settings.ratings
    rows = [
        (one_line(labels[rating].label), f"{total.by_rating[rating]:,}", _bar(total, rating),
         f"{total.late[rating]:,} overdue" if total.late[rating] else "")
        for rating in labels.scheme.ratings
    ]  # fmt: skip
    ratings = Table(
        (Column("RAG", tones=rating_tones(labels)), Column("Number", is_number=True),
         Column("Share"), Column("Late", tone=Tone.LATE)), rows,
    )  # fmt: skip
    groups = summaries(plan, by, as_of)
    parts: tuple[Part, ...] = (
        Heading(f"{one_line(plan.settings.title)} on {show_day(as_of)}"),
        ratings,
        *_sentences(total, soon, within),
        Heading(f"By {by}"),
        _table(plan, groups, total, by),
        *later_facts_line(plan.recommendations, as_of),
    )
    later = len(later_facts(plan.recommendations, as_of))
    data = {"as_of": as_of.isoformat(), "later_facts": later}
    return Answer(parts, data | _data(by, total, soon, within, groups, labels.scheme))


def _sentences(total: Summary, soon: list[Timed], within: int) -> Iterable[Line]:
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
    yield Line(
        f"{number} {'fall' if len(soon) > 1 else 'falls'} due within {count(within, 'day')}."
    )


def compliance(total: Summary) -> int | None:
    """Return what is complete in per cent of those that apply, rounded down; None if none does."""
    applies = total.total - total.by_rating[Rating.NOT_APPLICABLE]
    return 100 * total.complete // applies if applies else None


def _bar(total: Summary, rating: Rating) -> str:
    """Return a bar of the rating's share; a share above nothing has at least one block."""
    number = total.by_rating[rating]
    length = round(_BAR * number / total.total) if total.total else 0
    return "█" * max(length, 1 if number else 0)


def _groups(plan: Plan, by: Grouping) -> list[tuple[str, list[Recommendation]]]:
    if by is Grouping.SECTION:
        members: dict[str, tuple[str, list[Recommendation]]] = {
            section.id: (one_line(section.title), []) for section in plan.settings.sections
        }
        for item in plan.recommendations:
            members[item.section][1].append(item)
        return list(members.values())
    roles: dict[str, list[Recommendation]] = {owner.role: [] for owner in plan.owners}
    for item in plan.recommendations:
        for role in dict.fromkeys(item.owners) or (NO_OWNER,):
            roles.setdefault(role, []).append(item)
    return list(roles.items())


def summaries(plan: Plan, by: Grouping, as_of: date) -> list[tuple[str, Summary]]:
    """Return the counts of each group; an overdue action counts for its own owner."""
    found = [(name, summarise(items, as_of)) for name, items in _groups(plan, by)]
    if by is Grouping.SECTION:
        return found
    late = [one for one, _ in overdue(plan, as_of) if one.action]
    whose = Counter(role for one in late for role in dict.fromkeys(one.owners) or (NO_OWNER,))
    known = dict(found)
    for role in whose:
        known.setdefault(role, summarise((), as_of))
    return [
        (role, summary._replace(late_actions=whose[role]))
        for role, summary in known.items()
        if summary.total or whose[role]
    ]


def _table(plan: Plan, groups: list[tuple[str, Summary]], total: Summary, by: Grouping) -> Table:
    labels = plan.settings.ratings
    has_actions, ratings = total.late_actions > 0, labels.scheme.ratings
    late = Column("Overdue", is_number=True, tone=Tone.LATE, tones={_NONE: Tone.QUIET})
    columns = (
        Column(str(by).capitalize(), share=1),
        *(_number_column(one_line(labels[rating].label)) for rating in ratings),
        late,
        *([late._replace(title="Actions overdue", snug=len("Actions"))] if has_actions else []),
        Column("Total", is_number=True),
    )
    rows = [_row(one_line(name), summary, ratings, has_actions) for name, summary in groups]
    if by is Grouping.SECTION:  # an item of two owners would be counted twice
        rows.append(_row("All", total, ratings, has_actions))
    return Table(columns, rows)


def _number_column(title: str) -> Column:
    """Return a column that is as narrow as the longest word of its title where room is short."""
    return Column(title, is_number=True, snug=max(map(len, title.split()), default=0))


def _row(
    name: str, summary: Summary, ratings: Sequence[Rating], has_actions: bool
) -> tuple[str, ...]:
    late = [summary.overdue, *([summary.late_actions] if has_actions else [])]
    numbers = [*(summary.by_rating[rating] for rating in ratings), *late, summary.total]
    return name, *(f"{number:,}" if number else _NONE for number in numbers)


def _data(
    by: Grouping,
    total: Summary,
    soon: list[Timed],
    within: int,
    groups: list[tuple[str, Summary]],
    scheme: Scheme,
) -> dict[str, Any]:
    return {
        **_counts(total, scheme),
        "compliant_percent": compliance(total),
        "due_soon": sum(one.action is None for one, _ in soon),
        "due_soon_actions": sum(one.action is not None for one, _ in soon),
        "due_soon_days": within,
        "by": str(by),
        "groups": [{"name": name, **_counts(summary, scheme)} for name, summary in groups],
    }


def _counts(summary: Summary, scheme: Scheme) -> dict[str, Any]:
    return {
        "total": summary.total,
        "ratings": {rating.word: summary.by_rating[rating] for rating in scheme.ratings},
        "overdue": summary.overdue,
        "overdue_actions": summary.late_actions,
        "no_date_agreed": summary.undated,
        "completed": summary.completed,
        "completed_late": summary.completed_late,
    }
