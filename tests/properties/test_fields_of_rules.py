"""A rule that is not asked about a record would have found nothing in it."""

from __future__ import annotations

import tempfile
from pathlib import Path

from conftest import make_record, make_settings, write_plan
from hypothesis import given
from hypothesis import strategies as st

from kimplan.diagnostic import Diagnostic
from kimplan.linter import lint
from kimplan.loader import PlanFolder
from kimplan.model.recommendation import Recommendation
from kimplan.rules import Context, groups
from kimplan.rules.all_rules import ALL_RULES

MOVE = {"from": "1924-03", "to": "2204-07", "reason": "Late.", "on": "1924-03-20"}
# Each of them wrong in all that is said of it, and good enough to be read.
FAULTS: dict[str, object] = {
    "due": "2204-07",
    "due_reason": "Nobody knows.",
    "superseded_by": "REC9",
    "owners": ["Nobody", "Nobody", "Head of Repairs, Data Manager"],
    "completed": "1924-05-02",
    "evidence": [{"title": "Draft", "link": "nowhere/draft.pdf"}],
    "verified": {"by": "Data Manager", "on": "1924-05-01"},
    "progress": [{"on": "2024-03-02", "note": "One."}, {"on": "1924-03-01", "note": "Two."}],
    "revisions": [MOVE, MOVE],
    "actions": [
        {"title": "Plan it.", "owner": "Nobody", "due": "2204-08", "revisions": [MOVE]},
        {"title": "Do it.", "done": "1924-03-01"},
    ],
    "fields": {"priority": "Middling", "size": "Large", "seen": "soon"},
}
SETTINGS = make_settings(
    source={"title": "Spotlight", "published": "2023-05"},
    fields=[
        {"id": "priority", "label": "Priority", "type": "choice", "choices": ["High", "Low"]},
        {"id": "seen", "label": "Seen", "type": "date"},
    ],
)


def everything(plan: Path) -> list[Diagnostic]:
    """Return what all the rules find in a plan's records and in the whole, each asked of all."""
    folder = PlanFolder(plan)
    context = Context(folder.root, folder.settings(), folder.owners())
    rules = [rule(context) for rule in (*groups.error_rules(), *groups.warning_rules())]
    found: list[Diagnostic] = []
    for file in folder.recommendations():
        context.read(file)
        assert file.value is not None
        for rule in rules:
            found += rule.check(file, file.value)
    for rule in rules:
        found += rule.check_plan()
    return found


def test_each_field_that_a_rule_is_about_is_a_field_of_a_record() -> None:
    about = {field for rule in ALL_RULES for field in rule.about}
    assert about <= set(Recommendation.model_fields)
    assert about <= set(FAULTS)


@given(
    st.sets(st.sampled_from(sorted(FAULTS))),
    st.sampled_from(["green", "amber", "red", "not-applicable"]),
)
def test_what_is_found_is_what_all_rules_find(fields: set[str], rag: str) -> None:
    plain: dict[str, object] = {"rag": rag, "due": None, "owners": None}
    record = make_record(**(plain | {name: FAULTS[name] for name in sorted(fields)}))
    with tempfile.TemporaryDirectory() as folder:
        plan = write_plan(Path(folder), records={"REC1": record}, settings=SETTINGS)
        found = sorted(map(str, lint(plan).diagnostics))
        assert found == sorted(map(str, everything(plan)))
        assert fields - {"progress"} == set() or found
