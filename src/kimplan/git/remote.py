"""Where a repository's web address is, from what git knows as its origin; no password is kept."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import NamedTuple
from urllib.parse import SplitResult, urlsplit

from kimplan.git.process import git

_ORIGIN = "remote.origin.url"
_SCP = re.compile(r"(?:[^/:@\s]+@)?(?P<host>[A-Za-z0-9.-]+):(?P<path>[^:\s]+)")  # git@host:a/b.git
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")
_HEAD = "refs/remotes/origin/"
_USUAL_PORTS = {("https", 443), ("http", 80)}
# Where forges take SSH on the port of HTTPS; nothing is there for a browser.
_WEB_HOSTS = {
    "ssh.github.com": "github.com",
    "altssh.gitlab.com": "gitlab.com",
    "altssh.bitbucket.org": "bitbucket.org",
}


class Remote(NamedTuple):
    """A repository on a forge: ``https`` or ``http``, the host with its port, and the path there.

    `path` is as people read it, without slashes around it and without ``.git`` at its end.
    """

    scheme: str
    host: str
    path: str

    @property
    def url(self) -> str:
        """The repository's web address, without a user or a password."""
        return f"{self.scheme}://{self.host}/{self.path}"


def find_remote(root: Path) -> Remote | None:
    """Return where the repository at `root` came from, None where that is no forge.

    Raises GitError.
    """
    text = os.fsdecode(git(root, "config", "--get", _ORIGIN, may_fail=True)).strip()
    return read_remote(text)


def read_remote(text: str) -> Remote | None:
    """Return the forge's repository that an address of git's names, None for anything else."""
    if "://" not in text:
        found = _SCP.fullmatch(text)
        return _remote("https", found["host"], found["path"]) if found else None
    try:
        parts = urlsplit(text)
        has_port = parts.port and parts.scheme in {"http", "https"}
        is_usual = (parts.scheme, parts.port) in _USUAL_PORTS
    except ValueError:
        return None
    return _of_url(parts, f":{parts.port}" if has_port and not is_usual else "")


def _of_url(parts: SplitResult, port: str) -> Remote | None:
    from urllib.parse import unquote

    schemes = {"https": "https", "http": "http", "ssh": "https", "git+ssh": "https"}
    if parts.scheme not in schemes or not parts.hostname or not _HOST.fullmatch(parts.hostname):
        return None
    return _remote(schemes[parts.scheme], f"{parts.hostname}{port}", unquote(parts.path))


def _remote(scheme: str, host: str, path: str) -> Remote | None:
    names = path.strip("/").removesuffix(".git").split("/")
    if not all(name.strip() and name.isprintable() and name not in {".", ".."} for name in names):
        return None
    return Remote(scheme, _WEB_HOSTS.get(host.lower(), host.lower()), "/".join(names))


def main_branch(root: Path) -> str:
    """Return the branch that others work from: the origin's own, or else the one in use, or none.

    A pipeline's clone often has neither; then it is the origin's branch that is checked out, if it
    can only be one. Raises GitError.
    """
    for name, start in ((f"{_HEAD}HEAD", _HEAD), ("HEAD", "refs/heads/")):
        found = os.fsdecode(git(root, "symbolic-ref", "--quiet", name, may_fail=True)).strip()
        if found.startswith(start):
            return found.removeprefix(start)
    here = git(root, "for-each-ref", "--points-at=HEAD", "--format=%(refname)", _HEAD)
    branches = [name.removeprefix(_HEAD) for name in os.fsdecode(here).split()]
    usual = [name for name in branches if name in {"main", "master"}] or branches
    return usual[0] if len(usual) == 1 else ""
