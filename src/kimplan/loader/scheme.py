"""The scheme of the ratings that a plan's settings name, from their text alone."""

from __future__ import annotations

from kimplan.model.rating import Scheme, scheme_of
from kimplan.source import decode, parse


def scheme_in(settings: bytes) -> Scheme:
    """Return the scheme that a ``plan.yaml`` names, whatever else is wrong with it."""
    text, _ = decode(settings)
    return scheme_of(None if text is None else parse(text).value)
