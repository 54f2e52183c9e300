"""``kimplan report``: what it writes and where, what it says, and that it loses nothing."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import docx
import pytest
from board_meetings import Commit, Meetings, make_meetings
from conftest import (
    REPOSITORY,
    SHIPPED_PLAN,
    Ran,
    cli_environment,
    make_owners,
    make_record,
    make_repository,
    make_settings,
    run_cli,
    small_records,
    write_file,
    write_plan,
)
from typer.testing import CliRunner
from word.templates import read_parts, zipped

from kimplan import __version__
from kimplan.cli.app import make_app

DAY = ("--as-of", "2024-05-31")
NAME = "Example Homes - Spotlight action plan - 2024-05-31.docx"
LAST = b"the last report"

on_posix = pytest.mark.skipif(os.name != "posix", reason="about permissions and links of POSIX")
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="about a limit of Linux")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a small plan in it."""
    write_plan(tmp_path)
    return tmp_path


def report(folder: Path, *options: str | Path) -> Ran:
    """Run the command in `folder`, in this process, which takes a tenth of the time."""
    with contextlib.chdir(folder):
        result = CliRunner().invoke(make_app(["report"]), ["report", *DAY, *map(str, options)])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Ran(result.exit_code, result.stdout, result.stderr)


def everything(folder: Path) -> dict[str, bytes | None]:
    """Return every file below `folder` with its bytes, and every folder with None."""
    return {
        path.relative_to(folder).as_posix(): None if path.is_dir() else path.read_bytes()
        for path in folder.rglob("*")
    }


def refused(folder: Path, *options: str | Path) -> str:
    """Return what is said when the report cannot be written; nothing may change."""
    before = everything(folder)
    code, stdout, stderr = report(folder, *options)
    assert (code, stdout) == (2, ""), stderr
    assert everything(folder) == before
    message, hint = stderr.splitlines()
    assert message.startswith("kimplan: ")
    assert hint.startswith("  hint: ")
    return f"{message.removeprefix('kimplan: ')} | {hint.removeprefix('  hint: ')}"


# What is written


def test_the_report_goes_into_this_folder_by_a_name_of_its_own(folder: Path) -> None:
    before = everything(folder)
    code, stdout, stderr = run_cli(["report", *DAY], folder)
    assert (code, stderr) == (0, "")
    assert stdout == (
        f"Wrote {NAME}: 3 recommendations, 1 green, 1 amber (1 overdue), 1 red, 0 not applicable.\n"
    )
    after = everything(folder)
    assert after.keys() - before.keys() == {NAME}
    assert {name: after[name] for name in before} == before
    assert docx.Document(str(folder / NAME)).paragraphs[0].text == "Spotlight action plan"


def test_the_plan_is_found_from_below_and_the_report_stays_here(folder: Path) -> None:
    below = folder / "papers" / "june"
    below.mkdir(parents=True)
    assert report(below).code == 0
    assert [path.name for path in below.iterdir()] == [NAME]


