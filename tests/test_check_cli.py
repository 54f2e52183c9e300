"""``kimplan check`` as pipelines run it: real repositories, real clones, each run a process."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from conftest import (
    Ran,
    commit_all,
    git,
    make_record,
    make_repository,
    run_cli,
    small_records,
    write_file,
    write_plan,
)

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
needs_posix = pytest.mark.skipif(os.name == "nt", reason="needs POSIX's shell, links and owners")
DAY = ("check", "--as-of", "2024-05-31")
AS_OF = (*DAY, "--base")
LATE: dict[str, Any] = {"ref": "REC2", "due": "2024-03", "owners": ["Head of Repairs"]}
RERATED = LATE | {"rag": "red"}  # which touches what was promised
LATE_IS = "REC2 is overdue: promised for March 2024, 61 days late on 31 May 2024\n"
LATE_HINT = (
    "    6 | due: 2024-03\n"
    "      |      ^\n"
    "  hint: Rate it green with evidence, or agree a new date and add a revision with the reason.\n"
)
SOON = (
    "plan/recommendations/REC3.yaml:6:6: info KP702 REC3 falls due in 61 days: promised for "
    "31 July 2024\n"
    "    6 | due: 2024-07-31\n"
    "      |      ^\n"
    "  hint: Nothing is wrong yet.\n"
)
LATE_ERROR = f"plan/recommendations/REC2.yaml:6:6: error KP701 {LATE_IS}{LATE_HINT}"
LATE_WARNING = LATE_ERROR.replace("error", "warning", 1)
NOT_SHOWN = "in files that this change did not touch.\n"
ONE_NOTE = f"Not shown: 1 note {NOT_SHOWN}"
WARNING_AND_NOTE = f"Not shown: 1 warning and 1 note {NOT_SHOWN}"
NOT_COMPARED = "the plan cannot be compared with 'main': "
NAME_ONE = "  hint: Name a branch, a tag or a commit of this repository: --base origin/main.\n"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with a plan on the branch main, at a branch of its own; REC2 is overdue."""
    folder = tmp_path / "repository"
    folder.mkdir()
    write_plan(folder)
    make_repository(folder)
    git(folder, "checkout", "--quiet", "-b", "work")
    return folder


def change(folder: Path, ref: str = "REC3", **fields: Any) -> None:
    text = small_records().get(ref, make_record(ref=ref))
    if fields:
        text = make_record(**({"ref": ref} | fields))
    write_file(folder / "plan" / "recommendations" / f"{ref}.yaml", f"{text}# more\n")


def head(folder: Path, revision: str = "main") -> str:
    return git(folder, "rev-parse", revision)[:7]


def compared(folder: Path, revision: str = "main") -> str:
    return f"in 3 recommendations on 31 May 2024, compared with {revision} ({head(folder)}).\n"


def codes(ran: Ran) -> list[tuple[str, str]]:
    """Return the severity and the code of each finding of a run in text form."""
    lines = [line.split() for line in ran.stdout.splitlines() if ".yaml:" in line.split(" ")[0]]
    return [(words[1], words[2]) for words in lines]


# A pull request


def test_what_others_are_late_with_stops_nobody(repository: Path) -> None:
    change(repository, "REC1")
    commit_all(repository)
    said = f"{WARNING_AND_NOTE}1 warning, 1 note {compared(repository)}"
    assert run_cli([*AS_OF, "main"], repository) == Ran(0, said, "")


def test_without_a_base_everything_counts(repository: Path) -> None:
    totals = "1 error, 1 note in 3 recommendations on 31 May 2024.\n"
    assert run_cli(DAY, repository) == Ran(1, LATE_ERROR + SOON + totals, "")


def test_what_is_late_and_was_rated_otherwise_fails(repository: Path) -> None:
    change(repository, **RERATED)
    said = f"{LATE_ERROR}{ONE_NOTE}1 error, 1 note {compared(repository)}"
    assert run_cli([*AS_OF, "main"], repository) == Ran(1, said, "")


def note(on: str) -> dict[str, Any]:
    return LATE | {"progress": [{"on": on, "note": "The form is drafted."}]}


def test_what_is_late_and_was_only_written_about_passes(repository: Path) -> None:
    said = f"{LATE_WARNING}{ONE_NOTE}1 warning, 1 note {compared(repository)}"
    change(repository, "REC2")
    assert run_cli([*AS_OF, "main"], repository) == Ran(0, said, "")
    change(repository, **note("2024-05-20"))
    assert run_cli([*AS_OF, "main"], repository) == Ran(0, said, "")


