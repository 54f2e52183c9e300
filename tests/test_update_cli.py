"""``kimplan update``: the files on the disk, and what is said."""

from __future__ import annotations

import fnmatch
import os
import random
import re
import shlex
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from conftest import (
    REPOSITORY,
    SHIPPED_PLAN,
    cli_environment,
    git,
    lint_plan,
    make_record,
    make_repository,
    run_cli,
    small_records,
    write_file,
    write_plan,
)

from kimplan.diagnostic import Severity
from kimplan.loader.loaded_file import load_bytes
from kimplan.model.recommendation import Recommendation
from kimplan.source import parse

DAY = ["--as-of", "2024-05-31"]
AMBER = make_record(ref="REC1") + "# the end\n"
DIFF = """\
--- a/plan/recommendations/REC1.yaml
+++ b/plan/recommendations/REC1.yaml
@@ -6,4 +6,8 @@
 due: 2024-07
 owners:
   - Company Secretary
+progress:
+  - on: 2024-05-31
+    by: A. Person
+    note: It is live.
 # the end
"""
is_root = hasattr(os, "geteuid") and os.geteuid() == 0
posix = pytest.mark.skipif(os.name == "nt", reason="POSIX only")


def one_record(folder: Path, text: str | bytes = AMBER) -> Path:
    """Write a plan with the record `text` as REC1, and return the record's path."""
    records: dict[str, str | bytes] = {**small_records(), "REC1": text}
    return write_plan(folder, records=records) / "recommendations" / "REC1.yaml"


def snapshot(folder: Path) -> dict[str, tuple[bytes, int, int]]:
    files = (file for file in folder.rglob("*") if file.is_file())
    return {
        str(file): (file.read_bytes(), file.stat().st_mtime_ns, file.stat().st_mode)
        for file in files
    }


def value_of(record: Path) -> dict[str, object]:
    return parse(record.read_bytes().decode("utf-8-sig")).value or {}


def note(*more: str) -> list[str]:
    return ["update", "REC1", *DAY, "--note", "It is live.", "--by", "A. Person", *more]


