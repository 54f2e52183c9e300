"""Ratings written in other words: what is meant, or nothing."""

from __future__ import annotations

import pytest

from kimplan.model.rating import suggest_rating


@pytest.mark.parametrize(
    ("text", "word"),
    [
        *(("Amber", "amber"), ("AMBER", "amber"), (" green ", "green"), ("Red.", "red")),
        *(
            ("Not Applicable", "not-applicable"),
            ("N/A", "not-applicable"),
            ("n.a.", "not-applicable"),
        ),
        *(("not_applicable", "not-applicable"), ("\U0001f7e2 Green", "green"), ("Blue", "blue")),
    ],
)
def test_a_rating_in_another_spelling_is_found(text: str, word: str) -> None:
    assert suggest_rating(text) == word


@pytest.mark.parametrize(
    "text",
    [
        *("amber", "grey", "amber/green", "gren", "R", "G", "Complete", "on track", ""),
        *("not green", "green" * 20),
    ],
)
def test_no_rating_is_guessed(text: str) -> None:
    assert suggest_rating(text) is None
