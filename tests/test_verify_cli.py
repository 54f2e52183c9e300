"""``kimplan verify``: an auditor's question, asked of real Word files and repositories."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from board_meetings import Commit, Meetings, make_meetings
from conftest import Ran, make_settings, run_cli, write_file, write_plan
from docx.oxml.ns import qn
from lxml import etree
from typer.testing import CliRunner
from word.templates import TEMPLATES, Xml, edited, read_parts, template, xml, zipped

from kimplan import __version__
from kimplan.cli.app import make_app

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

DAY = ("--as-of", "2024-05-31")
MAIN = "word/document.xml"
SAME = "board.docx says what the plan said at version {} on 31 May 2024.\n"


@pytest.fixture(autouse=True)
def _nothing_of_the_users(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")


def run(folder: Path, *arguments: str | Path) -> Ran:
    """Run a command in `folder`, in this process."""
    words = [str(argument) for argument in arguments]
    with contextlib.chdir(folder):
        result = CliRunner().invoke(make_app(words[:1]), words)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Ran(result.exit_code, result.stdout, result.stderr)


@pytest.fixture
def meetings(tmp_path: Path) -> Meetings:
    return make_meetings(tmp_path / "repository")


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path) -> None:
    (tmp_path / "repository").mkdir()


@pytest.fixture
def board(meetings: Meetings) -> Path:
    """The report since February, in the repository's folder."""
    return make(meetings, "--since", "board-2024-02")


def make(meetings: Meetings, *options: str | Path) -> Path:
    assert run(meetings.folder, "report", *DAY, "-o", "board.docx", *options).code == 0
    return meetings.folder / "board.docx"


Differences = list[tuple[str, str, str, str, str]]


def differences(board: Path, code: int = 1) -> Differences:
    """Return what verify finds, as (where, row, column, says, said)."""
    ran = run(board.parent, "verify", board.name, "--format", "json")
    assert (ran.code, ran.stderr) == (code, "")
    found = json.loads(ran.stdout)["differences"]
    return [
        (each["where"], each["row"], each["column"], each["says"], each["said"]) for each in found
    ]


def change(board: Path, old: str, new: str, part: str = MAIN, count: int = 1) -> None:
    """Replace a text in a part of the file, as somebody with Word would."""

    def replace(data: bytes) -> bytes:
        text = data.decode()
        assert old in text
        return text.replace(old, new, count).encode()

    board.write_bytes(edited(board.read_bytes(), {part: replace}))


def in_word(board: Path, work: Callable[[Xml], None]) -> None:
    """Change the body of the file as a tree."""
    document = docx.Document(str(board))
    work(document.element.body)
    document.save(str(board))


def refused(folder: Path, *arguments: str | Path) -> str:
    code, stdout, stderr = run(folder, "verify", *arguments)
    assert (code, stdout) == (2, "")
    message, _, hint = stderr.partition("\n")
    return f"{message.removeprefix('kimplan: ')} | {hint.strip().removeprefix('hint: ')}"


# The same


@pytest.mark.parametrize("layout", ["table", "sections"])
@pytest.mark.parametrize("since", [(), ("--since", "board-2024-02"), ("--since", "2024-03-31")])
def test_a_report_that_nobody_touched(
    since: tuple[str, ...], layout: str, meetings: Meetings
) -> None:
    board = make(meetings, "--layout", layout, *since)
    commit = meetings.git("rev-parse", "HEAD")
    code, stdout, stderr = run(meetings.folder, "verify", board)
    assert (code, stderr) == (0, "")
    assert stdout.startswith(SAME.format(commit[:7]))


@pytest.mark.parametrize("name", TEMPLATES)
def test_in_every_template(name: str, meetings: Meetings) -> None:
    look = meetings.folder / "look.docx"
    look.write_bytes(template(TEMPLATES[name]))
    board = make(meetings, "--since", "board-2024-02", "--template", look)
    assert differences(board, 0) == []


@pytest.mark.parametrize(
    "only", [("open",), ("section=repairs",), ("open", "owner=Head of Repairs")], ids=" ".join
)
def test_a_report_of_a_part(only: tuple[str, ...], meetings: Meetings) -> None:
    options = [word for one in only for word in ("--only", one)]
    board = make(meetings, "--since", "board-2024-02", *options)
    assert differences(board, 0) == []
    change(board, "This report shows ", "This report shows not ")
    assert len(differences(board)) == 1


