"""The ratings of a table: each cell's word or colour, in the light of the whole column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from kimplan.intake.labels import plain
from kimplan.intake.prose import words_of
from kimplan.intake.questions import Kind, Notebook, Question
from kimplan.intake.ratings import (
    RatingReading,
    contradicts,
    is_blue,
    is_brag,
    read_fill,
    read_rating,
)
from kimplan.intake.rows import Cell, Entry
from kimplan.model.rating import Rating

_BLUE = "blue"


class Rated(NamedTuple):
    """A record's rating, the word that the source has for it, and words left open."""

    rating: str = ""
    word: str = ""
    left: str | None = None


class RatingColumn:
    """Reads ratings; each unsure colour and word is asked once for all rows."""

    def __init__(self, entries: Sequence[Entry], notebook: Notebook) -> None:
        self._notebook = notebook
        cells = [cell for entry in entries for cell in entry.of("rag")]
        labels = {one.column.label for entry in entries for one in entry.cells if _is_rag(one)}
        bare = [cell.fill for cell in cells if not cell.text.strip()]
        self.is_brag = (
            is_brag(cell.text for cell in cells)
            or any("brag" in plain(label).split() for label in labels)
            or any(map(is_blue, bare))
        )
        self._has_column = bool(cells)
        fills = {cell.fill for cell in cells if cell.fill and not cell.text.strip()}
        read = Counter(read_fill(fill).rating for fill in fills)
        self._unsure = {fill for fill in fills if read[read_fill(fill).rating] > 1}
        self._said: set[str] = set()

    def read(self, ref: str, entry: Entry) -> Rated:
        """Return the rating of a record."""
        cells = entry.of("rag")
        text = " ".join(filter(None, (words_of(cell.blocks) for cell in cells)))
        fill = next((cell.fill for cell in cells if cell.fill), "")
        where = f"{ref}/rag"
        if text:
            return self._by_word(Question(Kind.RATING_UNCLEAR, where, text), entry, fill)
        if fill and (read_fill(fill).rating or read_fill(fill).offers):
            return self._by_colour(where, fill, entry)
        group = "" if self._has_column else "rag"
        question = Question(Kind.RATING_UNCLEAR, where, "", _names(), entry.place, group=group)
        return self._asked(question)

    def _by_word(self, question: Question, entry: Entry, fill: str) -> Rated:
        text = question.value
        reading = read_rating(text)
        question = question._replace(place=entry.place, offers=reading.offers)
        if self.is_brag:
            return self._of_brag(question, reading.rating)
        if reading.rating and contradicts(reading.rating, fill):
            offers = (reading.rating, read_fill(fill).rating)
            kind = Kind.RATING_CONTRADICTS
            return self._asked(
                question._replace(kind=kind, value=f"{text} on {fill}", offers=offers)
            )
        if not reading.rating:
            return self._asked(question._replace(group=f"rag: {text}"))
        if reading.is_doubtful:
            self._say_once(Kind.RATING_BY_WORD, text, reading.rating)
        return Rated(reading.rating, text)

    def _of_brag(self, question: Question, rating: str) -> Rated:
        """Read a column in which blue is complete, so that green is on track."""
        is_known = _BLUE in _names()
        word = question.value.casefold().split()[0]
        if is_known and word == _BLUE:
            return Rated(_BLUE, question.value)
        is_said = word in {"amber", "red"} or rating == Rating.NOT_APPLICABLE
        if rating and (is_said or (is_known and word == "green")):
            return Rated(rating, question.value)
        return self._asked(question._replace(group=f"rag: {question.value}", offers=_names()))

    def _by_colour(self, where: str, fill: str, entry: Entry) -> Rated:
        reading = _in_brag(fill) if self.is_brag else read_fill(fill)
        if reading.rating and fill not in self._unsure:
            self._say_once(Kind.RATING_BY_COLOUR, fill, reading.rating)
            return Rated(reading.rating)
        offers = (reading.rating,) if reading.rating else reading.offers
        question = Question(Kind.RATING_BY_COLOUR, where, fill, offers, entry.place)
        return self._asked(question._replace(group=f"colour {fill}"))

    def _say_once(self, kind: Kind, value: str, taken: str) -> None:
        if value not in self._said:
            self._said.add(value)
            self._notebook.say(Question(kind, value=value, taken=taken))

    def _asked(self, question: Question) -> Rated:
        answer = self._notebook.ask(question)
        name = answer.casefold().replace(" ", "-")
        if name in _names():
            word = question.value if question.kind == Kind.RATING_UNCLEAR else ""
            return Rated(name, word)
        if answer:
            self._notebook.refuse(question, answer)
        return Rated(left=question.value)


def _is_rag(one: Cell) -> bool:
    return one.column.field == "rag"


def _in_brag(fill: str) -> RatingReading:
    """Return what a colour means where blue is complete, so that green is on track."""
    is_known = _BLUE in _names()
    if is_blue(fill) and is_known:
        return RatingReading(_BLUE, is_doubtful=True)
    reading = read_fill(fill)
    is_sure = is_known or reading.rating in {Rating.AMBER, Rating.RED}
    return reading if is_sure else RatingReading(offers=_names())


def _names() -> tuple[str, ...]:
    return tuple(str(one) for one in Rating)
