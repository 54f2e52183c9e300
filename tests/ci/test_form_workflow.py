"""The form, its workflow and its action: valid, safe, and run for real with recorded events.

A forge cannot be had here: a program in the place of ``gh`` records what it is asked for and with
which texts, and a bare repository is what is pushed to.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from conftest import REPOSITORY, Ran, commit_all, git, init_repository, run_cli, write_file
from forms_sent import NAMES, body, event, write_forms_plan

from ci.conftest import (
    FORM_ACTION,
    FORMS_PAGE,
    copy_of_kimplan,
    examples,
    program,
    read_yaml,
    run,
    run_script,
    walk,
)
from ci.test_workflows import PINNED, USES, actionlint_says, schema_says, zizmor_says
from kimplan.forms.questions import NO_CHANGE, QUESTIONS
from kimplan.model.rating import Scheme
from kimplan.starter.pipeline import rated

WORKFLOW = ".github/workflows/plan-form.yml"
FORM = ".github/ISSUE_TEMPLATE/plan-update.yml"
URL = "https://github.com/example-homes/action-plan/pull/34"
RUN_URL = "https://github.com/example-homes/action-plan/actions/runs/99"
TOKEN = "a-token-that-nothing-may-show"
NEVER = ("touch", "pwned", "secrets", "github.token", "everyone", "octocat", "evil")

# Text in double quotes; what a command in it prints may have quotes of its own.
_QUOTED = re.compile(r'"(?:\$\((?:[^()"]|"[^"]*")*\)|\$(?!\()|[^"$])*"')

# Stands in for gh: appends its arguments and the file that they name to a record, one JSON a line.
GH = f"""\
import json, os, sys
arguments = sys.argv[1:]
marks = "--body-file=", "--field=body=@"
files = (one[len(mark):] for one in arguments for mark in marks if one.startswith(mark))
file = next(files, None)
text = open(file, encoding="utf-8", newline="").read() if file else None
with open(os.environ["GH_RECORD"], "a") as record:
    record.write(json.dumps([arguments, text, os.environ.get("GH_TOKEN")]) + "\\n")
what = " ".join(arguments[:2])
if what.startswith(os.environ.get("GH_REFUSES", "nothing")):
    sys.exit("GitHub Actions is not permitted to do this")
elif what == "pr list":
    print(os.environ.get("GH_OPEN", ""))
elif what == "pr create":
    print("{URL}")
"""


class Call(NamedTuple):
    """What gh was asked for, the text that it was given, and with which token."""

    arguments: list[str]
    text: str | None
    token: str | None

    @property
    def what(self) -> str:
        return " ".join(self.arguments[:2])


class Forge(NamedTuple):
    """A clone that the action runs in, the bare repository that it pushes to, and gh's record."""

    folder: Path
    remote: Path
    record: Path
    bin: Path
    temp: Path

    def calls(self) -> list[Call]:
        if not self.record.exists():
            return []
        lines = self.record.read_text(encoding="utf-8").splitlines()
        return [Call(*json.loads(line)) for line in lines]

    def comment(self) -> str:
        """Return the text of the one comment that the last run made."""
        (found,) = (call for call in self.calls() if call.what == "issue comment")
        assert found.arguments[2:] == [
            "12", "--repo=example-homes/action-plan", found.arguments[4],
            "--edit-last", "--create-if-none",
        ]  # fmt: skip
        assert found.text is not None
        return found.text

    def branches(self) -> list[str]:
        return git(self.remote, "branch", "--format=%(refname:short)").splitlines()


def steps() -> list[Any]:
    return list(read_yaml(FORM_ACTION.read_text(encoding="utf-8"))["runs"]["steps"])


def scripts() -> dict[str, str]:
    return {step["name"]: step["run"] for step in steps() if "run" in step}


@pytest.fixture
def forge(tmp_path: Path) -> Forge:
    """A repository with the plan, cloned as the checkout of the workflow does it."""
    source = tmp_path / "source"
    write_forms_plan(source)
    init_repository(source)
    commit_all(source, "Begin")
    remote = tmp_path / "remote.git"
    git(tmp_path, "clone", "--quiet", "--bare", str(source), str(remote))
    folder = tmp_path / "work"
    git(tmp_path, "clone", "--quiet", str(remote), str(folder))
    bin_ = tmp_path / "bin"
    bin_.mkdir()
    (tmp_path / "temp").mkdir()
    stand_in = write_file(bin_ / "gh", f"#!{sys.executable}\n{GH}")
    stand_in.chmod(0o755)
    return Forge(folder, remote, tmp_path / "gh.jsonl", bin_, tmp_path / "temp")


