"""The ratings of a table: each cell's word or colour, in the light of the whole column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from kimplan.errors import KimplanError
from kimplan.intake.entry import Cell, Entry
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
from kimplan.model.rating import Rating, Scheme

_BLUE = "blue"
_COMPLETE = "complete (scheme: brag), so that green is on track and open"


class Rated(NamedTuple):
    """A record's rating, the word that the source has for it, and words left open."""

    rating: str = ""
    word: str = ""
    left: str | None = None


class RatingColumn:
    """Reads ratings; each unsure colour and word is asked once for all rows."""

    def __init__(
        self, entries: Sequence[Entry], notebook: Notebook, scheme: Scheme | None = None
    ) -> None:
        self._notebook = notebook
        cells = [cell for entry in entries for cell in entry.of("rag")]
        labels = {one.column.label for entry in entries for one in entry.cells if _is_rag(one)}
        bare = [cell.fill for cell in cells if cell.is_blank]
        has_blue = is_brag(cell.text for cell in cells) or any(map(is_blue, bare))
        if has_blue and scheme is Scheme.RAG:
            message = "the table rates by blue, and the plan that is there by red, amber and green"
            raise KimplanError(message, "Write 'scheme: brag' below 'ratings:' in plan.yaml.")
        is_called_brag = any("brag" in plain(label).split() for label in labels)
        self.scheme = scheme or (Scheme.BRAG if has_blue or is_called_brag else Scheme.RAG)
        self._has_column = bool(cells)
        fills = {cell.fill for cell in cells if cell.fill and cell.is_blank}
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
        question = Question(
            Kind.RATING_UNCLEAR, where, "", tuple(self.scheme.words), entry.place, group=group
        )
        return self._asked(question)

    def _by_word(self, question: Question, entry: Entry, fill: str) -> Rated:
        text = question.value
        reading = read_rating(text)
        question = question._replace(place=entry.place, offers=reading.offers)
        is_brag = self.scheme is Scheme.BRAG
        rating = _BLUE if is_brag and _begins_with(text, _BLUE) else reading.rating
        if rating and contradicts(rating, self._of_fill(fill)):
            offers = (rating, self._of_fill(fill).rating)
            kind = Kind.RATING_CONTRADICTS
            return self._asked(
                question._replace(kind=kind, value=f"{text} on {fill}", offers=offers)
            )
        if is_brag:
            return self._of_brag(question, reading.rating)
        if not reading.rating:
            return self._asked(question._replace(group=f"rag: {text}"))
        if reading.is_doubtful:
            self._say_once(Kind.RATING_BY_WORD, text, reading.rating)
        return Rated(reading.rating, text)

    def _of_brag(self, question: Question, rating: str) -> Rated:
        """Read a column in which blue is complete, so that green is on track."""
        word = question.value.casefold().split()[0]
        if _begins_with(question.value, _BLUE):
            self._say_once(Kind.RATING_BY_WORD, question.value, _COMPLETE)
            return Rated(_BLUE, question.value)
        is_said = word in {"amber", "red", "green"} or rating == Rating.NOT_APPLICABLE
        if rating and is_said:
            return Rated(rating, question.value)
        offers = tuple(self.scheme.words)
        return self._asked(question._replace(group=f"rag: {question.value}", offers=offers))

    def _by_colour(self, where: str, fill: str, entry: Entry) -> Rated:
        reading = self._of_fill(fill)
        if reading.rating and fill not in self._unsure:
            self._say_once(Kind.RATING_BY_COLOUR, fill, reading.rating)
            return Rated(reading.rating)
        offers = (reading.rating,) if reading.rating else reading.offers
        question = Question(Kind.RATING_BY_COLOUR, where, fill, offers, entry.place)
        return self._asked(question._replace(group=f"colour {fill}"))

    def _of_fill(self, fill: str) -> RatingReading:
        return _in_brag(fill) if self.scheme is Scheme.BRAG else read_fill(fill)

    def _say_once(self, kind: Kind, value: str, taken: str) -> None:
        if value not in self._said:
            self._said.add(value)
            self._notebook.say(Question(kind, value=value, taken=taken))

    def _asked(self, question: Question) -> Rated:
        answer = self._notebook.ask(question)
        name = answer.casefold().replace(" ", "-")
        if name in self.scheme.words:
            word = question.value if question.kind == Kind.RATING_UNCLEAR else ""
            return Rated(name, word)
        if answer:
            self._notebook.refuse(question, answer)
        return Rated(left=question.value)


def _begins_with(text: str, word: str) -> bool:
    return text.casefold().split()[:1] == [word]


def _is_rag(one: Cell) -> bool:
    return one.column.field == "rag"


def _in_brag(fill: str) -> RatingReading:
    """Return what a colour means where blue is complete, so that green is on track."""
    return RatingReading(_BLUE, is_doubtful=True) if is_blue(fill) else read_fill(fill)
