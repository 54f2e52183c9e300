"""Refs as landlords number them: how one is written, and in which order they stand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

PATTERN = r"^[A-Za-z0-9]+([._-][A-Za-z0-9]+)*$"
LONGEST = 32
HINT = (
    "A ref is letters and digits, parted by single full stops, hyphens or underscores, such as "
    "REC6, A-12 or 4.2."
)
_SUFFIX = ".yaml"
_FIRST = "REC1"
_TOO_MANY = 1_000_000_000
_DIGITS = re.compile("([0-9]+)")


def is_ref(text: str) -> bool:
    """Return whether `text` is written as a ref is, such as ``REC6``, ``4.2`` or ``A-12``."""
    return len(text) <= LONGEST and not text.endswith("\n") and bool(re.match(PATTERN, text))


def ref_order(ref: str) -> tuple[object, ...]:
    """Return a sort key that counts numbers as numbers: REC2 before REC10, 4.2 before 4.10."""
    texts = _DIGITS.split(ref.casefold())  # words and digits in turn
    parts: list[object] = [*texts]
    parts[1::2] = map(int, texts[1::2])
    return parts, ref


def named_after(path: str) -> str:
    """Return the ref that the file of a record is named after."""
    return path.rpartition("/")[2].removesuffix(_SUFFIX)


def file_order(path: str) -> tuple[object, ...]:
    """Return the sort key of a record's file, so that 4.yaml stands before 4.2.yaml."""
    return ref_order(path.removesuffix(_SUFFIX))


class Number:
    """A number in a ref, and what stands before it in the ref."""

    __slots__ = ("digits", "prefix")

    def __init__(self, prefix: str, digits: str) -> None:
        self.prefix = prefix
        self.digits = digits

    @property
    def value(self) -> int:
        """The number that the digits write."""
        return int(self.digits)


def numbers(ref: str) -> list[Number]:
    """Return the numbers of a ref, the outer ones first: of 4.2 that are 4, and 2 behind 4."""
    return [Number(ref[: found.start()], found.group()) for found in _DIGITS.finditer(ref)]


def next_ref(known: Sequence[str], beside: Sequence[str] = ()) -> str:
    """Return the ref behind the last one of `known`, numbered as most of them are.

    Where the numbers have levels (4.1, 4.2) it is the one behind those `beside` which it stands.
    """
    series = _series(known)
    if series and _DIGITS.search(series[0].prefix):
        series = _series(beside) or series
    if not series:
        return _FIRST
    last = max(series, key=lambda one: one.value)
    width = len(last.digits) if any(one.digits.startswith("0") for one in series) else 0
    return f"{last.prefix}{last.value + 1:0{width}}"


def _series(refs: Sequence[str]) -> list[Number]:
    """Return the last numbers of those refs that begin alike, as most of them do."""
    found = [all_[-1] for ref in refs if ref[-1:].isdigit() and (all_ := numbers(ref))]
    found = [one for one in found if 0 < one.value < _TOO_MANY]
    most = Counter(one.prefix.casefold() for one in found).most_common(1)
    return [one for one in found if one.prefix.casefold() == most[0][0]] if most else []
