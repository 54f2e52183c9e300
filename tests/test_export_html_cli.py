"""``kimplan export html``: where the page goes, what is never in it, and when there is none."""

from __future__ import annotations

import os
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from conftest import (
    REPOSITORY,
    SHIPPED_PLAN,
    commit_all,
    git,
    make_record,
    make_repository,
    make_settings,
    run_cli,
    small_records,
    to_yaml,
    write_plan,
)

DAY = ("--as-of", "2024-05-31")
SECRETS = {
    "name": "Zebedee Quill",
    "email": "zq@people.example",
    "handle": "@zquill",
    "note": "Hush-note",
    "by": "Nora Noter",
    "checked": "Vera Verifier",
    "reason": "Hush-reason",
    "agreed": "Agatha Agreer",
    "own": "Hush-field",
    "record": "Hush-record",
    "ref": "REC9",
    "path": "hush/path.pdf",
    "author": "Gita Author",
}


class Text(HTMLParser):
    """The words of a page, and its tables as lists of rows of cells."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tables: list[list[list[str]]] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self._is_cell = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.ids += [given["id"] or ""] if "id" in given else []
        self.links += [given["href"] or ""] if tag == "a" else []
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in {"td", "th"}:
            self._is_cell = True
            self.tables[-1][-1].append("")
        elif tag in {"p", "li"} and self._is_cell:
            self.tables[-1][-1][-1] += "\n"

    def handle_data(self, data: str) -> None:
        if self._is_cell:
            self.tables[-1][-1][-1] += data

    def handle_endtag(self, tag: str) -> None:
        self._is_cell = self._is_cell and tag not in {"td", "th"}

    def cells(self) -> list[list[list[str]]]:
        return [[[cell.strip() for cell in row] for row in table] for table in self.tables]


def page_of(folder: Path) -> str:
    return (folder / "site" / "index.html").read_bytes().decode("utf-8")


def secret_plan(folder: Path) -> Path:
    """Write a plan with secrets wherever something internal may stand, and commit it."""
    record = make_record(
        rag="green",
        response=f"{SECRETS['name']} ({SECRETS['email']}, {SECRETS['handle']}) did it; REC9 too.",
        completed="2024-05-01",
        evidence=[
            {"title": f"Note by {SECRETS['name']}", "link": "https://example.org/note"},
            {"title": "Inside", "link": SECRETS["path"]},
        ],
        verified={"by": SECRETS["checked"], "on": "2024-05-02"},
        progress=[{"on": "2024-05-01", "by": SECRETS["by"], "note": SECRETS["note"]}],
        revisions=[
            {
                "from": "2024-03", "to": "2024-07", "reason": SECRETS["reason"],
                "agreed_by": SECRETS["agreed"], "on": "2024-03-01",
            }
        ],
        fields={"paper": SECRETS["own"], "level": "High"},
    )  # fmt: skip
    hidden = make_record(
        ref="REC9", title=SECRETS["record"], due="2020-01", publish="false", fields={"level": "Low"}
    )
    instead = make_record(
        ref="REC3", rag="not-applicable", due=None, superseded_by="REC9", fields={"level": "Low"}
    )
    names = ("ref", "recommendation", "response", "rag", "due", "owners", "verified", "progress")
    settings = make_settings(
        fields=[
            {"id": "paper", "label": "Paper", "publish": "false"},
            {"id": "level", "label": "Level"},
        ],
        columns=[
            {"field": name, "label": name.removeprefix("fields.").title()}
            for name in (*names, "fields.paper", "fields.level")
        ],
        report={"latest_progress": "true"},
    )
    owner = {"role": "Company Secretary"} | {
        name: SECRETS[name] for name in ("name", "email", "handle")
    }
    owners = to_yaml({"owners": [owner]}).replace("handle: @zquill", 'handle: "@zquill"')
    plan = write_plan(
        folder,
        records={"REC1": record, "REC3": instead, "REC9": hidden},
        settings=settings,
        owners=owners,
    )
    (folder / "hush").mkdir()
    (folder / "hush" / "path.pdf").write_bytes(b"")
    commit_by_author(folder)
    return plan


def commit_by_author(folder: Path) -> None:
    """Commit everything in a new repository as somebody whose name is a secret."""
    make_repository(folder)
    author = f"{SECRETS['author']} <gita@people.example>"
    git(folder, "commit", "--quiet", "--amend", "--no-edit", "--author", author)
    assert git(folder, "log", "--format=%an") == SECRETS["author"]


def test_no_secret_is_among_the_bytes(tmp_path: Path) -> None:
    secret_plan(tmp_path)
    ran = run_cli(["export", "html", *DAY, "--output", "site/"], tmp_path)
    assert ran.code == 0, ran.stderr
    assert ran.stdout == (
        f"Wrote {Path('site', 'index.html')}: 2 recommendations, 1 green, 0 amber, 0 red, "
        "1 not applicable.\n"
    )
    assert ran.stderr == (
        "kimplan: not for publication: REC9\n"
        "kimplan: e-mail addresses were taken out: REC1 response\n"
        "kimplan: names on the forge were taken out: REC1 response\n"
        "kimplan: names of people were taken out: REC1 response, REC1 evidence 1 title\n"
        "kimplan: refs of unpublished recommendations were taken out: REC1 response\n"
        "kimplan: links to files in the repository were taken out: REC1 evidence 2 link\n"
    )
    page = page_of(tmp_path)
    folded = page.casefold()
    assert {name for name, one in SECRETS.items() if one.casefold() in folded} == set()
    assert {word for word in ("zebedee", "quill", "hush", "mailto", "2020") if word in folded} == (
        set()
    )
    assert Text(page).cells() == [
        [
            ["Ref", "Recommendation", "Response", "Rag", "Due", "Owners", "Level", "Evidence"],
            [
                "REC1",
                "Keep a register of every repair.",
                "[name removed] ([address removed], [name removed]) did it; [not published] too.",
                "GREEN",
                "Compliant",
                "Company Secretary",
                "High",
                "Note by [name removed]\nInside",
            ],
            [
                "REC3",
                "Keep a register of every repair.",
                "The register is being built.",
                "Not Applicable",
                "–",
                "Company Secretary",
                "Low",
                "–",
            ],
        ]
    ]


def test_the_page_of_the_shipped_plan(tmp_path: Path) -> None:
    arguments = ["export", "html", "--plan", str(SHIPPED_PLAN), *DAY]
    ran = run_cli(arguments, tmp_path)
    name = (
        "Westward Housing Group - Knowledge and Information Management (KIM) report - public - "
        "2024-05-31.html"
    )
    assert ran == (
        0,
        f"Wrote {name}: 21 recommendations, 8 green, 10 amber (6 overdue), 0 red, "
        "3 not applicable.\n",
        "",
    )
    first = (tmp_path / name).read_bytes()
    found = Text(first.decode("utf-8"))
    assert [len(table) - 1 for table in found.cells()] == [6, 4, 4, 4, 3]
    assert {f"REC{at}" for at in range(1, 22)} <= set(found.ids)
    assert len(set(found.ids)) == len(found.ids)
    assert all(link[1:] in found.ids for link in found.links)
    run_cli(arguments, tmp_path)
    assert (tmp_path / name).read_bytes() == first


def test_the_page_of_a_welsh_plan(tmp_path: Path) -> None:
    write_plan(tmp_path, settings=make_settings(language="cy"))
    run_cli(["export", "html", *DAY, "-o", "site/"], tmp_path)
    page = page_of(tmp_path)
    assert '<html lang="cy-GB">' in page
    assert "Neidio i&#39;r prif gynnwys" in page
    assert "Sefyllfa ar 31 Mai 2024" in page or "31 Mai 2024" in page
    assert not re.search(r"\b(Skip|Position|Sections)\b", page)


def test_several_plans_on_a_page(tmp_path: Path) -> None:
    for name in ("north", "south & west"):
        write_plan(tmp_path / name, settings=make_settings(organisation=name))
    ran = run_cli(["export", "html", "--plans", ".", *DAY, "-o", "site/"], tmp_path)
    assert ran.code == 0, ran.stderr
    assert ran.stdout == f"Wrote {Path('site', 'index.html')}: 2 plans, 6 recommendations.\n"
    found = Text(page_of(tmp_path))
    assert {"north--REC1", "south-west--REC1", "south-west--section--repairs"} <= set(found.ids)
    assert len(set(found.ids)) == len(found.ids)
    assert all(link[1:] in found.ids for link in found.links if link.startswith("#"))


@pytest.mark.parametrize("form", ["html", "csv"])
def test_a_text_that_names_who_changed_the_files(form: str, tmp_path: Path) -> None:
    text = f"{SECRETS['author']} did it."
    write_plan(tmp_path, records=small_records() | {"REC1": make_record(response=text)})
    commit_by_author(tmp_path)
    ran = run_cli(["export", form, "--for", "public", *DAY, "-o", f"x.{form}"], tmp_path)
    assert ran.code == 0, ran.stderr
    assert ran.stderr == (
        "kimplan: left as it is, look whether it names somebody: "
        f"REC1 response (“{SECRETS['author']}”)\n"
    )


@pytest.mark.parametrize("audience", ["public", "board"])
def test_a_plan_with_errors_has_no_page(audience: str, tmp_path: Path) -> None:
    write_plan(tmp_path, records=small_records() | {"REC1": make_record(due="never")})
    ran = run_cli(["export", "html", "--for", audience, "-o", "site/"], tmp_path)
    assert (ran.code, ran.stdout) == (1, "")
    assert ran.stderr.endswith("kimplan: nothing was written, because the plan has errors\n")
    assert os.listdir(tmp_path) == ["plan"]


@pytest.mark.parametrize(
    ("audience", "said"),
    [
        ("public", "One other plan cannot be shown at present."),
        ("board", "Left out: south."),
    ],
)
def test_a_broken_plan_hides_no_other_and_the_page_says_it(
    audience: str, said: str, tmp_path: Path
) -> None:
    write_plan(tmp_path / "north")
    write_plan(tmp_path / "south", records={"REC1": make_record(due="never")})
    ran = run_cli(["export", "html", "--for", audience, "--plans", ".", "-o", "x.html"], tmp_path)
    assert (ran.code, ran.stdout.splitlines()) == (
        1,
        ["Wrote x.html: 3 recommendations, 1 green, 1 amber (1 overdue), 1 red (1 overdue), "
         "0 not applicable."],
    )  # fmt: skip
    assert "kimplan: south: the plan is left out, because it has errors\n" in ran.stderr
    page = (tmp_path / "x.html").read_text("utf-8")
    assert f'<p class="remark">{said}</p>' in page
    assert ("south" in page) is (audience == "board")


def test_facts_of_the_future_have_no_page(tmp_path: Path) -> None:
    late = make_record(rag="green", due=None, completed="2099-12-01")
    write_plan(tmp_path, records={"REC1": late})
    ran = run_cli(["export", "html", "-o", "x.html"], tmp_path)
    assert ran.code == 1
    assert "KP706" in ran.stderr
    assert ran.stderr.endswith("nothing was written, because facts are not in the future\n")
    assert not (tmp_path / "x.html").exists()


def test_a_plan_of_which_nothing_is_for_publication(tmp_path: Path) -> None:
    write_plan(tmp_path, records={"REC1": make_record(publish="false")})
    ran = run_cli(["export", "html", "-o", "x.html"], tmp_path)
    assert ran == (
        2,
        "",
        "kimplan: nothing of the plan is for publication\n"
        "  hint: Each of its records says publish: false.\n",
    )


def test_a_plan_among_several_of_which_nothing_is_for_publication(tmp_path: Path) -> None:
    write_plan(tmp_path / "north", settings=make_settings(title="Northern plan"))
    write_plan(
        tmp_path / "south",
        records={"REC1": make_record(publish="false")},
        settings=make_settings(title="Southern plan"),
    )
    ran = run_cli(["export", "html", "--plans", ".", *DAY, "-o", "site/"], tmp_path)
    assert (ran.code, ran.stderr) == (
        0,
        "kimplan: south: left out, because nothing of the plan is for publication\n",
    )
    page = page_of(tmp_path)
    assert "Northern plan" in page
    assert "south" not in page.casefold()


@pytest.mark.parametrize(
    ("output", "said"),
    [
        ("plan/page.html", "plan/page.html is inside the plan"),
        ("plan/", "plan/index.html is inside the plan"),
        ("page.htm", "page.htm does not end with .html"),
        ("none/page.html", "cannot write none/page.html: there is no folder none"),
        ("none/site/", "cannot write into the folder none/site: there is no such file or folder"),
        ("file.html/", "file.html is a file, not a folder"),
        ("link.html", "cannot write link.html: it is a link or a device, not a file"),
        ("", ". is a folder"),
    ],
)
def test_where_no_page_can_be_written(output: str, said: str, tmp_path: Path) -> None:
    write_plan(tmp_path)
    (tmp_path / "file.html").write_text("mine")
    (tmp_path / "link.html").symlink_to("file.html")
    before = sorted(tmp_path.rglob("*"))
    ran = run_cli(["export", "html", "--output", output], tmp_path)
    assert (ran.code, ran.stdout) == (2, "")
    assert ran.stderr.startswith(f"kimplan: {said}\n"), ran.stderr
    assert sorted(tmp_path.rglob("*")) == before
    assert (tmp_path / "file.html").read_text() == "mine"


def test_an_existing_folder_needs_no_slash_and_keeps_its_files(tmp_path: Path) -> None:
    write_plan(tmp_path)
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "logo.svg").write_text("mine")
    assert run_cli(["export", "html", "-o", "site"], tmp_path).code == 0
    assert sorted(os.listdir(tmp_path / "site")) == ["index.html", "logo.svg"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--for", "staff"], "--for 'staff' is no audience of a page"),
        (["--since", "HEAD"], "the page for the public has no changes since a meeting"),
        (["--as-of", "May"], "--as-of 'May' is not a day"),
    ],
)
def test_what_cannot_be_asked(arguments: list[str], said: str, tmp_path: Path) -> None:
    write_plan(tmp_path)
    ran = run_cli(["export", "html", *arguments], tmp_path)
    assert ran.code == 2
    assert ran.stderr.startswith(f"kimplan: {said}\n")
    assert os.listdir(tmp_path) == ["plan"]


def test_the_page_of_an_earlier_state(tmp_path: Path) -> None:
    plan = write_plan(tmp_path)
    make_repository(tmp_path)
    git(tmp_path, "tag", "first")
    for file in (plan / "recommendations").glob("REC[23].yaml"):
        file.unlink()
    commit_all(tmp_path)
    run_cli(["export", "html", "-o", "site/", "--at", "first"], tmp_path)
    assert {"REC1", "REC2", "REC3"} <= set(Text(page_of(tmp_path)).ids)
    run_cli(["export", "html", "-o", "site/", *DAY], tmp_path)
    assert "REC2" not in Text(page_of(tmp_path)).ids


def test_the_page_has_no_path_of_this_machine(tmp_path: Path) -> None:
    write_plan(tmp_path)
    run_cli(["export", "html", "-o", "site/"], tmp_path)
    page = page_of(tmp_path)
    assert str(tmp_path) not in page
    assert str(REPOSITORY) not in page
