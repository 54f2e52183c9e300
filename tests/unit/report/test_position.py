"""The position in words is true and good English for any counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

import pytest
from conftest import settings_fields

from kimplan.model.labels import RatingLabels
from kimplan.model.plan import Settings
from kimplan.model.rating import Rating
from kimplan.plural import count
from kimplan.report.position import describe_position, rating_name
from kimplan.summary import Summary


class Counts(NamedTuple):
    """How many there are of each rating, and how many of the open ones are late."""

    green: int = 0
    amber: int = 0
    red: int = 0
    inapplicable: int = 0
    late_amber: int = 0
    late_red: int = 0


def describe(counts: Counts) -> str:
    green, amber, red, inapplicable, late_amber, late_red = counts
    by_rating = dict.fromkeys(Rating, 0) | {
        Rating.GREEN: green,
        Rating.AMBER: amber,
        Rating.RED: red,
        Rating.NOT_APPLICABLE: inapplicable,
    }
    late = dict.fromkeys(Rating, 0) | {Rating.AMBER: late_amber, Rating.RED: late_red}
    return describe_position(Summary(by_rating, late), Settings.model_validate(settings_fields()))


@pytest.mark.parametrize(
    ("counts", "sentences"),
    [
        (
            Counts(green=8, amber=10, inapplicable=3, late_amber=6),
            "8 of 21 recommendations are complete (Green) and 10 are in progress (Amber). "
            "6 of the 10 Amber items are past the estimated completion date. None is Red. "
            "3 do not apply to Example Homes at present.",
        ),
        (Counts(green=21), "All 21 recommendations are complete (Green). None is Red."),
        (
            Counts(green=1, amber=20),
            "1 of 21 recommendations is complete (Green) and 20 are in progress (Amber). "
            "No Amber item is past its estimated completion date. None is Red.",
        ),
        (
            Counts(green=20, amber=1),
            "20 of 21 recommendations are complete (Green) and 1 is in progress (Amber). "
            "No Amber item is past its estimated completion date. None is Red.",
        ),
        (
            Counts(green=20, amber=1, late_amber=1),
            "20 of 21 recommendations are complete (Green) and 1 is in progress (Amber). "
            "The one Amber item is past its estimated completion date. None is Red.",
        ),
        (
            Counts(green=1, amber=2, late_amber=1),
            "1 of 3 recommendations is complete (Green) and 2 are in progress (Amber). "
            "1 of the 2 Amber items is past the estimated completion date. None is Red.",
        ),
        (
            Counts(green=20, red=1),
            "20 of 21 recommendations are complete (Green) and none is in progress (Amber). "
            "1 is Red, and not past its estimated completion date.",
        ),
        (
            Counts(green=20, red=1, late_red=1),
            "20 of 21 recommendations are complete (Green) and none is in progress (Amber). "
            "1 is Red and past its estimated completion date.",
        ),
        (
            Counts(red=21),
            "None of the 21 recommendations is complete (Green) and none is in progress (Amber). "
            "21 are Red, none of them past the estimated completion date.",
        ),
        (
            Counts(amber=1, red=3, late_red=2),
            "None of the 4 recommendations is complete (Green) and 1 is in progress (Amber). "
            "No Amber item is past its estimated completion date. "
            "3 are Red, 2 of them past the estimated completion date.",
        ),
        (
            Counts(green=20, inapplicable=1),
            "20 of 21 recommendations are complete (Green) and none is in progress (Amber). "
            "None is Red. 1 does not apply to Example Homes at present.",
        ),
    ],
    ids=lambda value: "-".join(map(str, value)) if isinstance(value, Counts) else "",
)
def test_position(counts: Counts, sentences: str) -> None:
    assert describe(counts) == sentences


ALL_COUNTS = [
    Counts(green, amber, red, inapplicable, late_amber, late_red)
    for green, amber, red, inapplicable in product(range(4), repeat=4)
    if green + amber + red + inapplicable > 1
    for late_amber in range(amber + 1)
    for late_red in range(red + 1)
]


def truths(counts: Counts) -> Iterator[str]:
    """Yield a pattern for each sentence that these counts ask for."""
    green, amber, red, inapplicable, late_amber, late_red = counts
    total = green + amber + red + inapplicable
    if green == total:
        yield rf"(All {total}|Both) recommendations are complete \(Green\)"
    else:
        yield (
            rf"{green or 'None'} of (the )?{total} recommendations (is|are) complete \(Green\) "
            rf"and {amber or 'none'} (is|are) in progress \(Amber\)"
        )
    if amber and not late_amber:
        yield "No Amber item is past its estimated completion date"
    elif amber == 1:
        yield "The one Amber item is past its estimated completion date"
    elif amber:
        these = f"{late_amber} of the {amber}"
        if late_amber == amber:
            these = f"({these}|All {amber}|Both)"
        yield f"{these} Amber items (is|are) past the(ir)? estimated completion dates?"
    if not red:
        yield "None is Red"
    elif red == 1:
        yield rf"1 is Red,? and {'' if late_red else 'not '}past its estimated completion date"
    else:
        these = f"{late_red or 'none'}{'|both|all' if late_red == red else ''}"
        yield rf"{red} are Red, ({these}) of them past the estimated completion date"
    if inapplicable:
        yield rf"{inapplicable} (does|do) not apply to Example Homes at present"


def is_true(counts: Counts) -> bool:
    sentences = describe(counts).removesuffix(".").split(". ")
    patterns = list(truths(counts))
    return len(sentences) == len(patterns) and all(map(re.fullmatch, patterns, sentences))


def test_every_number_is_true_and_nothing_else_is_said() -> None:
    wrong = {counts: describe(counts) for counts in ALL_COUNTS if not is_true(counts)}
    assert not wrong


NOT_ENGLISH = {
    "spaces and full stops": r"  |[^.]$|\.\S| [.,]",
    "one … are": r"(?<!\d)1 (?:of (?:the )?\d+ (?:\w+ )?\w+ )?(?:are|do)\b",
    "two … is": r"(?<!\d)[2-9] (?:of (?:the )?\d+ (?:\w+ )?\w+ )?(?:is|does)\b",
    "one recommendations": r"(?<!\d)1 recommendations",
    "two … recommendation": r"(?<!\d)[2-9] recommendation\b",
    "none … are": r"\b[Nn]one (?:of the \d+ \w+ )?are\b",
}


@pytest.mark.parametrize("mistake", NOT_ENGLISH)
def test_every_sentence_is_english(mistake: str) -> None:
    texts = map(describe, ALL_COUNTS)
    wrong = [text for text in texts if re.search(NOT_ENGLISH[mistake], text)]
    assert not wrong


@pytest.mark.parametrize("rating", ["green", "amber", "red", "inapplicable"])
def test_one_recommendation_is_not_counted_out_of_one(rating: str) -> None:
    text = describe(Counts(**{rating: 1}))
    assert not re.search(r"\bof (?:the )?1\b", text), text


@pytest.mark.parametrize("counts", [Counts(amber=2, late_amber=2), Counts(red=2, late_red=2)])
def test_when_all_of_them_are_late_the_text_still_says_how_many(counts: Counts) -> None:
    assert re.search(r"\b(?:2 of|both|all 2)\b", describe(counts), re.IGNORECASE)


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("AMBER", "Amber"),
        ("Not Applicable", "Not Applicable"),
        ("IN PROGRESS", "In progress"),
        ("Amber/Green", "Amber/Green"),
        ("N/A", "N/A"),
    ],
)
def test_rating_name(label: str, name: str) -> None:
    labels = RatingLabels.model_validate({"amber": {"label": label, "meaning": "…"}})
    assert rating_name(labels, Rating.AMBER) == name


def test_the_plans_own_labels_are_used() -> None:
    words = {"green": "DONE", "amber": "Under way", "red": "STUCK"}
    labels = {rating: {"label": label, "meaning": "…"} for rating, label in words.items()}
    settings = Settings.model_validate(settings_fields(ratings=labels))
    counts = {Rating.GREEN: 1, Rating.AMBER: 2, Rating.RED: 0, Rating.NOT_APPLICABLE: 0}
    text = describe_position(Summary(counts, dict.fromkeys(Rating, 0)), settings)
    assert text == (
        "1 of 3 recommendations is complete (Done) and 2 are in progress (Under way). "
        "No Under way item is past its estimated completion date. None is Stuck."
    )


@pytest.mark.parametrize(
    ("number", "text"), [(0, "0 days"), (1, "1 day"), (2, "2 days"), (507, "507 days")]
)
def test_count(number: int, text: str) -> None:
    assert count(number, "day") == text
