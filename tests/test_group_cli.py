"""Several plans at once: what is said of all of them is what is true of each."""

from __future__ import annotations

import os
import re
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from conftest import (
    AS_OF,
    ROLES,
    Golden,
    Ran,
    make_record,
    make_repository,
    make_settings,
    run_cli,
    write_file,
    write_plan,
)
from six_plans import NAMES, Truth, data_of, is_late, last_day, write_six

GOLDEN = Path(__file__).parent / "golden" / "group"
DAY = ("--as-of", str(AS_OF))
NUMBERS = ("overdue", "overdue_actions", "due_soon", "open", "total")


@pytest.fixture
def six(tmp_path: Path) -> list[Truth]:
    return write_six(tmp_path)


def ask(folder: Path, command: str, *options: str) -> dict[str, Any]:
    ran = run_cli([command, "--plans", ".", *DAY, "--format", "json", *options], folder)
    assert (ran.code, ran.stderr) == (0, "")
    return data_of(ran.stdout)


def is_soon(due: str) -> bool:
    return 0 <= (last_day(due) - AS_OF).days <= 90


def counts(facts: list[Truth], owner: str | None = None) -> tuple[int, ...]:
    """Return what is overdue, as an action too, due soon, open, and how many there are."""
    own = [fact for fact in facts if owner is None or owner in fact.owners]
    steps = [
        due
        for fact in facts
        for role, due, done in fact.actions
        if not done and owner in {None, role}
    ]
    still = [fact for fact in own if fact.is_open]
    return (
        sum(is_late(fact.due) for fact in still),
        sum(map(is_late, steps)),
        sum(is_soon(fact.due) for fact in still) + sum(map(is_soon, steps)),
        len(still),
        len(own),
    )


@pytest.mark.parametrize("command", ["overdue", "summary", "list"])
def test_the_totals_of_six_plans_are_what_was_written(
    command: str, six: list[Truth], tmp_path: Path
) -> None:
    data = ask(tmp_path, command)
    assert [one["plan"] for one in data["plans"]] == list(NAMES)
    for one in data["plans"]:
        own = [fact for fact in six if fact.plan == one["plan"]]
        assert tuple(one[name] for name in NUMBERS) == counts(own)
    assert {one["owner"] for one in data["owners"]} == set(ROLES)
    for one in data["owners"]:
        assert tuple(one[name] for name in NUMBERS) == counts(six, one["owner"])


def test_what_is_overdue_stands_in_one_order_with_its_plan(
    six: list[Truth], tmp_path: Path
) -> None:
    data = ask(tmp_path, "overdue")
    found = [(one["plan"], one["ref"], one["action"] is not None) for one in data["overdue"]]
    late = [(fact.plan, fact.ref, False) for fact in six if fact.is_open and is_late(fact.due)]
    late += [
        (fact.plan, fact.ref, True)
        for fact in six
        for _, due, done in fact.actions
        if not done and is_late(due)
    ]
    assert Counter(found) == Counter(late)
    blocks: dict[tuple[str, str], int] = {}
    for one in data["overdue"]:
        key = one["plan"], one["ref"]
        blocks[key] = min(blocks.get(key, 0), one["days_left"])
    assert list(blocks.values()) == sorted(blocks.values())


def test_the_list_is_every_plan_in_its_own_order(six: list[Truth], tmp_path: Path) -> None:
    data = ask(tmp_path, "list")
    found = [(one["plan"], one["ref"]) for one in data["recommendations"]]
    assert found == [(fact.plan, fact.ref) for fact in six]
    assert data["total"] == len(six)
    assert data["left_out"] == []


def test_a_filter_that_one_plan_alone_knows_leaves_the_others_out(
    six: list[Truth], tmp_path: Path
) -> None:
    found = ask(tmp_path, "list", "--owner", "Data Manager")["recommendations"]
    expected = [
        (fact.plan, fact.ref)
        for fact in six
        if "Data Manager" in {*fact.owners, *(owner for owner, _, done in fact.actions if not done)}
    ]
    assert [(one["plan"], one["ref"]) for one in found] == expected
    ran = run_cli(["list", "--plans", ".", "--owner", "Gardener"], tmp_path)
    assert (ran.code, ran.stdout) == (2, "")
    assert ran.stderr.startswith("kimplan: --owner 'Gardener' is no part of any role\n")


def test_plans_are_named_one_by_one(six: list[Truth], tmp_path: Path) -> None:
    ran = run_cli(
        ["summary", "--plan", "birch", "--plan", "dale/homes/plan", *DAY, "--format", "json"],
        tmp_path,
    )
    assert [one["plan"] for one in data_of(ran.stdout)["plans"]] == ["birch", "homes"]
    once = run_cli(["summary", "--plan", "birch", "--plan", "birch/plan", *DAY], tmp_path)
    assert once.stdout.startswith("1 plan on 31 May 2024\n")


