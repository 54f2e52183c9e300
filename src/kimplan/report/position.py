"""The position in words: sentences that are true for any counts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from kimplan.answers.naming import later_facts_sentence
from kimplan.model.language import Language
from kimplan.model.plan import Plan, RatingLabels, Settings
from kimplan.model.rating import Rating
from kimplan.report.request import Request
from kimplan.summary import Summary, summarise


def rating_name(labels: RatingLabels, rating: Rating) -> str:
    """Return a rating's label as a word of a sentence: ``Amber`` for ``AMBER``."""
    label = labels[rating].label
    is_shouted = label.isupper() and label.replace(" ", "").isalpha()
    return label.capitalize() if is_shouted else label


def open_names(settings: Settings) -> str:
    """Return the ratings of open items as words of a sentence: ``Amber or Red``."""
    names = (rating_name(settings.ratings, rating) for rating in (Rating.AMBER, Rating.RED))
    return f" {settings.language.say('or')} ".join(names)


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
    green, amber = summary.by_rating[Rating.GREEN], summary.by_rating[Rating.AMBER]
    names = _names(settings)
    say = settings.language.say
    if summary.total == 1:
        if green:
            return say("The one recommendation is complete ({green}).", **names)
        if amber:
            return say("The one recommendation is in progress ({amber}).", **names)
        return say(
            "The one recommendation is neither complete ({green}) nor in progress ({amber}).",
            **names,
        )
    items = settings.language.counted(summary.total, "recommendation")
    if green == summary.total:
        return say("All {items} are complete ({green}).", items=items, **names)
    return say(
        "{complete} and {in_progress}.",
        complete=_complete(green, items, names, settings.language),
        in_progress=_in_progress(amber, names, settings.language),
    )


def _names(settings: Settings) -> dict[str, str]:
    ratings = {"green": Rating.GREEN, "amber": Rating.AMBER, "red": Rating.RED}
    return {name: rating_name(settings.ratings, rating) for name, rating in ratings.items()}


def _complete(number: int, items: str, names: Mapping[str, str], language: Language) -> str:
    if not number:
        return language.say("None of the {items} is complete ({green})", items=items, **names)
    if number == 1:
        return language.say("1 of {items} is complete ({green})", items=items, **names)
    return language.say(
        "{number} of {items} are complete ({green})", number=number, items=items, **names
    )


def _in_progress(number: int, names: Mapping[str, str], language: Language) -> str:
    if not number:
        return language.say("none is in progress ({amber})", **names)
    if number == 1:
        return language.say("1 is in progress ({amber})", **names)
    return language.say("{number} are in progress ({amber})", number=number, **names)


def _late_amber(summary: Summary, settings: Settings) -> str:
    amber, late = summary.by_rating[Rating.AMBER], summary.late[Rating.AMBER]
    say, names = settings.language.say, _names(settings)
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


_SENTENCES = (_progress, _late_amber, _red, _not_applicable)


def state_remarks(plan: Plan, as_of: date) -> tuple[str, ...]:
    """Return what a reader must know of the files' state: that they hold later facts, if so."""
    return tuple(
        filter(None, [later_facts_sentence(plan.recommendations, as_of, plan.settings.language)])
    )
