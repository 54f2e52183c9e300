"""The position in words: sentences that are true for any counts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from kimplan.answers.naming import later_facts_sentence, undated_sentence
from kimplan.model.labels import RatingLabels
from kimplan.model.language import Language
from kimplan.model.plan import Plan, Settings
from kimplan.model.rating import Rating, Scheme
from kimplan.report.request import Request
from kimplan.summary import Summary, summarise


def rating_name(labels: RatingLabels, rating: Rating) -> str:
    """Return a rating's label as a word of a sentence: ``Amber`` for ``AMBER``."""
    label = labels[rating].label
    is_shouted = label.isupper() and label.replace(" ", "").isalpha()
    return label.capitalize() if is_shouted else label


def open_names(settings: Settings) -> str:
    """Return the ratings of open items as words of a sentence: ``Amber or Red``."""
    labels = settings.ratings
    *names, last = (rating_name(labels, rating) for rating in labels.scheme.open)
    return f"{', '.join(names)} {settings.language.say('or')} {last}"


def position_of(plan: Plan, request: Request) -> str:
    """Return where the plan stands, and first of which part of it the report is, if it is not all.

    `plan` is that part then.
    """
    position = describe_position(summarise(plan.recommendations, request.as_of), plan.settings)
    return f"{request.extract.sentence} {position}" if request.extract else position


def describe_position(summary: Summary, settings: Settings) -> str:
    """Return where the plan stands, for the top of the report's first page."""
    sentences = [sentence(summary, settings) for sentence in _SENTENCES]
    return " ".join(sentence for sentence in sentences if sentence)


def _progress(summary: Summary, settings: Settings) -> str:
    names, say = _names(settings), settings.language.say
    if summary.total == 1:
        return _progress_of_one(summary, settings)
    items = settings.language.counted(summary.total, "recommendation")
    if summary.complete == summary.total:
        return say("All {items} are complete ({green}).", items=items, **names)
    complete = _complete(summary.complete, items, names, settings.language)
    in_progress = _in_progress(summary.by_rating[Rating.AMBER], names, settings.language)
    if settings.ratings.scheme is Scheme.RAG:
        return say("{complete} and {in_progress}.", complete=complete, in_progress=in_progress)
    return say(
        "{complete}, {on_track} and {in_progress}.",
        complete=complete,
        on_track=_on_track(summary.by_rating[Rating.ON_TRACK], names, settings.language),
        in_progress=in_progress,
    )


def _progress_of_one(summary: Summary, settings: Settings) -> str:
    names, say = _names(settings), settings.language.say
    if summary.complete:
        return say("The one recommendation is complete ({green}).", **names)
    if summary.by_rating[Rating.ON_TRACK]:
        return say("The one recommendation is on track ({on_track}).", **names)
    if summary.by_rating[Rating.AMBER]:
        return say("The one recommendation is in progress ({amber}).", **names)
    if settings.ratings.scheme is Scheme.RAG:
        return say(
            "The one recommendation is neither complete ({green}) nor in progress ({amber}).",
            **names,
        )
    return say(
        "The one recommendation is not complete ({green}), on track ({on_track}) or in progress "
        "({amber}).",
        **names,
    )


def _names(settings: Settings) -> dict[str, str]:
    """Return what the ratings are called by what the sentences call them: green is complete."""
    labels = settings.ratings
    ratings = {
        "green": labels.scheme.complete,
        "on_track": Rating.ON_TRACK,
        "amber": Rating.AMBER,
        "red": Rating.RED,
    }
    return {name: rating_name(labels, rating) for name, rating in ratings.items()}


def _complete(number: int, items: str, names: Mapping[str, str], language: Language) -> str:
    if not number:
        return language.say("None of the {items} is complete ({green})", items=items, **names)
    if number == 1:
        return language.say("1 of {items} is complete ({green})", items=items, **names)
    return language.say(
        "{number} of {items} are complete ({green})", number=number, items=items, **names
    )


def _on_track(number: int, names: Mapping[str, str], language: Language) -> str:
    if not number:
        return language.say("none is on track ({on_track})", **names)
    if number == 1:
        return language.say("1 is on track ({on_track})", **names)
    return language.say("{number} are on track ({on_track})", number=number, **names)


def _in_progress(number: int, names: Mapping[str, str], language: Language) -> str:
    if not number:
        return language.say("none is in progress ({amber})", **names)
    if number == 1:
        return language.say("1 is in progress ({amber})", **names)
    return language.say("{number} are in progress ({amber})", number=number, **names)


def _late(summary: Summary, settings: Settings) -> str:
    """Return how many are late of what is on track and of what is in progress."""
    ratings = (one for one in settings.ratings.scheme.open if one is not Rating.RED)
    return " ".join(filter(None, (_late_of(one, summary, settings) for one in ratings)))


def _late_of(rating: Rating, summary: Summary, settings: Settings) -> str:
    """Return how many of a rating are late; the sentences call it amber, whichever it is."""
    amber, late = summary.by_rating[rating], summary.late[rating]
    say, names = settings.language.say, {"amber": rating_name(settings.ratings, rating)}
    if not amber:
        return ""
    if not late:
        return say("No {amber} item is past its estimated completion date.", **names)
    if amber == 1:
        return say("The one {amber} item is past its estimated completion date.", **names)
    if late == 1:
        return say(
            "1 of the {all} {amber} items is past the estimated completion date.",
            all=amber, **names,
        )  # fmt: skip
    return say(
        "{number} of the {all} {amber} items are past the estimated completion date.",
        number=late, all=amber, **names,
    )  # fmt: skip


def _red(summary: Summary, settings: Settings) -> str:
    red, late = summary.by_rating[Rating.RED], summary.late[Rating.RED]
    say, values = settings.language.say, {**_names(settings), "number": red, "late": late}
    if not red:
        return say("None is {red}.", **values) if summary.total > 1 else ""
    if red == 1:
        if late:
            return say("1 is {red} and past its estimated completion date.", **values)
        return say("1 is {red}, and not past its estimated completion date.", **values)
    if not late:
        return say("{number} are {red}, none of them past the estimated completion date.", **values)
    return say("{number} are {red}, {late} of them past the estimated completion date.", **values)


def _not_applicable(summary: Summary, settings: Settings) -> str:
    number = summary.by_rating[Rating.NOT_APPLICABLE]
    say, who = settings.language.say, settings.organisation
    if not number:
        return ""
    if number == 1:
        return say("1 does not apply to {who} at present.", who=who)
    return say("{number} do not apply to {who} at present.", number=number, who=who)


def _undated(summary: Summary, settings: Settings) -> str:
    return undated_sentence(summary.undated, language=settings.language)


_SENTENCES = (_progress, _late, _red, _undated, _not_applicable)


def state_remarks(plan: Plan, as_of: date) -> tuple[str, ...]:
    """Return what a reader must know of the files' state: that they hold later facts, if so."""
    return tuple(
        filter(None, [later_facts_sentence(plan.recommendations, as_of, plan.settings.language)])
    )
