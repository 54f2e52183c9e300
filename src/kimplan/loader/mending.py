"""The lines to write for what is wrong with a file, each proved by reading the file again.

Loaded only when something is wrong.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from kimplan.diagnostic import Correction
from kimplan.loader.faults import Fault
from kimplan.loader.validation import validate
from kimplan.model.fields import PlanModel
from kimplan.model.rating import Scheme
from kimplan.source import Document
from kimplan.writing.correction import difference
from kimplan.writing.parsed_text import CannotEditError, ParsedText

_MOST_CORRECTIONS = 20  # each asks for the file to be read again
_MOST_FAULTS = 200  # a file with more is not mended line by line
_MOST_STEPS = 4  # a key by another name whose value is not yet what it is to be


class Mending(NamedTuple):
    """The lines to write, None where nobody knows, and what is to be decided `then`."""

    correction: Correction | None = None
    then: Fault | None = None


def corrections(
    document: Document, faults: Sequence[Fault], model: type[PlanModel], scheme: Scheme
) -> list[Mending]:
    """Return the lines to write for each of the `faults` of a `document`, where somebody knows.

    Whoever follows them has a file without that fault, and with none that was not there before.
    """
    if len(faults) > _MOST_FAULTS:
        return [Mending()] * len(faults)
    work = _Work(document, faults, model, scheme)
    mends = [number for number, fault in enumerate(faults) if fault.mend][:_MOST_CORRECTIONS]
    return [
        work.correction(fault) if number in mends else Mending()
        for number, fault in enumerate(faults)
    ]


class _Work:
    """A text with the faults that are known of it."""

    def __init__(
        self,
        document: Document,
        faults: Sequence[Fault],
        model: type[PlanModel],
        scheme: Scheme,
    ) -> None:
        self._before = ParsedText(document)
        self._known = _said(faults)
        self._model = model
        self._scheme = scheme
        self._problems = _problems(self._before)

    def correction(self, fault: Fault) -> Mending:
        """Return the lines that mend the `fault`, and what it hides."""
        text = self._before
        try:
            for step in range(_MOST_STEPS):
                if fault.mend is None:
                    return Mending(then=fault if step else None)
                text = fault.mend(text)
                if not self._is_sound(text):
                    return Mending()
                left = validate(text.value, self._model, self._scheme)[1]
                new = [one for one in left if (one.code, one.message) not in self._known]
                if not new:
                    is_mended = _said(left) < self._known
                    lines = difference(self._before.text, text.text) if is_mended else None
                    return Mending(lines)
                fault = new[0]
        except CannotEditError:
            return Mending()
        return Mending()

    def _is_sound(self, text: ParsedText) -> bool:
        """Return whether `text` can be read as before, with every comment."""
        return (
            text.document.value is not None
            and _problems(text) <= self._problems
            and self._before.comments() <= text.comments()
        )


def _said(faults: Sequence[Fault]) -> Counter[tuple[str, str]]:
    return Counter((fault.code, fault.message) for fault in faults)


def _problems(text: ParsedText) -> Counter[tuple[str, str]]:
    return Counter((problem.code, problem.message) for problem in text.document.problems)