def test_another_plan_and_another_file(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    for plan in (folder, folder / "plan"):
        code, stdout, stderr = report(elsewhere, "--plan", plan, "-o", "board.DOCX")
        assert (code, stderr) == (0, "")
        assert stdout.startswith("Wrote board.DOCX: 3 recommendations")
    assert [path.name for path in elsewhere.iterdir()] == ["board.DOCX"]


def test_one_recommendation_is_told_in_the_singular(tmp_path: Path) -> None:
    write_plan(tmp_path, records={"REC1": make_record(rag="not-applicable", due=None)})
    stdout = report(tmp_path, "-o", "a.docx").stdout
    assert stdout == "Wrote a.docx: 1 recommendation, 0 green, 0 amber, 0 red, 1 not applicable.\n"


def test_an_earlier_report_is_replaced(folder: Path) -> None:
    target = folder / "board.docx"
    assert report(folder, "--output", target).code == 0
    first = target.read_bytes()
    assert report(folder, "--layout", "sections", "--output", target).code == 0
    assert target.read_bytes() != first
    assert not [path for path in folder.iterdir() if path.suffix == ".part"]


def somebody_saves(path: Path) -> None:
    document = docx.Document(str(path))
    document.paragraphs[0].add_run(" (draft)")
    document.save(str(path))


def somebody_renames(path: Path) -> None:
    """Change nothing but who saved the file last."""
    parts = read_parts(path)
    parts["docProps/core.xml"] = parts["docProps/core.xml"].replace(b"kimplan", b"Somebody")
    path.write_bytes(zipped(parts))


def somebody_labels(path: Path) -> None:
    """Change a property in the part that holds the digest."""
    parts = read_parts(path)
    parts["docProps/custom.xml"] = parts["docProps/custom.xml"].replace(
        b"2024-05-31", b"2024-06-30"
    )
    path.write_bytes(zipped(parts))


@pytest.mark.parametrize(
    "change",
    [
        somebody_saves,
        somebody_renames,
        lambda path: path.write_bytes(LAST),
        lambda path: path.write_bytes(b""),
        lambda path: docx.Document().save(str(path)),
        lambda path: path.write_bytes(path.read_bytes()[:-100]),
        lambda path: path.write_bytes(path.read_bytes() + b"more"),
        lambda path: path.write_bytes(b"more" + path.read_bytes()),
        somebody_labels,
    ],
    ids=[
        "saved",
        "renamed",
        "text",
        "empty",
        "another document",
        "cut off",
        "more behind",
        "more before",
        "labelled",
    ],
)
def test_what_somebody_changed_is_not_overwritten(
    change: Callable[[Path], object], folder: Path
) -> None:
    target = folder / "board.docx"
    assert report(folder, "--output", "board.docx").code == 0
    change(target)
    before = target.read_bytes()
    assert report(folder, "--output", "board.docx") == (
        2,
        "",
        "kimplan: board.docx was changed since kimplan wrote it, or kimplan did not write it\n"
        '  hint: Take edits made in Word back into the plan (kimplan merge "board.docx"), write '
        'the report elsewhere (--output "board 2.docx"), or replace the file with --force.\n',
    )
    assert target.read_bytes() == before
    assert report(folder, "--output", "board.docx", "--force").code == 0
    assert report(folder, "--output", "board.docx").code == 0  # it is kimplan's again


def test_layout_and_size_can_be_chosen(folder: Path) -> None:
    assert report(folder, "--layout", "sections", "--font-size", "12", "-o", "a.docx").code == 0
    document = docx.Document(str(folder / "a.docx"))
    assert len(document.tables) == 5
    assert document.styles["kimplan Cell"].element.rPr.sz_val.pt == 12


def test_a_part_of_the_plan_is_named_by_the_file(folder: Path) -> None:
    ran = report(
        folder, "--only", "open", "--only", "section=Repairs", "--only", "owner=DATA manager"
    )
    name = "Example Homes - Spotlight action plan - open, repairs, Data Manager - 2024-05-31.docx"
    assert ran == Ran(
        0,
        f"Wrote {name}: 1 of 3 recommendations, 0 green, 0 amber, 1 red, 0 not applicable.\n",
        "",
    )
    document = docx.Document(str(folder / name))
    assert "1 of 3 recommendations" in document.paragraphs[1].text
    assert (
        "Part of the plan: 1 of 3 recommendations" in document.sections[0].footer.paragraphs[0].text
    )


def test_the_name_of_a_part_is_one_that_a_file_can_have(tmp_path: Path) -> None:
    role = "Head of: Repairs/Voids " + "é" * 60
    record = make_record(owners=[role])
    write_plan(tmp_path, records={"REC1": record}, owners=make_owners(role))
    assert report(tmp_path, "--only", f"owner={role}").code == 0
    (found,) = tmp_path.glob("*.docx")
    assert found.name.startswith("Example Homes - Spotlight action plan - Head of")
    assert len(found.name.encode()) < 120


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (
            ("--only", "opne"),
            "--only 'opne' is not known | Did you mean 'open'? Write --only open,",
        ),
        (("--only", "open=yes"), "--only 'open=yes' is not known | "),
        (("--only", ""), "--only '' is not known | Write --only open, --only section=ID or"),
        (
            ("--only", "section=repiars"),
            "--only section 'repiars' is not known | Did you mean 'repairs'?",
        ),
        (
            ("--only", "owner=Data Manger"),
            "--only owner 'Data Manger' is not a role of the plan | Did you mean 'Data Manager'?",
        ),
        (("--only", "owner=Data"), "--only owner 'Data' is not a role of the plan | "),
        (
            ("--only", "section=repairs", "--only", "owner=Head of Repairs"),
            "no recommendation is among the items of the section Repairs owned by Head of Repairs",
        ),
        (("--layout", "sectoins"), "Did you mean 'sections'? Write --layout table or"),
        (("--layout", "Table"), "Did you mean 'table'?"),
        (("--font-size", "huge"), "--font-size 'huge' is not a size"),
        (("--font-size", "0"), "Write a size in points from 6 to 24"),
        (("--font-size", "1e1"), "--font-size '1e1' is not a size"),
        (("--font-size", "-12"), "--font-size '-12' is not a size"),
        (("--as-of", "31/05/2024"), "--as-of '31/05/2024' is not a day"),
        (("--as-of", "2024-02-30"), "--as-of '2024-02-30' is not a day"),
        (("--as-of", "2024-05"), "Write the year, the month and the day"),
        (("--as-of", "٢٠٢٤-٠٥-٣١"), "is not a day"),
        (("--plan", "nowhere"), "there is no folder nowhere"),
    ],
    ids=" ".join,
)
def test_a_wrong_option(options: tuple[str, ...], said: str, folder: Path) -> None:
    assert said in refused(folder, *options)


