"""kimplan owners as its users meet it: whole outputs, in a real git repository."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from conftest import (
    Ran,
    commit_all,
    git,
    lint_plan,
    make_record,
    make_repository,
    run_cli,
    write_file,
    write_plan,
)

from kimplan import __version__
from kimplan.cli.shared_options import SHARED

OWNERS = """\
# The roles.
owners:
  - role: Company Secretary
    handle: "@sec"
  - {role: "Head of Repairs", handle: "@org/repairs"}  # since May
  - role: Data Manager
"""
REC1 = (
    make_record(owners=["Company Secretary", "Head of Repairs"])
    + """\
progress:
  - {on: 2024-05-02, by: Head of Repairs, note: Begun.}
"""
)
REC2 = (
    make_record(ref="REC2", section="repairs", owners=["Company Secretary"])
    + """\
actions:
  - title: Publish the form
    owner: Head of Repairs
    due: 2024-06
"""
)
NEW = "Director: Homes, R&D"
DAY = ["--as-of", "2024-05-31"]


@pytest.fixture
def top(tmp_path: Path) -> Path:
    folder = tmp_path / "repository"
    folder.mkdir()
    write_plan(folder, owners=OWNERS, records={"REC1": REC1, "REC2": REC2})
    write_file(folder / "CODEOWNERS", "* @all\n")
    assert run(folder, "codeowners").code == 0
    make_repository(folder)
    return folder


def run(top: Path, *arguments: str, below: str = "") -> Ran:
    return run_cli(arguments, top / below)


def owners(top: Path, *arguments: str) -> Ran:
    return run(top, "owners", *arguments)


def changed(top: Path) -> list[str]:
    return git(top, "diff", "--name-only").splitlines()


class TestList:
    def test_who_has_how_much(self, top: Path) -> None:
        assert owners(top, "add", "Clerk").code == 0
        assert owners(top, "list") == Ran(
            0,
            "4 roles\n"
            "Role               Handle        Open  All  Open actions  All actions\n"
            "-----------------  ------------  ----  ---  ------------  -----------\n"
            "Company Secretary  @sec             2    2             -            -\n"
            "Head of Repairs    @org/repairs     1    1             1            1\n"
            "Data Manager       -                -    -             -            -\n"
            "Clerk              -                -    -             -            -\n"
            "\n"
            "2 roles own nothing: Data Manager; Clerk.\n",
            "",
        )

    def test_as_markdown(self, top: Path) -> None:
        assert owners(top, "list", "--format", "markdown").stdout.splitlines()[2:5] == [
            "| Role | Handle | Open | All | Open actions | All actions |",
            "| --- | --- | ---: | ---: | ---: | ---: |",
            "| Company Secretary | @<!-- -->sec | 2 | 2 | \\- | \\- |",
        ]

    def test_for_programs(self, top: Path) -> None:
        ran = run(top, "owners", "list", "--format", "json", "--plan", "plan")
        value = json.loads(ran.stdout)
        assert {key: value[key] for key in value if key != "roles"} == {
            "version": 1,
            "kimplan": __version__,
            "command": "owners list",
            "complete": True,
        }
        assert value["roles"][1] == {
            "role": "Head of Repairs",
            "name": None,
            "handle": "@org/repairs",
            "open": 1,
            "total": 1,
            "open_actions": 1,
            "actions": 1,
        }

    def test_errors_are_told(self, top: Path) -> None:
        write_file(top / "plan/recommendations/REC1.yaml", REC1.replace("Head of", "Hed of"))
        ran = owners(top, "list")
        assert ran.code == 1
        assert "KP401" in ran.stderr


class TestAdd:
    def test_it_stands_below_the_others(self, top: Path) -> None:
        assert owners(top, "add", "Head of Voids: East", "--handle", "@voids") == Ran(
            0,
            "--- a/plan/owners.yaml\n"
            "+++ b/plan/owners.yaml\n"
            "@@ -4,3 +4,5 @@\n"
            '     handle: "@sec"\n'
            '   - {role: "Head of Repairs", handle: "@org/repairs"}  # since May\n'
            "   - role: Data Manager\n"
            '+  - role: "Head of Voids: East"\n'
            '+    handle: "@voids"\n',
            "kimplan: plan/owners.yaml is changed\n",
        )
        assert {one.code for one in lint_plan(top / "plan")} == {"KP405"}

    def test_where_the_last_stands_in_braces_it_does_too(self, top: Path) -> None:
        write_file(top / "plan/owners.yaml", "owners:\n  - {role: Company Secretary}\n")
        write_file(top / "plan/recommendations/REC1.yaml", make_record())
        (top / "plan/recommendations/REC2.yaml").unlink()
        ran = owners(top, "add", "Clerk, East", "--name", "A. Person")
        assert '+  - {role: "Clerk, East", name: A. Person}\n' in ran.stdout

    @pytest.mark.parametrize(
        ("role", "said"),
        [
            ("data  MANAGER", "plan/owners.yaml has the role 'Data Manager' already"),
            (
                "Data-Manager",
                "plan/owners.yaml has the role 'Data Manager', which reads the same as "
                "'Data-Manager'",
            ),
            (
                "D\u0430ta Manager",
                "plan/owners.yaml has the role 'Data Manager', which reads the same as "
                "'D\u0430ta Manager'",
            ),
        ],
    )
    def test_one_that_is_there_is_refused(self, role: str, said: str, top: Path) -> None:
        assert owners(top, "add", role) == Ran(
            1,
            "",
            f"kimplan: nothing is changed: {said}\n"
            '  hint: Give it something to own: kimplan update REF --add-owner "Data Manager".\n',
        )
        assert changed(top) == []

    @pytest.mark.parametrize("role", ["TBC", "t.b.a.", "To be confirmed", "n/a", "?", "Nobody"])
    def test_what_is_no_role_is_refused(self, role: str, top: Path) -> None:
        assert owners(top, "add", role) == Ran(
            1,
            "",
            f"kimplan: nothing is changed: '{role}' is no role that anybody can hold\n"
            "  hint: Name the role that answers for it, such as 'Head of Repairs'.\n",
        )
        assert changed(top) == []

    def test_what_lint_would_not_have_is_refused(self, top: Path) -> None:
        ran = owners(top, "add", "Clerk", "--handle", "clerk")
        assert (ran.code, ran.stdout, changed(top)) == (1, "", [])
        first = "kimplan: nothing is changed: lint would find an error then (KP108)\n"
        assert ran.stderr.startswith(first + "plan/owners.yaml:8:13: error KP108")


RENAMED = """\
--- a/plan/owners.yaml
+++ b/plan/owners.yaml
@@ -2,5 +2,5 @@
 owners:
   - role: Company Secretary
     handle: "@sec"
