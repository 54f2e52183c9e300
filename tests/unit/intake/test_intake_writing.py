"""Records written beside those that are there: all of them, or none, and nothing overwritten."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import write_plan

from kimplan.errors import KimplanError
from kimplan.intake.existing import Rewritten
from kimplan.intake.writing import add_to_plan
from kimplan.intake.writing import write_plan as write_new_plan
from kimplan.whereabouts import SETTINGS


def files_of(plan: Path) -> dict[str, bytes]:
    return {
        file.relative_to(plan).as_posix(): file.read_bytes()
        for file in plan.rglob("*")
        if file.is_file()
    }


def test_records_and_settings_are_written(tmp_path: Path) -> None:
    plan = write_plan(tmp_path)
    before = files_of(plan)
    settings = Rewritten(before[SETTINGS], before[SETTINGS].decode() + "# more\n")
    add_to_plan(plan, {"N1": "ref: N1\n"}, {SETTINGS: settings})
    added = {SETTINGS: settings.content, "recommendations/N1.yaml": b"ref: N1\n"}
    assert files_of(plan) == before | added


def test_what_changed_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    plan = write_plan(tmp_path)
    before = files_of(plan)
    settings = Rewritten(b"title: As it was\n", "title: As it is to be\n")
    with pytest.raises(KimplanError, match=r"plan\.yaml changed meanwhile; nothing is written"):
        add_to_plan(plan, {"N1": "ref: N1\n"}, {SETTINGS: settings})
    assert files_of(plan) == before


def test_a_record_that_came_meanwhile_takes_all_back(tmp_path: Path) -> None:
    plan = write_plan(tmp_path)
    before = files_of(plan)
    settings = Rewritten(before[SETTINGS], before[SETTINGS].decode() + "# more\n")
    records = {"N1": "ref: N1\n", "REC1": "ref: REC1\n"}
    assert "recommendations/REC1.yaml" in before
    with pytest.raises(KimplanError, match="a record of that name has been written meanwhile"):
        add_to_plan(plan, records, {SETTINGS: settings})
    assert files_of(plan) == before


def test_the_mark_of_the_encoding_stays() -> None:
    assert Rewritten(b"\xef\xbb\xbfa: 1\n", "a: 2\n").content == b"\xef\xbb\xbfa: 2\n"
    assert Rewritten(b"a: 1\n", "a: 2\n").content == b"a: 2\n"


def test_a_new_plan_comes_whole_or_not_at_all(tmp_path: Path) -> None:
    write_new_plan(tmp_path / "plan", {"plan.yaml": "a\n", "recommendations/R1.yaml": "b\n"})
    assert files_of(tmp_path) == {"plan/plan.yaml": b"a\n", "plan/recommendations/R1.yaml": b"b\n"}
    with pytest.raises(KimplanError, match="is there already, and is no plan"):
        write_new_plan(tmp_path / "plan", {"plan.yaml": "c\n"})
    assert files_of(tmp_path)["plan/plan.yaml"] == b"a\n"
    assert [one.name for one in tmp_path.iterdir()] == ["plan"]
