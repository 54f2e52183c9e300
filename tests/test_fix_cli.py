"""``kimplan lint --fix`` and ``--diff``: the files on the disk, and what is said."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from threading import Thread

import pytest
from conftest import SHIPPED_PLAN, make_owners, make_record, run_cli, write_file, write_plan
from hypothesis import example, given
from properties.mutations import mutated

from kimplan.characters import make_visible
from kimplan.cli.fixing import fix as fix_and_tell
from kimplan.edits.fix import fix, write
from kimplan.edits.lock import locked
from kimplan.edits.mend import Mended, mend
from kimplan.errors import OutputError
from kimplan.formatters.diff import format_diff
from kimplan.model.recommendation import Recommendation
from kimplan.source.splice import whole_lines

SPOILT = make_record(due="July 2024", response="So:\n· one\n• two\n")
MENDED = make_record(due="2024-07", response="So:\n- one\n- two\n")
SAID = "Mended plan/recommendations/REC1.yaml: a date, 2 bullets\n"
DIFF = """\
--- a/plan/recommendations/REC1.yaml
+++ b/plan/recommendations/REC1.yaml
@@ -3,9 +3,9 @@
 title: Keep a register of every repair.
 response: |
   So:
-  · one
-  • two
+  - one
+  - two
 rag: amber
-due: July 2024
+due: 2024-07
 owners:
   - Company Secretary
"""
is_root = hasattr(os, "geteuid") and os.geteuid() == 0


def one_record(folder: Path, text: str | bytes = SPOILT) -> Path:
    """Write a plan with the record `text`, and return the record's path."""
    records = {
        "REC1": text,
        "REC2": make_record(ref="REC2", section="repairs"),
        "REC3": make_record(ref="REC3", owners=["Head of Repairs", "Data Manager"]),
    }
    return write_plan(folder, records=records) / "recommendations" / "REC1.yaml"


def snapshot(folder: Path) -> dict[str, tuple[bytes, int]]:
    files = (file for file in folder.rglob("*") if file.is_file())
    return {str(file): (file.read_bytes(), file.stat().st_mtime_ns) for file in files}


def test_fix_mends_and_says_what_is_left(tmp_path: Path) -> None:
    record = one_record(tmp_path)
    done = run_cli(["lint", "--fix"], tmp_path)
    assert record.read_text(encoding="utf-8") == MENDED
    assert done.stdout.startswith(SAID)
    assert "KP201" not in done.stdout
    assert (done.code, done.stderr) == (0, "")


def test_what_cannot_be_mended_is_still_an_error(tmp_path: Path) -> None:
    record = one_record(tmp_path, SPOILT.replace("Company Secretary", "Nobody"))
    done = run_cli(["lint", "--fix"], tmp_path)
    assert done.stdout.startswith(SAID)
    assert "KP401" in done.stdout
    assert done.code == 1
    assert "due: 2024-07\n" in record.read_text(encoding="utf-8")


@pytest.mark.parametrize("options", [["--diff"], ["--fix", "--diff"]])
def test_diff_writes_nothing(tmp_path: Path, options: list[str]) -> None:
    one_record(tmp_path)
    before = snapshot(tmp_path)
    done = run_cli(["lint", *options], tmp_path, PYTHONIOENCODING="utf-8", encoding="utf-8")
    assert snapshot(tmp_path) == before
    assert done.stdout == DIFF


def test_the_diff_is_one_that_git_applies(tmp_path: Path) -> None:
    record = one_record(tmp_path, SPOILT.rstrip("\n"))
    done = run_cli(["lint", "--diff"], tmp_path, PYTHONIOENCODING="utf-8", encoding="utf-8")
    assert done.stdout.count("\\ No newline at end of file\n") == 1
    command = ["git", "apply", "-"]
    subprocess.run(command, cwd=tmp_path, input=done.stdout.encode(), check=True)
    assert record.read_text(encoding="utf-8") == MENDED


