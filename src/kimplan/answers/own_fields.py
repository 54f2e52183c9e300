"""A recommendation's own fields as a person reads them."""

from __future__ import annotations

from collections.abc import Iterator

from kimplan.answers.answer import Heading, Part, Prose, Tone
from kimplan.answers.naming import one_line
from kimplan.model.language import ENGLISH, Language
from kimplan.model.own_field import OwnField
from kimplan.model.own_type import OwnType
from kimplan.model.plan import Settings
from kimplan.model.prose import parse_prose
from kimplan.model.recommendation import Recommendation


def own_facts(
    settings: Settings, item: Recommendation, language: Language = ENGLISH
) -> Iterator[tuple[str, str, Tone]]:
    """Yield the label and the value of each own field on one line, longer texts left out."""
    for name, field, text in _values(settings, item):
        if field is None or field.type is not OwnType.TEXT:
            value = field.show(text, language.months) if field else text
            yield one_line(field.label if field else name), one_line(value), Tone.PLAIN


def own_texts(settings: Settings, item: Recommendation) -> Iterator[Part]:
    """Yield the longer texts among the own fields, each below its label."""
    for _, field, text in _values(settings, item):
        if field and field.type is OwnType.TEXT:
            yield Heading(one_line(field.label))
            yield Prose(parse_prose(text))


def _values(settings: Settings, item: Recommendation) -> Iterator[tuple[str, OwnField | None, str]]:
    """Yield the own fields in the order of their declaration, those without one at the end."""
    declared = {field.id: field for field in settings.fields}
    for name in dict.fromkeys([*declared, *item.fields]):
        if name in item.fields:
            yield name, declared.get(name), item.fields[name]
