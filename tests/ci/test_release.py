"""What a release is made of: its packages with their addresses, its notes and its materials."""

from __future__ import annotations

import email
import hashlib
import json
import os
import re
import shutil
import sys
import zipfile
from email.message import Message
from pathlib import Path

import pytest
from conftest import REPOSITORY, Ran, write_file

from ci.conftest import program, read_yaml, run, run_with_gh
from kimplan import __version__

HOME = "https://github.com/acme/kimplan"
ADDRESSES = [
    f"Homepage, {HOME}",
    f"Documentation, {HOME}/tree/HEAD/docs",
    f"Changelog, {HOME}/blob/HEAD/CHANGELOG.md",
    f"Issues, {HOME}/issues",
    f"Source, {HOME}",
]
NOTES = "- A plan is kept.\n- A report is written.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of what a release is made from, whose list of changes is ready for it."""
    folder = tmp_path / "kimplan"
    shutil.copytree(
        REPOSITORY / "src", folder / "src", ignore=shutil.ignore_patterns("__pycache__")
    )
    shutil.copytree(REPOSITORY / ".ci", folder / ".ci")
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(REPOSITORY / name, folder / name)
    changes = (
        f"# Changes\n\n## {__version__}, 2026-12-01\n\n{NOTES}\n## 0.0.9, 2026-01-01\n\n- Old.\n"
    )
    write_file(folder / "CHANGELOG.md", changes)
    return folder


def release(folder: Path, tag: str, **variables: str) -> Ran:
    """Run the script that makes the packages; they are beside `folder`, in ``release``."""
    if os.name == "nt":
        pytest.skip("a release is made on Linux")
    command = [program("bash"), ".ci/packages", tag, "../release"]
    return run(command, folder, PYTHON=sys.executable, HOME=str(folder.parent), **variables)


def of_wheel(folder: Path) -> Message:
    """Return what the wheel in `folder` says of itself."""
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as file:
        said = file.read(f"kimplan-{__version__}.dist-info/METADATA")
    return email.message_from_bytes(said)


def test_a_release_names_its_addresses_and_its_materials(
    folder: Path, tmp_path: Path, package_index: dict[str, str]
) -> None:
    ran = release(folder, f"v{__version__}", KIMPLAN_REPOSITORY=HOME, **package_index)
    assert ran.code == 0, ran
    made = folder.parent / "release"
    said = of_wheel(made / "dist")
    assert (said["Version"], said.get_all("Project-URL")) == (__version__, ADDRESSES)
    page = str(said.get_payload())
    assert f"]({HOME}/blob/HEAD/docs/secretary.md)" in page
    assert f"]({HOME}/raw/HEAD/docs/images/report-page-1.png)" in page
    assert re.findall(r"\]\((?!https:)", page) == []
    (archive,) = (made / "dist").glob("*.tar.gz")
    assert build(archive, tmp_path, **package_index).code == 0
    again = of_wheel(tmp_path)
    assert (again.get_all("Project-URL"), again.get_payload()) == (ADDRESSES, page)
    assert (made / "notes.md").read_text(encoding="utf-8").strip() == NOTES.strip()
    bill = json.loads((made / f"kimplan-{__version__}.cdx.json").read_text(encoding="utf-8"))
    itself = bill["metadata"]["component"]
    assert (itself["name"], itself["version"]) == ("kimplan", __version__)
    pinned = {f"{one['name']}=={one['version']}" for one in bill["components"]}
    assert pinned == {*(made / "constraints.txt").read_text(encoding="utf-8").split()}
    assert {"lxml", "pydantic", "python-docx"} <= {one["name"] for one in bill["components"]}


def build(source: Path, tmp_path: Path, **variables: str) -> Ran:
    """Build a wheel of `source` into `tmp_path`, as an installer does."""
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir=."]
    return run([*command, source], tmp_path, HOME=str(tmp_path), **variables)


def test_a_build_that_nobody_releases_names_no_address(
    folder: Path, tmp_path: Path, package_index: dict[str, str]
) -> None:
    """The address of another repository, in which an action builds kimplan, is not kimplan's."""
    ran = build(folder, tmp_path, GITHUB_REPOSITORY="acme/plan", **package_index)
    assert ran.code == 0, ran
    said = of_wheel(tmp_path)
    assert said.get_all("Project-URL") is None
    assert said.get_payload() == (REPOSITORY / "README.md").read_text(encoding="utf-8")


