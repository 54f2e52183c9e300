"""What the tests about CI share: linters, the documented examples, scripts and repositories."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sysconfig
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

import pytest
from conftest import (
    REPOSITORY,
    Ran,
    cli_environment,
    commit_all,
    git,
    make_repository,
    write_file,
)
from ruamel.yaml import YAML

ACTION = REPOSITORY / "action.yml"
REPORT_ACTION = REPOSITORY / "report" / "action.yml"
HOOKS = REPOSITORY / ".pre-commit-hooks.yaml"
WORKFLOWS = sorted((REPOSITORY / ".github" / "workflows").glob("*.yml"))
CI_PAGE = REPOSITORY / "docs" / "ci.md"
FORM_ACTION = REPOSITORY / "form" / "action.yml"
FORMS_PAGE = REPOSITORY / "docs" / "forms.md"
SCRIPTS = sysconfig.get_path("scripts")
_INSTALLED_FROM = [
    REPOSITORY / name for name in ("pyproject.toml", "README.md", "LICENSE", ".ci/addresses.py")
]

_EXAMPLE = re.compile(r"^```yaml\n(# (\S+)\n.*?)^```$", re.MULTILINE | re.DOTALL)


def examples(page: Path = CI_PAGE) -> dict[str, str]:
    """Return the YAML examples of a page by the names of the files that they are for."""
    text = page.read_text(encoding="utf-8")
    found = {name: content for content, name in _EXAMPLE.findall(text)}
    assert len(found) == text.count("```yaml"), "each example begins with its file's name, once"
    return found


def read_yaml(text: str) -> Any:
    """Return the value of `text`, which is read as YAML 1.2: the key ``on`` stays a text."""
    return YAML(typ="safe", pure=True).load(text)


def walk(value: object) -> Iterator[Mapping[str, Any]]:
    """Yield every mapping in `value`, at any depth."""
    if isinstance(value, Mapping):
        yield value
        value = [*value.values()]
    if isinstance(value, list):
        for inner in value:
            yield from walk(inner)


# Programs


def missing(what: str) -> NoReturn:
    """Skip the test because `what` is not there; fail where every test has to run."""
    if os.environ.get("KIMPLAN_REQUIRE_ALL_TESTS") == "1":
        pytest.fail(f"{what}, and KIMPLAN_REQUIRE_ALL_TESTS is 1")
    pytest.skip(what)


def program(name: str) -> str:
    """Return the path of a program of this Python's, or of one on PATH, or skip the test."""
    search = os.pathsep.join((SCRIPTS, os.environ.get("PATH", "")))
    return shutil.which(name, path=search) or missing(f"{name} is not installed")


def run(command: Sequence[str | Path], cwd: Path, **variables: str) -> Ran:
    """Run `command` in `cwd`, with nothing of the user's but PATH, and with `variables`."""
    done = subprocess.run(
        [*map(str, command)],
        cwd=cwd,
        env=cli_environment(**variables),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def run_script(script: str, cwd: Path, **variables: str) -> Ran:
    """Run `script` in `cwd` as GitHub runs a step whose shell is bash."""
    if os.name == "nt":
        pytest.skip("bash on Windows may be another system's")
    bash = program("bash")
    return run([bash, "--noprofile", "--norc", "-eo", "pipefail", "-c", script], cwd, **variables)


@pytest.fixture
def package_index() -> dict[str, str]:
    """The environment that pip needs to reach the package index, where tests may do that."""
    if os.environ.get("KIMPLAN_INDEX_TESTS") != "1":
        missing("this needs the Python Package Index, and KIMPLAN_INDEX_TESTS is not 1")
    wanted = re.compile(r"PIP_\w+|SSL_CERT_\w+|REQUESTS_CA_BUNDLE|\w+_PROXY", re.IGNORECASE)
    return {name: value for name, value in os.environ.items() if wanted.fullmatch(name)}


GH = """#!/bin/sh
printf '[%s]' "$@" >> "$LOG"; printf '\\n' >> "$LOG"
[ "$1 $2" = 'release view' ] && exit "$VIEW"
exit 0
"""


def run_with_gh(script: str, folder: Path, *, is_released: bool, **variables: str) -> list[str]:
    """Run `script` in `folder` with a program in gh's place; return what that was asked, in order.

    It answers that there is a release of the tag, or that there is none.
    """
    programs = folder.parent / "programs"
    programs.mkdir()
    write_file(programs / "gh", GH).chmod(0o755)
    log = programs / "log"
    path = os.pathsep.join((str(programs), os.environ["PATH"]))
    view = "0" if is_released else "1"
    ran = run_script(script, folder, PATH=path, LOG=str(log), VIEW=view, **variables)
    assert ran.code == 0, ran
    return log.read_text(encoding="utf-8").splitlines()


# Repositories


class Merged(NamedTuple):
    """A repository at the merge of a pull request, and the commits that took part."""

    folder: Path
    first: str  # before REC1 was there
    base: str  # the first parent: the base with REC1
    merge: str


def copy_of_kimplan(folder: Path) -> Path:
    """Copy to `folder` what kimplan is installed from, as it is in the working tree."""
    folder.mkdir()
    for file in (*_INSTALLED_FROM, ACTION, REPORT_ACTION, HOOKS):
        copy = folder / file.relative_to(REPOSITORY)
        copy.parent.mkdir(exist_ok=True)
        shutil.copy(file, copy)
    ignored = shutil.ignore_patterns("__pycache__", "*.egg-info")
    shutil.copytree(REPOSITORY / "src", folder / "src", ignore=ignored)
    return folder


def merge_pull_request(folder: Path, first: Mapping[str, str], pulled: Mapping[str, str]) -> Merged:
    """Return `folder` as a repository in the state that GitHub checks out for a pull request.

    The base gains the files `first` after the branch has left it, the branch gains `pulled`.
    """
    start = make_repository(folder)
    git(folder, "branch", "proposal")
    _write(folder, first)
    base = commit_all(folder, "Change the base")
    git(folder, "checkout", "--quiet", "proposal")
    _write(folder, pulled)
    commit_all(folder, "Propose a change")
    git(folder, "checkout", "--quiet", "--detach", "main")
    git(folder, "merge", "--quiet", "--no-ff", "--message", "Merge the proposal", "proposal")
    return Merged(folder, start, base, git(folder, "rev-parse", "HEAD"))


def _write(folder: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
