"""Which changes touch what was promised."""

from __future__ import annotations

from typing import Any

import pytest
from conftest import EVIDENCE, make_item
from histories import MOVED

from kimplan.changes.promise import touches_promise

STEP = {"title": "Publish the form.", "owner": "Data Manager", "due": "2024-06"}
ACTIONS = {"actions": [STEP, {"title": "Other"}]}


def test_a_new_record_is_a_promise() -> None:
    assert touches_promise(None, make_item())


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({}, {"rag": "red"}),
        ({}, {"due": "2024-08"}),
        ({}, {"due": "2024-06"}),
        ({}, {"due": None}),
        ({}, {"completed": "2024-06-11"}),
        ({}, {"revisions": [MOVED]}),
        ({"revisions": [MOVED]}, {"revisions": [MOVED | {"reason": "Other."}]}),
        (ACTIONS, {}),
        ({}, ACTIONS),
        (ACTIONS, {"actions": [STEP | {"title": "Print the form."}, {"title": "Other"}]}),
        (ACTIONS, {"actions": [STEP | {"due": "2024-07"}, {"title": "Other"}]}),
        (ACTIONS, {"actions": [STEP | {"done": "2024-06-01"}, {"title": "Other"}]}),
        (ACTIONS, {"actions": [STEP | {"revisions": [MOVED]}, {"title": "Other"}]}),
    ],
)
def test_what_touches_it(before: dict[str, Any], after: dict[str, Any]) -> None:
    assert touches_promise(make_item(**before), make_item(**after))
    assert touches_promise(make_item(**after), make_item(**before))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({}, {"progress": [{"on": "2024-05-02", "note": "The form is live."}]}),
        ({}, {"owners": ["Head of Repairs"], "response": "Other.", "evidence": [*EVIDENCE]}),
        ({}, {"ref": "REC2", "section": "repairs", "title": "Other.", "detail": "Other."}),
        ({"revisions": [MOVED]}, {"revisions": [MOVED | {"reason": "Staff\nleft."}]}),
        (ACTIONS, {"actions": [{"title": "Other"}, STEP | {"owner": "Head of Repairs"}]}),
    ],
)
def test_what_does_not(before: dict[str, Any], after: dict[str, Any]) -> None:
    assert not touches_promise(make_item(**before), make_item(**after))