class TestChanges:
    def test_the_change_is_made_and_shown(self, tmp_path: Path) -> None:
        record = one_record(tmp_path)
        done = run_cli(note(), tmp_path)
        path = "plan/recommendations/REC1.yaml"
        assert done == (0, DIFF, f"kimplan: {path} is changed\n")
        entry = "progress:\n  - on: 2024-05-31\n    by: A. Person\n    note: It is live.\n"
        assert record.read_text(encoding="utf-8") == AMBER.replace("# the end", f"{entry}# the end")
        assert {name.suffix for name in record.parent.iterdir()} == {".yaml"}

    def test_git_applies_the_difference(self, tmp_path: Path) -> None:
        record = one_record(tmp_path, AMBER.rstrip("\n"))
        done = run_cli(note("--dry-run"), tmp_path)
        command = ["git", "apply", "-"]
        subprocess.run(command, cwd=tmp_path, input=done.stdout.encode(), check=True)
        by_git = record.read_bytes()
        write_file(record, AMBER.rstrip("\n"))
        assert run_cli(note(), tmp_path).code == 0
        assert record.read_bytes() == by_git

    def test_a_dry_run_writes_nothing(self, tmp_path: Path) -> None:
        one_record(tmp_path)
        before = snapshot(tmp_path)
        done = run_cli(note("--dry-run"), tmp_path)
        assert snapshot(tmp_path) == before
        path = "plan/recommendations/REC1.yaml"
        assert done == (0, DIFF, f"kimplan: {path} would be changed so\n")

    @pytest.mark.parametrize("ref", ["rec1", " REC1 ", "Rec1"])
    def test_capitals_of_the_ref_do_not_count(self, tmp_path: Path, ref: str) -> None:
        record = one_record(tmp_path)
        assert run_cli(["update", ref, *DAY, "--rag", "RED"], tmp_path).code == 0
        assert value_of(record)["rag"] == "red"

    def test_what_it_says_already_is_not_written(self, tmp_path: Path) -> None:
        one_record(tmp_path)
        before = snapshot(tmp_path)
        done = run_cli(["update", "REC1", "--rag", "amber", "--due", "July 2024"], tmp_path)
        assert (done.code, done.stdout) == (0, "")
        assert "says so already" in done.stderr
        assert snapshot(tmp_path) == before

    def test_several_options_are_one_change(self, tmp_path: Path) -> None:
        record = one_record(tmp_path)
        green = [
            "update",
            "REC1",
            *DAY,
            "--rag",
            "green",
            "--evidence",
            "Policy=https://e.org/?a=b",
        ]
        more = [
            "--expires",
            "2026-07",
            "--note",
            "Done.",
            "--by",
            "Me",
            "--completed",
            "2024-05-01",
        ]
        who = ["--verified-by", "Company Secretary", "--add-owner", "Data Manager"]
        done = run_cli([*green, *more, *who, "--response", "-"], tmp_path)
        assert done.code == 2  # nothing comes in
        assert "standard input is empty" in done.stderr
        write_file(
            tmp_path / "answer.txt", b"\xef\xbb\xbfThe register\r\nis kept.  \r\n\r\n- a\r\n"
        )
        done = run_cli([*green, *more, *who, "--response", "answer.txt"], tmp_path)
        assert done.code == 0
        assert value_of(record) == {
            "ref": "REC1",
            "section": "governance",
            "title": "Keep a register of every repair.",
            "response": "The register\nis kept.\n\n- a\n",
            "rag": "green",
            "due": "2024-07",
            "owners": ["Company Secretary", "Data Manager"],
            "completed": "2024-05-01",
            "evidence": [{"title": "Policy", "link": "https://e.org/?a=b", "expires": "2026-07"}],
            "verified": {"by": "Company Secretary", "on": "2024-05-31"},
            "progress": [{"on": "2024-05-31", "by": "Me", "note": "Done."}],
        }
        assert lint_plan(record.parents[1]) == ()

    def test_a_response_from_standard_input(self, tmp_path: Path) -> None:
        record = one_record(tmp_path)
        subprocess.run(
            [sys.executable, "-m", "kimplan", "update", "REC1", "--response", "-"],
            cwd=tmp_path,
            env=cli_environment(),
            input="Ça va – “so”.\n".encode(),
            check=True,
            capture_output=True,
        )
        assert value_of(record)["response"] == "Ça va – “so”."

    def test_an_exception_satisfies_lint_and_change_control(self, tmp_path: Path) -> None:
        record = one_record(tmp_path)
        make_repository(tmp_path)
        reason = "a change\nof practice"
        done = run_cli(
            ["update", "REC1", *DAY, "--rag", "green", "--no-evidence", reason], tmp_path
        )
        assert done.code == 0
        line = "rag: green  # kimplan: ignore KP803, KP303 - a change of practice\n"
        assert line in record.read_text(encoding="utf-8")
        assert lint_plan(record.parents[1]) == ()
        checked = run_cli(["check", "--base", "HEAD", "--as-of", "2024-05-31"], tmp_path)
        assert (checked.code, "KP8" in checked.stdout) == (0, False)

    def test_a_moved_date_satisfies_change_control(self, tmp_path: Path) -> None:
        one_record(tmp_path)
        make_repository(tmp_path)
        move = ["update", "REC1", *DAY, "--due", "2024-09", "--reason", "Why: so.", "--agreed-by"]
        assert run_cli([*move, "Board"], tmp_path).code == 0
        checked = run_cli(["check", "--base", "HEAD", "--as-of", "2024-05-31"], tmp_path)
        assert (checked.code, "KP8" in checked.stdout) == (0, False)

    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    @pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
    @pytest.mark.parametrize("has_end", [True, False])
    def test_bytes_stay(self, tmp_path: Path, end: str, mark: bytes, has_end: bool) -> None:
        text = AMBER.replace("\n", end)
        text = text if has_end else text.removesuffix(end)
        record = one_record(tmp_path, mark + text.encode())
        assert run_cli(note(), tmp_path).code == 0
        entry = end.join(
            ["progress:", "  - on: 2024-05-31", "    by: A. Person", "    note: It is live.", ""]
        )
        assert record.read_bytes() == mark + text.replace("# the end", f"{entry}# the end").encode()

    @posix
    @pytest.mark.parametrize("mode", [0o600, 0o644, 0o664, 0o755])
    def test_the_mode_stays(self, tmp_path: Path, mode: int) -> None:
        record = one_record(tmp_path)
        record.chmod(mode)
        assert run_cli(note(), tmp_path).code == 0
        assert stat.S_IMODE(record.stat().st_mode) == mode

    def test_a_new_warning_is_said(self, tmp_path: Path) -> None:
        one_record(tmp_path)
        done = run_cli(
            ["update", "REC1", *DAY, "--action", "Publish", "--due", "2024-12"], tmp_path
        )
        assert done.code == 0
        assert "warning KP208" in done.stderr

    def test_sub_actions(self, tmp_path: Path) -> None:
        record = one_record(tmp_path)
        make_repository(tmp_path)
        action = ["update", "REC1", *DAY, "--action"]
        added = [*action, "Publish  the form", "--due", "June 2024", "--owner", "Data Manager"]
        assert run_cli(added, tmp_path).code == 0
        refused = run_cli([*action, "publish", "--due", "2024-07"], tmp_path)
        assert (refused.code, "(KP801)" in refused.stderr) == (1, True)
        moved = [*action, "publish", "--due", "2024-07", "--reason", "Staff left."]
        assert run_cli([*moved, "--agreed-by", "Board", "--note", "So."], tmp_path).code == 0
        done = run_cli([*action, "publish", "--done", "--completed", "2024-05-02"], tmp_path)
        assert done.code == 0
        move = {"from": "2024-06", "to": "2024-07", "reason": "Staff left.", "agreed_by": "Board"}
        value = value_of(record)
        assert value["actions"] == [
            {
                "title": "Publish the form",
                "owner": "Data Manager",
                "due": "2024-07",
                "done": "2024-05-02",
                "revisions": [move | {"on": "2024-05-31"}],
            }
        ]
        assert (value["due"], value["owners"]) == ("2024-07", ["Company Secretary"])
        checked = run_cli(["check", "--base", "HEAD", *DAY], tmp_path)
        assert (checked.code, "KP8" in checked.stdout) == (0, False)

    def test_a_closed_record_keeps_what_was_promised(self, tmp_path: Path) -> None:
        record = one_record(tmp_path)
        make_repository(tmp_path)
        green = ["update", "REC1", *DAY, "--rag", "green", "--evidence", "Draft"]
        assert run_cli(green, tmp_path).code == 0
        for code, reason in ((1, []), (0, ["--reason", "The board asked."])):
            done = run_cli(["update", "REC1", *DAY, "--due", "2024-09", *reason], tmp_path)
            assert (done.code, "(KP801)" in done.stderr) == (code, bool(code))
        assert run_cli(["update", "REC1", *DAY, "--rag", "red"], tmp_path).code == 0
        assert (value_of(record)["rag"], value_of(record)["due"]) == ("red", "2024-09")
        checked = run_cli(["check", "--base", "HEAD", *DAY], tmp_path)
        assert (checked.code, "KP8" in checked.stdout) == (0, False)

    def test_a_verification_is_renewed_or_withdrawn(self, tmp_path: Path) -> None:
        fields = {"completed": "2024-05-01", "evidence": [{"title": "P"}]}
        stands = {"verified": {"by": "A", "on": "2024-05-02"}}
        text = make_record(ref="REC1", rag="green", **fields, **stands)
        record = one_record(tmp_path, text)
        make_repository(tmp_path)
        change = ["update", "REC1", *DAY, "--evidence", "Q"]
        refused = run_cli(change, tmp_path)
        assert (refused.code, "(KP806)" in refused.stderr) == (1, True)
        both = [*change, "--verified-by", "B", "--withdraw-verification"]
        assert run_cli(both, tmp_path).code == 2
        for more, expected in (
            (["--verified-by", "B"], {"by": "B", "on": "2024-05-31"}),
            (["--withdraw-verification"], None),
        ):
            write_file(record, text)
            assert run_cli([*change, *more], tmp_path).code == 0
            assert value_of(record).get("verified") == expected
            checked = run_cli(["check", "--base", "HEAD", *DAY], tmp_path)
            assert (checked.code, "KP8" in checked.stdout) == (0, False)


