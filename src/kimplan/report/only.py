"""A part of a plan: which recommendations somebody wants a report of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kimplan.model.language import ENGLISH, Language
from kimplan.model.plan import Plan, Settings
from kimplan.model.recommendation import Recommendation

OPEN, SECTION, OWNER = "open", "section", "owner"


class Only(NamedTuple):
    """Conditions, each of which must be met; one that is left empty does not matter.

    `sections` are ids and `owners` roles, of which one must fit: an owner of the recommendation,
    or of an action that is still to be done.
    """

    is_open: bool = False
    sections: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()

    def has(self, item: Recommendation) -> bool:
        """Return whether the recommendation belongs to the part."""
        return (
            (not self.is_open or item.rag.is_open)
            and (not self.sections or item.section in self.sections)
            and (not self.owners or self._is_owned(item))
        )

    def _is_owned(self, item: Recommendation) -> bool:
        of_actions = (one.owner for one in item.actions if one.is_open and one.owner)
        roles = {role.casefold() for role in (*item.owners, *of_actions)}
        return any(owner.casefold() in roles for owner in self.owners)

    def of(self, plan: Plan) -> Plan:
        """Return the plan with nothing but the part: its recommendations and their sections."""
        items = tuple(filter(self.has, plan.recommendations))
        used = {item.section for item in items}
        sections = [one for one in plan.settings.sections if one.id in used]
        settings = plan.settings.model_copy(update={"sections": sections})
        return plan._replace(settings=settings, recommendations=items)

    @property
    def terms(self) -> list[str]:
        """The conditions as they are written: ``open``, ``section=repairs``, ``owner=Board``."""
        return [
            *([OPEN] if self.is_open else []),
            *(f"{SECTION}={one}" for one in self.sections),
            *(f"{OWNER}={one}" for one in self.owners),
        ]

    @property
    def names(self) -> list[str]:
        """What the conditions name, for the name of a file: ``open``, ``repairs``, ``Board``."""
        return [*([OPEN] if self.is_open else []), *self.sections, *self.owners]

    def describe(self, settings: Settings) -> str:
        """Return the part in words: ``open items of the section Repairs owned by the Board``."""
        titles = {one.id: " ".join(one.title.split()) for one in settings.sections}
        sections = [titles.get(one, one).removesuffix(".") for one in self.sections]
        say = settings.language.say
        words = [say("open items") if self.is_open else say("items")]
        if sections:
            names = _joined(sections, say("and"))
            one = len(sections) == 1
            words.append(
                say("of the section {names}", names=names)
                if one
                else say("of the sections {names}", names=names)
            )
        if self.owners:
            words.append(say("owned by {names}", names=_joined(self.owners, say("or"))))
        return " ".join(words)


class Extract(NamedTuple):
    """How many recommendations of how many a report shows, and which in words."""

    shown: int
    total: int
    what: str
    language: Language = ENGLISH

    @property
    def numbers(self) -> str:
        """How many of how many: ``5 of 21 recommendations``."""
        items = self.language.counted(self.total, "recommendation")
        return self.language.say("{number:,} of {items}", number=self.shown, items=items)

    @property
    def sentence(self) -> str:
        """What the report shows, for its readers."""
        return self.language.say(
            "This report shows {numbers}: {what}.", numbers=self.numbers, what=self.what
        )


def split_term(term: str) -> tuple[str, str]:
    """Return what kind of condition a term is, and what it names: ``section``, ``repairs``.

    Raises ValueError for a term of no kind.
    """
    kind, _, name = (part.strip() for part in term.partition("="))
    if (kind == OPEN and not name) or (kind in {SECTION, OWNER} and name):
        return kind, name
    raise ValueError(term)


def combine(terms: Iterable[tuple[str, str]]) -> Only:
    """Return the conditions of several terms, as `split_term` returns each of them."""
    found = list(dict.fromkeys(terms))
    return Only(
        any(kind == OPEN for kind, _ in found),
        tuple(_named(found, SECTION)),
        tuple(_named(found, OWNER)),
    )


def _named(terms: list[tuple[str, str]], wanted: str) -> Iterator[str]:
    return (name for kind, name in terms if kind == wanted)


def _joined(names: Iterable[str], word: str) -> str:
    *first, last = names
    return f"{', '.join(first)} {word} {last}" if first else last
