"""One recommendation as a person would read it: ``kimplan show``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from kimplan.model.due import show_day
from kimplan.model.plan import Plan
from kimplan.model.prose import parse_prose
from kimplan.model.recommendation import Recommendation
from kimplan.schedule import days_left, slippage
from kimplan.views.view import Column, Facts, Heading, Line, Part, Prose, Table, Tone, View
from kimplan.views.words import TONES, count, date_column, item_data, one_line


def view_records(plan: Plan, items: list[Recommendation], as_of: date) -> View:
    """Return each of the recommendations, with where its date stands on the day `as_of`."""
    parts = tuple(part for item in items for part in _parts(plan, item, as_of))
    records = [_data(plan, item, as_of) for item in items]
    return View(parts, {"as_of": as_of.isoformat(), "recommendations": records})


def _parts(plan: Plan, item: Recommendation, as_of: date) -> Iterator[Part]:
    yield Heading(f"{item.ref}  {one_line(item.title)}")
    yield Facts(tuple(_facts(plan, item, as_of)))
    if item.detail:
        yield Heading("Recommendation")
        yield Prose(parse_prose(item.detail))
    yield Heading("Response")
    yield Prose(parse_prose(item.response))
    yield from _lists(item)


def _facts(plan: Plan, item: Recommendation, as_of: date) -> Iterator[tuple[str, str, Tone]]:
    titles = {section.id: section.title for section in plan.settings.sections}
    label = plan.settings.ratings[item.rag]
    yield "Section", one_line(titles[item.section]), Tone.PLAIN
    yield "RAG", f"{label.label}: {one_line(label.meaning)}", TONES[item.rag]
    if item.due and item.rag.is_open:
        yield "Due", *_standing(item, as_of)
    slipped = slippage(item)
    if slipped:
        moved = f"moved {_times(len(item.revisions))}, by {count(slipped, 'day')}"
        yield "First agreed", f"{item.first_agreed} ({moved})", Tone.PLAIN
    if item.completed:
        yield "Completed", show_day(item.completed), Tone.PLAIN
    if item.verified:
        by = f"{item.verified.by}, {show_day(item.verified.on)}"
        yield "Verified", by, Tone.PLAIN
    name = "Owner" if len(item.owners) < 2 else "Owners"
    if item.owners:
        yield name, ", ".join(item.owners), Tone.PLAIN


def _standing(item: Recommendation, as_of: date) -> tuple[str, Tone]:
    left = days_left(item, as_of) or 0
    if left < 0:
        late = count(-left, "day")
        return f"{item.due}: {late} late on {show_day(as_of)}", Tone.LATE
    when = "today" if left == 0 else f"in {count(left, 'day')}"
    return f"{item.due}: {when}", Tone.PLAIN


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def _lists(item: Recommendation) -> Iterator[Part]:
    if item.evidence:
        yield Heading("Evidence")
        yield Table(
            (
                Column("What", share=2),
                Column("Where", share=2),
                date_column("Good until"),
            ),
            [(one_line(e.title), e.link or "", str(e.expires or "")) for e in item.evidence],
        )
    if item.actions:
        yield Heading("Actions")
        yield Table(
            (Column("What", share=2), Column("Owner", share=1), date_column("Due"),
             date_column("Done")),
            [(one_line(a.title), a.owner or "", str(a.due or ""),
              show_day(a.done) if a.done else "") for a in item.actions],
        )  # fmt: skip
    if item.progress:
        yield Heading("Progress")
        for note in item.progress:
            by = f", {note.by}" if note.by else ""
            yield Line(f"{show_day(note.on)}{by}", Tone.QUIET)
            yield Prose(parse_prose(note.note))
    if item.revisions:
        yield Heading("Dates moved")
        yield Table(
            (date_column("On"), date_column("From"), date_column("To"), Column("Why", share=1),
             Column("Agreed by")),
            [(show_day(r.on), str(r.from_), str(r.to), one_line(r.reason), r.agreed_by or "")
             for r in item.revisions],
        )  # fmt: skip


def _data(plan: Plan, item: Recommendation, as_of: date) -> dict[str, Any]:
    stored = item.model_dump(mode="python", by_alias=True, exclude_none=True, warnings="none")
    return item_data(item, plan, as_of) | {
        name: _plain(value) for name, value in stored.items() if name not in {"due", "rag", "title"}
    }


def _plain(value: Any) -> Any:
    """Return `value` with dates as they are written in the plan's files."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    if isinstance(value, date):
        return value.isoformat()
    return value.text if hasattr(value, "last_day") else value