class TestOutputThatFails:
    """What nobody could be shown is not written, and what is said of it is true."""

    COMMANDS = (
        note(),
        ["new", "--section", "repairs", "--title", "Keep a register."],
        ["update", "REC1", "--edit"],
    )

    def run(self, folder: Path, arguments: list[str], stdout: int, stderr: int) -> int:
        editor = write_file(
            folder / "e.py", "import sys\nopen(sys.argv[1], 'a').write('# more\\n')\n"
        )
        return subprocess.run(
            [sys.executable, "-m", "kimplan", *arguments],
            cwd=folder,
            env=cli_environment(EDITOR=f"'{sys.executable}' '{editor}'", TMPDIR=str(folder)),
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            stderr=stderr,
            check=False,
        ).returncode

    @pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no /dev/full")
    @pytest.mark.parametrize("arguments", COMMANDS)
    def test_a_full_disk(self, tmp_path: Path, arguments: list[str]) -> None:
        record = one_record(tmp_path)
        before = snapshot(record.parents[1])
        with open("/dev/full", "w") as full, open(tmp_path / "said", "w") as said:
            assert self.run(tmp_path, arguments, full.fileno(), said.fileno()) == 2
        message = (tmp_path / "said").read_text(encoding="utf-8")
        outcome = "nothing is written" if "new" in arguments else "REC1.yaml is left as it was"
        assert message.count("cannot write the output: the disk is full") == 1
        assert outcome in message
        assert "internal error" not in message
        assert snapshot(record.parents[1]) == before

    @posix
    @pytest.mark.parametrize("arguments", COMMANDS)
    def test_a_reader_that_went_away(self, tmp_path: Path, arguments: list[str]) -> None:
        record = one_record(tmp_path)
        before = snapshot(record.parents[1])
        reader, writer = os.pipe()
        os.close(reader)
        with open(tmp_path / "said", "w") as said:
            assert self.run(tmp_path, arguments, writer, said.fileno()) == 141
        os.close(writer)
        assert "nobody reads the output" in (tmp_path / "said").read_text(encoding="utf-8")
        assert snapshot(record.parents[1]) == before

    @pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no /dev/full")
    def test_after_it_is_shown_the_exit_code_tells(self, tmp_path: Path) -> None:
        record = one_record(tmp_path)
        with open("/dev/full", "w") as full, open(tmp_path / "shown", "w") as shown:
            assert self.run(tmp_path, note(), shown.fileno(), full.fileno()) == 0
        assert (tmp_path / "shown").read_text(encoding="utf-8") == DIFF
        assert "note: It is live." in record.read_text(encoding="utf-8")