def test_the_plan_may_have_changed_and_moved_since(meetings: Meetings, board: Path) -> None:
    meetings.write("REC1", rag="red", due="2024-12")
    meetings.git("mv", "plan", "old-plan")
    meetings.commit(Commit("2024-07-01"))
    meetings.git("tag", "-d", "board-2024-02")
    assert differences(board, 0) == []


def test_the_files_may_be_changed_now(meetings: Meetings, board: Path) -> None:
    meetings.write("REC1", rag="red", due="2024-12")
    assert differences(board, 0) == []


def test_from_elsewhere(meetings: Meetings, board: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    shutil.move(board, elsewhere / "board.docx")
    assert run(elsewhere, "verify", "board.docx", "--plan", meetings.folder).code == 0
    assert "not under version control" in refused(elsewhere, "board.docx")


def test_nothing_is_written(meetings: Meetings, board: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in meetings.folder.rglob("*")}
    run(meetings.folder, "verify", board)
    assert {path: path.stat().st_mtime_ns for path in meetings.folder.rglob("*")} == before


def test_evidence_in_the_repository_is_no_reason_to_refuse(meetings: Meetings) -> None:
    write_file(meetings.folder / "minutes.txt", "Agreed.")
    evidence = [{"title": "Minutes", "link": "minutes.txt"}]
    meetings.write("REC4", section="repairs", rag="green", due=None, evidence=evidence)
    meetings.commit(Commit("2024-05-20"))
    assert differences(make(meetings), 0) == []


def test_word_parts_split_and_marked_as_inserted_are_the_same(
    meetings: Meetings, board: Path
) -> None:
    def work(body: Xml) -> None:
        cell = next(
            text for text in body.iter(qn("w:t")) if text.text == "Train every caller."
        ).getparent()
        for tag in ("ins", "sdt"):
            around = xml(
                '<w:ins w:id="9001" w:author="A" w:date="2024-06-01T00:00:00Z"></w:ins>'
                if tag == "ins"
                else "<w:sdt><w:sdtContent></w:sdtContent></w:sdt>"
            )
            cell.addprevious(around)
            (around if tag == "ins" else around[0]).append(cell)

    in_word(board, work)
    assert differences(board, 0) == []


@pytest.mark.libreoffice
def test_saved_again_by_libreoffice(board: Path, tmp_path: Path) -> None:
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("soffice is not there")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    (tmp_path / "saved").mkdir()
    command = [soffice, "--headless", profile, "--convert-to", "docx", "--outdir"]
    subprocess.run(
        [*command, str(tmp_path / "saved"), str(board)],
        capture_output=True,
        timeout=120,
        check=True,
    )
    assert (tmp_path / "saved" / "board.docx").read_bytes() != board.read_bytes()
    shutil.move(tmp_path / "saved" / "board.docx", board)
    assert differences(board, 0) == []
    change(board, "Train every caller.", "Train some callers.", count=2)
    assert len(differences(board)) == 2


# What differs


def test_a_cell_of_the_plan(board: Path) -> None:
    change(board, "The register is being built.", "The register is complete.")
    assert differences(board) == [
        ("Action plan", "REC1", "Response", "The register is complete.",
         "The register is being built.")
    ]  # fmt: skip


def test_a_date_in_the_listing_only(board: Path) -> None:
    moved = "July 2024, first promised March 2024, moved twice"
    change(board, moved, "July 2024")
    assert differences(board) == [
        ("Due in the next 90 days (1)", "REC2", "Estimated completion date", "July 2024", moved)
    ]


def test_a_rating_of_the_changes_and_who_made_it(board: Path) -> None:
    change(board, "Company Secretary, 14 March 2024", "Chief Executive, 1 March 2024")
    assert [found[:3] for found in differences(board)] == [
        ("Changes since the last report", "REC1", "Changed by")
    ]


def test_a_number_and_a_sentence_of_the_first_page(board: Path) -> None:
    change(board, "1 of 5 recommendations", "4 of 5 recommendations")
    (found,) = differences(board)
    assert found[:3] == ("Text", "summary", "position")
    assert (found[3][:22], found[4][:22]) == ("4 of 5 recommendations", "1 of 5 recommendations")


def test_a_row_taken_away(board: Path) -> None:
    def work(body: Xml) -> None:
        rows = [row for row in body.iter(qn("w:tr")) if "REC3" in "".join(row.itertext())]
        rows[-1].getparent().remove(rows[-1])

    in_word(board, work)
    (found,) = differences(board)
    assert found[:4] == ("Action plan", "REC3", "whole row", "")
    assert found[4].startswith("REC3 | Keep the register")


def test_a_row_added(board: Path) -> None:
    def work(body: Xml) -> None:
        last = list(body.iter(qn("w:tr")))[-1]
        last.addnext(xml(re.sub(' xmlns:[a-z]+="[^"]*"', "", etree_text(last, "Made up."))))

    in_word(board, work)
    (found,) = differences(board)
    assert found[:3] == ("Appendix: every date moved (2)", "REC2", "whole row")
    assert "Made up." in found[3]


def etree_text(row: Xml, reason: str) -> str:
    text = etree.tostring(row, encoding="unicode")
    text = re.sub("<w:bookmark(Start|End)[^>]*/>", "", text)
    return text.replace("The archive could", reason)


def test_rows_in_another_order(board: Path) -> None:
    def work(body: Xml) -> None:
        rows = [row for row in body.iter(qn("w:tr")) if "REC5" in "".join(row.itertext())]
        rows[-1].getprevious().addprevious(rows[-1])

    in_word(board, work)
    (found,) = differences(board)
    assert found == (
        "Action plan", "REC5", "order of the rows", "stands before REC4", "stands last"
    )  # fmt: skip


def test_a_whole_table_taken_away(board: Path) -> None:
    def work(body: Xml) -> None:
        body.remove(list(body.iterchildren(qn("w:tbl")))[1])

    in_word(board, work)
    assert [found[:3] for found in differences(board)] == [
        ("Changes since the last report", "", "whole table")
    ]


def test_a_section_narrative_in_both_layouts(meetings: Meetings) -> None:
    for layout, where in (("table", "Action plan"), ("sections", "Text")):
        board = make(meetings, "--layout", layout, "--force")
        change(board, "What was found about repairs.", "What was found about nothing.")
        (found,) = differences(board)
        assert found[0] == where
        assert "about nothing" in found[3]
        assert "about repairs" in found[4]


def test_a_label_of_a_column(board: Path) -> None:
    change(board, ">Response<", ">Hoped for<")
    (found,) = differences(board)
    assert found == ("Action plan", "header", "Response", "Hoped for", "Response")


@pytest.mark.parametrize("part", ["word/footer1.xml", "word/footer2.xml"])
def test_each_footer(part: str, board: Path) -> None:
    change(board, "31 May 2024", "30 June 2024", part)
    ((where, row, _, says, said),) = differences(board)
    assert (where, row) == ("Text", "footer")
    assert says.startswith("Position at 30 June 2024")
    assert said.startswith("Position at 31 May 2024 · Source version ")


def test_words_behind_a_comment_in_a_footer(board: Path) -> None:
    change(board, "</w:t>", "<!-- --> and more</w:t>", "word/footer1.xml")
    assert ("Text", "footer") in [each[:2] for each in differences(board)]


def test_the_commit_of_the_footer(meetings: Meetings, board: Path) -> None:
    commit = meetings.git("rev-parse", "HEAD")
    for number in (1, 2):
        change(board, commit[:7], "0000000", f"word/footer{number}.xml")
    assert [found[:2] for found in differences(board)] == [("Text", "footer")] * 2


def test_another_commit_in_the_properties_does_not_help(meetings: Meetings, board: Path) -> None:
    """The visible footer and every cell are still those of the commit that was printed."""
    old = meetings.git("rev-parse", "HEAD~1")
    change(board, meetings.git("rev-parse", "HEAD"), old, "docProps/custom.xml")
    found = differences(board)
    assert ("Text", "footer") in [each[:2] for each in found]
    assert ("Action plan", "REC3", "Owner") in [each[:3] for each in found]


def test_a_figure_of_a_chart_and_its_words(board: Path) -> None:
    (name,) = (name for name in read_parts(board) if re.search("charts/[^/]*2.xml$", name))
    change(board, "<c:v>5</c:v>", "<c:v>2</c:v>", name)
    assert differences(board) == [("Figure 2", "Amber, on time", "30 November 2023", "2", "5")]
    change(board, "Bar chart of the", "Chart of the")
    assert [found[:3] for found in differences(board)] == [
        ("Figure 1", "", "alternative text"),
        ("Figure 2", "Amber, on time", "30 November 2023"),
    ]


def test_a_sentence_put_in(board: Path) -> None:
    def work(body: Xml) -> None:
        body[2].addnext(xml("<w:p><w:r><w:t>All is well.</w:t></w:r></w:p>"))

    in_word(board, work)
    assert differences(board) == [("Text", "", "added text", "All is well.", "")]


@pytest.mark.parametrize("how", ["deleted", "hidden"])
def test_what_is_not_seen_does_not_count(how: str, board: Path) -> None:
    def work(body: Xml) -> None:
        run = next(
            text for text in body.iter(qn("w:t")) if text.text == "Train every caller."
        ).getparent()
        if how == "hidden":
            run.insert(0, xml("<w:rPr><w:vanish/></w:rPr>"))
            return
        around = xml('<w:del w:id="9001" w:author="A" w:date="2024-06-01T00:00:00Z"></w:del>')
        run.addprevious(around)
        around.append(run)
        run.find(qn("w:t")).tag = qn("w:delText")

    in_word(board, work)
    (found,) = differences(board)
    assert found[0] == "Changes since the last report"
    assert found[3:] == ("", "Train every caller.")


def test_in_an_own_template_the_text_around_does_not_count(meetings: Meetings) -> None:
    look = meetings.folder / "look.docx"
    look.write_bytes(template(TEMPLATES["letterhead"]))
    board = make(meetings, "--template", look)
    change(board, "The Board is asked to note this paper.", "The Board is asked to agree.")
    assert differences(board, 0) == []
    change(board, "1 of 5 recommendations", "5 of 5 recommendations")
    assert [found[:3] for found in differences(board)] == [("Text", "summary", "position")]


def test_the_answer_as_text_and_markdown(board: Path) -> None:
    change(board, "The register is being built.", "The register is complete.")
    code, stdout, _ = run(board.parent, "verify", "board.docx")
    assert code == 1
    assert "board.docx does not say what the plan said at version" in stdout
    assert "REC1" in stdout
    code, stdout, _ = run(board.parent, "verify", "board.docx", "--format", "markdown")
    assert code == 1
    assert "| REC1 |" in stdout


# What cannot be told


def test_a_report_of_files_that_were_not_committed(meetings: Meetings) -> None:
    meetings.write("REC1", rag="red", due="2024-12")
    board = make(meetings)
    said = refused(meetings.folder, board)
    assert "it was made of files that differed from" in said
    assert "is not what was printed" in said


def test_a_plan_without_version_control(tmp_path: Path) -> None:
    folder = tmp_path / "alone"
    folder.mkdir()
    write_plan(folder)
    assert run(folder, "report", *DAY, "-o", "board.docx").code == 0
    assert "was not under version control" in refused(folder, "board.docx")


def test_a_file_that_says_nothing_of_a_version(meetings: Meetings, board: Path) -> None:
    docx.Document().save(str(board))
    assert "it does not say which version of a plan it was made of" in refused(
        meetings.folder, board
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2024-05-31", "2024-05-32"),
        (">table<", ">tables<"),
        (">summary ", ">--all "),
        (">plan<", ">../plan<"),
        (">plan<", ">/plan<"),
        (">no<", "><"),
    ],
)
def test_broken_properties(old: str, new: str, board: Path) -> None:
    change(board, old, new, "docProps/custom.xml")
    said = refused(board.parent, board)
    assert "what it says about its making is broken" in said or "made of files that" in said


