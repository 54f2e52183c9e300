"""Which commit does this name mean? The one answer, for every command that takes a revision."""

from __future__ import annotations

import os
import re
from datetime import date, datetime, time
from pathlib import Path
from typing import NamedTuple, TypeAlias
from zoneinfo import ZoneInfo

from kimplan.errors import KimplanError
from kimplan.git.objects import read_objects
from kimplan.git.process import GitError, git
from kimplan.model.due import NotADateError, parse_day, show_day
from kimplan.plural import count

_SHORT = 7
_LONGEST = 500
_LATEST = 2**31 - 1  # seconds since 1970; git takes more for a negative number
_OBJECT = re.compile(rb"([0-9a-f]{40,64}) ([a-z]+) [0-9]+")
_HASH = re.compile("[0-9a-f]{4,64}")
_SUFFIX = re.compile(r"[~^:]|@[{]")
# git takes these for what they say, whatever else has the same name.
_UNMISTAKABLE = re.compile(r"refs/.*|[A-Z_]*HEAD|@?|[0-9a-f]{40}(?:[0-9a-f]{24})?")
_TAGS = "refs/tags/"
_KINDS = (_TAGS, "refs/heads/", "refs/remotes/")
_WHEN = re.compile(rb"^(?:committer|tagger) .* ([0-9]+) [-+][0-9]{4}$", re.MULTILINE)
_Found: TypeAlias = re.Match[bytes] | None
_NAME_ONE = "Name a branch, a tag, a commit or a day: board-2024-05, HEAD~3, 2024-05-31."
_NAME_IN_FULL = (
    "Name it in full, such as refs/heads/{name}, refs/tags/{name} or refs/remotes/origin/main, "
    "or by its commit."
)
_FETCH_MORE = "This is a shallow clone: fetch more of the history (on GitHub: fetch-depth: 0)."


class Named(NamedTuple):
    """What a name means: its commit, that of HEAD, and the annotated tag that it names, if any.

    `is_light_tag` tells that it is a tag that keeps no day of its own.
    """

    commit: str
    head: str
    tag: str = ""
    is_light_tag: bool = False


class Revision(NamedTuple):
    """A commit that somebody named: as they named it, in full, and the day that it stands for.

    That is the day that was named, an annotated tag's own, or else the commit's. `remark` is a
    sentence about what is not certain, or empty.
    """

    said: str
    commit: str
    day: date
    remark: str = ""

    def __str__(self) -> str:
        """Return the revision as a person reads it: ``board-2024-05 (1a2b3c4)``."""
        short = self.commit[:_SHORT]
        return short if self.commit.startswith(self.said) else f"{self.said} ({short})"


def is_shallow(root: Path) -> bool:
    """Return whether the clone at `root` lacks the older part of its history."""
    return git(root, "rev-parse", "--is-shallow-repository").strip() == b"true"


def find_commit(root: Path, said: str) -> Named:
    """Return the commit that `said` names in the repository at `root`.

    A name that both a tag and a branch have is refused: whoever may push a tag could otherwise
    decide what a plan is compared with. Raises KimplanError where there is no one such commit, and
    GitError where git cannot be asked.
    """
    named = _find(root, said)
    if named is None:
        hint = _FETCH_MORE if is_shallow(root) else _NAME_ONE
        raise KimplanError(f"there is no revision '{said}' in this repository", hint)
    return named


def find_revision(root: Path, said: str, timezone: str) -> Revision:
    """Return the commit that `said` names, or the last one up to the end of the day that it names.

    Days are those of the time zone `timezone`. Raises as `find_commit` does.
    """
    named = _find(root, said, may_be_day=True)
    if named is None:
        return _revision_of_day(root, said, timezone)
    _, _, content = next(iter(read_objects(root, [named.tag or named.commit])))
    day = _day_of(content, timezone)
    if day is None:
        raise KimplanError(
            f"the commit {named.commit[:_SHORT]} names no day that there is", _NAME_ONE
        )
    remark = ""
    if named.is_light_tag:
        remark = (
            f"the tag {said} keeps no day of its own, so {show_day(day)} counts, the day of its "
            "commit; git tag -a makes one that does"
        )
    return Revision(said, named.commit, day, remark)


