"""The cells that hold a date: when something is due, and when it was completed."""

from __future__ import annotations

import re
from datetime import date

from kimplan.merge.finding import Kind
from kimplan.merge.sameness import fold, fold_name, says_nothing
from kimplan.merge.seen import Place
from kimplan.model.due import Due, NotADateError, parse_day, parse_due, suggest_day, suggest_due
from kimplan.model.fields import DUE_DATE
from kimplan.model.rating import Rating

# What the report says behind a date that moved, or a completion that was late.
_BEHIND = re.compile(
    r",? *(?:as first promised|first promised .{1,60}?)(?:,? moved (?:once|twice|[0-9,]+ times))?$"
    r"|, [0-9,]+ days? late$"
    r"|,? *\(?(?:was|were|previously|originally|formerly|instead of|not) .{4,60}$",
    re.IGNORECASE,
)


def read_due(place: Place) -> None:
    """Take a due date that was changed; ask where the words are none, or could mean another day."""
    text = place.cell.text
    if _is_as_it_was(place):
        return
    if says_nothing(text, place.base.settings.report.empty_cell) or _stands_for_none(place):
        _without_date(place)
        return
    due = place.cell.due or parse_words(text)
    if due is None:
        _ask_for_date(place, "date", DUE_DATE.hint)
    elif not place.rag.is_open and not (place.item.due and place.item.due.covers_the_same(due)):
        _ask_which_day(place, due)
    else:
        place.edit(place.item.due, due)


def _is_as_it_was(place: Place) -> bool:
    says, said = place.cell.text, place.said.text
    mark = place.base.settings.report.empty_cell
    return fold_name(says) == fold_name(said) or (
        says_nothing(says, mark) and says_nothing(said, mark)
    )


def _stands_for_none(place: Place) -> bool:
    """Return whether a cell says what a closed rating prints in place of a date."""
    ratings = place.base.settings.ratings
    texts = (ratings.date_text(rating) for rating in Rating if not rating.is_open)
    return fold_name(place.cell.text) in {fold_name(text) for text in texts if text}


def _without_date(place: Place) -> None:
    """Refuse to take the date of an open one away; a closed one keeps what was promised."""
    if place.rag.is_open and place.item.due:
        words = fold(place.cell.text)
        how = f"says “{words}”" if words else "is empty"
        place.find(
            Kind.REFUSED,
            "date",
            f"{place.label} {how}, and {place.rag} needs a due date",
            "A promise is never taken away (KP801). Write the new date, or leave it as it was.",
            "KP301",
            words,
        )


def parse_words(text: str) -> Due | None:
    """Return the date that the words of a cell mean, or None where they may mean none or two."""
    words = _BEHIND.sub("", fold(text))
    try:
        return parse_due(suggest_due(words) or words)
    except NotADateError:
        return None


def _ask_for_date(place: Place, what: str, hint: str) -> None:
    words = fold(place.cell.text)
    text = f"{place.label} says “{words[:80]}”, which is no date that means one thing only"
    place.find(Kind.NEEDS, what, text, hint, "KP201", words)


def _ask_which_day(place: Place, due: Due) -> None:
    """Ask what a date means beside a rating that prints none."""
    ref, label = place.item.ref, place.base.settings.ratings[place.rag].label
    place.find(
        Kind.NEEDS,
        "date",
        f"{place.label} says {due}, and {label} has no date there: it may be when it was "
        "completed, or a new promise",
        f"Say it with kimplan update {ref} --completed or --due, and leave it out here: "
        f"--leave {ref}:due.",
        "",
        due.text,
    )


def read_completed(place: Place) -> None:
    """Take a day of completion that was added or changed."""
    if _is_as_it_was(place):
        return
    words = _BEHIND.sub("", fold(place.cell.text))
    day = _day(words)
    if says_nothing(words):
        text = f"{place.label} is empty; what has happened is not taken away"
        place.find(Kind.REFUSED, "completed", text, code="KP802")
    elif day is None:
        _ask_for_date(place, "completed", "Write the day, the month and the year: 31 May 2024.")
    else:
        place.edit(place.item.completed, day)


def _day(words: str) -> date | None:
    try:
        return parse_day(suggest_day(words) or words)
    except NotADateError:
        return None