def test_there_is_no_plan(tmp_path: Path) -> None:
    assert "there is no plan/plan.yaml" in refused(tmp_path)


# The footer


def footer(path: Path) -> str:
    text: str = docx.Document(str(path)).sections[0].footer.paragraphs[0].text
    return text.partition("\t")[0]


def test_the_footer_names_the_commit(folder: Path) -> None:
    commit = make_repository(folder)[:7]
    assert report(folder, "-o", "a.docx").code == 0
    clean = f"Position at 31 May 2024 · Source version {commit} · kimplan {__version__}"
    assert footer(folder / "a.docx") == clean
    path = folder / "plan" / "plan.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "# A note.\n", encoding="utf-8")
    assert report(folder, "-o", "b.docx").code == 0
    assert footer(folder / "b.docx") == clean.replace(commit, f"{commit}, modified since")


def test_the_footer_says_when_there_is_no_version(folder: Path) -> None:
    assert report(folder, "-o", "a.docx").code == 0
    assert "Source not under version control" in footer(folder / "a.docx")


# Whole or not at all


@pytest.mark.parametrize(
    "name", ["board", "board.doc", "board.pdf", "board.docx.txt", "board.docm"]
)
def test_the_name_must_end_with_docx(name: str, folder: Path) -> None:
    said = refused(folder, "--output", name)
    assert said.startswith(f"{name} does not end with .docx | Word documents end with .docx: ")
    assert re.search(r" [\w.]+\.docx\.$", said)


def test_a_folder_is_no_report(folder: Path) -> None:
    (folder / "papers").mkdir()
    (folder / "minutes.docx").mkdir()
    for name in ("papers", "minutes.docx", ".", ".."):
        assert refused(folder, "--output", name) == (
            f"cannot write {name}: it is a folder | Name a file in it: folder/name."
        )


@pytest.mark.parametrize("name", ["papers/board.docx", "a/b/c/board.docx"])
def test_a_folder_that_is_not_there(name: str, folder: Path) -> None:
    said = refused(folder, "--output", name)
    assert said.startswith(f"cannot write {name}: there is no folder {Path(name).parent}")


def test_a_file_in_place_of_the_folder(folder: Path) -> None:
    write_file(folder / "papers", b"a file")
    assert "cannot write papers/board.docx: " in refused(folder, "--output", "papers/board.docx")


def test_a_name_that_is_too_long(folder: Path) -> None:
    assert "cannot write " in refused(folder, "--output", "x" * 300 + ".docx")


@pytest.mark.parametrize(
    "name", ["plan/report.docx", "plan/recommendations/REC1.docx", "papers/../plan/board.docx"]
)
def test_nothing_is_written_into_the_plan(name: str, folder: Path) -> None:
    (folder / "papers").mkdir()
    assert "is inside the plan" in refused(folder, "--output", name)


@on_posix
def test_nothing_is_written_into_the_plan_through_a_link(folder: Path) -> None:
    (folder / "papers").symlink_to(folder / "plan", target_is_directory=True)
    assert "is inside the plan" in refused(folder, "--output", "papers/board.docx")


def test_the_template_is_not_overwritten(folder: Path) -> None:
    docx.Document().save(str(folder / "look.docx"))
    (folder / "papers").mkdir()
    for name in ("look.docx", "papers/../look.docx"):
        said = refused(folder, "--template", "look.docx", "--output", name)
        assert said.startswith(f"{name} is the template itself")


