"""Which commit a name means: one answer, and one guard, for every command."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from enum import Enum
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from kimplan.errors import KimplanError
from kimplan.git.objects import read_objects
from kimplan.git.process import GitError, git
from kimplan.git.shallow import cut_off
from kimplan.model.due import NotADateError, parse_day, show_day

_LONGEST = 500
_LATEST = 2**31 - 1  # seconds since 1970; git takes more for a negative number
_HASH = re.compile("[0-9a-f]{4,64}")
_SUFFIX = re.compile(r"[~^:]|@[{]")
# git takes these for what they say, whatever else has the same name.
_UNMISTAKABLE = re.compile(r"refs/.*|[A-Z_]*HEAD|@?|[0-9a-f]{40}(?:[0-9a-f]{24})?")
_TAGS, _BRANCHES, _REMOTES = "refs/tags/", "refs/heads/", "refs/remotes/"
_MADE = re.compile(rb"^(?:committer|tagger) .* ([0-9]+) [-+][0-9]{4}$", re.MULTILINE)
_A_COMMIT = "Name a branch, a tag or a commit of this repository: --base origin/main."
_OR_A_DAY = "Name a branch, a tag, a commit or a day: board-2024-05, HEAD~3, 2024-05-31."
_FETCH_MORE = "This is a shallow clone: fetch more of the history (on GitHub: fetch-depth: 0)."


class Kind(Enum):
    """What kind of name somebody gave a commit."""

    COMMIT = "commit"  # its hash, or what leads to it, such as HEAD~3
    BRANCH = "branch"
    TAG = "tag"  # an annotated one, which has a day of its own
    LIGHT_TAG = "lightweight tag"
    DAY = "day"


class Revision(NamedTuple):
    """A commit that somebody named: as they named it, in full, its day and the kind of name.

    The day is the one that was named; that on which an annotated tag was made; or else that on
    which the commit was made.
    """

    said: str
    commit: str
    day: date
    kind: Kind

    def __str__(self) -> str:
        """Return the revision as a person reads it: ``board-2024-05 (1a2b3c4)``."""
        short = self.commit[:7]
        return short if self.commit.startswith(self.said) else f"{self.said} ({short})"


class LookUp:
    """What git has under a name that somebody `said`: it looks from the moment this is made.

    In the same call it looks for the objects that are named `beside` it. A name that git may not
    be asked about is not looked for; `find_commit` and `find_revision` raise what is wrong.
    """

    def __init__(self, root: Path, said: str, beside: Sequence[str] = ()) -> None:
        name = _SUFFIX.split(said)[0]
        short = "" if _UNMISTAKABLE.fullmatch(name) else name
        self._root = root
        self._said = said
        self._places = _places(short) if short else ()
        self._asked = [said, f"{said}^{{commit}}", "HEAD^{commit}"]
        self._asked += [f"{place}^{{commit}}" for place in self._places] + [short] * bool(short)
        self._told = read_objects(root, [*self._asked, *beside] if _is_name(said) else ())
        self.beside: list[tuple[str, str, bytes]] = []  # as they are found with the name

    def found(self) -> _Found:
        """Return what the name means; raise KimplanError where that is several things."""
        told = self._answers()
        self.beside = told[len(self._asked) :]
        itself, peeled, head, *others = (_Object(*one) for one in told[: len(self._asked)])
        commit = itself if itself.kind == "commit" else peeled
        if not commit.name:
            return _Found(problem=itself.kind if head.name else "no HEAD")
        named = dict(zip(self._places, (one.name for one in others), strict=False))
        if others:
            _check_others(self._root, self._said, named, others[-1].name)
        if itself.kind == "tag" and _MADE.search(_header(itself.content)):
            return _Found(commit.name, Kind.TAG, itself.content)
        return _Found(commit.name, _kind(self._said, named), commit.content)

    def _answers(self) -> list[tuple[str, str, bytes]]:
        found: list[tuple[str, str, bytes]] = []
        try:
            found += self._told
        except GitError:
            if len(found) < len(self._asked):
                raise
            del found[len(self._asked) :]  # what is wrong is beside it: whoever needs it will see
        return found


def find_commit(root: Path, said: str, option: str = "", begun: LookUp | None = None) -> str:
    """Return the full name of the commit that `said` names in the repository at `root`.

    A name that means two things is refused: whoever may push a tag could otherwise decide what a
    branch's name means. `option` is what `said` was given to, and `begun` the look-up of it, if it
    was begun already. Raises KimplanError where there is no such commit, and GitError where git
    cannot be asked.
    """
    _check_name(said, option, _A_COMMIT)
    found = (begun or LookUp(root, said)).found()
    if found.commit:
        return found.commit
    raise _no_commit(root, said, found, _A_COMMIT)


def find_revision(
    root: Path, said: str, timezone: str, option: str = "", begun: LookUp | None = None
) -> Revision:
    """Return the same with its day, where `said` may also be a day.

    A day means the last commit of HEAD's main line up to its end in `timezone`.
    """
    _check_name(said, option, _OR_A_DAY)
    found = (begun or LookUp(root, said)).found()
    if found.commit:
        return Revision(said, found.commit, _day_of(found, timezone), found.kind)
    day = _parse_day(said)
    if day is None or found.problem == "no HEAD":
        raise _no_commit(root, said, found, _OR_A_DAY)
    commit = _commit_of_day(root, day, timezone)
    if commit:
        return Revision(said, commit, day, Kind.DAY)
    hint = _FETCH_MORE if cut_off(root) else _OR_A_DAY
    raise KimplanError(f"the plan has no commit up to {said}", hint)


def remarks(root: Path, revision: Revision, timezone: str, folder: str = "") -> Iterator[str]:
    """Yield what somebody must know of a revision that they named, a sentence each.

    `folder` is what they look at, below the top `root`. Raises GitError.
    """
    said, day = revision.said, show_day(revision.day)
    if revision.kind is Kind.LIGHT_TAG:
        yield (
            f"the tag {said} keeps no day of its own, so the day of its commit counts, {day}: a "
            "tag made with git tag -a keeps the day on which it was made"
        )
    if revision.kind is not Kind.DAY:
        if _parse_day(said):
            yield f"{said} is the name of a {revision.kind.value} here, not taken for the day"
    elif _is_uncertain(root, revision, timezone, folder):
        yield (
            f"the state of {day} is uncertain: changes of that day or earlier came in only by a "
            "merge after it, and git does not keep when they were pushed"
        )


def _is_uncertain(root: Path, day: Revision, timezone: str, folder: str) -> bool:
    """Return whether commits of a `day` or earlier that touch `folder` were merged only after."""
    end = f"--min-age={_end_of(day.day, timezone)}"
    only = ["--full-history", "HEAD", f"^{day.commit}", "--", *([folder] if folder else [])]
    return bool(git(root, "rev-list", "-1", end, *only).strip())


def _check_name(said: str, option: str, hint: str) -> None:
    if not _is_name(said):
        raise KimplanError(f"{option} '{said[:40]}' is no revision".lstrip(), hint)


def _is_name(said: str) -> bool:
    """Return whether git may be asked about `said` as the name of a revision."""
    is_odd = not said.isprintable() or len(said) > _LONGEST
    return bool(said.strip()) and not said.startswith("-") and not is_odd


class _Found(NamedTuple):
    """What git has under a name; `problem` says what it is instead of a commit."""

    commit: str = ""
    kind: Kind = Kind.COMMIT
    made: bytes = b""  # the commit or the annotated tag, which says when it was made
    problem: str = ""


class _Object(NamedTuple):
    name: str
    kind: str
    content: bytes


def _places(name: str) -> tuple[str, ...]:
    """Return the name by which git looks for a commit, and the full names that it may stand for."""
    return name, _TAGS + name, _BRANCHES + name, _REMOTES + name, f"{_REMOTES}{name}/HEAD"


def _kind(said: str, named: Mapping[str, str]) -> Kind:
    """Return what kind of name `said` is, if it is no annotated tag's."""
    if _SUFFIX.search(said):
        return Kind.COMMIT
    if said.startswith((_TAGS, "tags/")) or named.get(_TAGS + said):
        return Kind.LIGHT_TAG
    is_branch = said.startswith((_BRANCHES, _REMOTES, "heads/", "remotes/"))
    is_branch |= any(named.get(place) for place in _places(said)[2:])
    return Kind.BRANCH if is_branch else Kind.COMMIT


