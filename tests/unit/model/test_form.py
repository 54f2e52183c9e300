"""What a field says of itself: what it holds, how that is written, and what it is for."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import pytest
from pydantic import Field

from kimplan.model import value_forms
from kimplan.model.due import Due
from kimplan.model.fields import AWord, DueDate, Line, PlanModel, Prose, Ref
from kimplan.model.form import FieldType, Form, description_of, fields_of, type_of
from kimplan.model.labels import RatingLabels
from kimplan.model.plan import LintSettings, Settings
from kimplan.model.rating import Rating
from kimplan.model.recommendation import Recommendation, Revision


class Example(PlanModel):
    ref: Ref = Field(description="A name.")
    lines: list[Line] = Field(default_factory=list, min_length=1)
    due: DueDate | None = Field(None, description="When.", examples=["2024-07", "2024-08"])
    rag: Annotated[Rating, AWord]
    words: Prose | None = None
    inner: Revision | None = None
    inners: list[Revision] = Field(min_length=1)


@pytest.mark.parametrize(
    ("name", "kind", "is_list", "form"),
    [
        ("ref", str, False, value_forms.REF),
        ("lines", str, True, value_forms.LINE),
        ("due", Due, False, value_forms.DUE_DATE),
        ("rag", Rating, False, Form("")),
        ("words", str, False, value_forms.PROSE),
        ("inner", Revision, False, Form("")),
        ("inners", Revision, True, Form("")),
    ],
)
def test_what_a_field_holds(name: str, kind: type, is_list: bool, form: Form) -> None:
    found = type_of(Example.model_fields[name])
    assert (found.kind, found.is_list, found.form) == (kind, is_list, form)


def limit(holds: FieldType, name: str) -> list[object]:
    return [getattr(one, name) for one in holds.limits if getattr(one, name, None) is not None]


def test_the_limits_are_those_of_a_value_and_not_of_the_list() -> None:
    assert limit(type_of(Example.model_fields["ref"]), "max_length") == [32]
    assert limit(type_of(Example.model_fields["lines"]), "max_length") == [300]
    assert limit(type_of(Example.model_fields["words"]), "max_length") == [20_000]
    assert limit(type_of(Example.model_fields["inners"]), "min_length") == []
    assert len(limit(type_of(fields_of(LintSettings)["ignore"]), "pattern")) == 1


def test_a_description_ends_with_how_the_value_is_written() -> None:
    due = "A day (2024-07-31), a month (2024-07) or an interval (2023-12/2024-03)."
    assert description_of(Example.model_fields["ref"]) == "A name."
    assert description_of(Example.model_fields["due"]) == f"When. {due}"


def test_fields_have_the_names_of_the_files() -> None:
    assert list(fields_of(Revision)) == ["from", "to", "reason", "agreed_by", "on"]
    names = ["scheme", "blue", "green", "amber", "red", "not-applicable"]
    assert list(fields_of(RatingLabels)) == names


FORMS = {name: form for name, form in vars(value_forms).items() if isinstance(form, Form)}


def test_every_form_that_not_every_text_has_says_how_it_is_written() -> None:
    assert len(FORMS) > 10
    assert {name for name, form in FORMS.items() if not form.hint} == {"LINE", "PROSE", "ROLE"}
    hints = [form.hint for form in FORMS.values() if form.hint]
    assert [hint for hint in hints if not hint.endswith(".")] == []


def test_examples_are_several_or_none() -> None:
    assert [name for name, form in FORMS.items() if len(form.examples) == 1] == []


@pytest.mark.parametrize(
    ("model", "name", "kind"),
    [(Recommendation, "completed", date), (Settings, "timezone", str), (Settings, "columns", None)],
)
def test_a_plan_says_it_of_its_own_fields(
    model: type[PlanModel], name: str, kind: type | None
) -> None:
    holds = type_of(fields_of(model)[name])
    assert kind is None or holds.kind is kind
    assert holds.is_list is (kind is None)
