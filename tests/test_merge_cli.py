"""``kimplan merge``: Word copies as people edit them, and what becomes of the plan's files."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import (
    Ran,
    commit_all,
    git,
    made_once,
    make_repository,
    make_settings,
    run_cli,
    write_file,
    write_plan,
)
from conftest import make_record as record
from word.conftest import program
from word.test_libreoffice import run
from word_copies import WordCopy

DAY = ["--as-of", "2024-06-10"]
REF, RECOMMENDATION, RESPONSE, RAG, DUE, OWNERS = range(6)
EVIDENCE = [{"title": "Register", "link": "https://example.org/register"}]
RECORDS = {
    "REC1": record(ref="REC1", rag="green", due=None, evidence=EVIDENCE),
    "REC2": record(
        ref="REC2", title="Publish the answers.", due="2024-03", owners=["Head of Repairs"],
    ) + "# the end\n",
    "REC3": record(
        ref="REC3", title="Record the vulnerabilities.", section="repairs", rag="red",
        due="2024-07-31", owners=["Data Manager"],
    ),
}  # fmt: skip
Edit = Callable[[WordCopy], object]


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with a plan and ``report.docx``, made of its commit."""

    def make(folder: Path) -> None:
        write_plan(folder, records=RECORDS)
        make_repository(folder)
        assert run_cli(["report", "--as-of", "2024-05-31", "-o", "report.docx"], folder).code == 0

    made_once("a plan and its report", tmp_path, make)
    return tmp_path


def edited(folder: Path, edit: Edit, name: str = "copy.docx") -> Path:
    """Write a copy of the report with an edit."""
    copy = WordCopy(folder / "report.docx")
    edit(copy)
    return copy.save(folder / name)


def merge(folder: Path, edit: Edit, *options: str) -> Ran:
    """Merge a copy of the report with an edit."""
    return run_cli(["merge", edited(folder, edit).name, *DAY, *options], folder)


def text_of(folder: Path, ref: str) -> str:
    return (folder / "plan" / "recommendations" / f"{ref}.yaml").read_text("utf-8")


def is_clean(folder: Path) -> bool:
    return git(folder, "status", "--porcelain", "plan") == ""


class TestWhatIsShown:
    def test_a_change_is_shown_and_not_written(self, repository: Path) -> None:
        done = merge(repository, lambda copy: copy.write("REC2", OWNERS, "Data Manager"))
        assert done == (
            0,
            "REC2 owners: Head of Repairs -> Data Manager (copy.docx)\n"
            "--- a/plan/recommendations/REC2.yaml\n"
            "+++ b/plan/recommendations/REC2.yaml\n"
            "@@ -5,5 +5,5 @@\n"
            " rag: amber\n"
            " due: 2024-03\n"
            " owners:\n"
            "-  - Head of Repairs\n"
            "+  - Data Manager\n"
            " # the end\n",
            "kimplan: 1 file would change so; --write makes the change\n",
        )
        assert is_clean(repository)

    def test_with_write_it_is_written(self, repository: Path) -> None:
        done = merge(repository, lambda copy: copy.write("REC2", OWNERS, "Data Manager"), "--write")
        assert (done.code, done.stderr) == (0, "kimplan: 1 file changed\n")
        assert text_of(repository, "REC2") == RECORDS["REC2"].replace(
            "Head of Repairs", "Data Manager"
        )

    def test_the_same_as_values(self, repository: Path) -> None:
        done = merge(
            repository, lambda copy: copy.write("REC2", DUE, "Ongoing"), "--format", "json"
        )
        answer = json.loads(done.stdout)
        assert done.code == 1
        assert answer["changes"] == answer["diffs"] == []
        assert [(one["kind"], one["ref"], one["code"]) for one in answer["findings"]] == [
            ("needs", "REC2", "KP201")
        ]
        assert answer["may_be_written"] is False


