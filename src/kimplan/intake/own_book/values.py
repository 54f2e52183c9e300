"""The cells of a workbook of kimplan's own as the plan's files write them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from kimplan.answers.naming import NO_OWNER, sentence_case
from kimplan.answers.tables.book import NO, YES, Shown, section_names
from kimplan.answers.tables.book_columns import BookColumn
from kimplan.answers.tables.prose_cells import from_cell, to_cell
from kimplan.answers.tables.table import Kind
from kimplan.intake.prose import allowed, clean
from kimplan.intake.ratings import read_rating
from kimplan.model.date_words import suggest_due
from kimplan.model.due import (
    MONTHS,
    NO_DATE,
    NONE_AGREED,
    NotADateError,
    parse_promise,
)
from kimplan.model.plan import Settings
from kimplan.model.prose import Span
from kimplan.model.rating import Rating
from kimplan.sheet import SheetCell


class Values:
    """Reads cells as the plan of these settings writes what they show."""

    def __init__(self, settings: Settings) -> None:
        labels, language = settings.ratings, settings.language
        self._ratings = {
            _words(labels[one].label).casefold(): one.word for one in labels.scheme.ratings
        }
        self._scheme = labels.scheme
        self._sections = {
            _words(title).casefold(): name for name, title in section_names(settings).items()
        }
        texts = (labels.date_text(rating) for rating in Rating)
        self._date_texts = {_words(text) for text in texts if text}
        none = {language.say(NO_DATE), NO_DATE, NONE_AGREED, sentence_case(language.say(NO_DATE))}
        self._no_date = {text.casefold() for text in none}
        self._months = dict(zip(language.months, MONTHS, strict=True))

    def read(self, column: BookColumn, cell: SheetCell) -> str:
        """Return what the files write for a cell, empty for nothing.

        What cannot be understood stays as it is.
        """
        if cell.is_covered:
            return ""
        if cell.due is not None and cell.is_number and column.kind in {Kind.DAY, Kind.PROMISE}:
            return cell.due.text
        return self._text(column, cell.raw)

    def shown(self, column: BookColumn, value: Shown) -> str:
        """Return what the files write for what a cell of a new workbook would show."""
        if value is None:
            return ""
        if isinstance(value, date):
            return value.isoformat()
        if column.kind is Kind.PROSE:
            return self._text(column, to_cell(str(value)))
        return self._text(column, (Span(str(value)),))

    def _text(self, column: BookColumn, runs: tuple[Span, ...]) -> str:
        if not runs:
            return ""
        if column.kind is Kind.PROSE:
            return allowed(from_cell(runs))
        text = allowed("".join(run.text for run in runs))
        if column.kind is Kind.NAMES:
            return "\n".join(filter(None, map(_line, text.split("\n"))))
        if column.key == "role":
            return _role(_line(text))
        read = self._BY_KEY.get(column.key) or self._BY_KIND.get(column.kind)
        return read(self, _words(text)) if read else _line(text)

    def _promise(self, words: str) -> str:
        if words.casefold() in self._no_date:
            return NONE_AGREED
        if words in self._date_texts:
            return ""
        english = re.sub(r"[^\W\d_]+", lambda one: self._months.get(one[0], one[0]), words)
        return suggest_due(english) or words

    def _day(self, words: str) -> str:
        return suggest_due(words) or words

    def _number(self, words: str) -> str:
        return words.replace(",", "")

    def _switch(self, words: str) -> str:
        known = {YES.casefold(): "true", NO.casefold(): "false"}
        return known.get(words.casefold(), words)

    def _rating(self, words: str) -> str:
        known = self._ratings.get(words.casefold()) or self._scheme.read(words.casefold())
        return str(known or read_rating(words).rating or words)

    def _section(self, words: str) -> str:
        return self._sections.get(words.casefold(), words)

    _BY_KEY: dict[str, Callable[[Values, str], str]] = {
        "rating": _rating,
        "section": _section,
    }
    _BY_KIND: dict[Kind, Callable[[Values, str], str]] = {
        Kind.PROMISE: _promise,
        Kind.DAY: _day,
        Kind.NUMBER: _number,
        Kind.SWITCH: _switch,
    }


def is_promise(text: str) -> bool:
    """Return whether a file may write `text` where a date is promised."""
    try:
        return bool(parse_promise(text))
    except NotADateError:
        return False


def _role(line: str) -> str:
    return "" if line == NO_OWNER else line


def _words(text: str) -> str:
    return " ".join(clean(text).split())


def _line(text: str) -> str:
    """Return `text` on one line, with the blanks that do not break as they are."""
    return " ".join(re.split("[ \n]+", text)).strip()