class TestWho:
    def test_git_says_who_writes(self, tmp_path: Path) -> None:
        record = one_record(tmp_path)
        make_repository(tmp_path)
        git(tmp_path, "config", "user.name", "Zoë O'Neill, Repairs")
        done = run_cli(["update", "REC1", *DAY, "--note", "It is live."], tmp_path)
        assert done.code == 0
        assert value_of(record)["progress"] == [
            {"on": "2024-05-31", "by": "Zoë O'Neill, Repairs", "note": "It is live."}
        ]

    @pytest.mark.parametrize("path", ["", None])
    def test_without_git_or_a_name_the_note_has_none(
        self, tmp_path: Path, path: str | None
    ) -> None:
        record = one_record(tmp_path)
        variables = {} if path is None else {"PATH": path}
        variables |= {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}
        make_repository(tmp_path)
        done = run_cli(["update", "REC1", *DAY, "--note", "It is live."], tmp_path, **variables)
        assert done.code == 0
        assert "the note names nobody" in done.stderr
        assert value_of(record)["progress"] == [{"on": "2024-05-31", "note": "It is live."}]


class TestRefusals:
    @pytest.mark.parametrize(
        ("options", "words"),
        [
            (["--due", "2024-09"], ["(KP801)", "Give the reason: --reason TEXT."]),
            (["--due", "2204-09", "--reason", "Typed."], ["error KP204"]),
            (["--rag", "green"], ["(KP803)", "--no-evidence"]),
            (["--owner", "Head of Repair"], ["error KP401", "Did you mean 'Head of Repairs'?"]),
            (["--remove-owner", "Company Secretary"], ["error KP402"]),
            (["--completed", "2024-05-01"], ["(KP306)"]),
            (["--evidence", "Policy=evidence/none.pdf"], ["error KP304"]),
            (["--evidence", "Policy=ftp://example.org"], ["error KP305"]),
            (["--note", "a\x1b[31mb"], ["(KP107)", "U+001B (ESCAPE)"]),
            (["--note", "a\u202eb"], ["(KP107)", "U+202E"]),
            (["--by", "a\u2028b", "--note", "x"], ["(KP107)"]),
            (["--note", "x" * 20_001, "--by", "A"], ["error KP106"]),
            (["--add-owner", "x" * 301], ["error KP106"]),
        ],
    )
    def test_what_lint_would_call_an_error(
        self, tmp_path: Path, options: list[str], words: list[str]
    ) -> None:
        one_record(tmp_path)
        before = snapshot(tmp_path)
        done = run_cli(["update", "REC1", *DAY, *options], tmp_path, encoding="utf-8")
        assert (done.code, done.stdout) == (1, "")
        assert done.stderr.startswith("kimplan: REC1 is left as it was: ")
        assert [word for word in words if word not in done.stderr] == []
        assert snapshot(tmp_path) == before
        assert "\x1b" not in done.stderr

    @pytest.mark.parametrize(
        ("arguments", "words"),
        [
            (["REC1"], "there is nothing to change"),
            (["REC9", "--rag", "red"], "there is no recommendation 'REC9'"),
            (["RCE1", "--rag", "red"], "Did you mean 'REC1'?"),
            (["../REC1", "--rag", "red"], "is no ref"),
            (["recommendations/REC1", "--rag", "red"], "is no ref"),
            (["", "--rag", "red"], "is no ref"),
            (["REC1\n", "--rag", "amber", "--due", "x"], "--due 'x' is not a date"),
            (["RÉC1", "--rag", "red"], "is no ref"),
            (["REC1", "--rag", "yellow"], "--rag 'yellow' is not known"),
            (["REC1", "--reason", "x"], "none does"),
            (["REC1", "--by", "x"], "--by says who writes a note"),
            (["REC1", "--expires", "2024-07"], "one piece of evidence"),
            (["REC1", "--edit", "--rag", "red"], "--edit stands alone"),
            (["REC1", "--owner", "a", "--add-owner", "b"], "--owner names all the owners"),
            (["REC1", "--note", "  "], "--note is empty"),
            (["REC1", "--evidence", "=https://e.org"], "the title of --evidence is empty"),
            (["REC1", "--evidence", "Title="], "the link of --evidence is empty"),
            (["REC1", "--response", "none.txt"], "cannot read none.txt"),
            (["REC1", "--response", "."], "cannot read ."),
            (["REC1", "--completed", "2024-06-01"], "is not past yet"),
            (["REC1", "--completed", "May"], "--completed 'May' is not a day"),
            (["REC1", "--no-evidence", "..."], "gives no reason"),
            (["REC1", "--no-evidence", "x" * 301], "longer than 300"),
            (["REC1", "--done"], "none is named"),
            (["REC1", "--action", " "], "--action is empty"),
            (["REC1", "--action", "X", "--done"], "there is no action 'X'"),
            (["REC1", "--action", "X", "--completed", "2024-05-01"], "Give --done as well"),
            (["REC1", "--action", "X", "--owner", "A", "--owner", "B"], "has one owner"),
            (["REC1", "--action", "X", "--reason", "Y"], "there is no action 'X'"),
            (["REC1", "--response", "answer.txt", "--withdraw-verification"], "cannot read"),
            (["REC1", "--rag", "red", "--withdraw-verification"], "no verification to withdraw"),
        ],
    )
    def test_what_makes_no_sense(self, tmp_path: Path, arguments: list[str], words: str) -> None:
        one_record(tmp_path)
        before = snapshot(tmp_path)
        done = run_cli(["update", *arguments, *DAY], tmp_path, encoding="utf-8")
        assert (done.code, done.stdout) == (2, "")
        assert words in done.stderr
        assert snapshot(tmp_path) == before

    def test_errors_that_were_there_are_said(self, tmp_path: Path) -> None:
        record = one_record(tmp_path, make_record(owners=["Nobody"]))
        before = snapshot(tmp_path)
        done = run_cli(note(), tmp_path)
        assert done.code == 1
        assert "it has errors, and the change does not mend them" in done.stderr
        assert "error KP401 'Nobody' is no owner" in done.stderr
        assert snapshot(tmp_path) == before
        done = run_cli(note("--owner", "Data Manager"), tmp_path)
        assert done.code == 0
        assert value_of(record)["owners"] == ["Data Manager"]

    def test_errors_of_other_files_do_not_count(self, tmp_path: Path) -> None:
        record = one_record(tmp_path)
        write_file(record.with_name("REC3.yaml"), "ref: [\n")
        write_file(record.with_name("REC4.yml"), "ref: REC4\n")
        assert run_cli(note(), tmp_path).code == 0

    @pytest.mark.parametrize(
        ("text", "code"),
        [("ref: [\n", "KP003"), ("", "KP009"), (b"ref: \xff\n", "KP002"), ("a: &x b\n", "KP005")],
    )
    def test_a_file_that_cannot_be_read(self, tmp_path: Path, text: str | bytes, code: str) -> None:
        one_record(tmp_path, text)
        before = snapshot(tmp_path)
        done = run_cli(note(), tmp_path)
        assert done.code == 1
        assert "the file cannot be read" in done.stderr
        assert f"error {code}" in done.stderr
        assert snapshot(tmp_path) == before

    def test_a_key_that_stands_twice(self, tmp_path: Path) -> None:
        one_record(tmp_path, AMBER + "rag: red\n")
        before = snapshot(tmp_path)
        done = run_cli(["update", "REC1", *DAY, "--rag", "red"], tmp_path)
        assert (done.code, "error KP004" in done.stderr) == (1, True)
        assert snapshot(tmp_path) == before

    @posix
    @pytest.mark.parametrize("inside", [True, False])
    def test_a_link_is_left_alone(self, tmp_path: Path, inside: bool) -> None:
        record = one_record(tmp_path)
        target = record.with_name("other") if inside else tmp_path / "other"
        record.rename(target)
        record.symlink_to(target)
        done = run_cli(note(), tmp_path)
        assert (done.code, "is a link" in done.stderr) == (2, True)
        assert record.is_symlink()
        assert target.read_text(encoding="utf-8") == AMBER

    @posix
    def test_a_folder_that_leaves_the_plan(self, tmp_path: Path) -> None:
        record = one_record(tmp_path)
        folder = record.parent
        folder.rename(tmp_path / "elsewhere")
        folder.symlink_to(tmp_path / "elsewhere")
        done = run_cli(note(), tmp_path)
        assert (done.code, "leaves the plan" in done.stderr) == (2, True)

    @posix
    @pytest.mark.skipif(is_root, reason="root may write anything")
    def test_a_file_that_may_not_be_written(self, tmp_path: Path) -> None:
        record = one_record(tmp_path)
        record.chmod(0o444)
        done = run_cli(note(), tmp_path)
        assert (done.code, "read-only" in done.stderr) == (2, True)
        assert "--output" not in done.stderr

    def test_the_help_fits(self, tmp_path: Path) -> None:
        text = run_cli(["update", "--help"], tmp_path).stdout
        assert max(map(len, text.splitlines())) <= 80


