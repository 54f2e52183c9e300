"""The cells that hold a date: when something is due, and when it was completed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from kimplan.intake.dates import DateColumn, Reading, as_day, read_date, study
from kimplan.merge.finding import Kind
from kimplan.merge.sameness import fold, fold_name, says_nothing
from kimplan.merge.seen import Place
from kimplan.model.due import MONTHS, Due, parse_day, parse_due
from kimplan.model.language import ENGLISH, Language
from kimplan.model.value_forms import DUE_DATE

# What somebody may leave behind the new date.
_WAS = re.compile(
    r",? *(?:first promised .{1,60}|\(?(?:was|previously|originally|formerly|instead of) .{4,60})$",
    re.IGNORECASE,
)
_PLACE = re.compile(r"\\\{[a-z]+\\\}")
_MOVES = (", as first promised, moved {times}", ", first promised {first}, moved {times}")


def read_due(place: Place) -> None:
    """Take a due date that was changed; ask where the words are none, or could mean another day."""
    text = place.cell.text
    if _is_as_it_was(place):
        return
    if place.item.lacks_date and fold(text).startswith(fold(place.said.blocks[0].text)):
        _leave_reason(place)
        return
    if says_nothing(text, place.base.settings.report.empty_cell) or _stands_for_none(place):
        _without_date(place)
        return
    words = "" if place.cell.due else text
    reading = read_words(words, place.base.settings.language, place.dates)
    due = place.cell.due or (parse_due(reading.due) if reading.due else None)
    if due is None:
        _ask_for_date(place, "date", DUE_DATE.hint, reading.offers)
    elif not place.rag.is_open and not (place.item.due and place.item.due.covers_the_same(due)):
        _ask_which_day(place, due)
    else:
        place.edit(place.item.due, due)


def _leave_reason(place: Place) -> None:
    """Leave it to somebody to change why no date is agreed."""
    text = f"{place.label} says otherwise why no date is agreed: “{fold(place.cell.text)[:200]}”"
    hint = "Change 'due_reason' in its file."
    place.find(Kind.LEFT, "due_reason", text, hint, value=fold(place.cell.text))


def _is_as_it_was(place: Place) -> bool:
    says, said = place.cell.text, place.said.text
    mark = place.base.settings.report.empty_cell
    return fold_name(says) == fold_name(said) or (
        says_nothing(says, mark) and says_nothing(said, mark)
    )


def _stands_for_none(place: Place) -> bool:
    """Return whether a cell says what a closed rating prints in place of a date."""
    ratings = place.base.settings.ratings
    texts = (ratings.date_text(rating) for rating in ratings.scheme.ratings if not rating.is_open)
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


def read_words(
    text: str, language: Language = ENGLISH, column: DateColumn | None = None
) -> Reading:
    """Return what the words of a cell mean as a date among those of `column`.

    The months, and what the report says behind a date that moved, may be those of `language`.
    """
    words = _WAS.sub("", _without_moves(fold(text), language))
    return read_date(in_english(words, language), column or DateColumn())


def parse_words(text: str, language: Language) -> Due | None:
    """Return the one date that the words of a cell mean, or None."""
    due = read_words(text, language).due
    return parse_due(due) if due else None


def date_column(texts: Iterable[str], language: Language) -> DateColumn:
    """Return what the words of a column prove about the way in which its dates are written."""
    return study(in_english(_without_moves(fold(text), language), language) for text in texts)


def _without_moves(words: str, language: Language) -> str:
    """Return the words without what the report says of the moves of a date."""
    said = (language.say(english, first="{first}", times="{times}") for english in _MOVES)
    shapes = (_PLACE.sub(".{1,60}?", re.escape(fold(text))) for text in said)
    return re.sub(rf"(?:{'|'.join(shapes)})$", "", words)


def in_english(words: str, language: Language) -> str:
    """Return the words with the months of `language` as English ones."""
    for own, english in zip(language.months, MONTHS, strict=True):
        if own != english:
            words = re.sub(rf"\b{re.escape(own)}\b", english, words, flags=re.IGNORECASE)
    return words


def _ask_for_date(place: Place, what: str, hint: str, offers: Sequence[str] = ()) -> None:
    words = fold(place.cell.text)
    text = f"{place.label} says “{words[:80]}”, which is no date that means one thing only"
    if offers:
        text += f": it may mean {' or '.join(str(parse_due(offer)) for offer in offers)}"
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
    words = in_english(fold(place.cell.text), place.base.settings.language)
    day = place.cell.due.first_day if place.cell.due else parse_one_day(words, place.dates)
    day = day or parse_one_day(words.partition(",")[0], place.dates)
    if says_nothing(words):
        text = f"{place.label} is empty; what has happened is not taken away"
        place.find(Kind.REFUSED, "completed", text, code="KP802")
    elif day is None:
        _ask_for_date(place, "completed", "Write the day, the month and the year: 31 May 2024.")
    else:
        place.edit(place.item.completed, day)


def parse_one_day(words: str, column: DateColumn | None = None) -> date | None:
    """Return the one day that `words` mean among those of `column`, or None."""
    day = as_day(read_date(words, column or DateColumn()).due)
    return parse_day(day) if day else None
