from __future__ import annotations

from datetime import date

import pytest
from conftest import make_item, make_plan
from pydantic import ValidationError

from kimplan.model.column_field import ColumnField
from kimplan.model.due import parse_due
from kimplan.model.plan import Settings
from kimplan.model.rating import Rating, Scheme
from kimplan.model.recommendation import (
    Action,
    Evidence,
    ProgressNote,
    Recommendation,
    Revision,
    Verification,
)

EVERYTHING = {
    "ref": "REC6",
    "section": "governance",
    "title": "Review the guidance.",
    "detail": "In detail.",
    "response": "It is being reviewed.",
    "rag": "amber",
    "due": "2024-07",
    "owners": ["Company Secretary", "Data Manager"],
    "completed": "2024-07-19",
    "evidence": [{"title": "Guidance", "link": "https://example.org", "expires": "2026-07"}],
    "verified": {"by": "Company Secretary", "on": "2024-08-02"},
    "progress": [{"on": "2024-05-02", "by": "Data Manager", "note": "The form is live."}],
    "revisions": [
        {"from": "2024-03", "to": "2024-05", "reason": "A.", "on": "2024-03-20"},
        {
            "from": "2024-05",
            "to": "2024-07",
            "reason": "B.",
            "agreed_by": "Board",
            "on": "2024-05-20",
        },
    ],
    "actions": [
        {"title": "Publish", "owner": "Data Manager", "due": "2024-06", "done": "2024-06-11"}
    ],
}


def test_every_field_arrives_as_its_type() -> None:
    item = Recommendation.model_validate(EVERYTHING)
    assert item == Recommendation.model_construct(
        ref="REC6",
        section="governance",
        title="Review the guidance.",
        detail="In detail.",
        response="It is being reviewed.",
        rag=Rating.AMBER,
        due=parse_due("2024-07"),
        owners=["Company Secretary", "Data Manager"],
        completed=date(2024, 7, 19),
        evidence=[
            Evidence.model_construct(
                title="Guidance", link="https://example.org", expires=parse_due("2026-07")
            )
        ],
        verified=Verification.model_construct(by="Company Secretary", on=date(2024, 8, 2)),
        progress=[
            ProgressNote.model_construct(
                on=date(2024, 5, 2), by="Data Manager", note="The form is live."
            )
        ],
        revisions=[
            Revision.model_construct(
                from_=parse_due("2024-03"),
                to=parse_due("2024-05"),
                reason="A.",
                agreed_by=None,
                on=date(2024, 3, 20),
            ),
            Revision.model_construct(
                from_=parse_due("2024-05"),
                to=parse_due("2024-07"),
                reason="B.",
                agreed_by="Board",
                on=date(2024, 5, 20),
            ),
        ],
        actions=[
            Action.model_construct(
                title="Publish",
                owner="Data Manager",
                due=parse_due("2024-06"),
                done=date(2024, 6, 11),
            )
        ],
    )


def test_what_is_left_out_is_absent_or_empty() -> None:
    item = make_item()
    assert (item.detail, item.completed, item.verified) == (None, None, None)
    assert (item.evidence, item.progress, item.revisions, item.actions) == ([], [], [], [])


def test_the_first_agreed_date_is_that_of_the_first_revision() -> None:
    assert Recommendation.model_validate(EVERYTHING).first_agreed == parse_due("2024-03")


def test_the_first_agreed_date_is_the_due_date_when_nothing_moved() -> None:
    assert make_item(due="2024-07").first_agreed == parse_due("2024-07")
    assert make_item(rag="green", due=None).first_agreed is None


def test_a_recommendation_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        make_item().title = "Another"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("rating", "is_open", "is_complete"),
    [
        (Rating.BLUE, False, True),
        (Rating.GREEN, False, True),
        (Rating.ON_TRACK, True, False),
        (Rating.AMBER, True, False),
        (Rating.RED, True, False),
        (Rating.NOT_APPLICABLE, False, False),
    ],
)
def test_a_rating_says_whether_it_is_open(rating: Rating, is_open: bool, is_complete: bool) -> None:
    assert (rating.is_open, rating.is_complete) == (is_open, is_complete)


def test_ratings_stand_in_the_order_of_the_report() -> None:
    assert Scheme.RAG.words == ["green", "amber", "red", "not-applicable"]
    assert Scheme.BRAG.words == ["blue", "green", "amber", "red", "not-applicable"]


def test_settings_that_are_left_out_are_those_of_the_design() -> None:
    settings = make_plan({}).settings
    assert (settings.audience, settings.timezone, settings.due_soon_days) == (
        "Board",
        "Europe/London",
        90,
    )
    assert [(column.field, column.label, column.width) for column in settings.columns] == [
        (ColumnField.REF, "Ref", None),
        (ColumnField.RECOMMENDATION, "Recommendation", None),
        (ColumnField.RESPONSE, "Response", None),
        (ColumnField.RAG, "RAG rating", None),
        (ColumnField.DUE, "Estimated completion date", None),
        (ColumnField.OWNERS, "Owner", None),
    ]
    ratings = settings.ratings
    assert [
        (ratings[rating].label, ratings.date_text(rating)) for rating in Scheme.RAG.ratings
    ] == [
        ("GREEN", "Compliant"),
        ("AMBER", None),
        ("RED", None),
        ("Not Applicable", None),
    ]
    assert (settings.report.layout, settings.report.font_size) == ("table", None)
    assert settings.report.latest_progress is False


def test_one_rating_of_the_settings_can_be_changed_alone() -> None:
    green = {"label": "DONE", "meaning": "Finished", "date": "Done"}
    settings = make_plan({}, ratings={"green": green}).settings
    assert settings.ratings[Rating.GREEN].label == "DONE"
    assert settings.ratings[Rating.AMBER].label == "AMBER"


def test_two_settings_share_no_default_lists() -> None:
    first, second = (
        Settings.model_validate(
            {"title": "T", "organisation": "O", "sections": [{"id": "a", "title": "A"}]}
        )
        for _ in range(2)
    )
    assert first.columns == second.columns
    assert first.columns is not second.columns