def test_the_house_style_is_not_overwritten(folder: Path) -> None:
    (folder / "templates").mkdir()
    docx.Document().save(str(folder / "templates" / "report.docx"))
    assert "is the template itself" in refused(folder, "--output", "templates/report.docx")


@on_posix
def test_a_link_is_not_followed(folder: Path) -> None:
    write_file(folder / "real.docx", LAST)
    (folder / "board.docx").symlink_to(folder / "real.docx")
    assert "it is a link or a device" in refused(folder, "--output", "board.docx")
    (folder / "dangling.docx").symlink_to(folder / "nowhere.docx")
    code, _, stderr = report(folder, "--output", "dangling.docx")
    assert (code, "it is a link or a device" in stderr) == (2, True)
    assert not (folder / "nowhere.docx").exists()
    assert (folder / "board.docx").is_symlink()


@on_posix
def test_a_pipe_is_no_report(folder: Path) -> None:
    os.mkfifo(folder / "pipe.docx")
    code, _, stderr = report(folder, "--output", "pipe.docx")
    assert (code, "it is a link or a device" in stderr) == (2, True)


def without_privileges(*command: str) -> list[str]:
    """Return `command` so that permissions hold for it, for root too."""
    if os.geteuid() != 0:
        return list(command)
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        pytest.skip("root may write everywhere, and setpriv is not installed")
    return [setpriv, "--bounding-set=-dac_override,-dac_read_search", *command]


def report_as_nobody_special(folder: Path, *options: str) -> Ran:
    done = subprocess.run(
        without_privileges(sys.executable, "-m", "kimplan", "report", *DAY, *options),
        cwd=folder,
        env=cli_environment(),
        capture_output=True,
        timeout=60,
        check=False,
    )
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


@on_posix
def test_a_file_that_is_read_only(folder: Path) -> None:
    target = folder / "board.docx"
    assert report(folder, "--output", target).code == 0
    target.chmod(0o444)
    before = everything(folder)
    code, stdout, stderr = report_as_nobody_special(folder, "--output", "board.docx")
    assert (code, stdout) == (2, "")
    assert stderr.startswith("kimplan: cannot write board.docx: it is read-only or in use\n")
    assert everything(folder) == before
    assert stat.S_IMODE(target.stat().st_mode) == 0o444


@on_posix
def test_a_folder_that_is_read_only(folder: Path) -> None:
    papers = folder / "papers"
    papers.mkdir()
    papers.chmod(0o555)
    code, stdout, stderr = report_as_nobody_special(folder, "--output", "papers/board.docx")
    papers.chmod(0o755)
    assert (code, stdout) == (2, "")
    assert stderr.startswith(
        "kimplan: cannot write papers/board.docx: permission is denied\n  hint: "
    )
    assert list(papers.iterdir()) == []


@pytest.mark.slow
@on_linux
@pytest.mark.parametrize("there", [True, False], ids=["existing", "new"])
@pytest.mark.parametrize("limit", [0, 1, 10_000])
def test_a_disk_that_is_full(limit: int, there: bool, folder: Path) -> None:
    """The limit on the size of a file stands in for the end of the disk."""
    if there:
        assert report(folder, "--output", "board.docx").code == 0
    before = everything(folder)
    program = (
        "import resource, kimplan.cli\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))\n"
        "kimplan.cli.main()"
    )
    done = subprocess.run(
        [sys.executable, "-B", "-c", program, "report", *DAY, "--output", "board.docx"],
        cwd=folder,
        env=cli_environment(),
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, b"")
    message, hint = done.stderr.decode().splitlines()
    assert (
        message == "kimplan: cannot write board.docx: the file would be larger than is allowed here"
    )
    assert hint.startswith("  hint: ")
    assert everything(folder) == before


@on_posix
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664])
def test_an_existing_file_keeps_its_permissions(mode: int, folder: Path) -> None:
    target = folder / "board.docx"
    assert report(folder, "--output", target).code == 0
    target.chmod(mode)
    assert report(folder, "--output", "board.docx").code == 0
    assert stat.S_IMODE(target.stat().st_mode) == mode


