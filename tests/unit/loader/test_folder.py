from __future__ import annotations

import os
import random
import shutil
from pathlib import Path

import pytest
from conftest import lint_lines, make_record, write_file, write_plan

from kimplan.linter import lint
from kimplan.loader.folder import PlanFolder
from kimplan.model.refs import ref_order

ONLY = "Only plan.yaml, owners.yaml and recommendations/ belong here."
ENDS = ": its name ends with '{}'"
SHOWN = "File Explorer shows such endings with View > Show > File name extensions."
OUT = "Move it out of plan/; evidence lies elsewhere in the repository, where a record links to it."
NAMED = "A recommendation's file is named after its ref: REC1.yaml."
MISSING = "Put it there; kimplan rule KP001 says more."
needs_posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")


def stray(name: str, severity: str, hint: str) -> str:
    return f"plan/{name}:1:1: {severity} KP007 nothing in the plan reads this\n  hint: {hint}\n"


@pytest.mark.parametrize(
    "refs",
    [
        ["REC1", "REC2", "REC10", "REC11", "REC100"],
        ["A1", "a2", "A10", "B1"],
        ["REC1", "REC1-2", "REC1-10", "REC2"],
        ["REC", "REC1", "REC1A", "REC1B", "REC2A"],
        ["1", "2", "10"],
        ["REC01", "REC1"],
    ],
)
def test_refs_are_ordered_with_numbers_as_numbers(refs: list[str]) -> None:
    shuffled = list(refs)
    random.Random(7).shuffle(shuffled)
    assert sorted(shuffled, key=ref_order) == refs


def test_records_are_read_in_the_order_of_their_refs(tmp_path: Path) -> None:
    refs = ["REC10", "REC9", "a1", "REC1", "REC2"]
    plan = write_plan(tmp_path, records={ref: make_record(ref=ref) for ref in refs})
    found = [file.value.ref for file in PlanFolder(plan).recommendations() if file.value]
    assert found == ["a1", "REC1", "REC2", "REC9", "REC10"]


@pytest.mark.parametrize(
    ("name", "severity"),
    [
        ("README.md", "warning"),
        ("notes.txt", "warning"),
    ],
)
def test_a_file_beside_the_settings_is_told(name: str, severity: str, tmp_path: Path) -> None:
    plan = write_plan(tmp_path)
    write_file(plan / name, "x\n")
    assert lint_lines(plan).startswith(stray(name, severity, ONLY))


@pytest.mark.parametrize(
    ("name", "severity", "said", "hint"),
    [
        ("notes.txt", "warning", ENDS.format(".txt"), f"Rename it to notes.yaml. {SHOWN}"),
        ("old notes.txt", "warning", "", OUT),
        ("REC9.docx", "warning", "", OUT),
        ("REC9", "warning", "", "If it is a recommendation, rename it to REC9.yaml."),
        ("REC9.yml", "error", ENDS.format(".yml"), "Rename it to REC9.yaml."),
        ("REC9.YAML", "error", ENDS.format(".YAML"), "Rename it to REC9.yaml."),
        ("REC9.yaml.txt", "error", ENDS.format(".yaml.txt"), f"Rename it to REC9.yaml. {SHOWN}"),
        ("REC9.yaml.bak", "error", "", NAMED),
    ],
)
def test_a_file_that_is_no_record_is_told(
    name: str, severity: str, said: str, hint: str, tmp_path: Path
) -> None:
    plan = write_plan(tmp_path)
    write_file(plan / "recommendations" / name, make_record(ref="REC9"))
    told = stray(f"recommendations/{name}", severity, hint).replace(
        "reads this", f"reads this{said}"
    )
    assert lint_lines(plan) == f"{told}1 {severity} in 3 recommendations.\n"


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("REC9.yaml", "If it is a recommendation, move it to recommendations/REC9.yaml."),
        ("REC9.yml", "If it is a recommendation, move it to recommendations/REC9.yaml."),
        ("owner.yaml", "Rename it to owners.yaml if it is that file, or move it elsewhere."),
    ],
)
def test_a_yaml_file_beside_the_settings_is_an_error(name: str, hint: str, tmp_path: Path) -> None:
    plan = write_plan(tmp_path)
    write_file(plan / name, "x\n")
    assert lint_lines(plan) == f"{stray(name, 'error', hint)}1 error in 3 recommendations.\n"


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("archive", ONLY),
        ("recommendation", "Rename the folder to recommendations."),
        (
            "recommendations/archive",
            "Move its records up into recommendations/, or the folder out of plan/.",
        ),
    ],
)
def test_a_folder_that_nothing_reads_is_told(name: str, hint: str, tmp_path: Path) -> None:
    plan = write_plan(tmp_path)
    (plan / name).mkdir()
    write_file(plan / name / "REC9.yaml", make_record(ref="REC9"))
    assert lint_lines(plan) == f"{stray(name, 'error', hint)}1 error in 3 recommendations.\n"