def test_only_the_named_files_are_mended(tmp_path: Path) -> None:
    record = one_record(tmp_path)
    other = write_file(record.with_name("REC2.yaml"), make_record(ref="REC2", due="May 2024"))
    done = run_cli(["lint", "--fix", str(other)], tmp_path)
    assert done.stdout.startswith("Mended plan/recommendations/REC2.yaml: a date\n")
    assert record.read_text(encoding="utf-8") == SPOILT
    assert [fixed.path for fixed in fix(record.parents[1], [record.parent])] == [str(record)]
    assert fix(record.parents[1], [record.with_name("REC")]) == []


def test_a_plan_that_needs_nothing_is_not_written(tmp_path: Path) -> None:
    one_record(tmp_path, MENDED)
    before = snapshot(tmp_path)
    assert run_cli(["lint", "--fix"], tmp_path).stdout.startswith("No problems in ")
    assert snapshot(tmp_path) == before
    assert fix(SHIPPED_PLAN) == []


def test_what_the_plan_ignores_is_left_alone(tmp_path: Path) -> None:
    record = one_record(tmp_path)
    settings = record.parents[1] / "plan.yaml"
    before = settings.read_text(encoding="utf-8")
    write_file(settings, f"{before}lint: {{ignore: [KP606]}}\n")
    assert run_cli(["lint", "--fix"], tmp_path).stdout.startswith(SAID.replace(", 2 bullets", ""))
    assert "· one" in record.read_text(encoding="utf-8")