def test_other_line_ends_are_no_change(repository: Path) -> None:
    path = repository / "plan" / "recommendations" / "REC2.yaml"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    ran = run_cli([*AS_OF, "main"], repository)
    assert (ran.code, codes(ran)) == (0, [])
    assert WARNING_AND_NOTE in ran.stdout


def test_a_role_that_is_renamed_everywhere_touches_no_promise(repository: Path) -> None:
    for path in (repository / "plan").rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        write_file(path, text.replace("Head of Repairs", "Head of Homes"))
    ran = run_cli([*AS_OF, "main"], repository)
    assert (ran.code, codes(ran)) == (0, [("warning", "KP701")])


def test_what_is_found_about_the_owners_is_shown_to_who_changed_them(repository: Path) -> None:
    path = repository / "plan" / "owners.yaml"
    write_file(path, path.read_text(encoding="utf-8") + "  - role: Head of Nothing\n")
    ran = run_cli([*AS_OF, "main"], repository)
    assert (ran.code, codes(ran)) == (0, [("info", "KP405")])
    commit_all(repository)
    git(repository, "checkout", "--quiet", "-b", "next")
    change(repository, "REC1")
    assert codes(run_cli([*AS_OF, "HEAD"], repository)) == []


def test_a_late_record_that_cannot_be_compared_fails(repository: Path) -> None:
    git(repository, "checkout", "--quiet", "main")
    write_file(repository / "plan" / "recommendations" / "REC2.yaml", "ref: [\n")
    commit_all(repository)
    git(repository, "checkout", "--quiet", "-b", "next")
    change(repository, "REC2")
    ran = run_cli([*AS_OF, "main"], repository)
    assert (ran.code, codes(ran)) == (1, [("error", "KP701")])


def test_a_late_action_fails_where_the_change_adds_it_and_warns_where_it_was_there(
    repository: Path,
) -> None:
    step = {"title": "Publish the form", "owner": "Data Manager", "due": "2024-02"}
    change(repository, **(LATE | {"actions": [step]}))
    ran = run_cli([*AS_OF, "main"], repository)
    assert (ran.code, codes(ran)) == (1, [("error", "KP701"), ("error", "KP705")])
    assert (
        "REC2.yaml:12:10: error KP705 the action 'Publish the form' of REC2 is overdue: promised "
        "for February 2024, 92 days late on 31 May 2024\n"
    ) in ran.stdout
    commit_all(repository)
    change(repository, **(note("2024-05-20") | {"actions": [step]}))
    ran = run_cli([*AS_OF, "work"], repository)
    assert (ran.code, codes(ran)) == (0, [("warning", "KP701"), ("warning", "KP705")])


def test_a_fact_that_is_still_to_come_fails_whoever_wrote_it(repository: Path) -> None:
    git(repository, "checkout", "--quiet", "main")
    change(repository, **note("2029-05-20"))
    commit_all(repository)
    git(repository, "checkout", "--quiet", "-b", "next")
    ran = run_cli([*AS_OF, "main"], repository)
    assert (ran.code, codes(ran)) == (1, [("error", "KP706")])
    assert "error KP706 a progress note on 20 May 2029, which is after 31 May 2024\n" in ran.stdout


def test_a_date_moved_without_a_reason_fails(repository: Path) -> None:
    change(repository, **(LATE | {"due": "2024-06"}))
    ran = run_cli([*AS_OF, "main", "--select", "KP8"], repository)
    assert ran == Ran(
        1,
        "plan/recommendations/REC2.yaml:6:6: error KP801 due moved from March 2024 to June 2024 "
        "without a revision that says why\n"
        "    6 | due: 2024-06\n"
        "      |      ^\n"
        "  hint: Add below 'revisions:', a line each: '- from: 2024-03', 'to: 2024-06', "
        "'reason: …', 'on: …'.\n"
        f"1 error {compared(repository)}",
        "",
    )
    assert run_cli([*AS_OF, "main", "--ignore", "KP8"], repository).code == 0
    assert run_cli([*DAY, "--select", "KP8"], repository).code == 0


def test_a_date_moved_with_a_reason_passes(repository: Path) -> None:
    revision = {"from": "2024-03", "to": "2024-06", "reason": "Staff left.", "on": "2024-05-20"}
    change(repository, **(LATE | {"due": "2024-06", "revisions": [revision]}))
    ran = run_cli([*AS_OF, "main"], repository)
    assert (ran.code, codes(ran)) == (0, [("info", "KP702")])
    assert ONE_NOTE in ran.stdout


