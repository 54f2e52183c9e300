"""The commits that people name."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from conftest import git
from histories import ZONE, History

from kimplan.errors import KimplanError
from kimplan.git.revisions import Kind, LookUp, Revision, find_commit, find_revision, remarks

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path / "repository")


def find(history: History, said: str, zone: str = ZONE) -> Revision:
    return find_revision(history.top, said, zone)


def refused(history: History, said: str) -> str:
    with pytest.raises(KimplanError) as found:
        find(history, said)
    return found.value.message


class TestNames:
    def test_each_kind_of_name(self, history: History) -> None:
        first, second = history.commit("2024-05-01"), history.commit("2024-05-02")
        third = history.commit("2024-05-03")
        git(history.top, "tag", "light", second)
        git(history.top, "tag", "-a", "-m", "Board", "board-2024-05", second)
        git(history.top, "branch", "old", first)
        assert {find(history, said).commit for said in ("light", "board-2024-05", "HEAD~1")} == {
            second
        }
        assert {find(history, said).commit for said in ("old", first, first[:10], "HEAD~2")} == {
            first
        }
        assert {find(history, said).commit for said in ("main", "@", "HEAD")} == {third}
        assert str(find(history, "light")) == f"light ({second[:7]})"
        assert str(find(history, first[:12])) == first[:7]
        assert find(history, "light").day == date(2024, 5, 2)
        assert find(history, "board-2024-05").day == date(2024, 5, 1)  # git's clock, in the tests

    @pytest.mark.parametrize(
        "said", ["", " ", "-x", "--output=x", "a\nb", "\x1b[31m", "a\0b", "x" * 501, "\u202e"]
    )
    def test_what_can_be_no_name_is_not_given_to_git(self, said: str, history: History) -> None:
        history.commit()
        assert refused(history, said).endswith("is no revision")

    @pytest.mark.parametrize(
        "said",
        ["nothing", " HEAD", "HEAD ", "a b", "..", "HEAD..main", "^HEAD", "2024-13-01",
         "2024-02-30", "2024-05", "٢٠٢٤-٠٥-٠١", "0000000", "HEAD~99"],
    )  # fmt: skip
    def test_what_names_no_commit(self, said: str, history: History) -> None:
        history.commit()
        assert refused(history, said).startswith(("there is no revision", "the plan has no"))

    @pytest.mark.parametrize(
        ("said", "kind"),
        [("HEAD:plan", "tree"), ("HEAD^{tree}", "tree"), ("HEAD:plan/plan.yaml", "blob")],
    )
    def test_what_is_no_commit(self, said: str, kind: str, history: History) -> None:
        history.commit()
        assert refused(history, said) == f"'{said}' is a {kind}, not a commit"

    def test_a_commit_of_another_repository(self, history: History, tmp_path: Path) -> None:
        history.commit()
        other = History(tmp_path / "other")
        other.record()
        name = other.commit()
        assert refused(history, name) == f"there is no revision '{name}' in this repository"

    def test_without_a_commit(self, history: History) -> None:
        for said in ("HEAD", "main", "2024-05-31"):
            assert refused(history, said) == "this repository has no commits yet"


class TestDays:
    def test_a_day_is_its_last_commit(self, history: History) -> None:
        names = [
            history.commit(when)
            for when in (
                "2024-05-01T08:00:00+00:00", "2024-05-01T22:59:59+00:00",
                "2024-05-01T23:00:00+00:00", "2024-05-03T12:00:00+00:00",
            )
        ]  # fmt: skip
        assert find(history, "2024-05-01").commit == names[1]  # summer time: 23:00 is midnight
        assert find(history, "2024-05-01", "UTC").commit == names[2]
        assert find(history, "2024-05-01", "Pacific/Auckland").commit == names[0]
        assert find(history, "2024-05-02").commit == names[2]
        assert find(history, " 2024-05-02 ").commit == names[2]
        assert find(history, "2024-05-02").day == date(2024, 5, 2)
        assert refused(history, "2024-04-30") == "the plan has no commit up to 2024-04-30"

    @pytest.mark.parametrize("zone", ["UTC", "America/Los_Angeles", "Pacific/Kiritimati"])
    def test_days_beyond_all_clocks(self, zone: str, history: History) -> None:
        name = history.commit()
        for said in ("2038-01-19", "2038-01-20", "2200-01-01", "9999-12-31"):
            assert find(history, said, zone).commit == name
        for said in ("0001-01-01", "1969-12-31", "1970-01-02"):
            with pytest.raises(KimplanError):
                find(history, said, zone)

    def test_a_tag_that_looks_like_a_day_wins(self, history: History) -> None:
        first = history.commit("2024-05-01")
        history.commit("2024-05-02")
        git(history.top, "tag", "2024-05-31", first)
        assert find(history, "2024-05-31").commit == first
        assert find(history, "2024-05-31").day == date(2024, 5, 1)

    def test_a_branch_counts_from_when_it_was_merged(self, history: History) -> None:
        first = history.commit("2024-05-01")
        git(history.top, "checkout", "--quiet", "-b", "side")
        history.commit("2024-05-02")
        git(history.top, "checkout", "--quiet", "main")
        merge = history.save(["merge", "--quiet", "--no-ff", "--no-edit", "side"], "2024-05-05")
        assert find(history, "2024-05-03").commit == first
        assert find(history, "2024-05-05").commit == merge

    def test_a_shallow_clone_says_that_it_is_one(self, history: History, tmp_path: Path) -> None:
        history.commit("2024-05-01")
        history.commit("2024-05-02")
        git(tmp_path, "clone", "--quiet", "--depth=1", history.top.as_uri(), "clone")
        for said in ("2024-05-01", "HEAD~1"):
            with pytest.raises(KimplanError) as found:
                find_revision(tmp_path / "clone", said, ZONE)
            assert found.value.hint.startswith("This is a shallow clone: fetch more")

    def test_a_commit_that_names_no_day(self, history: History) -> None:
        history.commit("2024-05-01")
        history.forge("HEAD", b" 1714564800 +0000", b" 99999999999999999 +0000")
        assert "names no day that there is" in refused(history, "HEAD")


class TestTags:
    def tagged(self, history: History) -> None:
        history.commit("2024-06-20")
        history.save(["tag", "-a", "-m", "Papers", "papers"], "2024-08-20T23:30:00+00:00")
        git(history.top, "tag", "light")

    def test_an_annotated_tag_has_a_day_of_its_own(self, history: History) -> None:
        self.tagged(history)
        for said in ("papers", "tags/papers", "refs/tags/papers"):
            assert find(history, said).day == date(2024, 8, 21)  # summer time
            assert find(history, said, "UTC").day == date(2024, 8, 20)
            assert find(history, said).kind is Kind.TAG
        name = git(history.top, "rev-parse", "papers")
        assert find(history, name).day == date(2024, 8, 21)
        assert find(history, "papers^{}").day == date(2024, 6, 20)
        git(history.top, "tag", "-a", "-m", "Again", "again", "papers")
        assert find(history, "again").day == date(2024, 5, 1)  # when that one was made

    @pytest.mark.parametrize("said", ["light", "tags/light", "refs/tags/light"])
    def test_a_lightweight_tag_has_its_commits_day_and_says_so(
        self, said: str, history: History
    ) -> None:
        self.tagged(history)
        found = find(history, said)
        assert (found.day, found.kind) == (date(2024, 6, 20), Kind.LIGHT_TAG)
        (remark,) = remarks(history.top, found, ZONE)
        assert remark.startswith(f"the tag {said} keeps no day of its own, so the day of its ")
        assert "20 June 2024" in remark

    @pytest.mark.parametrize("said", ["papers", "main", "HEAD", "@", "light~0", "heads/main"])
    def test_other_names_need_no_remark(self, said: str, history: History) -> None:
        self.tagged(history)
        assert list(remarks(history.top, find(history, said), ZONE)) == []

    def test_a_tag_without_a_tagger_has_its_commits_day(self, history: History) -> None:
        commit = history.commit("2024-06-20")
        text = f"object {commit}\ntype commit\ntag old\n\ntagger X <x> 1724100000 +0000\n"
        name = history._git(["mktag", "--no-strict"], text.encode()).decode().strip()
        git(history.top, "update-ref", "refs/tags/old", name)
        assert find(history, "old").day == date(2024, 6, 20)
        assert find(history, "old").kind is Kind.LIGHT_TAG


class TestBegun:
    def test_other_objects_are_found_beside_the_name(self, history: History) -> None:
        history.record()
        first = history.commit()
        git(history.top, "tag", "board", first)
        begun = LookUp(history.top, "board", ["HEAD:plan/recommendations", "HEAD:nowhere"])
        assert begun.beside == []
        assert find_commit(history.top, "board", begun=begun) == first
        (_, kind, tree), nowhere = begun.beside
        assert kind == "tree"
        assert b"REC1.yaml" in tree
        assert nowhere == ("", "missing", b"")

    def test_what_is_wrong_beside_the_name_does_not_count(self, history: History) -> None:
        first = history.commit()
        begun = LookUp(history.top, "HEAD", ["HEAD^{tree}", "HEAD@{upstream}"])
        assert find_revision(history.top, "HEAD", ZONE, begun=begun).commit == first
        assert begun.beside == []

    def test_a_name_that_git_may_not_be_asked_about_is_refused_later(
        self, history: History
    ) -> None:
        history.commit()
        begun = LookUp(history.top, "--all", ["HEAD"])
        with pytest.raises(KimplanError, match="'--all' is no revision"):
            find_commit(history.top, "--all", begun=begun)
        assert begun.beside == []


class TestTwoThings:
    """A name that means two things is refused, whoever asks."""

    def refused(self, history: History, said: str) -> str:
        hints = []
        for ask in (lambda: find_commit(history.top, said), lambda: find(history, said)):
            with pytest.raises(KimplanError) as found:
                ask()
            assert found.value.message == f"'{said}' names more than one thing in this repository"
            hints.append(found.value.hint)
        assert hints[0] == hints[1]
        return hints[0]

    def two(self, history: History) -> tuple[str, str]:
        return history.commit("2024-05-01"), history.commit("2024-05-02")

    @pytest.mark.parametrize("options", [[], ["-a", "-m", "x"]])
    def test_a_tag_and_a_branch(self, options: list[str], history: History) -> None:
        first, second = self.two(history)
        git(history.top, "tag", *options, "main", first)
        for said in ("main", "main~0", "main^{commit}", "main@{0}"):
            hint = self.refused(history, said)
            assert hint == "Name it in full, such as refs/heads/main, or by its commit."
        assert find_commit(history.top, "refs/heads/main") == second
        assert find_commit(history.top, "refs/tags/main") == first
        git(history.top, "checkout", "--quiet", "--detach")
        self.refused(history, "main")

    def test_a_tag_and_a_branch_of_another_repository(self, history: History) -> None:
        first, second = self.two(history)
        git(history.top, "tag", "origin/release", first)
        git(history.top, "update-ref", "refs/remotes/origin/release", second)
        assert "refs/remotes/origin/release" in self.refused(history, "origin/release")

    @pytest.mark.parametrize("remote", ["origin", "upstream"])
    def test_a_tag_in_a_clone_that_has_the_branch_only_as_anothers(
        self, remote: str, history: History
    ) -> None:
        first, second = self.two(history)
        git(history.top, "tag", "release", first)
        git(history.top, "update-ref", f"refs/remotes/{remote}/release", second)
        assert f"refs/remotes/{remote}/release" in self.refused(history, "release")
        git(history.top, "update-ref", f"refs/remotes/{remote}/release", first)
        assert find_commit(history.top, "release") == first

    def test_a_branch_may_be_behind_that_of_another_repository(self, history: History) -> None:
        first, second = self.two(history)
        git(history.top, "update-ref", "refs/remotes/origin/main", first)
        assert find_commit(history.top, "main") == second
        assert find_commit(history.top, "origin/main") == first

    def test_a_tag_and_a_hash(self, history: History) -> None:
        first, second = self.two(history)
        git(history.top, "tag", second[:8], first)
        assert f"refs/tags/{second[:8]}" in self.refused(history, second[:8])

    def test_a_tag_that_looks_like_a_day_is_said(self, history: History) -> None:
        first, _ = self.two(history)
        git(history.top, "tag", "2024-05-31", first)
        *_, said = remarks(history.top, find(history, "2024-05-31"), ZONE)
        assert said == "2024-05-31 is the name of a lightweight tag here, not taken for the day"


class TestUncertainDays:
    def merged(self, history: History, day: str) -> None:
        history.record()
        history.commit("2024-05-01")
        git(history.top, "checkout", "--quiet", "-b", "side")
        history.record(due="2024-09")
        history.commit(day)
        git(history.top, "checkout", "--quiet", "main")
        history.save(["merge", "--quiet", "--no-ff", "--no-edit", "side"], "2024-06-05")

    def said(self, history: History, day: str, folder: str = "plan") -> list[str]:
        return list(remarks(history.top, find(history, day), ZONE, folder))

    def test_what_was_merged_only_after_the_day_makes_it_uncertain(self, history: History) -> None:
        self.merged(history, "2024-05-20")
        (remark,) = self.said(history, "2024-05-31")
        assert remark.startswith("the state of 31 May 2024 is uncertain: changes of that day or ")
        assert self.said(history, "2024-05-31", "docs") == []
        for day in ("2024-05-19", "2024-06-05", "2024-06-30"):
            assert self.said(history, day) == []

    def test_what_was_made_after_the_day_does_not(self, history: History) -> None:
        self.merged(history, "2024-06-01")
        assert self.said(history, "2024-05-31") == []