class TestEditor:
    def edit(self, folder: Path, script: str, *more: str, **variables: str) -> tuple[int, str, str]:
        program = write_file(
            folder / "an editor.py", f"import sys\npath = sys.argv[-1]\n{script}\n"
        )
        command = f"'{sys.executable}' '{program}' --wait"
        return run_cli(
            ["update", "REC1", "--edit", *more],
            folder,
            **({"EDITOR": command, "TMPDIR": str(folder / "tmp")} | variables),
        )

    @pytest.fixture(autouse=True)
    def _temporary(self, tmp_path: Path) -> None:
        (tmp_path / "tmp").mkdir()

    REPLACE = "t = open(path, newline='').read()\nopen(path, 'w', newline='').write(t.replace({}))"

    @posix
    def test_what_is_sound_is_accepted(self, tmp_path: Path) -> None:
        record = one_record(tmp_path, AMBER.replace("\n", "\r\n"))
        done = self.edit(tmp_path, self.REPLACE.format("'amber', 'red'"))
        assert done[0] == 0
        assert "-rag: amber" in done[1]
        assert record.read_bytes() == AMBER.replace("amber", "red").replace("\n", "\r\n").encode()
        assert list((tmp_path / "tmp").iterdir()) == []

    @posix
    def test_what_is_wrong_is_refused_and_kept(self, tmp_path: Path) -> None:
        one_record(tmp_path)
        before = snapshot(tmp_path / "plan")
        code, out, err = self.edit(tmp_path, self.REPLACE.format("'Company Secretary', 'Nobody'"))
        assert (code, out) == (1, "")
        assert "error KP401" in err
        kept = Path(err.partition("what you wrote is kept in ")[2].splitlines()[0])
        assert "Nobody" in kept.read_text(encoding="utf-8")
        assert snapshot(tmp_path / "plan") == before

    @posix
    @pytest.mark.parametrize(
        ("change", "code"),
        [
            ("'2024-07', '2024-09'", "KP801"),
            ("'amber', 'green'", "KP803"),
            ("'due: 2024-07\\n', ''", "KP801"),
            ("'ref:', 'ref ['", "KP0"),
        ],
    )
    def test_the_rules_of_changes_hold(self, tmp_path: Path, change: str, code: str) -> None:
        one_record(tmp_path)
        before = snapshot(tmp_path / "plan")
        done = self.edit(tmp_path, self.REPLACE.format(change))
        assert (done[0], code in done[2]) == (1, True)
        assert snapshot(tmp_path / "plan") == before

    @posix
    def test_what_may_be_a_correction_is_only_told(self, tmp_path: Path) -> None:
        record = one_record(tmp_path)
        done = self.edit(tmp_path, self.REPLACE.format("'every repair', 'all repairs'"))
        assert (done[0], "KP805" in done[2]) == (0, True)
        assert "all repairs" in record.read_text(encoding="utf-8")

    @posix
    def test_nothing_written_nothing_changed(self, tmp_path: Path) -> None:
        one_record(tmp_path)
        before = snapshot(tmp_path / "plan")
        done = self.edit(tmp_path, "")
        assert (done[0], done[1], "says so already" in done[2]) == (0, "", True)
        assert snapshot(tmp_path / "plan") == before
        assert list((tmp_path / "tmp").iterdir()) == []

    @posix
    def test_a_broken_file_can_be_mended(self, tmp_path: Path) -> None:
        record = one_record(tmp_path, "ref: [\n" + AMBER)
        done = self.edit(tmp_path, self.REPLACE.format("'ref: [\\n', ''"))
        assert done[0] == 0
        assert record.read_text(encoding="utf-8") == AMBER

    @posix
    def test_a_change_by_somebody_else_meanwhile(self, tmp_path: Path) -> None:
        record = one_record(tmp_path)
        script = f"open({str(record)!r}, 'a').write('# else\\n')\n"
        done = self.edit(tmp_path, script + self.REPLACE.format("'amber', 'red'"))
        assert (done[0], "changed meanwhile" in done[2]) == (2, True)
        assert "what you wrote is kept in " in done[2]
        assert record.read_text(encoding="utf-8") == AMBER + "# else\n"

    @posix
    def test_an_editor_that_fails(self, tmp_path: Path) -> None:
        one_record(tmp_path)
        before = snapshot(tmp_path / "plan")
        assert "ended with 3" in self.edit(tmp_path, "sys.exit(3)")[2]
        done = self.edit(tmp_path, "", EDITOR="/no/such/editor")
        assert (done[0], "cannot run the editor" in done[2]) == (2, True)
        assert self.edit(tmp_path, "", EDITOR="'")[0] == 2
        assert snapshot(tmp_path / "plan") == before
        assert list((tmp_path / "tmp").iterdir()) == []

    @posix
    def test_no_shell_reads_the_editor_s_name(self, tmp_path: Path) -> None:
        one_record(tmp_path)
        self.edit(tmp_path, "", EDITOR="true; touch hacked $(touch hacked) `touch hacked` #")
        assert not (tmp_path / "hacked").exists()

    @posix
    @pytest.mark.parametrize("answer", ["y", "n"])
    def test_on_a_terminal_it_asks(self, tmp_path: Path, answer: str) -> None:
        import pty

        record = one_record(tmp_path)
        script = (
            "import sys\npath = sys.argv[-1]\nt = open(path).read()\n"
            "t = t.replace('Nobody', 'Data Manager') if 'Nobody' in t else "
            "t.replace('Company Secretary', 'Nobody')\nopen(path, 'w').write(t)\n"
        )
        editor = write_file(tmp_path / "editor.py", script)
        terminal, side = pty.openpty()
        process = subprocess.Popen(
            [sys.executable, "-m", "kimplan", "update", "REC1", "--edit"],
            cwd=tmp_path,
            env=cli_environment(
                EDITOR=f"'{sys.executable}' '{editor}'", TMPDIR=str(tmp_path / "tmp")
            ),
            stdin=side,
            stdout=subprocess.PIPE,
            stderr=side,
        )
        os.close(side)
        said = b""
        while b"Open the editor again? [Y/n] " not in said:
            said += os.read(terminal, 1000)
        assert b"error KP401" in said
        os.write(terminal, f"{answer}\n".encode())
        out = process.communicate(timeout=60)[0]
        os.close(terminal)
        assert (process.returncode, b"+  - Data Manager" in out) == (
            (0, True) if answer == "y" else (1, False)
        )
        assert ("Data Manager" in record.read_text(encoding="utf-8")) == (answer == "y")

    @posix
    def test_a_dry_run(self, tmp_path: Path) -> None:
        one_record(tmp_path)
        before = snapshot(tmp_path / "plan")
        done = self.edit(tmp_path, self.REPLACE.format("'amber', 'red'"), "--dry-run")
        assert (done[0], "+rag: red" in done[1]) == (0, True)
        assert snapshot(tmp_path / "plan") == before


