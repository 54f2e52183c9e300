"""Plans of any size, the same on every machine, with records of about 1.2 KB."""

from __future__ import annotations

import argparse
import random
from itertools import pairwise
from pathlib import Path

_SECTIONS = 5
ROLES = ("Company Secretary", "Communications Manager", "Business Systems Manager")
_RATINGS = ("green", "amber", "amber", "red", "not-applicable")
_SOURCE = Path(__file__).resolve().parent.parent / "tests" / "data" / "kim-report.txt"


def words_of_the_report() -> list[str]:
    """Return the words of the published report, of which the records' sentences are made."""
    text = _SOURCE.read_text(encoding="utf-8")
    left_out = {"I", "my", "My", "me", "myself", "Compliant", "GREEN", "AMBER"}  # no prose
    return [word for word in text.split() if word.strip(",.").isalpha() and word not in left_out]


def write_plan(folder: Path, size: int) -> None:
    """Write a plan of `size` recommendations into the new folder `folder`."""
    records = folder / "recommendations"
    records.mkdir(parents=True)
    words = words_of_the_report()
    sections = "".join(
        f"  - id: section-{n}\n    title: Section {n}\n    narrative: All of section {n}.\n"
        for n in range(1, _SECTIONS + 1)
    )
    settings = f"title: A generated plan\norganisation: An organisation\nsections:\n{sections}"
    (folder / "plan.yaml").write_text(settings, encoding="utf-8")
    roles = "".join(f"  - role: {role}\n" for role in ROLES)
    (folder / "owners.yaml").write_text(f"owners:\n{roles}", encoding="utf-8")
    for number in range(1, size + 1):
        (records / f"REC{number}.yaml").write_text(_record(number, words), encoding="utf-8")


def sentence(chance: random.Random, words: list[str]) -> str:
    """Return fifteen words at random, or a few less, none twice in a row."""
    chosen = [word.strip(".,") for word in chance.choices(words, k=15)]
    kept = [a for a, b in pairwise([*chosen, ""]) if a.casefold() != b.casefold()]
    return " ".join(kept) + "."


def _record(number: int, words: list[str]) -> str:
    chance = random.Random(number)

    rating = _RATINGS[number % len(_RATINGS)]
    is_open = rating in {"amber", "red"}
    due = f"due: {2023 + number % 3}-{number % 12 + 1:02}\n" if is_open else ""
    role = ROLES[number % len(ROLES)]
    owners = f"owners:\n  - {role}\n" if is_open else ""
    proof = 'evidence:\n  - {title: A policy, link: "https://example.org/policy"}\n'
    evidence = proof if rating == "green" else ""
    lines = "\n".join(f"  {sentence(chance, words)}" for _ in range(5))
    bullets = "\n".join(f"  - {sentence(chance, words)}" for _ in range(3))
    return (
        f"ref: REC{number}\nsection: section-{number % _SECTIONS + 1}\n"
        f"title: Recommendation number {number} of this plan.\n"
        f"detail: |\n  {sentence(chance, words)}\n  {sentence(chance, words)}\n"
        f"response: |\n{lines}\n\n{bullets}\nrag: {rating}\n{due}{owners}{evidence}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("size", type=int)
    arguments = parser.parse_args()
    write_plan(arguments.folder, arguments.size)


if __name__ == "__main__":
    main()
