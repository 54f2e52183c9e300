"""A change of a role in the files of a plan: written whole, or not at all."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROLES, make_owners, make_record, write_file, write_plan

from kimplan.edits.refusal import RefusedError
from kimplan.errors import KimplanError, OutputError
from kimplan.roles.change import RoleChange, add_role, remove_role, rename_role
from kimplan.roles.names import check_new, find_role

OLD, NEW = "Head of Repairs", "Head of Homes"

TOO_LARGE = "the file would be larger than is allowed here"


def nothing(_: RoleChange) -> None:
    pass


def contents(plan: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in plan.rglob("*") if path.is_file()}


def plan_in(folder: Path) -> Path:
    records = {f"REC{n}": make_record(ref=f"REC{n}", owners=[OLD]) for n in range(1, 6)}
    return write_plan(folder, records=records)


def test_where_nobody_sees_it_nothing_is_written(tmp_path: Path) -> None:
    plan = plan_in(tmp_path)
    before = contents(plan)

    def unseen(_: RoleChange) -> None:
        raise OutputError("nobody reads it")

    with pytest.raises(OutputError):
        rename_role(plan, OLD, NEW, unseen)
    assert contents(plan) == before


def test_a_file_that_changes_meanwhile_stops_it(tmp_path: Path) -> None:
    plan = plan_in(tmp_path)
    path = plan / "recommendations" / "REC3.yaml"

    def meddle(_: RoleChange) -> None:
        write_file(path, path.read_bytes() + b"# seen\n")

    before = contents(plan)
    with pytest.raises(KimplanError, match=r"REC3\.yaml changed meanwhile, so nothing is written"):
        rename_role(plan, OLD, NEW, meddle)
    assert contents(plan) == before | {str(path): path.read_bytes()}


posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX only")
LONG = "The register is being built. " * 4_000  # bytes: more than the LIMIT
LIMIT = 60_000


@contextlib.contextmanager
def small_disk() -> Iterator[None]:
    """Let no file that is written become longer than LIMIT."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def limit(_: RoleChange) -> None:
    import resource

    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    resource.setrlimit(resource.RLIMIT_FSIZE, (LIMIT, hard))


@posix
def test_what_was_written_is_put_back_where_the_fourth_cannot_be(tmp_path: Path) -> None:
    plan = plan_in(tmp_path)
    write_file(plan / "recommendations" / "REC3.yaml", long_record())
    before = contents(plan)
    with small_disk(), pytest.raises(OutputError) as failed:
        rename_role(plan, OLD, NEW, limit)
    path = plan / "recommendations" / "REC3.yaml"
    assert failed.value.message == (
        f"cannot write {path}: {TOO_LARGE}; what was written before it is put back"
    )
    assert contents(plan) == before


@posix
def test_what_cannot_be_put_back_is_named(tmp_path: Path) -> None:
    plan = plan_in(tmp_path)
    write_file(plan / "recommendations" / "REC3.yaml", long_record())
    registry = plan / "owners.yaml"
    text = make_owners()
    write_file(registry, text + "#" * (LIMIT - len(text)) + "#\n")  # its new name is shorter
    before = contents(plan)
    with small_disk(), pytest.raises(OutputError) as failed:
        rename_role(plan, OLD, NEW, limit)
    path = plan / "recommendations" / "REC3.yaml"
    assert failed.value.message == (
        f"cannot write {path}: {TOO_LARGE}; changed already, and not to be put back: {registry}"
    )
    after = contents(plan)
    assert [name for name in after if after[name] != before[name]] == [str(registry)]


def long_record() -> str:
    notes = [{"on": "2024-05-02", "note": LONG[:15_000]}] * 6
    return make_record(ref="REC3", owners=[OLD], progress=notes)


def test_what_lint_would_not_have_changes_nothing(tmp_path: Path) -> None:
    plan = plan_in(tmp_path)
    before = contents(plan)
    with pytest.raises(RefusedError) as refused:
        rename_role(plan, OLD, "x" * 301, nothing)
    assert {one.code for one in refused.value.new} == {"KP106"}
    assert contents(plan) == before


def test_the_last_role_stays(tmp_path: Path) -> None:
    plan = write_plan(tmp_path, records={}, owners=make_owners("Clerk"))
    with pytest.raises(KimplanError, match="it is the only role"):
        remove_role(plan, "Clerk", None, nothing)


def test_roles_that_run_together_are_mended_first(tmp_path: Path) -> None:
    plan = plan_in(tmp_path)
    text = make_record(ref="REC9", owners=[f"{OLD} and Data Manager"])
    write_file(plan / "recommendations" / "REC9.yaml", text)
    with pytest.raises(RefusedError) as refused:
        rename_role(plan, OLD, "Director", nothing)
    assert [one.location.path for one in refused.value.new] == [
        f"{plan.as_posix()}/recommendations/REC9.yaml"
    ]


def test_without_records_a_role_is_added(tmp_path: Path) -> None:
    plan = write_plan(tmp_path, records={})
    (plan / "recommendations").rmdir()
    change = add_role(plan, {"role": "Clerk"}, nothing)
    assert [one.changed.path.name for one in change.files] == ["owners.yaml"]
    assert (plan / "owners.yaml").read_text() == make_owners(*ROLES, "Clerk")


@pytest.mark.parametrize(
    ("asked", "found"),
    [("head  of repairs", OLD), ("Head of\u00a0Repairs", OLD), ("Head", None)],
)
def test_which_role_is_meant(asked: str, found: str | None) -> None:
    assert find_role(asked, [*ROLES]) == found


@pytest.mark.parametrize(
    "role",
    ["Head of Homes", "Head of Repair", "Area Manager 2", "Chair", "Rota Manager", "Owner Services",
     "Tai a Chymunedau"],
)  # fmt: skip
def test_another_role_is_none_of_these(role: str) -> None:
    check_new(role, [*ROLES, "Area Manager 1"], "owners.yaml", str)