def whole(ran: Ran) -> str:
    return f"{ran.stdout}--- standard error, exit code {ran.code}\n{ran.stderr}"


@pytest.mark.parametrize(
    ("name", "command"),
    [
        ("overdue", ["overdue", "--within", "90d"]),
        ("overdue-by-owner", ["overdue", "--by", "owner"]),
        ("overdue-by-section", ["overdue", "--by", "section"]),
        ("summary", ["summary"]),
        ("summary-by-section", ["summary", "--by", "section"]),
        ("list", ["list", "--rag", "red"]),
        ("check", ["check", "--select", "KP7"]),
    ],
)
def test_the_whole_answer(
    name: str, command: list[str], six: list[Truth], tmp_path: Path, golden: Golden
) -> None:
    ran = run_cli([*command, "--plans", ".", *DAY], tmp_path)
    golden(GOLDEN / f"{name}.txt", whole(ran))


class TestBroken:
    @pytest.fixture(autouse=True)
    def _two_are_broken(self, six: list[Truth], tmp_path: Path) -> None:
        write_file(tmp_path / "birch/plan/plan.yaml", "title: [\n")
        write_file(tmp_path / "elm/plan/recommendations/REC1.yaml", make_record(rag="purple"))

    @pytest.mark.parametrize("command", ["overdue", "summary", "list"])
    def test_a_broken_plan_is_said_and_hides_no_other(self, command: str, tmp_path: Path) -> None:
        ran = run_cli([command, "--plans", ".", *DAY, "--format", "json"], tmp_path)
        data = data_of(ran.stdout)
        assert (ran.code, data["complete"], data["left_out"]) == (1, False, ["birch"])
        assert [one["plan"] for one in data["plans"]] == [n for n in NAMES if n != "birch"]
        said = [line for line in ran.stderr.splitlines() if line.startswith("kimplan: ")]
        assert said == [
            "kimplan: birch: the plan is left out, because it has errors",
            "kimplan: elm: the plan has errors, so this may not be the whole of it",
        ]
        text = run_cli([command, "--plans", ".", *DAY], tmp_path).stdout
        assert text.replace("\n", " ").endswith(
            "Left out: birch. With errors, so perhaps not whole: elm. "
        )

    def test_all_are_checked(self, tmp_path: Path) -> None:
        ran = run_cli(["check", "--plans", ".", *DAY, "--select", "KP003,KP105"], tmp_path)
        assert ran.code == 1
        assert ran.stdout.splitlines()[-7:] == [
            "No problems in anchor.",
            "1 error in birch.",
            "No problems in cedar.",
            "No problems in dale/homes.",
            "No problems in dale/repairs.",
            "1 error in elm.",
            "2 errors in 33 recommendations of 6 plans on 31 May 2024.",
        ]

    def test_without_one_that_can_be_read_there_is_no_answer(self, tmp_path: Path) -> None:
        ran = run_cli(["summary", "--plans", "birch"], tmp_path)
        assert (ran.code, ran.stdout) == (1, "")
        assert ran.stderr.endswith("kimplan: birch: the plan is left out, because it has errors\n")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
@pytest.mark.parametrize("form", ["csv", "ndjson", "ics"])
def test_the_name_of_a_folder_that_is_no_text_reaches_an_output_as_an_escape(
    form: str, tmp_path: Path
) -> None:
    hostile = "\udcff\x1b]0;owned\x07\n::error::\u202e"
    for name in ("plain", hostile):
        write_plan(tmp_path / name)
    ran = run_cli(["export", form, "--plans", ".", *DAY], tmp_path)
    assert (ran.code, ran.stderr) == (0, "")
    unfolded = re.sub(r"\r?\n |\\(?=[;\\])", "", ran.stdout)
    assert r"\udcff\x1b]0;owned\x07\x0a::error::\u202e" in unfolded
    assert not set(ran.stdout) & set(hostile.replace("\n", "")) - set("owned0;]:r")


def test_records_without_a_plan_are_missed(six: list[Truth], tmp_path: Path) -> None:
    (tmp_path / "birch/plan/plan.yaml").unlink()
    ran = run_cli(["summary", "--plans", ".", *DAY, "--format", "json"], tmp_path)
    assert (ran.code, data_of(ran.stdout)["left_out"]) == (1, ["birch"])


