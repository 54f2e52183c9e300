"""The command line itself: its options, its mistakes, its help and what it leaves unsaid."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from conftest import REPOSITORY, Ran, make_record, run_cli, write_file, write_plan

from kimplan.cli.app import COMMANDS, EXPORTS

ALL = [[], *([name] for name in COMMANDS if name != "help"), *(["export", one] for one in EXPORTS)]
DAY = ["--as-of", "2024-05-31"]
PINK = (
    "plan/recommendations/REC4.yaml:5:6: error KP105 rag 'pink' is not known\n"
    "    5 | rag: pink\n"
    "      |      ^\n"
    "  hint: Write green (complete), amber (in progress), red (not started or stuck) or "
    "not-applicable (does not apply).\n"
)


def add_pink(plan: Path) -> None:
    write_file(plan / "recommendations" / "REC4.yaml", make_record(ref="REC4", rag="pink"))


def stopped(message: str, hint: str) -> Ran:
    return Ran(2, "", f"kimplan: {message}\n  hint: {hint}\n")


class TestMistakes:
    @pytest.mark.parametrize(
        ("line", "message", "hint"),
        [
            ("lint --fomat json", "there is no option --fomat of kimplan lint",
             "Did you mean '--format'?"),
            ("lint --zzz", "there is no option --zzz of kimplan lint",
             "kimplan lint --help lists what there is."),
            ("lint -x", "there is no option -x of kimplan lint",
             "kimplan lint --help lists what there is."),
            ("lint --version", "there is no option --version of kimplan lint",
             "It stands before the command: kimplan --version."),
            ("--versoin", "there is no option --versoin before the command",
             "Did you mean '--version'?"),
            ("--format json lint", "there is no option --format before the command",
             "Options of a command stand after it: kimplan lint --format json."),
            ("lint --plan", "--plan needs a value", "Write --plan FOLDER."),
            ("--plan", "--plan needs a value", "Write --plan FOLDER."),
            ("lint --color", "--color needs a value", "Write --color auto|always|never."),
            ("lint --fix=yes", "--fix takes no value", "Write it alone: --fix."),
            ("--quiet=yes lint", "--quiet takes no value", "Write it alone: --quiet."),
            ("--color pink lint", "--color 'pink' is not known", "Known: auto, always, never."),
            ("lint --color pink", "--color 'pink' is not known", "Known: auto, always, never."),
            ("show", "kimplan show needs REF", "For example: kimplan show REC6"),
            ("verify", "kimplan verify needs FILE.docx",
             "For example: kimplan verify board.docx"),
            ("changes", "kimplan changes needs --since REVISION|DATE",
             "For example: kimplan changes --since board-2024-05"),
            ("check plan", "kimplan check takes no 'plan'",
             "kimplan check --help lists what there is."),
            ("update REC6 REC7", "kimplan update has no place for 'REC7'",
             "It takes one REF; a value with spaces stands in quotation marks."),
            ("--show-completion tcsh", "the shell 'tcsh' is not known",
             "Known: bash, zsh, fish, powershell."),
        ],
    )  # fmt: skip
    def test_each_is_said_like_every_other_error(
        self, line: str, message: str, hint: str, tmp_path: Path
    ) -> None:
        assert run_cli(line.split(), tmp_path) == stopped(message, hint)

    @pytest.mark.parametrize(
        ("word", "right"),
        [
            ("lnit", "lint"), ("reprot", "report"), ("Lint", "lint"), ("status", "summary"),
            ("validate", "lint"), ("validte", "lint"), ("test", "check"), ("add", "new"),
            ("fix", "lint --fix"), ("format", "lint --fix"),
            ("edit", "update REF"), ("set", "update REF"), ("diff", "changes"),
            ("log", "history REF"), ("build", "report"), ("docx", "report"), ("word", "report"),
            ("html", "export html"), ("xlsx", "export xlsx"), ("csv", "export csv"),
            ("mail", "remind"), ("notify", "remind"), ("late", "overdue"), ("REC6", "show REC6"),
            ("4.2", "show 4.2"), ("kp301", "rule KP301"), ("version", "--version"),
            ("board.docx", "verify board.docx or kimplan merge board.docx"),
        ],
    )  # fmt: skip
    def test_a_word_that_is_no_command_is_told_with_its_neighbour(
        self, word: str, right: str, tmp_path: Path
    ) -> None:
        expected = stopped(f"there is no command '{word}'", f"Did you mean kimplan {right}?")
        assert run_cli([word], tmp_path) == expected
        assert run_cli(["help", word], tmp_path) == expected

    def test_a_word_with_no_neighbour_is_told_where_they_are(self, tmp_path: Path) -> None:
        hint = "kimplan --help lists them."
        assert run_cli(["qqq"], tmp_path) == stopped("there is no command 'qqq'", hint)
        hint = "kimplan report writes Word, which can be saved as PDF."
        assert run_cli(["pdf"], tmp_path) == stopped("there is no command 'pdf'", hint)

    @pytest.mark.parametrize(
        ("word", "hint"),
        [
            ("excel", "Did you mean kimplan export xlsx?"),
            ("word", "Did you mean kimplan report?"),
            ("pdf", "kimplan report writes Word, which can be saved as PDF."),
            ("icss", "Did you mean kimplan export ics?"),
            ("qqq", "kimplan export --help lists them."),
        ],
    )
    def test_a_form_that_there_is_not(self, word: str, hint: str, tmp_path: Path) -> None:
        expected = stopped(f"kimplan export has no form '{word}'", hint)
        assert run_cli(["export", word], tmp_path) == expected

    def test_what_was_typed_is_shown_escaped_and_short(self, tmp_path: Path) -> None:
        ran = run_cli(["\x1b[31m" + "x" * 500], tmp_path)
        assert ran.stderr.startswith("kimplan: there is no command '\\x1b[31mxxx")
        assert len(ran.stderr) < 150


class TestBeforeTheCommand:
    def test_a_plan_is_named_before_or_after(self, tmp_path: Path) -> None:
        add_pink(write_plan(tmp_path))
        write_plan(tmp_path / "other")
        expected = Ran(1, f"{PINK}1 error in 4 recommendations.\n", "")
        assert run_cli(["--plan", "plan", "lint"], tmp_path) == expected
        assert run_cli(["--plan=other", "lint", "--plan", "plan"], tmp_path) == expected
        ran = run_cli(["--plan", "plan", "lint", "--plan", "other"], tmp_path)
        assert ran == Ran(0, "No problems in 3 recommendations.\n", "")

    def test_options_stand_before_the_command_of_a_group_too(self, tmp_path: Path) -> None:
        write_plan(tmp_path / "other")
        after = run_cli(["owners", "list", "--plan", "other", "--color", "always"], tmp_path)
        assert after.code == 0
        assert run_cli(["owners", "--plan", "other", "--color=always", "list"], tmp_path) == after
        both = ["--plan", "nowhere", "owners", "--plan", "other", "--color=always", "list"]
        assert run_cli(both, tmp_path) == after
        ran = run_cli(["owners", "--plan"], tmp_path)
        assert ran == stopped("--plan needs a value", "Write --plan FOLDER.")

    def test_several_plans_are_named_before(self, tmp_path: Path) -> None:
        write_plan(tmp_path / "a")
        write_plan(tmp_path / "b")
        after = run_cli(["list", *DAY, "--plan", "a", "--plan", "b"], tmp_path)
        assert after.code == 0
        assert run_cli(["--plan", "a", "--plan", "b", "list", *DAY], tmp_path) == after

    def test_the_variable_names_it(self, tmp_path: Path) -> None:
        add_pink(write_plan(tmp_path))
        write_plan(tmp_path / "other")
        expected = Ran(0, "No problems in 3 recommendations.\n", "")
        assert run_cli(["lint"], tmp_path, KIMPLAN_PLAN="other") == expected
        for words in (["--plan", "plan", "lint"], ["lint", "--plan", "plan"]):
            assert run_cli(words, tmp_path, KIMPLAN_PLAN="other").code == 1
        assert run_cli(["lint"], tmp_path, KIMPLAN_PLAN="").code == 1

    def test_the_variable_is_named_where_it_is_wrong(self, tmp_path: Path) -> None:
        write_plan(tmp_path)
        hint = "The variable KIMPLAN_PLAN names this plan; unset it, or give --plan FOLDER."
        ran = run_cli(["lint"], tmp_path, KIMPLAN_PLAN="nowhere")
        assert ran == stopped("there is no folder nowhere", hint)
        ran = run_cli(["lint", "--plan", "gone"], tmp_path, KIMPLAN_PLAN="nowhere")
        assert ran == stopped("there is no folder gone", "Check the name after --plan.")

    def test_the_variable_names_several(self, tmp_path: Path) -> None:
        write_plan(tmp_path / "a")
        write_plan(tmp_path / "b")
        both = os.pathsep.join(("a", "b"))
        after = run_cli(["list", *DAY, "--plan", "a", "--plan", "b"], tmp_path)
        assert run_cli(["list", *DAY], tmp_path, KIMPLAN_PLAN=both) == after
        assert run_cli(["list", *DAY, "--plans", "a"], tmp_path, KIMPLAN_PLAN=both).code == 0
        ran = run_cli(["lint"], tmp_path, KIMPLAN_PLAN=both)
        message = "KIMPLAN_PLAN names 2 plans, and kimplan lint takes one"
        assert ran == stopped(message, "Name it: --plan FOLDER.")

    def test_a_command_without_a_plan_needs_none(self, tmp_path: Path) -> None:
        ran = run_cli(["--plan", "nowhere", "rule", "KP301"], tmp_path, KIMPLAN_PLAN="nowhere")
        assert (ran.code, ran.stderr) == (0, "")


@pytest.mark.parametrize("name", ["REC2", "rec2.yml", "plan/REC2.yaml"])
def test_a_ref_in_the_place_of_a_file_leads_to_the_file(name: str, tmp_path: Path) -> None:
    write_plan(tmp_path)
    hint = "Did you mean plan/recommendations/REC2.yaml?"
    assert run_cli(["lint", name], tmp_path) == stopped(f"there is no file or folder {name}", hint)


def test_who_would_delete_hears_that_it_is_kept(tmp_path: Path) -> None:
    hint = "What no longer applies is kept: kimplan update REF --rag not-applicable."
    assert run_cli(["delete", "REC2"], tmp_path) == stopped("there is no command 'delete'", hint)


class TestQuiet:
    @pytest.mark.parametrize("words", [["-q", "lint"], ["lint", "-q"], ["lint", "--quiet"]])
    def test_lint_shows_only_what_it_found(self, words: list[str], tmp_path: Path) -> None:
        plan = write_plan(tmp_path)
        assert run_cli(words, tmp_path) == Ran(0, "", "")
        add_pink(plan)
        assert run_cli(words, tmp_path) == Ran(1, PINK, "")

    def test_a_format_in_a_file_is_written_in_silence(self, tmp_path: Path) -> None:
        write_plan(tmp_path)
        ran = run_cli(["lint", "-q", "--format", "json=found.json"], tmp_path)
        assert ran == Ran(0, "", "")
        assert '"diagnostics": []' in (tmp_path / "found.json").read_text()

    def test_what_is_written_is_only_named(self, tmp_path: Path) -> None:
        write_plan(tmp_path)
        ran = run_cli(["report", "-q", *DAY, "--output", "r.docx"], tmp_path)
        assert ran == Ran(0, "r.docx\n", "")
        ran = run_cli(["export", "xlsx", "-q", *DAY, "--output", "p.xlsx"], tmp_path)
        assert ran == Ran(0, "p.xlsx\n", "")

    def test_a_change_is_made_in_silence(self, tmp_path: Path) -> None:
        plan = write_plan(tmp_path)
        words = ["update", "REC2", "--note", "Done.", "--by", "A. Tester", *DAY]
        assert run_cli([*words, "-q", "--dry-run"], tmp_path).stdout.startswith("--- a/plan/")
        assert run_cli([*words, "-q"], tmp_path) == Ran(0, "", "")
        assert "note: Done." in (plan / "recommendations" / "REC2.yaml").read_text()


class TestColour:
    def test_a_difference_is_in_colour(self, tmp_path: Path) -> None:
        plan = write_plan(tmp_path)
        file = plan / "recommendations" / "REC1.yaml"
        write_file(file, file.read_text().replace("title: ", "title:  ", 1) + "  \n")
        plain = run_cli(["lint", "--diff"], tmp_path).stdout
        painted = run_cli(["lint", "--diff", "--color=always"], tmp_path).stdout
        assert plain
        assert "\x1b" not in plain
        assert "\x1b[32m\x1b[1m+++ b/plan/recommendations/REC1.yaml\x1b[0m\n" in painted

    def test_a_file_gets_no_colour(self, tmp_path: Path) -> None:
        add_pink(write_plan(tmp_path))
        run_cli(["lint", "--format", "text=found.txt", "--color", "always"], tmp_path)
        assert "\x1b" not in (tmp_path / "found.txt").read_text()

    def test_errors_beside_an_answer_are_in_colour(self, tmp_path: Path) -> None:
        add_pink(write_plan(tmp_path))
        ran = run_cli(["--color", "always", "list", *DAY], tmp_path)
        assert "\x1b[31m\x1b[1merror KP105\x1b[0m" in ran.stderr


class TestHelp:
    @pytest.mark.parametrize("words", ALL, ids=" ".join)
    def test_each_fits_has_examples_and_is_the_same_however_it_is_asked(
        self, words: list[str], tmp_path: Path
    ) -> None:
        ran = run_cli([*words, "--help"], tmp_path, COLUMNS="80")
        assert (ran.code, ran.stderr) == (0, "")
        assert max(map(len, ran.stdout.splitlines())) <= 80
        assert "…" not in ran.stdout
        assert "  Examples:\n    kimplan " in ran.stdout
        assert "<" not in ran.stdout.partition("Examples:")[0]
        assert run_cli([*words, "--help"], tmp_path, COLUMNS="200").stdout == ran.stdout
        assert run_cli(["help", *words], tmp_path, COLUMNS="80") == ran
        assert run_cli([*words, "--help"], tmp_path, COLUMNS="40").code == 0

    @pytest.mark.parametrize(
        ("words", "usage"),
        [
            ([], "kimplan [OPTIONS] COMMAND [ARGS]..."),
            (["lint"], "kimplan lint [OPTIONS] [PATH...]"),
            (["show"], "kimplan show [OPTIONS] REF..."),
            (["merge"], "kimplan merge [OPTIONS] REPORT.docx..."),
            (["verify"], "kimplan verify [OPTIONS] FILE.docx"),
            (["history"], "kimplan history [OPTIONS] [REF]"),
            (["export", "csv"], "kimplan export csv [OPTIONS]"),
        ],
    )
    def test_the_usage_says_what_may_be_left_out(
        self, words: list[str], usage: str, tmp_path: Path
    ) -> None:
        assert run_cli([*words, "--help"], tmp_path).stdout.startswith(f"Usage: {usage}\n")

    def test_help_of_help_is_the_help(self, tmp_path: Path) -> None:
        assert run_cli(["help", "help"], tmp_path) == run_cli(["--help"], tmp_path)


def test_the_whole_command_line_still_answers_about_the_shipped_plan() -> None:
    ran = run_cli(["--color", "never", "-q", "--no-pager", "show", "REC6", *DAY], REPOSITORY)
    assert ran == run_cli(["show", "REC6", *DAY], REPOSITORY)
