"""``kimplan remind --format github``: shown without a token, and done with one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import (
    EVIDENCE,
    Ran,
    cli_environment,
    git,
    init_repository,
    make_record,
    run_cli,
    start_cli,
    to_yaml,
    write_file,
    write_plan,
)
from fake_forge import REPOSITORY, TOKEN, Answer, Call, Forge, error, forge_running, invalid

DAY = "--as-of=2024-05-31"
OWNERS = to_yaml(
    {
        "owners": [
            {"role": "Company Secretary", "handle": "@homes/board"},
            {"role": "Head of Repairs", "name": "Ann Other", "handle": "@ann"},
            {"role": "Data Manager"},
        ]
    }
)


@pytest.fixture
def forge() -> Iterator[Forge]:
    with forge_running() as running:
        yield running


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    init_repository(tmp_path)
    git(tmp_path, "remote", "add", "origin", "git@github.com:homes/plan.git")
    return write_plan(tmp_path, owners=OWNERS)


def workflow(forge: Forge) -> dict[str, str]:
    """Return what a workflow of the forge's repository has in its environment."""
    variables = {"GITHUB_API_URL": forge.url, "GITHUB_REPOSITORY": REPOSITORY}
    return variables | {"GITHUB_TOKEN": TOKEN}


def remind(plan: Path, *options: str, **variables: str) -> Ran:
    """Run the command beside `plan`, on the last day of May if no option says otherwise."""
    day = () if any(one.startswith("--as-of") for one in options) else (DAY,)
    return run_cli(["remind", "--format=github", *day, *options], plan.parent, **variables)


def test_without_a_token_it_says_what_it_would_do(plan: Path) -> None:
    ran = remind(plan)
    assert (ran.code, ran.stderr) == (0, "")
    assert ran.stdout == (
        "No token is given, so nothing was asked or changed. This is what would be done.\n"
        "\n"
        "Spotlight action plan: reminders for Head of Repairs\n"
        "Assigned to @ann.\n"
        "\n"
        "One thing is overdue, as of 31 May 2024.\n"
        "- REC2: Keep a register of every repair.\n"
        "\n"
        "Spotlight action plan: reminders for Data Manager\n"
        "owners.yaml has no handle for it, so nobody is told of it.\n"
        "\n"
        "One thing falls due soon, as of 31 May 2024.\n"
        "- REC3: Keep a register of every repair.\n"
        "\n"
        "Spotlight action plan: reminders for Company Secretary\n"
        "It calls @homes/board, a team.\n"
        "\n"
        "One thing is overdue, one falls due soon, and one waits to be verified, as of 31\n"
        "May 2024.\n"
        "- REC2: Keep a register of every repair.\n"
        "- REC3: Keep a register of every repair.\n"
        "- REC1: Keep a register of every repair.\n"
        "\n"
        "3 issues would be opened, or brought up to date. One for whom nothing is left\n"
        "would be closed.\n"
        "Give a token in KIMPLAN_FORGE_TOKEN, or in a workflow in GITHUB_TOKEN, to have\n"
        "it done.\n"
    )


def test_with_a_token_it_is_done(plan: Path, forge: Forge) -> None:
    ran = remind(plan, **workflow(forge))
    assert (ran.code, ran.stderr) == (0, "")
    assert ran.stdout == (
        "Opened #1 for Head of Repairs: https://github.com/homes/plan/issues/1\n"
        "Opened #2 for Data Manager: https://github.com/homes/plan/issues/2\n"
        "Opened #3 for Company Secretary: https://github.com/homes/plan/issues/3\n"
        "3 issues: 3 opened.\n"
    )
    link = "https://github.com/homes/plan/edit/main/plan/recommendations/REC2.yaml"
    assert f"[**REC2**](<{link}>)" in forge.issues[1]["body"]
    assert forge.issues[1]["body"].splitlines()[1] == "Dear Ann Other @ann,"
    assert forge.issues[3]["body"].splitlines()[1] == "Hello @homes/board,"
    assert TOKEN not in ran.stdout + str(forge.issues)


