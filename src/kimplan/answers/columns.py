"""What several answers show alike: columns of dates and of ratings, with their tones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from kimplan.answers.answer import Column, Line, Tone
from kimplan.answers.naming import later_facts_sentence, one_line
from kimplan.model.labels import RatingLabels
from kimplan.model.rating import Rating
from kimplan.model.recommendation import Recommendation

_SNUG_RATING = len("Applicable")
_SNUG_DATE = len("December 2023 –")  # an interval then stands on two lines
TONES = {
    Rating.GREEN: Tone.GREEN,
    Rating.BLUE: Tone.BLUE,
    Rating.ON_TRACK: Tone.GREEN,
    Rating.AMBER: Tone.AMBER,
    Rating.RED: Tone.RED,
    Rating.NOT_APPLICABLE: Tone.QUIET,
}


def date_column(title: str) -> Column:
    """Return a column of dates as they were promised."""
    return Column(title, snug=_SNUG_DATE)


def rating_column(tones: Mapping[str, Tone]) -> Column:
    """Return the column of the ratings, whose cells have the colours of their ratings."""
    return Column("RAG", snug=_SNUG_RATING, tones=tones)


def rating_tones(labels: RatingLabels) -> dict[str, Tone]:
    """Return the colours of the ratings by their labels."""
    return {one_line(labels[rating].label): TONES[rating] for rating in labels.scheme.ratings}


def later_facts_line(items: Iterable[Recommendation], as_of: date) -> list[Line]:
    """Return the sentence of `later_facts_sentence` as a line, if there is one."""
    sentence = later_facts_sentence(items, as_of)
    if not sentence:
        return []
    hint = f"--at {as_of.isoformat()} reads the plan as it stood."
    return [Line(f"{sentence} {hint}", Tone.QUIET)]
