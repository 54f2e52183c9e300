"""The feed: every field of every record, by its schema."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

import jsonschema
from conftest import AS_OF, REPOSITORY, TESTS, Golden, load_shipped_plan, make_plan
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from kimplan.answers.group import PlanOf
from kimplan.export.feed import feed_lines, feed_schema_text
from kimplan.model.plan import Plan
from kimplan.model.recommendation import Action, Evidence, ProgressNote, Recommendation, Revision

MOVE = {"from": "2024-03", "to": "2024-05", "reason": "Re-planned.", "on": "2024-03-20"}
FULL: dict[str, Any] = {
    "detail": "Say “why”.\n\n- one",
    "due": "2024-05",
    "evidence": [
        {"title": "Register", "link": "https://example.org", "expires": "2023-12/2024-01"}
    ],
    "progress": [{"on": "2024-05-02", "by": "Secretary", "note": "Live."}],
    "revisions": [MOVE | {"agreed_by": "Board"}],
    "actions": [
        {"title": "Publish", "owner": "Data Manager", "due": "2024-04", "revisions": [MOVE]},
        {"title": "Print", "due": "2024-04", "done": "2024-02-01"},
        {"title": "Plan", "due": "none agreed"},
    ],
    "fields": {"priority": "High"},
    "publish": "false",
}
CLOSED: dict[str, Any] = {
    "rag": "green", "due": "2024-01", "completed": "2024-02-15", "owners": None,
    "verified": {"by": "Secretary", "on": "2024-03-01"},
}  # fmt: skip
OTHERS = (
    {"due": "none agreed", "due_reason": "Not yet."},
    {"rag": "not-applicable", "due": None, "superseded_by": "REC1"},
)
PLAN = make_plan(
    FULL, CLOSED, *OTHERS, fields=[{"id": "priority", "label": "Priority"}]
)  # fmt: skip


@lru_cache(maxsize=1)
def validator() -> jsonschema.Draft202012Validator:
    schema = json.loads(feed_schema_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(
        schema, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )


def no_constant(text: str) -> None:
    raise AssertionError(text)


def lines_of(*plans: Plan, name: str = "") -> list[dict[str, Any]]:
    data = b"".join(feed_lines([PlanOf(name, plan) for plan in plans], AS_OF))
    lines = data.split(b"\n")
    assert lines.pop() == b""
    found = [json.loads(line, parse_constant=no_constant) for line in lines]
    for one in found:
        validator().validate(one)
    return found


def test_the_whole_of_it(golden: Golden) -> None:
    text = json.dumps(lines_of(PLAN, name="north"), indent=2, ensure_ascii=False)
    golden(TESTS / "golden" / "export" / "feed.json", f"{text}\n")


def test_the_shipped_plan_and_plans_of_both_schemes_are_by_the_schema() -> None:
    assert len(lines_of(load_shipped_plan())) == 21
    brag = make_plan({"rag": "green"}, {"rag": "blue"}, ratings={"scheme": "brag"})
    assert [(one["rag"], one["open"], one["complete"]) for one in lines_of(brag)] == [
        ("green", True, False),
        ("blue", False, True),
    ]


def test_the_keys_have_one_order_and_are_all_there() -> None:
    for line in lines_of(PLAN):
        assert list(line) == list(json.loads(feed_schema_text())["properties"])
        assert list(line)[:3] == ["type", "version", "plan"]


def test_every_field_is_in_it() -> None:
    def names(model: type[BaseModel]) -> set[str]:
        return {field.alias or name for name, field in model.model_fields.items()}

    line = lines_of(PLAN)[0]
    assert names(Recommendation) <= line.keys()
    assert names(Action) <= line["actions"][0].keys()
    assert names(Revision) <= line["revisions"][0].keys()
    assert names(Revision) <= line["actions"][0]["revisions"][0].keys()
    assert names(Evidence) <= line["evidence"][0].keys()
    assert names(ProgressNote) <= line["progress"][0].keys()


def test_a_line_holds_no_other_end_of_line_than_its_own() -> None:
    title = 'a "quoted" \\ back\\slash \u0085 \u2028 \u2029 </script> 😀'
    (line,) = feed_lines([PlanOf("", make_plan({"title": title, "detail": "a\nb\tc"}))], AS_OF)
    assert line.count(b"\n") == 1
    assert not set(range(0x20)) & set(line[:-1])
    found = json.loads(line)
    assert (found["title"], found["detail"]) == (title, "a\nb\tc")


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip))
def test_any_text_comes_back(text: str) -> None:
    made = PLAN.recommendations[0].model_copy(update={"response": text, "owners": [text]})
    (found,) = lines_of(PLAN._replace(recommendations=(made,)))
    assert (found["response"], found["owners"]) == (text, [text])


def test_the_schema_is_the_one_that_is_published() -> None:
    published = REPOSITORY / "docs" / "schema" / "export.schema.json"
    assert published.read_text(encoding="utf-8") == feed_schema_text()