def test_what_is_no_repository_is_refused(
    folder: Path, tmp_path: Path, package_index: dict[str, str]
) -> None:
    ran = build(folder, tmp_path, KIMPLAN_REPOSITORY="OWNER/kimplan", **package_index)
    assert ran.code != 0
    assert "KIMPLAN_REPOSITORY is no https://github.com/OWNER/NAME" in ran.stdout + ran.stderr


def test_the_changes_are_ready_for_a_day() -> None:
    """All that is missing is the day, or it is there: the script asks for no more."""
    changes = (REPOSITORY / "CHANGELOG.md").read_text(encoding="utf-8")
    title, heading, *lines = (line for line in changes.splitlines() if line)
    day = r"(not yet released|\d{4}-\d\d-\d\d)"
    assert title == "# Changes"
    assert re.fullmatch(rf"## {re.escape(__version__)}, {day}", heading)
    assert [line for line in lines if not line.startswith(("- ", "  ", "## "))] == []


# The page of the release


def test_the_page_has_every_file_with_its_checksum(tmp_path: Path) -> None:
    workflow = read_yaml(
        (REPOSITORY / ".github" / "workflows" / "release.yml").read_text(encoding="utf-8")
    )
    *_, step = workflow["jobs"]["page"]["steps"]
    work = tmp_path / "work"
    (work / "release" / "dist").mkdir(parents=True)
    programs = [f"kimplan-1.2.3-{one}" for one in ("linux-x86_64", "windows-x86_64.exe")]
    names = ["kimplan-1.2.3.cdx.json", *programs]
    packages = ["kimplan-1.2.3-py3-none-any.whl", "kimplan-1.2.3.tar.gz"]
    for name in (*names, *(f"dist/{one}" for one in packages), "notes.md", "constraints.txt"):
        write_file(work / "release" / name, f"{name}\n")
    asked = run_with_gh(step["run"], work, is_released=False, GITHUB_REF_NAME="v1.2.3")
    files = sorted([*names, *packages])
    listed = "".join(f"[files/{name}]" for name in ("SHA256SUMS", *files))
    options = "[--verify-tag][--title][kimplan 1.2.3][--notes-file][notes.md]"
    assert [_sorted(line) for line in asked] == [
        _sorted(f"[release][create][v1.2.3]{options}{listed}")
    ]
    sums = (work / "release" / "files" / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    assert sorted(line[66:] for line in sums) == files
    of_program = hashlib.sha256(f"{programs[0]}\n".encode()).hexdigest()
    assert f"{of_program}  {programs[0]}" in sums


def _sorted(line: str) -> list[str]:
    """Return the arguments of a call, whose files come in the order of somebody's language."""
    return sorted(line[1:-1].split("]["))


# What is refused before anything is built


@pytest.mark.parametrize(
    "tag", ["v9.9.9", __version__, "v", f"v{__version__}; touch owned", "--help"]
)
def test_a_tag_of_another_version_makes_nothing(tag: str, folder: Path) -> None:
    ran = release(folder, tag)
    assert ran.code == 1
    assert ran.stderr == (
        f"This is kimplan {__version__}: the tag of its release is v{__version__}, not {tag}.\n"
    )
    assert [*(folder.parent / "release").iterdir()] == []


@pytest.mark.parametrize(
    "heading", [f"{__version__}, not yet released", f"{__version__}1, 2026-12-01", "0.0.9"]
)
def test_changes_that_do_not_speak_of_the_version_make_nothing(heading: str, folder: Path) -> None:
    write_file(folder / "CHANGELOG.md", f"# Changes\n\n## {heading}\n\n{NOTES}")
    ran = release(folder, f"v{__version__}")
    assert ran.code == 1
    assert ran.stderr == (
        f'CHANGELOG.md has no part headed "## {__version__}" and the day of its release.\n'
    )
    assert [*(folder.parent / "release").rglob("*.whl")] == []