def fresh(forge: Forge) -> Forge:
    """Return the same with a new clone, as the next run has it, and an empty record."""
    shutil.rmtree(forge.folder)
    git(forge.folder.parent, "clone", "--quiet", str(forge.remote), str(forge.folder))
    forge.record.unlink(missing_ok=True)
    return forge


class Done(NamedTuple):
    """How each step ended that was run, by its name, and what they set."""

    ran: dict[str, Ran]
    outputs: dict[str, str]
    summary: str

    @property
    def code(self) -> int:
        return next((ran.code for ran in self.ran.values() if ran.code), 0)


def submit(forge: Forge, file: Path, **variables: str) -> Done:
    """Run the action's steps behind the installation, each if its condition holds, as GitHub does.

    The conditions are few enough to be known here by their words.
    """
    output, summary = forge.temp / "output", forge.temp / "summary"
    for one in (output, summary):
        write_file(one, "")
    number = json.loads(file.read_bytes())["issue"]["number"] if "issue" in _loaded(file) else ""
    given = {
        "PATH": os.pathsep.join((str(forge.bin), os.environ["PATH"])),
        "KIMPLAN_PYTHON": sys.executable,
        "PLAN": "",
        "AS_OF": "2024-05-31",
        "GH_TOKEN": TOKEN,
        "GH_RECORD": str(forge.record),
        "GITHUB_ACTIONS": "true",
        "GITHUB_EVENT_NAME": "issues",
        "GITHUB_EVENT_PATH": str(file),
        "GITHUB_OUTPUT": str(output),
        "GITHUB_REF_NAME": "main",
        "GITHUB_REPOSITORY": "example-homes/action-plan",
        "GITHUB_RUN_ID": "99",
        "GITHUB_SERVER_URL": "https://github.com",
        "GITHUB_STEP_SUMMARY": str(summary),
        "RUNNER_TEMP": str(forge.temp),
    }
    done: dict[str, Ran] = {}
    outputs: dict[str, str] = {}
    failed = False
    for step in steps()[2:]:
        if not _applies(step.get("if", ""), outputs, failed=failed):
            continue
        env = {key: outputs.get(key.lower(), "") for key in step["env"] if key not in given}
        if failed:
            env["NUMBER"] = str(number)
        ran = run_script(step["run"], forge.folder, **(given | env | variables))
        done[step["name"]] = ran
        failed = failed or ran.code != 0
        outputs |= dict(
            line.split("=", 1) for line in output.read_text(encoding="utf-8").splitlines()
        )
    return Done(done, outputs, summary.read_text(encoding="utf-8"))


def _loaded(file: Path) -> Any:
    try:
        return json.loads(file.read_bytes())
    except ValueError:
        return {}


def _applies(condition: str, outputs: dict[str, str], *, failed: bool) -> bool:
    outcome = outputs.get("outcome", "")
    known = {
        "": not failed,
        "failure()": failed,
        "steps.read.outputs.outcome == 'changed'": not failed and outcome == "changed",
        "steps.read.outputs.outcome != 'changed'": not failed and outcome != "changed",
    }
    return known[condition]


# The files


def test_the_documented_files_are_those_that_init_writes(tmp_path: Path) -> None:
    found = examples(FORMS_PAGE)
    init_repository(tmp_path)
    said = run_cli(["init", "--organisation", "Example Homes", "--forge", "github"], tmp_path)
    assert said.code == 0, said
    for name in (WORKFLOW, FORM):
        assert (tmp_path / name).read_text(encoding="utf-8") == found[name]


def test_the_form_fits_its_schema(tmp_path: Path) -> None:
    path = write_file(tmp_path / "plan-update.yml", examples(FORMS_PAGE)[FORM])
    command: Sequence[str | Path] = [
        program("check-jsonschema"), "--builtin-schema=vendor.github-issue-forms", path
    ]  # fmt: skip
    ran = run(command, REPOSITORY)
    assert ran.code == 0, ran.stdout


