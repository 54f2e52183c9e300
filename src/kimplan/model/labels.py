"""How the ratings of a plan are called: their scheme, their labels and what they mean."""

from collections.abc import Callable
from typing import Annotated, Any

from pydantic import Field, ValidationInfo
from pydantic_core import PydanticCustomError

from kimplan.model.core import FromOthers
from kimplan.model.fields import AWord, OneLine, PlanModel, ReadLast
from kimplan.model.language import ENGLISH, Language
from kimplan.model.rating import Rating, Scheme


class OpenRatingLabel(PlanModel, title="Rating"):
    """How an open rating is shown."""

    label: OneLine = Field(description="The word that is printed for the rating.")
    meaning: OneLine = Field(description="What the rating means.")


class RatingLabel(OpenRatingLabel):
    """How a closed rating is shown."""

    date: OneLine | None = Field(
        None, description="What the date column prints for the rating in place of a date."
    )


_WORDS = {
    Rating.GREEN: ("GREEN", "Complete: the landlord complies", "Compliant"),
    Rating.BLUE: ("BLUE", "Complete: the landlord complies", "Compliant"),
    Rating.ON_TRACK: ("GREEN", "On track: work will be complete by its date"),
    Rating.AMBER: ("AMBER", "In progress: work is planned or under way"),
    Rating.RED: ("RED", "Not started, or in serious difficulty"),
    Rating.NOT_APPLICABLE: ("Not Applicable", "Does not apply at present"),
}


def _usual(rating: Rating, language: Language = ENGLISH) -> Any:
    """Return how a rating is shown in a plan that says nothing of it.

    The words are ours, so nothing is validated.
    """
    label, meaning, *date = _WORDS[rating]
    name = rating.value
    label = language.word("labels", name, label)
    meaning = language.word("meanings", name, meaning)
    if rating.is_open and rating is not Rating.ON_TRACK:  # green has one kind of label
        return OpenRatingLabel.model_construct(label=label, meaning=meaning)
    told = language.word("dates", name, date[0]) if date else None
    return RatingLabel.model_construct(label=label, meaning=meaning, date=told)


def _usual_of(rating: Rating) -> Callable[[], Any]:
    return lambda: _usual(rating)


def _usual_green(known: dict[str, Any]) -> RatingLabel:
    label: RatingLabel = _usual(known.get("scheme", Scheme.RAG).read("green"))
    return label


def _only_in_brag(label: RatingLabel, info: ValidationInfo) -> RatingLabel:
    if info.data.get("scheme") is Scheme.RAG:
        raise PydanticCustomError("no_blue", "the scheme has no blue")
    return label


def _open_in_brag(label: RatingLabel, info: ValidationInfo) -> RatingLabel:
    if info.data.get("scheme") is Scheme.BRAG and label.date is not None:
        raise PydanticCustomError("dated_green", "what is open prints its own date")
    return label


class RatingLabels(PlanModel, title="Ratings"):
    """The scheme of the ratings, and the labels of all of them.

    In a plan whose green is on track, it has a label without what is printed in place of a date.
    """

    scheme: Annotated[Scheme, AWord] = Field(
        Scheme.RAG, description="Which ratings there are, and whether green is complete."
    )
    blue: Annotated[RatingLabel, ReadLast(_only_in_brag)] = Field(
        default_factory=_usual_of(Rating.BLUE),
        description="How blue is shown, which only the scheme brag has.",
    )
    green: Annotated[RatingLabel, ReadLast(_open_in_brag)] = Field(
        default_factory=FromOthers(_usual_green), description="How green is shown."
    )
    amber: OpenRatingLabel = Field(
        default_factory=_usual_of(Rating.AMBER), description="How amber is shown."
    )
    red: OpenRatingLabel = Field(
        default_factory=_usual_of(Rating.RED), description="How red is shown."
    )
    not_applicable: RatingLabel = Field(
        alias="not-applicable",
        default_factory=_usual_of(Rating.NOT_APPLICABLE),
        description="How not-applicable is shown.",
    )

    def __getitem__(self, rating: Rating) -> OpenRatingLabel:
        """Return the label of `rating`."""
        label: OpenRatingLabel = getattr(self, rating.word.replace("-", "_"))
        return label

    def in_language(self, language: Language) -> "RatingLabels":
        """Return the labels with the words of `language` for those that nobody has set."""
        usual = {
            rating.word.replace("-", "_"): _usual(rating, language)
            for rating in (Rating.BLUE, *self.scheme.ratings)
        }
        unset = usual.keys() - self.model_fields_set
        return self.model_copy(update={name: usual[name] for name in unset})

    def date_text(self, rating: Rating) -> str | None:
        """Return what the date column prints for a rating in place of a date."""
        label = self[rating]
        return label.date if isinstance(label, RatingLabel) else None
