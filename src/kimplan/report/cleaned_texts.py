"""Every text of a plan's models, cleaned of private words by what its field holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias, TypeVar

from kimplan.model.fields import PlanModel
from kimplan.model.form import Form, type_of
from kimplan.model.own_field import OwnField
from kimplan.model.own_type import OwnType
from kimplan.model.recommendation import Recommendation
from kimplan.model.value_forms import LINE, LINK, PROSE
from kimplan.report.private_words import Found, PrivateWords

_M = TypeVar("_M", bound=PlanModel)
_Clean: TypeAlias = Callable[[str], tuple[str, list[Found]]]
_OWN = "fields"


class Note(NamedTuple):
    """What was taken out of a text, or left in doubt, and where: ``REC6 evidence 1 title``."""

    place: str
    found: Found


class CleanedTexts:
    """The models of a plan without the private words of their texts; `notes` say what they were."""

    def __init__(self, words: PrivateWords, own: dict[str, OwnField]) -> None:
        self.notes: list[Note] = []
        self._own = own
        self._by_form: dict[str, _Clean] = {
            LINE.name: words.line,
            PROSE.name: words.prose,
            LINK.name: words.link,
        }

    def model(self, model: _M, place: str) -> _M:
        """Return `model`, which stands at `place`, with all of its texts cleaned."""
        changed: dict[str, object] = {}
        for name, form in _texts(type(model)):
            value = getattr(model, name)
            cleaned = self._value(value, form, f"{place} {name}") if value else value
            if cleaned is not value:
                changed[name] = cleaned
        return model.model_copy(update=changed) if changed else model

    def record(self, item: Recommendation) -> Recommendation:
        """Return a recommendation with all of its texts cleaned, those of own fields too."""
        cleaned = self.model(item, item.ref)
        if not item.fields:
            return cleaned
        own = {name: self._own_text(item.ref, name, text) for name, text in item.fields.items()}
        return cleaned.model_copy(update={_OWN: {name: text for name, text in own.items() if text}})

    def _own_text(self, ref: str, name: str, text: str) -> str | None:
        declared = self._own.get(name)
        forms = {OwnType.LINK: LINK, OwnType.TEXT: PROSE}
        form = forms.get(declared.type, LINE) if declared else LINE
        return self._text(text, form, f"{ref} {name}")

    def _value(self, value: Any, form: Form, place: str) -> Any:
        if isinstance(value, PlanModel):
            return self.model(value, place)
        if isinstance(value, list):
            return self._list(value, form, place)
        return self._text(value, form, place) if isinstance(value, str) else value

    def _list(self, values: list[Any], form: Form, place: str) -> list[Any]:
        cleaned = [self._value(one, form, f"{place} {at}") for at, one in enumerate(values, 1)]
        is_same = all(one is other for one, other in zip(values, cleaned, strict=True))
        return values if is_same else cleaned

    def _text(self, text: str, form: Form, place: str) -> str | None:
        """Return the cleaned text; None for a link that may not be published."""
        clean = self._by_form.get(form.name)
        if clean is None:
            return text
        cleaned, found = clean(text)
        self.notes += [Note(place, one) for one in found]
        return text if cleaned == text else cleaned or None


@lru_cache(maxsize=32)
def _texts(model: type[PlanModel]) -> tuple[tuple[str, Form], ...]:
    """Return the fields of `model` that hold texts, or models with texts, and their forms."""
    return tuple(_holding_texts(model))


def _holding_texts(model: type[PlanModel]) -> Iterator[tuple[str, Form]]:
    for name, field in model.model_fields.items():
        holds = type_of(field)
        if not holds.is_mapping and issubclass(holds.kind, PlanModel | str):
            yield name, holds.form
