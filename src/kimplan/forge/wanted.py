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
_MOST_CALLED = 10  # users that an issue can be assigned to
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
    """The issue of a role: its key, title and text, and the users that it should be assigned to.

    `body` is the text as the forge gets it, `letter` what it says; `handles` is whom it calls.
    `note` returns what a comment should say where so much was told before, or nothing.
    """

    key: Key
    role: str
    title: str
    letter: Letter
    body: str
    handles: str
    assignees: tuple[str, ...]
    note: Callable[[frozenset[str]], str]


def wanted_issues(digests: Iterable[Digest], source: Source, style: Style) -> list[Wanted]:
    """Return the issue of each registered role that `digests` are of, in their order.

    A role is the same in all plans however its letters are written, as its key is.
    """
    by_key: dict[Key, list[Digest]] = {}
    for digest in digests:
        if digest.role and digest.owner:
            by_key.setdefault(make_key(source.place, digest.role), []).append(digest)
    return [_wanted(key, mine, source, style) for key, mine in by_key.items()]


def _wanted(key: Key, digests: Sequence[Digest], source: Source, style: Style) -> Wanted:
    handles, users = _handles(digests)
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
        return style.note(write_letter(new, source.occasion), handles) if new else ""

    body = f"{marker}\n{style.text(letter, handles)}"
    return Wanted(key, digests[0].role, _title(digests), letter, body, handles, users, note)


def _title(digests: Sequence[Digest]) -> str:
    plans = dict.fromkeys(one.title for one in digests)
    plan = next(iter(plans)) if len(plans) == 1 else "Action plans"
    return short(make_visible(one_line(f"{plan}: reminders for {digests[0].role}")), _LONGEST_TITLE)


def _handles(digests: Sequence[Digest]) -> tuple[str, tuple[str, ...]]:
    """Return how the role is called on the forge, and the users that it is; a team is no user.

    In several plans it may be several people's. Both are empty where the registries have no
    handle, or one of another kind.
    """
    handles = (_HANDLE.fullmatch(one.owner.handle or "") for one in digests if one.owner)
    each: dict[str, re.Match[str]] = {}
    for found in filter(None, handles):
        each.setdefault(found.group().casefold(), found)  # the forge knows no capitals
    known = list(each.values())[:_MOST_CALLED]
    users = tuple(found["user"] for found in known if not found["team"])
    return " ".join(found.group() for found in known), users


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
