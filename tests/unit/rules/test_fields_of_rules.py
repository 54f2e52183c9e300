"""A rule that is not asked about a record would have found nothing in it."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations, product
from pathlib import Path

import pytest
from conftest import make_record, make_settings, write_plan

from kimplan.diagnostic import Diagnostic
from kimplan.linter import lint
from kimplan.loader import PlanFolder
from kimplan.model.recommendation import Recommendation
from kimplan.rules import Context, Rule, groups
from kimplan.rules.all_rules import ALL_RULES

LATE = {"from": "1924-03", "to": "2204-07", "reason": "Late.", "on": "2021-03-20"}
EARLIER = LATE | {"on": "2021-03-19"}
# Values that some rule finds fault with, or takes note of, and that are good enough to be read.
FAULTS: dict[str, tuple[object, ...]] = {
    "due": ("2204-07", "2021-07", "none agreed"),
    "due_reason": ("Nobody knows.",),
    "superseded_by": ("REC9",),
    "owners": (["Nobody", "Nobody"], ["Head of Repairs, Data Manager"], ["Data Manager"]),
    "completed": ("1924-05-02", "2021-05-02"),
    "evidence": ([{"title": "Draft", "link": "nowhere/draft.pdf"}],),
    "verified": ({"by": "Data Manager", "on": "1924-05-01"}, {"by": "A", "on": "2021-05-01"}),
    "progress": (
        [{"on": "1924-03-02", "note": "One."}, {"on": "1924-03-01", "note": "Two."}],
        [{"on": "2021-03-01", "note": "One."}],
    ),
    "revisions": ([LATE, EARLIER],),
    "actions": (
        [{"title": "Plan it.", "owner": "Nobody", "due": "2204-08", "revisions": [LATE, EARLIER]}],
        [{"title": "Share it.", "owner": "Head of Repairs, Data Manager", "due": "2021-03"}],
        [{"title": "Do it.", "owner": "Data Manager", "done": "1924-03-01"}],
        [{"title": "Check it.", "done": "2021-03-01"}],
    ),
    "fields": (
        {"priority": "Middling", "size": "Large", "seen": "soon"},
        {"paper": "nowhere/draft.pdf"},
    ),
}
# Every one and every pair of them.
FIELDS: list[dict[str, object]] = [
    dict(zip(names, values, strict=True))
    for names in ((), *((one,) for one in FAULTS), *combinations(FAULTS, 2))
    for values in product(*(FAULTS[name] for name in names))
]
SETTINGS = make_settings(
    source={"title": "Spotlight", "published": "2023-05"},
    fields=[
        {"id": "priority", "label": "Priority", "type": "choice", "choices": ["High", "Low"]},
        {"id": "seen", "label": "Seen", "type": "date"},
        {"id": "paper", "label": "Paper", "type": "link"},
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


def both(folder: Path, fields: Mapping[str, object], rag: str) -> tuple[list[str], list[str]]:
    """Return what lint finds in a record with some fields, and what all the rules find."""
    record = make_record(**({"rag": rag, "due": None, "owners": None} | dict(fields)))
    plan = write_plan(folder, records={"REC1": record}, settings=SETTINGS)
    return sorted(map(str, lint(plan).diagnostics)), sorted(map(str, everything(plan)))


@pytest.mark.parametrize("rag", ["green", "amber"])
def test_what_is_found_is_what_all_rules_find(rag: str, tmp_path: Path) -> None:
    for number, fields in enumerate(FIELDS):
        found, expected = both(tmp_path / str(number), fields, rag)
        assert found == expected, fields


@pytest.mark.parametrize(
    ("rule", "field"), [(rule, field) for rule in ALL_RULES for field in sorted(rule.about)]
)
def test_each_field_that_a_rule_is_about_is_needed(
    rule: type[Rule], field: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rule, "about", (rule.about - {field}) or {"nothing"})
    others = [one for one in FIELDS if field in one and rule.about.isdisjoint(one)]
    plans = (
        both(tmp_path / f"{rag}-{number}", fields, rag)
        for number, fields in enumerate(others)
        for rag in ("green", "amber")
    )
    assert any(found != expected for found, expected in plans)
