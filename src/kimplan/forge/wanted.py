"""What the issues should say: one for each role that has something to hear."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from kimplan.answers.letter import Letter, Occasion, write_letter
from kimplan.answers.naming import one_line, short
from kimplan.answers.reminders import Digest, Topic
from kimplan.characters import make_visible
from kimplan.forge.marker import MOST_TOLD, Key, Marker, make_key, token_of

_LONGEST_TITLE = 250  # characters; GitHub takes 256
_HANDLE = re.compile(
    r"@(?P<user>[A-Za-z0-9][A-Za-z0-9-]*(?:_[A-Za-z0-9]+)?)(?P<team>/[\w.-]+)?", re.A
)
# What its owner is told of on the day on which it comes to this: the text alone tells nobody.
_TOLD = frozenset({Topic.OVERDUE, Topic.DUE_SOON, Topic.EXPIRING})


class Style(NamedTuple):
    """How a letter is written as Markdown: as an issue's whole text, and as a comment below it.

    Each takes the letter, and whom it calls by a name of the forge, which may be empty.
    """

    text: Callable[[Letter, str], str]
    note: Callable[[Letter, str], str]


class Source(NamedTuple):
    """What the issues are made from: the occasion, and where the plan or plans stand.

    That place in the repository tells them from others. `missing` are plans that were left out.
    """

    occasion: Occasion
    place: str
    missing: Sequence[str] = ()


class Wanted(NamedTuple):
    """The issue of a role: its key, title and text, and the user that it should be assigned to.

    `body` is the text as the forge gets it, `letter` what it says; `handle` is whom it calls.
    `note` returns what a comment should say where so much was told before, or nothing.
    """

    key: Key
    role: str
    title: str
    letter: Letter
    body: str
    handle: str
    assignee: str
    note: Callable[[frozenset[str]], str]


def wanted_issues(digests: Iterable[Digest], source: Source, style: Style) -> list[Wanted]:
    """Return the issue of each registered role that `digests` are of, in their order."""
    by_role: dict[str, list[Digest]] = {}
    for digest in digests:
        if digest.role and digest.owner:
            by_role.setdefault(digest.role, []).append(digest)
    return [_wanted(mine, source, style) for mine in by_role.values()]


def _wanted(digests: Sequence[Digest], source: Source, style: Style) -> Wanted:
    role = digests[0].role
    key, (handle, user) = make_key(source.place, role), _handle(digests)
    told = frozenset(token for one in digests for token in _tokens(one))
    is_many = len(told) > MOST_TOLD  # more than could be kept, and than anybody would read
    marker = Marker(key, frozenset() if is_many else told)
    letter = write_letter(digests, source.occasion)
    if source.missing:
        missing = ", ".join(map(one_line, source.missing))
        said = f"{letter.opening} What {missing} may ask is missing here: it could not be read."
        letter = letter._replace(opening=said)

    def note(before: frozenset[str]) -> str:
        new = [] if is_many else [found for one in digests if (found := _without(one, before))]
        return style.note(write_letter(new, source.occasion), handle) if new else ""

    body = f"{marker}\n{style.text(letter, handle)}"
    return Wanted(key, role, _title(digests), letter, body, handle, user, note)


def _title(digests: Sequence[Digest]) -> str:
    plans = dict.fromkeys(one.title for one in digests)
    plan = next(iter(plans)) if len(plans) == 1 else "Action plans"
    return short(make_visible(one_line(f"{plan}: reminders for {digests[0].role}")), _LONGEST_TITLE)


def _handle(digests: Sequence[Digest]) -> tuple[str, str]:
    """Return how the role is called on the forge, and the user that it is; a team is no user.

    Both are empty where the registry has no handle, or one of another kind.
    """
    handles = (one.owner.handle or "" for one in digests if one.owner)
    found = _HANDLE.fullmatch(next(filter(None, handles), ""))
    if not found:
        return "", ""
    return found.group(), "" if found["team"] else found["user"]


def _tokens(digest: Digest) -> Iterator[str]:
    """Yield what stands for each thing that a role is told; a secretary's are its owners'."""
    if digest.is_secretary:
        return
    for row in digest.rows:
        if row.topic in _TOLD:
            what = row.title if row.is_action else ""
            yield token_of(digest.plan, row.topic, row.ref, what, row.evidence)
    for news in digest.news:
        yield token_of(digest.plan, news.event, news.ref, news.title, news.before, news.after)


def _without(digest: Digest, before: frozenset[str]) -> Digest | None:
    """Return `digest` without what was told before and what is never told; None if that is all."""
    alone = (digest._replace(rows=(row,), news=()) for row in digest.rows)
    rows = tuple(one.rows[0] for one in alone if not before.issuperset(_tokens(one)))
    told = (digest._replace(rows=(), news=(news,)) for news in digest.news)
    news = tuple(one.news[0] for one in told if not before.issuperset(_tokens(one)))
    return digest._replace(rows=rows, news=news) if rows or news else None
