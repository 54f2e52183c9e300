"""A plan as it may be published: the one answer to "may the public see this?".

Left out are records and own fields with ``publish: false``, what names such a record, the people
behind the roles, who verified, noted or agreed something, the notes themselves and the reasons of
moved dates. Out of every other text come names of people, handles and e-mail addresses, and out of
links what leads into the repository or names somebody. Roles are published: they are no names.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import NamedTuple

from kimplan.errors import KimplanError
from kimplan.model.column_field import ColumnField, OwnColumn
from kimplan.model.plan import Column, Owner, Plan, Settings
from kimplan.model.recommendation import Action, Recommendation, Revision
from kimplan.report.cleaned_texts import CleanedTexts, Note
from kimplan.report.private_words import Found, Kind, PrivateWords

_INTERNAL = frozenset({ColumnField.VERIFIED, ColumnField.PROGRESS})
_WITHHELD = "–"  # in place of a reason, which a revision cannot lack
_SETTINGS = "plan.yaml"
_MOST = 30  # places that a sentence names


class NothingPublicError(KimplanError):
    """No recommendation of a plan is for publication."""


class Published(NamedTuple):
    """What may be published of a plan, what was taken out of its texts, and the refs withheld."""

    plan: Plan
    notes: tuple[Note, ...]
    withheld: tuple[str, ...]

    @property
    def sentences(self) -> list[str]:
        """What the person who publishes must know: what was taken out, and where."""
        places: defaultdict[Kind, dict[str, None]] = defaultdict(dict)
        for place, found in self.notes:
            said = f"{place} (“{found.words}”)" if found.words else place
            places[found.kind][said] = None
        told = [f"{kind.meaning}: {_listed(list(places[kind]))}" for kind in Kind if places[kind]]
        left_out = f"not for publication: {_listed(self.withheld)}"
        return [left_out, *told] if self.withheld else told


def publish(plan: Plan, signed: Iterable[str] = ()) -> Published:
    """Return what may be published of `plan`; raise NothingPublicError where that is nothing.

    Every count and sentence that is made of the result is of the published records alone. `signed`
    are names of people who may be named in its texts, such as those who changed the files.
    """
    items = [item for item in plan.recommendations if item.publish]
    if not items:
        hint = "Each of its records says publish: false."
        raise NothingPublicError("nothing of the plan is for publication", hint)
    return _published(plan, items, _words([plan], signed))


def publish_earlier(plan: Plan, now: Plan) -> Plan:
    """Return what may be published of a plan as it was, by what is private then or `now`.

    It has no recommendations where none of them may be published.
    """
    withheld = {ref.casefold() for ref in _withheld(now)}
    items = [
        item
        for item in plan.recommendations
        if item.publish and item.ref.casefold() not in withheld
    ]
    return _published(plan, items, _words([plan, now])).plan


def _published(plan: Plan, items: Sequence[Recommendation], words: PrivateWords) -> Published:
    own = {one.id: one for one in plan.settings.fields if one.publish}
    texts = CleanedTexts(words, own)
    settings = texts.model(_settings(plan, items), _SETTINGS)
    refs = {item.ref.casefold(): item.ref for item in items}
    records = tuple(texts.record(_record(item, own.keys(), refs)) for item in items)
    roles = tuple(Owner(role=words.line(one)[0]) for one in _roles(plan, items))
    notes = (*texts.notes, *_named_ids(settings, words))
    return Published(Plan(settings, roles, records), notes, tuple(_withheld(plan)))


def _words(plans: Sequence[Plan], signed: Iterable[str] = ()) -> PrivateWords:
    """Return the words that are private in any of the `plans`, in the language of the first."""
    return PrivateWords(
        [owner for plan in plans for owner in plan.owners],
        dict.fromkeys(ref for plan in plans for ref in _withheld(plan)),
        [by for plan in plans for by in _bylines(plan, signed)],
        plans[0].settings.language,
    )


def _withheld(plan: Plan) -> Iterator[str]:
    return (item.ref for item in plan.recommendations if not item.publish)


def _listed(names: Sequence[str]) -> str:
    more = len(names) - _MOST
    return ", ".join(names[:_MOST]) + (f" and {more:,} more" if more > 0 else "")


def _bylines(plan: Plan, signed: Iterable[str]) -> Iterator[str]:
    """Yield who signed something and is no role of the plan, nor all of it: perhaps a name."""
    known = {one.role.casefold() for one in plan.owners} | {plan.settings.organisation.casefold()}
    inside = (by for item in plan.recommendations for by in _signed(item))
    for by in (*inside, *signed):
        if " " in by.strip() and by.casefold() not in known:
            yield by


def _signed(item: Recommendation) -> Iterator[str]:
    moves = [*item.revisions, *(move for action in item.actions for move in action.revisions)]
    said = [*(note.by for note in item.progress), *(move.agreed_by for move in moves)]
    yield from (by for by in [*said, item.verified.by if item.verified else None] if by)


def _roles(plan: Plan, items: Iterable[Recommendation]) -> Iterator[str]:
    """Yield the roles without those that own nothing but what is withheld."""
    owning, all_owning = (set(_owning(of)) for of in (items, plan.recommendations))
    for role in (one.role for one in plan.owners):
        if role.casefold() in owning or role.casefold() not in all_owning:
            yield role


def _owning(items: Iterable[Recommendation]) -> Iterator[str]:
    for item in items:
        steps = (action.owner for action in item.actions if action.owner)
        yield from (role.casefold() for role in (*item.owners, *steps))


def _named_ids(settings: Settings, words: PrivateWords) -> Iterator[Note]:
    """Yield the ids that may name somebody: they stay, because links and columns lead by them."""
    ids = {
        "sections": [one.id for one in settings.sections],
        "fields": [one.id for one in settings.fields],
    }
    for place, found in ids.items():
        for at, name in enumerate(found, 1):
            if words.line(name)[1]:
                yield Note(f"{_SETTINGS} {place} {at} id", Found(Kind.DOUBT, name))


def _settings(plan: Plan, items: Iterable[Recommendation]) -> Settings:
    """Return the settings without what is internal, and without the sections left empty by that."""
    settings = plan.settings
    used, all_used = ({one.section for one in of} for of in (items, plan.recommendations))
    sections = [one for one in settings.sections if one.id in used or one.id not in all_used]
    fields = [one for one in settings.fields if one.publish]
    columns = [one for one in settings.columns if _is_public(one, settings)]
    return settings.model_copy(
        update={"sections": sections, "fields": fields, "columns": columns or _least(settings)}
    )


def _is_public(column: Column, settings: Settings) -> bool:
    if isinstance(column.field, OwnColumn):
        own = settings.own(column.field.id)
        return own is not None and own.publish
    return column.field not in _INTERNAL


def _least(settings: Settings) -> list[Column]:
    fields = (ColumnField.REF, ColumnField.RECOMMENDATION, ColumnField.RAG)
    return [Column(field=field, label=settings.label(field)) for field in fields]


def _record(item: Recommendation, own: Set[str], refs: Mapping[str, str]) -> Recommendation:
    """Return a record without what is internal in every one, whatever its texts say.

    `refs` are those of the published records, by themselves in small letters.
    """
    return item.model_copy(
        update={
            "progress": [],
            "verified": None,
            "superseded_by": refs.get((item.superseded_by or "").casefold()),
            "revisions": [*map(_move, item.revisions)],
            "actions": [*map(_action, item.actions)],
            "fields": {name: text for name, text in item.fields.items() if name in own},
        }
    )


def _move(revision: Revision) -> Revision:
    return revision.model_copy(update={"reason": _WITHHELD, "agreed_by": None})


def _action(action: Action) -> Action:
    return action.model_copy(update={"revisions": [*map(_move, action.revisions)]})