@pytest.mark.slow
@on_posix
@pytest.mark.parametrize(("umask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_a_new_file_has_the_usual_permissions(umask: int, mode: int, folder: Path) -> None:
    program = f"import os; os.umask({umask}); import kimplan.cli; kimplan.cli.main()"
    done = subprocess.run(
        [sys.executable, "-c", program, "report", *DAY, "--output", "board.docx"],
        cwd=folder,
        env=cli_environment(),
        timeout=60,
        check=False,
        capture_output=True,
    )
    assert (done.returncode, done.stderr.decode()) == (0, "")
    assert stat.S_IMODE((folder / "board.docx").stat().st_mode) == mode


# A plan with errors


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A folder with a plan one of whose three records has no due date."""
    text = make_record(ref="REC2", due=None, owners=["Head of Repairs"])
    records = small_records() | {"REC2": text}
    write_plan(tmp_path, records=records)
    return tmp_path


def test_a_plan_with_errors_gives_no_report(broken: Path) -> None:
    write_file(broken / "board.docx", LAST)
    before = everything(broken)
    code, stdout, stderr = run_cli(["report", *DAY, "--output", "board.docx"], broken)
    assert (code, stdout) == (1, "")
    assert everything(broken) == before
    first, *_, last = stderr.splitlines()
    assert re.match(r"plan/recommendations/REC2\.yaml:\d+:\d+: error KP301 ", first)
    assert last == "kimplan: no report was written, because the plan has errors"


def test_a_file_that_is_no_yaml_gives_no_report(tmp_path: Path) -> None:
    write_plan(tmp_path, records=small_records() | {"REC2": b"ref: [\n"})
    before = everything(tmp_path)
    code, stdout, stderr = report(tmp_path)
    assert (code, stdout) == (1, "")
    assert "REC2.yaml:" in stderr
    assert everything(tmp_path) == before


def test_a_plan_without_recommendations_gives_no_report(tmp_path: Path) -> None:
    write_plan(tmp_path, records={})
    code, stdout, stderr = report(tmp_path)
    assert (code, stdout) == (1, "")
    assert "KP505" in stderr
    assert not list(tmp_path.glob("*.docx"))


def test_warnings_are_for_lint_and_the_report_is_written(folder: Path) -> None:
    write_file(folder / "plan" / "notes.txt", "A note.\n")
    code, stdout, stderr = report(folder, "-o", "board.docx")
    assert code == 0
    assert stdout.startswith("Wrote board.docx")
    assert stderr == ""
    assert (folder / "board.docx").is_file()


# --since


@pytest.fixture
def meetings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Meetings:
    """A repository with three board meetings, and nothing of the user's own git."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    (tmp_path / "repository").mkdir()
    return make_meetings(tmp_path / "repository")


def headings(file: Path) -> list[str]:
    lines = docx.Document(str(file)).paragraphs
    return [line.text for line in lines if line.style and line.style.name == "Heading 1"]


SINCE = ["Changes since the last report", "Ratings month by month"]


@pytest.mark.parametrize("since", ["board-2024-02", "2024-02-29", "HEAD~3", "main"])
def test_since_adds_the_changes_and_the_trend(since: str, meetings: Meetings) -> None:
    code, _, stderr = report(meetings.folder, "--since", since, "-o", "board.docx")
    assert (code, stderr) == (0, "")
    assert headings(meetings.folder / "board.docx")[1:3] == SINCE
    assert meetings.git("status", "--porcelain") == "?? board.docx"


def test_without_since_there_is_neither(meetings: Meetings) -> None:
    assert report(meetings.folder, "-o", "board.docx").code == 0
    found = headings(meetings.folder / "board.docx")
    assert not set(SINCE) & set(found)
    assert found[-1] == "Appendix: every date moved (2)"


@pytest.mark.slow
def test_since_gives_the_same_bytes_in_each_process(meetings: Meetings, tmp_path: Path) -> None:
    made = []
    for number, zone in enumerate(("Pacific/Kiritimati", "America/Los_Angeles")):
        target = tmp_path / f"{number}.docx"
        options: list[str | Path] = ["--since", "board-2024-02", "-o", target]
        ran = run_cli(
            ["report", *DAY, *options], meetings.folder, TZ=zone, PYTHONHASHSEED=str(number)
        )
        assert (ran.code, ran.stderr) == (0, "")
        made.append(target.read_bytes())
    assert made[0] == made[1]


@pytest.mark.parametrize("since", ["nowhere", "--all", "", "2020-01-01", "2024-02-30"])
def test_since_what_does_not_exist(since: str, meetings: Meetings) -> None:
    assert refused(meetings.folder, f"--since={since}")


def test_since_without_version_control_is_refused(folder: Path) -> None:
    said = refused(folder, "--since", "2024-02-29", "-o", "board.docx")
    assert said.startswith("plan is not under version control | ")


def test_since_without_git_is_refused(
    meetings: Meetings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "empty").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    ran = report(meetings.folder, "--since", "2024-02-29", "-o", "board.docx")
    assert ran == Ran(2, "", "kimplan: git is not installed\n")
    assert not (meetings.folder / "board.docx").exists()


@on_posix
def test_since_where_git_distrusts_the_repository_is_refused(meetings: Meetings) -> None:
    (meetings.folder / ".git" / "config").write_text("[core\n")
    said = report(meetings.folder, "--since", "board-2024-02", "-o", "board.docx")
    assert (said.code, said.stdout) == (2, "")
    assert "git said: fatal: bad config" in said.stderr
    assert not (meetings.folder / "board.docx").exists()


@pytest.mark.parametrize("revision", ["@{u}", "main@{upstream}", "@{9}"])
def test_since_what_git_cannot_answer_is_refused(revision: str, meetings: Meetings) -> None:
    ran = report(meetings.folder, "--since", revision, "-o", "board.docx")
    assert (ran.code, ran.stdout) == (2, "")
    assert ran.stderr.startswith("kimplan: git said: fatal: ")
    assert not (meetings.folder / "board.docx").exists()


def test_since_in_a_repository_without_commits(meetings: Meetings) -> None:
    shutil.rmtree(meetings.folder / ".git")
    meetings.git("init", "--quiet")
    said = refused(meetings.folder, "--since", "2024-02-29")
    assert said.startswith("this repository has no commits yet | ")


def test_since_over_a_broken_file_says_so(meetings: Meetings) -> None:
    path = meetings.plan / "recommendations" / "REC3.yaml"
    sound = path.read_text()
    path.write_text("ref: [REC3\n")
    broken = meetings.commit(Commit("2024-05-15"))
    path.write_text(sound)
    code, _, stderr = report(meetings.folder, "--since", broken, "-o", "board.docx")
    assert code == 0
    assert "REC3.yaml could not be understood" in stderr
    assert headings(meetings.folder / "board.docx")[1:3] == SINCE


def test_the_footer_is_true_of_what_is_not_committed(meetings: Meetings) -> None:
    meetings.write("REC3", due="2024-04", rag="red")
    assert report(meetings.folder, "--since", "HEAD", "-o", "board.docx").code == 0
    document = docx.Document(str(meetings.folder / "board.docx"))
    commit = meetings.git("rev-parse", "HEAD")[:7]
    footer = document.sections[0].footer.paragraphs[0].text
    assert f"Source version {commit}, modified since" in footer
    assert "not committed" in [cell.text for cell in document.tables[1].columns[4].cells]


def test_a_template_without_the_markers_is_told(meetings: Meetings) -> None:
    look = docx.Document()
    look.add_paragraph("{{kimplan:plan}}")
    look.save(str(meetings.folder / "look.docx"))
    options = ("--since", "HEAD~3", "--template", "look.docx", "-o", "board.docx")
    assert report(meetings.folder, *options).stderr == "".join(
        f"kimplan: the template has no {{{{kimplan:{name}}}}}, so the report leaves that out\n"
        for name in ("summary", "changes", "trend", "overdue", "due-soon", "moves")
    )


def test_nothing_of_the_history_is_loaded_without_since(meetings: Meetings) -> None:
    def loaded(*options: str) -> set[str]:
        command = [sys.executable, "-X", "importtime", "-m", "kimplan", "report", *DAY]
        done = subprocess.run(
            [*command, "-o", "board.docx", *options],
            cwd=meetings.folder,
            env=cli_environment(),
            capture_output=True,
            timeout=60,
            check=True,
        )
        return set(re.findall(r"kimplan\.[\w.]+", done.stderr.decode()))

    late = {
        "kimplan.changes.between", "kimplan.history.timeline", "kimplan.history.months",
        "kimplan.report.since", "kimplan.changes.overdue",
    }  # fmt: skip
    assert late & loaded() == set()
    assert late <= loaded("--since", "HEAD")


# --write-template


def test_the_written_template_gives_the_same_report(folder: Path) -> None:
    code, stdout, stderr = report(folder, "--write-template", "look.docx")
    assert (code, stderr) == (0, "")
    assert stdout.startswith("Wrote look.docx. ")
    assert report(folder, "-o", "a.docx").code == 0
    assert report(folder, "--template", "look.docx", "-o", "b.docx").code == 0
    assert (folder / "a.docx").read_bytes() == (folder / "b.docx").read_bytes()


def test_write_template_needs_no_plan_and_writes_nothing_else(tmp_path: Path) -> None:
    assert run_cli(["report", "--write-template", "look.docx"], tmp_path).code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["look.docx"]
    text = [line.text for line in docx.Document(str(tmp_path / "look.docx")).paragraphs]
    assert "{{kimplan:plan}}" in text


def test_write_template_overwrites_nothing(folder: Path) -> None:
    for name in ("look.docx", "papers.docx"):
        if name.startswith("papers"):
            (folder / name).mkdir()
        else:
            write_file(folder / name, LAST)
        said = refused(folder, "--write-template", name)
        assert said.startswith(f"{name} is there already | ")


@pytest.mark.parametrize("name", ["look", "look.dotx", "", ".", "..", "plan/look.docx", "a/b.docx"])
def test_write_template_refuses_this_name(name: str, folder: Path) -> None:
    assert refused(folder, "--write-template", name)


@on_posix
def test_write_template_follows_no_link(folder: Path) -> None:
    (folder / "look.docx").symlink_to(folder / "nowhere.docx")
    code, _, _ = report(folder, "--write-template", "look.docx")
    assert code == 2
    assert not (folder / "nowhere.docx").exists()


def test_the_house_style_beside_the_plan_is_used(folder: Path) -> None:
    (folder / "templates").mkdir()
    look = docx.Document()
    look.add_paragraph("Harbour Homes")
    look.save(str(folder / "templates" / "report.docx"))
    assert report(folder, "-o", "a.docx").code == 0
    assert docx.Document(str(folder / "a.docx")).paragraphs[0].text == "Harbour Homes"


def test_the_shipped_house_style_is_kimplans_own_look(tmp_path: Path) -> None:
    shipped = REPOSITORY / "templates" / "report.docx"
    assert shipped.is_file()
    shutil.copytree(SHIPPED_PLAN, tmp_path / "plan")
    assert report(tmp_path, "-o", "a.docx").code == 0
    assert report(tmp_path, "--template", shipped, "-o", "b.docx").code == 0
    a, b = (docx.Document(str(tmp_path / name)) for name in ("a.docx", "b.docx"))
    assert a.element.xml == b.element.xml
    assert a.styles.element.xml == b.styles.element.xml


# The default name


@pytest.mark.parametrize(
    ("organisation", "title"),
    [
        ("A/B: Homes", 'Plan "one" <two>|three? * \\four'),
        ("...", "Spotlight."),
        ("  Padded  ", "Two words\tand a tab"),
        ("Tai Cymru – ŵŷ", "Cynllun – 2024"),
        ("Homes and " * 24, "Plan of " * 62),
        ("Ω" * 130, "Plan"),
        ("住宅" * 100, "計画"),
        ("Homes " + "🏠" * 130, "Plan"),
        ("CON", "Plan"),
        ("NUL.", "Plan"),
        ("-o", "--help"),
    ],
    ids=lambda text: text[:12].strip().encode("unicode_escape").decode(),
)
def test_the_default_name_is_safe_on_windows(organisation: str, title: str, tmp_path: Path) -> None:
    write_plan(tmp_path, settings=make_settings(organisation=organisation, title=title))
    code, stdout, stderr = report(tmp_path)
    assert (code, stderr) == (0, "")
    (name,) = (path.name for path in tmp_path.glob("*.docx"))
    assert stdout.startswith(f"Wrote {name}: ")
    assert name.endswith(" - 2024-05-31.docx")
    assert not set(name) & set('<>:"/\\|?*\n\t')
    assert len(name) <= 200
    assert len(name.encode()) <= 255
    assert name == name.strip(" .")
    assert name.partition(".")[0].strip().upper() not in set(reserved())


def reserved() -> Iterator[str]:
    yield from ("CON", "PRN", "AUX", "NUL")
    yield from (f"{device}{number}" for device in ("COM", "LPT") for number in range(1, 10))
