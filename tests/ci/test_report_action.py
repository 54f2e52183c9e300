"""The scripts of the report's action and of its workflow, run for real, beside a plan."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from board_meetings import Commit, Meetings, make_meetings
from conftest import Ran, commit_all, git, make_record, make_repository, run_cli, write_file
from conftest import write_plan as write_small_plan

from ci.conftest import (
    REPORT_ACTION,
    copy_of_kimplan,
    examples,
    read_yaml,
    run,
    run_script,
    run_with_gh,
)

MAY = Commit("2024-05-20")
NOTES = "board-2024-05"
PREVIOUS = "board-2024-02"
PATH_TO_REC1 = "plan/recommendations/REC1.yaml"
# What git allows in the name of a tag, and a shell, a log or a workflow would obey.
HOSTILE = [
    "board-$(touch${IFS}owned)",
    "board-`touch${IFS}owned`",
    'board-";touch${IFS}owned;"',
    "board-';touch${IFS}owned;'",
    "board-&touch${IFS}owned&",
    "board-|touch${IFS}owned",
    "board-<owned>owned",
    "board-${{github.token}}",
    "board-##owned",
    "board-%0Aowned",
]


class Step(NamedTuple):
    """How the script ended, what it appended to the run's summary, and the reports it kept."""

    ran: Ran
    summary: str
    output: str
    reports: list[Path]

    @property
    def report(self) -> Path:
        """The one report, which the step names."""
        assert self.ran.code == 0, self.ran
        (report,) = self.reports
        assert self.output == f"folder={report.parent}\n"
        return report


def script(name: str) -> str:
    """Return the script of the action's step `name`."""
    steps = read_yaml(REPORT_ACTION.read_text(encoding="utf-8"))["runs"]["steps"]
    (found,) = (step["run"] for step in steps if step["name"] == name)
    return str(found)


def make(folder: Path, ref: str = "refs/heads/main", **variables: str) -> Step:
    """Run the script that makes the report in `folder`, as for a run on `ref`."""
    temp = folder.parent / "runner temp"
    temp.mkdir(exist_ok=True)
    summary, output = temp / "summary.md", temp / "output"
    for file in (summary, output):
        file.write_text("")
    is_tag = ref.startswith("refs/tags/")
    given = {
        "KIMPLAN_PYTHON": sys.executable,
        "PLAN": "",
        "AS_OF": "",
        "SINCE": "",
        "RUNNER_TEMP": str(temp),
        "GITHUB_ACTIONS": "true",
        "GITHUB_REF": ref,
        "GITHUB_REF_TYPE": "tag" if is_tag else "branch",
        "GITHUB_STEP_SUMMARY": str(summary),
        "GITHUB_OUTPUT": str(output),
    }
    ran = run_script(script("Make the report"), folder, **(given | variables))
    reports = [*(temp / "kimplan-report").glob("*.docx")]
    return Step(ran, summary.read_text("utf-8"), output.read_text("utf-8"), reports)