def test_a_folder_without_plans_is_said(tmp_path: Path) -> None:
    for name, said in (
        ("there", "there is no plan below there"),
        ("file", "file is not a folder"),
        ("nowhere", "nowhere is not there"),
    ):
        (tmp_path / "there").mkdir(exist_ok=True)
        write_file(tmp_path / "file", "")
        ran = run_cli(["overdue", "--plans", name], tmp_path)
        assert (ran.code, ran.stdout) == (2, "")
        assert ran.stderr.splitlines()[0] == f"kimplan: {said}"


def test_links_and_hidden_folders_are_passed_over(six: list[Truth], tmp_path: Path) -> None:
    shutil.copytree(tmp_path / "elm", tmp_path / ".old")
    (tmp_path / "again").symlink_to(tmp_path / "elm")
    assert [one["plan"] for one in ask(tmp_path, "summary")["plans"]] == list(NAMES)


def test_schemes_that_differ_are_told_apart(tmp_path: Path) -> None:
    for name, scheme in (("rag", "rag"), ("brag", "brag")):
        (tmp_path / name).mkdir()
        write_plan(
            tmp_path / name,
            records={"A": make_record(ref="A", rag="amber"), "B": make_record(ref="B", rag="red")},
            settings=make_settings(ratings={"scheme": scheme}),
        )
    ran = run_cli(["summary", "--plans", ".", *DAY], tmp_path)
    assert ran.code == 0
    assert [line.split("  ")[0] for line in ran.stdout.splitlines()[3:9]] == [
        "BLUE", "GREEN (complete)", "GREEN (on track)", "AMBER", "RED", "Not Applicable"
    ]  # fmt: skip
    data = ask(tmp_path, "summary")
    assert data["ratings"] == {
        "blue": 0, "green": 0, "on-track": 0, "amber": 2, "red": 2, "not-applicable": 0
    }  # fmt: skip


def test_a_base_that_one_repository_lacks_is_said_and_ends_with_two(tmp_path: Path) -> None:
    for name in ("north", "south"):
        (tmp_path / name).mkdir()
        write_plan(tmp_path / name, records={"A": make_record(ref="A", due="2030-01")})
        if name == "north":
            make_repository(tmp_path / name)
    ran = run_cli(["check", "--plans", ".", *DAY, "--base", "HEAD"], tmp_path)
    assert ran.code == 2
    assert ran.stderr == (
        "kimplan: south was not checked: the plan cannot be compared with 'HEAD': south/plan is "
        "not in a git repository\n"
    )
    assert re.search(
        r" in north\.\n.* in 1 recommendation of 1 plan on 31 May 2024, compared with HEAD "
        r"\([0-9a-f]{7}\)\.\n$",
        ran.stdout,
    )


def test_each_plan_says_which_state_it_was_read_from_or_why_it_is_left_out(tmp_path: Path) -> None:
    for name in ("north", "south"):
        (tmp_path / name).mkdir()
        write_plan(tmp_path / name)
    commit = make_repository(tmp_path / "north")
    ran = run_cli(["summary", "--plans", ".", *DAY, "--at", "HEAD"], tmp_path)
    assert ran.code == 1
    assert ran.stderr == (
        f"kimplan: north: this is the plan as it was at HEAD ({commit[:7]})\n"
        "kimplan: south: south/plan is not under version control\n"
        "kimplan: south: the plan is left out\n"
    )


@pytest.mark.parametrize(
    "command",
    [
        ["overdue", "--format", "json=dale/homes/plan/x.json"],
        ["check", "--format", "json=dale/homes/plan/x.json"],
        ["remind", "--format", "json=dale/homes/plan/x.json"],
        ["remind", "--output", "dale/homes/plan/x"],
        ["export", "html", "--output", "dale/homes/plan/x.html"],
        ["export", "xlsx", "--output", "dale/homes/plan/x.xlsx"],
        ["export", "csv", "--output", "dale/homes/plan/x.csv"],
        ["export", "ndjson", "--output", "dale/homes/plan/x.ndjson"],
        ["export", "ics", "--output", "dale/homes/plan/x.ics"],
        ["export", "ics", "--by", "owner", "--output", "dale/homes/plan/x"],
    ],
    ids=" ".join,
)
def test_nothing_is_written_inside_any_of_the_plans(
    command: list[str], six: list[Truth], tmp_path: Path
) -> None:
    inside = tmp_path / "dale/homes/plan"
    before = sorted(inside.rglob("*"))
    ran = run_cli([*command, "--plans", ".", *DAY], tmp_path)
    assert (ran.code, ran.stdout) == (2, "")
    assert " is inside the plan" in ran.stderr
    assert sorted(inside.rglob("*")) == before