def test_the_same_run_changes_nothing_and_the_next_day_does(plan: Path, forge: Forge) -> None:
    remind(plan, **workflow(forge))
    forge.calls.clear()
    ran = remind(plan, **workflow(forge))
    assert ran.stdout.endswith("3 issues: 3 left as they were.\n")
    assert forge.changes == []
    ran = remind(plan, "--as-of=2024-06-03", **workflow(forge))
    assert ran.stdout.endswith("3 issues: 3 brought up to date.\n")
    assert forge.changes == ["PATCH /issues/1", "PATCH /issues/2", "PATCH /issues/3"]


def finish(plan: Path, ref: str, section: str) -> None:
    """Write the record `ref` as one that is done and verified."""
    done = {"completed": "2024-05-02", "verified": {"by": "Company Secretary", "on": "2024-05-03"}}
    text = make_record(ref=ref, section=section, rag="green", due=None, evidence=EVIDENCE, **done)
    write_file(plan / "recommendations" / f"{ref}.yaml", text)


def test_what_is_finished_is_closed(plan: Path, forge: Forge) -> None:
    remind(plan, **workflow(forge))
    finish(plan, "REC2", "governance")
    ran = remind(plan, **workflow(forge))
    assert ran.code == 0
    assert "Closed #1: Spotlight action plan: reminders for Head of Repairs\n" in ran.stdout
    assert forge.issues[1]["state"] == "closed"


def test_one_owner_is_one_issue(plan: Path, forge: Forge) -> None:
    remind(plan, **workflow(forge))
    ran = remind(plan, "--owner=head of repairs", "--as-of=2024-06-03", **workflow(forge))
    assert ran.stdout.endswith("1 issue: 1 brought up to date.\n")


def test_the_own_variable_comes_first_and_the_origin_last(plan: Path, forge: Forge) -> None:
    variables = {"GITHUB_TOKEN": "another's", "KIMPLAN_FORGE_TOKEN": TOKEN}
    ran = remind(plan, f"--api-url={forge.url}", "--repository=homes/plan", **variables)
    assert ran.code == 0
    assert len(forge.issues) == 3
    host = forge.url.removeprefix("http://")
    ran = remind(plan, f"--api-url={forge.url}", **variables)
    assert ran.code == 2
    assert f"the repository came from github.com, and the API is that of {host}" in ran.stderr
    git(plan.parent, "remote", "set-url", "origin", f"{forge.url}/homes/plan")
    assert remind(plan, f"--api-url={forge.url}", **variables).code == 0


def test_without_an_origin_the_repository_is_asked_for(plan: Path, forge: Forge) -> None:
    git(plan.parent, "remote", "remove", "origin")
    ran = remind(plan, GITHUB_TOKEN=TOKEN)
    assert ran.code == 2
    assert ran.stderr.splitlines() == [
        "kimplan: it is not known which repository the issues are for",
        "  hint: Write it as OWNER/NAME: --repository example-homes/action-plan.",
    ]
    assert remind(plan).code == 0


@pytest.mark.parametrize(
    ("options", "variables", "sentence"),
    [
        (["--send"], {}, "--send says nothing with --format github"),
        (["--output=mails"], {}, "--output says nothing with --format github"),
        (["--ledger=sent"], {}, "--ledger says nothing with --format github"),
        (["--sparing"], {}, "--sparing says nothing with --format github"),
        (["--format=json"], {}, "--format github goes with no other, and to no file"),
        (["--repository=plan"], {}, "--repository 'plan' is no repository's name"),
        (["--api-url=http://forge.example.org"], {}, "--api-url must begin with https://"),
        ([], {"GITHUB_TOKEN": "a b"}, "what GITHUB_TOKEN holds is no token"),
        ([], {"GITHUB_API_URL": "https://x.example?y"}, "--api-url may have no user"),
    ],
)
def test_a_slip_is_a_sentence(
    options: list[str], variables: dict[str, str], sentence: str, plan: Path
) -> None:
    ran = remind(plan, *options, **variables)
    assert ran.code == 2
    assert ran.stderr.startswith(f"kimplan: {sentence}")
    assert ran.stdout == ""