def test_other_errors_fail_whoever_made_them(repository: Path) -> None:
    git(repository, "checkout", "--quiet", "main")
    change(repository, "REC1", rag="blue")
    commit_all(repository)
    git(repository, "checkout", "--quiet", "-b", "next")
    ran = run_cli([*AS_OF, "main"], repository)
    assert (ran.code, codes(ran)) == (1, [("error", "KP105")])
    assert WARNING_AND_NOTE in ran.stdout


def test_a_removed_record_fails_at_its_path(repository: Path) -> None:
    (repository / "plan" / "recommendations" / "REC3.yaml").unlink()
    ran = run_cli([*AS_OF, "main", "--select", "KP804"], repository)
    assert ran == Ran(
        1,
        "plan/recommendations/REC3.yaml:1:1: error KP804 REC3 was removed from the plan\n"
        "  hint: Put the file back; what does not apply is rated not-applicable.\n"
        f"1 error {compared(repository).replace('3 rec', '2 rec')}",
        "",
    )


def test_a_new_plan_says_that_it_is_new(tmp_path: Path) -> None:
    write_file(tmp_path / "README", "x")
    make_repository(tmp_path)
    write_plan(tmp_path)
    ran = run_cli([*AS_OF, "main"], tmp_path)
    said = "kimplan: there was no plan in plan at main, so all of it counts as new\n"
    assert (ran.code, ran.stderr, codes(ran)) == (1, said, [("error", "KP701"), ("info", "KP702")])


# Where it is run


@pytest.mark.parametrize(
    ("cwd", "options", "path"),
    [
        ("plan", [], "."),
        ("plan/recommendations", [], ".."),
        ("docs", [], "../plan"),
        ("docs", ["--plan", "../plan"], "../plan"),
        (".", ["--plan", "plan"], "plan"),
        (".", ["--plan", "."], "plan"),
        ("..", ["--plan", "repository"], "repository/plan"),
        ("..", ["--plan", "repository/plan"], "repository/plan"),
    ],
)
def test_paths_lead_from_where_it_is_run(
    cwd: str, options: list[str], path: str, repository: Path
) -> None:
    (repository / "docs").mkdir()
    change(repository, **RERATED)
    ran = run_cli([*AS_OF, "main", *options], repository / cwd)
    assert ran.stdout.startswith(LATE_ERROR.replace("plan/", f"{path}/", 1))
    assert (ran.code, ran.stderr, codes(ran)) == (1, "", [("error", "KP701")])
    written = run_cli([*AS_OF, "main", *options, "--format", "json"], repository / cwd)
    places = {found["path"] for found in json.loads(written.stdout)["diagnostics"]}
    assert places == {f"plan/recommendations/REC{number}.yaml" for number in (2, 3)}


def test_a_plan_in_a_sub_folder_of_the_repository(tmp_path: Path) -> None:
    write_plan(tmp_path / "governance")
    make_repository(tmp_path)
    change(tmp_path / "governance", **RERATED)
    ran = run_cli([*AS_OF, "HEAD", "--format", "github"], tmp_path / "governance")
    assert ran.stdout.startswith(
        "::error file=governance/plan/recommendations/REC2.yaml,line=6,col=6,title=KP701::REC2 is"
    )
    assert ran.code == 1


def test_outside_a_repository_it_fails(tmp_path: Path) -> None:
    write_plan(tmp_path)
    hint = "Run the check in a clone of the plan's repository, with its history."
    said = f"kimplan: {NOT_COMPARED}plan is not in a git repository\n  hint: {hint}\n"
    assert run_cli([*AS_OF, "main"], tmp_path) == Ran(2, "", said)


def test_without_git_it_fails(repository: Path, tmp_path: Path) -> None:
    change(repository, **(LATE | {"due": "2025-06"}))
    (tmp_path / "git").mkdir()  # a folder of that name is no program
    for path in (str(tmp_path), "", "."):
        ran = run_cli([*AS_OF, "main"], repository, PATH=path)
        assert ran == Ran(2, "", f"kimplan: {NOT_COMPARED}git is not installed\n")


