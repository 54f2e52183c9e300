"""Links to a plan's files in the editor of the forge that has its repository."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote, urlsplit

from kimplan.errors import KimplanError
from kimplan.git.process import GitError
from kimplan.git.remote import Remote, find_remote, main_branch
from kimplan.loader import find_repository
from kimplan.snapshot.layout import RECORDS

Link = Callable[[str], str]
_AZURE_SSH = re.compile(r"v3/([^/]+)/([^/]+)/([^/]+)")
_BASE_HINT = "Write it as https://forge.example.org/owner/plan/_edit/main: files stand below it."


def edit_links(plan: Path, base: str = "") -> Link:
    """Return what gives the link to a record of the plan in the folder `plan` by its ref.

    The links stand below `base`, a web address, if there is one: then comes a file's path from the
    top of the repository, or from the plan's folder outside of one. Otherwise they lead to the
    editor of the forge that the repository came from, and are empty where that is not known.
    Raises KimplanError for a base that is no web address.
    """
    top = find_repository(plan)
    below = plan.resolve().relative_to(top).as_posix() if top else "."
    folder = "" if below == "." else f"{below}/"
    start, end = (check_base(base), "") if base else _of_forge(top)

    def link(ref: str) -> str:
        return f"{start}/{quote(f'{folder}{RECORDS}{ref}.yaml')}{end}" if start else ""

    return link


def check_base(base: str) -> str:
    """Return a web address that links begin with, without a slash at its end.

    Raises KimplanError for anything else, and for one with a user, a password or a question.
    """
    text = base.strip().rstrip("/")
    try:
        parts = urlsplit(text)
        is_web = parts.scheme in {"http", "https"} and bool(parts.hostname) and text.isprintable()
        is_web = is_web and not re.search(r"[\s<>\"\\^`{|}]", text) and parts.port != 0
    except ValueError:
        is_web = False
    if not is_web:
        raise KimplanError("--link-base is not a web address", _BASE_HINT)
    if "@" in parts.netloc or parts.query or parts.fragment:
        message = "--link-base may have no user, password, question mark or number sign"
        raise KimplanError(message, _BASE_HINT)
    return text


@lru_cache(maxsize=256)
def _of_forge(top: Path | None) -> tuple[str, str]:
    """Return the same of the repository at `top`, which many plans may share: git is asked once."""
    try:
        remote = find_remote(top) if top else None
        branch = main_branch(top) if top and remote else ""
    except GitError:
        return "", ""
    return edit_address(remote, branch) if remote and branch else ("", "")


def edit_address(remote: Remote, branch: str) -> tuple[str, str]:
    """Return what stands before a file's path in the link to its editor, and what after it.

    Both are empty for a forge that is not known.
    """
    host, at = remote.host, quote(branch)
    names = set(host.partition(":")[0].split("."))
    if host.endswith(("dev.azure.com", ".visualstudio.com")):
        azure, version = _azure(remote), quote(f"GB{branch}", safe="")
        return (f"{azure}?path=", f"&version={version}&_a=contents") if azure else ("", "")
    url = f"{remote.scheme}://{host}/{quote(remote.path)}"
    if "github" in names or host.endswith(".ghe.com"):
        return f"{url}/edit/{at}", ""
    if "gitlab" in names:
        return f"{url}/-/edit/{at}", ""
    if host == "bitbucket.org":
        return f"{url}/src/{at}", f"?mode=edit&at={quote(branch, safe='')}"
    if names & {"gitea", "forgejo", "codeberg"}:
        return f"{url}/_edit/{at}", ""
    return "", ""


def _azure(remote: Remote) -> str:
    """Return the web address of a repository of Azure DevOps, or nothing if it is not one."""
    if found := _AZURE_SSH.fullmatch(remote.path):
        names = (found[1], found[2], "_git", found[3])
        return f"https://dev.azure.com/{'/'.join(map(quote, names))}"
    return f"https://{remote.host}/{quote(remote.path)}" if "/_git/" in remote.path else ""
