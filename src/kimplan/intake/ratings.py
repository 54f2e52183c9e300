"""Ratings as landlords write them: by a word of many, or by the colour of a cell alone."""

from __future__ import annotations

import colorsys
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from kimplan.intake.cell_errors import is_error
from kimplan.model.rating import Rating, Scheme

_GREEN = r"(?:fully )?(?:green|g|complete|completed|compliant|done|closed|achieved|implemented|met)"
_WORDS = {
    Rating.GREEN: _GREEN,
    Rating.AMBER: r"amber|a",
    Rating.RED: r"red|r",
    Rating.NOT_APPLICABLE: r"(?:currently )?n ?/? ?a|not applicable|not currently applicable"
    r"|does not apply|not relevant",
}
# What means a rating to most, and is to be shown: it is none of the colours.
_USUALLY = {
    Rating.AMBER: r"in progress|work in progress|under ?way|partially? (?:complete|completed"
    r"|compliant|met|achieved)|part complete|partial|started",
    Rating.RED: r"not (?:yet )?(?:started|compliant|met)|non compliant",
}
_COLOURS = {"green": Rating.GREEN, "amber": Rating.AMBER, "red": Rating.RED}
_COLOUR = re.compile(r"\b(green|amber|red|blue|yellow|orange)\b")
_BLUE = "blue"
# There is no picture of amber, and orange is what stands for it; yellow is asked, as its word is.
_PICTURES = {"🔴": "red", "🟥": "red", "🟢": "green", "🟩": "green", "🔵": _BLUE, "🟦": _BLUE}
_PICTURES |= {"🟠": "amber", "🟧": "amber", "🟡": "yellow", "🟨": "yellow"}


class RatingReading(NamedTuple):
    """What a word or a colour means: a rating, or what it may mean; doubtful ones are shown."""

    rating: str = ""
    offers: tuple[str, ...] = ()
    is_doubtful: bool = False


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^0-9a-z/]+", " ", text.casefold()).split())


def _spelt_out(text: str) -> str:
    """Return the colour's name for a picture of a colour that stands alone."""
    return _PICTURES.get(text.strip().rstrip("\ufe0f"), text)


def _beside_a_picture(text: str) -> RatingReading | None:
    """Return what stands beside the picture of a colour; both are offered where they differ."""
    pictures = [one for one in text if one in _PICTURES]
    rest = "".join(one for one in text if one not in _PICTURES)
    if not pictures or not _plain(rest):
        return None
    said = (read_rating(rest), *map(read_rating, pictures))
    offers = tuple(dict.fromkeys(one.rating for one in said if one.rating))
    if len(offers) == 1 and all(one.rating for one in said):
        return said[0]
    return RatingReading(offers=offers)


@lru_cache(maxsize=1024)
def read_rating(text: str) -> RatingReading:
    """Return what the words of a rating's cell mean."""
    if is_error(text):
        return RatingReading()
    if "?" in text:
        asked = read_rating(text.replace("?", " "))
        return RatingReading(offers=(asked.rating,) if asked.rating else asked.offers)
    words = _plain(_spelt_out(text))
    if pictured := _beside_a_picture(text):
        return pictured
    if words == _BLUE:
        return RatingReading(offers=(_BLUE, "green"))
    return _by_pattern(words) or _by_colours(words)


def _by_pattern(words: str) -> RatingReading | None:
    """Return the rating that is usually called so, None where nothing is."""
    for patterns in (_WORDS, _USUALLY):
        for rating, pattern in patterns.items():
            if re.fullmatch(pattern, words):
                return RatingReading(str(rating), is_doubtful=patterns is _USUALLY)
    return None


def _by_colours(words: str) -> RatingReading:
    """Return what the colours mean that words name, beside others that say the same."""
    colours = dict.fromkeys(_COLOUR.findall(words))
    offers = tuple(str(_COLOURS[colour]) for colour in colours if colour in _COLOURS)
    rest = _plain(_COLOUR.sub(" ", words)).strip("/ ")
    if len(colours) == len(offers) == 1 and _says_the_same(rest, offers[0]):
        return RatingReading(offers[0])
    return RatingReading(offers=offers)


def _says_the_same(rest: str, rating: str) -> bool:
    """Return whether what stands beside a colour's name says the colour again: its meaning."""
    reading = read_rating(rest) if rest else RatingReading(rating)
    return reading.rating == rating or rest in {"rated", "rag"}


def is_brag(texts: Iterable[str]) -> bool:
    """Return whether a column's words are those of a scheme in which green is still open."""
    words = {_plain(text) for text in texts if len(text) < 40}
    return _BLUE in words or any(word.startswith(f"{_BLUE} ") for word in words)


def is_blue(fill: str) -> bool:
    """Return whether a cell's colour (``RRGGBB``) is a strong blue, which no other scheme has."""
    hue, lightness, saturation = _seen(fill)
    return 190 <= hue <= 255 and 0.12 < lightness < 0.75 and saturation >= 0.3


def _seen(fill: str) -> tuple[float, float, float]:
    """Return a colour's hue in degrees, its lightness and its saturation; zeros for none."""
    if not re.fullmatch("[0-9A-F]{6}", fill):
        return 0, 0, 0
    red, green, blue = (int(fill[at : at + 2], 16) / 255 for at in (0, 2, 4))
    hue, lightness, saturation = colorsys.rgb_to_hls(red, green, blue)
    return hue * 360, lightness, saturation


@lru_cache(maxsize=1024)
def read_fill(fill: str) -> RatingReading:
    """Return what a cell's colour (``RRGGBB``) means; all are doubtful, for the source has no word.

    A colour between two ratings is read as neither; white, grey and black are none.
    """
    degrees, lightness, saturation = _seen(fill)
    if saturation < 0.3 or not 0.12 < lightness < 0.93:
        return RatingReading()
    if 75 <= degrees <= 165:
        return RatingReading(str(Rating.GREEN), is_doubtful=True)
    if 32 <= degrees <= 50:
        return RatingReading(str(Rating.AMBER), is_doubtful=True)
    if degrees <= 12 or degrees >= 345:
        return RatingReading(str(Rating.RED), is_doubtful=True)
    return RatingReading(offers=_between(degrees))


def _between(degrees: float) -> tuple[str, ...]:
    if 12 < degrees < 32:
        return str(Rating.AMBER), str(Rating.RED)
    if 50 < degrees < 75:
        return str(Rating.AMBER), str(Rating.GREEN)
    return tuple(Scheme.RAG.words)


def contradicts(rating: str, colour: RatingReading) -> bool:
    """Return whether a cell's colour surely is that of another rating than its word."""
    return bool(colour.rating) and colour.rating != rating