def test_github_is_told_that_nothing_was_checked(repository: Path, tmp_path: Path) -> None:
    summary = write_file(tmp_path / "summary.md", "What was there.\n\n")
    arguments = [*AS_OF, "main", "--format", "github"]
    variables = {"PATH": str(tmp_path), "GITHUB_STEP_SUMMARY": str(summary)}
    message = f"{NOT_COMPARED}git is not installed"
    ran = run_cli(arguments, repository, **variables)
    assert ran == Ran(2, f"::error title=kimplan::{message}\n", f"kimplan: {message}\n")
    said = f"### kimplan\n\n**The plan was not checked.** `{message}`\n"
    assert summary.read_text(encoding="utf-8") == f"What was there.\n\n{said}"
    forms = ["--format", "github=out.txt", "--format", "sarif=out.sarif"]
    ran = run_cli([*AS_OF, "main", *forms], repository, **variables)
    assert (ran.code, ran.stdout) == (2, "")
    assert (repository / "out.txt").read_text() == f"::error title=kimplan::{message}\n"
    (failed,) = json.loads((repository / "out.sarif").read_text())["runs"]
    assert failed["results"] == []
    (ending,) = failed["invocations"]
    assert ending["executionSuccessful"] is False
    assert ending["toolExecutionNotifications"][0]["message"] == {"text": message}


def test_no_name_of_a_base_can_forge_a_command(repository: Path, tmp_path: Path) -> None:
    summary = tmp_path / "summary.md"
    name = "a%0A::error::##[x]|`<b>"
    arguments = [*AS_OF, name, "--format", "github"]
    ran = run_cli(arguments, repository, GITHUB_STEP_SUMMARY=str(summary))
    assert ran.code == 2
    assert ran.stdout.startswith("::error title=kimplan::there is no revision 'a%250A::error::")
    assert ran.stdout.count("\n") == 1
    assert "##[" not in ran.stdout
    assert "`there is no revision 'a%0A::error::\\x23#[x]\\x7c\\x60<b>'" in summary.read_text()


def test_a_folder_that_only_looks_like_a_repository_is_refused(tmp_path: Path) -> None:
    write_plan(tmp_path)
    (tmp_path / ".git").mkdir()
    ran = run_cli([*AS_OF, "main"], tmp_path)
    assert ran == Ran(
        2,
        "",
        "kimplan: the plan cannot be compared with 'main': git said: fatal: not a git repository "
        "(or any of the parent directories): .git\n",
    )


# What is no base


@pytest.mark.parametrize("revision", ["-x", "--output=x", "", " ", "a\nb", "x" * 10_000])
def test_what_cannot_be_a_name_is_refused(revision: str, repository: Path) -> None:
    name = revision[:40].replace("\n", "\\x0a")
    ran = run_cli([*DAY, f"--base={revision}"], repository)
    assert ran == Ran(2, "", f"kimplan: --base '{name}' is no revision\n{NAME_ONE}")
    assert not (repository / "x").exists()


@pytest.mark.parametrize("revision", ["nowhere", "..", "main..work", "^main", "main -- x"])
def test_what_names_nothing_is_refused(revision: str, repository: Path) -> None:
    ran = run_cli([*AS_OF, revision, "--format", "json=out.json"], repository)
    message = f"there is no revision '{revision}' in this repository"
    assert ran == Ran(2, "", f"kimplan: {message}\n{NAME_ONE}")
    assert not (repository / "out.json").exists()


# Clones that lack something


def clone(repository: Path, *options: str, branch: str = "work") -> Path:
    """Clone a branch of `repository` beside it."""
    folder = repository.parent / "clone"
    arguments = ["clone", "--quiet", "--branch", branch, *options]
    git(repository.parent, *arguments, repository.as_uri(), str(folder))
    return folder


def commit_changes(repository: Path) -> None:
    """Commit one change to each of the branches work and main."""
    change(repository, "REC3", section="repairs", owners=["Data Manager"], due="2024-09")
    commit_all(repository)
    git(repository, "checkout", "--quiet", "main")
    change(repository, **RERATED)
    commit_all(repository)
    git(repository, "checkout", "--quiet", "work")


def test_a_shallow_clone_without_the_base_is_refused(repository: Path) -> None:
    commit_changes(repository)
    folder = clone(repository, "--depth=1")
    assert run_cli([*AS_OF, "origin/main"], folder) == Ran(
        2,
        "",
        "kimplan: there is no revision 'origin/main' in this repository\n  hint: This is a "
        "shallow clone: fetch more of the history (on GitHub: fetch-depth: 0).\n",
    )