class TestTheRules:
    def test_a_moved_date_needs_its_reason(self, repository: Path) -> None:
        done = merge(repository, lambda copy: copy.write("REC2", DUE, "Sept 2024"), "--write")
        assert done.code == 1
        assert (
            "To be answered first:\n"
            "  REC2 reason: the due date moves from March 2024 to September 2024, and nobody says "
            "why (KP801) [copy.docx]\n"
            '    hint: --reason REC2="why it moves".\n'
        ) in done.stdout
        assert is_clean(repository)

    @pytest.mark.parametrize("way", ["option", "comment"])
    def test_the_reason_is_given_or_stands_beside_it(self, repository: Path, way: str) -> None:
        def edit(copy: WordCopy) -> None:
            copy.write("REC2", DUE, "September 2024")
            if way == "comment":
                copy.comment("REC2", DUE, "Staff left.")

        options = ["--reason", "REC2=Staff left."] if way == "option" else []
        done = merge(repository, edit, "--write", *options)
        assert done.code == 0
        assert (
            "due: 2024-09\n"
            "owners:\n"
            "  - Head of Repairs\n"
            "revisions:\n"
            "  - from: 2024-03\n    to: 2024-09\n    reason: Staff left.\n    on: 2024-06-10\n"
            "# the end\n"
        ) in text_of(repository, "REC2")

    def test_a_green_needs_its_evidence(self, repository: Path) -> None:
        def edit(copy: WordCopy) -> None:
            copy.write("REC2", RAG, "GREEN", fill="BFE3C6")
            copy.write("REC2", DUE, "Compliant")

        done = merge(repository, edit, "--write")
        assert done.code == 1
        assert "KP803" in done.stdout
        assert is_clean(repository)
        done = merge(repository, edit, "--write", "--evidence", "REC2=FAQ=https://example.org/faq")
        assert done.code == 0
        head, _, foot = RECORDS["REC2"].removesuffix("# the end\n").partition("rag: amber\n")
        assert text_of(repository, "REC2") == (
            f"{head}rag: green\n{foot}completed: 2024-06-10\n"
            "evidence:\n"
            "  - title: FAQ\n    link: https://example.org/faq\n"
            "# the end\n"
        )

    @pytest.mark.parametrize(
        ("column", "texts", "code"),
        [
            (RECOMMENDATION, ["Publish the questions."], "KP805"),
            (OWNERS, ["Head of Repair"], "KP401"),
            (OWNERS, [""], "KP402"),
            (DUE, [""], "KP301"),
            (RESPONSE, [""], "KP104"),
        ],
    )
    def test_what_is_refused_is_said_with_its_code(
        self, repository: Path, column: int, texts: list[str], code: str
    ) -> None:
        done = merge(repository, lambda copy: copy.write("REC2", column, *texts), "--write")
        assert done.code == 1
        assert f"({code})" in done.stdout
        assert is_clean(repository)

    def test_one_that_is_refused_keeps_the_others_back(self, repository: Path) -> None:
        def edit(copy: WordCopy) -> None:
            copy.write("REC2", RECOMMENDATION, "Publish the questions.")
            copy.write("REC3", RESPONSE, "They are recorded.")

        assert merge(repository, edit, "--write").code == 1
        assert is_clean(repository)
        done = merge(repository, edit, "--write", "--leave", "REC2:title")
        assert (done.code, done.stderr) == (0, "kimplan: 1 file changed\n")
        assert "response: They are recorded.\n" in text_of(repository, "REC3")


