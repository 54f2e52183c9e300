"""Who should be reminded of what: ``kimplan remind``. Digests of reminders, as plain data."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from kimplan.answers.edit_link import Link
from kimplan.answers.group import PlanOf
from kimplan.answers.naming import one_line, slipped_from
from kimplan.answers.news import News, read_news
from kimplan.answers.overdue import by_owner
from kimplan.answers.why import in_plain_words, why_late
from kimplan.changes.records import RecordChange
from kimplan.model.due import show_day
from kimplan.model.plan import Owner, Plan
from kimplan.model.recommendation import Recommendation
from kimplan.schedule import (
    Promise,
    Timed,
    due_soon,
    expiring,
    overdue,
    silences,
    undated,
    unverified,
)


class Topic(enum.StrEnum):
    """What somebody is reminded of, the most pressing first."""

    OVERDUE = "overdue"
    DUE_SOON = "due soon"
    NO_NOTE = "no note"
    EXPIRING = "expiring"
    NO_DATE = "no date"
    UNVERIFIED = "unverified"  # for the secretary alone


class Row(NamedTuple):
    """Something that somebody is reminded of; all texts are of one line.

    `left` is how many days are left, negative by how many it is late: to the date promised, to the
    day on which evidence expires, or to that on which a note was due; None where no day matters.
    `promise` says that day in words: of a date or evidence as it was written, of a note the day of
    the last one, of what is complete the day of completion; it may be empty. `evidence` is the
    title of the evidence that expires. `first_promised` is empty where the date has not slipped.
    `link` leads to the file in the forge's editor, and may be empty.
    """

    topic: Topic
    ref: str
    title: str
    is_action: bool
    owners: tuple[str, ...]
    left: int | None
    promise: str = ""
    first_promised: str = ""
    why: str = ""
    evidence: str = ""
    link: str = ""


class Digest(NamedTuple):
    """What one role of a plan, or its secretary, is reminded of and told; never empty.

    `plan` is the plan's name among several, or empty. `owner` is the role as the registry has it,
    None where it no longer does; `role` is empty where nobody is known as the secretary.
    """

    plan: str
    title: str
    organisation: str
    role: str
    owner: Owner | None
    is_secretary: bool
    rows: tuple[Row, ...]
    news: tuple[News, ...] = ()

    def of(self, topic: Topic) -> tuple[Row, ...]:
        """Return the rows of one topic, in their order."""
        return tuple(row for row in self.rows if row.topic is topic)


class Question(NamedTuple):
    """What is asked: on which day, how many days ahead (the plan's own if None), of which roles.

    `secretary` is the role that the whole plan is for, or an address, or empty where nobody said.
    """

    as_of: date
    within: int | None = None
    owners: Sequence[str] = ()
    secretary: str = ""


class Reminded(NamedTuple):
    """A plan, the links to its records by ref, and what has changed in it, if that was asked."""

    of: PlanOf
    link: Link = lambda ref: ""
    records: Sequence[RecordChange] = ()


def digests(plans: Iterable[Reminded], question: Question) -> list[Digest]:
    """Return a digest for each role that has something to hear, and one for each secretary.

    They stand in the order of the plans and of their registries, the secretary's last; one without
    rows and news is left out. With `owners` only theirs are returned.
    """
    return [found for one in plans for found in _digests(one, question)]


def _digests(one: Reminded, question: Question) -> Iterator[Digest]:
    plan = one.of.plan
    rows = tuple(_rows(one, question))
    told: dict[str, list[News]] = {}
    everything: dict[News, None] = {}  # in the order of the records
    for role, news in read_news(one.records):
        linked = news._replace(link=one.link(news.ref))
        told.setdefault(role, []).append(linked)
        everything[linked] = None
    own = by_owner((row for row in rows if row.topic is not Topic.UNVERIFIED), _owners)
    usual = Digest(
        one.of.name, one_line(plan.settings.title), one_line(plan.settings.organisation),
        "", None, False, (),
    )  # fmt: skip
    registry = {owner.role: owner for owner in plan.owners}
    found = [
        usual._replace(role=role, owner=registry.get(role), rows=tuple(own.get(role, ())),
                       news=tuple(told.get(role, ())))
        for role in dict.fromkeys([*registry, *filter(None, told)])
    ]  # fmt: skip
    secretary = find_secretary(plan, question.secretary)
    found.append(usual._replace(
        role=secretary.role if secretary else "", owner=secretary, is_secretary=True, rows=rows,
        news=tuple(everything),
    ))  # fmt: skip
    for digest in found:
        if _is_wanted(digest.role, question) and (digest.rows or digest.news):
            yield digest


def is_day_for(digest: Digest, as_of: date) -> bool:
    """Return whether a run of every day should send a digest on this one.

    That is a week and a day before a date, on the day after it and each week from then, and when
    there is news; for the secretary, on Mondays and when there is news.
    """
    if digest.news or (digest.is_secretary and as_of.weekday() == 0):
        return True
    days = [row.left for row in digest.rows if row.left is not None]
    return not digest.is_secretary and any(left in {7, 1} or _is_weekly(left) for left in days)


def _is_weekly(left: int) -> bool:
    return left < 0 and -left % 7 == 1


def find_secretary(plan: Plan, said: str) -> Owner | None:
    """Return the role that the whole plan is for: the one that was `said`, or the obvious one.

    That is the only role that calls itself secretary. An address stands for the role that has it,
    and else for one of its own.
    """
    if "@" in said:
        known = (one for one in plan.owners if (one.email or "").casefold() == said.casefold())
        return next(known, Owner(role="Secretary", email=said))
    if said:
        wanted = said.casefold().split()
        return next((one for one in plan.owners if one.role.casefold().split() == wanted), None)
    found = [one for one in plan.owners if "secretary" in one.role.casefold()]
    return found[0] if len(found) == 1 else None


def _is_wanted(role: str, question: Question) -> bool:
    wanted = [" ".join(name.casefold().split()) for name in question.owners]
    return not wanted or " ".join(role.casefold().split()) in wanted


def _owners(row: Row) -> tuple[str, ...]:
    return row.owners


def _rows(one: Reminded, question: Question) -> Iterator[Row]:
    """Yield everything that the plan has to remind anybody of, a topic after the other."""
    plan, day = one.of.plan, question.as_of
    within = plan.settings.due_soon_days if question.within is None else question.within
    for timed in overdue(plan, day):
        yield _promise(Topic.OVERDUE, one, timed, -timed.days, day)
    for timed in due_soon(plan, day, within):
        yield _promise(Topic.DUE_SOON, one, timed, timed.days, day)
    for silent in silences(plan, day):
        last = show_day(silent.last) if silent.item.progress else ""
        yield _item(Topic.NO_NOTE, one, silent.item, -silent.beyond)._replace(promise=last)
    for proof in expiring(plan, day, within):
        row = _item(Topic.EXPIRING, one, proof.item, proof.days)
        title = one_line(proof.evidence.title)
        yield row._replace(promise=str(proof.expires), evidence=title)
    for item in undated(plan.recommendations):
        row = _item(Topic.NO_DATE, one, item)
        yield row._replace(why=in_plain_words(item.due_reason or ""))
    for item in unverified(plan):
        completed = show_day(item.completed) if item.completed else ""
        yield _item(Topic.UNVERIFIED, one, item)._replace(promise=completed)


def _promise(topic: Topic, one: Reminded, timed: Timed, left: int, as_of: date) -> Row:
    promise: Promise = timed.promise
    return _item(topic, one, promise.item, left)._replace(
        title=one_line(promise.title),
        is_action=promise.action is not None,
        owners=tuple(dict.fromkeys(promise.owners)),
        promise=str(promise.due),
        first_promised=slipped_from(promise),
        why=why_late(promise, as_of),
    )


def _item(topic: Topic, one: Reminded, item: Recommendation, left: int | None = None) -> Row:
    owners = tuple(dict.fromkeys(item.owners))
    return Row(topic, item.ref, one_line(item.title), False, owners, left, link=one.link(item.ref))