def test_the_form_asks_what_kimplan_reads() -> None:
    form = read_yaml(examples(FORMS_PAGE)[FORM])
    asked = [one for one in form["body"] if one["type"] != "markdown"]
    assert {one["id"]: one["attributes"]["label"] for one in asked} == QUESTIONS
    assert [one["id"] for one in asked] == [*QUESTIONS]
    (rating,) = (one for one in asked if one["type"] == "dropdown")
    options = [one.replace(" ", "-").lower() for one in rating["attributes"]["options"]]
    assert options == ["no-change", *Scheme.RAG.words]
    assert (rating["attributes"]["options"][0], rating["attributes"]["default"]) == (NO_CHANGE, 0)
    assert not any("render" in one["attributes"] for one in asked), "a fence would hide headings"


def test_a_plan_that_rates_by_brag_is_asked_for_its_ratings() -> None:
    text = examples(FORMS_PAGE)[FORM]
    assert rated(text, Scheme.RAG) == text
    form = read_yaml(rated(text, Scheme.BRAG))
    (rating,) = (one for one in form["body"] if one["type"] == "dropdown")
    assert rating["attributes"]["options"] == [
        "No change", "Blue", "Green", "Amber", "Red", "Not applicable",
    ]  # fmt: skip


def workflow(tmp_path: Path) -> Path:
    path = tmp_path / WORKFLOW
    path.parent.mkdir(parents=True)
    return write_file(path, examples(FORMS_PAGE)[WORKFLOW])


def test_the_workflow_and_the_action_fit_their_schemas(tmp_path: Path) -> None:
    for kind, path in (
        ("workflow", workflow(tmp_path)), ("timeouts", tmp_path / WORKFLOW), ("action", FORM_ACTION)
    ):  # fmt: skip
        ran = schema_says(kind, path)
        assert ran.code == 0, ran.stdout


def test_zizmor_finds_nothing(tmp_path: Path) -> None:
    ran = zizmor_says(workflow(tmp_path), FORM_ACTION)
    assert ran.code == 0, ran.stdout
    assert ran.stderr.count("completed") == 2


def test_actionlint_finds_nothing(tmp_path: Path) -> None:
    workflow(tmp_path)
    ran = actionlint_says(tmp_path)
    assert ran.code == 0, ran.stdout


def test_every_action_of_others_is_pinned_as_elsewhere() -> None:
    pins = set(USES.findall((REPOSITORY / "action.yml").read_text(encoding="utf-8")))
    pins |= set(USES.findall(examples()[".github/workflows/plan.yml"]))
    for text in (FORM_ACTION.read_text(encoding="utf-8"), examples(FORMS_PAGE)[WORKFLOW]):
        for uses, comment in USES.findall(text):
            assert PINNED.fullmatch(uses)
            assert "kimplan/form@" in uses or (uses, comment) in pins


def test_nobody_else_can_start_it_and_it_may_no_more_than_it_must() -> None:
    value = read_yaml(examples(FORMS_PAGE)[WORKFLOW])
    (job,) = value["jobs"].values()
    assert value["on"] == {"issues": {"types": ["opened", "edited"]}}
    assert value["permissions"] == {}
    assert job["permissions"] == {"contents": "write", "issues": "write", "pull-requests": "write"}
    assert job["if"].startswith(
        """contains(fromJSON('["OWNER", "MEMBER", "COLLABORATOR"]'), """
        "github.event.issue.author_association) && github.event.issue.state == 'open' && ("
    )
    assert value["concurrency"]["cancel-in-progress"] is False
    checkout = job["steps"][0]["with"]
    assert checkout == {"fetch-depth": 0, "persist-credentials": False}
    assert not any("run" in one for one in walk(job)), "the workflow itself runs no script"


def test_nothing_of_the_form_can_reach_a_script() -> None:
    text = FORM_ACTION.read_text(encoding="utf-8")
    expressions = set(re.findall(r"\$\{\{ (.*?) \}\}", text))
    assert expressions == {
        "github.event.issue.number", "github.token", "inputs.as-of", "inputs.plan",
        "inputs.python-version", "inputs.token", "steps.commit.outputs.check",
        "steps.earlier.outputs.pull", "steps.install.outputs.python",
        "steps.propose.outputs.pushed", "steps.python.outputs.python-path",
        "steps.read.outputs.answers", "steps.read.outputs.number", "steps.read.outputs.ref",
    }  # fmt: skip
    assert [name for name, script in scripts().items() if "${{" in script] == []
    for script in scripts().values():
        bare = re.sub(r"^ *#.*$", "", script, flags=re.MULTILINE)
        bare = re.sub(r'\[\[ "\$\w+" =~ \^\S+\$ \]\]', "", bare)
        assert "$" not in _QUOTED.sub("", re.sub(r"'[^']*'", "", bare)), script
        assert "eval" not in script
        assert "GITHUB_ENV" not in script


