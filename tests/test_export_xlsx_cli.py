"""``kimplan export xlsx``: the file that it writes, what it says, and what it refuses."""

from __future__ import annotations

import zipfile
from pathlib import Path

from conftest import ROLES, make_record, make_settings, run_cli, to_yaml, write_file, write_plan
from workbooks import imported, plan_of, said

from kimplan.exchange.read import read_sheets
from kimplan.linter import load

DAY = ["--as-of", "2024-05-31"]


def refs(path: Path) -> list[str]:
    sheet = read_sheets(path).sheets[0]
    return [row.cells[0].text for row in sheet.rows[1:]]


def test_it_writes_a_workbook_and_says_what_is_in_it(tmp_path: Path) -> None:
    write_plan(tmp_path)
    done = run_cli(["export", "xlsx", *DAY], tmp_path)
    assert (done.code, done.stderr) == (0, "")
    assert done.stdout == (
        "Wrote action-plan.xlsx: 3 recommendations in the sheets Action plan, Overdue, Owners, "
        "Revisions, Evidence and Settings.\n"
    )
    assert refs(tmp_path / "action-plan.xlsx") == ["REC1", "REC2", "REC3"]


def test_the_same_command_writes_the_same_bytes(tmp_path: Path) -> None:
    write_plan(tmp_path)
    for name in ("one.xlsx", "two.xlsx"):
        assert run_cli(["export", "xlsx", *DAY, "-o", name], tmp_path).code == 0
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


def test_import_takes_it_back_as_the_same_plan(tmp_path: Path) -> None:
    plan = write_plan(tmp_path)
    assert run_cli(["export", "xlsx", *DAY, "-o", "plan.xlsx"], tmp_path).code == 0
    done = run_cli(["import", "plan.xlsx", "--plan", "again"], tmp_path)
    assert (done.code, done.stderr) == (0, "")
    assert "0 to decide" in done.stdout
    assert "lost" not in done.stdout
    assert said(load(tmp_path / "again").plan) == said(load(plan).plan)


def test_import_beside_the_plan_finds_it_the_same(tmp_path: Path) -> None:
    plan = write_plan(tmp_path)
    assert run_cli(["export", "xlsx", *DAY, "-o", "plan.xlsx"], tmp_path).code == 0
    (plan / "recommendations/REC2.yaml").unlink()
    done = run_cli(["import", "plan.xlsx"], tmp_path)
    assert done.code == 0, done.stderr
    assert "new  REC2  " in done.stdout
    assert "same  REC1\nsame  REC3\n" in done.stdout
    assert "differs" not in done.stdout
    assert (plan / "recommendations/REC2.yaml").exists()


def test_import_beside_the_plan_says_which_settings_and_owners_differ(tmp_path: Path) -> None:
    sections = [
        {"id": "governance", "title": "Governance\u00a0now"},
        {"id": "repairs", "title": "Repairs"},
    ]
    roles = [{"role": role} for role in ROLES]
    plan = write_plan(
        tmp_path,
        settings=make_settings(organisation="Other Homes", sections=sections),
        owners=to_yaml({"owners": [{"role": "Chair"}, {**roles[0], "name": "Ann"}, *roles[1:]]}),
    )
    assert run_cli(["export", "xlsx", *DAY, "-o", "plan.xlsx"], tmp_path).code == 0
    assert "differs" not in run_cli(["import", "plan.xlsx"], tmp_path).stdout
    moved = make_settings(sections=[{"id": "new", "title": "New"}, *sections[::-1]])
    write_file(plan / "plan.yaml", moved)
    write_file(plan / "owners.yaml", to_yaml({"owners": roles}))
    done = run_cli(["import", "plan.xlsx"], tmp_path)
    assert [line for line in done.stdout.splitlines() if line.startswith("differs")] == [
        "differs  plan.yaml/organisation  plan: 'Example Homes'  source: 'Other Homes'",
        "differs  owners.yaml/Chair/role  plan: ''  source: 'Chair'",
        "differs  owners.yaml/Company Secretary/name  plan: ''  source: 'Ann'",
    ]
    assert (plan / "plan.yaml").read_text(encoding="utf-8") == moved


def test_filters_that_nothing_passes_leave_a_sheet_that_says_so(tmp_path: Path) -> None:
    write_plan(tmp_path, records={"A": make_record(ref="A", rag="amber")})
    done = run_cli(["export", "xlsx", *DAY, "--rag", "red", "-o", "plan.xlsx"], tmp_path)
    assert done.stdout == (
        "Wrote plan.xlsx: 0 of 1 recommendation in the sheets Action plan, Overdue, Owners, "
        "Revisions, Evidence and Settings.\n"
    )
    assert refs(tmp_path / "plan.xlsx") == ["No recommendation is among what was asked for."]
    refused = run_cli(["import", "plan.xlsx", "--plan", "again"], tmp_path)
    assert (refused.code, (tmp_path / "again").exists()) == (2, False)
    assert refused.stderr.startswith("kimplan: the sheet Action plan of plan.xlsx has no records\n")


