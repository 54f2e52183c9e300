"""The ratings, what each asks of a recommendation, and the schemes that landlords rate by.

A recommendation knows by its rating alone whether it is open. The same word may mean two things:
green is complete in the one scheme, and on track in the other. So there is a rating for each
meaning, and the scheme of the plan says which of them a word stands for.
"""

from __future__ import annotations

from kimplan.model.choice import Choice


class Rating(Choice):
    """How far a recommendation has come; as text it is the word that the files say."""

    BLUE = "blue", "Complete, where the scheme is brag: the landlord complies."
    GREEN = "green", "Complete: the landlord complies."
    ON_TRACK = "on-track", "On track, where the scheme is brag: work will be complete by its date."
    AMBER = "amber", "In progress: work is planned or under way."
    RED = "red", "Not started, or in serious difficulty."
    NOT_APPLICABLE = "not-applicable", "Does not apply at present; the response says why."

    def __init__(self, word: str, meaning: str = "") -> None:
        self._word = "green" if word == "on-track" else word
        self._is_complete = word in {"blue", "green"}
        self._is_open = word in {"on-track", "amber", "red"}

    @property
    def word(self) -> str:
        """What the files say: ``green`` for what is on track, and else its own name."""
        return self._word

    @property
    def short(self) -> str:
        """Its meaning in two or three words."""
        return _SHORT[self]

    @property
    def is_complete(self) -> bool:
        """Whether the work is done: evidence is asked for, and it may be verified."""
        return self._is_complete

    @property
    def is_open(self) -> bool:
        """Whether work is still promised, which has a due date and owners."""
        return self._is_open

    def __str__(self) -> str:
        return self.word

    def __format__(self, form: str) -> str:
        return format(self.word, form)


_SHORT = {
    Rating.BLUE: "complete",
    Rating.GREEN: "complete",
    Rating.ON_TRACK: "on track",
    Rating.AMBER: "in progress",
    Rating.RED: "not started or stuck",
    Rating.NOT_APPLICABLE: "does not apply",
}


class Scheme(Choice):
    """The ratings that a plan uses."""

    RAG = "rag", "Red, amber, and green for what is complete."
    BRAG = "brag", "Red, amber, green for what is on track, and blue for what is complete."

    @property
    def ratings(self) -> tuple[Rating, ...]:
        """Its ratings, in the order of the report."""
        return _RATINGS[self]

    @property
    def words(self) -> list[str]:
        """The words of its ratings as the files say them, in the order of the report."""
        return [rating.word for rating in self.ratings]

    @property
    def complete(self) -> Rating:
        """Its rating for what is complete."""
        return next(rating for rating in self.ratings if rating.is_complete)

    @property
    def open(self) -> tuple[Rating, ...]:
        """Its ratings for what is still promised, in the order of the report."""
        return tuple(rating for rating in self.ratings if rating.is_open)

    def nearest(self, rating: Rating) -> Rating:
        """Return its rating for what another scheme rated so: on track is amber without blue."""
        if rating in self.ratings:
            return rating
        return self.complete if rating.is_complete else Rating.AMBER

    def read(self, word: object) -> Rating | None:
        """Return the rating that `word` stands for in a file, None where it is none of them."""
        # A rating is a str, but its hash is not that of its word.
        return _READ[self].get(str.__str__(word)) if isinstance(word, str) else None


_LONGEST = 40
# A question, a number, a shade (amber+), a footnote: whoever typed it says more than a rating.
_DOUBT = frozenset("?\uff1f\xbf%+*~^<>=")
_NOT_APPLICABLE = frozenset({"n-a", "na", "notapplicable", "not-applicable"})
_SHARED = (Rating.AMBER, Rating.RED, Rating.NOT_APPLICABLE)
_RATINGS = {
    Scheme.RAG: (Rating.GREEN, *_SHARED),
    Scheme.BRAG: (Rating.BLUE, Rating.ON_TRACK, *_SHARED),
}
_READ = {scheme: {one.word: one for one in ratings} for scheme, ratings in _RATINGS.items()}


def scheme_of(settings: object) -> Scheme:
    """Return the scheme that the values of a ``plan.yaml`` name, whatever else is wrong with it.

    It is that of red, amber and green where they name none.
    """
    ratings = settings.get("ratings") if isinstance(settings, dict) else None
    named = ratings.get("scheme") if isinstance(ratings, dict) else None
    known = (scheme for scheme in Scheme if isinstance(named, str) and scheme == named.strip())
    return next(known, Scheme.RAG)


def is_unsure(text: str) -> bool:
    """Return whether `text` says that a rating is in doubt, or more than a rating: ``green?``."""
    is_shade = text.rstrip()[-1:] in {"-", "\u2013", "\u2014"}
    return is_shade or not _DOUBT.isdisjoint(text) or any(map(str.isdigit, text))


def suggest_rating(text: str) -> str | None:
    """Return the word of a rating that `text` writes otherwise: ``not-applicable`` for ``N/A``.

    None if it is none of the words of any scheme, or is written as it should be. What a word means
    is not guessed.
    """
    if len(text) > _LONGEST or is_unsure(text):
        return None
    words = "-".join("".join(c if c.isalpha() else " " for c in text.casefold()).split())
    word = "not-applicable" if words in _NOT_APPLICABLE else words
    is_known = any(scheme.read(word) for scheme in Scheme)
    return word if is_known and word != text else None
