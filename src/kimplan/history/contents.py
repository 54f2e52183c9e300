"""The records of a history by their names in git, read when somebody asks for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kimplan.history.pieces import Pieces
from kimplan.model.rating import Scheme
from kimplan.model.recommendation import Recommendation


class Contents(Mapping[str, Recommendation | None]):
    """The records by the names of their blobs, None for one that cannot be understood.

    A history may hold far more versions than its telling needs, and reading one takes its time.
    With `reads_all`, they are parsed when they are added, which is while git looks for others.
    """

    def __init__(self, *, reads_all: bool) -> None:
        self._blobs: dict[str, bytes] = {}
        self._schemes: Mapping[str, Scheme] = {}
        self._said: dict[str, dict[str, Any] | None] = {}
        self._read: dict[str, Recommendation | None] = {}
        self._pieces = Pieces()
        self._reads_all = reads_all

    def add(self, name: str, content: bytes) -> None:
        """Add the `content` of the blob `name`."""
        self._blobs[name] = content
        if self._reads_all:
            self._said[name] = self._pieces.meaning(content)

    def content(self, name: str) -> bytes:
        """Return the content of a blob that was added."""
        return self._blobs[name]

    def rated_by(self, schemes: Mapping[str, Scheme]) -> None:
        """Have each blob read by its scheme of ratings, the usual one if it has none."""
        self._schemes = schemes

    def __getitem__(self, name: str) -> Recommendation | None:
        if name not in self._read:
            content, scheme = self._blobs[name], self._schemes.get(name, Scheme.RAG)
            said = self._said.pop(name) if self._reads_all else self._pieces.meaning(content)
            self._read[name] = self._pieces.read(name, content, said, scheme)
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._blobs)

    def __len__(self) -> int:
        return len(self._blobs)
