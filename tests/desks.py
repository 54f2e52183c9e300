"""Folders in which the commands of the documents are typed: what each page takes for granted."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import docx
from conftest import (
    NO_UPKEEP,
    REPOSITORY,
    SHIPPED_PLAN,
    cli_environment,
    init_repository,
    made_once,
    run_cli,
    write_file,
    write_plan,
)
from word_copies import WordCopy

Desk: TypeAlias = Callable[[Path], None]


def _git(folder: Path, day: str, *arguments: str) -> None:
    identity = {
        f"GIT_{who}_{what}": value
        for who in ("AUTHOR", "COMMITTER")
        for what, value in (
            ("NAME", "A. Tester"),
            ("EMAIL", "tester@example.org"),
            ("DATE", f"{day}T12:00:00+00:00"),
        )
    }
    subprocess.run(
        ["git", *arguments],
        cwd=folder,
        env=cli_environment(**identity, **NO_UPKEEP),
        capture_output=True,
        timeout=60,
        check=True,
    )


def _commit(folder: Path, day: str) -> None:
    _git(folder, day, "add", "--all")
    _git(folder, day, "commit", "--quiet", "--message", f"The plan of {day}")


def _note(folder: Path, ref: str, day: str) -> None:
    path = folder / "plan" / "recommendations" / f"{ref}.yaml"
    text = path.read_text(encoding="utf-8")
    write_file(path, f"{text}progress:\n  - on: {day}\n    note: The form is live.\n")


def board(folder: Path) -> None:
    """Put the shipped plan into `folder`, with three board meetings and an origin to push to."""
    made_once("a desk with three meetings", folder, _board)
    _git(folder, "2024-05-31", "remote", "add", "origin", str(folder / ".git" / "origin.git"))
    _git(folder, "2024-05-31", "push", "--quiet", "--set-upstream", "origin", "main")


def _board(folder: Path) -> None:
    init_repository(folder)
    shutil.copytree(SHIPPED_PLAN, folder / "plan")
    shutil.copytree(REPOSITORY / "templates", folder / "templates")
    _commit(folder, "2024-01-15")
    for number, (ref, day) in enumerate(
        {"REC12": "2024-02-28", "REC8": "2024-03-20", "REC10": "2024-05-30"}.items()
    ):
        _note(folder, ref, day)
        _commit(folder, day)
        mark = ("board-2024-02", "board-2024-03", "board-2024-05")[number]
        _git(folder, day, "tag", "--annotate", mark, "--message", "Papers for the board")
    _git(folder, "2024-05-31", "init", "--quiet", "--bare", ".git/origin.git")


def with_report(folder: Path) -> None:
    """Put a report of that plan beside it, under the names that the pages give it."""
    board(folder)
    ran = run_cli(["report", "--as-of", "2024-05-31", "--output", "board.docx"], folder)
    assert ran.code == 0, ran.stderr
    shutil.copy(folder / "board.docx", folder / "report.docx")


def before_the_first_meeting(folder: Path) -> None:
    """Put a report beside that plan, and take the mark of the first meeting away."""
    with_report(folder)
    _git(folder, "2024-05-31", "tag", "--delete", "board-2024-02")


def begun(folder: Path) -> None:
    """Begin a plan as its owner would."""
    ran = run_cli(["init", "--organisation", "Example Homes", "--no-git"], folder)
    assert ran.code == 0, ran.stderr


def with_own_field(folder: Path) -> None:
    """Give that plan the own field that the pages speak of."""
    with_report(folder)
    settings = folder / "plan" / "plan.yaml"
    field = "  - id: priority\n    label: Priority\n    type: choice\n    choices: [High, Low]\n"
    text = settings.read_text(encoding="utf-8")
    write_file(settings, f"{text}\nfields:\n{field}")
    record = folder / "plan" / "recommendations" / "REC6.yaml"
    write_file(record, f"{record.read_text(encoding='utf-8')}fields:\n  priority: High\n")


def with_drafts(folder: Path) -> None:
    """Put two files of that plan beside it, as an editor holds them."""
    board(folder)
    shutil.copy(folder / "plan" / "recommendations" / "REC6.yaml", folder / "draft.yaml")
    shutil.copy(folder / "plan" / "owners.yaml", folder / "owners.yaml")


def with_landlords(folder: Path) -> None:
    """Put plans of several landlords beside that one."""
    board(folder)
    for name in ("landlords/north", "landlords/south", "north", "south"):
        write_plan(folder / name)
    _commit(folder, "2024-05-31")


def with_edited_copies(folder: Path) -> None:
    """Put a report beside that plan to which somebody has added a line in Word."""
    with_report(folder)
    copy = WordCopy(folder / "board.docx")
    copy.add("REC2", 2, "- Data Ownership")
    copy.save(folder / "board pack.docx")
    for name in ("anna", "ben"):
        shutil.copy(folder / "board.docx", folder / f"{name}.docx")


def with_word_table(folder: Path) -> None:
    """Write the Word table of docs/import.md, in two parts, with two dates that are unclear."""
    titles = (
        "Ref", "Ombudsman Recommendation", "Response", "RAG rating",
        "Est Comp Date for Red/Amber", "Lead", "Priority",
    )  # fmt: skip
    document = docx.Document()
    for first, last in ((1, 10), (11, 26)):
        table = document.add_table(rows=1, cols=len(titles))
        for cell, title in zip(table.rows[0].cells, titles, strict=True):
            cell.text = title
        for number in range(first, last + 1):
            for cell, words in zip(table.add_row().cells, _row(number), strict=True):
                cell.text = words
        document.add_paragraph("")
    document.save(str(folder / "board-plan.docx"))


def _row(number: int) -> tuple[str, ...]:
    due = {12: "March 24", 17: "03/04/24"}.get(number, "July 2024")
    return (
        f"REC{number}",
        "Define the oversight role of governance for knowledge.",
        "Governance for knowledge and information management is in place.",
        "GREEN" if number == 1 else "AMBER",
        due,
        "Communications Manager",
        "High",
    )


def with_owners_date(folder: Path) -> None:
    """Write a date into REC6 as people write it."""
    board(folder)
    record = folder / "plan" / "recommendations" / "REC6.yaml"
    text = record.read_text(encoding="utf-8")
    write_file(record, text.replace("due: 2024-07\n", "due: 31/07/2024\n"))


def empty(folder: Path) -> None:
    """Leave the folder empty."""
