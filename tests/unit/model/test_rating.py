"""The schemes of ratings: which word stands for which rating, and what each is called."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from kimplan.model.labels import RatingLabels
from kimplan.model.language import parse_language
from kimplan.model.rating import Rating, Scheme, scheme_of


@pytest.mark.parametrize(
    ("scheme", "word", "rating"),
    [
        (Scheme.RAG, "green", Rating.GREEN),
        (Scheme.BRAG, "green", Rating.ON_TRACK),
        (Scheme.BRAG, "blue", Rating.BLUE),
        (Scheme.RAG, "blue", None),
        (Scheme.BRAG, "amber", Rating.AMBER),
        (Scheme.RAG, "on-track", None),
        (Scheme.BRAG, "on-track", None),
        (Scheme.BRAG, None, None),
        (Scheme.BRAG, ["green"], None),
    ],
)
def test_a_word_is_read_by_the_scheme(scheme: Scheme, word: object, rating: Rating | None) -> None:
    assert scheme.read(word) is rating


def test_a_scheme_reads_a_rating_as_its_own_name() -> None:
    assert Scheme.RAG.read(Rating.GREEN) is Rating.GREEN
    assert Scheme.BRAG.read(Rating.BLUE) is Rating.BLUE
    assert Scheme.BRAG.read(Rating.ON_TRACK) is None
    assert Scheme.RAG.read(["green"]) is None


def test_a_rating_is_said_as_the_files_say_it() -> None:
    assert [str(one) for one in Scheme.BRAG.ratings] == Scheme.BRAG.words
    assert f"{Rating.ON_TRACK} {Rating.ON_TRACK:>6}" == "green  green"


def test_a_scheme_says_what_is_open_and_what_is_complete() -> None:
    assert Scheme.RAG.open == (Rating.AMBER, Rating.RED)
    assert Scheme.BRAG.open == (Rating.ON_TRACK, Rating.AMBER, Rating.RED)
    assert (Scheme.RAG.complete, Scheme.BRAG.complete) == (Rating.GREEN, Rating.BLUE)


@pytest.mark.parametrize("scheme", Scheme)
def test_the_nearest_rating_of_another_scheme_is_as_open(scheme: Scheme) -> None:
    for rating in Rating:
        nearest = scheme.nearest(rating)
        assert nearest in scheme.ratings
        assert (nearest.is_open, nearest.is_complete) == (rating.is_open, rating.is_complete)


@pytest.mark.parametrize(
    ("settings", "scheme"),
    [
        ({"ratings": {"scheme": "brag"}}, Scheme.BRAG),
        ({"ratings": {"scheme": "brag"}, "titel": "x"}, Scheme.BRAG),
        ({"ratings": {"scheme": "rag"}}, Scheme.RAG),
        ({"ratings": {"scheme": "BRAG"}}, Scheme.RAG),
        ({"ratings": {"scheme": ["brag"]}}, Scheme.RAG),
        ({"ratings": "brag"}, Scheme.RAG),
        ({}, Scheme.RAG),
        (None, Scheme.RAG),
    ],
)
def test_the_scheme_of_settings_is_known_whatever_else_is_wrong(
    settings: object, scheme: Scheme
) -> None:
    assert scheme_of(settings) is scheme


class TestLabels:
    def shown(self, labels: RatingLabels) -> list[tuple[str, str | None]]:
        return [(labels[one].label, labels.date_text(one)) for one in labels.scheme.ratings]

    def test_those_of_brag(self) -> None:
        labels = RatingLabels.model_validate({"scheme": "brag"})
        assert self.shown(labels) == [
            ("BLUE", "Compliant"),
            ("GREEN", None),
            ("AMBER", None),
            ("RED", None),
            ("Not Applicable", None),
        ]
        assert labels[Rating.ON_TRACK].meaning == "On track: work will be complete by its date"

    def test_those_of_brag_in_welsh(self) -> None:
        given = {"scheme": "brag", "amber": {"label": "HWYR", "meaning": "Hwyr"}}
        labels = RatingLabels.model_validate(given).in_language(parse_language("cy"))
        assert self.shown(labels) == [
            ("GLAS", "Yn cydymffurfio"),
            ("GWYRDD", None),
            ("HWYR", None),
            ("COCH", None),
            ("Amherthnasol", None),
        ]

    @pytest.mark.parametrize(
        ("given", "kind"),
        [
            ({"blue": {"label": "B", "meaning": "M"}}, "no_blue"),
            (
                {"scheme": "brag", "green": {"label": "G", "meaning": "M", "date": "D"}},
                "dated_green",
            ),
        ],
    )
    def test_labels_of_the_other_scheme_are_refused(self, given: dict[str, Any], kind: str) -> None:
        with pytest.raises(ValidationError) as raised:
            RatingLabels.model_validate(given)
        assert kind in {error["type"] for error in raised.value.errors()}
