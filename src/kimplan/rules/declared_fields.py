"""How a plan declares its own fields, and which of them its columns show (KP511, KP512)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from kimplan.characters import as_compared, shown
from kimplan.model.column_field import OwnColumn
from kimplan.model.own_type import MOST_OWN_FIELDS, OwnType
from kimplan.model.suggestion import did_you_mean
from kimplan.rules.base import Rule
from kimplan.rules.own_fields import listed

if TYPE_CHECKING:
    from kimplan.diagnostic import Diagnostic
    from kimplan.loader import LoadedFile
    from kimplan.model.own_field import OwnField
    from kimplan.model.plan import Settings
    from kimplan.source import KeyPath


class _Fault(NamedTuple):
    """What is wrong with a declaration, where in it, and how it is mended."""

    key: str
    message: str
    hint: str


class ContradictoryField(Rule):
    """The plan declares an own field in a way that cannot be kept.

    Each own field has an id and a label of its own, of which two in different capitals count as
    one. An id is none of a record's own keys and no column's name (`due`, `owners` or `owner`,
    `recommendation`), or nobody could tell which of the two is meant. A `choice` has choices, each
    of them once, and no other type has any. At most 50 fields can be declared.
    """

    code = "KP511"
    can_be_ignored = False

    def check_plan(self) -> Iterator[Diagnostic]:
        """Find it."""
        settings = self.context.settings
        if not settings.value:
            return
        declared = settings.value.fields
        if len(declared) > MOST_OWN_FIELDS:
            message = f"{len(declared):,} own fields are declared, at most {MOST_OWN_FIELDS}"
            hint = "Keep what the board asks for, and link to the rest."
            yield self.finding(settings, message, ("fields", MOST_OWN_FIELDS), hint)
        first = declared[:MOST_OWN_FIELDS]
        yield from self._twice(settings, first, "id", lambda one: one.id)
        yield from self._twice(settings, first, "label", lambda one: one.label)
        for index, field in enumerate(first):
            for fault in _faults(field):
                keys = settings.document.value or {}
                at: KeyPath = ("fields", index, fault.key)
                at = at if fault.key in keys["fields"][index] else at[:-1]
                yield self.finding(settings, fault.message, at, fault.hint)

    def _twice(
        self,
        file: LoadedFile[Any],
        declared: list[OwnField],
        key: str,
        of: Callable[[OwnField], str],
    ) -> Iterator[Diagnostic]:
        seen: dict[str, str] = {}
        for index, field in enumerate(declared):
            name = of(field)
            if first := seen.get(as_compared(name)):
                message = f"{key} {shown(name)} {_again(name, first, 'fields')}"
                yield self.finding(
                    file, message, ("fields", index, key), "Give one of the two another."
                )
            seen.setdefault(as_compared(name), name)


def _faults(field: OwnField) -> Iterator[_Fault]:
    """Yield what is wrong with one declaration by itself."""
    from kimplan.model.own_names import is_taken

    if is_taken(field.id):
        message = f"the id {shown(field.id)} is the name of what every recommendation has"
        hint = f"Use that, or give your own field another id, such as own-{field.id}."
        yield _Fault("id", message, hint)
    is_choice = field.type is OwnType.CHOICE
    if is_choice and not field.choices:
        message = f"the own field {shown(field.id)} is a choice without choices"
        yield _Fault("type", message, "Add 'choices: [High, Medium, Low]', or make it a line.")
    if field.choices and not is_choice:
        message = f"the own field {shown(field.id)} has choices and is a {field.type}"
        yield _Fault("choices", message, "Write 'type: choice', or delete the choices.")
    folded = [as_compared(one) for one in field.choices]
    if len(set(folded)) < len(folded):
        at = next(at for at, one in enumerate(folded) if one in folded[:at])
        again, first = field.choices[at], field.choices[folded.index(folded[at])]
        message = f"the choice {shown(again)} {_again(again, first, shown(field.id))}"
        yield _Fault("choices", message, "Delete one; capitals make no other choice.")


def _again(name: str, first: str, where: str) -> str:
    """Return how a name is that reads as the `first` one does, as the end of a sentence."""
    from kimplan.rules.references import but_for

    if name == first:
        return f"stands twice in {where}"
    return f"is {shown(first)} but for {but_for(name, first)}"


class UnknownOwnColumn(Rule):
    """A column shows an own field that the plan does not declare.

    The column would be empty in every row. Correct the id behind ``fields.``, or declare the field
    below `fields` in ``plan.yaml``.
    """

    code = "KP512"
    can_be_ignored = False

    def check_plan(self) -> Iterator[Diagnostic]:
        """Find it."""
        settings: LoadedFile[Settings] = self.context.settings
        if not settings.value:
            return
        known = [field.id for field in settings.value.fields]
        columns = enumerate(settings.value.columns)
        own = ((at, one.field) for at, one in columns if isinstance(one.field, OwnColumn))
        unknown = ((at, field) for at, field in own if field.id not in known)
        for index, field in islice(unknown, MOST_OWN_FIELDS):
            message = f"the column {shown(field)} shows a field that is not declared"
            hint = did_you_mean(field, [f"fields.{name}" for name in known])
            hint = hint or (f"Declared: {listed(known)}." if known else "Declare it in 'fields'.")
            yield self.finding(settings, message, ("columns", index, "field"), hint)
