"""The records of a history by their names in git, read when somebody asks for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kimplan.history.pieces import Pieces
from kimplan.model.rating import Scheme
from kimplan.model.recommendation import Recommendation


class Contents(Mapping[str, Recommendation | None]):
    """The records by the names of their blobs, None for one that cannot be understood.

    A history may hold far more versions than its telling needs, and reading one takes its time.
    """

    def __init__(self, blobs: Mapping[str, bytes], schemes: Mapping[str, Scheme]) -> None:
        """Read each of the `blobs` by its scheme of ratings, the usual one if it has none."""
        self._blobs = blobs
        self._schemes = schemes
        self._read: dict[str, Recommendation | None] = {}
        self._pieces = Pieces()

    def __getitem__(self, name: str) -> Recommendation | None:
        if name not in self._read:
            scheme = self._schemes.get(name, Scheme.RAG)
            self._read[name] = self._pieces.read(name, self._blobs[name], scheme)
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._blobs)

    def __len__(self) -> int:
        return len(self._blobs)
