"""Ratings by word and by colour."""

from __future__ import annotations

import pytest

from kimplan.intake.ratings import RatingReading, contradicts, read_fill, read_rating


@pytest.mark.parametrize(
    ("text", "rating"),
    [
        ("GREEN", "green"),
        ("g", "green"),
        ("Complete", "green"),
        ("Green – complete", "green"),
        ("Amber", "amber"),
        ("R", "red"),
        ("N/A", "not-applicable"),
        ("Not Applicable", "not-applicable"),
    ],
)
def test_a_word_of_one_meaning(text: str, rating: str) -> None:
    assert read_rating(text) == RatingReading(rating)


def test_a_word_of_the_usual_meaning_is_shown() -> None:
    assert read_rating("In progress") == RatingReading("amber", is_doubtful=True)
    assert read_rating("Not started") == RatingReading("red", is_doubtful=True)


@pytest.mark.parametrize(
    ("text", "offers"),
    [
        ("Amber/Red", ("amber", "red")),
        ("not green", ("green",)),
        ("On track", ()),
        ("Overdue", ()),
        ("Ongoing", ()),
    ],
)
def test_other_words_are_asked(text: str, offers: tuple[str, ...]) -> None:
    assert read_rating(text) == RatingReading(offers=offers)


@pytest.mark.parametrize(
    ("fill", "rating"),
    [
        ("00B050", "green"),
        ("92D050", "green"),
        ("C6EFCE", "green"),
        ("FFC000", "amber"),
        ("FF0000", "red"),
        ("C00000", "red"),
        ("FFC7CE", "red"),
        ("FFFF00", ""),
        ("ED7D31", ""),
        ("00B0F0", ""),
        ("D9D9D9", ""),
        ("FFFFFF", ""),
        ("000000", ""),
        ("", ""),
        ("zzz", ""),
    ],
)
def test_a_colour(fill: str, rating: str) -> None:
    assert read_fill(fill).rating == rating


def test_a_word_on_another_ratings_colour_is_a_contradiction() -> None:
    assert contradicts("green", read_fill("FFC000"))
    assert not contradicts("green", read_fill("00B050"))
    assert not contradicts("green", read_fill("D9D9D9"))


@pytest.mark.parametrize(
    ("text", "rating"), [("🔴", "red"), ("🟠", "amber"), ("🟧", "amber"), ("🟢", "green")]
)
def test_a_picture_of_a_colour(text: str, rating: str) -> None:
    assert read_rating(text) == RatingReading(rating)


@pytest.mark.parametrize("text", ["#N/A", "#n/a ", "#DIV/0!", "#REF!", "######", "🟡"])
def test_an_error_and_a_yellow_picture_are_no_rating(text: str) -> None:
    assert read_rating(text) == RatingReading()