def test_a_shallow_clone_with_the_base_says_what_it_does_not_see(repository: Path) -> None:
    commit_changes(repository)
    folder = clone(repository, "--depth=1", "--no-single-branch")
    ran = run_cli([*AS_OF, "origin/main"], folder)
    assert ran.stderr == (
        "kimplan: this is a shallow clone, which does not show where this branch left "
        "origin/main: the plan is compared with origin/main as it is now\n"
    )
    # REC2 differs because main has moved on, so that it counts as changed here.
    assert (ran.code, codes(ran)) == (1, [("error", "KP701"), ("error", "KP801")])
    assert f"compared with origin/main ({head(repository)})" in ran.stdout


def test_a_shallow_clone_deep_enough_needs_no_words(repository: Path) -> None:
    left = head(repository)
    commit_changes(repository)
    folder = clone(repository, "--depth=2", "--no-single-branch")
    for revision in ("origin/main", "HEAD~1"):
        ran = run_cli([*AS_OF, revision], folder)
        assert (ran.code, ran.stderr) == (1, "")
        assert codes(ran) == [("error", "KP801")]
        assert ran.stdout.endswith(f"compared with {revision} ({left}).\n")


def test_a_shallow_clone_into_which_the_base_is_fetched(repository: Path) -> None:
    commit_changes(repository)
    folder = clone(repository, "--depth=1")
    git(folder, "fetch", "--quiet", "--depth=1", "origin", "main:refs/remotes/origin/main")
    ran = run_cli([*AS_OF, "origin/main"], folder)
    assert ran.stderr.startswith("kimplan: this is a shallow clone, which does not show where ")
    git(folder, "fetch", "--quiet", "--unshallow", "origin", "main", "work")
    ran = run_cli([*AS_OF, "origin/main"], folder)
    assert (ran.code, ran.stderr) == (1, "")
    assert codes(ran) == [("error", "KP801")]


NO_FILTER = (
    "  hint: Clone without --filter: kimplan never asks the network for what a clone lacks.\n"
)


@pytest.mark.parametrize("is_gone", [False, True])
def test_a_partial_clone_never_asks_the_network(is_gone: bool, repository: Path) -> None:
    commit_changes(repository)
    git(repository, "config", "uploadpack.allowFilter", "true")
    folder = clone(repository, "--filter=blob:none")
    if is_gone:
        repository.rename(repository.parent / "gone")
    ran = run_cli([*AS_OF, "origin/main"], folder)
    assert (ran.code, ran.stdout) == (2, "")
    assert ran.stderr.startswith("kimplan: the plan cannot be compared with 'origin/main': ")
    assert ran.stderr.endswith(f"\n{NO_FILTER}")
    assert ran.stderr.count("\n") == 2
    # Files that have not changed are recognised by their names alone.
    assert run_cli([*AS_OF, "HEAD"], folder).code == 0


def test_a_clone_without_trees_says_so(repository: Path) -> None:
    commit_changes(repository)
    git(repository, "config", "uploadpack.allowFilter", "true")
    folder = clone(repository, "--filter=tree:0")
    repository.rename(repository.parent / "gone")
    ran = run_cli([*AS_OF, "origin/main"], folder)
    assert (ran.code, ran.stdout) == (2, "")
    assert ran.stderr.startswith(
        "kimplan: the plan cannot be compared with 'origin/main': git said: fatal: "
    )
    assert ran.stderr.endswith(NO_FILTER)


# What a repository could do to us


def script(path: Path, *lines: str) -> str:
    write_file(path, "\n".join(["#!/bin/sh", *lines, ""]))
    path.chmod(0o755)
    return str(path)


HOOKS = ("pre-commit", "post-checkout", "reference-transaction", "fsmonitor-watchman")