class TestThreeWays:
    def test_what_the_plan_has_now_stays(self, repository: Path) -> None:
        moved = ["update", "REC2", "--due", "2024-09", "--reason", "Staff left.", *DAY]
        assert run_cli(moved, repository).code == 0
        commit_all(repository)
        done = merge(
            repository, lambda copy: copy.write("REC2", RESPONSE, "They are here."), "--write"
        )
        assert done.code == 0
        text = text_of(repository, "REC2")
        assert "due: 2024-09\n" in text
        assert "response: They are here.\n" in text

    def test_both_changed_it_to_the_same(self, repository: Path) -> None:
        path = repository / "plan" / "recommendations" / "REC2.yaml"
        write_file(path, RECORDS["REC2"].replace("Head of Repairs", "Data Manager"))
        done = merge(repository, lambda copy: copy.write("REC2", OWNERS, "data manager"))
        assert done == (0, "", "kimplan: nothing changes in the plan\n")

    def test_a_conflict_names_both_sides(self, repository: Path) -> None:
        path = repository / "plan" / "recommendations" / "REC2.yaml"
        write_file(path, RECORDS["REC2"].replace("Head of Repairs", "Data Manager"))
        done = merge(
            repository, lambda copy: copy.write("REC2", OWNERS, "Company Secretary"), "--write"
        )
        assert done.code == 1
        assert done.stdout.startswith(
            "Changed on both sides:\n"
            "  REC2 owners: Owner: copy.docx says “Company Secretary”, the plan says "
            "“Data Manager” now; it was “Head of Repairs” [copy.docx]\n"
        )
        assert "Company Secretary" not in text_of(repository, "REC2")

    def test_copies_that_agree_and_copies_that_do_not(self, repository: Path) -> None:
        edited(repository, lambda copy: copy.write("REC2", OWNERS, "Data Manager"), "ann.docx")
        edited(repository, lambda copy: copy.write("REC2", OWNERS, "Data manager"), "ben.docx")
        edited(repository, lambda copy: copy.write("REC2", OWNERS, "Company Secretary"), "c.docx")
        done = run_cli(["merge", "ann.docx", "ben.docx", *DAY], repository)
        assert done.code == 0
        assert done.stdout.startswith(
            "REC2 owners: Head of Repairs -> Data Manager (ann.docx and ben.docx)\n"
        )
        done = run_cli(["merge", "ann.docx", "c.docx", "--write", *DAY], repository)
        assert done.code == 1
        assert (
            "ann.docx says “Data Manager”, c.docx says “Company Secretary”; "
            "it was “Head of Repairs”"
        ) in done.stdout
        assert is_clean(repository)


class TestTheTable:
    @pytest.mark.parametrize(
        ("edit", "said"),
        [
            (lambda copy: copy.remove_row("REC2"), "REC2 row-removed"),
            (lambda copy: copy.move_row("REC1", "REC2"), "row-moved"),
            (lambda copy: copy.move_row("REC3", "REC1"), "REC3 row-moved"),
            (lambda copy: copy.remove_column(OWNERS), "column-deleted: the column “Owner”"),
            (lambda copy: copy.label(OWNERS, "Lead"), "the heading “Owner” says “Lead”"),
            (
                lambda copy: copy.in_body(lambda text: text.replace("Position at a", "State at a")),
                "State at a glance",
            ),
            (
                lambda copy: copy.in_body(
                    lambda text: text.replace("What was found", "What is known")
                ),
                "narrative: the text of the section “Repairs” was changed",
            ),
        ],
    )
    def test_what_is_only_said(self, repository: Path, edit: Edit, said: str) -> None:
        done = merge(repository, edit, "--write")
        assert (done.code, done.stderr) == (0, "kimplan: nothing changes in the plan\n")
        assert done.stdout.startswith("Said, and nothing done:\n")
        assert said in done.stdout

    def test_a_row_that_was_added(self, repository: Path) -> None:
        row = ["REC4", "Keep a list.", "We will.", "RED", "December 2024", "Data Manager"]
        done = merge(repository, lambda copy: copy.add_row("REC3", *row), "--write")
        assert done.code == 1
        assert (
            'hint: kimplan new --ref REC4 --section repairs --title "Keep a list." --rag red '
            '--due 2024-12 --owner "Data Manager"\n'
        ) in done.stdout
        assert is_clean(repository)

    def test_the_figures_of_other_pages_are_said(self, repository: Path) -> None:
        done = merge(
            repository,
            lambda copy: copy.in_body(lambda text: text.replace("61 days", "6 days")),
        )
        assert done.code == 0
        assert "REC2, Overdue by says “6 days” in place of “61 days”" in done.stdout

    def test_a_table_that_was_split_is_one(self, repository: Path) -> None:
        def edit(copy: WordCopy) -> None:
            copy.split_table("REC3")
            copy.write("REC3", OWNERS, "Head of Repairs")

        done = merge(repository, edit)
        assert done.code == 0
        assert done.stdout.startswith("REC3 owners: Data Manager -> Head of Repairs")

    def test_an_edited_ref_is_refused(self, repository: Path) -> None:
        done = merge(repository, lambda copy: copy.write("REC2", REF, "REC2a"))
        assert done.code == 1
        assert "REC2 ref: the ref says “REC2a”" in done.stdout


