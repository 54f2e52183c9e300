"""The story that version control tells of a recommendation: ``kimplan history``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from kimplan.answers.answer import Answer, Column, Heading, Line, Part, Table, Tone
from kimplan.answers.change_phrases import describe, name_of
from kimplan.answers.naming import one_line, short
from kimplan.changes.fields import Change
from kimplan.history.timeline import Entry, Story
from kimplan.model.due import show_day
from kimplan.model.plan import Settings
from kimplan.model.recommendation import Recommendation
from kimplan.plural import count

_NOT_COMMITTED = "not committed"
_NO_DAY = "no date"
_LONGEST_NAME = 80


def answer_history(
    story: Story,
    ref: str | None,
    item: Recommendation | None,
    settings: Settings | None = None,
    *,
    newest_first: bool = False,
) -> Answer:
    """Return what each commit changed: in the recommendation `ref`, or in all of them.

    `item` is that recommendation, if it is still there and can be understood; the settings tell
    what the own fields are called.
    """
    entries = list(reversed(story.entries)) if newest_first else list(story.entries)
    parts: list[Part] = []
    if ref:
        parts.append(Heading(f"{ref}  {one_line(item.title) if item else _state(story)}"))
    rows = [row for entry in entries for row in _rows(entry, settings, with_ref=ref is None)]
    if rows:
        refs = () if ref else (Column("Ref"),)
        columns = (Column("When"), *refs, Column("What", share=3), Column("Who", share=1),
                   Column("Commit"))  # fmt: skip
        parts.append(Table(columns, rows))
    else:
        parts.append(Line("Version control knows of no change."))
    if ref:
        parts.append(Line(_slippage(story)))
    parts += [Line(text, Tone.QUIET) for text in _notes(story)]
    return Answer(tuple(parts), _data(story, entries, ref, settings))


def _state(story: Story) -> str:
    """Return what there is to say of a recommendation that cannot be read."""
    is_broken = bool(story.entries) and bool(story.entries[-1].problem)
    return "(cannot be understood now)" if is_broken else "(no longer in the plan)"


def _rows(entry: Entry, settings: Settings | None, *, with_ref: bool) -> Iterator[tuple[str, ...]]:
    when = show_day(entry.day) if entry.day else _NO_DAY if entry.commit else _NOT_COMMITTED
    ref = (entry.ref,) if with_ref else ()
    phrases = [entry.problem] if entry.problem else [_phrase(c, settings) for c in entry.changes]
    for number, phrase in enumerate(phrases):
        if number:
            yield "", *([""] if with_ref else []), phrase, "", ""
        else:
            yield when, *ref, phrase, short(entry.author, _LONGEST_NAME), entry.commit[:7]


def _phrase(change: Change, settings: Settings | None) -> str:
    text = describe(change, settings)
    return f"{text[:1].upper()}{text[1:]}"


def moves(entries: Sequence[Entry]) -> list[Change]:
    """Return each move of a recommendation's own date from one to another."""
    changes = (change for entry in entries for change in entry.changes)
    return [change for change in changes if change.is_move and not change.action]


def _slipped(story: Story) -> int:
    """Return the days from the first date to the last, each at its last day.

    They are not the sum of all moves, because two branches may have moved the same date.
    """
    if not (story.first and story.last and story.last.is_agreed):
        return 0
    return (story.last.last_day - story.first.last_day).days


def _slippage(story: Story) -> str:
    number, days = len(moves(story.entries)), _slipped(story)
    if story.last and not story.last.is_agreed:
        return f"No date is agreed{f' any more: first was {story.first}' if story.first else ''}."
    if story.first is None or story.last is None:
        return "There never was a date."
    if not number and not days:
        return _first_promised(story) or f"The date never moved: it is {story.last}."
    how = f"{count(abs(days), 'day')} {'later' if days > 0 else 'earlier'}" if days else "0 days"
    times = {1: "once", 2: "twice"}.get(number, f"{number:,} times")
    return f"The date moved {times}: from {story.first} to {story.last}, {how}."


def _first_promised(story: Story) -> str:
    """Return that the one date was promised after the recommendation was added, if so."""
    for entry in story.entries:
        for change in entry.changes:
            if change.is_first_date and change.days is None:
                when = f"on {show_day(entry.day)}" if entry.day else "since"
                return f"The date was first promised {when}: it is {story.last}."
    return ""


def _notes(story: Story) -> Iterator[str]:
    if any(not entry.commit for entry in story.entries):
        yield "Some changes are not committed yet."
    if story.is_cut_off:
        yield "This is a shallow clone, which lacks the older part of the history."


def _data(
    story: Story, entries: list[Entry], ref: str | None, settings: Settings | None
) -> dict[str, Any]:
    data: dict[str, Any] = {
        "ref": ref,
        "shallow": story.is_cut_off,
        "entries": [_entry(entry, settings) for entry in entries],
    }
    if ref:
        data |= {"moves": len(moves(story.entries)), "slipped_days": _slipped(story)}
    return data


def _entry(entry: Entry, settings: Settings | None) -> dict[str, Any]:
    return {
        "ref": entry.ref,
        "commit": entry.commit or None,
        "day": entry.day.isoformat() if entry.day else None,
        "author": entry.author or None,
        "problem": entry.problem or None,
        "changes": [
            {
                "what": str(change.kind),
                "field": change.field or None,
                "name": name_of(change, settings),
                "before": change.before or None,
                "after": change.after or None,
                "days": change.days,
                "reason": change.reason or None,
                "action": change.action or None,
            }
            for change in entry.changes
        ],
    }
