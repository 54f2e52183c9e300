"""What a reminder says: digests as a letter of headings and sentences, whatever it is sent by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from kimplan.answers import letter_words as words
from kimplan.answers.group import ref_among
from kimplan.answers.naming import ACTION
from kimplan.answers.news import Event, News
from kimplan.answers.reminders import Digest, Row, Topic
from kimplan.model.due import show_day

MOST = 50  # entries below a heading, and parts; whoever has more is told how many more


class Entry(NamedTuple):
    """A recommendation or an action: its ref, what it is, what is said of it, and where it is.

    `more` are further sentences, a line each; `link` may be empty.
    """

    ref: str
    title: str
    said: str
    more: tuple[str, ...] = ()
    link: str = ""


class Section(NamedTuple):
    """A heading, what to do next, and what it is about.

    `is_late` says that it is about what is overdue, and `left_out` how many are not shown.
    """

    heading: str
    next_step: str
    entries: tuple[Entry, ...]
    left_out: int = 0
    is_late: bool = False


class Part(NamedTuple):
    """What one digest says: whom it is for, and a section for each topic."""

    heading: str
    about: str
    sections: tuple[Section, ...]


class Letter(NamedTuple):
    """A whole reminder, in plain texts of one line each; `summary` says how much there is."""

    subject: str
    summary: str
    greeting: str
    opening: str
    parts: tuple[Part, ...]
    closing: tuple[str, ...]


class Occasion(NamedTuple):
    """When a letter is written: its day, and since when it tells what has changed, if it does."""

    as_of: date
    since: str = ""


def write_letter(digests: Sequence[Digest], occasion: Occasion) -> Letter:
    """Return the letter that says what `digests`, those of one person, hold; there is one at least.

    A plan's digest for its secretary holds also what stands in those of its owners.
    """
    rows = _each_once(digests)
    counts = {topic: sum(row.topic is topic for row in rows) for topic in Topic}
    is_said_above = all(len(_noted(one)) == len(one.of(Topic.NO_NOTE)) for one in digests)
    names = words.people([one.owner.name for one in digests if one.owner])
    parts = tuple(_part(one, occasion, is_only=len(digests) == 1) for one in digests[:MOST])
    sections = (section for part in parts for section in part.sections)
    has_links = any(entry.link for section in sections for entry in section.entries)
    return Letter(
        words.subject(counts, [one.title for one in digests]),
        ", ".join(words.summary(counts)) or words.NEWS_ALONE,
        words.greeting(names),
        words.opening(counts, occasion.as_of, is_said_above=is_said_above),
        parts,
        (
            *words.more(len(digests[MOST:])),
            *words.closing(has_links=has_links, day=show_day(occasion.as_of)),
        ),
    )


def _each_once(digests: Sequence[Digest]) -> list[Row]:
    """Return the rows of all digests, one that is in two of them once."""
    found: dict[object, Row] = {}
    for digest in digests:
        seen: Counter[Row] = Counter()  # two rows of one digest are two things, however alike
        for row in digest.rows:
            found.setdefault((digest.plan, row, seen[row]), row)
            seen[row] += 1
    return list(found.values())


def _part(digest: Digest, occasion: Occasion, *, is_only: bool) -> Part:
    noted = _noted(digest)
    found = [_section(digest, topic, noted) for topic in Topic if digest.of(topic)]
    sections = [section for section in found if section.entries]
    if digest.news:
        sections.insert(0 if not digest.rows else len(sections), _news(digest, occasion.since))
    return Part("" if is_only else words.part_heading(digest), words.about(digest), tuple(sections))


def _section(digest: Digest, topic: Topic, noted: Mapping[str, Row]) -> Section:
    """Return what is said of a topic; `noted` are the records of which another one says it."""
    found = digest.of(topic)
    rows = [row for row in found if topic is not Topic.NO_NOTE or row.ref not in noted]
    entries = tuple(_entry(digest, row, noted) for row in rows[:MOST])
    step = words.NEXT_FOR_SECRETARY if digest.is_secretary else words.NEXT
    heading = words.heading(topic, len(rows), is_more=len(rows) < len(found))
    left_out, is_late = len(rows) - len(entries), topic is Topic.OVERDUE
    return Section(heading, step[topic], entries, left_out, is_late)


def _noted(digest: Digest) -> dict[str, Row]:
    """Return what lacks a note by its ref, where the record stands higher up in the letter."""
    higher = {
        row.ref
        for topic in (Topic.OVERDUE, Topic.DUE_SOON)
        for row in digest.of(topic)[:MOST]
        if not row.is_action
    }
    return {row.ref: row for row in digest.of(Topic.NO_NOTE) if row.ref in higher}


def _entry(digest: Digest, row: Row, noted: Mapping[str, Row]) -> Entry:
    whose = [role for role in row.owners if role != digest.role or digest.is_secretary]
    lacks_note = row.topic in {Topic.OVERDUE, Topic.DUE_SOON} and not row.is_action
    more = [
        words.first_promised(row.first_promised),
        words.last_heard(row),
        words.whose(whose, is_secretary=digest.is_secretary),
        words.note_wanted(noted[row.ref]) if lacks_note and row.ref in noted else "",
    ]
    title = f"{ACTION}{row.title}" if row.is_action else row.title
    return Entry(
        ref_among(digest.plan, row.ref), title, words.said(row), tuple(filter(None, more)), row.link
    )


def _news(digest: Digest, since: str) -> Section:
    told = _each_handing_over_once(digest.news) if digest.is_secretary else digest.news
    entries = tuple(
        Entry(
            ref_among(digest.plan, one.ref),
            f"{ACTION}{one.title}" if one.is_action else one.title,
            words.happened(one, is_secretary=digest.is_secretary),
            link=one.link if digest.is_secretary or one.event is not Event.HANDED_OVER else "",
        )
        for one in told[:MOST]
    )
    return Section(words.changed(since, len(told)), "", entries, len(told) - len(entries))


def _each_handing_over_once(news: Sequence[News]) -> list[News]:
    """Return the news without what the role that got something is told, where another lost it."""
    lost = {one for one in news if one.event is Event.HANDED_OVER}
    return [
        one
        for one in news
        if one.event is not Event.TAKEN_OVER or one._replace(event=Event.HANDED_OVER) not in lost
    ]