@pytest.fixture
def meetings(tmp_path: Path) -> Meetings:
    """A plan over three board meetings, the second marked in February and the third not yet."""
    return make_meetings(tmp_path / "work")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A repository with a plan of one amber recommendation, and no mark."""
    folder = write_small_plan(tmp_path / "work", records={"REC1": make_record()}).parent
    make_repository(folder)
    return folder


def by_command(folder: Path, *options: str) -> bytes:
    """Return the report that somebody with kimplan would have made."""
    target = folder.parent / "by-command.docx"
    ran = run_cli(["report", *options, "--output", target], folder)
    assert ran.code == 0, ran
    return target.read_bytes()


# The report and its day


def test_a_mark_with_a_day_of_its_own_is_reported_as_of_that_day(meetings: Meetings) -> None:
    meetings.git("tag", "-a", "-m", "Papers", NOTES, commit=MAY)
    report = make(meetings.folder, f"refs/tags/{NOTES}").report
    assert report.name.endswith(" - 2024-05-20.docx")
    assert report.read_bytes() == by_command(meetings.folder, "--at", NOTES, "--since", PREVIOUS)


def test_a_mark_made_in_the_browser_is_reported_as_of_the_run(meetings: Meetings) -> None:
    """Its tag has no day but that of the commit, which may be old when the papers go out."""
    meetings.git("tag", NOTES)
    report = make(meetings.folder, f"refs/tags/{NOTES}").report
    assert report.stem[-10:] > "2024-05-20"


def test_the_day_that_is_asked_for_is_the_reports(meetings: Meetings) -> None:
    meetings.git("tag", NOTES)
    report = make(meetings.folder, f"refs/tags/{NOTES}", AS_OF="2024-06-03").report
    assert report.read_bytes() == by_command(
        meetings.folder, "--as-of", "2024-06-03", "--since", PREVIOUS
    )


def test_by_hand_it_is_that_of_the_branch_since_the_last_mark(meetings: Meetings) -> None:
    step = make(meetings.folder, AS_OF="2024-06-03")
    options = ("--as-of", "2024-06-03", "--since", PREVIOUS)
    assert step.report.read_bytes() == by_command(meetings.folder, *options)


def test_a_plan_elsewhere_is_found_by_its_name(tmp_path: Path) -> None:
    write_small_plan(tmp_path / "work" / "our documents", records={"REC1": make_record()})
    make_repository(tmp_path / "work")
    step = make(tmp_path / "work", PLAN="our documents/plan", AS_OF="2024-05-31")
    assert step.report.read_bytes() == by_command(
        tmp_path / "work" / "our documents", "--as-of", "2024-05-31"
    )


# Since when


def test_the_first_mark_has_nothing_to_compare_with(folder: Path) -> None:
    git(folder, "tag", NOTES)
    step = make(folder, f"refs/tags/{NOTES}", AS_OF="2024-05-31")
    assert step.report.read_bytes() == by_command(folder, "--as-of", "2024-05-31")
    assert "Changes" not in step.summary


@pytest.mark.parametrize(
    ("mark", "since"), [("board-2024-05-a", PREVIOUS), ("board-2024-05-b", "board-2024-05-a")]
)
def test_a_mark_that_was_put_on_the_same_commit_later_is_not_the_last(
    mark: str, since: str, meetings: Meetings
) -> None:
    """As when the report of a mark is made again, with another mark there since."""
    for name, day in (("board-2024-05-a", MAY), ("board-2024-05-b", Commit("2024-05-27"))):
        meetings.git("tag", "-a", "-m", "Papers", name, commit=day)
    report = make(meetings.folder, f"refs/tags/{mark}").report
    assert report.read_bytes() == by_command(meetings.folder, "--at", mark, "--since", since)


def test_a_mark_of_another_branch_or_of_no_meeting_is_not_the_last(meetings: Meetings) -> None:
    meetings.git("tag", "release-2024-05")
    meetings.git("checkout", "--quiet", "-b", "elsewhere", PREVIOUS)
    meetings.commit(Commit("2024-05-01"))
    meetings.git("tag", "-a", "-m", "Theirs", "board-of-another", commit=Commit("2024-05-01"))
    meetings.git("checkout", "--quiet", "main")
    options = ("--as-of", "2024-06-03", "--since", PREVIOUS)
    report = make(meetings.folder, AS_OF="2024-06-03").report
    assert report.read_bytes() == by_command(meetings.folder, *options)


def test_a_branch_of_the_name_of_the_last_mark_is_not_taken_for_it(meetings: Meetings) -> None:
    meetings.git("branch", PREVIOUS, "main")
    report = make(meetings.folder, AS_OF="2024-06-03").report
    options = ("--as-of", "2024-06-03", "--since", f"refs/tags/{PREVIOUS}")
    assert report.read_bytes() == by_command(meetings.folder, *options)


@pytest.mark.parametrize("since", ["board-2023-11", "2024-04-30"])
def test_the_last_report_may_be_named(since: str, meetings: Meetings) -> None:
    report = make(meetings.folder, AS_OF="2024-06-03", SINCE=since).report
    options = ("--as-of", "2024-06-03", "--since", since)
    assert report.read_bytes() == by_command(meetings.folder, *options)


def test_the_summary_shows_what_is_overdue_and_what_changed(meetings: Meetings) -> None:
    summary = make(meetings.folder, AS_OF="2024-08-01").summary
    options = ["--as-of", "2024-08-01", "--format", "markdown"]
    overdue = run_cli(["overdue", *options], meetings.folder).stdout
    changes = run_cli(["changes", "--since", PREVIOUS, *options], meetings.folder)
    assert summary == f"### Overdue\n\n{overdue}\n{changes.stdout}"
    assert "REC2" in overdue
    assert "REC3" in changes.stdout


# No report


def nothing(step: Step) -> Ran:
    """Return how a step ended that says in its summary that there is no report, and kept none."""
    assert step.ran.code == 1, step.ran
    assert (step.output, step.reports) == ("", [])
    assert step.summary.count("### No report was made\n") == 1
    assert step.ran.stdout.count("::error title=kimplan::") == 1
    return step.ran


def test_a_plan_with_errors_has_none_and_they_are_listed(folder: Path) -> None:
    write_file(folder / PATH_TO_REC1, make_record(owners=["Nobody We Know"]))
    commit_all(folder)
    step = make(folder, AS_OF="2024-05-31")
    assert f"::error file={PATH_TO_REC1}," in nothing(step).stdout
    assert "KP401" in step.summary
    assert "The plan has errors" in step.summary


def test_a_report_that_does_not_say_what_the_plan_says_is_not_kept(
    folder: Path, tmp_path: Path
) -> None:
    python = tmp_path / "python"
    text = f'#!/bin/sh\ncase "$*" in *" verify "*) exit 1;; esac\nexec "{sys.executable}" "$@"\n'
    write_file(python, text).chmod(0o755)
    step = make(folder, AS_OF="2024-05-31", KIMPLAN_PYTHON=str(python))
    assert step.ran.code == 1
    assert step.output == ""
    assert "It does not say what the plan says" in step.summary


def test_a_folder_without_a_plan_has_none(tmp_path: Path) -> None:
    (tmp_path / "work").mkdir()
    make_repository(tmp_path / "work")
    assert "plan.yaml" in nothing(make(tmp_path / "work")).stdout


# Hostile repositories, names and inputs


@pytest.mark.parametrize("name", HOSTILE)
def test_the_name_of_a_tag_is_data(name: str, meetings: Meetings) -> None:
    options = ["-a", "-m", "Papers"] if HOSTILE.index(name) % 2 else []
    meetings.git("tag", *options, name, commit=MAY)
    before = set(meetings.folder.iterdir())
    step = make(meetings.folder, f"refs/tags/{name}", AS_OF="2024-06-03")
    assert step.report.name.endswith(" - 2024-06-03.docx")
    assert set(meetings.folder.iterdir()) == before
    assert [line for line in step.ran.stdout.splitlines() if line.startswith("::")] == []


@pytest.mark.parametrize("name", HOSTILE[:3])
def test_the_name_of_the_last_mark_is_data(name: str, meetings: Meetings) -> None:
    meetings.git("tag", "-a", "-m", "Papers", name, commit=MAY)
    before = set(meetings.folder.iterdir())
    make(meetings.folder, AS_OF="2024-06-03").report.read_bytes()
    assert set(meetings.folder.iterdir()) == before


@pytest.mark.parametrize("name", ["PLAN", "AS_OF", "SINCE"])
@pytest.mark.parametrize(
    "text",
    ["$(touch owned)", "`touch owned`", '"; touch owned; "', "x\ntouch owned", "* ? ~", "--help"],
)
def test_an_input_is_never_run_nor_an_option(name: str, text: str, folder: Path) -> None:
    before = set(folder.iterdir())
    ran = nothing(make(folder, **{name: text}))
    assert set(folder.iterdir()) == before
    assert "Usage:" not in ran.stdout


def test_no_text_of_the_plan_is_a_command_in_the_log(tmp_path: Path) -> None:
    settings = (
        "title: Plan\norganisation: '##[group]Ours'\nsections:\n  - id: governance\n    title: G\n"
    )
    folder = write_small_plan(
        tmp_path / "work", records={"REC1": make_record()}, settings=settings
    ).parent
    make_repository(folder)
    step = make(folder, AS_OF="2024-05-31")
    assert step.report.name.startswith("##[group]Ours - Plan")
    assert "##[" not in step.ran.stdout + step.ran.stderr


@pytest.mark.parametrize("module", ["kimplan", "typer", "json", "sitecustomize"])
def test_a_file_in_the_repository_is_never_imported(module: str, folder: Path) -> None:
    write_file(folder / f"{module}.py", "open('owned', 'w')\n")
    make(folder, AS_OF="2024-05-31", PYTHONPATH=str(folder)).report.read_bytes()
    assert not (folder / "owned").exists()


# The release

ASSET = "Example-Homes-KIM-action-plan-2024-05-31.docx"


def attach(folder: Path, tag: str, *, is_released: bool) -> list[str]:
    """Run the script that attaches the report; return what gh was asked."""
    value = read_yaml(examples()[".github/workflows/board-report.yml"])
    *_, step = value["jobs"]["release"]["steps"]
    report = folder / "report" / "Example Homes - KIM action plan - 2024-05-31.docx"
    report.parent.mkdir(parents=True)
    report.touch()
    return run_with_gh(step["run"], folder, is_released=is_released, GITHUB_REF_NAME=tag)


def test_the_report_is_attached_to_the_release_that_is_there(tmp_path: Path) -> None:
    assert attach(tmp_path / "work", NOTES, is_released=True) == [
        f"[release][view][{NOTES}]",
        f"[release][upload][{NOTES}][--clobber][--][{ASSET}]",
    ]


@pytest.mark.parametrize("tag", [NOTES, *HOSTILE])
def test_a_tag_without_a_release_gets_one(tag: str, tmp_path: Path) -> None:
    assert attach(tmp_path / "work", tag, is_released=False) == [
        f"[release][view][{tag}]",
        f"[release][create][{tag}][--verify-tag][--title][{tag}][--notes][]",
        f"[release][upload][{tag}][--clobber][--][{ASSET}]",
    ]
    assert [path.name for path in (tmp_path / "work").rglob("*")] == ["report", ASSET]


# Installing


def test_the_action_installs_what_it_runs(
    folder: Path, tmp_path: Path, package_index: dict[str, str]
) -> None:
    temp = tmp_path / "with space"
    temp.mkdir()
    output = tmp_path / "output"
    ran = run_script(
        script("Install kimplan"),
        folder,
        PYTHON=sys.executable,
        RUNNER_TEMP=str(temp),
        RUNNER_OS={"darwin": "macOS", "win32": "Windows"}.get(sys.platform, "Linux"),
        GITHUB_ACTION_PATH=str(copy_of_kimplan(tmp_path / "action") / "report"),
        GITHUB_OUTPUT=str(output),
        HOME=str(tmp_path),
        **package_index,
    )
    assert ran.code == 0, ran
    name, _, python = output.read_text(encoding="utf-8").strip().partition("=")
    assert name == "python"
    where = "import kimplan; print(kimplan.__file__)"
    assert run([python, "-I", "-c", where], folder).stdout.startswith(str(temp))
    made = make(folder, AS_OF="2024-05-31", KIMPLAN_PYTHON=python).report
    assert made.read_bytes() == by_command(folder, "--as-of", "2024-05-31")
