"""The event of a scalar, which most of a file's events are, made in one step.

The C parser makes an object of a Python class of each event, and the constructor of a scalar's
calls that of its parent, and this that of its own: a tenth of all the parser's work. Where the
classes are those that are known, the constructor is one that sets the same attributes by itself.
With any other version of ruamel.yaml the class stays as it is.
"""

from __future__ import annotations

from typing import Any

from ruamel.yaml.events import Event, NodeEvent, ScalarEvent

__all__ = ["ScalarEvent"]

_PARAMETERS = ("anchor", "tag", "implicit", "value", "start_mark", "end_mark", "style", "comment")


def _init(
    self: Any,
    anchor: Any,
    tag: Any,
    implicit: Any,
    value: Any,
    start_mark: Any = None,
    end_mark: Any = None,
    style: Any = None,
    comment: Any = None,
) -> None:
    self.start_mark = start_mark
    self.end_mark = end_mark
    self.comment = comment
    self.anchor = anchor
    self.ctag = tag
    self.implicit = implicit
    self.value = value
    self.style = style


def _is_known() -> bool:
    """Return whether the classes hold what `_init` sets, and nothing else."""
    slots = [getattr(one, "__slots__", None) for one in ScalarEvent.__mro__[:-1]]
    code = getattr(ScalarEvent.__init__, "__code__", None)
    return (
        ScalarEvent.__mro__[:-1] == (ScalarEvent, NodeEvent, Event)
        and slots
        == [
            ("ctag", "implicit", "value", "style"),
            ("anchor",),
            ("start_mark", "end_mark", "comment"),
        ]
        and code is not None
        and code.co_varnames == ("self", *_PARAMETERS)
    )


if _is_known():
    ScalarEvent.__init__ = _init  # type: ignore[method-assign]