def test_a_comment_among_the_properties(board: Path) -> None:
    change(board, "</Properties>", "<!-- note --></Properties>", "docProps/custom.xml")
    assert differences(board, 0) == []
    run(board.parent, "report", *DAY, "--template", "board.docx", "-o", "next.docx")
    assert (board.parent / "next.docx").is_file()


def test_a_commit_that_is_an_option(meetings: Meetings, board: Path) -> None:
    commit = meetings.git("rev-parse", "HEAD")
    change(board, commit, "--output=x", "docProps/custom.xml")
    assert "what it says about its making is broken" in refused(meetings.folder, board)


def test_an_unknown_commit(meetings: Meetings, board: Path) -> None:
    commit = meetings.git("rev-parse", "HEAD")
    change(board, commit, "f" * 40, "docProps/custom.xml")
    assert "this repository does not know the version fffffff" in refused(meetings.folder, board)


def test_a_shallow_clone(meetings: Meetings, board: Path, tmp_path: Path) -> None:
    meetings.git("clone", "--quiet", "--depth", "1", f"file://{meetings.folder}",
                 str(tmp_path / "clone"))  # fmt: skip
    said = refused(tmp_path / "clone", board)
    assert said.startswith("this repository does not know the version ")
    assert "git fetch --unshallow" in said