def _check_others(root: Path, said: str, named: Mapping[str, str], itself: str) -> None:
    """Raise KimplanError where a name is also that of another branch or tag, or of a commit.

    `named` are the commits that it may mean, by their full names, the first as git takes it;
    `itself` is the object of that name.
    """
    name = next(iter(named))
    found = {place: commit for place, commit in named.items() if commit and place != name}
    if named[name] and named[name] == found.get(_TAGS + name):
        found |= _branches_elsewhere(root, name)
    is_other = bool(itself) and not itself.startswith(name) and bool(_HASH.fullmatch(name))
    if is_other or (named[name] and {named[name]} != {named[name], *found.values()}):
        example = next((place for place in found if not place.startswith(_TAGS)), _TAGS + name)
        hint = f"Name it in full, such as {example}, or by its commit."
        raise KimplanError(f"'{said}' names more than one thing in this repository", hint)


def _branches_elsewhere(root: Path, name: str) -> dict[str, str]:
    """Return the branches of that name that are known of other repositories, and their commits.

    A clone in a pipeline often has no branch of its own: a tag then needs only the name of one.
    """
    form = "--format=%(objectname) %(refname)"
    lines = os.fsdecode(git(root, "for-each-ref", form, f"{_REMOTES}*/{name}")).splitlines()
    return {refname: commit for commit, _, refname in (line.partition(" ") for line in lines)}


