from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from conftest import lint_lines, make_record, make_settings, small_records, write_plan

ADD = "  hint: Add what is missing; what does not apply is rated not-applicable.\n"
DELETE = "  hint: Delete it, or write its id into the 'section' of a recommendation.\n"
SECTIONS = [
    {"id": "governance", "title": "Governance"},
    {"id": "repairs", "title": "Repairs"},
    {"id": "culture", "title": "Culture"},
]


def gaps(folder: Path, names: Sequence[str], broken: Sequence[str] = ()) -> list[str]:
    """Return what is said of gaps in a plan whose records' files have these names."""
    records = {name: make_record(ref=name) for name in names}
    plan = write_plan(folder, records=records | dict.fromkeys(broken, "a: [\n"))
    lines = [line for line in lint_lines(plan).splitlines() if " KP507 " in line]
    return [line.removeprefix("plan/recommendations/") for line in lines]


class TestEmptySection:
    def test_a_section_without_recommendations_is_told(self, tmp_path: Path) -> None:
        plan = write_plan(tmp_path, settings=make_settings(sections=SECTIONS))
        assert lint_lines(plan) == (
            "plan/plan.yaml:8:9: warning KP506 the section 'culture' has no recommendations\n"
            f"{DELETE}1 warning in 3 recommendations.\n"
        )

    def test_a_record_of_any_rating_fills_its_section(self, tmp_path: Path) -> None:
        closed = make_record(ref="REC4", section="culture", rag="not-applicable", due=None)
        records = small_records() | {"REC4": closed}
        plan = write_plan(tmp_path, records=records, settings=make_settings(sections=SECTIONS))
        assert lint_lines(plan) == "No problems in 4 recommendations.\n"

    def test_no_section_is_called_empty_while_a_record_may_belong_there(
        self, tmp_path: Path
    ) -> None:
        records = small_records() | {"REC4": make_record(ref="REC4", section="cultur")}
        plan = write_plan(tmp_path, records=records, settings=make_settings(sections=SECTIONS))
        codes = [line.split(" ")[2] for line in lint_lines(plan).splitlines()[:-1:2]]
        assert codes == ["KP503"]

    def test_no_section_is_called_empty_while_a_record_cannot_be_read(self, tmp_path: Path) -> None:
        records = small_records() | {"REC4": "a: [\n"}
        plan = write_plan(tmp_path, records=records, settings=make_settings(sections=SECTIONS))
        assert "KP506" not in lint_lines(plan)

    def test_a_plan_without_records_is_told_that_alone(self, tmp_path: Path) -> None:
        assert "KP506" not in lint_lines(write_plan(tmp_path, records={}))


class TestNumberingGap:
    @pytest.mark.parametrize(
        ("names", "said"),
        [
            (["REC1", "REC2", "REC4"], ["REC4.yaml:1:1: warning KP507 REC3 is missing before "]),
            (
                ["REC1", "REC4", "REC5", "REC7"],
                [
                    "REC4.yaml:1:1: warning KP507 REC2 to REC3 are missing before ",
                    "REC7.yaml:1:1: warning KP507 REC6 is missing before ",
                ],
            ),
            (["REC2", "REC3"], ["REC2.yaml:1:1: warning KP507 REC1 is missing before "]),
            (["REC9"], ["REC9.yaml:1:1: warning KP507 REC1 to REC8 are missing before "]),
            (["REC10", "REC12"], ["REC12.yaml:1:1: warning KP507 REC11 is missing before "]),
            (["A-12", "A-14"], ["A-14.yaml:1:1: warning KP507 A-13 is missing before "]),
            (["REC01", "REC03"], ["REC03.yaml:1:1: warning KP507 REC2 is missing before "]),
            (["1", "3"], ["3.yaml:1:1: warning KP507 2 is missing before "]),
            (["4.1", "4.3"], ["4.3.yaml:1:1: warning KP507 4.2 is missing before "]),
            (["A1", "A3", "B1"], ["A3.yaml:1:1: warning KP507 A2 is missing before "]),
            (["REC1", "rec3"], ["rec3.yaml:1:1: warning KP507 rec2 is missing before "]),
            (
                ["REC1", "REC999999999"],
                ["REC999999999.yaml:1:1: warning KP507 REC2 to REC999999998 are missing before "],
            ),
        ],
    )
    def test_a_number_that_is_missing_is_told_at_the_next_one(
        self, names: list[str], said: list[str], tmp_path: Path
    ) -> None:
        assert gaps(tmp_path, names) == [f"{line}this recommendation" for line in said]

    @pytest.mark.parametrize(
        "names",
        [
            ["REC1", "REC2", "REC3"],
            ["REC9", "REC10", *(f"REC{number}" for number in range(1, 9))],
            ["REC1", "REC2", "REC2a", "REC2b", "REC3"],
            ["REC1a", "REC1b", "REC2"],
            ["REC1.1", "REC1.2", "REC1.10", "REC2.1"],
            ["REC0", "REC1"],
            ["REC01", "REC02", "REC03"],
            ["REC1", "REC01", "REC2"],
            ["3.1", "3.2", "5.1"],
            ["1", "2", "3.1", "3.2", "4"],
            ["3.2.1", "3.2.2", "3.3.1"],
            ["A-12", "A-13"],
            ["REC101", "REC102"],
            ["A", "B", "REC"],
            ["A1", "B1", "A2", "B2"],
            ["REC1", "rec2"],
            ["REC1", "REC12345678901234567890"],
        ],
    )
    def test_numbers_without_a_gap_are_left_alone(self, names: list[str], tmp_path: Path) -> None:
        assert gaps(tmp_path, names) == []

    def test_a_number_whose_file_cannot_be_read_is_not_missing(self, tmp_path: Path) -> None:
        assert gaps(tmp_path, ["REC1", "REC3"], broken=["REC2"]) == []

    def test_a_gap_before_a_file_that_cannot_be_read_is_told(self, tmp_path: Path) -> None:
        assert gaps(tmp_path, ["REC1"], broken=["REC3"]) == [
            "REC3.yaml:1:1: warning KP507 REC2 is missing before this recommendation"
        ]

    def test_the_file_counts_and_not_its_ref(self, tmp_path: Path) -> None:
        records = small_records() | {"REC5": make_record(ref="REC4")}
        said = lint_lines(write_plan(tmp_path, records=records))
        assert said == (
            "plan/recommendations/REC5.yaml:1:1: warning KP507 REC4 is missing before this "
            f"recommendation\n{ADD}"
            "plan/recommendations/REC5.yaml:1:6: error KP502 the ref REC4 is not the file's name, "
            "'REC5'\n"
            "  hint: Rename the file to REC4.yaml, or write 'ref: REC5'.\n"
            "1 error, 1 warning in 4 recommendations.\n"
        )
