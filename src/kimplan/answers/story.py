"""A record's story in the language of its plan: where it stands, what was said, what moved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple, TypeAlias

from kimplan.answers.answer import Column, Facts, Heading, Line, Part, Prose, Table, Tone
from kimplan.answers.columns import TONES, date_column
from kimplan.answers.naming import named, one_line, sentence_case, short, times
from kimplan.answers.own_fields import own_facts, own_texts
from kimplan.model.due import Due
from kimplan.model.language import ENGLISH, Language
from kimplan.model.plan import Plan, Settings
from kimplan.model.prose import Block, Span, parse_prose
from kimplan.model.recommendation import Action, Evidence, Recommendation
from kimplan.schedule import Promise, completed_late, days_left, slippage

_Fact: TypeAlias = tuple[str, str, Tone]


class _Telling(NamedTuple):
    """What all stories of a plan share: titles by sections, and who was superseded by whom."""

    settings: Settings
    titles: dict[str, str]
    former: dict[str, list[Recommendation]]
    as_of: date
    language: Language


def tell_stories(
    plan: Plan, items: Iterable[Recommendation], as_of: date, language: Language = ENGLISH
) -> Iterator[tuple[Part, ...]]:
    """Yield everything that each record says, without its ref and title, on the day `as_of`."""
    titles = {section.id: one_line(section.title) for section in plan.settings.sections}
    former: dict[str, list[Recommendation]] = {}
    for one in plan.recommendations:
        if one.superseded_by:
            former.setdefault(one.superseded_by.casefold(), []).append(one)
    telling = _Telling(plan.settings, titles, former, as_of, language)
    for item in items:
        yield tuple(_parts(telling, item))


def _parts(telling: _Telling, item: Recommendation) -> Iterator[Part]:
    language = telling.language
    yield Facts(tuple(_facts(telling, item)))
    if item.detail:
        yield Heading(language.say("Recommendation"))
        yield Prose(parse_prose(item.detail))
    yield Heading(language.say("Response"))
    yield Prose(parse_prose(item.response))
    yield from own_texts(telling.settings, item)
    yield from _lists(item, telling.as_of, language)


def _facts(telling: _Telling, item: Recommendation) -> Iterator[_Fact]:
    settings, language, say = telling.settings, telling.language, telling.language.say
    label = settings.ratings[item.rag]
    yield say("Section"), telling.titles[item.section], Tone.PLAIN
    yield say("RAG"), f"{one_line(label.label)} – {one_line(label.meaning)}", TONES[item.rag]
    if item.superseded_by:
        yield say("Superseded by"), item.superseded_by, Tone.PLAIN
    if former := telling.former.get(item.ref.casefold()):
        yield say("Supersedes"), _superseded(former, language), Tone.PLAIN
    yield from _dates(item, telling.as_of, language)
    if item.completed:
        day = f"{language.day(item.completed)}{_lateness(item, language)}"
        yield say("Completed"), day, Tone.PLAIN
    if item.verified:
        by = f"{language.day(item.verified.on)}, {one_line(item.verified.by)}"
        yield say("Verified"), by, Tone.PLAIN
    if item.owners:
        name = say("Owner") if len(item.owners) == 1 else say("Owners")
        yield name, named(item.owners), Tone.PLAIN
    yield from own_facts(settings, item, language)
    if not item.publish:
        yield say("Publication"), say("kept inside"), Tone.PLAIN


def _dates(item: Recommendation, as_of: date, language: Language) -> Iterator[_Fact]:
    """Yield what is promised, or why nothing is, and how it moved."""
    say = language.say
    if item.due and not item.due.is_agreed:
        yield say("Due"), sentence_case(language.due(item.due)), Tone.PLAIN
    elif item.due and item.rag.is_open:
        yield say("Due"), *_standing(item.due, days_left(item, as_of) or 0, as_of, language)
    elif item.due:
        yield say("Promised"), language.due(item.due), Tone.PLAIN
    if item.due_reason:
        yield say("No date because"), short(item.due_reason), Tone.PLAIN
    if moved := _moved(item, language):
        yield say("First agreed"), moved, Tone.PLAIN


def _moved(item: Recommendation, language: Language) -> str:
    """Return what was agreed first and how it moved since, or nothing."""
    if item.due is None or item.first_agreed is None:
        return ""
    values = {
        "first": language.due(item.first_agreed), "times": times(len(item.revisions), language)
    }  # fmt: skip
    if not item.due.is_agreed:
        return language.say("{first}: moved {times}, no date agreed any more", **values)
    by = slippage(item) or 0
    if not by:
        return ""
    days = language.counted(abs(by), "day")
    if by > 0:
        return language.say("{first}: moved {times}, {days} later", days=days, **values)
    return language.say("{first}: moved {times}, {days} earlier", days=days, **values)


def _superseded(former: Iterable[Recommendation], language: Language) -> str:
    """Return in whose place a recommendation stands, with what those promised."""
    text = "{ref}, promised for {day}"
    return "; ".join(
        language.say(text, ref=one.ref, day=language.due(one.due))
        if one.due and one.due.is_agreed
        else one.ref
        for one in former
    )


def _lateness(item: Recommendation, language: Language) -> str:
    """Return how the completion stands to what was promised: ``, 12 days late``."""
    days = completed_late(item)
    if days is None:
        return ""
    if days <= 0:
        return language.say(", in time")
    return language.say(", {days} late", days=language.counted(days, "day"))


def _standing(due: Due, left: int, as_of: date, language: Language) -> tuple[str, Tone]:
    values = {
        "due": language.due(due), "day": language.day(as_of),
        "days": language.counted(abs(left), "day"),
    }  # fmt: skip
    if left < 0:
        return language.say("{due}: {days} late on {day}", **values), Tone.LATE
    if left:
        return language.say("{due}: {days} left on {day}", **values), Tone.PLAIN
    return language.say("{due}: {day} is its last day", **values), Tone.PLAIN


def _lists(item: Recommendation, as_of: date, language: Language) -> Iterator[Part]:
    say = language.say
    if item.evidence:
        yield Heading(say("Evidence"))
        yield Prose(tuple(_evidence(evidence, as_of, language) for evidence in item.evidence))
    if item.actions:
        yield Heading(say("Actions"))
        yield _actions(item, as_of, language)
    if item.progress:
        yield Heading(say("Progress"))
        for note in item.progress:
            by = f", {one_line(note.by)}" if note.by else ""
            yield Line(f"{language.day(note.on)}{by}", Tone.QUIET)
            yield Prose(parse_prose(note.note))
    yield from _moves(item, language)


def _actions(item: Recommendation, as_of: date, language: Language) -> Table:
    say = language.say
    columns = (Column(say("What"), share=2), Column(say("Owner"), share=1),
               date_column(say("Due")), date_column(say("Done")))  # fmt: skip
    rows = [
        (
            one_line(action.title),
            one_line(action.owner or ""),
            _action_due(item, action, as_of, language),
            language.day(action.done) if action.done else "",
        )
        for action in item.actions
    ]
    return Table(columns, rows)


def _moves(item: Recommendation, language: Language) -> Iterator[Part]:
    """Yield every move of the recommendation's date and then of its actions' dates."""
    moves = [("", revision) for revision in item.revisions]
    moves += [
        (one_line(action.title), revision)
        for action in item.actions
        for revision in action.revisions
    ]
    if not moves:
        return
    has_actions, say = any(action for action, _ in moves), language.say
    columns = (
        date_column(say("On")),
        *((Column(say("Action"), share=2),) if has_actions else ()),
        date_column(say("From")),
        date_column(say("To")),
        Column(say("Why"), share=3, is_prose=True),
        Column(say("Agreed by"), share=1),
    )
    rows = [
        (
            language.day(move.on),
            *((action,) if has_actions else ()),
            language.due(move.from_),
            language.due(move.to),
            one_line(move.reason),
            one_line(move.agreed_by or ""),
        )
        for action, move in moves
    ]
    yield Heading(say("Dates moved"))
    yield Table(columns, rows)


def _action_due(item: Recommendation, action: Action, as_of: date, language: Language) -> str:
    """Return when an action is due, and by how much it is late."""
    if action.due is None:
        return ""
    due = language.due(action.due)
    if not action.due.is_agreed:
        return sentence_case(due)
    late = -Promise(item, action, action.due).days_left(as_of) if action.is_open else 0
    if late <= 0:
        return due
    return f"{due}{language.say(', {days} late', days=language.counted(late, 'day'))}"


def _evidence(evidence: Evidence, as_of: date, language: Language) -> Block:
    """Return a bullet with what the evidence is, where it is and until when it is good."""
    title, link = one_line(evidence.title), evidence.link or ""
    is_address = link.casefold().startswith(("https://", "http://"))
    where = Span(title, link=link) if is_address else Span(f"{title} ({link})" if link else title)
    if evidence.expires is None:
        return Block((where,), 1, True)
    day = language.due(evidence.expires)
    if evidence.expires.last_day < as_of:
        return Block((where, Span(language.say(", expired {day}", day=day))), 1, True)
    return Block((where, Span(language.say(", good until {day}", day=day))), 1, True)