def test_all_three_kinds_of_file_are_mended(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    record = one_record(tmp_path, f"rag: red \n{SPOILT}".replace("rag: amber\n", ""))
    plan = record.parents[1]
    write_file(plan / "owners.yaml", make_owners().rstrip("\n"))
    settings = (plan / "plan.yaml").read_text(encoding="utf-8")
    write_file(plan / "plan.yaml", f"{settings}source: {{title: S, published: May 2023}}\n")
    monkeypatch.chdir(tmp_path)
    assert fix_and_tell(Path("plan"), [], diff=False)
    assert capsys.readouterr().out == (
        "Mended plan/plan.yaml: a date\nMended plan/owners.yaml: a line end\n"
        "Mended plan/recommendations/REC1.yaml: a date, 2 bullets, a line end, "
        "the order of the keys\n"
    )
    assert fix(plan) == []


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_line_ends_byte_order_mark_and_mode_stay(tmp_path: Path, end: bytes, mark: bytes) -> None:
    record = one_record(tmp_path, mark + SPOILT.encode().replace(b"\n", end))
    record.chmod(0o640)
    assert fix_and_tell(record.parents[1], [], diff=False)
    assert record.read_bytes() == mark + MENDED.encode().replace(b"\n", end)
    if os.name != "nt":
        assert record.stat().st_mode & 0o777 == 0o640


def test_a_link_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    record = one_record(tmp_path)
    target = record.rename(record.parents[1] / "REC1.txt")
    record.symlink_to(target)
    for diff in (True, False):
        assert not fix_and_tell(record.parents[1], [], diff=diff)
        said = capsys.readouterr()
        assert said.out == ""
        assert "REC1.yaml is a link, so it is left alone\n  hint: Mend the file" in said.err
    assert record.is_symlink()
    assert target.read_text(encoding="utf-8") == SPOILT


def test_a_file_that_changed_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    record = one_record(tmp_path)
    (fixed,) = fix(record.parents[1])
    write_file(record, SPOILT + "# mine\n")
    with pytest.raises(OutputError, match="changed meanwhile, so it is left alone"):
        write(fixed)
    assert record.read_text(encoding="utf-8") == SPOILT + "# mine\n"
    record.unlink()
    with pytest.raises(OutputError, match="cannot read"):
        write(fixed)
    assert not record.exists()


def test_it_waits_for_whoever_changes_a_record(tmp_path: Path) -> None:
    record = one_record(tmp_path)
    write_file(record.with_name(".REC1.yaml.x1y2z3a4.part"), "ref: [")
    (fixed,) = fix(record.parents[1])
    (other,) = fix(record.parents[1])
    with locked(record.parent):
        waiting = Thread(target=write, args=(fixed,))
        waiting.start()
        waiting.join(0.2)
        assert waiting.is_alive()
        assert record.read_text(encoding="utf-8") == SPOILT
    waiting.join(60)
    assert record.read_text(encoding="utf-8") == MENDED
    assert [path.name for path in record.parent.iterdir() if path.suffix == ".part"] == []
    with pytest.raises(OutputError, match="changed meanwhile"):
        write(other)


@pytest.mark.skipif(is_root or os.name == "nt", reason="permissions do not bind this user")
def test_a_file_that_may_not_be_written_is_said_and_the_others_are_mended(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record = one_record(tmp_path)
    other = write_file(record.with_name("REC2.yaml"), make_record(ref="REC2", due="May 2024"))
    record.chmod(0o440)
    assert not fix_and_tell(record.parents[1], [], diff=False)
    said = capsys.readouterr()
    assert "read-only" in said.err
    assert "--output" not in said.err
    assert "REC2.yaml: a date" in said.out
    assert "due: 2024-05\n" in other.read_text(encoding="utf-8")


def test_files_that_cannot_be_read_are_left_alone(tmp_path: Path) -> None:
    for number, content in enumerate((b"\xff \n", b"a: [ \n", b"a: &b c \n", b"", b"- a \n")):
        record = one_record(tmp_path / str(number), content)
        assert fix_and_tell(record.parents[1], [], diff=False)
        assert record.read_bytes() == content


@given(mutated((f"{SPOILT}completed: 2024-7-5\n", f"title: T\n# c\n{SPOILT}")))
@example("title: T \n   ")
@example("title: T\nref: R\n   ")
@example("   \ntitle: T \n\n\n \t")
def test_the_diff_leads_from_the_one_to_the_other(text: str) -> None:
    mended = mend(text, Recommendation)
    shown = _diff("x.yaml", text, mended).splitlines()[2:]
    before, after = _visible(text), _visible(mended.text)
    made, at = [], 0
    for line in shown:
        if found := re.match(r"@@ -([0-9]+)", line):
            start = max(int(found[1]) - 1, 0)
            made += before[at:start]
            at = start
        elif line[0] in " -":
            assert line[1:] == before[at]
            at += 1
        if line[0] in " +":
            made.append(line[1:])
    assert made + before[at:] == after


def _diff(path: str, before: str, mended: Mended) -> str:
    return format_diff(path, before, mended.text, are_moved=mended.is_reordered)


def _visible(text: str) -> list[str]:
    return [make_visible(line.rstrip("\r\n")) for line in whole_lines(text)]


def test_the_diff_of_a_large_file_does_not_take_long() -> None:
    comments = "".join(f"# {n % 150}{' ' * (n % 2)}\n" for n in range(20_000))
    for text in (f"ref: A\n{comments}", f"title: B\n{comments}ref: A\n"):
        mended = mend(text, Recommendation)
        shown = _diff("x.yaml", text, mended)
        assert shown.count("\n-") >= mended.lines == 10_000


def test_the_diff_shows_control_characters_and_forges_nothing() -> None:
    before = 'title: "\x1b[31m::error::"\n# --- a/x \r# b\t\n# c '
    mended = mend(before, Recommendation)
    shown = _diff("plan/\x1b.yaml", before, mended)
    assert shown == (
        "--- a/plan/\\x1b.yaml\n+++ b/plan/\\x1b.yaml\n@@ -1,4 +1,4 @@\n"
        ' title: "\\x1b[31m::error::"\n'
        "-# --- a/x \n-# b\\x09\n-# c \n\\ No newline at end of file\n"
        "+# --- a/x\n+# b\n+# c\n"
    )
