"""A reader of calendars by the letter of RFC 5545, which knows no library."""

from __future__ import annotations

import re
from typing import NamedTuple

_LONGEST = 75  # octets, without the line's end
_LINE = re.compile(r"([A-Z0-9-]+)((?:;[A-Z0-9-]+=[^;:]*)*):(.*)", re.DOTALL)


class Property(NamedTuple):
    """A content line: its name, its parameters and its value as it stands there."""

    name: str
    parameters: str
    value: str

    @property
    def text(self) -> str:
        """The value as text (section 3.3.11)."""
        parts = re.split(r"\\(.)", self.value)
        assert not re.search(r"[;,]", "".join(parts[0::2])), self
        assert {*parts[1::2]} <= {*"\\;,nN"}, self
        return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], self.value)


class Component(NamedTuple):
    """What stands between a BEGIN and its END."""

    name: str
    properties: list[Property]
    parts: list[Component]

    def one(self, name: str) -> Property:
        """The one property of this name."""
        (found,) = [one for one in self.properties if one.name == name]
        return found

    def text(self, name: str) -> str:
        return self.one(name).text

    def value(self, name: str) -> str:
        return self.one(name).value


def read_calendar(data: bytes) -> Component:
    """Return the one calendar of a file, whose every line must be as the RFC asks."""
    assert data.endswith(b"\r\n")
    lines = data[:-2].split(b"\r\n")
    for line in lines:
        assert len(line) <= _LONGEST, line
        assert not re.search(rb"[\x00-\x08\x0a-\x1f\x7f]", line), line
        line.decode()  # no character is torn in two
    unfolded: list[str] = []
    for line in lines:
        if line.startswith((b" ", b"\t")):
            unfolded[-1] += line[1:].decode()
        else:
            unfolded.append(line.decode())
    root, rest = _component(unfolded)
    assert rest == []
    assert root.name == "VCALENDAR"
    return root


def _component(lines: list[str]) -> tuple[Component, list[str]]:
    name = lines[0].removeprefix("BEGIN:")
    assert name != lines[0]
    found, rest = Component(name, [], []), lines[1:]
    while not rest[0].startswith("END:"):
        if rest[0].startswith("BEGIN:"):
            inner, rest = _component(rest)
            found.parts.append(inner)
            continue
        line = _LINE.fullmatch(rest[0])
        assert line, rest[0]
        found.properties.append(Property(line[1], line[2], line[3]))
        rest = rest[1:]
    assert rest[0] == f"END:{name}"
    return found, rest[1:]