def rows(page: Path, first: str) -> list[str]:
    """Return what the first column of the table below the heading cell `first` names."""
    _, _, table = page.read_text(encoding="utf-8").partition(f"| {first} |")
    table, _, _ = table.partition("\n\n")
    return re.findall(r"`([\w-]+)`", "\n".join(row.split("|")[1] for row in table.split("\n")[2:]))


def test_the_pages_name_every_input_and_every_answer() -> None:
    inputs = read_yaml(FORM_ACTION.read_text(encoding="utf-8"))["inputs"]
    assert rows(FORMS_PAGE, "input") == [*inputs]
    assert not any(one["required"] for one in inputs.values())
    assert rows(REPOSITORY / "docs" / "update.md", "key") == [*QUESTIONS]


def test_the_page_shows_the_comments_as_they_are() -> None:
    quoted = re.findall(r"^ +> ?(.*)$", FORMS_PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    page = " ".join(quoted)
    golden = REPOSITORY / "tests" / "golden" / "forms" / "refused-date.md"
    assert " ".join(golden.read_text(encoding="utf-8").split()) in " ".join(page.split())


# What becomes of a form


def test_a_form_becomes_a_pull_request(forge: Forge) -> None:
    done = submit(forge, event("date"))
    assert done.code == 0, done
    assert forge.branches() == ["main", "plan-form/12"]
    said = git(forge.remote, "log", "-1", "--format=%an <%ae>|%s|%b", "plan-form/12")
    assert said == "kimplan form <form@kimplan.invalid>|REC2: change from form #12|"
    assert git(forge.remote, "diff", "--stat", "main", "plan-form/12").startswith(
        "plan/recommendations/REC2.yaml | 8 +++++++-"
    )
    assert git(forge.remote, "rev-parse", "plan-form/12^") == git(forge.remote, "rev-parse", "main")
    created, comment = forge.calls()
    assert created.arguments[:6] == [
        "pr", "create", "--repo=example-homes/action-plan", "--base=main", "--head=plan-form/12",
        "--title=REC2: change from form #12",
    ]  # fmt: skip
    assert created.text is not None
    assert created.text.startswith(
        "The change of REC2 that the form #12 asks for, which `example-owner` sent:\n\n"
        "| Question | Answer |\n"
    )
    assert "\nCloses #12\n\n### kimplan\n" in created.text
    assert comment.text == (
        f"Thank you. Your change of REC2 is proposed in {URL}\n\n"
        "It counts as soon as whoever keeps the plan has merged it. Until then you can edit this "
        "form, and the proposal follows.\n"
    )
    assert {call.token for call in forge.calls()} == {TOKEN}


def test_what_was_proposed_passes_the_check_of_a_pull_request(forge: Forge) -> None:
    submit(forge, event("complete"))
    git(forge.folder, "checkout", "--quiet", "plan-form/12")
    day = ["--as-of", "2024-05-31"]
    ran = run_cli(["check", "--base", "origin/main", *day], forge.folder)
    assert ran.code == 0, ran


def test_a_form_that_is_edited_replaces_its_own_proposal(forge: Forge) -> None:
    submit(forge, event("date"))
    git(forge.folder, "checkout", "--quiet", "main")
    write_file(forge.folder / "minutes.md", "Minutes\n")
    commit_all(forge.folder, "Go on")
    git(forge.folder, "push", "--quiet", "origin", "main")
    done = submit(fresh(forge), event("complete"), GH_OPEN="34")
    assert done.code == 0, done
    assert git(forge.remote, "rev-parse", "plan-form/12^") == git(forge.remote, "rev-parse", "main")
    whats = [call.what for call in forge.calls()]
    assert whats == ["pr list", "api repos/example-homes/action-plan/pulls/34", "issue comment"]
    listed, edited, _ = forge.calls()
    assert listed.arguments[2:] == [
        "--repo=example-homes/action-plan", "--head=plan-form/12", "--state=open",
        "--json=number,isCrossRepository",
        "--jq=map(select(.isCrossRepository | not)) | .[0].number // empty",
    ]  # fmt: skip
    assert edited.arguments[2:5] == [
        "--method=PATCH", "--silent", "--raw-field=title=REC2: change from form #12",
    ]  # fmt: skip
    assert edited.text is not None
    assert "| New rating | Green |" in edited.text
    assert "rag: green" in git(forge.remote, "show", "plan-form/12:plan/recommendations/REC2.yaml")
    assert URL in forge.comment()


def test_what_somebody_added_to_the_proposal_is_not_lost(forge: Forge) -> None:
    submit(forge, event("date"))
    git(forge.folder, "checkout", "--quiet", "-B", "theirs", "origin/plan-form/12")
    write_file(forge.folder / "minutes.md", "Minutes\n")
    theirs = commit_all(forge.folder, "Mend it")
    git(forge.folder, "push", "--quiet", "origin", "HEAD:plan-form/12")
    for pull, how in (("34", "ask for the change in #34"), ("", "send your answers in a new one")):
        done = submit(fresh(forge), event("complete"), GH_OPEN=pull)
        assert done.code == 0, done
        assert git(forge.remote, "rev-parse", "plan-form/12") == theirs
        assert forge.comment() == (
            "Somebody has worked on the proposal of this form since. To lose nothing of that, "
            f"the form is not read again: {how}.\n"
        )


def merge_main(forge: Forge, path: str, text: str) -> str:
    """Commit `text` to main, merge that into the proposal, which wins, and return the merge."""
    git(forge.folder, "checkout", "--quiet", "-B", "main", "origin/main")
    write_file(forge.folder / path, text)
    commit_all(forge.folder, "Go on")
    git(forge.folder, "checkout", "--quiet", "-B", "theirs", "origin/plan-form/12")
    git(forge.folder, "merge", "--quiet", "--no-edit", "--strategy-option=ours", "main")
    git(forge.folder, "push", "--quiet", "origin", "HEAD:plan-form/12", "main")
    assert git(forge.remote, "rev-parse", "plan-form/12^2") == git(
        forge.remote, "rev-parse", "main"
    )
    return git(forge.remote, "rev-parse", "plan-form/12")


def test_a_proposal_that_was_brought_up_to_date_is_still_the_form_s(forge: Forge) -> None:
    submit(forge, event("date"))
    merge_main(forge, "minutes.md", "Minutes\n")
    assert submit(fresh(forge), event("complete"), GH_OPEN="34").code == 0
    assert [call.what for call in forge.calls()][1:] == [
        "api repos/example-homes/action-plan/pulls/34", "issue comment",
    ]  # fmt: skip


def test_a_conflict_that_somebody_mended_in_a_merge_is_not_lost(forge: Forge) -> None:
    submit(forge, event("date"))
    path = "plan/recommendations/REC2.yaml"
    theirs = merge_main(
        forge, path, git(forge.remote, "show", f"main:{path}").replace("2024-03", "2024-04") + "\n"
    )
    assert submit(fresh(forge), event("note"), GH_OPEN="34").code == 0
    assert git(forge.remote, "rev-parse", "plan-form/12") == theirs
    assert "Somebody has worked on the proposal" in forge.comment()


def test_a_branch_that_somebody_pushes_meanwhile_is_not_overwritten(forge: Forge) -> None:
    other = forge.folder.parent / "other"
    git(other.parent, "clone", "--quiet", str(forge.remote), str(other))
    write_file(other / "minutes.md", "Minutes\n")
    theirs = commit_all(other, "Something else")
    git(other, "push", "--quiet", "origin", "HEAD:refs/heads/plan-form/12")
    done = submit(forge, event("date"))
    assert done.ran["Propose the change"].code != 0
    assert git(forge.remote, "rev-parse", "plan-form/12") == theirs
    assert forge.comment().startswith("Something went wrong, and it was not your answers")


def test_what_the_check_finds_stands_in_the_proposal(forge: Forge, tmp_path: Path) -> None:
    """REC2 is overdue: a new rating touches its promise, and so has to say when it will be done."""
    issue = {"number": 12, "body": body({"ref": "REC2", "rag": "Red"})}
    done = submit(forge, write_file(tmp_path / "event.json", json.dumps({"issue": issue})))
    assert done.code == 0, done
    created = forge.calls()[0]
    assert created.text is not None
    assert "KP701" in created.text
    assert "KP701" in done.summary
    assert (
        "\n\nThe check has found something that is to be mended before the change can count: the "
        "table there says what.\n\n"
    ) in forge.comment()


def test_a_very_long_result_of_the_check_is_named_only(forge: Forge, tmp_path: Path) -> None:
    records = forge.folder / "plan" / "recommendations"
    text = (records / "REC2.yaml").read_text(encoding="utf-8")
    for number in range(100, 220):
        write_file(records / f"REC{number}.yaml", text.replace("REC2", f"REC{number}x"))
    commit_all(forge.folder, "Faults of others")
    done = submit(forge, event("note"))
    assert done.code == 0, done
    created = forge.calls()[0]
    assert created.text is not None
    assert len(done.summary) > 20_000 > len(created.text)
    assert created.text.endswith(f"What the check found is in {RUN_URL}.\n")


@pytest.mark.parametrize("name", ["refused-date", "refused-evidence-file", "refused-ref"])
def test_a_refusal_is_a_comment_and_no_failure(name: str, forge: Forge) -> None:
    done = submit(forge, event(name))
    assert done.code == 0, done
    assert [call.what for call in forge.calls()] == ["issue comment"]
    golden = REPOSITORY / "tests" / "golden" / "forms" / f"{name}.md"
    assert forge.comment() == golden.read_text(encoding="utf-8")
    assert forge.branches() == ["main"]
    assert git(forge.folder, "status", "--short") == ""


def test_a_refusal_names_the_proposal_that_is_still_there(forge: Forge) -> None:
    submit(forge, event("date"))
    proposed = git(forge.remote, "rev-parse", "plan-form/12")
    done = submit(fresh(forge), event("refused-date"), GH_OPEN="34")
    assert done.code == 0, done
    assert forge.comment().endswith(
        "is kept.\n\nWhat this form said before is still proposed in #34. If it should not be, "
        "close it there.\n"
    )
    assert git(forge.remote, "rev-parse", "plan-form/12") == proposed


def test_a_number_that_is_none_is_not_believed(forge: Forge) -> None:
    submit(forge, event("date"))
    done = submit(fresh(forge), event("complete"), GH_OPEN="34; touch pwned")
    assert done.ran["Look for an earlier proposal"].code != 0
    assert "Something went wrong" in forge.comment()


def test_what_the_plan_says_already_is_a_comment(forge: Forge) -> None:
    assert submit(forge, event("same")).code == 0
    assert forge.comment() == (
        "The plan says all of this already, so there is nothing to propose.\n"
    )
    assert forge.branches() == ["main"]


def test_a_plan_elsewhere_is_found_by_its_name(forge: Forge) -> None:
    (forge.folder / "our plans").mkdir()
    git(forge.folder, "mv", "plan", "our plans/plan")
    commit_all(forge.folder, "Move it")
    done = submit(forge, event("note"), PLAN="our plans/plan")
    assert done.code == 0, done
    assert git(forge.remote, "show", "--format=", "--name-only", "plan-form/12") == (
        "our plans/plan/recommendations/REC2.yaml"
    )


# When it cannot be done


def test_a_forge_that_takes_no_pull_request_is_said_to_the_owner(forge: Forge) -> None:
    done = submit(forge, event("note"), GH_REFUSES="pr create")
    assert done.code == 1
    assert forge.branches() == ["main", "plan-form/12"]
    assert forge.comment() == (
        "Something went wrong, and it was not your answers: your change is in the branch "
        "plan-form/12, but may not be proposed as it should. "
        f"Whoever keeps the plan finds the cause here:\n\n{RUN_URL}\n"
    )
    assert submit(fresh(forge), event("note")).code == 0
    assert URL in forge.comment()


def test_a_proposal_that_could_not_be_changed_is_said_to_the_owner(forge: Forge) -> None:
    submit(forge, event("date"))
    proposed = git(forge.remote, "rev-parse", "plan-form/12")
    done = submit(fresh(forge), event("complete"), GH_OPEN="34", GH_REFUSES="api")
    assert done.code == 1
    assert git(forge.remote, "rev-parse", "plan-form/12") != proposed
    assert "your change is in the branch plan-form/12" in forge.comment()


def test_a_proposal_that_was_left_as_it_was_is_said_to_the_owner(forge: Forge) -> None:
    submit(forge, event("date"))
    proposed = git(forge.remote, "rev-parse", "plan-form/12")
    hook = write_file(forge.remote / "hooks" / "pre-receive", "#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    done = submit(fresh(forge), event("complete"), GH_OPEN="34")
    assert done.ran["Propose the change"].code != 0
    assert git(forge.remote, "rev-parse", "plan-form/12") == proposed
    assert "what this form said before is still proposed in #34, unchanged." in forge.comment()


def test_a_repository_without_a_plan_is_said_to_the_owner(forge: Forge) -> None:
    shutil.rmtree(forge.folder / "plan")
    done = submit(forge, event("note"))
    assert done.ran["Read the form"].code == 2
    assert RUN_URL in forge.comment()


def test_an_event_without_a_number_ends_without_a_comment(forge: Forge) -> None:
    for name in ("wrong-json", "wrong-event", "wrong-number"):
        done = submit(forge, event(name))
        assert done.ran["Read the form"].code == 2
        assert done.ran["Say that it could not be done"].code != 0
    assert forge.calls() == []
    assert not list(forge.folder.glob("pwned"))


def test_the_installation_has_the_kimplan_of_the_action(
    forge: Forge, package_index: dict[str, str]
) -> None:
    temp = forge.temp / "with space"
    temp.mkdir()
    output = forge.temp / "output"
    action = copy_of_kimplan(forge.temp / "action") / "form"
    action.mkdir(exist_ok=True)
    ran = run_script(
        scripts()["Install kimplan"],
        forge.folder,
        PYTHON=sys.executable,
        RUNNER_TEMP=str(temp),
        GITHUB_ACTION_PATH=str(action),
        GITHUB_OUTPUT=str(output),
        HOME=str(forge.temp),
        **package_index,
    )
    assert ran.code == 0, ran
    name, _, python = output.read_text(encoding="utf-8").strip().partition("=")
    assert name == "python"
    assert Path(python).is_relative_to(temp)
    done = submit(forge, event("note"), KIMPLAN_PYTHON=python)
    assert done.code == 0, done
    assert forge.branches() == ["main", "plan-form/12"]


# Hostile forms


HOSTILE = [name for name in NAMES if name.startswith("hostile")]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_form_is_only_data(name: str, forge: Forge) -> None:
    done = submit(forge, event(name))
    assert done.code == 0, done
    assert not list(forge.folder.parent.rglob("pwned*"))
    for ran in done.ran.values():
        lines = (ran.stdout + ran.stderr).splitlines()
        assert [one for one in lines if one.lstrip().startswith("::set-output")] == []
        assert not any("##[" in one or "##vso[" in one for one in lines)
    assert done.outputs["number"] == "12"
    for call in forge.calls():
        arguments = " ".join(call.arguments)
        assert not [word for word in NEVER if word in arguments], call
        assert TOKEN not in arguments + (call.text or "")
    if done.outputs["outcome"] == "changed":
        assert done.outputs["ref"] == "REC2"
        assert forge.branches() == ["main", "plan-form/12"]
        names = git(forge.remote, "diff", "--name-only", "main", "plan-form/12")
        assert names == "plan/recommendations/REC2.yaml"
        said = git(forge.remote, "log", "-1", "--format=%an %ae %B", "plan-form/12")
        assert said == "kimplan form form@kimplan.invalid REC2: change from form #12"
    else:
        assert forge.branches() == ["main"]


def test_a_hostile_form_with_a_great_text_is_refused(forge: Forge, tmp_path: Path) -> None:
    for number, great in enumerate((65_537, 3_000_000)):
        issue = {"number": 12, "body": body({"ref": "REC2", "note": "x" * great})}
        file = write_file(tmp_path / f"{number}.json", json.dumps({"issue": issue}))
        submit(forge, file)
        assert forge.branches() == ["main"]
    first, second = (call.text or "" for call in forge.calls())
    assert "**The form is longer than a form can be.** Shorten the answers." in first
    assert "Something went wrong" in second


def test_a_text_of_signs_alone_fits_into_a_proposal(forge: Forge, tmp_path: Path) -> None:
    note = "@a#1 " * 3_000
    issue = {"number": 12, "body": body({"ref": "REC2", "note": note, "by": "Data Manager"})}
    done = submit(forge, write_file(tmp_path / "event.json", json.dumps({"issue": issue})))
    assert done.code == 0, done
    created = forge.calls()[0]
    assert len(created.text or "") < 30_000
    assert "@a" not in (created.text or "")