def test_a_commit_without_this_plan(meetings: Meetings, board: Path) -> None:
    change(board, ">plan<", ">other<", "docProps/custom.xml")
    assert "there was no plan in other at" in refused(meetings.folder, board)


@pytest.mark.parametrize("content", [b"", b"no zip", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
def test_no_word_file(content: bytes, meetings: Meetings) -> None:
    write_file(meetings.folder / "board.docx", content)
    assert "board.docx cannot be read: it is" in refused(meetings.folder, "board.docx")


def test_no_file(meetings: Meetings) -> None:
    assert "there is no file nowhere.docx" in refused(meetings.folder, "nowhere.docx")
    assert "cannot be read: it is not a file" in refused(meetings.folder, "plan")


def test_a_file_with_macros(meetings: Meetings, board: Path) -> None:
    parts = read_parts(board) | {"word/vbaProject.bin": b"x"}
    board.write_bytes(zipped(parts))
    assert "macros" in refused(meetings.folder, board)


def test_another_version_of_kimplan_cannot_tell_who_changed_what(board: Path) -> None:
    for part in ("docProps/custom.xml", "word/footer1.xml", "word/footer2.xml"):
        change(board, __version__, "0.0.1", part)
    assert differences(board, 0) == []
    change(board, "The register is being built.", "The register is complete.")
    code, stdout, _ = run(board.parent, "verify", "board.docx")
    assert code == 2
    assert "kimplan 0.0.1" in stdout


def test_a_report_that_a_shallow_clone_made(meetings: Meetings, tmp_path: Path) -> None:
    """It knows nothing of the months before, which is nobody's doing."""
    meetings.git("clone", "--quiet", "--depth", "3", f"file://{meetings.folder}",
                 str(tmp_path / "clone"))  # fmt: skip
    options = ("--since", "HEAD~1", "-o", "board.docx")
    assert run(tmp_path / "clone", "report", *DAY, *options).code == 0
    assert differences(tmp_path / "clone" / "board.docx", 0) == []
    shutil.move(tmp_path / "clone" / "board.docx", meetings.folder)
    code, stdout, _ = run(meetings.folder, "verify", "board.docx")
    assert code == 2
    assert "a clone without the older history" in stdout


def test_as_a_program(board: Path) -> None:
    code, stdout, stderr = run_cli(["verify", "board.docx"], board.parent)
    assert (code, stderr) == (0, "")
    assert "says what the plan said" in stdout


def test_a_plan_at_the_top_of_the_repository(tmp_path: Path) -> None:
    folder = tmp_path / "top"
    folder.mkdir()
    write_plan(folder, settings=make_settings(title="At the top"))
    for path in (folder / "plan").iterdir():
        shutil.move(path, folder / path.name)
    (folder / "plan").rmdir()
    meetings = Meetings(folder)
    meetings.git("init", "--quiet", "--initial-branch=main")
    meetings.commit(Commit("2024-05-01"))
    out = tmp_path / "out"
    out.mkdir()
    assert run(out, "report", *DAY, "--plan", folder, "-o", "board.docx").code == 0
    assert run(out, "verify", "board.docx", "--plan", folder).code == 0


@pytest.mark.parametrize("name", [".plan", "papers/plan 2024", "Pläne & <more>"])
def test_a_plan_in_a_folder_of_another_name(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "named"
    folder.mkdir()
    write_plan(folder)
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    shutil.move(folder / "plan", folder / name)
    meetings = Meetings(folder)
    meetings.git("init", "--quiet", "--initial-branch=main")
    meetings.commit(Commit("2024-05-01"))
    options = ("--plan", folder / name, "-o", "board.docx", "--since", "HEAD")
    assert run(folder, "report", *DAY, *options).code == 0
    assert run(folder, "verify", "board.docx").code == 0


def test_without_git(
    meetings: Meetings, board: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "empty").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    assert refused(meetings.folder, board).startswith("git is not installed")


@pytest.mark.parametrize("author", ["A\x07\x1bB", "A & <b>B</b>", "{{kimplan:plan}}", "x" * 5000])
def test_any_author_can_be_printed(author: str, meetings: Meetings) -> None:
    meetings.write("REC1", rag="red", due="2024-12")
    meetings.commit(Commit("2024-05-20", author))
    board = make(meetings, "--since", "HEAD~1")
    assert differences(board, 0) == []


def test_an_author_whose_name_is_not_utf_8(meetings: Meetings) -> None:
    meetings.git("config", "i18n.commitEncoding", "ISO-8859-1")
    meetings.write("REC1", rag="red", due="2024-12")
    meetings.commit(Commit("2024-05-20", "M\udcfcller"))
    assert differences(make(meetings, "--since", "HEAD~1"), 0) == []
