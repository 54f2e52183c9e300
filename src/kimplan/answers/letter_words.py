"""The words of reminders: plain and kind, for somebody who is busy; nobody is blamed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from kimplan.answers.naming import named, one_line, sentence_case, short
from kimplan.answers.news import Event, News
from kimplan.answers.reminders import Digest, Row, Topic
from kimplan.model.due import NO_DATE, show_day
from kimplan.plural import count

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_LONGEST_SUBJECT = 150  # characters

HEADINGS = {
    Topic.OVERDUE: "Overdue",
    Topic.DUE_SOON: "Due soon",
    Topic.NO_NOTE: "A note would help",
    Topic.EXPIRING: "Evidence that runs out",
    Topic.NO_DATE: "No date agreed yet",
    Topic.UNVERIFIED: "Waiting to be verified",
}
NEXT = {
    Topic.OVERDUE: "If it is done, say so in its file and name the evidence. If it is not, a short "
    "note there says where it stands. If the date cannot be kept, ask for a new one: a revision "
    "with the reason.",
    Topic.DUE_SOON: "Nothing is late here. If a date cannot be kept, please say so before it "
    "passes: ask for a revision with the reason.",
    Topic.NO_NOTE: "A line or two below 'progress:' is enough: what has happened, and what comes "
    "next.",
    Topic.EXPIRING: "Please name in the file what replaces it, or correct its date.",
    Topic.NO_DATE: "Please agree a date as soon as there can be one.",
    Topic.UNVERIFIED: "Please look at the evidence, and write below 'verified:' who looked, and "
    "when.",
}
NEXT_FOR_SECRETARY = NEXT | {
    Topic.OVERDUE: "Each owner who can be reached is reminded of these. A date that cannot be kept "
    "needs a revision with the reason.",
    Topic.DUE_SOON: "Each owner who can be reached is reminded of these. Nothing is late here.",
    Topic.NO_NOTE: "Each owner who can be reached is asked for a line or two on where it stands.",
    Topic.EXPIRING: "What replaces it can be named in the file.",
    Topic.NO_DATE: "These can never become overdue, until a date is agreed.",
}
NOTE = "could do with a short note"
NEWS_ALONE = "What has changed"
_SUBJECTS = {
    Topic.OVERDUE: "{n:,} overdue",
    Topic.DUE_SOON: "{n:,} due soon",
    Topic.NO_NOTE: "{n:,} without a recent note",
    Topic.EXPIRING: "{n:,} with evidence running out",
    Topic.NO_DATE: "{n:,} without a date",
    Topic.UNVERIFIED: "{n:,} to verify",
}
_OPENINGS = {
    Topic.OVERDUE: ("is overdue", "are overdue"),
    Topic.DUE_SOON: ("falls due soon", "fall due soon"),
    Topic.NO_NOTE: (NOTE, NOTE),
    Topic.EXPIRING: ("has evidence that runs out", "have evidence that runs out"),
    Topic.NO_DATE: ("has no date agreed yet", "have no date agreed yet"),
    Topic.UNVERIFIED: ("waits to be verified", "wait to be verified"),
}


def subject(counts: Mapping[Topic, int], titles: Sequence[str]) -> str:
    """Return a subject: ``3 overdue, 2 due soon: KIM action plan``."""
    said = summary(counts)[:2]
    plans = list(dict.fromkeys(titles))
    what = plans[0] if len(plans) == 1 else f"{len(plans):,} action plans"
    return short(f"{', '.join(said) or NEWS_ALONE}: {what}", _LONGEST_SUBJECT)


def summary(counts: Mapping[Topic, int]) -> list[str]:
    """Return how much there is of each topic: ``3 overdue`` and so on; empty for news alone."""
    return [_SUBJECTS[topic].format(n=counts[topic]) for topic in Topic if counts[topic]]


def people(names: Sequence[str | None]) -> str:
    """Return the names of those who read one mail, each once: ``Ann Other and Bob Smith``."""
    known = list(dict.fromkeys(filter(None, names)))
    return " and ".join(filter(None, (", ".join(known[:-1]), *known[-1:])))


def greeting(names: str) -> str:
    """Return how the letter greets the people of these names, or whoever reads it."""
    return f"Dear {names}," if names else "Hello,"


def opening(counts: Mapping[Topic, int], as_of: date, *, is_said_above: bool = False) -> str:
    """Return in one sentence how much there is: ``Two things are overdue, as of 31 May 2024.``.

    `is_said_above` says that all that lacks a note is overdue or due soon, and counts already.
    """
    clauses: list[str] = []
    for topic in Topic:
        if number := counts[topic]:
            noun = "" if clauses else " things" if number > 1 else " thing"
            said = f"{_number(number)}{noun} {_OPENINGS[topic][number > 1]}"
            if topic is Topic.NO_NOTE and is_said_above:
                is_one = counts[Topic.OVERDUE] + counts[Topic.DUE_SOON] == 1
                said = NOTE if is_one else f"{_number(number)} of these {NOTE}"
            clauses.append(said)
    day = show_day(as_of)
    if not clauses:
        return f"Nothing is asked of you today, {day}: this is to tell you what has changed."
    *first, last = clauses
    said = f"{', '.join(first)}{',' if len(first) > 1 else ''} and {last}" if first else last
    return f"{sentence_case(said)}, as of {day}."


def _number(number: int) -> str:
    return _NUMBERS[number] if number < len(_NUMBERS) else f"{number:,}"


def part_heading(digest: Digest) -> str:
    """Return what a part is called: its role, or that it is the whole plan, and of which plan."""
    what = "The whole plan" if digest.is_secretary else digest.role
    return f"{one_line(digest.plan)}: {what}" if digest.plan else what


def about(digest: Digest) -> str:
    """Return why somebody gets this."""
    plan = f"{digest.title}, {digest.organisation}"
    if not digest.is_secretary:
        return f"This reaches you as {digest.role}. It is about {plan}."
    return f"This is the whole of {plan}, as its secretary needs it."


def said(row: Row) -> str:
    """Return what stands beside the title: what was promised, and how long there is."""
    days = abs(row.left or 0)
    match row.topic:
        case Topic.OVERDUE:
            return f"promised for {row.promise}, {count(days, 'day')} late"
        case Topic.DUE_SOON:
            left = f"{count(days, 'day')} left" if days else "today is its last day"
            return f"promised for {row.promise}, {left}"
        case Topic.NO_NOTE:
            return f"the last note is of {row.promise}" if row.promise else "there is no note yet"
        case Topic.EXPIRING:
            return f"{row.evidence}: good until {row.promise}, {_until(row.left or 0)}"
        case Topic.NO_DATE:
            return NO_DATE
        case Topic.UNVERIFIED:
            done = f"completed on {row.promise}" if row.promise else "complete"
            return f"{done}, not verified yet"


def _until(left: int) -> str:
    if left == 0:
        return "which is today"
    return f"{count(left, 'day')} left" if left > 0 else f"{count(-left, 'day')} ago"


def heading(topic: Topic, number: int, *, is_more: bool) -> str:
    """Return the heading of a topic; `is_more` says that the letter has said it of others."""
    return f"{HEADINGS[topic]}{' here too' if is_more else ''}: {number:,}"


def note_wanted(row: Row) -> str:
    """Return that a note would help, of what is listed for another reason."""
    new = "a new one" if row.promise else "one"
    return f"{sentence_case(said(row))}; {new} would help."


def first_promised(day: str) -> str:
    """Return that a date has slipped, and from when; or nothing."""
    return f"First promised for {day}." if day else ""


def last_heard(row: Row) -> str:
    """Return what was said last about it, or why there is no date; or nothing."""
    if row.topic is Topic.NO_DATE:
        return f"Why: {row.why}" if row.why else ""
    return f"Last heard on {row.why}" if row.why else ""


def whose(roles: Sequence[str], *, is_secretary: bool) -> str:
    """Return whose it is, or who else owns it; or nothing."""
    if is_secretary:
        noun = "Owner" if len(roles) == 1 else "Owners"
        return f"{noun}: {named(roles)}." if roles else "It has no owner."
    return f"Shared with {named(roles)}." if roles else ""


def changed(since: str, number: int) -> str:
    """Return the heading of what has changed."""
    return f"Changed since {since}: {number:,}" if since else f"Changed: {number:,}"


def happened(news: News, *, is_secretary: bool) -> str:
    """Return what has happened, as the role that is told sees it, or as the secretary does."""
    match news.event:
        case Event.MOVED:
            said = _moved(news, is_secretary=is_secretary)
        case Event.HANDED_OVER | Event.TAKEN_OVER:
            said = _passed_on(news, is_secretary=is_secretary)
        case Event.DONE:
            said = "It is done." if is_secretary else "It is done: thank you. No more is asked."
        case Event.DROPPED:
            said = f"It does not apply any more.{f' {news.why}.' if news.why else ''}"
        case Event.REMOVED:
            said = "It is no longer in the plan."
        case Event.NEW:
            said = f"It is new in the plan{_due(news)}."
        case Event.REOPENED:
            said = f"It is open again{_due(news)}."
    return said


def _moved(news: News, *, is_secretary: bool) -> str:
    if news.after in {"", NO_DATE}:
        said = f"No date is agreed any more; it was promised for {news.before}."
    elif news.before in {"", NO_DATE}:
        said = f"It is promised for {news.after} now; no date was agreed before."
    else:
        said = f"It is promised for {news.after} now, not {news.before}."
        if not is_secretary:
            said += f" Earlier reminders of {news.before} no longer count."
    return f"{said} Why: {news.why}" if news.why else said


def _passed_on(news: News, *, is_secretary: bool) -> str:
    if is_secretary:
        return f"It went from {news.before or 'nobody'} to {news.after or 'nobody'}{_due(news)}."
    if news.event is Event.TAKEN_OVER:
        others = f"; before, it was with {news.before}" if news.before else ""
        return f"It is with you now{_due(news)}{others}."
    now = f"It is with {news.after} now" if news.after else "It is no longer with you"
    return f"{now}: nothing more is asked of you, and earlier reminders of it no longer count."


def _due(news: News) -> str:
    return f", promised for {news.due}" if news.due and news.due != NO_DATE else ""


def more(number: int) -> tuple[str, ...]:
    """Return that so many roles or plans of the same person are left out, if there are any."""
    if not number:
        return ()
    which = (
        "1 more role or plan of yours is"
        if number == 1
        else (f"{number:,} more roles or plans of yours are")
    )
    return (f"{which} counted above but not listed here; kimplan overdue lists them all.",)


def closing(*, has_links: bool, day: str) -> tuple[str, ...]:
    """Return how the letter ends."""
    where = (
        "Each link opens the file in your browser, where it can be changed."
        if has_links
        else "Each recommendation is a file of the plan's repository, named after its ref."
    )
    return (
        f"{where} Whoever keeps the plan is glad to help.",
        f"Sent by kimplan from the plan as it stood on {day}.",
    )