def _no_commit(root: Path, said: str, found: _Found, hint: str) -> KimplanError:
    if found.problem == "no HEAD":
        return KimplanError("this repository has no commits yet", "Commit the plan first.")
    if found.problem in {"tree", "blob", "tag"}:
        return KimplanError(f"'{said}' is a {found.problem}, not a commit", hint)
    if found.problem == "ambiguous":
        message = f"'{said}' is the beginning of more than one name in this repository"
        return KimplanError(message, "Write more of it.")
    hint = _FETCH_MORE if cut_off(root) else hint
    return KimplanError(f"there is no revision '{said}' in this repository", hint)


def _day_of(found: _Found, timezone: str) -> date:
    made = _MADE.search(_header(found.made))
    try:
        return datetime.fromtimestamp(int(made[1] if made else ""), ZoneInfo(timezone)).date()
    except (ValueError, OverflowError, OSError):
        what = f"the {'tag' if found.kind is Kind.TAG else 'commit'} {found.commit[:7]}"
        raise KimplanError(f"{what} names no day that there is", _OR_A_DAY) from None


def _header(content: bytes) -> bytes:
    return content.partition(b"\n\n")[0]


def _parse_day(text: str) -> date | None:
    try:
        return parse_day(text.strip())
    except NotADateError:
        return None


def _end_of(day: date, timezone: str) -> int:
    end = int(datetime.combine(day, time.max, ZoneInfo(timezone)).timestamp())
    return min(end, _LATEST)


def _commit_of_day(root: Path, day: date, timezone: str) -> str:
    """Return the last commit on the main line up to the end of `day`, or nothing."""
    end = _end_of(day, timezone)
    if end < 0:  # no commit is older than 1970
        return ""
    arguments = ["rev-list", "-1", "--first-parent", f"--min-age={end}"]
    return git(root, *arguments, "--end-of-options", "HEAD", "--").decode().strip()
