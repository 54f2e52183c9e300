"""The position in words: sentences that are true for any counts."""

from __future__ import annotations

from datetime import date

from kimplan.answers.naming import later_facts_sentence, undated_sentence
from kimplan.model.plan import Plan, RatingLabels
from kimplan.model.rating import Rating
from kimplan.plural import count
from kimplan.report.request import Request
from kimplan.summary import Summary, summarise


def rating_name(labels: RatingLabels, rating: Rating) -> str:
    """Return a rating's label as a word of a sentence: ``Amber`` for ``AMBER``."""
    label = labels[rating].label
    is_shouted = label.isupper() and label.replace(" ", "").isalpha()
    return label.capitalize() if is_shouted else label


def open_names(labels: RatingLabels) -> str:
    """Return the ratings of open items as words of a sentence: ``Amber or Red``."""
    return f"{rating_name(labels, Rating.AMBER)} or {rating_name(labels, Rating.RED)}"


def position_of(plan: Plan, request: Request) -> str:
    """Return where the plan stands, and first of which part of it the report is, if it is not all.

    `plan` is that part then.
    """
    settings = plan.settings
    summary = summarise(plan.recommendations, request.as_of)
    position = describe_position(summary, settings.ratings, settings.organisation)
    return f"{request.extract.sentence} {position}" if request.extract else position


def describe_position(summary: Summary, labels: RatingLabels, organisation: str) -> str:
    """Return where the plan stands, for the top of the report's first page."""
    sentences = [
        _progress(summary, labels),
        _late_amber(summary, labels),
        _red(summary, labels),
        undated_sentence(summary.undated),
        _not_applicable(summary, organisation),
    ]
    return " ".join(sentence for sentence in sentences if sentence)


def _are(number: int) -> str:
    return "is" if number in {0, 1} else "are"


def _progress(summary: Summary, labels: RatingLabels) -> str:
    green, amber = summary.by_rating[Rating.GREEN], summary.by_rating[Rating.AMBER]
    name, amber_name = rating_name(labels, Rating.GREEN), rating_name(labels, Rating.AMBER)
    if summary.total == 1:
        if green:
            return f"The one recommendation is complete ({name})."
        stands = "is" if amber else f"is neither complete ({name}) nor"
        return f"The one recommendation {stands} in progress ({amber_name})."
    items = count(summary.total, "recommendation")
    if green == summary.total:
        return f"All {items} are complete ({name})."
    some = f"None of the {items}" if green == 0 else f"{green} of {items}"
    complete = f"{some} {_are(green)} complete ({name})"
    return f"{complete} and {amber or 'none'} {_are(amber)} in progress ({amber_name})."


def _late_amber(summary: Summary, labels: RatingLabels) -> str:
    amber, late = summary.by_rating[Rating.AMBER], summary.late[Rating.AMBER]
    name = rating_name(labels, Rating.AMBER)
    if not amber:
        return ""
    if not late:
        return f"No {name} item is past its estimated completion date."
    if amber == 1:
        return f"The one {name} item is past its estimated completion date."
    return f"{late} of the {amber} {name} items {_are(late)} past the estimated completion date."


def _red(summary: Summary, labels: RatingLabels) -> str:
    red, late = summary.by_rating[Rating.RED], summary.late[Rating.RED]
    name = rating_name(labels, Rating.RED)
    if not red:
        return f"None is {name}." if summary.total > 1 else ""
    stands = f"{red} {_are(red)} {name}"
    if not late:
        return (
            f"{stands}, none of them past the estimated completion date."
            if red > 1
            else (f"{stands}, and not past its estimated completion date.")
        )
    if red == 1:
        return f"{stands} and past its estimated completion date."
    return f"{stands}, {late} of them past the estimated completion date."


def _not_applicable(summary: Summary, organisation: str) -> str:
    number = summary.by_rating[Rating.NOT_APPLICABLE]
    if not number:
        return ""
    return f"{number} {'does' if number == 1 else 'do'} not apply to {organisation} at present."


def state_remarks(plan: Plan, as_of: date) -> tuple[str, ...]:
    """Return what a reader must know of the files' state: that they hold later facts, if so."""
    return tuple(filter(None, [later_facts_sentence(plan.recommendations, as_of)]))
