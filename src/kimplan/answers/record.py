"""One recommendation as a person would read it: ``kimplan show``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from pydantic import BaseModel

from kimplan.answers.answer import Answer, Column, Facts, Heading, Line, Part, Prose, Table, Tone
from kimplan.answers.naming import (
    TONES,
    date_column,
    item_data,
    later_facts_line,
    named,
    one_line,
    sentence_case,
    short,
)
from kimplan.answers.own_fields import own_facts, own_texts
from kimplan.changes.fields import PUBLISHING
from kimplan.model.due import Due, show_day
from kimplan.model.plan import Plan
from kimplan.model.prose import Block, Span, parse_prose
from kimplan.model.recommendation import Action, Evidence, Recommendation
from kimplan.plural import count
from kimplan.schedule import Promise, completed_late, days_left, later_facts, slippage


def answer_records(plan: Plan, items: list[Recommendation], as_of: date) -> Answer:
    """Return each of the recommendations, with where its date stands on the day `as_of`."""
    parts = tuple(part for item in items for part in _parts(plan, item, as_of))
    records = [_data(plan, item, as_of) for item in items]
    return Answer(
        parts,
        {
            "as_of": as_of.isoformat(),
            "later_facts": len(later_facts(items, as_of)),
            "recommendations": records,
        },
    )


def _parts(plan: Plan, item: Recommendation, as_of: date) -> Iterator[Part]:
    yield Heading(f"{item.ref}  {one_line(item.title)}")
    yield Facts(tuple(_facts(plan, item, as_of)))
    if item.detail:
        yield Heading("Recommendation")
        yield Prose(parse_prose(item.detail))
    yield Heading("Response")
    yield Prose(parse_prose(item.response))
    yield from own_texts(plan.settings, item)
    yield from _lists(item, as_of)
    yield from later_facts_line([item], as_of)


def _facts(plan: Plan, item: Recommendation, as_of: date) -> Iterator[tuple[str, str, Tone]]:
    titles = {section.id: section.title for section in plan.settings.sections}
    label = plan.settings.ratings[item.rag]
    yield "Section", one_line(titles[item.section]), Tone.PLAIN
    yield "RAG", f"{one_line(label.label)} – {one_line(label.meaning)}", TONES[item.rag]
    if item.superseded_by:
        yield "Superseded by", item.superseded_by, Tone.PLAIN
    if former := _superseded(plan, item):
        yield "Supersedes", former, Tone.PLAIN
    yield from _dates(item, as_of)
    if item.completed:
        yield "Completed", f"{show_day(item.completed)}{_lateness(item)}", Tone.PLAIN
    if item.verified:
        by = f"{show_day(item.verified.on)}, {one_line(item.verified.by)}"
        yield "Verified", by, Tone.PLAIN
    if item.owners:
        yield "Owner" if len(item.owners) == 1 else "Owners", named(item.owners), Tone.PLAIN
    yield from own_facts(plan.settings, item)
    if not item.publish:
        yield "Publication", PUBLISHING[item.publish], Tone.PLAIN


def _dates(item: Recommendation, as_of: date) -> Iterator[tuple[str, str, Tone]]:
    """Yield what is promised, or why nothing is, and how it moved."""
    if item.due and not item.due.is_agreed:
        yield "Due", sentence_case(str(item.due)), Tone.PLAIN
    elif item.due and item.rag.is_open:
        yield "Due", *_standing(item.due, days_left(item, as_of) or 0, as_of)
    elif item.due:
        yield "Promised", str(item.due), Tone.PLAIN
    if item.due_reason:
        yield "No date because", short(item.due_reason), Tone.PLAIN
    if item.due and not item.due.is_agreed and item.first_agreed:
        moves = f"moved {_times(len(item.revisions))}, no date agreed any more"
        yield "First agreed", f"{item.first_agreed}: {moves}", Tone.PLAIN
    elif moved := slippage(item):
        way = "later" if moved > 0 else "earlier"
        moves = f"moved {_times(len(item.revisions))}, {count(abs(moved), 'day')} {way}"
        yield "First agreed", f"{item.first_agreed}: {moves}", Tone.PLAIN


def _superseded(plan: Plan, item: Recommendation) -> str:
    """Return in whose place a recommendation stands, with what those promised."""
    ref = item.ref.casefold()
    former = (
        f"{one.ref}, promised for {one.due}" if one.due and one.due.is_agreed else one.ref
        for one in plan.recommendations
        if (one.superseded_by or "").casefold() == ref
    )
    return "; ".join(former)


def _lateness(item: Recommendation) -> str:
    """Return how the completion stands to what was promised: ``, 12 days late``."""
    days = completed_late(item)
    if days is None:
        return ""
    return f", {count(days, 'day')} late" if days > 0 else ", in time"


def _standing(due: Due, left: int, as_of: date) -> tuple[str, Tone]:
    day = show_day(as_of)
    if left < 0:
        return f"{due}: {count(-left, 'day')} late on {day}", Tone.LATE
    left_then = f"{count(left, 'day')} left on {day}"
    return f"{due}: {left_then if left else f'{day} is its last day'}", Tone.PLAIN


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def _lists(item: Recommendation, as_of: date) -> Iterator[Part]:
    if item.evidence:
        yield Heading("Evidence")
        yield Prose(tuple(_evidence(evidence, as_of) for evidence in item.evidence))
    if item.actions:
        yield Heading("Actions")
        yield Table(
            (Column("What", share=2), Column("Owner", share=1), date_column("Due"),
             date_column("Done")),
            [(one_line(a.title), one_line(a.owner or ""), _action_due(item, a, as_of),
              show_day(a.done) if a.done else "") for a in item.actions],
        )  # fmt: skip
    if item.progress:
        yield Heading("Progress")
        for note in item.progress:
            by = f", {one_line(note.by)}" if note.by else ""
            yield Line(f"{show_day(note.on)}{by}", Tone.QUIET)
            yield Prose(parse_prose(note.note))
    yield from _moves(item)


def _moves(item: Recommendation) -> Iterator[Part]:
    """Yield every move of the recommendation's date and then of its actions' dates."""
    moves = [("", revision) for revision in item.revisions]
    moves += [
        (one_line(action.title), revision)
        for action in item.actions
        for revision in action.revisions
    ]
    if not moves:
        return
    has_actions = any(action for action, _ in moves)
    columns = (
        date_column("On"),
        *((Column("Action", share=2),) if has_actions else ()),
        date_column("From"),
        date_column("To"),
        Column("Why", share=3),
        Column("Agreed by", share=1),
    )
    rows = [
        (
            show_day(move.on),
            *((action,) if has_actions else ()),
            str(move.from_),
            str(move.to),
            one_line(move.reason),
            one_line(move.agreed_by or ""),
        )
        for action, move in moves
    ]
    yield Heading("Dates moved")
    yield Table(columns, rows)


def _action_due(item: Recommendation, action: Action, as_of: date) -> str:
    """Return when an action is due, and by how much it is late."""
    if action.due is None:
        return ""
    if not action.due.is_agreed:
        return sentence_case(str(action.due))
    late = -Promise(item, action, action.due).days_left(as_of) if action.is_open else 0
    return f"{action.due}, {count(late, 'day')} late" if late > 0 else str(action.due)


def _evidence(evidence: Evidence, as_of: date) -> Block:
    """Return a bullet with what the evidence is, where it is and until when it is good."""
    title, link = one_line(evidence.title), evidence.link or ""
    is_address = link.casefold().startswith(("https://", "http://"))
    where = Span(title, link=link) if is_address else Span(f"{title} ({link})" if link else title)
    if evidence.expires is None:
        return Block((where,), 1, True)
    has_expired = evidence.expires.last_day < as_of
    until = f", {'expired' if has_expired else 'good until'} {evidence.expires}"
    return Block((where, Span(until)), 1, True)


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