def _find(root: Path, said: str, *, may_be_day: bool = False) -> Named | None:
    """Return what `said` names, None if nothing has that name."""
    is_odd = not said.isprintable() or len(said) > _LONGEST
    if not said.strip() or said.startswith("-") or is_odd:
        raise KimplanError(f"'{said[:40]}' is no revision", _NAME_ONE)
    asked = [said, f"{said}^{{commit}}", "HEAD^{commit}"]
    name = _SUFFIX.split(said)[0]
    if not _UNMISTAKABLE.fullmatch(name):
        asked += [name, *(f"{where}{name}^{{commit}}" for where in ("", *_KINDS))]
    lines = "".join(f"{line}\n" for line in asked)
    answers = git(root, "cat-file", "--batch-check", stdin=os.fsencode(lines)).splitlines()
    itself, peeled, head, *others = (_OBJECT.fullmatch(answer) for answer in answers)
    if not head and not (may_be_day and _day(said)):
        raise KimplanError("this repository has no commits yet", "Commit the plan first.")
    commit = itself if itself and itself[2] == b"commit" else peeled
    if others and _is_mistakable(name, *others):
        message = f"'{said}' names more than one thing in this repository"
        raise KimplanError(message, _NAME_IN_FULL.format(name=name))
    if not commit or not head:
        if fault := _fault(said, answers[0]):
            raise fault
        return None
    tag = itself[1].decode() if itself and itself[2] == b"tag" else ""
    is_tag = said.startswith(_TAGS) or (len(others) > 2 and others[2] is not None)
    is_light = is_tag and not tag and name == said
    return Named(commit[1].decode(), head[1].decode(), tag, is_light)


def _fault(said: str, answer: bytes) -> KimplanError | None:
    """Return why a name that is known names no commit; None for one that is not known."""
    if found := _OBJECT.fullmatch(answer):
        return KimplanError(f"'{said}' is a {found[2].decode()}, not a commit", _NAME_ONE)
    if answer.endswith(b" ambiguous"):
        message = f"'{said}' is the beginning of more than one name in this repository"
        return KimplanError(message, "Write more of it.")
    return None


def _is_mistakable(name: str, itself: _Found, commit: _Found, *others: _Found) -> bool:
    """Return whether `name` is also that of another branch or tag, or of a commit."""
    if commit and any(other and other[1] != commit[1] for other in others):
        return True
    is_hash = _HASH.fullmatch(name) is not None
    return is_hash and itself is not None and not itself[1].startswith(name.encode())


def _day(text: str) -> date | None:
    try:
        return parse_day(text.strip())
    except NotADateError:
        return None


def _day_of(content: bytes, timezone: str) -> date | None:
    """Return the day on which a commit or a tag was made, None if it names none that there is."""
    found = _WHEN.search(content)
    try:
        return datetime.fromtimestamp(int(found[1]) if found else 0, ZoneInfo(timezone)).date()
    except (ValueError, OverflowError, OSError):
        return None


def _revision_of_day(root: Path, said: str, timezone: str) -> Revision:
    day = _day(said)
    end = int(datetime.combine(day, time.max, ZoneInfo(timezone)).timestamp()) if day else -1
    commit = _last_commit(root, end) if end >= 0 else ""  # no commit is older than 1970
    if not commit or day is None:
        if is_shallow(root):
            message = f"there is no '{said}' in this shallow clone, which lacks the older history"
        elif day:
            message = f"the plan has no commit up to {said}"
        else:
            message = f"there is no revision '{said}' in this repository"
        raise KimplanError(message, _NAME_ONE)
    return Revision(said, commit, day, _doubt(root, commit, end, day))


def _last_commit(root: Path, end: int) -> str:
    """Return the last commit on the main line up to `end`, in seconds since 1970, or nothing."""
    arguments = ["rev-list", "-1", "--first-parent", f"--min-age={min(end, _LATEST)}"]
    try:
        return git(root, *arguments, "--end-of-options", "HEAD", "--").decode().strip()
    except GitError as error:
        if str(error).endswith("bad revision 'HEAD'"):
            return ""
        raise


def _doubt(root: Path, commit: str, end: int, day: date) -> str:
    """Return that commits of that time came in later, by merges, if any did."""
    arguments = ["rev-list", "--count", f"--min-age={min(end, _LATEST)}"]
    number = int(git(root, *arguments, "--end-of-options", "HEAD", f"^{commit}", "--") or 0)
    if not number:
        return ""
    return (
        f"{count(number, 'commit')} dated up to {show_day(day)} came in only later, by a merge, so "
        "what the plan said at its end is not certain"
    )
