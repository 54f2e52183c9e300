"""Tables of any number of rows, the same on every machine, to be imported."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from pathlib import Path

from plans import ROLES, sentence, words_of_the_report

_HEADER = ("Ref", "Recommendation", "Response", "RAG rating", "Due date", "Owner")
_RATINGS = ("Green", "Amber", "Amber", "Red", "Not applicable")


def write_table(path: Path, size: int) -> None:
    """Write a CSV file of `size` recommendations of about 0.7 KB."""
    with open(path, "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(_rows(size))


def _rows(size: int) -> Iterator[tuple[str, ...]]:
    yield _HEADER
    words = words_of_the_report()
    for number in range(1, size + 1):
        chance = random.Random(number)
        rating = _RATINGS[number % len(_RATINGS)]
        is_open = rating in {"Amber", "Red"}
        due = f"{number % 28 + 1}/{number % 12 + 1:02}/{2023 + number % 3}" if is_open else ""
        subject = f"Recommendation number {number} of this plan.\n{sentence(chance, words)}"
        bullets = "".join(f"\n- {sentence(chance, words)}" for _ in range(2))
        response = f"{sentence(chance, words)} {sentence(chance, words)}{bullets}"
        role = ROLES[number % len(ROLES)]
        yield f"REC{number}", subject, response, rating, due, role if is_open else ""
