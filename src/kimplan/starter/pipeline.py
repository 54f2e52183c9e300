"""The files that a forge reads: those of docs/ci.md and docs/forms.md, for this repository."""

from __future__ import annotations

import re

from kimplan.errors import KimplanError
from kimplan.model.rating import Scheme
from kimplan.starter.data import read_text
from kimplan.starter.origin import UNKNOWN, Origin
from kimplan.starter.start import Forge

ISSUE_FORM = ".github/ISSUE_TEMPLATE/plan-update.yml"
PATHS = {
    Forge.GITHUB: ".github/workflows/plan.yml",
    Forge.GITLAB: ".gitlab-ci.yml",
    Forge.AZURE: "azure-pipelines.yml",
}
# What else a forge gets, by its path, and the file that comes with kimplan for it.
MORE = {
    Forge.GITHUB: {
        ".github/workflows/plan-form.yml": "github-form.yml",
        ISSUE_FORM: "github-issue-form.yml",
    },
}
_FOR_GITHUB = "OWNER/kimplan"
_USES = re.compile(r"^ *- uses: OWNER/kimplan", re.MULTILINE)
# What neither YAML, a shell nor a forge reads as anything else.
_SAFE = re.compile(r"[\w.+-]+(?:[ /]+[\w.+-]+)*")


def forge_files(forge: Forge, below: str, origin: Origin) -> dict[str, str]:
    """Return the texts of the forge's files by their paths from the top of the repository.

    The first is the one that checks the plan, which is in the folder `below` of the repository, or
    at its top where that is empty. Where `origin` is not on GitHub, GitHub's keep their
    placeholder. Raises KimplanError for a folder whose name cannot safely stand in such a file.
    """
    if forge is Forge.NONE:
        return {}
    shipped = {PATHS[forge]: f"{forge}.yml", **MORE.get(forge, {})}
    return {path: _text(forge, read_text(name), below, origin) for path, name in shipped.items()}


def _text(forge: Forge, text: str, below: str, origin: Origin) -> str:
    uses = forge is not Forge.GITHUB or bool(_USES.search(text))
    if forge is Forge.GITHUB:
        if name := origin.on_github:
            text = text.replace(_FOR_GITHUB, name).replace(UNKNOWN.commit, origin.commit)
    else:
        text = text.replace(f"{UNKNOWN.url}@{UNKNOWN.commit}", f"{origin.url}@{origin.commit}")
    return _for_folder(text, forge, below) if below and uses else text


def rated(text: str, scheme: Scheme) -> str:
    """Return the text of the issue form with the ratings of a plan's `scheme` to choose from."""
    ratings = "".join(f"        - {rating.capitalize()}\n" for rating in _choices(Scheme.RAG))
    own = "".join(f"        - {rating.capitalize()}\n" for rating in _choices(scheme))
    return text.replace(ratings, own, 1)


def _choices(scheme: Scheme) -> list[str]:
    return [word.replace("-", " ") for word in scheme.words]


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
