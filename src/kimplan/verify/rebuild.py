"""The report made again of the plan as it was at the commit that a Word file names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from kimplan.errors import KimplanError
from kimplan.linter import load_folder
from kimplan.model.plan import Plan
from kimplan.report.build import build_report
from kimplan.report.document import ReportDocument
from kimplan.report.origin import Origin
from kimplan.report.position import state_remarks
from kimplan.report.request import Request
from kimplan.report.since import read_since_again
from kimplan.snapshot.checkout import Checkout
from kimplan.snapshot.read import Snapshot, read_snapshots
from kimplan.snapshot.version import SHORT, SourceVersion
from kimplan.verify.expected import Content, Line, expected
from kimplan.verify.made import Made, parse_made
from kimplan.verify.plain_text import plain

_BY_HAND = "Make the report again with kimplan report, and compare the two by eye."


def read_made(properties: Mapping[str, str]) -> Made:
    """Return how a report was made, by the properties of its file.

    Raises KimplanError when they do not say it, or when nobody can know what was printed.
    """
    try:
        made = parse_made(properties)
    except ValueError:
        reason = "what it says about its making is broken"
        raise KimplanError(f"this cannot be verified: {reason}", _BY_HAND) from None
    if made is None:
        reason = "it does not say which version of a plan it was made of"
        raise KimplanError(f"this cannot be verified: {reason}", _NO_ORIGIN)
    _check(made.origin)
    return made


_NO_ORIGIN = "It was not made by kimplan report, or another program left that out when saving it."


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
    source = SourceVersion(origin.commit[:SHORT]).shown(plan.settings.language)
    version = f"{source} · kimplan {origin.kimplan}"
    return Request(
        as_of=made.as_of,
        version=version,
        layout=made.layout,
        origin=origin,
        since=since,
        remarks=state_remarks(plan, made.as_of),
        only=origin.only,
    )


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
    content, words = expected(document, made.parts), document.words
    header, footer = plain(words.header), plain(words.footer)
    return content._replace(
        lines=(*_title(document, made), *content.lines),
        headers=(header,) * made.words.count("header"),
        footers=(footer,) * made.words.count("footer"),
    )


def _title(document: ReportDocument, made: Made) -> Iterator[Line]:
    """Yield the lines that stand above the parts, unless an organisation's own stand there."""
    words = document.words
    for name, text in (("title", words.title), ("subtitle", words.subtitle)):
        if name in made.words and not made.has_own_text:
            yield Line("title", name, plain(text))
