"""Changes of several records: all of them are written, or none."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from conftest import small_records, write_file, write_plan

from kimplan.edits.change import Prepared, prepare
from kimplan.edits.request import Update
from kimplan.edits.together import write_together
from kimplan.errors import KimplanError

DAY = date(2024, 6, 3)


def two_changes(plan: Path) -> list[Prepared]:
    update = Update(on=DAY, note="It is live.", by="Ann")
    return [prepare(plan, f"{ref}.yaml", [update]) for ref in ("REC1", "REC2")]


def texts(plan: Path) -> dict[str, str]:
    folder = plan / "recommendations"
    return {path.stem: path.read_text("utf-8") for path in sorted(folder.iterdir())}


def test_nothing_is_written_before(tmp_path: Path) -> None:
    plan = write_plan(tmp_path)
    two_changes(plan)
    assert texts(plan) == small_records()


def test_all_are_written(tmp_path: Path) -> None:
    plan = write_plan(tmp_path)
    write_together(plan, two_changes(plan))
    was, now = small_records(), texts(plan)
    note = "progress:\n  - on: 2024-06-03\n    by: Ann\n    note: It is live.\n"
    assert [ref for ref in now if note in now[ref]] == ["REC1", "REC2"]
    assert now["REC3"] == was["REC3"]


def test_one_that_changed_meanwhile_keeps_all_back(tmp_path: Path) -> None:
    plan = write_plan(tmp_path)
    changes = two_changes(plan)
    path = plan / "recommendations" / "REC2.yaml"
    write_file(path, small_records()["REC2"] + "# seen\n")
    before = texts(plan)
    with pytest.raises(KimplanError, match=r"REC2\.yaml changed meanwhile, so nothing is written"):
        write_together(plan, changes)
    assert texts(plan) == before


def test_what_was_written_is_put_back_where_another_cannot_be(tmp_path: Path) -> None:
    plan = write_plan(tmp_path)
    first, second = two_changes(plan)
    broken = second._replace(content="no bytes")  # type: ignore[arg-type]
    before = texts(plan)
    with pytest.raises(TypeError):
        write_together(plan, [first, broken])
    assert texts(plan) == before