def test_the_filters_of_list_are_honoured(tmp_path: Path) -> None:
    write_plan(tmp_path)
    for options, expected in (
        (["--rag", "amber,red"], ["REC2", "REC3"]),
        (["--owner", "repairs"], ["REC2"]),
        (["--section", "Repairs"], ["REC3"]),
        (["--overdue"], ["REC2"]),
        (["--where", "title=register", "--rag", "green"], ["REC1"]),
    ):
        done = run_cli(["export", "xlsx", *DAY, "-o", "part.xlsx", *options], tmp_path)
        assert done.code == 0, done.stderr
        assert f"Wrote part.xlsx: {len(expected)} of 3 recommendations" in done.stdout
        assert refs(tmp_path / "part.xlsx") == expected
    again = plan_of(imported(tmp_path / "part.xlsx"))
    assert [item.ref for item in again.recommendations] == ["REC1"]


def test_a_slip_in_a_filter_is_refused_and_nothing_written(tmp_path: Path) -> None:
    write_plan(tmp_path)
    done = run_cli(["export", "xlsx", *DAY, "--owner", "Nobody"], tmp_path)
    assert done.code == 2
    assert done.stderr.startswith("kimplan: --owner 'Nobody' is no part of any role\n")
    assert not (tmp_path / "action-plan.xlsx").exists()


def test_several_plans_stand_in_one_workbook(tmp_path: Path) -> None:
    for name in ("north", "south"):
        (tmp_path / name).mkdir()
        write_plan(tmp_path / name)
    (tmp_path / "broken").mkdir()
    write_plan(tmp_path / "broken", records={"REC1": make_record(due="never")})
    done = run_cli(["export", "xlsx", *DAY, "--plans", "."], tmp_path)
    assert done.code == 1
    assert "the plan is left out, because it has errors" in done.stderr
    sheets = "Action plan, Overdue, Owners, Plans, Revisions and Evidence"
    assert f"Wrote action-plan.xlsx: 6 recommendations in the sheets {sheets}.\n" in done.stdout
    plans = read_sheets(tmp_path / "action-plan.xlsx").sheets[0].rows[1:]
    assert [row.cells[1].text for row in plans] == ["REC1", "REC2", "REC3"] * 2


def test_a_workbook_of_several_plans_is_not_imported(tmp_path: Path) -> None:
    for name in ("north", "south"):
        (tmp_path / name).mkdir()
        write_plan(tmp_path / name)
    assert run_cli(["export", "xlsx", *DAY, "--plans", "."], tmp_path).code == 0
    done = run_cli(["import", "action-plan.xlsx", "--plan", "new"], tmp_path)
    assert done.code == 2
    assert done.stderr.startswith(
        "kimplan: action-plan.xlsx is a workbook that kimplan made of several plans\n"
    )


def test_for_the_public_nothing_internal_is_in_it(tmp_path: Path) -> None:
    private = {"progress": [{"on": "2024-01-01", "by": "A. Person", "note": "Between us."}]}
    records = {
        "REC1": make_record(owners=["Data Manager"], **private),
        "REC2": make_record(ref="REC2", title="Withheld.", publish="false"),
    }
    owners = "owners:\n- {role: Data Manager, name: Jo Bloggs, email: jo@example.org}\n"
    owners += "- {role: Company Secretary}\n"
    write_plan(tmp_path, records=records, owners=owners)
    done = run_cli(["export", "xlsx", *DAY, "--for", "public"], tmp_path)
    assert done.code == 0, done.stderr
    assert "not for publication: REC2" in done.stderr
    with zipfile.ZipFile(tmp_path / "action-plan.xlsx") as archive:
        everything = b"".join(map(archive.read, archive.namelist()))
    assert b"Data Manager" in everything
    for words in (b"Bloggs", b"jo@example", b"Person", b"Between us", b"Withheld", b"REC2"):
        assert words not in everything


def test_a_plan_with_errors_is_not_exported(tmp_path: Path) -> None:
    write_plan(tmp_path, records={"REC1": make_record(due="never")})
    done = run_cli(["export", "xlsx", *DAY], tmp_path)
    assert done.code == 1
    assert "nothing was written, because the plan has errors" in done.stderr
    assert not (tmp_path / "action-plan.xlsx").exists()


def test_where_it_may_not_be_written(tmp_path: Path) -> None:
    write_plan(tmp_path)
    for target, sentence in (
        ("plan/x.xlsx", "plan/x.xlsx is inside the plan"),
        ("x.csv", "x.csv does not end with .xlsx"),
        ("plan", "plan is a folder"),
        ("none/x.xlsx", "cannot write none/x.xlsx: there is no folder none"),
    ):
        done = run_cli(["export", "xlsx", *DAY, "-o", target], tmp_path)
        assert done.code == 2
        assert done.stderr.startswith(f"kimplan: {sentence}"), done.stderr
        assert done.stdout == ""


def test_what_a_cell_cannot_hold_is_told(tmp_path: Path) -> None:
    settings = make_settings(columns=[{"field": "ref", "label": "Ref"},
                                      {"field": "progress", "label": "Notes"}])  # fmt: skip
    notes = [{"on": "2024-01-01", "note": "word " * 3_000} for _ in range(3)]
    write_plan(tmp_path, records={"REC1": make_record(progress=notes)}, settings=settings)
    done = run_cli(["export", "xlsx", *DAY], tmp_path)
    assert done.code == 0
    assert done.stderr == (
        "kimplan: Action plan, row 2, Notes: the text is longer than a cell can be, and was cut\n"
    )