class TestOtherPrograms:
    @pytest.mark.libreoffice
    def test_a_copy_that_libreoffice_saved(self, repository: Path) -> None:
        def edit(copy: WordCopy) -> None:
            copy.write("REC2", RESPONSE, "They are **here**:", "- in print", "- on the web")
            copy.comment("REC2", RAG, "Is this right?")

        path, folder = edited(repository, edit), repository / "saved"
        profile = f"-env:UserInstallation={(repository / 'profile').as_uri()}"
        command = [program("soffice"), "--headless", profile, "--convert-to", "docx", "--outdir"]
        run([*command, str(folder), str(path), str(repository / "report.docx")])
        done = run_cli(["merge", "saved/report.docx", *DAY], repository)
        assert done == (0, "", "kimplan: nothing changes in the plan\n")
        done = run_cli(["merge", "saved/copy.docx", "--write", *DAY], repository)
        assert done.code == 0
        assert "has a comment by Chair of 3 June 2024: “Is this right?”" in done.stdout
        text = "response: |\n  They are **here**:\n\n  - in print\n  - on the web\nrag"
        assert text in text_of(repository, "REC2")

    def test_a_copy_with_another_template_attached(self, repository: Path) -> None:
        def edit(copy: WordCopy) -> None:
            copy.attach("file:///C:/Templates/Corporate.dotm")
            copy.write("REC2", OWNERS, "Data Manager")

        done = merge(repository, edit)
        assert done.code == 0
        assert done.stdout.startswith("REC2 owners: Head of Repairs -> Data Manager")

    def test_a_table_that_was_pasted_into_another_document(self, repository: Path) -> None:
        def edit(copy: WordCopy) -> None:
            copy.lose_properties()
            body = copy.root[0]
            for child in list(body)[:-1]:
                if child is not copy.table:
                    body.remove(child)
            copy.write("REC3", DUE, "30/09/2024")
            copy.comment("REC3", DUE, "Staff left.")

        done = merge(repository, edit, "--base", "HEAD")
        assert done.code == 0
        assert done.stdout.startswith("REC3 due: 31 July 2024 -> 30 September 2024 (copy.docx)\n")


