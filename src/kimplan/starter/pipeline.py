"""The files by which a forge checks the plan, reports on it and asks its owners.

They are those of docs/ci.md and docs/forms.md.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from kimplan.errors import KimplanError
from kimplan.model.rating import Scheme
from kimplan.starter.data import read_text
from kimplan.starter.origin import UNKNOWN, Origin
from kimplan.starter.start import Forge

ISSUE_FORM = ".github/ISSUE_TEMPLATE/plan-update.yml"
# Where each of a forge's files stands, and the shipped file that it is made of.
_FILES = {
    Forge.GITHUB: {
        ".github/workflows/plan.yml": "github.yml",
        ".github/workflows/board-report.yml": "github-report.yml",
        ".github/workflows/plan-form.yml": "github-form.yml",
        ISSUE_FORM: "github-issue-form.yml",
    },
    Forge.GITLAB: {".gitlab-ci.yml": "gitlab.yml"},
    Forge.AZURE: {"azure-pipelines.yml": "azure.yml"},
    Forge.NONE: {},
}
_FOR_GITHUB = re.compile(r"OWNER/kimplan([/\w]*)@0{40}")
# The step that runs kimplan, with or without inputs.
_STEP_ON_GITHUB = re.compile(r"^(( *)- uses: OWNER/kimplan.*\n)(?: *with:\n)?", re.MULTILINE)
# What neither YAML, a shell nor a forge reads as anything else.
_SAFE = re.compile(r"[\w.+-]+(?:[ /]+[\w.+-]+)*")


def pipelines(forge: Forge, below: str, origin: Origin) -> dict[str, str]:
    """Return the forge's files for a plan in the folder `below` of the repository, by their paths.

    `below` is empty for the top. Where `origin` is not on GitHub, GitHub's keep a placeholder.
    Raises KimplanError for a folder whose name cannot safely stand in such a file.
    """
    return {
        path: _with_origin(_for_folder(read_text(name), forge, below, path), forge, origin)
        for path, name in _FILES[forge].items()
    }


def are_complete(files: Mapping[str, str]) -> bool:
    """Return whether the forge's files name a kimplan that can be had."""
    return all(UNKNOWN.commit not in text for text in files.values())


def rated(text: str, scheme: Scheme) -> str:
    """Return the text of the issue form with the ratings of a plan's `scheme` to choose from."""
    return text.replace(_options(Scheme.RAG), _options(scheme), 1)


def _options(scheme: Scheme) -> str:
    words = (word.replace("-", " ").capitalize() for word in scheme.words)
    return "".join(f"        - {word}\n" for word in words)


def _with_origin(text: str, forge: Forge, origin: Origin) -> str:
    """Return `text` with the place of kimplan, where it is known."""
    if forge is not Forge.GITHUB:
        return text.replace(f"{UNKNOWN.url}@{UNKNOWN.commit}", f"{origin.url}@{origin.commit}")
    name = origin.on_github
    return _FOR_GITHUB.sub(rf"{name}\1@{origin.commit}", text) if name else text


def _for_folder(text: str, forge: Forge, below: str, path: str) -> str:
    """Return `text` with the place of the plan."""
    if not below:
        return text
    if not _SAFE.fullmatch(below):
        message = f"the folder {below} has a name that cannot stand in {path}"
        hint = "Use letters, digits, spaces, hyphens and full stops, or say --forge none."
        raise KimplanError(message, hint)
    if forge is Forge.GITHUB:
        return _STEP_ON_GITHUB.sub(rf'\1\2  with:\n\2    plan: "{below}/plan"\n', text)
    return text.replace("kimplan check ", f'kimplan check --plan="{below}/plan" ')
