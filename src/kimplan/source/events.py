"""The YAML parser's events, from the C parser where it is installed and the pure one elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from ruamel.yaml.events import Event

try:
    from _ruamel_yaml import CParser
except ImportError:  # a Python for which ruamel.yaml.clib has no wheel
    CParser = None

HAS_C_PARSER = CParser is not None


def next_event(text: str, *, pure: bool = not HAS_C_PARSER) -> Callable[[], Event | None]:
    """Return a function that gives the next event of `text`, and None at its end.

    The events of both parsers have the same classes, values and marks. The function raises what
    the parser raises: ruamel.yaml's YAMLError, and of the pure one now and then something else.
    """
    if pure:
        return partial(next, _pure_events(text), None)
    get: Callable[[], Event | None] = CParser(text).get_event
    return get


def _pure_events(text: str) -> Iterator[Any]:
    from ruamel.yaml import YAML  # whose package is otherwise not loaded whole

    parser = YAML(typ="safe", pure=True)
    yield from parser.parse(text)
