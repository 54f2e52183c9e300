"""The versions of a record, most of whose keys say what they said in another one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from kimplan.loader.loaded_file import load_bytes, load_document
from kimplan.model.rating import Scheme
from kimplan.model.recommendation import Recommendation
from kimplan.source import Document, decode, parse
from kimplan.source.walk import SURELY_FEW

_MOST_KNOWN = 64_000_000  # characters of pieces, as many as fifty thousand versions have
_HEAD = re.compile(r"(?:---\n)?(?:#.*\n|\n)*(?=[a-z_]+:[ \n])")
_NEXT = re.compile(r"\n(?=[a-z_]+:[ \n])")


class Pieces:
    """Reads versions of records as `load_bytes` does, and what many of them say only once.

    A text is taken apart where a line begins with a key. Lines that YAML can read by themselves
    mean the same below others that it can, so their meaning is kept and put together. Whatever is
    in doubt or wrong is left to `load_bytes`.
    """

    def __init__(self) -> None:
        self._known: dict[str, dict[str, Any] | None] = {}  # a key each; None for what is in doubt
        self._size = 0  # characters of the pieces that are known

    def read(
        self, name: str, content: bytes, said: dict[str, Any] | None, scheme: Scheme
    ) -> Recommendation | None:
        """Return the record that the `content` of the blob `name` is, None if it is broken.

        `said` is what the pieces of it say together.
        """
        text = decode(content)[0] if said else None
        if said and text:
            document = Document(text)
            document.value = said
            if item := load_document(name, document, Recommendation, scheme=scheme).value:
                return item
        return load_bytes(name, content, Recommendation, scheme).value

    def meaning(self, content: bytes) -> dict[str, Any] | None:
        """Return what the pieces of a text say together, None where that is in doubt."""
        text, _ = decode(content)
        head = text and len(text) <= SURELY_FEW and _HEAD.match(text)
        if not text or not head:
            return None
        starts = [0, *[found.end() for found in _NEXT.finditer(text, head.end())], len(text)]
        pieces = [text[start:end] for start, end in pairwise(starts)]
        said = [self._known.get(piece) for piece in pieces]
        if not all(said):
            self._learn(text, pieces, [head.end(), *starts[1:-1]])
            said = [self._known.get(piece) for piece in pieces]
        value: dict[str, Any] = {}
        for one in said:
            value |= one or {}
        return value if len(value) == len(pieces) else None

    def _learn(self, text: str, pieces: Sequence[str], starts: Sequence[int]) -> None:
        """Keep what the new pieces of a text say; its keys stand at the `starts`."""
        if self._size > _MOST_KNOWN:
            self._known.clear()
            self._size = 0
        new = [piece for piece in pieces if piece not in self._known]
        self._size += sum(map(len, new))
        if len(new) == 1:
            self._known[new[0]] = _alone(new[0])
        elif new:
            self._learn_all(parse(text), pieces, starts)

    def _learn_all(self, document: Document, pieces: Sequence[str], starts: Sequence[int]) -> None:
        """Keep what each piece of a document says, if its keys stand at the `starts` alone."""
        places = document.marks[1].values() if document.value else ()
        is_clear = document.is_plain and not document.problems
        if is_clear and [key.index for key, _ in places] == starts:
            for piece, (key, value) in zip(pieces, (document.value or {}).items(), strict=True):
                self._known[piece] = None if _is_of_the_whole(piece) else {key: value}


def _alone(piece: str) -> dict[str, Any] | None:
    """Return what the lines of a key say by themselves, None where that is in doubt."""
    document = parse(piece)
    is_clear = document.is_plain and not document.problems and len(document.value or ()) == 1
    return document.value if is_clear and not _is_of_the_whole(piece) else None


def _is_of_the_whole(piece: str) -> bool:
    """Return whether something in a piece may end the text, or be told of it as a whole."""
    return (
        "\n---" in piece
        or "\n..." in piece
        or "\n%" in piece
        or "<<<<<<<" in piece
        or ("#" in piece and (" #" in piece or "|#" in piece or ">#" in piece))
    )
