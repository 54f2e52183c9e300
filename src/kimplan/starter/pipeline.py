"""The file by which a forge checks the plan: those of docs/ci.md, for this repository."""

from __future__ import annotations

import re

from kimplan.errors import KimplanError
from kimplan.starter.data import read_text
from kimplan.starter.origin import UNKNOWN, Origin
from kimplan.starter.start import Forge

PATHS = {
    Forge.GITHUB: ".github/workflows/plan.yml",
    Forge.GITLAB: ".gitlab-ci.yml",
    Forge.AZURE: "azure-pipelines.yml",
}
_FOR_GITHUB = "OWNER/kimplan"
# What neither YAML, a shell nor a forge reads as anything else.
_SAFE = re.compile(r"[\w.+-]+(?:[ /]+[\w.+-]+)*")


def pipeline(forge: Forge, below: str, origin: Origin) -> str:
    """Return the text of the forge's file for a plan in the folder `below` of the repository.

    `below` is empty for the top. Where `origin` is not on GitHub, GitHub's keeps its placeholder.
    Raises KimplanError for a folder whose name cannot safely stand in such a file.
    """
    text = read_text(f"{forge}.yml")
    if forge is Forge.GITHUB:
        if name := origin.on_github:
            text = text.replace(f"{_FOR_GITHUB}@{UNKNOWN.commit}", f"{name}@{origin.commit}")
    else:
        text = text.replace(f"{UNKNOWN.url}@{UNKNOWN.commit}", f"{origin.url}@{origin.commit}")
    return _for_folder(text, forge, below) if below else text


def is_complete(text: str) -> bool:
    """Return whether the text of a forge's file names a kimplan that can be had."""
    return UNKNOWN.commit not in text


def _for_folder(text: str, forge: Forge, below: str) -> str:
    """Return `text` with the place of the plan."""
    if not _SAFE.fullmatch(below):
        message = f"the folder {below} has a name that cannot stand in {PATHS[forge]}"
        hint = "Use letters, digits, spaces, hyphens and full stops, or say --forge none."
        raise KimplanError(message, hint)
    if forge is Forge.GITHUB:
        return f'{text}        with:\n          plan: "{below}/plan"\n'
    return text.replace("kimplan check ", f'kimplan check --plan="{below}/plan" ')
