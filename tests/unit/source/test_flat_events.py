from __future__ import annotations

import pytest
from ruamel.yaml.events import ScalarEvent

from kimplan.source import flat_events
from kimplan.source.events import HAS_C_PARSER, next_event

TEXT = "a: 'b'\nc: |\n  d\n"


def scalars(*, pure: bool) -> list[tuple[object, ...]]:
    get, found = next_event(TEXT, pure=pure), []
    while (event := get()) is not None:
        if isinstance(event, ScalarEvent):
            marks = [(mark.line, mark.column) for mark in (event.start_mark, event.end_mark)]
            found.append((event.value, event.style or "", event.anchor, event.ctag, *marks))
    return found


def test_the_event_of_a_scalar_is_made_in_one_step() -> None:
    assert ScalarEvent.__init__ is flat_events._init


@pytest.mark.parametrize("pure", [True, *([False] if HAS_C_PARSER else [])])
def test_an_event_holds_what_it_held(pure: bool) -> None:
    assert scalars(pure=pure) == [
        ("a", "", None, None, (0, 0), (0, 1)),
        ("b", "'", None, None, (0, 3), (0, 6)),
        ("c", "", None, None, (1, 0), (1, 1)),
        ("d\n", "|", None, None, (1, 3), (3, 0)),
    ]