def booby_trap(repository: Path, marker: Path) -> None:
    """Have git run a script, which leaves a marker, wherever its settings can name one."""
    folder = marker.parent / "traps"
    folder.mkdir()
    trap = script(folder / "trap", f'touch "{marker}"', "cat")
    for hook in HOOKS:
        shutil.copy(trap, folder / hook)
    keys = (
        "core.fsmonitor", "core.pager", "core.editor", "core.askPass", "core.sshCommand",
        "core.gitProxy", "core.alternateRefsCommand", "diff.external", "diff.x.command",
        "diff.x.textconv", "filter.x.clean", "filter.x.smudge", "filter.x.process",
        "credential.helper", "gpg.program", "pager.ls-tree", "pager.cat-file", "merge.x.driver",
        "remote.origin.uploadpack", "uploadpack.packObjectsHook", "receive.procReceiveRefs",
        "interactive.diffFilter", "sequence.editor", "man.x.cmd", "ssh.variant",
    )  # fmt: skip
    for key in keys:
        git(repository, "config", key, trap)
    for command in ("cat-file", "ls-tree", "merge-base", "rev-parse", "x"):
        git(repository, "config", f"alias.{command}", f"!{trap}")
    more = {
        "core.hooksPath": str(folder),
        "core.attributesFile": str(repository / ".gitattributes"),
        "log.showSignature": "true",
        "filter.x.required": "true",
        "remote.origin.url": f"ext::{trap}",
        "remote.origin.promisor": "true",
        "remote.origin.partialclonefilter": "blob:none",
        "protocol.ext.allow": "always",
        "core.autocrlf": "input",
        "color.ui": "always",
    }
    for key, value in more.items():
        git(repository, "config", key, value)
    write_file(marker.parent / "included", f'[core]\n\tsshCommand = "{trap}"\n')
    git(repository, "config", "include.path", str(marker.parent / "included"))
    text = "* filter=x diff=x merge=x ident text eol=crlf working-tree-encoding=UTF-16\n"
    write_file(repository / ".gitattributes", text)
    (repository / ".git" / "info").mkdir(exist_ok=True)
    write_file(repository / ".git" / "info" / "attributes", text)


@needs_posix
def test_nothing_that_the_repository_names_is_run(repository: Path, tmp_path: Path) -> None:
    change(repository, **(LATE | {"due": "2024-06"}))
    commit_all(repository)
    change(repository, "REC3")
    expected = run_cli([*AS_OF, "main"], repository)
    assert codes(expected) == [("info", "KP702"), ("error", "KP801"), ("info", "KP702")]
    marker = tmp_path / "marker"
    booby_trap(repository, marker)
    with suppress(subprocess.CalledProcessError):  # whether it fails depends on the index's times
        git(repository, "status")
    assert marker.exists()  # the traps work
    marker.unlink()
    assert run_cli([*AS_OF, "main"], repository) == expected
    # What is not there is not fetched either.
    blob = git(repository, "rev-parse", "main:plan/recommendations/REC2.yaml")
    marker.unlink(missing_ok=True)
    (repository / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    ran = run_cli([*AS_OF, "main"], repository)
    assert (ran.code, ran.stdout) == (2, "")
    assert "the plan cannot be compared with 'main': " in ran.stderr
    assert not marker.exists()


@pytest.mark.parametrize("is_bare", [False, True])
def test_a_work_tree_set_elsewhere_changes_nothing(
    is_bare: bool, repository: Path, tmp_path: Path
) -> None:
    change(repository, **(LATE | {"due": "2024-06"}))
    expected = run_cli([*AS_OF, "main"], repository)
    write_plan(tmp_path / "elsewhere")
    key, value = (
        ("core.bare", "true") if is_bare else ("core.worktree", str(tmp_path / "elsewhere"))
    )
    git(repository, "config", key, value)
    assert run_cli([*AS_OF, "main"], repository) == expected


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ("[extensions]\n\tunheardOf = true\n", "fatal: unknown repository extension found:"),
        ("[extensions]\n\tobjectFormat = md5\n", "error: invalid value for"),
        ("[core\n", "fatal: bad config line 1 in file .git/config"),
        ("[core]\n\trepositoryformatversion = 99\n", "fatal: Expected git repo version <= 1"),
    ],
)
def test_settings_that_git_refuses_are_said(settings: str, message: str, repository: Path) -> None:
    version = "[core]\n\trepositoryformatversion = 1\n" if "extensions" in settings else ""
    write_file(repository / ".git" / "config", f"{version}{settings}")
    ran = run_cli([*AS_OF, "main"], repository)
    assert (ran.code, ran.stdout) == (2, "")
    said = f"kimplan: the plan cannot be compared with 'main': git said: {message}"
    assert ran.stderr.startswith(said)


