"""The report made again of the plan as it was at the commit that a Word file names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from kimplan.errors import KimplanError
from kimplan.linter import load_folder
from kimplan.model.due import NotADateError, parse_day
from kimplan.model.plan import Layout, Plan
from kimplan.report.build import Request, build_report
from kimplan.report.document import Origin, ReportDocument
from kimplan.report.since import read_since_again
from kimplan.snapshot.checkout import Checkout
from kimplan.snapshot.read import Snapshot, read_snapshots
from kimplan.verify.expected import Content, expected, plain

_COMMIT = re.compile("[0-9a-f]{40}(?:[0-9a-f]{24})?")
_PARTS = ("summary", "changes", "trend", "overdue", "due-soon", "plan", "moves")
_BY_HAND = "Make the report again with kimplan report, and compare the two by eye."


class Made(NamedTuple):
    """How a report was made; `words` are the words that its template asked for."""

    origin: Origin
    as_of: date
    layout: Layout
    parts: tuple[str, ...]
    words: tuple[str, ...]
    has_own_text: bool


def read_made(properties: Mapping[str, str]) -> Made:
    """Return how a report was made, by the properties of its file.

    Raises KimplanError when they do not say it, or when nobody can know what was printed.
    """
    if not properties.get("version"):
        reason = "it does not say which version of a plan it was made of"
        raise KimplanError(f"this cannot be verified: {reason}", _NO_ORIGIN)
    try:
        made = _made(properties)
    except (KeyError, ValueError, NotADateError):
        reason = "what it says about its making is broken"
        raise KimplanError(f"this cannot be verified: {reason}", _BY_HAND) from None
    _check(made.origin)
    return made


_NO_ORIGIN = "It was not made by kimplan report, or another program left that out when saving it."


def _made(properties: Mapping[str, str]) -> Made:
    since_day = properties.get("since day")
    origin = Origin(
        properties["version"],
        _commit(properties.get("commit", "")),
        properties["modified since"] != "no",
        _folder(properties.get("plan", "")),
        _commit(properties.get("since", "")),
        parse_day(since_day) if since_day else None,
        properties.get("history") == "cut off",
    )
    parts = tuple(properties.get("parts", "").split())
    if set(parts) - set(_PARTS):
        raise ValueError(parts)
    return Made(
        origin, parse_day(properties["as of"]), Layout(properties["layout"]), parts,
        tuple(properties.get("words", "").split()), properties["own text"] != "no",
    )  # fmt: skip


def _commit(text: str) -> str:
    if text and not _COMMIT.fullmatch(text):
        raise ValueError(text)
    return text


def _folder(text: str) -> str:
    if not text.isprintable() or text.startswith("/") or ".." in text.split("/"):
        raise ValueError(text)
    return text


def _check(origin: Origin) -> None:
    if not origin.commit:
        reason = "it was made of a plan that was not under version control"
        raise KimplanError(f"this cannot be verified: {reason}", _BY_HAND)
    if origin.modified:
        commit = origin.commit[:7]
        reason = f"it was made of files that differed from {commit}, and nobody kept what they said"
        raise KimplanError(
            f"this cannot be verified: {reason}", f"The plan at {commit} is not what was printed."
        )


def make_again(root: Path, made: Made) -> ReportDocument:
    """Return the report that `made` tells of, from the repository whose top is `root`.

    Raises KimplanError when the repository does not know the commit or git cannot be asked.
    """
    checkout, origin = Checkout(root, made.origin.folder), made.origin
    commits = [commit for commit in (origin.commit, origin.since) if commit]
    snapshot, *_ = _known(checkout, commits)
    # What is wrong with it was told back then.
    plan = load_folder(snapshot.plan(), partial=True).plan
    if plan is None:
        short = origin.commit[:7]
        raise KimplanError(
            f"the plan at {short} cannot be understood by this version of kimplan",
            f"It was made by kimplan {origin.kimplan}; try that.",
        )
    return build_report(plan, _request(checkout, plan, made))


def _known(checkout: Checkout, commits: list[str]) -> list[Snapshot]:
    """Return the plan at each of the commits; raise KimplanError for one that is not here."""
    found = read_snapshots(checkout.root, checkout.below, commits)
    missing = [commit for commit, one in zip(commits, found, strict=True) if one is None]
    if missing:
        hint = "Run this in a clone of the plan's repository with its whole history (git fetch)."
        if checkout.is_shallow:
            hint = "This is a shallow clone: fetch the rest with git fetch --unshallow."
        message = f"this repository does not know the version {missing[0][:7]}"
        raise KimplanError(message, hint)
    return [one for one in found if one]


def _request(checkout: Checkout, plan: Plan, made: Made) -> Request:
    origin = made.origin
    since = read_since_again(checkout, plan, origin, made.as_of) if origin.since else None
    version = f"Source version {origin.commit[:7]} · kimplan {origin.kimplan}"
    return Request(made.as_of, version, made.layout, None, origin, since)


def doubts(root: Path, made: Made, ours: str) -> tuple[str, ...]:
    """Return why a difference need not be anybody's doing, a sentence each.

    `ours` is the version of this kimplan.
    """
    found = []
    if made.origin.kimplan != ours:
        found.append(
            f"It was made by kimplan {made.origin.kimplan}, and this is kimplan {ours}, which may "
            "word some things otherwise."
        )
    is_shallow = made.origin.is_cut_off or Checkout(root, "").is_shallow
    if made.origin.since and is_shallow:
        found.append(
            "It was made in a clone without the older history, or this is one: the trend and who "
            "changed what may differ for that."
        )
    return tuple(found)


def right_content(document: ReportDocument, made: Made) -> Content:
    """Return what the file must say: the parts that its template asked for, and their words."""
    content = expected(document, made.parts)
    lines = content.lines
    if not made.has_own_text:
        title = expected(document, ("title",)).lines
        lines = (*(line for line in title if line.name in made.words), *lines)
    header, footer = plain(document.header), plain(document.footer)
    headers, footers = made.words.count("header"), made.words.count("footer")
    return content._replace(lines=lines, headers=(header,) * headers, footers=(footer,) * footers)
