"""The next record: its ref, and what its template says."""

from __future__ import annotations

import re
from datetime import date

from conftest import make_record

from kimplan.edits.new_record import NewRecord, template
from kimplan.edits.request import NewEvidence, Update
from kimplan.edits.update import update_text
from kimplan.model.own_field import OwnField
from kimplan.model.rating import Rating
from kimplan.model.recommendation import Recommendation
from kimplan.source import parse


def test_what_is_given_is_in_the_record() -> None:
    record = NewRecord(
        "repairs",
        "Keep: a register.",
        Rating.AMBER,
        "2024-07",
        ("Company Secretary", "Head: of Repairs"),
        "More.\n\n- a\n- b",
        "many words " * 30,
    )
    document = parse(template("REC4", record))
    assert document.problems == []
    assert list(document.value or {}) == [
        name for name in Recommendation.model_fields if name in (document.value or {})
    ]
    item = Recommendation.model_validate(document.value)
    assert (item.ref, item.section, item.title) == ("REC4", "repairs", "Keep: a register.")
    assert item.owners == ["Company Secretary", "Head: of Repairs"]
    assert item.detail == "More.\n\n- a\n- b"
    assert item.response.split() == ["many", "words"] * 30
    assert item.rag is Rating.AMBER


def test_the_template_explains_every_field() -> None:
    text = template("REC4", NewRecord("repairs", "Title"))
    assert [name for name in Recommendation.model_fields if f"{name}:" not in text] == []


def test_the_examples_of_the_template_are_valid() -> None:
    text = template("REC4", NewRecord("repairs", "Title", response="Done."))
    lines = [line for line in text.splitlines() if re.match("# (?: |[a-z]+:(?: |$))", line)]
    examples = parse("\n".join(line[2:] for line in lines)).value
    assert {"detail", "due", "owners", "completed", "actions"} <= set(examples or {})
    given = parse(make_record()).value or {}
    Recommendation.model_validate({**given, **(examples or {})})


def test_a_new_record_can_be_updated_at_once() -> None:
    text = template("REC4", NewRecord("repairs", "Title"))
    update = Update(
        date(2024, 5, 31),
        due="2024-07",
        add_owners=("Company Secretary",),
        response="Long ago " * 20,
        note="Begun.",
        evidence=(NewEvidence("Policy"),),
    )
    after = update_text(text, update).text
    kept = [line for line in text.splitlines() if line.startswith("#")]
    assert [line for line in after.splitlines() if line.startswith("#")] == kept
    assert Recommendation.model_validate(parse(after).value).owners == ["Company Secretary"]


def test_the_template_names_the_plans_own_fields() -> None:
    choice = {"type": "choice", "choices": ["High", "Low"], "required": "true"}
    own = [
        OwnField.model_validate({"id": "priority", "label": "Priority", **choice}),
        OwnField.model_validate({"id": "lead", "label": "Lead team"}),
    ]
    text = template("REC4", NewRecord("repairs", "Title"), own)
    assert text.endswith(
        "# fields:  # the plan's own fields, by the ids that plan.yaml declares\n"
        "#   priority: …  # Priority: High | Low, required\n"
        "#   lead: …  # Lead team: line\n"
    )