def test_variables_of_git_lead_nowhere_else(repository: Path, tmp_path: Path) -> None:
    change(repository, **(LATE | {"due": "2024-06"}))
    expected = run_cli([*AS_OF, "main"], repository)
    other = tmp_path / "other"
    write_plan(other)
    make_repository(other)
    trap = script(tmp_path / "trap", f'touch "{tmp_path / "marker"}"')
    variables = {
        "GIT_DIR": str(other / ".git"),
        "GIT_WORK_TREE": str(other),
        "GIT_INDEX_FILE": str(other / ".git" / "index"),
        "GIT_OBJECT_DIRECTORY": str(other / ".git" / "objects"),
        "GIT_COMMON_DIR": str(other / ".git"),
        "GIT_NAMESPACE": "x",
        "GIT_PREFIX": "plan/",
        "GIT_EXEC_PATH": str(tmp_path),
        "GIT_EXTERNAL_DIFF": trap,
        "GIT_PAGER": trap,
        "GIT_ASKPASS": trap,
        "GIT_SSH_COMMAND": trap,
        "GIT_TRACE": str(tmp_path / "marker"),
        "GIT_TRACE2": str(tmp_path / "marker"),
        "GIT_TRACE_SETUP": "1",
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "core.bare",
        "GIT_CONFIG_VALUE_0": "nonsense",
        "GIT_CONFIG_PARAMETERS": "'core.bare=nonsense'",
        "GIT_LITERAL_PATHSPECS": "0",
        "GIT_SHALLOW_FILE": str(tmp_path / "shallow"),
        "GIT_REPLACE_REF_BASE": "refs/heads/",
    }
    for name, value in variables.items():
        assert run_cli([*AS_OF, "main"], repository, **{name: value}) == expected, name
    assert run_cli([*AS_OF, "main"], repository, **variables) == expected
    assert not (tmp_path / "marker").exists()


@pytest.mark.parametrize("how", ["commit", "blob", "graft"])
def test_the_base_cannot_be_forged(how: str, repository: Path) -> None:
    change(repository, **(LATE | {"due": "2024-06"}))
    commit_all(repository)
    expected = run_cli([*AS_OF, "main"], repository)
    assert expected.code == 1
    if how == "graft":
        lines = f"{git(repository, 'rev-parse', 'main')} {git(repository, 'rev-parse', 'work')}\n"
        write_file(repository / ".git" / "info" / "grafts", lines)
    else:
        path = "" if how == "commit" else ":plan/recommendations/REC2.yaml"
        old, new = (git(repository, "rev-parse", f"{name}{path}") for name in ("main", "work"))
        git(repository, "replace", "--force", old, new)
        if how == "blob":
            assert "2024-06" in git(repository, "cat-file", "blob", old)
    assert run_cli([*AS_OF, "main"], repository) == expected


@needs_posix
@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give files away"
)
def test_gits_advice_on_somebody_elses_repository_is_shown(repository: Path) -> None:
    for path in (repository, repository / ".git"):
        os.chown(path, 65534, 65534)
    ran = run_cli([*AS_OF, "main"], repository)
    assert ran == Ran(
        2,
        "",
        "kimplan: the plan cannot be compared with 'main': git said: fatal: detected dubious "
        f"ownership in repository at '{repository}'\n"
        "  hint: To add an exception for this directory, call: git config --global --add "
        f"safe.directory {repository}\n",
    )


@needs_posix
def test_what_git_says_is_made_visible(repository: Path, tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    lines = [
        "printf 'warning: x\\nfatal: \\033[2J\\r\\202##[error]x\\nTry\\n\\n\\tthis\\007\\n' >&2"
    ]
    script(tmp_path / "bin" / "git", *lines, "exit 128")
    path = f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}"
    ran = run_cli([*AS_OF, "main"], repository, PATH=path)
    assert ran == Ran(
        2,
        "",
        "kimplan: the plan cannot be compared with 'main': git said: fatal: "
        "\\x1b[2J\\x0d\ufffd\\x23#[error]x\n"
        "  hint: Try this\\x07\n",
    )


@needs_posix
def test_the_number_of_git_processes_does_not_grow(tmp_path: Path) -> None:
    log = tmp_path / "log"
    (tmp_path / "bin").mkdir()
    script(tmp_path / "bin" / "git", f'echo x >> "{log}"', f'exec {shutil.which("git")} "$@"')
    path = f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}"
    counted = []
    for number in (20, 2_000):
        folder = tmp_path / str(number)
        refs = [f"REC{index}" for index in range(1, number + 1)]
        write_plan(folder, records={ref: make_record(ref=ref) for ref in refs})
        make_repository(folder)
        for ref in refs[4:7]:
            change(folder, ref, due="2024-09")
        ran = run_cli([*AS_OF, "main", "--select", "KP8"], folder, PATH=path)
        assert (ran.code, codes(ran)) == (1, [("error", "KP801")] * 3)
        counted.append(len(log.read_bytes().splitlines()))
        log.unlink()
    assert counted == [3, 3]


# Forms


