"""What the ratings are called, which may not contradict their colours (KP309)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kimplan.characters import as_compared, shown
from kimplan.diagnostic import Diagnostic, Severity
from kimplan.model.rating import Rating
from kimplan.rules.base import Rule

# What a label may say of a colour, by the word that the files have for it, in each language.
_COLOURS = {
    "blue": ("blue", "glas", "las"),
    "green": ("green", "gwyrdd", "werdd"),
    "amber": ("amber", "yellow", "orange", "ambr", "melyn", "felen", "oren"),
    "red": ("red", "coch", "goch"),
    "not-applicable": ("not applicable", "n/a", "amherthnasol"),
}
_NO_LETTER = re.compile(r"[^\w/]+|_")


class ContradictoryLabel(Rule):
    """A rating's label is the word for another rating, or two ratings have the same label.

    GREEN printed on amber says one thing to who reads the word, and another to who sees the
    colour. A label names its own colour, or none; where green is not complete but on track, the
    plan says so with `scheme: brag`:

        ratings:
          amber: {label: Behind, meaning: Late or likely to be}
    """

    code = "KP309"
    severity = Severity.WARNING

    def check_plan(self) -> Iterator[Diagnostic]:
        """Find it."""
        settings = self.context.settings
        if not settings.value:
            return
        labels, seen = settings.value.ratings, dict[str, Rating]()
        for rating in labels.scheme.ratings:
            label = labels[rating].label
            if rating.word not in (settings.document.value or {}).get("ratings", {}):
                seen.setdefault(as_compared(label), rating)
                continue
            at = ("ratings", rating.word, "label")
            if other := _contradicted(label, rating):
                message = f"the label of {rating}, {shown(label)}, says {other}"
                hint = f"Write a label that says {rating}, or one that names no rating."
                yield self.finding(settings, message, at, hint)
            elif twin := seen.get(as_compared(label)):
                message = f"the label of {rating}, {shown(label)}, is that of {twin} as well"
                yield self.finding(settings, message, at, "Give each rating a label of its own.")
            seen.setdefault(as_compared(label), rating)


def _contradicted(label: str, rating: Rating) -> str:
    """Return the rating that a label names instead of its own, or nothing."""
    words = f" {_NO_LETTER.sub(' ', as_compared(label)).strip()} "
    named = [word for word, names in _COLOURS.items() if any(f" {one} " in words for one in names)]
    return named[0] if named and rating.word not in named else ""