-  - {role: "Head of Repairs", handle: "@org/repairs"}  # since May
+  - {role: "Director: Homes, R&D", handle: "@org/repairs"}  # since May
   - role: Data Manager
--- a/plan/recommendations/REC1.yaml
+++ b/plan/recommendations/REC1.yaml
@@ -6,6 +6,6 @@
 due: 2024-07
 owners:
   - Company Secretary
-  - Head of Repairs
+  - "Director: Homes, R&D"
 progress:
   - {on: 2024-05-02, by: Head of Repairs, note: Begun.}
--- a/plan/recommendations/REC2.yaml
+++ b/plan/recommendations/REC2.yaml
@@ -8,5 +8,5 @@
   - Company Secretary
 actions:
   - title: Publish the form
-    owner: Head of Repairs
+    owner: "Director: Homes, R&D"
     due: 2024-06
"""
STILL = (
    "kimplan: REC1 still names 'Head of Repairs' in a text, or as who said it then; that stays.\n"
)


class TestRename:
    def test_everywhere_at_once(self, top: Path) -> None:
        assert owners(top, "rename", "head of  repairs", NEW) == Ran(
            0,
            RENAMED,
            f"{STILL}kimplan: plan/owners.yaml and 2 recommendations are changed\n",
        )
        assert {one.code for one in lint_plan(top / "plan")} == {"KP405"}
        assert run(top, "codeowners", "--check").code == 0

    def test_a_dry_run_writes_nothing(self, top: Path) -> None:
        assert owners(top, "rename", "Head of Repairs", NEW, "--dry-run") == Ran(
            0,
            RENAMED,
            f"{STILL}kimplan: plan/owners.yaml and 2 recommendations would be changed so\n",
        )
        assert changed(top) == []

    def test_change_control_takes_it_and_the_story_tells_it(self, top: Path) -> None:
        assert owners(top, "rename", "Head of Repairs", NEW).code == 0
        assert run(top, "check", "--base", "HEAD", *DAY).code == 0
        commit_all(top)
        assert run(top, "check", "--base", "HEAD~1", *DAY).code == 0
        told = run(top, "history", "REC1").stdout
        assert f"Owner added: {NEW}; taken away:" in told
        moved = json.loads(run(top, "changes", "--since", "HEAD~1", "--format", "json").stdout)
        assert [(one["ref"], one["what"], one["before"]) for one in moved["changes"]] == [
            ("REC1", "owners", "Head of Repairs"),
            ("REC2", "actions", "Publish the form (Head of Repairs, due June 2024)"),
        ]

    def test_from_any_folder(self, top: Path) -> None:
        ran = run(top, "owners", "rename", "Head of Repairs", NEW, below="plan/recommendations")
        assert ran.stderr.endswith("kimplan: ../owners.yaml and 2 recommendations are changed\n")

    def test_without_a_repository(self, tmp_path: Path) -> None:
        write_plan(tmp_path, owners=OWNERS, records={"REC1": REC1, "REC2": REC2})
        assert owners(tmp_path, "rename", "Head of Repairs", NEW).stdout == RENAMED

    def test_its_capitals_alone(self, top: Path) -> None:
        assert owners(top, "rename", "Head of Repairs", "Head of repairs").code == 0
        assert git(top, "diff", "--shortstat") == (
            "3 files changed, 3 insertions(+), 3 deletions(-)"
        )

    def test_the_same_name_changes_nothing(self, top: Path) -> None:
        assert owners(top, "rename", "Head of Repairs", "Head of Repairs") == Ran(
            0, "", "kimplan: the role is called that already; nothing is changed\n"
        )

    def test_two_roles_are_not_made_one(self, top: Path) -> None:
        assert owners(top, "rename", "Head of Repairs", "Data manager") == Ran(
            1,
            "",
            "kimplan: nothing is changed: plan/owners.yaml has the role 'Data Manager' already\n"
            '  hint: To make one role of the two: kimplan owners remove "Head of Repairs" '
            '--reassign-to "Data Manager".\n',
        )
        assert changed(top) == []

    def test_a_misspelt_role_is_guessed(self, top: Path) -> None:
        assert owners(top, "rename", "Head of Repair", NEW) == Ran(
            2,
            "",
            "kimplan: the role 'Head of Repair' is not in plan/owners.yaml\n"
            "  hint: Did you mean 'Head of Repairs'?\n",
        )

    def test_one_that_only_records_name_is_given_away(self, top: Path) -> None:
        path = top / "plan/owners.yaml"
        write_file(path, OWNERS.replace("Head of Repairs", "Head of Homes"))
        assert owners(top, "rename", "Head of Repairs", NEW) == Ran(
            1,
            "",
            "kimplan: nothing is changed: 'Head of Repairs' is not in plan/owners.yaml, though it "
            "owns REC1 and an action of REC2\n"
            '  hint: Give that to a role: kimplan owners remove "Head of Repairs" --reassign-to '
            "ROLE.\n",
        )
        ran = owners(top, "remove", "Head of Repairs", "--reassign-to", "Head of Homes")
        assert (ran.code, {one.code for one in lint_plan(top / "plan")}) == (0, {"KP405"})
        assert ran.stderr.endswith("kimplan: 2 recommendations are changed\n")

    def test_a_record_that_cannot_be_read_stops_it(self, top: Path) -> None:
        write_file(top / "plan/recommendations/REC2.yaml", REC2 + "rag: [\n")
        ran = owners(top, "rename", "Head of Repairs", NEW)
        first = (
            "kimplan: nothing is changed: who owns what cannot be read in REC2.yaml\n"
            "  hint: Mend that first, or the change would be half.\n"
        )
        assert (ran.code, ran.stdout) == (1, "")
        assert ran.stderr.startswith(f"{first}plan/recommendations/REC2.yaml:")
        assert changed(top) == ["plan/recommendations/REC2.yaml"]

    @pytest.mark.skipif(os.name == "nt", reason="links need a right there")
    def test_a_link_is_left_alone_and_so_is_all_else(self, top: Path) -> None:
        path = top / "plan/recommendations/REC2.yaml"
        path.rename(top / "plan/recommendations/REC2.txt")
        path.symlink_to("REC2.txt")
        before = git(top, "diff")
        ran = owners(top, "rename", "Head of Repairs", NEW)
        assert ran.code == 2
        assert "REC2.yaml is a link, so it is left alone" in ran.stderr
        assert git(top, "diff") == before

    @pytest.mark.parametrize("end", ["\n", "\r\n"])
    @pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
    def test_every_other_byte_stays(self, mark: bytes, end: str, top: Path) -> None:
        names = ["owners.yaml", "recommendations/REC1.yaml", "recommendations/REC2.yaml"]
        texts = (OWNERS, REC1, REC2)
        for name, text in zip(names, texts, strict=True):
            write_file(top / "plan" / name, mark + text.replace("\n", end).encode())
        assert owners(top, "rename", "Head of Repairs", "Head of Homes").code == 0
        for name, text in zip(names, texts, strict=True):
            new = text.replace("Head of Repairs", "Head of Homes").replace("\n", end)
            new = new.replace("by: Head of Homes", "by: Head of Repairs")
            assert (top / "plan" / name).read_bytes() == mark + new.encode()


class TestRemove:
    def test_one_that_owns_nothing(self, top: Path) -> None:
        ran = owners(top, "remove", "Data Manager")
        assert (ran.code, ran.stderr) == (0, "kimplan: plan/owners.yaml is changed\n")
        assert (top / "plan/owners.yaml").read_text() == OWNERS.replace(
            "  - role: Data Manager\n", ""
        )

    def test_one_that_owns_something_is_refused(self, top: Path) -> None:
        assert owners(top, "remove", "Head of Repairs") == Ran(
            1,
            "",
            "kimplan: nothing is changed: 'Head of Repairs' owns REC1 and an action of REC2 "
            "(KP401)\n"
            '  hint: Give that to another role: kimplan owners remove "Head of Repairs" '
            "--reassign-to ROLE.\n",
        )
        assert changed(top) == []

    def test_another_has_it_then_and_reviews_it(self, top: Path) -> None:
        ran = owners(top, "remove", "Head of Repairs", "--reassign-to", "company secretary")
        assert (ran.code, ran.stderr) == (
            0,
            f"{STILL}kimplan: plan/owners.yaml, 2 recommendations and CODEOWNERS are changed\n",
        )
        folder = top / "plan" / "recommendations"
        once = REC1.replace("  - Head of Repairs\n", "")
        assert (folder / "REC1.yaml").read_text() == once
        assert (folder / "REC2.yaml").read_text() == REC2.replace(
            "owner: Head of Repairs", "owner: Company Secretary"
        )
        assert (top / "CODEOWNERS").read_text().splitlines()[3:] == [
            "/plan/recommendations/REC1.yaml @sec",
            "/plan/recommendations/REC2.yaml @sec",
            "# kimplan: end /plan/",
        ]
        assert run(top, "codeowners", "--check").code == 0
        assert run(top, "check", "--base", "HEAD", *DAY).code == 0

    def test_the_heir_must_be_registered(self, top: Path) -> None:
        assert owners(top, "remove", "Head of Repairs", "--reassign-to", "Data Manger") == Ran(
            2,
            "",
            "kimplan: the role 'Data Manger' is not in plan/owners.yaml\n"
            "  hint: Did you mean 'Data Manager'?\n",
        )
        assert changed(top) == []

    def test_it_is_no_heir_of_itself(self, top: Path) -> None:
        assert owners(top, "remove", "Head of Repairs", "--reassign-to", "head of repairs") == Ran(
            2, "", "kimplan: 'head of repairs' is the role itself\n  hint: Name another one.\n"
        )

    def test_codeowners_is_left_where_the_plan_has_errors(self, top: Path) -> None:
        path = top / "plan/recommendations/REC1.yaml"
        write_file(path, REC1.replace("due: 2024-07\n", ""))
        ran = owners(top, "remove", "Head of Repairs", "--reassign-to", "Data Manager")
        assert ran.code == 0
        assert (
            "kimplan: CODEOWNERS is left as it was, because the plan has errors; once they are "
            "mended, run kimplan codeowners.\n"
        ) in ran.stderr
        assert "CODEOWNERS" not in changed(top)

    def test_odd_markers_of_codeowners_stop_it(self, top: Path) -> None:
        text = (top / "CODEOWNERS").read_text()
        write_file(top / "CODEOWNERS", text.replace("# kimplan: end /plan/\n", ""))
        ran = owners(top, "remove", "Head of Repairs", "--reassign-to", "Data Manager")
        assert ran.code == 2
        assert "kimplan: CODEOWNERS: the file's lines of kimplan do not begin" in ran.stderr
        assert changed(top) == ["CODEOWNERS"]


def test_every_option_is_documented(tmp_path: Path) -> None:
    text = (Path(__file__).parents[1] / "docs" / "update.md").read_text(encoding="utf-8")
    known = {"--help", *(opt for one in SHARED for opt in one.opts)}
    for command in ("add", "rename", "remove"):
        shown = run_cli(["owners", command, "--help"], tmp_path).stdout
        options = {word.strip(",.") for word in shown.split() if word.startswith("--")}
        assert {one for one in options if one not in text} - known == set()