def test_github_gets_annotations_and_its_summary_is_added_to(
    repository: Path, tmp_path: Path
) -> None:
    change(repository, **RERATED)
    summary = write_file(tmp_path / "summary.md", "What was there.\n\n")
    arguments = [*AS_OF, "main", "--format", "github"]
    ran = run_cli(arguments, repository, GITHUB_STEP_SUMMARY=str(summary))
    hint = LATE_HINT.rpartition("hint: ")[2].strip()
    assert ran == Ran(
        1,
        "::error file=plan/recommendations/REC2.yaml,line=6,col=6,title=KP701::"
        f"{LATE_IS.strip()}%0A{hint}\n"
        f"{ONE_NOTE}1 error, 1 note {compared(repository)}",
        "",
    )
    text = summary.read_text(encoding="utf-8")
    assert text.startswith("What was there.\n\n### kimplan\n\n1 error, 1 note in `3 recommend")
    assert f"compared with main ({head(repository)})`.\n\n{ONE_NOTE}\n| Severity |" in text
    assert f"| error | `KP701` | `plan/recommendations/REC2.yaml:6:6` | `{LATE_IS.strip()}`" in text


def test_what_the_change_touches_is_annotated_before_other_errors(repository: Path) -> None:
    git(repository, "checkout", "--quiet", "main")
    for number in range(11):
        change(repository, f"A{number}", rag="blue")
    commit_all(repository)
    git(repository, "checkout", "--quiet", "-b", "next")
    change(repository, **RERATED)
    arguments = [*AS_OF, "main", "--format", "github"]
    said = run_cli(arguments, repository).stdout
    annotations = [line for line in said.splitlines() if line.startswith("::error ")]
    assert [line.partition("title=")[2][:5] for line in annotations] == ["KP701", *["KP105"] * 9]
    assert said.endswith(f"12 errors, 1 note {compared(repository)}".replace("3 rec", "14 rec"))


def test_a_summary_that_cannot_be_written_is_said(repository: Path) -> None:
    arguments = [*AS_OF, "main", "--format", "github"]
    ran = run_cli(arguments, repository, GITHUB_STEP_SUMMARY=str(repository))
    assert ran.code == 0
    assert ran.stderr.startswith("kimplan: the step's summary was not written: ")


def test_several_forms_from_a_sub_folder(repository: Path) -> None:
    change(repository, **RERATED)
    forms = [
        f"--format={name}" for name in ("sarif=x.sarif", "text", "gitlab=x.json", "junit=x.xml")
    ]
    (repository / "docs").mkdir()
    ran = run_cli([*AS_OF, "main", *forms], repository / "docs")
    assert ran.code == 1
    written = [f"kimplan: wrote {name}\n" for name in ("x.sarif", "x.json", "x.xml")]
    assert ran.stderr == "".join(written)
    assert ran.stdout.startswith(LATE_ERROR.replace("plan/", "../plan/", 1))
    sarif = json.loads((repository / "docs" / "x.sarif").read_bytes())
    places = [one["locations"][0]["physicalLocation"] for one in sarif["runs"][0]["results"]]
    path = "plan/recommendations/REC{}.yaml"
    assert [place["artifactLocation"]["uri"] for place in places] == [
        path.format(2),
        path.format(3),
    ]
    gitlab = json.loads((repository / "docs" / "x.json").read_bytes())
    assert [one["location"]["path"] for one in gitlab] == [path.format(2), path.format(3)]
    assert b"plan/recommendations/REC2.yaml" in (repository / "docs" / "x.xml").read_bytes()
    assert b"../plan" not in (repository / "docs" / "x.xml").read_bytes()


@needs_posix
def test_the_name_of_a_branch_forges_nothing(repository: Path) -> None:
    name = "a|`<b>;%0A##x"
    git(repository, "update-ref", f"refs/heads/{name}", "main")
    summary = repository.parent / "summary.md"
    arguments = [*AS_OF, name, "--format", "github"]
    ran = run_cli(arguments, repository, GITHUB_STEP_SUMMARY=str(summary))
    assert ran.code == 0
    assert "compared with a\\x7c\\x60<b>;%0A##x (" in summary.read_text(encoding="utf-8")


def test_nothing_is_written_into_the_repository(repository: Path) -> None:
    change(repository, "REC2")
    before = {path: path.lstat().st_mtime_ns for path in sorted(repository.rglob("*"))}
    run_cli([*AS_OF, "main"], repository)
    assert {path: path.lstat().st_mtime_ns for path in sorted(repository.rglob("*"))} == before