def test_a_wrong_token_is_a_sentence(plan: Path, forge: Forge) -> None:
    ran = remind(plan, **workflow(forge) | {"GITHUB_TOKEN": "ghp_wrong"})
    assert (ran.code, ran.stdout) == (2, "")
    assert ran.stderr.splitlines() == [
        "kimplan: the forge does not accept the token: Bad credentials",
        "  hint: Make a new one, and give it in KIMPLAN_FORGE_TOKEN; in a workflow, github.token.",
    ]


def test_a_token_without_rights_is_a_sentence(plan: Path, forge: Forge) -> None:
    forge.refuse("POST /(labels|issues)", error(403, "Resource not accessible by integration"))
    ran = remind(plan, **workflow(forge))
    assert (ran.code, ran.stdout) == (2, "0 issues; 3 not done.\n")
    assert ran.stderr.splitlines() == [
        "kimplan: the token may not do this in homes/plan: Resource not accessible by integration",
        "  hint: In a workflow: permissions: issues: write. A fine-grained token needs Issues: "
        "read and write.",
    ]


def test_what_was_done_and_what_not_is_said(plan: Path, forge: Forge) -> None:
    remind(plan, **workflow(forge))
    forge.refuse("PATCH /issues/2", invalid(code="custom", field="title", message="\x1b[31mNo"))
    forge.refuse("PATCH /issues/3", error(429, "Slow down", Retry_After="600"))
    ran = remind(plan, "--as-of=2024-06-03", **workflow(forge))
    assert ran.code == 2
    assert ran.stdout.endswith("1 issue: 1 brought up to date; 2 not done.\n")
    assert ran.stderr.splitlines() == [
        "kimplan: #2 of Data Manager: the forge does not take it: \\x1b[31mNo",
        "kimplan: the forge asks to wait for 10 minutes: Slow down",
        "  hint: Run the command again later: it goes on where it stopped.",
    ]


