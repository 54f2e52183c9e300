"""A new plan repository: its files written, and kept in git from the beginning."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from kimplan.errors import KimplanError
from kimplan.git.begin import begin, commit, has_commits, knows_committer
from kimplan.git.process import GitError
from kimplan.loader import PlanFolder
from kimplan.model.rating import scheme_of
from kimplan.schema import MODELS, schema_text
from kimplan.source import parse
from kimplan.starter.build import put, staged, write_files
from kimplan.starter.data import read_text
from kimplan.starter.guide import readme
from kimplan.starter.origin import own_origin
from kimplan.starter.pipeline import ISSUE_FORM, are_complete, pipelines, rated
from kimplan.starter.place import Place, check_empty, check_free
from kimplan.starter.plan_files import plan_files
from kimplan.starter.start import Forge, Start
from kimplan.whereabouts import SETTINGS

LOOK = "templates/report.docx"
MESSAGE = "Begin the action plan"
_COMMIT = 'Look at the files, then: git add --all, and git commit -m "Begin the action plan".'
_NO_GIT = "The history of dates and owners begins with git: install it, then git init."
_NAME = (
    'git config --global user.name "Your Name", git config --global user.email you@example.org, '
    'then git add --all, and git commit -m "Begin the action plan".'
)


class Plans(NamedTuple):
    """What will be written: texts by their paths below `base`, and the plan's folder there.

    `below` is empty where the folder is `base` itself. `is_complete` says whether the forge's files
    name a kimplan that can be had. `paths` are all, with that of the look.
    """

    base: Path
    below: str
    files: Mapping[str, str]
    is_complete: bool

    @property
    def paths(self) -> list[str]:
        """All paths below the base, in order."""
        return sorted([*self.files, _join(self.below, LOOK)])


def with_plan(plans: Plans, files: Mapping[str, str]) -> Plans:
    """Return the same with `files`, by their names below the plan's folder, for the plan's own.

    The forge's form then asks for the ratings of that plan.
    """
    folder = _join(plans.below, "plan/")
    kept = {path: text for path, text in plans.files.items() if not path.startswith(folder)}
    scheme = scheme_of(parse(files.get(SETTINGS, "")).value)
    kept |= {path: rated(text, scheme) for path, text in kept.items() if path.endswith(ISSUE_FORM)}
    return plans._replace(files=kept | {f"{folder}{name}": text for name, text in files.items()})


class Kept(NamedTuple):
    """The commit that holds the files, in full; or, where there is none, why, and what to do."""

    commit: str = ""
    why: str = ""
    hint: str = ""


def plan_repository(place: Place, start: Start) -> Plans:
    """Return the files of a new plan at `place`; nothing is written.

    Raises OutputError that names what is in the way, and KimplanError for what cannot be.
    """
    base = place.top if place.top and start.forge is not Forge.NONE else place.there
    below = place.folder.relative_to(base).as_posix().removeprefix(".")
    files = {_join(below, path): text for path, text in _own_files(start)}
    checks = pipelines(start.forge, place.below if place.top else "", own_origin())
    files |= {path if place.top else _join(below, path): text for path, text in checks.items()}
    plans = Plans(base, below, files, are_complete(checks))
    check_empty(place.folder / "plan")
    check_free(base, plans.paths)
    return plans


def make_repository(
    place: Place, plans: Plans, finish: Callable[[Path], object], *, with_git: bool
) -> Kept:
    """Write `plans` at `place`, all or nothing, and commit them; return how they are kept.

    `finish` is given the new repository's folder before anything is in its place, to add to it;
    whatever it raises stops everything. Raises OutputError for what cannot be written.
    """
    with staged(plans.base) as built:
        folder = built / plans.below
        write_files(built, plans.files)
        (folder / LOOK).parent.mkdir()
        _check_settings(folder / "plan")
        finish(folder)
        kept = _begin(folder) if with_git and place.top is None else Kept()
        put(built, plans.base)
    if not with_git:
        return Kept(
            why="git was left out", hint="The history of dates and owners begins with git init."
        )
    return kept if place.top is None else _continue(place.top, plans)


def _own_files(start: Start) -> list[tuple[str, str]]:
    """Return the paths and texts of all but the pipeline and the look."""
    return [
        *plan_files(start),
        (".gitignore", read_text("gitignore")),
        (".gitattributes", read_text("gitattributes")),
        (".vscode/settings.json", read_text("settings.json")),
        (".vscode/extensions.json", read_text("extensions.json")),
        *((f"docs/schema/{name}.schema.json", schema_text(name)) for name in MODELS),
        ("docs/owners-guide.md", read_text("owners-guide.md")),
        ("README.md", readme(start)),
    ]


def _join(below: str, path: str) -> str:
    return f"{below}/{path}" if below else path


def _check_settings(plan: Path) -> None:
    """Raise KimplanError where the settings cannot be read again, as with a title too long."""
    read = PlanFolder(plan).settings()
    if read.value is None:
        found = next(iter(read.diagnostics))
        raise KimplanError(found.message, found.hint)


def _begin(folder: Path) -> Kept:
    """Make the new folder a repository, if git is there, and commit all of it."""
    try:
        begin(folder)
    except GitError as error:
        shutil.rmtree(folder / ".git", ignore_errors=True)
        return Kept(why=error.message, hint=_NO_GIT)
    names = sorted(file.name for file in folder.iterdir() if file.name != ".git")
    return _commit(folder, names)


def _continue(top: Path, plans: Plans) -> Kept:
    """Commit what was written into a repository, if that has no commit of somebody's yet."""
    try:
        if has_commits(top):
            return Kept(why="the repository has a history already", hint=_COMMIT)
    except GitError as error:
        return Kept(why=error.message, hint=_COMMIT)
    base = plans.base.relative_to(top).as_posix().removeprefix(".")
    paths = [*plans.paths, _join(plans.below, "plan")]
    return _commit(top, [_join(base, path) for path in paths])


def _commit(root: Path, paths: list[str]) -> Kept:
    try:
        if knows_committer(root):
            return Kept(commit(root, paths, MESSAGE))
    except GitError as error:
        return Kept(why=error.message, hint=_COMMIT)
    return Kept(why="git does not know your name and address yet", hint=_NAME)
