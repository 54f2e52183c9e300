"""What changed in the plan since another time: ``kimplan changes``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, TypeAlias

from kimplan.answers.answer import Answer, Column, Heading, Line, Part, Table, Tone
from kimplan.answers.change_phrases import NAMES, REWORDED, describe, name_of
from kimplan.answers.naming import one_line, rating_names, short
from kimplan.changes.between import Between
from kimplan.changes.fields import Change, Kind, is_better
from kimplan.changes.overdue import newly_overdue
from kimplan.changes.records import RecordChange
from kimplan.model.due import show_day
from kimplan.model.labels import RatingLabels
from kimplan.model.plan import Settings
from kimplan.model.recommendation import Recommendation
from kimplan.plural import count
from kimplan.schedule import days_left

_LISTED = (Kind.OWNERS, Kind.EVIDENCE, Kind.PROGRESS, Kind.COMPLETED, Kind.VERIFIED, Kind.ACTIONS)


def answer_changes(between: Between, settings: Settings) -> Answer:
    """Return what changed, the most important first: completed, newly overdue, dates moved."""
    labels = settings.ratings
    heading = f"Changes since {show_day(between.since_day)} ({between.since})"
    parts: list[Part] = [Heading(f"{heading} to {show_day(between.until_day)} ({between.until})")]
    late = newly_overdue(between)
    sections = [*_sections(between, late, labels), *_own_fields(between.records, settings)]
    parts.append(Line(summary_line(between, late) if sections else "Nothing changed."))
    for title, table in sections:
        parts += [Heading(title), table]
    parts += [Line(f"{note[:1].upper()}{note[1:]}.", Tone.QUIET) for note in _notes(between)]
    return Answer(tuple(parts), _data(between, late, settings))


_Section: TypeAlias = tuple[str, Table]
_REF, _TITLE = Column("Ref"), Column("Recommendation", share=2)


def _sections(
    between: Between, late: Sequence[Recommendation], labels: RatingLabels
) -> Iterator[_Section]:
    """Yield each kind of change that there was, with its heading."""
    records = between.records
    changed = [record for record in records if not _is_completed(record)]
    yield from _section("Completed", (_REF, _TITLE, Column("Evidence", share=1)), [
        (record.item.ref, one_line(record.item.title), _proof(record.item))
        for record in records if _is_completed(record)
    ])  # fmt: skip
    yield from _late(late, between.until_day)
    yield from _dates(records)
    for title, wanted in (("Better", True), ("Worse", False), ("Rated otherwise", None)):
        yield from _section(title, (_REF, _TITLE, _rating("From"), _rating("To")), [
            (record.item.ref, one_line(record.item.title),
             *rating_names(change, labels))
            for record, change in _of_kind(changed, [Kind.RATING])
            if is_better(*change.ratings) is wanted
        ])  # fmt: skip
    yield from _others(records)


def _dates(records: Sequence[RecordChange]) -> Iterator[_Section]:
    """Yield the dates that moved, those that were promised first and those that were taken away."""
    found = list(_of_kind(records, [Kind.DUE]))
    has_actions = any(change.action for _, change in found)
    action = (Column("Action", share=1),) if has_actions else ()

    def about(record: RecordChange, change: Change) -> tuple[str, ...]:
        return record.item.ref, *((short(change.action),) if has_actions else ())

    columns = (_REF, *action, _date("From"), _date("To"), Column("Days", is_number=True),
               Column("Why", share=1))  # fmt: skip
    yield from _section("Dates moved", columns, [
        (*about(record, change), change.before, change.after, _days(change), short(change.reason))
        for record, change in found if change.is_move
    ])  # fmt: skip
    yield from _section("Dates first promised", (_REF, *action, _date("To"), _TITLE), [
        (*about(record, change), change.after, one_line(record.item.title))
        for record, change in found if change.is_first_date
    ])  # fmt: skip
    yield from _section("No date agreed", (_REF, *action, _TITLE), [
        (*about(record, change), one_line(record.item.title))
        for record, change in found if not change.before and not change.is_first_date
    ])  # fmt: skip
    yield from _section("Dates taken away", (_REF, *action, _date("From"), _TITLE), [
        (*about(record, change), change.before, one_line(record.item.title))
        for record, change in found if not change.after
    ])  # fmt: skip


def _section(
    title: str, columns: tuple[Column, ...], rows: list[tuple[str, ...]]
) -> Iterator[_Section]:
    if rows:
        yield f"{title}: {len(rows):,}", Table(columns, rows)


def _rating(title: str) -> Column:
    return Column(title, snug=len("Applicable"))


def _date(title: str) -> Column:
    return Column(title, snug=len("30 September 2023"))  # an interval then stands on two lines


def _late(late: Iterable[Recommendation], day: date) -> Iterator[_Section]:
    columns = (_REF, _TITLE, _date("Promised"),
               Column("Days late", is_number=True, tone=Tone.LATE),
               Column("Owner", share=1))  # fmt: skip
    yield from _section("Newly overdue", columns, [
        (item.ref, one_line(item.title), str(item.due), f"{-(days_left(item, day) or 0):,}",
         ", ".join(item.owners))
        for item in late
    ])  # fmt: skip


def _others(records: Sequence[RecordChange]) -> Iterator[_Section]:
    what = Column("What")
    yield from _section("Added, removed, renumbered", (_REF, _TITLE, what), [
        (record.item.ref, one_line(record.item.title), describe(change))
        for record, change in _of_kind(records, [Kind.ADDED, Kind.REMOVED, Kind.RENUMBERED])
    ])  # fmt: skip
    yield from _section("Superseded", (_REF, _TITLE, what), [
        (record.item.ref, one_line(record.item.title), describe(change))
        for record, change in _of_kind(records, [Kind.SUPERSEDED])
    ])  # fmt: skip
    columns = (_REF, what, Column("Taken away", share=1), Column("Added", share=1))
    yield from _section("Owners, evidence and progress", columns, [
        (record.item.ref, NAMES[change.kind], short(change.before), short(change.after))
        for record, change in _of_kind(records, _LISTED)
    ])  # fmt: skip
    yield from _section("Publication", (_REF, _TITLE, what), [
        (record.item.ref, one_line(record.item.title), change.after)
        for record, change in _of_kind(records, [Kind.PUBLISH])
    ])  # fmt: skip
    words: dict[str, list[str]] = {}
    for record, change in _of_kind(records, [*REWORDED, Kind.SECTION, Kind.REVISION]):
        words.setdefault(record.item.ref, []).append(NAMES[change.kind].lower())
    yield from _section("Words changed", (_REF, Column("What", share=1)), [
        (ref, ", ".join(names)) for ref, names in words.items()
    ])  # fmt: skip


def _own_fields(records: Sequence[RecordChange], settings: Settings) -> Iterator[_Section]:
    columns = (_REF, Column("What", share=1), Column("From", share=1), Column("To", share=1))
    yield from _section("Own fields", columns, [
        (record.item.ref, one_line(name_of(change, settings)),
         *(short(settings.show_own(change.field, text)) for text in (change.before, change.after)))
        for record, change in _of_kind(records, [Kind.FIELD])
    ])  # fmt: skip


def _days(change: Change) -> str:
    return f"{change.days:+,}" if change.days is not None else ""


def _of_kind(
    records: Iterable[RecordChange], kinds: Sequence[Kind]
) -> Iterator[tuple[RecordChange, Change]]:
    for record in records:
        for change in record.changes:
            if change.kind in kinds:
                yield record, change


def _is_completed(record: RecordChange) -> bool:
    was, now = (one is not None and one.rag.is_complete for one in (record.before, record.after))
    return now and not was


def _proof(item: Recommendation) -> str:
    return "; ".join(one_line(evidence.title) for evidence in item.evidence) or "none"


def _data(between: Between, late: Iterable[Recommendation], settings: Settings) -> dict[str, Any]:
    return {
        "since": {"name": between.since, "day": between.since_day.isoformat()},
        "until": {"name": between.until, "day": between.until_day.isoformat()},
        "completed": [r.item.ref for r in between.records if _is_completed(r)],
        "newly_overdue": [item.ref for item in late],
        "changes": [
            {
                "ref": record.item.ref,
                "title": one_line(record.item.title),
                "what": str(change.kind),
                "field": change.field or None,
                "name": name_of(change, settings),
                "before": change.before or None,
                "after": change.after or None,
                "days": change.days,
                "reason": change.reason or None,
                "action": change.action or None,
            }
            for record, change in _of_kind(between.records, list(Kind))
        ],
        "notes": _notes(between),
    }


def _notes(between: Between) -> list[str]:
    return [*between.remarks, *between.notes]


def summary_line(between: Between, late: Sequence[Recommendation]) -> str:
    """Return how much changed, in one sentence; `late` is what is newly overdue."""
    moved = sum(change.is_move for record in between.records for change in record.changes)
    completed = sum(_is_completed(record) for record in between.records)
    return (
        f"{count(completed, 'recommendation')} completed, {count(moved, 'date')} moved, "
        f"{count(len(late), 'recommendation')} newly overdue."
    )