@pytest.mark.skipif(os.name == "nt", reason="signals are POSIX's")
def test_whoever_interrupts_is_told_what_was_done(
    plan: Path, forge: Forge, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_reached, may_go_on, usual = threading.Event(), threading.Event(), forge.answer

    def answer(call: Call) -> Answer:
        if str(call) == "POST /issues" and forge.issues:
            is_reached.set()
            may_go_on.wait(60)
        return usual(call)

    monkeypatch.setattr(forge, "answer", answer)
    process = subprocess.Popen(
        [sys.executable, "-m", "kimplan", "remind", "--format=github", DAY],
        cwd=plan.parent, env=cli_environment(**workflow(forge)), text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert is_reached.wait(60)
    process.send_signal(signal.SIGINT)
    told, said = process.communicate(timeout=60)
    may_go_on.set()
    assert process.returncode == 130
    assert told == (
        "Opened #1 for Head of Repairs: https://github.com/homes/plan/issues/1\n"
        "1 issue: 1 opened; 2 not done.\n"
    )
    assert said.startswith("kimplan: interrupted: the issue of Data Manager may be done or not\n")


def test_a_short_wait_is_waited_for(plan: Path, forge: Forge) -> None:
    forge.refuse("GET /issues", error(429, "Slow down", Retry_After="0"), times=2)
    assert remind(plan, **workflow(forge)).code == 0


def test_a_forge_that_is_not_there_is_a_sentence(plan: Path, forge: Forge) -> None:
    ran = remind(plan, **workflow(forge) | {"GITHUB_API_URL": "http://127.0.0.1:1"})
    assert ran.code == 2
    assert ran.stderr.startswith("kimplan: http://127.0.0.1:1 cannot be reached: ")


def test_a_plan_with_errors_is_not_told(plan: Path, forge: Forge) -> None:
    (plan / "recommendations" / "REC2.yaml").write_text("ref: [", encoding="utf-8")
    ran = remind(plan, **workflow(forge))
    assert ran.code == 1
    assert forge.calls == []


def test_several_plans_are_one_issue_a_role(tmp_path: Path, forge: Forge) -> None:
    init_repository(tmp_path)
    for name in ("north", "south"):
        (tmp_path / name).mkdir()
        write_plan(tmp_path / name, owners=OWNERS)
    ran = run_several(tmp_path, forge)
    assert (ran.code, ran.stderr) == (0, "")
    assert len(forge.issues) == 3
    body = forge.issues[1]["body"]
    assert "**north REC2**" in body
    assert "**south REC2**" in body

    # A plan that cannot be read takes nothing away: what it may ask is said to be missing.
    (tmp_path / "south/plan/recommendations/REC2.yaml").write_text("ref: [", encoding="utf-8")
    finish(tmp_path / "north" / "plan", "REC3", "repairs")
    ran = run_several(tmp_path, forge)
    assert ran.code == 1
    assert "south: the plan is left out, because it has errors" in ran.stderr
    assert [one["state"] for one in forge.issues.values()] == ["open", "open", "open"]
    assert "**south REC3**" in forge.issues[2]["body"]
    assert "What south may ask is missing here: it could not be read." in forge.issues[3]["body"]


def run_several(folder: Path, forge: Forge) -> Ran:
    arguments = ["remind", "--format=github", "--plans=.", DAY]
    return run_cli(arguments, folder, **workflow(forge))


# On a terminal


@pytest.mark.skipif(os.name == "nt", reason="pseudo-terminals are POSIX's")
@pytest.mark.parametrize(
    ("typed", "code", "end"),
    [
        ("y\n", 0, "3 issues: 1 brought up to date, 1 closed, 1 left as they were.\n"),
        ("\n", 0, "kimplan: Nothing was changed.\n"),
        ("\x04", 2, "nobody answered; nothing was changed\n  hint: Add --yes to do it.\n"),
    ],
)
def test_on_a_terminal_it_shows_and_asks(
    typed: str, code: int, end: str, plan: Path, forge: Forge
) -> None:
    remind(plan, **workflow(forge))
    finish(plan, "REC2", "governance")
    forge.calls.clear()
    ended, said = on_terminal(plan.parent, typed, **workflow(forge))
    assert ended == code
    shown, question, _ = said.partition("Do this in homes/plan? [y/N] ")
    assert question
    assert shown.rpartition("In homes/plan:\n")[2] == (
        "- leave #2 as it is, of Data Manager\n"
        "- bring up to date #3, of Company Secretary\n"
        "- close #1: Spotlight action plan: reminders for Head of Repairs\n"
    )
    assert said.endswith(end)
    assert forge.changes == ([] if typed != "y\n" else ["PATCH /issues/3", "PATCH /issues/1"])


@pytest.mark.skipif(os.name == "nt", reason="pseudo-terminals are POSIX's")
def test_on_a_terminal_it_asks_nothing_with_yes(plan: Path, forge: Forge) -> None:
    code, said = on_terminal(plan.parent, "", "--yes", **workflow(forge))
    assert code == 0
    assert "[y/N]" not in said
    assert said.endswith("3 issues: 3 opened.\n")


def on_terminal(folder: Path, typed: str, *options: str, **variables: str) -> tuple[int, str]:
    """Return the exit code of the command on a terminal, and what appears there."""
    import pty

    ours, theirs = pty.openpty()
    os.write(ours, typed.encode())
    arguments = ["remind", "--format=github", DAY, *options]
    wait = start_cli(arguments, folder, theirs, theirs, theirs, **variables)
    os.close(theirs)
    said = b""
    try:
        while more := os.read(ours, 65_536):
            said += more
    except OSError:  # nobody has the terminal open any more
        pass
    os.close(ours)
    return wait(), said.decode().replace("\r\n", "\n")
