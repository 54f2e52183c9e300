"""What docs/formats.md says about answers is what the formatters write."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from conftest import AS_OF, EVIDENCE, REPOSITORY, make_plan

from kimplan import __version__
from kimplan.answers.answer import Answer
from kimplan.answers.change_list import answer_changes
from kimplan.answers.history import answer_history
from kimplan.answers.listing import Filters, answer_list
from kimplan.answers.overdue import Grouping, Question, answer_overdue
from kimplan.answers.record import answer_records
from kimplan.answers.summary import answer_summary
from kimplan.changes.between import Between
from kimplan.changes.fields import Kind, differences
from kimplan.changes.records import RecordChange
from kimplan.formatters.answer_json import format_answer_json
from kimplan.formatters.markdown import format_markdown
from kimplan.history.timeline import Entry, Story

ANSWERS = (
    (REPOSITORY / "docs" / "formats.md").read_text(encoding="utf-8").partition("\n## Answers\n")[2]
)
PLAN = make_plan(
    {"rag": "green", "due": None, "evidence": [*EVIDENCE]},
    {
        "title": "Publish the answers to frequent questions.",
        "due": "2024-03",
        "owners": ["Head of Repairs"],
        "verified": {"by": "Company Secretary", "on": "2024-04-01"},
        "progress": [{"on": "2024-04-01", "note": "It goes on."}],
        "actions": [{"title": "Publish it."}],
        "revisions": [
            {"from": "2023-12", "to": "2024-03", "reason": "Built anew.", "on": "2023-12-12"}
        ],
    },
)
HEAD = {"version", "kimplan", "command", "complete", "as_of", "later_facts"}
OF_A_DAY = {"as_of", "later_facts"}


def section(name: str) -> str:
    """Return the text below the heading `name`, as far as the next one."""
    return ANSWERS.split(f"\n### {name}\n")[1].partition("\n### ")[0]


def fields(name: str, number: int = 0) -> dict[str, str]:
    """Return the fields of a table below the heading `name`, each with its explanation."""
    tables = re.findall(r"^\| field .*\n\| --- .*\n((?:\|.*\n?)+)", section(name), re.MULTILINE)
    found = {}
    for row in tables[number].splitlines():
        names, explanation = row.strip("| ").split(" | ")
        found.update(dict.fromkeys(re.findall(r"`(\w+)`", names), explanation))
    return found


def block(name: str) -> str:
    found = re.search(r"^```\w+\n(.*?)^```$", section(name), re.DOTALL | re.MULTILINE)
    assert found is not None
    text: str = found.group(1)
    return text.replace('"kimplan": "0.1.0"', f'"kimplan": "{__version__}"')


def written(view: Answer, command: str) -> Any:
    return json.loads(format_answer_json(view, command, is_complete=True))


def own(data: Any) -> set[str]:
    assert set(data) >= HEAD
    return set(data) - HEAD


def test_the_examples_are_what_is_written() -> None:
    view = answer_overdue(PLAN, Question(AS_OF))
    assert block("overdue") == format_answer_json(view, "overdue", is_complete=True)
    assert block("Markdown") == format_markdown(view)


def test_every_answer_begins_alike() -> None:
    assert set(fields("Every answer")) == HEAD
    for view in (
        answer_overdue(PLAN, Question(AS_OF)),
        answer_summary(PLAN, AS_OF),
        answer_list(PLAN, Filters(), AS_OF),
        answer_records(PLAN, list(PLAN.recommendations), AS_OF),
    ):
        data = json.loads(format_answer_json(view, "x", is_complete=False))
        assert list(data)[:5] == ["version", "kimplan", "command", "complete", "as_of"]
        assert [data[name] for name in list(data)[:5]] == [
            1, __version__, "x", False, "2024-05-31",
        ]  # fmt: skip


@pytest.mark.parametrize("by", Grouping)
def test_the_fields_of_overdue_are_documented(by: Grouping) -> None:
    said = fields("overdue")
    data = written(answer_overdue(PLAN, Question(AS_OF, 90, by)), "overdue")
    assert own(data) == set(said)
    alone = own(written(answer_overdue(PLAN, Question(AS_OF)), "overdue"))
    assert alone == {"overdue", "no_date_agreed"}
    assert set(data["overdue"][0]) == {*fields("Recommendations"), "action"}
    assert all(f"`{name}`" in said["groups"] for name in data["groups"][0])


@pytest.mark.parametrize("by", Grouping)
def test_the_fields_of_summary_are_documented(by: Grouping) -> None:
    said = fields("summary")
    data = written(answer_summary(PLAN, AS_OF, by), "summary")
    assert own(data) == set(said)
    counts = {"total", "ratings", "overdue", "overdue_actions", "completed", "completed_late"}
    counts |= {"no_date_agreed"}
    assert set(data["groups"][0]) == {"name", *counts}
    assert counts <= set(said)
    assert set(re.findall(r"`(\w+)`", said["groups"])) == {"name", *counts}


def test_the_fields_of_list_are_documented() -> None:
    data = written(answer_list(PLAN, Filters(), AS_OF), "list")
    assert own(data) == set(fields("list"))
    for item in data["recommendations"]:
        assert set(item) == set(fields("Recommendations"))


def test_the_fields_of_show_are_documented() -> None:
    data = written(answer_records(PLAN, list(PLAN.recommendations), AS_OF), "show")
    assert own(data) == set(fields("show"))
    said = fields("show", 1)
    for item in data["recommendations"]:
        assert set(item) == set(fields("Recommendations")) | set(said)
        for name, value in item.items():
            inner = value[0] if isinstance(value, list) and value else value
            if isinstance(inner, dict) and name != "fields":  # the plan's own
                assert set(re.findall(r"`(\w+)`", said[name])) == set(inner)


def test_texts_are_read_back_as_they_are() -> None:
    nasty = 'a\x1b[31m \u202e ##[x] ::error:: “é” 日 \\ " </script>'
    plan = make_plan({"title": nasty, "response": nasty, "owners": [nasty]})
    text = format_answer_json(
        answer_records(plan, list(plan.recommendations), AS_OF), "show", is_complete=True
    )
    assert text.isascii()
    assert "\x1b" not in text
    assert "##[" not in text
    item = json.loads(text)["recommendations"][0]
    assert (item["title"], item["response"], item["owners"]) == (nasty, nasty, [nasty])


def story() -> Story:
    before, after = PLAN.recommendations
    changes = tuple(differences(before, after))
    entry = Entry("REC1", "0" * 40, AS_OF, "A. Tester", changes)
    return Story((entry, entry._replace(commit="", day=None, author="")), is_cut_off=True)


def test_the_fields_of_history_are_documented() -> None:
    said, of_entry = fields("history"), fields("history", 1)
    one = written(answer_history(story(), "REC1", None), "history")
    assert set(one) == HEAD - OF_A_DAY | set(said)
    assert set(written(answer_history(story(), None, None), "history")) == set(one) - {
        "moves", "slipped_days",
    }  # fmt: skip
    for entry in one["entries"]:
        assert set(entry) == set(of_entry)
        for change in entry["changes"]:
            assert set(change) == set(re.findall(r"`(\w+)`", of_entry["changes"]))


def test_the_fields_of_changes_are_documented() -> None:
    before, after = PLAN.recommendations
    records = [RecordChange(before, after, tuple(differences(before, after)))]
    between = Between("a", "b", AS_OF, AS_OF, records, [after], {})
    data = written(answer_changes(between, PLAN.settings), "changes")
    said, of_change = fields("changes"), fields("changes", 1)
    assert set(data) == HEAD - OF_A_DAY | set(said)
    for name in ("since", "until"):
        assert set(data[name]) == set(re.findall(r"`(\w+)`", said["since"]))
    assert data["changes"]
    assert all(set(change) == set(of_change) for change in data["changes"])
    kinds = re.search(r"^\| `what` \| (.*) \|$", section("changes"), re.MULTILINE)
    assert kinds is not None
    assert re.findall(r"`(\w+)`", kinds.group(1)) == [str(kind) for kind in Kind]
