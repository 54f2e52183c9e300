"""Whatever is done to a plan, its history and its changes tell the truth about it."""

from __future__ import annotations

import itertools
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from conftest import make_item
from histories import History, changes_of
from hypothesis import given, settings
from hypothesis import strategies as st

from kimplan.answers.history import answer_history, moves
from kimplan.changes.fields import Kind, differences
from kimplan.changes.records import compare
from kimplan.model.recommendation import Recommendation

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
REFS = ("REC1", "REC2", "REC3")
DUES = ("2024-03", "2024-03-31", "2024-05-15", "2023-12/2024-06", "2024-09", "2025-01")
State = dict[str, dict[str, Any]]

fields = st.fixed_dictionaries(
    {
        "due": st.sampled_from(DUES),
        "rag": st.sampled_from(["amber", "red"]),
        "owners": st.sampled_from([["Data Manager"], ["Data Manager", "Company Secretary"]]),
        "response": st.sampled_from(["It is planned.", "It is being built."]),
    }
)
closed = fields.map(lambda given: given | {"rag": "green", "due": None})
states = st.dictionaries(st.sampled_from(REFS), st.one_of(fields, fields, closed), min_size=1)


def title(ref: str) -> str:
    return f"Recommendation {ref}."


def write(history: History, state: State) -> None:
    for ref in REFS:
        history.path(ref).unlink(missing_ok=True)
    for ref, values in state.items():
        history.record(ref, title=title(ref), **values)


def items(state: State) -> dict[str, Recommendation | None]:
    return {
        f"recommendations/{ref}.yaml": make_item(ref=ref, title=title(ref), **state[ref])
        for ref in REFS
        if ref in state
    }


@settings(max_examples=12)
@given(st.lists(states, min_size=2, max_size=4), st.booleans())
def test_history_and_changes_tell_the_truth(done: list[State], is_committed: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        history = History(Path(folder) / "r")
        commits = []
        for number, state in enumerate(done):
            write(history, state)
            if is_committed or number + 1 < len(done):
                commits.append(history.commit(f"2024-05-{number + 1:02}"))
        for ref in REFS:
            check_story(history, done, ref)
        for since, commit in enumerate(commits):
            for until, other in [(len(commits) - 1, commits[-1]), (len(done) - 1, None)]:
                found = history.between(commit, other).records
                expected = compare(items(done[since]), items(done[until]))
                assert [record[1:] for record in found] == [record[1:] for record in expected]
                assert {record.item.ref for record in found} == {
                    ref
                    for ref in {*done[since], *done[until]}
                    if done[since].get(ref) != done[until].get(ref)
                }


def check_story(history: History, done: list[State], ref: str) -> None:
    known = [make_item(ref=ref, **state[ref]) for state in done if ref in state]
    dues = [item.due for item in known if item.due]
    if not known:
        return
    story = history.story(ref)
    assert (story.first, story.last) == ((dues[0], dues[-1]) if dues else (None, None))
    days = sum(change.days or 0 for change in moves(story.entries))
    slipped = (dues[-1].last_day - dues[0].last_day).days if dues else 0
    assert days == slipped == answer_history(story, ref, known[-1]).data["slipped_days"]
    changed = sum(a != b for a, b in itertools.pairwise(dues))
    assert len(moves(story.entries)) == changed
    kinds = [change.kind for change in changes_of(story)]
    present = [ref in state for state in done]
    came = sum(b and not a for a, b in zip([False, *present], present, strict=False))
    assert kinds.count(Kind.ADDED) == came


@given(fields, fields)
def test_two_states_are_alike_or_something_is_said(
    one: dict[str, Any], two: dict[str, Any]
) -> None:
    before, after = make_item(**one), make_item(**two)
    assert (differences(before, after) == []) == (before == after)