def start(arguments: Sequence[str], folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "kimplan", *arguments],
        cwd=folder,
        env=cli_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


class TestTogether:
    @pytest.mark.slow
    def test_twenty_at_once_lose_nothing(self, tmp_path: Path) -> None:
        record = one_record(tmp_path)
        texts = [f"Note {number}." for number in range(20)]
        running = [
            start(["update", "REC1", *DAY, "--note", text, "--by", "A"], tmp_path) for text in texts
        ]
        assert [process.wait(120) for process in running] == [0] * 20
        notes = value_of(record)["progress"]
        assert isinstance(notes, list)
        assert sorted(note["note"] for note in notes) == sorted(texts)
        assert lint_plan(record.parents[1]) == ()

    @posix
    @pytest.mark.slow
    def test_killed_at_any_moment_the_old_or_the_new_file_is_there(self, tmp_path: Path) -> None:
        record = one_record(tmp_path)
        moments = random.Random(6)
        outcomes = {"old": 0, "new": 0}
        whole = _seconds(tmp_path)
        for number in range(200):
            if number >= 40 and all(outcomes.values()):
                break
            before = record.read_bytes()
            process = start(["update", "REC1", *DAY, "--note", f"N{number}", "--by", "A"], tmp_path)
            try:
                process.wait(moments.uniform(0.3, 1.3) * whole)
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                process.wait()
            after = record.read_bytes()
            if after == before:
                outcomes["old"] += 1
            else:
                outcomes["new"] += 1
                assert after.count(b"\n") in {before.count(b"\n") + 3, before.count(b"\n") + 4}
                assert f"note: N{number}\n".encode() in after
            assert load_bytes("REC1.yaml", after, Recommendation).value is not None
        errors = [one for one in lint_plan(record.parents[1]) if one.severity is Severity.ERROR]
        assert errors == []
        assert all(outcomes.values()), outcomes
        assert run_cli(note(), tmp_path).code == 0

    @posix
    def test_interrupted_is_130(self, tmp_path: Path) -> None:
        one_record(tmp_path)
        editor = write_file(
            tmp_path / "e.py", "import sys\nprint('up', flush=True)\nsys.stdin.read()\n"
        )
        process = subprocess.Popen(
            [sys.executable, "-m", "kimplan", "update", "REC1", "--edit"],
            cwd=tmp_path,
            env=cli_environment(EDITOR=f"'{sys.executable}' '{editor}'"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        assert process.stdout
        assert process.stdout.readline() == b"up\n"
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
        assert process.returncode == 130

    def test_what_a_killed_one_leaves_is_swept_by_the_next(self, tmp_path: Path) -> None:
        record = one_record(tmp_path)
        stale = write_file(record.with_name(".REC1.yaml.x1_y2z3a.part"), "ref: [")
        kept = [
            write_file(record.with_name(name), "ref: [")
            for name in (".REC1.yaml.x1y2.part", ".REC2.yaml.x1y2z3a4.part", "REC1.yaml.part.txt")
        ]
        link = record.with_name(".REC1.yaml.aaaaaaaa.part")
        folder = record.with_name(".REC1.yaml.bbbbbbbb.part")
        folder.mkdir()
        if os.name != "nt":
            link.symlink_to(tmp_path / "answer.txt")
        write_file(tmp_path / "answer.txt", "mine")
        assert run_cli(note("--dry-run"), tmp_path).code == 0
        assert stale.exists()
        assert run_cli(note(), tmp_path).code == 0
        assert not stale.exists()
        assert all(path.exists() for path in (*kept, folder, tmp_path / "answer.txt"))
        assert os.name == "nt" or link.is_symlink()

    def test_git_ignores_what_a_killed_one_leaves(self) -> None:
        name = "plan/recommendations/.REC1.yaml.x1_y2z3a.part"
        lines = (REPOSITORY / ".gitignore").read_text(encoding="utf-8").splitlines()
        assert any(fnmatch.fnmatch(Path(name).name, line) for line in lines)


def _seconds(folder: Path) -> float:
    """Return how long a change takes here."""
    from time import monotonic

    for text in ("First.", "Second."):  # the first one may have to compile what it imports
        began = monotonic()
        assert start(["update", "REC1", *DAY, "--note", text, "--by", "A"], folder).wait() == 0
    return monotonic() - began


def test_the_example_of_the_documentation_is_true(tmp_path: Path) -> None:
    text = (REPOSITORY / "docs" / "update.md").read_text(encoding="utf-8")
    command, _, said = (
        text.partition("```console\n$ kimplan ")[2].partition("```")[0].partition("\n")
    )
    shutil.copytree(SHIPPED_PLAN, tmp_path / "plan")
    done = run_cli([*shlex.split(command), *DAY], tmp_path)
    assert done.code == 0
    assert done.stdout + done.stderr == said


def test_every_option_is_documented(tmp_path: Path) -> None:
    text = (REPOSITORY / "docs" / "update.md").read_text(encoding="utf-8")
    for command in ("update", "new"):
        options = set(re.findall(r"--[a-z-]+", run_cli([command, "--help"], tmp_path).stdout))
        shared = {"--plan", "--help", "--color", "--quiet", "--no-pager"}
        assert {one for one in options if one not in text} - shared == set()
