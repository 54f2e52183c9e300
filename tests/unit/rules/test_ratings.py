from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from conftest import EVIDENCE, git, lint_record, make_record, make_settings, write_file

ADDRESS = "  hint: Write the whole address: https://….\n"
PATH = "  hint: Correct the path, which begins at the top of the repository, or add the file.\n"
ON_A_DRIVE = (
    "this is a place on a drive or a computer, which others cannot open\n"
    "  hint: Delete this line: it is evidence without a link too. "
    "Or add the file to the repository.\n"
)
WINDOWS = "  hint: Write a path from the top of the repository, with /: evidence/policy.pdf.\n"
needs_links = pytest.mark.skipif(os.name == "nt", reason="Windows needs rights for links")


def green(**fields: Any) -> str:
    return make_record(rag="green", due=None, **fields)


def linked(link: str) -> str:
    return green(evidence=[{"title": "Policy", "link": link}])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with evidence in it."""
    (tmp_path / "evidence").mkdir()
    write_file(tmp_path / "evidence" / "policy v3.pdf", "x")
    write_file(tmp_path / "evidence" / "100%.pdf", "x")
    return tmp_path


class TestGreenWithoutEvidence:
    @pytest.mark.parametrize("evidence", [None, []])
    def test_a_green_needs_evidence(self, evidence: list[str] | None, tmp_path: Path) -> None:
        assert lint_record(tmp_path, green(evidence=evidence)) == (
            "5:1: warning KP303 REC1 is green but has no evidence\n"
            "  hint: Add 'evidence:' and below it '  - title: …' and '    link: …'.\n"
        )

    def test_evidence_needs_no_link(self, tmp_path: Path) -> None:
        assert lint_record(tmp_path, green(evidence=[{"title": "The register itself"}])) == ""

    @pytest.mark.parametrize("fields", [{}, {"rag": "red"}, {"rag": "not-applicable", "due": None}])
    def test_no_other_rating_needs_evidence(self, fields: dict[str, Any], tmp_path: Path) -> None:
        assert lint_record(tmp_path, make_record(**fields)) == ""


class TestMissingEvidence:
    @pytest.mark.parametrize(
        "link",
        [
            "evidence/policy v3.pdf",
            "evidence/100%.pdf",
            "./evidence/policy v3.pdf",
            "plan/../evidence/policy v3.pdf",
            "evidence//policy v3.pdf",
            "evidence",
            "evidence/",
            "plan/plan.yaml",
        ],
    )
    def test_what_is_in_the_repository_is_evidence(self, link: str, folder: Path) -> None:
        assert lint_record(folder, linked(link)) == ""

    @pytest.mark.parametrize(
        "link",
        [
            "evidence/Policy.pdf",
            "policy v3.pdf",
            "evidence/policy%20v3.pdf",
            "evidence/policy v3.pdf/",
            "evidence/policy v3.pdf#page=2",
            "/evidence/policy v3.pdf",
            "/etc/passwd",
            "~/policy.pdf",
            "../secret.pdf",
            "evidence/../../secret.pdf",
            "..",
            "see the minutes of 2 July",
            "x" * 2_000,
            "x/" * 999,
        ],
    )
    def test_what_is_not_in_the_repository_is_told(self, link: str, folder: Path) -> None:
        (folder / "repository").mkdir()
        write_file(folder / "secret.pdf", "x")
        os.rename(folder / "evidence", folder / "repository" / "evidence")
        shown = link if len(link) <= 60 else f"{link[:59]}…"
        assert lint_record(folder / "repository", linked(link)) == (
            f"10:11: error KP304 the evidence '{shown}' is not in the repository\n{PATH}"
        )

    @pytest.mark.parametrize("link", ["example.org/policy", "www2.example.co.uk"])
    def test_what_looks_like_a_web_address_is_told_so(self, link: str, folder: Path) -> None:
        assert lint_record(folder, linked(link)) == (
            f"10:11: error KP304 the evidence '{link}' is not in the repository\n"
            f"  hint: If it is a web address, write https://{link}; "
            f"if it is a path, add the file.\n   10 +     link: https://{link}\n"
        )

    @pytest.mark.parametrize(
        "link",
        [
            "C:\\Policies\\policy.pdf",
            "C:/Policies/policy.pdf",
            "C:policy.pdf",
            "\\\\server\\share\\policy.pdf",
        ],
    )
    def test_a_place_on_a_drive_is_told_as_one(self, link: str, folder: Path) -> None:
        assert lint_record(folder, linked(link)) == f"10:11: error KP304 {ON_A_DRIVE}"

    def test_a_path_of_windows_is_told_with_how_it_is_written(self, folder: Path) -> None:
        link = "evidence\\policy v3.pdf"
        assert lint_record(folder, linked(link)) == (
            f"10:11: error KP304 the evidence '{link}' is not in the repository\n{WINDOWS}"
        )

    @needs_links
    def test_a_link_that_leaves_the_repository_is_no_evidence(
        self, folder: Path, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        outside = write_file(tmp_path_factory.mktemp("outside") / "policy.pdf", "x")
        (folder / "evidence" / "linked.pdf").symlink_to(outside)
        (folder / "evidence" / "folder").symlink_to(outside.parent)
        (folder / "evidence" / "inside.pdf").symlink_to("policy v3.pdf")
        (folder / "evidence" / "nowhere.pdf").symlink_to("nothing")
        (folder / "evidence" / "loop.pdf").symlink_to("loop.pdf")
        names = ["linked.pdf", "folder/policy.pdf", "inside.pdf", "nowhere.pdf", "loop.pdf"]
        evidence = [{"title": name, "link": f"evidence/{name}"} for name in names]
        said = lint_record(folder, green(evidence=evidence))
        assert said.splitlines()[::2] == [
            "10:11: error KP304 the evidence 'evidence/linked.pdf' is not in the repository",
            "12:11: error KP304 the evidence 'evidence/folder/policy.pdf' is not in the repository",
            "16:11: error KP304 the evidence 'evidence/nowhere.pdf' is not in the repository",
            "18:11: error KP304 the evidence 'evidence/loop.pdf' is not in the repository",
        ]

    def test_a_path_begins_at_the_top_of_the_repository_or_beside_the_plan(
        self, tmp_path: Path
    ) -> None:
        git(tmp_path, "init", "--quiet")
        below = tmp_path / "housing"
        below.mkdir()
        write_file(tmp_path / "top.pdf", "x")
        write_file(below / "beside.pdf", "x")
        evidence = [
            {"title": "A", "link": link}
            for link in ("top.pdf", "beside.pdf", "housing/beside.pdf", "../top.pdf", "nowhere.pdf")
        ]
        said = lint_record(below, green(evidence=evidence))
        assert [line.split(" is ")[0] for line in said.splitlines()[::2]] == [
            "16:11: error KP304 the evidence '../top.pdf'",
            "18:11: error KP304 the evidence 'nowhere.pdf'",
        ]

    def test_evidence_of_any_rating_is_looked_up(self, tmp_path: Path) -> None:
        text = make_record(evidence=[{"title": "A", "link": "a.pdf"}])
        assert lint_record(tmp_path, text).startswith("11:11: error KP304 the evidence 'a.pdf'")


class TestNotAWebAddress:
    @pytest.mark.parametrize(
        "link",
        [
            "https://example.org",
            "http://example.org/policy?id=1#top",
            "HTTPS://EXAMPLE.ORG",
            "https://example.org:8080/a%20b",
            "https://user@example.org/a(b)",
            "https://é.example.org/ŵ",
        ],
    )
    def test_a_web_address_is_one(self, link: str, tmp_path: Path) -> None:
        assert lint_record(tmp_path, linked(link)) == ""

    @pytest.mark.parametrize(
        "link",
        [
            "Minutes: 2 July.pdf",
            "evidence:policy.pdf",
        ],
    )
    def test_another_address_is_told(self, link: str, tmp_path: Path) -> None:
        assert lint_record(tmp_path, linked(link)) == (
            f"10:11: error KP305 the link '{link}' is no web address\n{ADDRESS}"
        )

    def test_an_address_of_a_file_is_a_place_on_a_computer(self, tmp_path: Path) -> None:
        said = lint_record(tmp_path, linked("file:///etc/passwd"))
        assert said == f"10:11: error KP305 {ON_A_DRIVE}"

    @pytest.mark.parametrize(
        ("link", "is_address"),
        [
            ("https://example.org/report", True),
            ("report.pdf", False),
            ("teams:report", False),
        ],
    )
    def test_the_link_of_the_source_is_one_too(
        self, link: str, is_address: bool, tmp_path: Path
    ) -> None:
        settings = make_settings(source={"title": "Spotlight", "link": link})
        told = f"plan/plan.yaml:11:9: error KP305 the link '{link}' is no web address\n{ADDRESS}"
        said = lint_record(tmp_path, make_record(), settings=settings)
        assert said == ("" if is_address else told)

    def test_the_link_of_the_source_is_no_path(self, folder: Path) -> None:
        settings = make_settings(source={"title": "Spotlight", "link": "evidence/policy v3.pdf"})
        assert lint_record(folder, make_record(), settings=settings) == (
            "plan/plan.yaml:11:9: error KP305 the link 'evidence/policy v3.pdf' is no web "
            f"address\n{ADDRESS}"
        )


class TestCompletedWhileOpen:
    @pytest.mark.parametrize("rag", ["amber", "red"])
    def test_an_open_record_claims_nothing(self, rag: str, tmp_path: Path) -> None:
        verified = {"by": "Company Secretary", "on": "2024-08-02"}
        text = make_record(rag=rag, completed="2024-07-19", verified=verified)
        assert lint_record(tmp_path, text) == (
            f"9:1: error KP306 REC1 is {rag} but claims to be completed\n"
            "  hint: Write 'rag: green', or delete 'completed'.\n"
            f"10:1: error KP306 REC1 is {rag} but claims to be verified\n"
            "  hint: Write 'rag: green', or delete 'verified'.\n"
        )

    @pytest.mark.parametrize("rag", ["green", "not-applicable"])
    def test_a_closed_record_may(self, rag: str, tmp_path: Path) -> None:
        text = make_record(rag=rag, due=None, completed="2024-07-19", evidence=EVIDENCE)
        assert lint_record(tmp_path, text) == ""


STEP = {"title": "Publish the form", "due": "2024-06"}
DONE = STEP | {"done": "2024-05-02"}


class TestOpenActionWhenClosed:
    @pytest.mark.parametrize("rag", ["green", "not-applicable"])
    def test_a_closed_record_has_no_open_action(self, rag: str, tmp_path: Path) -> None:
        actions = [DONE, STEP, {"title": "Train"}]
        text = make_record(rag=rag, evidence=EVIDENCE, actions=actions)
        hint = (
            "  hint: Add 'done: 2024-06-11' to it, with the day on which it was done; or, "
            "while it is "
            "not, write 'rag: amber'.\n"
        )
        assert lint_record(tmp_path, text) == (
            f"16:12: error KP307 REC1 is {rag}, but its action 'Publish the form' is open\n{hint}"
            f"18:12: error KP307 REC1 is {rag}, but its action 'Train' is open\n{hint}"
        )

    def test_a_closed_record_may_have_done_ones(self, tmp_path: Path) -> None:
        text = make_record(rag="green", evidence=EVIDENCE, actions=[DONE])
        assert lint_record(tmp_path, text) == ""


class TestAllActionsDone:
    @pytest.mark.parametrize("rag", ["amber", "red"])
    def test_an_open_record_whose_actions_are_all_done_is_told(
        self, rag: str, tmp_path: Path
    ) -> None:
        assert lint_record(tmp_path, make_record(rag=rag, actions=[DONE, DONE])) == (
            f"5:6: info KP308 all actions of REC1 are done, but it is {rag}\n"
            "  hint: Rate it green, with evidence, or add the next action.\n"
        )

    @pytest.mark.parametrize("actions", [[], [STEP], [DONE, STEP], [DONE, {"title": "Train"}]])
    def test_one_open_action_is_enough_and_none_is_nothing(
        self, actions: list[dict[str, str]], tmp_path: Path
    ) -> None:
        assert lint_record(tmp_path, make_record(actions=actions)) == ""
