"""The cell that holds a rating: its word counts, and its colour is only held against it."""

from __future__ import annotations

from collections.abc import Mapping

from kimplan.intake.ratings import is_blue, read_fill
from kimplan.intake.ratings import read_rating as read_words
from kimplan.merge.finding import Kind
from kimplan.merge.sameness import fold, fold_name
from kimplan.merge.seen import Place
from kimplan.model.plan import Settings
from kimplan.model.rating import Rating, Scheme
from kimplan.report.cells import DIRECTIONS
from kimplan.sheet import SheetCell


def rating_words(cell: SheetCell, settings: Settings) -> str:
    """Return the words of a rating's cell, without the direction below it."""
    arrows = {fold_name(settings.language.say(words)) for words in DIRECTIONS.values()}
    lines = (fold(line) for line in cell.text.split("\n"))
    return " ".join(line for line in lines if line and line.casefold() not in arrows)


def parse_rating(cell: SheetCell, settings: Settings) -> Rating | None:
    """Return the rating that the words of a cell name, None where they name none."""
    words = rating_words(cell, settings)
    scheme = settings.ratings.scheme
    labels = {fold_name(settings.ratings[rating].label): rating for rating in scheme.ratings}
    return labels.get(fold_name(words)) or _by_words(words, scheme)


def _by_words(words: str, scheme: Scheme) -> Rating | None:
    """Return the rating that words usually stand for; with blue, only what names one colour.

    There, "complete" is no longer green, and green is no longer complete.
    """
    found = read_words(words).rating
    is_named = fold_name(words) in scheme.words or found == Rating.NOT_APPLICABLE
    return scheme.read(found) if scheme is Scheme.RAG or is_named else None


def colour_of(cell: SheetCell, fills: Mapping[str, Rating], scheme: Scheme) -> Rating | None:
    """Return the rating whose colour a cell has, as the report or as others colour it."""
    fill = cell.fill.upper()
    if scheme is Scheme.BRAG and is_blue(fill):
        return Rating.BLUE
    return fills.get(fill) or scheme.read(read_fill(fill).rating)


def read_rating(place: Place) -> None:
    """Take a rating whose word was changed; say where its colour is another rating's."""
    settings = place.base.settings
    words = rating_words(place.cell, settings)
    found = parse_rating(place.cell, settings)
    if found is None:
        known = (settings.ratings[rating].label for rating in settings.ratings.scheme.ratings)
        labels = ", ".join(known)
        text = f"{place.label} says “{words[:60]}”" if words else f"{place.label} is empty"
        colour = colour_of(place.cell, place.base.fills, settings.ratings.scheme)
        if colour is not None:
            text += f" in the colour of {settings.ratings[colour].label}"
        place.find(Kind.NEEDS, "rag", text, f"Write one of the ratings: {labels}.", "", words)
        return
    place.edit(place.item.rag, found)
    colour = colour_of(place.cell, place.base.fills, settings.ratings.scheme)
    if colour is not None and colour is not found:
        names = settings.ratings[found].label, settings.ratings[colour].label
        text = f"{place.label} says {names[0]} in the colour of {names[1]}; the word counts"
        place.find(Kind.TOLD, "colour", text, value=str(colour))