class TestWhichReport:
    def test_without_its_version_it_asks_for_it(self, repository: Path) -> None:
        def edit(copy: WordCopy) -> None:
            copy.lose_properties()
            copy.write("REC2", OWNERS, "Data Manager")

        done = merge(repository, edit)
        assert (done.code, done.stdout) == (2, "")
        assert "copy.docx does not say which version of the plan it was made of" in done.stderr
        assert "--base" in done.stderr
        done = merge(repository, edit, "--base", "HEAD")
        assert done.code == 0
        assert done.stdout.startswith("REC2 owners: Head of Repairs -> Data Manager")

    def test_a_version_that_is_not_here(self, repository: Path) -> None:
        done = merge(repository, lambda copy: copy.stamp("a" * 40))
        assert done.code == 2
        assert done.stderr.startswith(
            "kimplan: this repository does not know the version aaaaaaa that the report is of\n"
        )

    def test_a_report_of_another_plan(self, repository: Path, tmp_path: Path) -> None:
        other = tmp_path / "other"
        titles = {f"REC{n}": f"Quite another task, number {n}." for n in (1, 2, 3)}
        plan = write_plan(
            other, records={ref: record(ref=ref, title=title) for ref, title in titles.items()},
            settings=make_settings(),
        )  # fmt: skip
        assert plan.is_dir()
        make_repository(other)
        assert run_cli(["report", "-o", "report.docx", *DAY], other).code == 0
        shutil.copy(other / "report.docx", repository / "theirs.docx")
        done = run_cli(["merge", "theirs.docx", "--base", "HEAD", *DAY], repository)
        assert (done.code, done.stdout) == (2, "")
        assert "theirs.docx is a report of another plan" in done.stderr

    def test_a_file_without_the_table(self, repository: Path) -> None:
        def edit(copy: WordCopy) -> None:
            copy.table.getparent().remove(copy.table)

        done = merge(repository, edit)
        assert done.code == 2
        assert "copy.docx has no table with the plan's columns" in done.stderr

    def test_an_edit_to_leave_out_of_a_ref_that_is_none(self, repository: Path) -> None:
        done = run_cli(["merge", "report.docx", "--leave", "REC9:due", *DAY], repository)
        assert done.code == 2
        assert "--leave: there is no recommendation 'REC9'" in done.stderr

    def test_an_option_that_no_change_asks_for(self, repository: Path) -> None:
        done = run_cli(["merge", "report.docx", "--reason", "rec2=Late.", *DAY], repository)
        assert done == (
            0,
            "",
            "kimplan: nothing changes in REC2, so what is given for it counts for nothing\n"
            "kimplan: nothing changes in the plan\n",
        )

    def test_an_option_for_a_ref_that_is_none(self, repository: Path) -> None:
        done = run_cli(["merge", "report.docx", "--reason", "REC9=Late.", *DAY], repository)
        assert done.code == 2
        assert "--reason: there is no recommendation 'REC9'" in done.stderr


def test_report_names_merge_for_a_report_that_was_edited(repository: Path) -> None:
    edited(repository, lambda copy: copy.write("REC2", OWNERS, "Data Manager"), "report.docx")
    done = run_cli(["report", "-o", "report.docx", *DAY], repository)
    assert done.code == 2
    assert 'Take edits made in Word back into the plan (kimplan merge "report.docx")' in done.stderr


def test_what_is_no_word_document_is_no_copy(tmp_path: Path) -> None:
    write_plan(tmp_path)
    write_file(tmp_path / "notes.md", "Ref,Response\nREC1,Done.\n")
    assert run_cli(["merge", "notes.md"], tmp_path) == Ran(
        2,
        "",
        "kimplan: notes.md is not a Word document\n"
        "  hint: merge takes Word copies of a report (.docx); kimplan import takes other tables.\n",
    )


class TestNotesAndDays:
    def test_a_comment_of_two_paragraphs_is_a_note_of_two(self, repository: Path) -> None:
        def edit(copy: WordCopy) -> None:
            copy.comment("REC2", RESPONSE, "First.</w:t></w:r></w:p><w:p><w:r><w:t>Second.")

        done = merge(repository, edit, "--notes", "--write")
        assert done.code == 0
        note = "    note: |\n      First.\n\n      Second.\n"
        assert f"progress:\n  - on: 2024-06-03\n    by: Chair\n{note}" in text_of(
            repository, "REC2"
        )

    def test_notes_stand_in_the_order_of_their_days(self, repository: Path) -> None:
        def edit(copy: WordCopy) -> None:
            copy.comment("REC2", RESPONSE, "Second.", day="2024-06-04")
            copy.comment("REC2", OWNERS, "First.")

        assert merge(repository, edit, "--notes", "--write").code == 0
        assert (
            "  - on: 2024-06-03\n    by: Chair\n    note: First.\n"
            "  - on: 2024-06-04\n    by: Chair\n    note: Second.\n"
        ) in text_of(repository, "REC2")

    def test_what_is_after_the_day_of_the_merge_has_not_happened(self, repository: Path) -> None:
        def edit(copy: WordCopy) -> None:
            copy.comment("REC2", RESPONSE, "It will be.", day="2024-06-11")

        done = merge(repository, edit, "--notes", "--write")
        assert done.code == 1
        assert (
            "REC2 day: something happened on 11 June 2024, which is after 10 June 2024 (KP706)"
        ) in done.stdout
        assert is_clean(repository)
