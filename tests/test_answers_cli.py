"""overdue, summary, list and show as their users meet them: each is a process of its own."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from conftest import (
    REPOSITORY,
    TESTS,
    Golden,
    Ran,
    make_owners,
    make_record,
    make_settings,
    run_cli,
    small_records,
    write_file,
    write_plan,
)

from kimplan.formatters.width import width_of

GOLDEN = TESTS / "golden" / "answers"
DAY = ["--as-of", "2024-05-31"]
COMMANDS = {
    "overdue": ["overdue", *DAY],
    "overdue-august": ["overdue", "--as-of", "2024-08-01"],
    "overdue-by-owner": ["overdue", *DAY, "--by", "owner"],
    "overdue-by-section": ["overdue", *DAY, "--by", "section"],
    "overdue-within-90d": ["overdue", *DAY, "--within", "90d"],
    "overdue-amber-within-3m": ["overdue", *DAY, "--rag", "amber", "--within", "3m"],
    "summary": ["summary", *DAY],
    "summary-by-owner": ["summary", *DAY, "--by", "owner"],
    "list": ["list", *DAY],
    "list-of-people": ["list", *DAY, "--owner", "PEOPLE", "--rag", "amber,red"],
    "show": ["show", "REC6", "rec8", *DAY],
}
NOT_WHOLE = "the plan has errors, so this may not be the whole of it"
PERIOD = "Write a number of days, weeks, months or years: 90d, 6w, 3m, 1y."
RATINGS = "Known: green, amber, red, not-applicable."


def stopped(message: str, hint: str) -> Ran:
    return Ran(2, "", f"kimplan: {message}\n  hint: {hint}\n")


class TestShippedPlan:
    @pytest.mark.parametrize("name", COMMANDS)
    def test_the_whole_answer_is_what_it_was(
        self, name: str, golden: Golden, tmp_path: Path
    ) -> None:
        markdown, values, page = tmp_path / "a.md", tmp_path / "a.json", tmp_path / "a.html"
        named = {"markdown": markdown, "json": values, "html": page}
        files = [f"--format={form}={file}" for form, file in named.items()]
        ran = run_cli([*COMMANDS[name], *files, "--format", "text"], REPOSITORY, COLUMNS="80")
        assert (ran.code, ran.stderr) == (
            0,
            "".join(f"kimplan: wrote {file}\n" for file in named.values()),
        )
        wide = run_cli(COMMANDS[name], REPOSITORY, COLUMNS="200")
        assert (wide.code, wide.stderr) == (0, "")
        json_text = values.read_text(encoding="utf-8")
        version = re.sub(r'("kimplan": )".*"', r'\1"VERSION"', json_text, count=1)
        golden(GOLDEN / f"{name}-80.txt", ran.stdout)
        golden(GOLDEN / f"{name}-200.txt", wide.stdout)
        golden(GOLDEN / f"{name}.md", markdown.read_text(encoding="utf-8"))
        golden(GOLDEN / f"{name}.html", page.read_text(encoding="utf-8"))
        golden(GOLDEN / f"{name}.json", version)

    @pytest.mark.parametrize("width", [40, 80, 200])
    @pytest.mark.parametrize("name", COMMANDS)
    def test_no_line_is_wider_than_the_screen(self, name: str, width: int) -> None:
        path = GOLDEN / f"{name}-{width}.txt"
        if width == 40:
            text = run_cli(COMMANDS[name], REPOSITORY, COLUMNS="40").stdout
        else:
            text = path.read_text(encoding="utf-8")
        assert text
        assert max(map(width_of, text.splitlines())) <= width

    def test_six_are_overdue_at_the_end_of_may(self) -> None:
        data = json.loads((GOLDEN / "overdue.json").read_text(encoding="utf-8"))
        assert [item["ref"] for item in data["overdue"]] == [
            "REC8", "REC21", "REC10", "REC12", "REC16", "REC18",
        ]  # fmt: skip

    def test_ten_are_overdue_in_august(self) -> None:
        data = json.loads((GOLDEN / "overdue-august.json").read_text(encoding="utf-8"))
        assert len(data["overdue"]) == 10

    def test_nothing_overdue_is_one_glad_line(self) -> None:
        assert run_cli(["overdue", "--as-of", "2023-01-01"], REPOSITORY) == Ran(
            0, "Nothing is overdue on 1 January 2023.\n", ""
        )

    @pytest.mark.parametrize(
        ("arguments", "code"),
        [
            (["--as-of", "2024-05-31"], 1),
            (["--as-of", "2024-05-31", "--format", "json"], 1),
            (["--as-of", "2023-01-01"], 0),
            (["--as-of", "2024-05-31", "--rag", "red"], 0),
            (["--as-of", "2023-01-01", "--within", "1y"], 0),
        ],
    )
    def test_check_ends_with_1_when_something_is_overdue(
        self, arguments: list[str], code: int
    ) -> None:
        assert run_cli(["overdue", "--check", *arguments], REPOSITORY).code == code


class TestList:
    @pytest.mark.parametrize(
        ("arguments", "refs"),
        [
            (["--owner", "repairs"], ["REC2"]),
            (["--owner", "HEAD OF"], ["REC2"]),
            (["--owner", " data  manager "], ["REC3"]),
            (["--section", "repairs"], ["REC3"]),
            (["--section", "Repairs"], ["REC3"]),
            (["--section", "GOVERNANCE", "--rag", "amber"], ["REC2"]),
            (["--overdue"], ["REC2"]),
            (["--rag", "green,red"], ["REC1", "REC3"]),
            (["--rag", "Red", "--rag", " green "], ["REC1", "REC3"]),
            (["--rag", "green", "--overdue"], []),
        ],
    )
    def test_filters_can_be_combined(
        self, arguments: list[str], refs: list[str], tmp_path: Path
    ) -> None:
        write_plan(tmp_path)
        ran = run_cli(["list", *DAY, *arguments, "--format", "json"], tmp_path)
        assert (ran.code, ran.stderr) == (0, "")
        assert [item["ref"] for item in json.loads(ran.stdout)["recommendations"]] == refs

    def test_the_owner_of_an_action_is_found_even_if_nobody_registered_the_role(
        self, tmp_path: Path
    ) -> None:
        steps = [{"title": "Publish the form", "owner": "Webmaster"}]
        late = make_record(ref="REC2", due="2024-03", owners=["Head of Repairs"], actions=steps)
        write_plan(tmp_path, records=small_records() | {"REC2": late})
        ran = run_cli(["list", *DAY, "--owner", "webmaster", "--format", "json"], tmp_path)
        assert (ran.code, "KP401" in ran.stderr) == (1, True)
        assert [item["ref"] for item in json.loads(ran.stdout)["recommendations"]] == ["REC2"]

    def test_an_empty_answer_is_one_line(self, tmp_path: Path) -> None:
        write_plan(tmp_path)
        ran = run_cli(["list", *DAY, "--rag", "not-applicable"], tmp_path)
        assert ran == Ran(0, "None of 3 recommendations on 31 May 2024.\n", "")

    def test_a_section_can_be_named_by_a_title_that_is_not_its_id(self) -> None:
        title = "ensure appropriate  systems are in place."
        ran = run_cli(["list", *DAY, "--section", title, "--format", "json"], REPOSITORY)
        assert len(json.loads(ran.stdout)["recommendations"]) == 4


class TestMistakes:
    @pytest.mark.parametrize(
        ("arguments", "message", "hint"),
        [
            (["overdue", "--within", "3x"], "--within '3x' is no period", PERIOD),
            (["overdue", "--within", "-1"], "--within '-1' is no period", PERIOD),
            (["overdue", "--within", ""], "--within '' is no period", PERIOD),
            (["overdue", "--within", "99999999"], "--within '99999999' is no period", PERIOD),
            (["overdue", "--within", "٣d"], "--within '٣d' is no period", PERIOD),
            (
                ["overdue", "--within", "9999y"],
                "--within '9999y' is too long", "Choose fewer years.",
            ),
            (
                ["overdue", "--as-of", "2024-02-30"],
                "--as-of '2024-02-30' is not a day",
                "Write the year, the month and the day: --as-of 2024-05-31.",
            ),
            (
                ["summary", "--format", "xml"],
                "--format 'xml' is not known", "Known: text, json, markdown, html.",
            ),
            (
                ["list", "--format", "markdwon"],
                "--format 'markdwon' is not known",
                "Did you mean 'markdown'? Known: text, json, markdown, html.",
            ),
            (["list", "--format", "json="], "--format 'json=' names no file", "Write json=FILE."),
            (
                ["overdue", "--by", "ownr"],
                "--by 'ownr' is not known", "Did you mean 'owner'? Known: owner, section.",
            ),
            (
                ["overdue", "--rag", "ambr"],
                "--rag 'ambr' is not known", f"Did you mean 'amber'? {RATINGS}",
            ),
            (["list", "--rag", ""], "--rag '' is not known", RATINGS),
            (["list", "--rag", "red,"], "--rag '' is not known", RATINGS),
            (
                ["list", "--rag", "\x1b[31mred"],
                "--rag '\\x1b[31mred' is not known", RATINGS,
            ),
            (
                ["list", "--section", "repiars"],
                "--section 'repiars' is not known",
                "Did you mean 'repairs'? Known: governance, repairs.",
            ),
            (
                ["list", "--owner", "Head of Repiars"],
                "--owner 'Head of Repiars' is no part of any role",
                "Did you mean 'Head of Repairs'?",
            ),
            (
                ["list", "--owner", " "],
                "--owner ' ' is no part of any role", "kimplan summary --by owner lists them.",
            ),
            (
                ["show", "REC22"], "there is no recommendation 'REC22'", "Did you mean 'REC2'?",
            ),
            (
                ["show", "rec2", "x"],
                "there is no recommendation 'x'", "kimplan list shows what there is.",
            ),
            (
                ["show", "../../etc/passwd"],
                "there is no recommendation '../../etc/passwd'",
                "kimplan list shows what there is.",
            ),
            (
                ["show", "\x1b[31m\n\u202e"],
                "there is no recommendation '\\x1b[31m\\x0a\\u202e'",
                "kimplan list shows what there is.",
            ),
            (
                ["show", "9" * 5_000],
                f"there is no recommendation '{'9' * 40}'", "kimplan list shows what there is.",
            ),
        ],
    )  # fmt: skip
    def test_a_slip_is_a_sentence_with_the_right_word(
        self, arguments: list[str], message: str, hint: str, tmp_path: Path
    ) -> None:
        write_plan(tmp_path)
        assert run_cli(arguments, tmp_path) == stopped(message, hint)

    def test_a_command_that_needs_a_ref_says_so(self, tmp_path: Path) -> None:
        ran = run_cli(["show"], tmp_path)
        assert (ran.code, ran.stdout) == (2, "")
        assert "REF" in ran.stderr

    def test_nothing_is_written_into_the_plan(self, tmp_path: Path) -> None:
        plan = write_plan(tmp_path)
        assert run_cli(["list", "--format", "json=plan/x.json"], tmp_path) == stopped(
            f"{plan / 'x.json'} is inside the plan", "Choose a name outside of it."
        )
        assert not (plan / "x.json").exists()

    def test_a_folder_that_is_not_there_is_told(self, tmp_path: Path) -> None:
        write_plan(tmp_path)
        ran = run_cli(["list", "--format", "json=no/such/x"], tmp_path)
        assert (ran.code, ran.stdout) == (2, "")
        assert ran.stderr.startswith(
            "kimplan: cannot write no/such/x: there is no folder no/such\n"
        )

    def test_two_formats_need_two_files(self, tmp_path: Path) -> None:
        write_plan(tmp_path)
        twice = ["--format", "json=a", "--format", "text=./a"]
        assert run_cli(["summary", *twice], tmp_path) == stopped(
            f"two formats name the file {tmp_path / 'a'}", "Name a file for each."
        )

    @pytest.mark.parametrize("command", [["overdue"], ["summary"], ["list"], ["show", "REC1"]])
    def test_without_a_plan_it_is_said_where_was_looked(
        self, command: list[str], tmp_path: Path
    ) -> None:
        assert run_cli(command, tmp_path) == stopped(
            f"there is no plan/plan.yaml in {tmp_path} nor in a folder above it",
            "Go to the folder that holds plan/, or name it: --plan FOLDER.",
        )


class TestShow:
    @pytest.mark.parametrize("refs", [["REC2"], ["rec2"], [" Rec2 "], ["REC2", "rec2"]])
    def test_a_ref_is_found_in_any_letters_and_shown_once(
        self, refs: list[str], tmp_path: Path
    ) -> None:
        write_plan(tmp_path)
        ran = run_cli(["show", *refs, *DAY, "--format", "json"], tmp_path)
        assert [item["ref"] for item in json.loads(ran.stdout)["recommendations"]] == ["REC2"]

    def test_both_of_two_records_with_one_ref_are_shown(self, tmp_path: Path) -> None:
        plan = write_plan(tmp_path)
        again = make_record(ref="REC2", title="The other one.")
        write_file(plan / "recommendations" / "REC4.yaml", again)
        ran = run_cli(["show", "REC2", *DAY], tmp_path)
        assert (ran.code, ran.stdout.count("\nSection ")) == (1, 2)
        assert "KP501" in ran.stderr


class TestBrokenPlans:
    @pytest.mark.parametrize(
        ("command", "shown"),
        [
            (["overdue"], "REC2 "),
            (["summary"], "All  "),
            (["list"], "REC3 "),
            (["show", "REC2"], "REC2 "),
        ],
    )
    def test_the_sound_rest_is_shown_and_called_a_part(
        self, command: list[str], shown: str, tmp_path: Path
    ) -> None:
        plan = write_plan(tmp_path)
        write_file(plan / "recommendations" / "REC4.yaml", make_record(ref="REC4", rag="pink"))
        ran = run_cli([*command, *DAY], tmp_path)
        assert ran.code == 1
        assert shown in ran.stdout
        assert ran.stdout.endswith("\nThe plan has errors, so this may not be the whole of it.\n")
        assert ran.stderr == (
            "plan/recommendations/REC4.yaml:5:6: error KP105 rag 'pink' is not known\n"
            "    5 | rag: pink\n"
            "      |      ^\n"
            "  hint: Write green (complete), amber (in progress), red (not started or stuck) or "
            "not-applicable (does not apply).\n"
            f"kimplan: {NOT_WHOLE}\n"
        )
        for form, said in (
            ("json", '"complete": false'),
            ("markdown", "**The plan has errors, so this may not be the whole of it.**"),
            ("html", ">The plan has errors, so this may not be the whole of it.</p>"),
        ):
            ran = run_cli([*command, *DAY, "--format", form], tmp_path)
            assert (ran.code, said in ran.stdout) == (1, True)

    def test_the_broken_one_is_not_said_to_be_missing_without_the_reason(
        self, tmp_path: Path
    ) -> None:
        plan = write_plan(tmp_path)
        write_file(plan / "recommendations" / "REC4.yaml", make_record(ref="REC4", rag="pink"))
        ran = run_cli(["show", "REC4"], tmp_path)
        assert (ran.code, ran.stdout) == (2, "")
        assert "REC4.yaml:5:6: error KP105" in ran.stderr
        assert "  hint: Mend the errors above first; they may be the reason. " in ran.stderr

    def test_what_is_only_a_warning_stops_nothing(self, tmp_path: Path) -> None:
        plan = write_plan(tmp_path)
        write_file(plan / "notes.txt", "x")
        ran = run_cli(["list", *DAY], tmp_path)
        assert (ran.code, ran.stderr) == (0, "")

    @pytest.mark.parametrize("command", [["overdue"], ["summary"], ["list"], ["show", "REC1"]])
    @pytest.mark.parametrize("form", ["text", "json", "markdown", "html"])
    def test_settings_that_cannot_be_read_leave_no_answer(
        self, command: list[str], form: str, tmp_path: Path
    ) -> None:
        write_plan(tmp_path, settings="title: [\n")
        ran = run_cli([*command, "--format", form], tmp_path)
        assert (ran.code, ran.stdout) == (1, "")
        assert ran.stderr.startswith("plan/plan.yaml:1:8: error KP003 ")
        assert ran.stderr.endswith("kimplan: there is no answer, because the plan has errors\n")

    def test_owners_that_cannot_be_read_leave_no_answer(self, tmp_path: Path) -> None:
        write_plan(tmp_path, owners="owners: [\n")
        ran = run_cli(["overdue"], tmp_path)
        assert (ran.code, ran.stdout) == (1, "")

    def test_a_plan_without_recommendations_is_no_clean_answer(self, tmp_path: Path) -> None:
        write_plan(tmp_path, records={})
        ran = run_cli(["overdue", *DAY], tmp_path)
        assert ran.code == 1
        assert f"kimplan: {NOT_WHOLE}\n" in ran.stderr


def test_the_labels_of_a_plan_cannot_break_a_table(tmp_path: Path) -> None:
    nasty = "[red]A|B ::error::x"
    ratings = {
        "amber": {
            "label": nasty,
            "meaning": nasty,
        }
    }
    write_plan(tmp_path, settings=make_settings(ratings=ratings))
    for command in (["summary"], ["list"], ["show", "REC2"]):
        for width in ("40", "80", "200"):
            ran = run_cli([*command, *DAY], tmp_path, COLUMNS=width)
            assert (ran.code, ran.stderr) == (0, "")
            assert "[red]A|B" in ran.stdout.split()
            assert "\\x3a:error" in ran.stdout
        ran = run_cli([*command, *DAY, "--format", "markdown"], tmp_path)
        assert "\\[red\\]A\\|B :<!-- -->:<!-- -->error" in ran.stdout


def test_no_text_of_a_plan_is_a_command_in_the_log_of_a_pipeline(tmp_path: Path) -> None:
    nasty = "::error::x\n\n- ::warning::y\n\n##[group]z"
    record = make_record(title=nasty, response=nasty, detail=nasty, owners=["::add-mask::w"])
    write_plan(tmp_path, records={"REC1": record}, owners=make_owners("::add-mask::w"))
    for command in (["overdue", "--by", "owner"], ["summary", "--by", "owner"], ["show", "REC1"]):
        for form in ("text", "markdown", "html", "json"):
            day = ["--as-of", "2025-01-01"]
            ran = run_cli([*command, *day, "--format", form], tmp_path, COLUMNS="40")
            assert ran.stdout
            assert not re.search(r"^\s*::|##\w*\[", ran.stdout, re.MULTILINE)


class TestHelp:
    @pytest.mark.parametrize("command", ["overdue", "summary", "list", "show", "rule"])
    def test_the_help_fits_and_has_examples_and_exit_codes(
        self, command: str, tmp_path: Path
    ) -> None:
        ran = run_cli([command, "--help"], tmp_path, COLUMNS="80")
        assert (ran.code, ran.stderr) == (0, "")
        assert max(map(len, ran.stdout.splitlines())) <= 80
        assert f"  Examples:\n    kimplan {command} " in ran.stdout
        assert "  Exit codes: 0 this is the answer, " in ran.stdout

    @pytest.mark.parametrize(
        "command",
        ["overdue", "summary", "list", "show", "rule"],
    )
    def test_the_help_speaks_of_no_python_types(self, command: str, tmp_path: Path) -> None:
        text = run_cli([command, "--help"], tmp_path).stdout
        assert not re.findall(r"<\w+(?:\[\w+\])?>|\[\[|TEXT|INTEGER", text)

    def test_the_commands_stand_in_the_order_of_their_use(self, tmp_path: Path) -> None:
        ran = run_cli(["--help"], tmp_path, COLUMNS="80")
        lines = ran.stdout.partition("Commands:\n")[2].partition("\n\n")[0].splitlines()
        names = [line.split()[0] for line in lines]
        wanted = ["report", "overdue", "summary", "list", "show", "lint", "check", "rule"]
        assert [name for name in names if name in wanted] == wanted
        for line in lines:
            if line.split()[0] in {"overdue", "summary", "list", "show", "rule"}:
                assert line.endswith(".")
                assert not line.endswith("...")
