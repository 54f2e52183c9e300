"""The workflow of docs/remind.md that sends mail is valid, and runs nothing of the plan's."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from conftest import REPOSITORY, write_file

from ci.conftest import read_yaml
from ci.test_workflows import PINNED, USES, actionlint_says, schema_says, zizmor_says

NAME = ".github/workflows/remind.yml"
_EXAMPLE = re.compile(rf"^```yaml\n(# {re.escape(NAME)}\n.*?)^```$", re.MULTILINE | re.DOTALL)


def example() -> str:
    page = (REPOSITORY / "docs" / "remind.md").read_text(encoding="utf-8")
    (text,) = _EXAMPLE.findall(page)
    assert isinstance(text, str)
    return text


def written(folder: Path) -> Path:
    path = folder / NAME
    path.parent.mkdir(parents=True)
    return write_file(path, example())


def job() -> Any:
    workflow = read_yaml(example())
    assert workflow["permissions"] == {}
    return workflow["jobs"]["remind"]


def test_it_fits_its_schema(tmp_path: Path) -> None:
    for kind in ("workflow", "timeouts"):
        ran = schema_says(kind, written(tmp_path / kind))
        assert ran.code == 0, ran.stdout


def test_zizmor_finds_nothing(tmp_path: Path) -> None:
    ran = zizmor_says(written(tmp_path))
    assert ran.code == 0, ran.stdout


def test_actionlint_finds_nothing(tmp_path: Path) -> None:
    written(tmp_path)
    ran = actionlint_says(tmp_path)
    assert ran.code == 0, ran.stdout


def test_every_action_is_pinned_to_a_commit_with_its_version() -> None:
    found = USES.findall(example())
    assert len(found) == 2
    for uses, comment in found:
        assert PINNED.fullmatch(uses)
        assert re.fullmatch(r"v\d+\.\d+\.\d+", comment)


def test_only_the_step_that_sends_has_the_secrets_and_python_is_isolated() -> None:
    assert job()["permissions"] == {"contents": "read"}
    *others, sends = job()["steps"]
    assert "secrets" not in str(others)
    assert set(sends["env"]) == {"KIMPLAN_SMTP_URL", "KIMPLAN_MAIL_FROM"}
    calls = re.findall(r"python\"? (-\S+)", "".join(step.get("run", "") for step in job()["steps"]))
    assert calls == ["-I", "-I", "-I"]