@pytest.mark.parametrize(
    "name",
    [
        ".REC1.yaml.swp",
        ".#REC1.yaml",
        "#REC1.yaml#",
        "REC1.yaml~",
        "~$REC1.docx",
        ".~lock.REC1.yaml#",
        "4913",
        ".DS_Store",
        ".gitkeep",
        "Thumbs.db",
        "desktop.ini",
    ],
)
def test_what_editors_and_windows_leave_behind_is_ignored(name: str, tmp_path: Path) -> None:
    plan = write_plan(tmp_path)
    write_file(plan / name, "x")
    write_file(plan / "recommendations" / name, "x")
    assert lint_lines(plan) == "No problems in 3 recommendations.\n"


def test_a_folder_that_is_named_like_a_record_is_told(tmp_path: Path) -> None:
    plan = write_plan(tmp_path)
    (plan / "recommendations" / "REC4.yaml").mkdir()
    assert lint_lines(plan) == (
        "plan/recommendations/REC4.yaml:1:1: error KP001 this is a folder, not a file\n"
        "  hint: Move it out of the plan.\n"
        "1 error in 4 recommendations.\n"
    )


@needs_posix
def test_pipes_and_links_hide_no_other_record(tmp_path: Path) -> None:
    plan = write_plan(tmp_path)
    folder = plan / "recommendations"
    write_file(tmp_path / "secret", "password: x\n")
    os.mkfifo(folder / "REC4.yaml")
    (folder / "REC5.yaml").symlink_to("nowhere")
    (folder / "REC6.yaml").symlink_to("../../secret")
    (folder / "REC7.yaml").symlink_to("/dev/zero")
    (folder / "REC8.yaml").symlink_to("REC1.yaml")
    write_file(folder / "REC9.yaml", make_record(ref="REC9", rag="pink"))
    where = "plan/recommendations"
    assert lint_lines(plan) == (
        f"{where}/REC4.yaml:1:1: error KP001 this is a pipe, not a file\n"
        "  hint: Move it out of the plan.\n"
        f"{where}/REC5.yaml:1:1: error KP001 the file is missing\n"
        f"  hint: {MISSING}\n"
        f"{where}/REC6.yaml:1:1: error KP001 the file is a link that leaves the plan\n"
        "  hint: Put the file here.\n"
        f"{where}/REC7.yaml:1:1: error KP001 the file is a link that leaves the plan\n"
        "  hint: Put the file here.\n"
        f"{where}/REC8.yaml:1:6: error KP501 the ref REC1 is taken by {where}/REC1.yaml\n"
        "  hint: Write 'ref: REC8', as the file is named; or delete the file if it is a copy.\n"
        "    1 + ref: REC8\n"
        f"{where}/REC9.yaml:5:6: error KP105 rag 'pink' is not known\n"
        "  hint: Write green (complete), amber (in progress), red (not started or "
        "stuck) or not-applicable (does not apply).\n"
        "6 errors in 9 recommendations.\n"
    )


@needs_posix
def test_records_behind_a_link_that_leaves_the_plan_are_not_read(tmp_path: Path) -> None:
    plan = write_plan(tmp_path)
    write_file(plan / "recommendations" / "REC4.yaml", "a: [\n")
    shutil.move(plan / "recommendations", tmp_path / "elsewhere")
    (plan / "recommendations").symlink_to("../elsewhere")
    assert lint_lines(plan) == (
        "plan/recommendations:1:1: error KP001 the folder is a link that leaves the plan\n"
        "  hint: Put the folder here.\n"
        "plan/recommendations:1:1: error KP505 the plan has no recommendations\n"
        "  hint: Put one file a recommendation there: REC1.yaml.\n"
        "2 errors in 0 recommendations.\n"
    )


@needs_posix
def test_records_behind_a_link_within_the_plan_are_read(tmp_path: Path) -> None:
    plan = write_plan(tmp_path)
    shutil.move(plan / "recommendations", plan / ".records")
    (plan / "recommendations").symlink_to(".records")
    assert lint_lines(plan) == "No problems in 3 recommendations.\n"


