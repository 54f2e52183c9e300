"""What a plan says does not depend on how the file system lists its files."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import AS_OF, make_record, make_settings, write_file, write_plan
from hypothesis import given, settings
from hypothesis import strategies as st

from kimplan.linter import Clock, lint, load
from kimplan.loader.loaded_file import load_bytes
from kimplan.model.recommendation import Recommendation
from kimplan.snapshot.earlier import Base

FAULTY = {
    "REC2": make_record(ref="REC2", rag="blue"),
    "REC10": make_record(ref="rec2"),
    "REC11": make_record(ref="REC2", section="x"),
    "a": make_record(ref="REC2", due=None, owners=["Nobody"]),
    "B": "a: [\n",
    "con": make_record(ref="con", rag="green", due=None),
    "REC20": make_record(
        ref="REC20", due="2001-01", response="TBC", owners=["Data Manager, Head of Repairs"]
    ),
    "REC21": make_record(ref="REC21", evidence=[{"title": "A", "link": "a.pdf"}] * 2),
    "rec21": make_record(ref="REC21", rag="green").replace(
        "green", "green # kimplan: ignore KP303"
    ),
    "REC22": f"# kimplan: ignore-file KP303 - x\n{make_record(ref='REC22')}",
}
EARLIER = {
    "REC9": make_record(ref="REC9", title="Gone."),
    "REC20": make_record(ref="REC20", due="2000-01", title="Other words."),
    "REC22": make_record(ref="REC22", progress=[{"on": "2024-01-02", "note": "A."}]),
}
SECTIONS = [{"id": "governance", "title": "G"}, {"id": "repairs", "title": "R"}] * 2


@settings(max_examples=25)
@given(st.randoms(use_true_random=False))
def test_findings_do_not_depend_on_the_order_in_which_files_are_listed(shuffler: Any) -> None:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        plan = write_plan(Path(folder), records=FAULTY, settings=make_settings(sections=SECTIONS))
        for name in ("notes.txt", "REC3.yml", "recommendations/x.txt", "recommendations/REC3.yml"):
            write_file(plan / name, "x")
        clock = clock_of(plan)
        expected, checked = lint(plan), lint(plan, clock=clock)
        patch.setattr(os, "listdir", _shuffled(os.listdir, shuffler))
        assert lint(plan) == expected
        assert lint(plan, clock=clock) == checked
    assert len(expected.diagnostics) >= 24
    assert {found.code[:3] for found in checked.diagnostics} == {
        f"KP{family}" for family in range(9) if family != 2
    }


def clock_of(plan: Path) -> Clock:
    where = f"{plan.as_posix()}/recommendations"
    records = {
        f"{where}/{ref}.yaml": load_bytes(f"{where}/{ref}.yaml", text.encode(), Recommendation)
        for ref, text in EARLIER.items()
    }
    return Clock(AS_OF, Base("main", frozenset(records), records))


@settings(max_examples=25)
@given(st.randoms(use_true_random=False))
def test_a_plan_does_not_depend_on_the_order_in_which_files_are_listed(shuffler: Any) -> None:
    records = {
        f"REC{number}": make_record(
            ref=f"REC{number}", section="repairs" if number % 3 else "governance"
        )
        for number in range(1, 13)
    }
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        plan = write_plan(Path(folder), records=records)
        patch.setattr(os, "listdir", _shuffled(os.listdir, shuffler))
        result = load(plan)
    assert result.plan is not None
    assert [item.ref for item in result.plan.recommendations] == [
        f"REC{number}" for number in (3, 6, 9, 12, 1, 2, 4, 5, 7, 8, 10, 11)
    ]


def _shuffled(listdir: Callable[[str], list[str]], shuffler: Any) -> Callable[[str], list[str]]:
    def shuffled(path: str) -> list[str]:
        names = sorted(listdir(path))
        shuffler.shuffle(names)
        return names

    return shuffled
