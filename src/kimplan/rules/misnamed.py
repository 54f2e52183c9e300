"""Records whose ref is not the name of their file: which of the two is right."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from kimplan.characters import shown
from kimplan.loader.copies import original_of
from kimplan.model.refs import is_ref, named_after

if TYPE_CHECKING:
    from kimplan.diagnostic import Correction
    from kimplan.loader import LoadedFile
    from kimplan.model.recommendation import Recommendation


class Said(NamedTuple):
    """What is said of a record, and how it is mended.

    `is_of_ref` says that its ref is to become the name of its file.
    """

    message: str
    hint: str
    is_of_ref: bool = False


def as_file(file: LoadedFile[Recommendation]) -> Correction | None:
    """Return the line by which the ref of `file` becomes its name, where that can be one."""
    stem = named_after(file.path)
    if not is_ref(stem):
        return None
    from kimplan.writing import keys
    from kimplan.writing.correction import by_edit

    return by_edit(file.document, lambda text: keys.set_line(text, ("ref",), stem))


class Misnamed:
    """What the names of all records' files tell of those that are called something else.

    `refs` are those of the records whose ref is not the name of their file, by their paths.
    """

    def __init__(self, paths: Sequence[str], refs: Mapping[str, str]) -> None:
        self._refs = refs
        self._by_name = {named_after(path).casefold(): path for path in reversed(paths)}
        styles = Counter(_style(named_after(path)) for path in paths)
        [(style, times)] = styles.most_common(1)
        self._usual = style if times * 2 > len(paths) else ""  # where most are called alike
        self._first: dict[str, str] = {}

    def taken(self, ref: str, path: str) -> Said | None:
        """Return what is said where another record has the `ref`, and more right to it."""
        first = self._first.setdefault(ref.casefold(), path)
        stem, other = named_after(path), self._by_name.get(ref.casefold(), first)
        if other == path or named_after(other).casefold() == stem.casefold():
            return None
        if self._refs.get(other, ref).casefold() != ref.casefold():
            return None  # it is called so, and has another ref
        name = other.rpartition("/")[2]
        if original_of(stem).casefold() == ref.casefold():
            hint = f"Compare the two, keep what is right in {name}, and delete this one."
            return Said(f"this is a copy of {name}, with the same ref", hint)
        message = f"the ref {ref} is taken by {other}"
        if not is_ref(stem) or _style(stem) != self._usual:
            hint = f"Delete it if it is a copy of {name}, or give it a ref and a name of its own."
            return Said(message, hint)
        hint = f"Write 'ref: {stem}', as the file is named; or delete the file if it is a copy."
        return Said(message, hint, is_of_ref=True)

    def differing(self, ref: str, path: str) -> Said | None:
        """Return what is said where no other record has the `ref`."""
        stem = named_after(path)
        if self.taken(ref, path) or self._has_twin(stem, path):
            return None
        message = f"the ref {ref} is not the file's name, {shown(stem)}"
        usual = self._usual
        if is_ref(stem) and self._by_name.get(ref.casefold(), path) != path:
            hint = f"Write 'ref: {stem}', as the file is named, or exchange the files' names."
            return Said(message, hint, is_of_ref=True)
        if not is_ref(stem) or (_style(ref) == usual != _style(stem)):
            return Said(message, f"Rename the file to {ref}.yaml.")
        if _style(stem) == usual != _style(ref):
            return Said(message, f"Write 'ref: {stem}', as the file is named.", is_of_ref=True)
        return Said(message, f"Rename the file to {ref}.yaml, or write 'ref: {stem}'.")

    def _has_twin(self, stem: str, path: str) -> bool:
        """Return whether another file differs from this one by capitals alone, as KP010 tells."""
        return self._by_name.get(stem.casefold(), path) != path


def _style(ref: str) -> str:
    """Return how a ref is written, whatever its numbers are."""
    return re.sub("[0-9]+", "0", ref)
