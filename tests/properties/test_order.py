"""What a plan says does not depend on how the file system lists its files."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import make_record, make_settings, write_file, write_plan
from hypothesis import given, settings
from hypothesis import strategies as st

from kimplan.linter import lint, load

FAULTY = {
    "REC2": make_record(ref="REC2", rag="blue"),
    "REC10": make_record(ref="rec2"),
    "REC11": make_record(ref="REC2", section="x"),
    "a": make_record(ref="REC2", due=None, owners=["Nobody"]),
    "B": "a: [\n",
}
SECTIONS = [{"id": "governance", "title": "G"}, {"id": "repairs", "title": "R"}] * 2


@settings(max_examples=25)
@given(st.randoms(use_true_random=False))
def test_findings_do_not_depend_on_the_order_in_which_files_are_listed(shuffler: Any) -> None:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        plan = write_plan(Path(folder), records=FAULTY, settings=make_settings(sections=SECTIONS))
        for name in ("notes.txt", "REC3.yml", "recommendations/x.txt", "recommendations/REC3.yml"):
            write_file(plan / name, "x")
        expected = lint(plan)
        patch.setattr(os, "listdir", _shuffled(os.listdir, shuffler))
        assert lint(plan) == expected
    assert len(expected.diagnostics) >= 12


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
