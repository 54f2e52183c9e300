"""The commits that people name, and the plan as it was there."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from conftest import git, write_file
from histories import ZONE, History

from kimplan.errors import KimplanError
from kimplan.git.revisions import Revision, find_revision
from kimplan.snapshot.checkout import find_checkout
from kimplan.snapshot.state import read_items, read_records

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path / "repository")


def find(history: History, said: str, zone: str = ZONE) -> Revision:
    return find_revision(find_checkout(history.plan).root, said, zone)


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
        assert find(history, "board-2024-05").day == date(2024, 5, 2)

    @pytest.mark.parametrize(
        "said", ["", " ", "-x", "--output=x", "a\nb", "\x1b[31m", "a\0b", "x" * 501, "\u202e"]
    )
    def test_what_can_be_no_name_is_not_given_to_git(self, said: str, history: History) -> None:
        history.commit()
        assert refused(history, said).endswith("is no revision")

    @pytest.mark.parametrize(
        "said",
        ["nothing", " HEAD", "HEAD ", "a b", "..", "HEAD..main", "^HEAD", "HEAD:plan", "2024-13-01",
         "2024-02-30", "2024-05", "٢٠٢٤-٠٥-٠١", "HEAD^{tree}", "0000000", "HEAD~99"],
    )  # fmt: skip
    def test_what_names_no_commit(self, said: str, history: History) -> None:
        history.commit()
        assert refused(history, said).startswith(("there is no revision", "the plan has no"))

    def test_a_commit_of_another_repository(self, history: History, tmp_path: Path) -> None:
        history.commit()
        other = History(tmp_path / "other")
        other.record()
        name = other.commit()
        assert refused(history, name) == f"there is no revision '{name}' in this repository"

    def test_without_a_commit(self, history: History) -> None:
        assert refused(history, "HEAD").startswith("there is no revision")
        assert refused(history, "2024-05-31") == "the plan has no commit up to 2024-05-31"


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
        place = find_checkout(tmp_path / "clone" / "plan")
        for said in ("2024-05-01", "HEAD~1"):
            with pytest.raises(KimplanError, match="shallow clone"):
                find_revision(place.root, said, ZONE)

    def test_a_commit_that_names_no_day(self, history: History) -> None:
        history.commit("2024-05-01")
        history.forge("HEAD", b" 1714564800 +0000", b" 99999999999999999 +0000")
        assert "names no day that there is" in refused(history, "HEAD")


class TestPlan:
    def test_the_records_as_they_were(self, history: History) -> None:
        history.record()
        history.record("REC2", text="ref: [\n")
        first = history.commit()
        history.path("REC1").unlink()
        history.commit()
        place = find_checkout(history.plan)
        records = read_records(place, first)
        items = read_items(place, records.blobs, {})
        assert records.was is None
        one, two = (items[f"recommendations/REC{number}.yaml"] for number in (1, 2))
        assert one is not None
        assert one.ref == "REC1"
        assert two is None

    def test_the_folder_that_the_plan_was_in(self, history: History) -> None:
        history.record()
        first = history.commit()
        (history.top / "board").mkdir()
        git(history.top, "mv", "plan", "board/now")
        history.commit()
        other = history.top / "other"
        other.mkdir()
        write_file(other / "plan.yaml", "title: Other\n")
        place = find_checkout(history.top / "board" / "now")
        assert read_records(place, first).was == "plan"
        assert read_records(find_checkout(other), first).was is None
        assert read_records(find_checkout(other), first).blobs == {}