def test_a_plan_without_the_folder_of_its_records_is_told_once(tmp_path: Path) -> None:
    plan = write_plan(tmp_path)
    shutil.rmtree(plan / "recommendations")
    assert lint_lines(plan) == (
        "plan/recommendations:1:1: error KP505 the plan has no recommendations\n"
        "  hint: Put one file a recommendation there: REC1.yaml.\n"
        "1 error in 0 recommendations.\n"
    )


def test_a_plan_without_records_is_told(tmp_path: Path) -> None:
    plan = write_plan(tmp_path, records={})
    assert lint_lines(plan) == (
        "plan/recommendations:1:1: error KP505 the plan has no recommendations\n"
        "  hint: Put one file a recommendation there: REC1.yaml.\n"
        "1 error in 0 recommendations.\n"
    )


def test_a_plan_without_owners_is_told_once(tmp_path: Path) -> None:
    plan = write_plan(tmp_path)
    (plan / "owners.yaml").unlink()
    assert lint_lines(plan) == (
        "plan/owners.yaml:1:1: error KP001 the file is missing\n"
        f"  hint: {MISSING}\n"
        "1 error in 3 recommendations.\n"
    )


def test_broken_settings_hide_no_record_and_blame_none(tmp_path: Path) -> None:
    plan = write_plan(tmp_path, settings="title: [\n", owners="owners: [\n")
    write_file(plan / "recommendations" / "REC4.yaml", make_record(ref="REC4", rag="pink"))
    assert lint_lines(plan) == (
        "plan/owners.yaml:1:9: error KP003 the [ that opens here is never closed\n"
        "  hint: Close it, or write each entry on a line of its own that begins with '- '.\n"
        "plan/plan.yaml:1:8: error KP003 the [ that opens here is never closed\n"
        "  hint: Close it, or write each entry on a line of its own that begins with '- '.\n"
        "plan/recommendations/REC4.yaml:5:6: error KP105 rag 'pink' is not known\n"
        "  hint: Write green (complete), amber (in progress), red (not started or "
        "stuck) or not-applicable (does not apply).\n"
        "3 errors in 4 recommendations.\n"
    )


def test_a_broken_record_hides_no_other(tmp_path: Path) -> None:
    broken: dict[str, str | bytes] = {
        "REC1": b"\xff\xfea\x00",
        "REC2": b"title: \x92\n",
        "REC3": "a: [\n",
        "REC4": "",
        "REC5": make_record(ref="REC5", rag="pink"),
        "REC6": make_record(ref="REC6"),
    }
    result = lint(write_plan(tmp_path, records=broken))
    assert [(Path(found.location.path).stem, found.code) for found in result.diagnostics] == [
        ("REC1", "KP002"),
        ("REC2", "KP002"),
        ("REC3", "KP003"),
        ("REC4", "KP009"),
        ("REC5", "KP105"),
    ]
    assert result.files == 6


@pytest.mark.skipif(os.name == "nt", reason="Windows cannot hold these names")
@pytest.mark.parametrize(
    ("name", "shown", "fault"),
    [
        (b"REC\xff.yaml", "REC\\udcff.yaml", ""),
        (b"REC\n.yaml", "REC\\x0a.yaml", "'\\n'"),
        (b"\x1b[31m.yaml", "\\x1b[31m.yaml", "'\\x1b'"),
        ("\u202eREC.yaml".encode(), "\\u202eREC.yaml", ""),
        (b"[red]REC.yaml", "[red]REC.yaml", ""),
        (b"%0A::error::.yaml", "%0A::error::.yaml", "':'"),
        (b"-rf.yaml", "-rf.yaml", ""),
    ],
)
def test_a_file_name_of_any_bytes_is_shown_on_one_line(
    name: bytes, shown: str, fault: str, tmp_path: Path
) -> None:
    plan = write_plan(tmp_path, records={})
    path = os.path.join(os.fsencode(plan), b"recommendations", name)
    try:
        with open(path, "wb") as file:
            file.write(b"a: [\n")
    except OSError:
        pytest.skip("this file system cannot hold the name")
    on_windows = (
        f"plan/recommendations/{shown}:1:1: error KP010 Windows allows no {fault} in a name\n"
        "  hint: Rename the file.\n"
    )
    assert lint_lines(plan) == (
        f"{on_windows if fault else ''}"
        f"plan/recommendations/{shown}:1:4: error KP003 the [ that opens here is never closed"
        "\n  hint: Close it, or write each entry on a line of its own that begins with '- '.\n"
        f"{'2 errors' if fault else '1 error'} in 1 recommendation.\n"
    )
