from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from conftest import (
    lint_lines,
    lint_record,
    make_owners,
    make_record,
    make_settings,
    write_file,
    write_plan,
)

TWIN = "  hint: If one is a copy, keep what is right and delete it; else rename one.\n"
RENAME = "  hint: Rename the file.\n"
TAKE_AWAY = "  hint: kimplan lint --fix takes it away.\n"
WHERE = "plan/recommendations"
needs_any_name = pytest.mark.skipif(os.name == "nt", reason="Windows cannot hold these names")


@needs_any_name
class TestNotOnWindows:
    """KP010."""

    @pytest.mark.parametrize(
        ("name", "fault"),
        [
            ("CON.yaml", "Windows keeps this name for a device"),
            ("aux.yaml", "Windows keeps this name for a device"),
            ("nul.old.yaml", "Windows keeps this name for a device"),
            ("COM1.yaml", "Windows keeps this name for a device"),
            ("lpt¹.yaml", "Windows keeps this name for a device"),
            ("REC:4.yaml", "Windows allows no ':' in a name"),
            ("REC?.yaml", "Windows allows no '?' in a name"),
            ("a|b.yaml", "Windows allows no '|' in a name"),
            ("a\\b.yaml", "Windows allows no '\\\\' in a name"),
            ('a"b.yaml', "Windows allows no '\"' in a name"),
        ],
    )
    def test_a_name_that_windows_cannot_hold_is_told(
        self, name: str, fault: str, tmp_path: Path
    ) -> None:
        plan = write_plan(tmp_path)
        write_file(plan / "recommendations" / name, make_record(ref="X"))
        assert f"{WHERE}/{name}:1:1: error KP010 {fault}\n{RENAME}" in lint_lines(plan)

    @pytest.mark.parametrize("name", ["notes.", "notes ", "REC4.yaml."])
    def test_an_end_that_windows_drops_is_told(self, name: str, tmp_path: Path) -> None:
        plan = write_plan(tmp_path)
        write_file(plan / name, "x")
        fault = "Windows drops a full stop or a space at the end of a name"
        assert f"plan/{name}:1:1: error KP010 {fault}\n{RENAME}" in lint_lines(plan)

    @pytest.mark.parametrize("name", ["CONTRACT", "COM10", "LPT", "AUX1", "REC-CON", "a.CON", "é"])
    def test_a_name_that_only_looks_like_it_is_left_alone(self, name: str, tmp_path: Path) -> None:
        plan = write_plan(tmp_path)
        write_file(plan / "recommendations" / f"{name}.yaml", make_record(ref="X"))
        assert "KP010" not in lint_lines(plan)

    @pytest.mark.parametrize(
        ("one", "other"), [("REC4", "rec4"), ("REC4", "Rec4"), ("É", "é"), ("STRASSE", "straße")]
    )
    def test_names_that_differ_in_capitals_alone_are_told(
        self, one: str, other: str, tmp_path: Path
    ) -> None:
        plan = write_plan(tmp_path, records={})
        for name in (one, other):
            write_file(plan / "recommendations" / f"{name}.yaml", make_record(ref="REC4"))
        if len(os.listdir(plan / "recommendations")) < 2:
            pytest.skip("this file system takes the two for the same")
        assert (
            f"{WHERE}/{other}.yaml:1:1: error KP010 Windows takes this name for the same as "
            f"{one}.yaml\n{TWIN}"
        ) in lint_lines(plan)


class TestStrayWhiteSpace:
    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    @pytest.mark.parametrize("stray", [" ", "  ", "\t", " \t "])
    def test_white_space_at_the_end_of_a_line_is_told_once_a_file(
        self, stray: str, end: str, tmp_path: Path
    ) -> None:
        text = make_record().replace("amber", f"amber{stray}").replace("2024-07", f"2024-07{stray}")
        assert lint_record(tmp_path, text.replace("\n", end)) == (
            f"5:11: info KP011 white space at the end of 2 lines; this is the first\n{TAKE_AWAY}"
        )

    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    def test_no_white_space_is_found_where_there_is_none(self, end: str, tmp_path: Path) -> None:
        text = make_record(response="One.\n\nTwo.\n")
        assert lint_record(tmp_path, text.replace("\n", end)) == ""

    def test_a_text_of_several_lines_is_looked_at_too(self, tmp_path: Path) -> None:
        text = make_record(response="One.\n\nTwo.\n").replace("One.", "One. ")
        assert lint_record(tmp_path, text) == (
            f"5:7: info KP011 white space at the end of the line\n{TAKE_AWAY}"
        )

    def test_the_last_line_ends(self, tmp_path: Path) -> None:
        assert lint_record(tmp_path, make_record().rstrip()) == (
            "8:22: info KP011 the last line does not end\n  hint: kimplan lint --fix ends it.\n"
        )

    def test_white_space_behind_the_last_line_is_told_as_that(self, tmp_path: Path) -> None:
        assert lint_record(tmp_path, f"{make_record()}  ") == (
            f"9:1: info KP011 white space at the end of the line\n{TAKE_AWAY}"
        )

    def test_the_settings_and_the_owners_are_looked_at(self, tmp_path: Path) -> None:
        settings = make_settings().replace("Homes", "Homes ")
        plan = write_plan(tmp_path, settings=settings, owners=make_owners().rstrip())
        assert lint_lines(plan) == (
            "plan/owners.yaml:4:23: info KP011 the last line does not end\n"
            "  hint: kimplan lint --fix ends it.\n"
            f"plan/plan.yaml:2:28: info KP011 white space at the end of the line\n{TAKE_AWAY}"
            "2 notes in 3 recommendations.\n"
        )

    def test_a_long_run_of_spaces_is_quick(self, tmp_path: Path) -> None:
        text = f"{make_record().rstrip()}  # a{' ' * 200_000}b"
        before = time.process_time()
        assert "8:200028: info KP011 the last line does not end\n" in lint_record(tmp_path, text)
        assert time.process_time() - before < 5
