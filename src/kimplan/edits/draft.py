"""A record while it is changed: its text, and beside it what it must say in the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from copy import deepcopy
from typing import Any

from kimplan.edits.owners import change_owners
from kimplan.edits.proof import as_models_see, keeps_comments, says_only
from kimplan.source import KeyPath, shown
from kimplan.writing import entries, keys
from kimplan.writing.parsed_text import ParsedText, value_at
from kimplan.writing.scalar import says_the_same, wrap


class Draft:
    """The `text` of a record under change, the `value` that it must say, and what was `said`.

    Each method makes one change in both, so that `is_proved` can hold one against the other.
    Raises CannotEditError where the layout does not allow it.
    """

    def __init__(self, text: ParsedText) -> None:
        self.text = text
        self.value: dict[str, Any] = deepcopy(text.value)
        self.said: list[str] = []
        self._before = text
        self._gone: Counter[str] = Counter()

    def is_proved(self) -> bool:
        """Return whether the text says what it must and nothing else, and kept its comments."""
        is_said = says_only(self._before, self.text, self.value, as_models_see)
        return is_said and keeps_comments(self._before, self.text, self._gone)

    def get(self, path: KeyPath) -> Any:
        """Return the value at `path`, None where there is none."""
        return value_at(self.value, path)

    def entries(self, path: KeyPath) -> list[Any]:
        """Return the list at `path`, an empty one where there is none."""
        found = self.get(path)
        return found if isinstance(found, list) else []

    def put(self, path: KeyPath, new: str) -> None:
        """Put the text `new` at the key `path`, unless it says so already."""
        if self.get(path) != new:
            self.text = keys.put_text(self.text, path, new)
            self._parent(path)[path[-1]] = new

    def put_map(self, path: KeyPath, entry: dict[str, str]) -> None:
        """Put a mapping of texts at the key `path`."""
        self.text = keys.put_map(self.text, path, entry)
        self._parent(path)[path[-1]] = entry

    def put_prose(self, path: KeyPath, new: str, *, wraps: bool = True) -> None:
        """Put a longer text at `path`; if it says so already, it keeps its wrapping.

        With `wraps`, its long lines are wrapped.
        """
        old = self.get(path)
        if isinstance(old, str) and says_the_same(old.strip("\n "), new):
            return
        if path not in self.text.nodes:
            self.text = keys.put_text(self.text, path, "x")
        self.text = keys.set_text(self.text, path, wrap(new) if wraps else new, prose=True)
        written = self.text.get(path)
        is_same = isinstance(written, str) and says_the_same(written, new)
        self._parent(path)[path[-1]] = written if is_same else new

    def put_own(self, name: str, new: str, *, is_prose: bool = False) -> None:
        """Put a value of the own field `name`, or take it away where `new` is empty."""
        at: KeyPath = ("fields", name)
        if not new:
            if self.get(at) is not None:
                self.remove(at if len(self.get(at[:1])) > 1 else at[:1])
        elif not self.get(at[:1]):
            self.text = keys.put_first(self.text, at, "x" if is_prose else new)
            self.value["fields"] = {name: "x" if is_prose else new}
            self._reword(at, new, is_prose=is_prose)
        else:
            self._reword(at, new, is_prose=is_prose)

    def _reword(self, at: KeyPath, new: str, *, is_prose: bool) -> None:
        if is_prose:
            self.put_prose(at, new)
        else:
            self.put(at, new)

    def append(self, path: KeyPath, entry: dict[str, str]) -> None:
        """Put `entry` last into the list at `path`."""
        self._insert(path, len(self.entries(path)), entry)

    def add_dated(self, path: KeyPath, entry: dict[str, str]) -> None:
        """Put `entry` into the list at `path`, whose oldest is first: above those of a later day.

        Between brackets, it comes last.
        """
        others = self.entries(path)
        at = len(others)
        while (
            at and isinstance(others[at - 1], dict) and others[at - 1].get("on", "") > entry["on"]
        ):
            at -= 1
        is_bracketed = bool(others) and self.text.node(path).style == "["
        self._insert(path, len(others) if is_bracketed else at, entry)

    def _insert(self, path: KeyPath, at: int, entry: dict[str, str]) -> None:
        before = self.entries(path)
        self.text = entries.insert(self.text, path, at, entry)
        added = self.text.get(path)
        written = added[at] if isinstance(added, list) and len(added) > at else None
        new = written if _is_same(written, entry) else dict(entry)
        self._parent(path)[path[-1]] = [*before[:at], new, *before[at:]]

    def remove(self, path: KeyPath) -> None:
        """Take the key at `path` away; other comments than those behind its words stay."""
        self._change(lambda text: keys.remove_key(text, path))
        del self._parent(path)[path[-1]]

    def set_owners(self, wanted: Sequence[str]) -> None:
        """Make `wanted` the record's owners."""
        self._change(lambda text: change_owners(text, wanted))
        if wanted:
            self.value["owners"] = list(wanted)
        else:
            self.value.pop("owners", None)

    def set_exception(self, change: Callable[[ParsedText], ParsedText]) -> bool:
        """Change the comment that excuses missing evidence; return whether there was anything."""
        before = self.text
        self.text = change(before)
        self._gone += before.comments() - self.text.comments()
        return self.text is not before

    def _change(self, change: Callable[[ParsedText], ParsedText]) -> None:
        """Make a change that may take ignores on lines of their own with it, and say which."""
        before = self.text
        self.text = change(before)
        gone = before.comments() - self.text.comments()
        ignores = {before.text_of(one) for one in before.ignores}
        for comment in gone:
            if comment in ignores:
                self._gone[comment] += gone[comment]
                self.said.append(f"The comment {shown(comment)} goes with what it was for.")

    def _parent(self, path: KeyPath) -> Any:
        return self.get(path[:-1])


def _is_same(written: Any, entry: dict[str, str]) -> bool:
    """Return whether an entry says what it should; how its texts are wrapped does not count."""
    if not isinstance(written, dict) or list(written) != list(entry):
        return False
    return all(
        isinstance(written[key], str) and says_the_same(written[key].rstrip("\n"), text)
        for key, text in entry.items()
    )
