"""Where kimplan was installed from, as the installer says it."""

from __future__ import annotations

import json

import pytest

from kimplan.starter.origin import UNKNOWN, Origin, read_origin
from kimplan.starter.pipeline import are_complete, pipelines
from kimplan.starter.start import Forge

COMMIT = "0123456789abcdef0123456789abcdef01234567"


def said(url: object, commit: object = COMMIT) -> str:
    return json.dumps({"url": url, "vcs_info": {"vcs": "git", "commit_id": commit}})


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://github.com/acme/kimplan", "acme/kimplan"),
        ("https://github.com/acme/kimplan.git", "acme/kimplan"),
        ("https://git.example.org:8443/tools/kimplan.git", ""),
    ],
)
def test_a_repository_on_the_web_is_known(url: str, name: str) -> None:
    found = read_origin(said(url))
    assert found == Origin(url, COMMIT)
    assert found.on_github == name


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        "{}",
        json.dumps({"url": "file:///home/me/kimplan", "dir_info": {"editable": True}}),
        said("file:///home/me/kimplan"),
        said("ssh://git@github.com/acme/kimplan"),
        said("https://user:word@example.org/kimplan"),
        said("https://example.org/kimplan$(id)"),
        said("https://example.org/kimplan\nrun: id"),
        said("https://github.com/acme/kimplan", "main"),
        said("https://github.com/acme/kimplan", None),
        said(None),
    ],
)
def test_nothing_else_is(text: str) -> None:
    assert read_origin(text) == UNKNOWN


def test_each_pipeline_names_it() -> None:
    origin = Origin("https://github.com/acme/kimplan.git", COMMIT)
    files = {forge: pipelines(forge, "", origin) for forge in Forge if forge is not Forge.NONE}
    workflows = files[Forge.GITHUB]
    assert f"  - uses: acme/kimplan@{COMMIT} # v" in workflows[".github/workflows/plan.yml"]
    report = workflows[".github/workflows/board-report.yml"]
    assert f"  - uses: acme/kimplan/report@{COMMIT} # v" in report
    assert (
        f"  - uses: acme/kimplan/form@{COMMIT} # v" in workflows[".github/workflows/plan-form.yml"]
    )
    for forge in (Forge.GITLAB, Forge.AZURE):
        assert f"KIMPLAN: git+{origin.url}@{COMMIT}\n" in "".join(files[forge].values())
    assert all(map(are_complete, files.values()))
    elsewhere = Origin("https://git.example.org/kimplan", COMMIT)
    assert [are_complete(pipelines(forge, "", elsewhere)) for forge in files] == [False, True, True]
